package sim_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// What no deal is worth moves by round, for the negotiators, the protocol and the result alike.
func TestNoDealMoves(t *testing.T) {
	m := pie(t, 10, -1, same)
	for name, table := range map[string]sim.Table{"plain": sim.NewPlain(), "hub": sim.NewHub(sim.HubOptions{})} {
		var saw [2][]float64
		look := func(seat int) *script {
			return &script{act: func(s *script, v *sim.View, out deal.Offer) sim.Kind {
				if v.Thread != 3 {
					t.Errorf("thread %d", v.Thread)
				}
				saw[seat] = append(saw[seat], s.p.NoDeal())
				out[0] = 5
				return sim.Propose
			}}
		}
		p := parties(m)
		set := sim.Setup{
			Party: p, Negotiator: [2]sim.Negotiator{look(0), look(1)}, Rounds: 4, Thread: 3,
			NoDeal: [2][]float64{{0.1, -0.2, -0.5}, nil},
		}
		for range 2 { // the slot is used again
			var end [2]float64
			saw = [2][]float64{}
			if err := table.Play(context.Background(), &list{setups: []sim.Setup{set}}, func(_ int, r *sim.Result) error {
				end = r.Utility
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if want := []float64{0.1, -0.2, -0.5, -0.5}; !equal(saw[0], want) {
				t.Errorf("%s: the first side saw %v, not %v", name, saw[0], want)
			}
			if want := []float64{0, 0, 0, 0}; !equal(saw[1], want) {
				t.Errorf("%s: the second side saw %v, not %v", name, saw[1], want)
			}
			if end != [2]float64{-0.5, 0} {
				t.Errorf("%s: no deal was worth %v in the end", name, end)
			}
		}
	}
	bad := sim.Setup{Party: parties(m), Rounds: 1, NoDeal: [2][]float64{nil, {0, math.NaN()}}}
	if err := bad.Check(); err == nil || !strings.Contains(err.Error(), "round 2") {
		t.Errorf("NaN: %v", err)
	}
}

func equal(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
