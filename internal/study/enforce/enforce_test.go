package enforce

import (
	"context"
	"encoding/json"
	"math"
	"testing"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/scenario"
)

func model(t testing.TB, text string, sets ...string) *scenario.Model {
	t.Helper()
	var cfg *config.Scenario
	var err error
	if text == "madrid" {
		cfg, _, err = scenario.Load(text, sets)
	} else {
		cfg, err = config.Parse("t.toml", []byte(text), config.Options{Sets: sets, Known: scenario.Known()})
	}
	if err != nil {
		t.Fatal(err)
	}
	m, err := scenario.Compile(context.Background(), cfg, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// hostage is a deal of access against nothing but plants. The owner has 10 a year from access and could take
// back the 4 it gives for it; each unit of plants earns 0.1 a year, all of it lost by a break. There is no
// deal for a year after a break, and the next year counts 1/2.
//
//	break: 4 now, less 10 - 4 = 6 the next year at 1/2, that is 3: it gains 1 by breaking
//	plants of K: 0.1 K lost from the year after the break on, at 1/2: 0.1 K; so K = 10 is enough, and
//	with the loss of the year of punishment too, exactly 10
const hostage = `
worth = "usd_bn_year"
[issue]
access = { label = "a", choices = ["closed", "open"], now = "closed", given_by = "host" }
gift = { label = "b", choices = ["no", "yes"], now = "no", given_by = "owner" }
investment = { label = "c", unit = "$bn", levels = [0, 4, 8, 12, 16, 20], now = 0, given_by = "owner" }
[party.host]
interest.access = { weight = -1, times = { access = { closed = 0, open = 1 } } }
interest.gift = { weight = 20, times = { gift = { no = 0, yes = 1 } } }
discount = 0.9
[party.owner]
interest.access = { weight = 10, times = { access = { closed = 0, open = 1 } } }
interest.gift = { weight = -4, times = { gift = { no = 0, yes = 1 } } }
interest.plants = { from = "delivery", of = "investment", weight = 0.00001 }
discount = 0.5
[clock]
rounds = 10
[delivery]
years = 4
built_share = 1
over = 0.001
plant_lag = { shortest = 0.1, likely = 0.2, longest = 0.3 }
takeover_lag = { shortest = 0.1, likely = 0.2, longest = 0.3 }
forced_sale = 0
[hold]
punish_years = 1
return = 0.1
`

// TestSmallestInvestment: the smallest investment that closes the gap is the one found by hand, and it must
// stand from the first day, since the owner breaks before anything stands.
func TestSmallestInvestment(t *testing.T) {
	m := model(t, hostage)
	a, sets, err := Ask(context.Background(), m, "hostage", Options{Seed: 1, Runs: 3})
	if err != nil {
		t.Fatal(err)
	}
	if sets == nil {
		t.Fatal("no chart")
	}
	o := m.Space.NewOffer()
	o[0], o[1] = 1, 1 // open, the gift, nothing invested
	k, err := newAsker(m, Options{})
	if err != nil {
		t.Fatal(err)
	}
	k.h.Set(1, scenario.Typical)
	pair, err := k.h.Judge(o)
	if err != nil {
		t.Fatal(err)
	}
	if !pair.By[0].Holds || pair.By[1].Holds || math.Abs(pair.By[1].Slack+1) > 1e-9 {
		t.Fatalf("without plants: host %+v, owner %+v", pair.By[0], pair.By[1])
	}
	inv, err := k.investment(o)
	if err != nil {
		t.Fatal(err)
	}
	if inv == nil || inv.Amount != 12 || inv.Within == nil || *inv.Within != 0 || *inv.Soonest != 12 {
		t.Errorf("investment %+v, want 12 from the first day", inv)
	}
	if a.Draws.ZOPA.N != 3 {
		t.Errorf("%+v", a.Draws.ZOPA)
	}
}

// TestNested: who holds passes; the sets do not depend on the number of workers; longer shadows do not make
// fewer deals hold where there are no plants that tempt.
func TestNested(t *testing.T) {
	m := model(t, "madrid", "hold.punish_years=0", "hold.taken=0", "hold.with_plants=[]")
	var text [2]string
	last := -1.0
	for i, opt := range []Options{{Seed: 3, Runs: 6, Workers: 1, Sample: 2000}, {Seed: 3, Runs: 6, Workers: 3, Sample: 2000}} {
		a, sets, err := Ask(context.Background(), m, "madrid", opt)
		if err != nil {
			t.Fatal(err)
		}
		if err := sets.Check(); err != nil {
			t.Error(err)
		}
		if e := a.Middle; e.Both > e.Passes || e.Both > e.Holds {
			t.Errorf("not nested: %+v", e)
		}
		b, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		text[i] = string(b)
	}
	if text[0] != text[1] {
		t.Error("another number of workers, another answer")
	}
	for _, d := range []float64{0, 0.3, 0.6, 0.9} {
		a, _, err := Ask(context.Background(), m, "madrid", Options{Seed: 3, Runs: 1, Delta: &d, Sample: 100})
		if err != nil {
			t.Fatal(err)
		}
		if a.Middle.Holds < last-1e-6 {
			t.Errorf("at %v: %v of the efficient deals hold, fewer than at the shorter shadow (%v)", d, a.Middle.Holds, last)
		}
		last = a.Middle.Holds
	}
}
