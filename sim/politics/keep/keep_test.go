package keep

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/parley-sim/parley/sim/chance"
)

// counted draws a life's uniforms from counted randomness.
type counted struct{ seed, run uint64 }

func (c counted) U(w What, side, year int) float64 {
	return chance.U(c.seed, c.run, uint64(w)*2+uint64(side), uint64(year))
}

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func constant(h float64) (out [MaxYears]float64) {
	for y := range out {
		out[y] = h
	}
	return out
}

// TestSurvivalConstant: with constant hazards a life is geometric, S(y) = (1-h)^y.
func TestSurvivalConstant(t *testing.T) {
	k := &Terms{Horizon: 10, Answer: Collapse, SeenFalse: [2]float64{0.1, 0.1}}
	k.Leaves[0], k.Leaves[1] = constant(0.05), constant(0.02)
	h := 1 - 0.95*0.98*0.9*0.9
	s := make([]float64, 10)
	k.Survival(s)
	for y := range s {
		near(t, "survival", s[y], math.Pow(1-h, float64(y+1)), 1e-12)
	}
	// The mean life over ten years of a geometric one: sum of (1-h)^y.
	const runs = 40_000
	var l Life
	years := 0
	for r := range uint64(runs) {
		k.Play(counted{1, r}, false, &l)
		years += l.Years
	}
	q := 1 - h
	near(t, "mean years", float64(years)/runs, q*(1-math.Pow(q, 10))/(1-q), 0.06)
}

// TestPlayMeetsSurvival: the share of lives in force after each year is the exact one, whatever the clause,
// the answer and the length.
func TestPlayMeetsSurvival(t *testing.T) {
	const runs = 20_000
	for _, clause := range []Clause{NoClause, Consultation, SnapbackYear} {
		for _, answer := range []Answer{Protest, Renegotiate, Snapback, Collapse} {
			k := &Terms{
				Horizon: 8, Length: 3, Renewal: 0.7, Clause: clause, Answer: answer,
				Breaks: [2]float64{0.05, 0.2}, SeenTrue: [2]float64{0.8, 0.6}, SeenFalse: [2]float64{0.1, 0.05},
			}
			k.Leaves[0][3] = 0.3
			if err := k.Check(); err != nil {
				t.Fatal(err)
			}
			s := make([]float64, k.Horizon)
			k.Survival(s)
			alive := make([]float64, k.Horizon)
			var l Life
			for r := range uint64(runs) {
				k.Play(counted{2, r}, true, &l)
				for y := range l.Years {
					alive[y] += 1.0 / runs
				}
				if (l.Ended == InForce) != (l.Years == k.Horizon) {
					t.Fatalf("%+v", l)
				}
			}
			for y := range s {
				near(t, "in force", alive[y], s[y], 0.015)
			}
		}
	}
}

// TestAlarms: Bayes's rule and the honest quarrel of two who both kept their word.
func TestAlarms(t *testing.T) {
	k := &Terms{Horizon: 1, Answer: Collapse, Breaks: [2]float64{0, 0.1}, SeenTrue: [2]float64{0.8, 0.8}, SeenFalse: [2]float64{0.05, 0.05}}
	near(t, "alarm", k.Alarm(0), 0.1*0.8+0.9*0.05, 1e-15)
	near(t, "guilt", k.Guilt(0), 0.08/0.125, 1e-12)
	near(t, "missed", k.Missed(0), 0.2, 1e-15)
	near(t, "guilt of who never breaks", k.Guilt(1), 0, 0)
	k.Clause = Consultation
	near(t, "alarm, seen twice", k.Alarm(0), 0.1*0.64+0.9*0.0025, 1e-15)
	k.Clause, k.Breaks = NoClause, [2]float64{}
	both, runs := 0, uint64(200_000)
	var l Life
	for r := range runs {
		k.Play(counted{3, r}, true, &l)
		cries := 0
		for _, e := range l.Events {
			if e.Kind == Alarmed {
				cries++
				if e.True {
					t.Fatal("a breach where none was")
				}
			}
		}
		if cries == 2 {
			both++
		}
	}
	near(t, "both cry foul", float64(both)/float64(runs), 0.05*0.05, 0.0005)
}

func TestRealised(t *testing.T) {
	p := Paths{Built: make([]float64, 4), Bought: []float64{1, 1, 0.5, 0.5}}
	w := Worth{Flow: 10, Bought: 4, Built: 8}
	for _, c := range []struct {
		what string
		l    Life
		want float64
	}{
		{"kept", Life{Years: 4}, 10 + 4*0.75 + 8},
		{"broken after two", Life{Years: 2}, (20 + 8 + 8*(0.4+0.8+0.8+0.8)) / 4},
		{"second year suspended", Life{Years: 4, Suspended: 2}, (30 + 4*2 + 8*(0.4+0.4+0.8+1.2)) / 4},
		{"never in force", Life{}, 0},
	} {
		c.l.Even(p.Built)
		near(t, c.what, w.Realised(&c.l, p), c.want, 1e-12)
	}
	near(t, "promised", w.Promised(), 22, 0)
}

func TestBadTerms(t *testing.T) {
	for _, c := range []struct {
		k    Terms
		want string
	}{
		{Terms{Horizon: 0}, "0 years"},
		{Terms{Horizon: 65}, "65 years"},
		{Terms{Horizon: 1, Length: -1}, "ends before it starts"},
		{Terms{Horizon: 1, Renewal: 1.5}, "renewal: 1.5 is not a chance"},
		{Terms{Horizon: 1, Breaks: [2]float64{math.NaN(), 0}}, "breaks: NaN"},
		{Terms{Horizon: 1, Leaves: [2][MaxYears]float64{{-0.1}}}, "leaves: -0.1"},
	} {
		if err := c.k.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

func TestTruce(t *testing.T) {
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	bad := &Truce{From: day("2025-08-12"), Until: day("2025-05-12")}
	if err := bad.Check(); !errors.Is(err, ErrTruceOrder) {
		t.Error(err)
	}
	k := &Truce{From: day("2025-05-12"), Until: day("2025-08-12"), SeenFalse: [2]float64{0.1, 0.2}, Fatal: 0.5}
	if err := k.Check(); err != nil {
		t.Error(err)
	}
	near(t, "one month", k.Holds(1), 1-0.5*(1-0.9*0.8), 1e-12)
	near(t, "three months", k.Holds(3), math.Pow(0.86, 3), 1e-12)
	near(t, "both cry", k.BothCry(1), 0.02, 1e-12)
}

func BenchmarkPlay(b *testing.B) {
	k := &Terms{Horizon: 10, Length: 4, Renewal: 0.8, Answer: Snapback, Breaks: [2]float64{0.05, 0.05}, SeenTrue: [2]float64{0.8, 0.8}, SeenFalse: [2]float64{0.05, 0.05}}
	k.Leaves[0], k.Leaves[1] = constant(0.02), constant(0.02)
	var l Life
	c := &counted{1, 0}
	b.ReportAllocs()
	for b.Loop() {
		c.run++
		k.Play(c, false, &l)
	}
}

func TestPlayDoesNotAllocate(t *testing.T) {
	k := &Terms{Horizon: 10, Length: 2, Renewal: 0.9, Answer: Renegotiate, Breaks: [2]float64{0.2, 0.2}, SeenTrue: [2]float64{0.8, 0.8}, SeenFalse: [2]float64{0.05, 0.05}}
	var l Life
	c := &counted{1, 0}
	if n := testing.AllocsPerRun(100, func() { c.run++; k.Play(c, false, &l) }); n != 0 {
		t.Errorf("%v allocations a life", n)
	}
}
