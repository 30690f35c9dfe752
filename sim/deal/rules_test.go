package deal

import (
	"math"
	"testing"
)

// A pie of ten pieces: every division is efficient, worth (k/10, 1 - k/10). What each rule picks follows by hand.
func TestRulesOnAPie(t *testing.T) {
	f := &Frontier{}
	for k := 10; k >= 0; k-- {
		x := float64(k) / 10
		f.Points = append(f.Points, Point{U: [2]float64{x, 1 - x}, Outcome: Offer{uint16(k)}})
	}
	ideal := [2]float64{1, 1}
	tests := []struct {
		name                 string
		rules                Rules
		nash, ks, egal, util float64 // first utility
		ties                 int     // points of the largest sum
	}{
		{"alike", Rules{}, 0.5, 0.5, 0.5, 1, 11},
		{"a reservation", Rules{Floor: [2]float64{0.4, 0}, Disagreement: [2]float64{0.4, 0}}, 0.7, 0.7, 0.7, 1, 7},
		// Shares of the gain at (1, 1): (x - 0.4)/0.6 and (1 - x)/1 are 1/3 and 0.4 at 0.6, 0.5 and 0.3 at 0.7.
		{"ideal over all", Rules{Floor: [2]float64{0.4, 0}, Disagreement: [2]float64{0.4, 0}, Ideal: &ideal}, 0.7, 0.6, 0.7, 1, 7},
		{"equal shares", Rules{Floor: [2]float64{0.4, 0}, Disagreement: [2]float64{0.4, 0}, Ideal: &ideal, EqualShares: true}, 0.7, 0.6, 0.7, 1, 7},
		{"floor without disagreement", Rules{Floor: [2]float64{0.65, 0}}, 0.7, 0.7, 0.7, 1, 4},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			s := f.Solve(tc.rules)
			if !s.ZOPA {
				t.Fatal("no ZOPA")
			}
			for name, p := range map[string][2]float64{
				"nash": {s.Nash.U[0], tc.nash}, "kalai_smorodinsky": {s.KalaiSmorodinsky.U[0], tc.ks}, "egalitarian": {s.Egalitarian.U[0], tc.egal}, "utilitarian": {s.Utilitarian.U[0], tc.util},
			} {
				if math.Abs(p[0]-p[1]) > 1e-12 {
					t.Errorf("%s is at %v, want %v", name, p[0], p[1])
				}
			}
			if want := (Ties{1, 1, 1, tc.ties}); s.Ties != want {
				t.Errorf("ties are %v, want %v", s.Ties, want)
			}
		})
	}
	if s := f.Solve(Rules{Floor: [2]float64{0.6, 0.6}}); s.ZOPA {
		t.Error("a ZOPA where both ask for 0.6 of a pie")
	}
}

// Points a rounding error apart are one, and the better of them in the other utility stays.
func TestDistinct(t *testing.T) {
	f := &Frontier{Points: []Point{
		{U: [2]float64{0.9, 0.1}}, {U: [2]float64{0.9 - 1e-12, 0.3}}, {U: [2]float64{0.6, 0.3 + 1e-12}}, {U: [2]float64{0.5, 0.5}},
	}}
	got := f.Distinct(Near).Points
	want := [][2]float64{{0.9 - 1e-12, 0.3}, {0.5, 0.5}}
	if len(got) != len(want) {
		t.Fatalf("%d points, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i].U != want[i] {
			t.Errorf("point %d is %v, want %v", i, got[i].U, want[i])
		}
	}
}
