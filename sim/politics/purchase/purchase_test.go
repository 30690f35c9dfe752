package purchase

import (
	"math"
	"testing"
)

// TestPhaseOne: the published totals (Bown 2022) are an increment of -7%.
func TestPhaseOne(t *testing.T) {
	if got := Increment(502.4, 200, 288.8); math.Abs(got+0.068) > 0.0005 {
		t.Errorf("increment %v, want -0.068", got)
	}
}

// TestMean: the increment is share x extra in mean; with nothing brought about, a run as bad as Phase
// One is nothing unusual.
func TestMean(t *testing.T) {
	r := Rules{Sales: 151.2, Volatility: 0.1}
	const runs = 40000
	for _, share := range []float64{0, 0.3} {
		sum, square, worse := 0.0, 0.0, 0
		total := make([]float64, 2)
		for k := range uint64(runs) {
			made := r.Run(100, share, 5, k, total)
			sum += made
			square += made * made
			if Increment(502.4, 200, total[0]+total[1]) < -0.068 {
				worse++
			}
		}
		mean := sum / runs
		se := math.Sqrt((square/runs - mean*mean) / runs)
		if math.Abs(mean-share*100) > 4*se {
			t.Errorf("share %v: mean %v, standard error %v", share, mean, se)
		}
		if share == 0 && (worse < runs/4 || worse > runs/2) {
			t.Errorf("%d of %d runs with nothing brought about are worse than Phase One", worse, runs)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, r := range []Rules{{-1, 0}, {1, 2}, {math.NaN(), 0}} {
		if r.Check() == nil {
			t.Errorf("%+v passes", r)
		}
	}
}
