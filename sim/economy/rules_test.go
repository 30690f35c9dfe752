package economy

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// TestFlat: one surcharge on all. Between two countries it is their best tariff, and surcharges may
// undo what stands where Cut says so, never more.
func TestFlat(t *testing.T) {
	ctx := context.Background()
	m := twin(t)
	standing := trade.Schedule{{Importer: "us", Exporter: "china", Sector: "*", Op: trade.Set, Value: 0.5}}
	best := func(r Rules) float64 {
		r.Players, r.Form = []Player{{Region: "us"}}, Flat
		o, err := newGame(t, m, r).BestResponse(ctx, "us", nil)
		if err != nil {
			t.Fatal(err)
		}
		return o.Chosen[0][0]
	}
	near(t, "best from free trade", best(Rules{Base: free}), m.Optimum(), 1e-5)
	near(t, "best on too high a tariff", best(Rules{Base: standing}), 0, 1e-9)
	near(t, "best that may undo it", best(Rules{Base: standing, Cut: true}), m.Optimum()-0.5, 1e-4)
	low := trade.Schedule{{Importer: "us", Exporter: "china", Sector: "*", Op: trade.Set, Value: 0.1}}
	g := newGame(t, m, Rules{Players: []Player{{Region: "us"}}, Form: Flat, Base: low, Cut: true})
	near(t, "no subsidy", g.mine(0)[0].lo, -0.1, 1e-12)
}

// TestOn: choices on named exporters only.
func TestOn(t *testing.T) {
	m := ossa(t)
	in := m.Info()
	g := newGame(t, m, Rules{Players: []Player{{Region: "us"}}, Form: Sectors, On: []string{"china", "EU"}})
	if n := len(g.mine(0)); n != 2*len(in.Sectors) {
		t.Errorf("%d choices, want two for each of %d sectors", n, len(in.Sectors))
	}
	for says, r := range map[string]Rules{
		`did you mean "China"`:            {Players: []Player{{Region: "us"}}, On: []string{"chnia"}},
		"US has nobody to put tariffs on": {Players: []Player{{Region: "US"}}, On: []string{"us"}},
	} {
		if _, err := NewGame(context.Background(), m, r); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
}

// TestSlackYears: long punishment is as good as endless, and what is short makes the factor critical.
func TestSlackYears(t *testing.T) {
	s := Stage{Keep: 0.51, Break: 31.0 / 60, Punish: 91.0 / 180} // TestStage
	for _, delta := range []float64{0, 0.3, 0.6, 0.9} {
		near(t, "for ever", s.SlackYears(delta, 2000), s.Slack(delta), 1e-12)
	}
	for _, years := range []int{2, 3, 5} {
		near(t, "no slack at the critical factor", s.SlackYears(s.CriticalYears(years), years), 0, 1e-12)
		paid := Stage{Keep: s.Keep - s.SlackYears(0.4, years), Break: s.Break, Punish: s.Punish}
		// What was paid is paid in the good years of either path, so it counts as keeping.
		if x := paid.SlackYears(0.4, years); math.Abs(x) > 1e-12 {
			t.Errorf("%d years: slack %v is left after it was paid", years, x)
		}
	}
}
