package hindcast

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// Whatever the anchors are, forecasts lie in their range, and scores are numbers from 0 to 1.
func TestAnyAnchors(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	pick := func() float64 {
		switch rng.IntN(5) {
		case 0, 1:
			return math.NaN()
		case 2:
			return float64(rng.IntN(3)) * 10
		case 3:
			return rng.NormFloat64() * 50
		}
		return math.Round(math.Exp(rng.Float64()*30)) * float64(1-2*rng.IntN(2))
	}
	units := []string{"pct", "pct of goods", "$bn", "days", "years", "mn tonnes", "count", "EUR bn", ""}
	e := Episode{ID: "us_any", Group: "a"}
	for i := range 120 {
		name := "issue" + strings.Repeat("x", i)
		if rng.IntN(2) == 0 {
			name += "_tariff"
		}
		e.Terms = append(e.Terms, Term{
			Issue: name, Unit: units[rng.IntN(len(units))], Own: rng.IntN(2) == 0,
			StatusQuo: pick(), DemandA: pick(), DemandB: pick(), Threat: pick(), Outcome: pick(),
		})
	}
	cases, err := Play(context.Background(), []Episode{e, {ID: "none", Group: "b"}}, Options{Runs: 60, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for i := range cases[0].Terms {
		r := &cases[0].Terms[i]
		if r.z == nil {
			continue
		}
		if !(r.Lo <= r.Lo80 && r.Lo80 <= r.Median && r.Median <= r.Hi80 && r.Hi80 <= r.Hi+1e-9*(r.Hi-r.Lo)) {
			t.Errorf("%+v: %v, %v, %v in %v to %v", e.Terms[i], r.Lo80, r.Median, r.Hi80, r.Lo, r.Hi)
		}
		if r.Scored() {
			for k, x := range append(r.Rivals.list(), &r.CRPS) {
				if !(*x >= -1e-12 && *x <= 1.5) {
					t.Errorf("%+v: error %d is %v", e.Terms[i], k, *x)
				}
			}
		}
	}
}
