package scenario

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/deal"
)

func holder(t testing.TB, file string, opt HoldOptions, sets ...string) *Holder {
	t.Helper()
	var cfg *config.Scenario
	var err error
	if strings.Contains(file, "\n") {
		cfg, err = config.Parse("t.toml", []byte(file), config.Options{Sets: sets, Known: Known()})
	} else {
		cfg, _, err = Load(file, sets)
	}
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(context.Background(), cfg, Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	h, err := m.NewHolder(opt)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// tariffGame is the linear tariff game of Bagwell and Staiger: demand 1-p, endowments 0.1 and 0.5 in
// two mirror goods. At free trade p = 0.7 and a good's trade is worth 0.14; demand for imports and
// supply of exports have slope 1, so both elasticities are 0.7/0.2 = 3.5. The Nash tariff (E-e)/3 is
// 4/30/0.7 of the price.
const tariffGame = `
worth = "usd_bn_year"
[issue]
us_tariff = { label = "a", unit = "%", levels = [0, 19.047619047619047], now = 19.047619047619047, given_by = "us" }
cn_tariff = { label = "b", unit = "%", levels = [0, 19.047619047619047], now = 19.047619047619047, given_by = "china" }
[party.us]
interest.trade = { from = "economy", weight = 1 }
[party.china]
interest.trade = { from = "economy", weight = 1 }
[clock]
rounds = 10
[economy]
tariffs = "linear"
[economy.linear]
us_imports = 0.14
us_exports = 0.14
farm_exports = 0
us_tariff = 0
cn_tariff = 0
demand = 3.5
supply = 3.5
input_share = 0
us_income = 1e6
cn_income = 1e6
`

// TestHoldTariffGame: the published critical discount factors come out of a scenario, through the trade
// model, its surface and the space (theory.csv bs_linear_tariff_game and tariff_game_T_years).
func TestHoldTariffGame(t *testing.T) {
	for years, want := range map[string]float64{"0": 0.6, "2": 0.822876, "3": 0.691414, "5": 0.623501} {
		h := holder(t, tariffGame, HoldOptions{}, "hold.punish_years="+years)
		h.Set(1, Typical)
		p, err := h.Judge(deal.Offer{0, 0})
		if err != nil {
			t.Fatal(err)
		}
		for s := range p.Side {
			got, err := p.Terms.Critical(&p.Side[s], &p.By[s])
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(got-want) > 2e-5 {
				t.Errorf("punished for %s years: critical discount factor %v, want %v", years, got, want)
			}
		}
	}
	// Gains over the war: C - N = 0.51 - 91/180, D - N = 31/60 - 91/180.
	h := holder(t, tariffGame, HoldOptions{})
	h.Set(1, Typical)
	p, err := h.Judge(deal.Offer{0, 0})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.Side[0].Keep[0], 0.51-91.0/180; math.Abs(got-want) > 1e-6 {
		t.Errorf("free trade over war: %v, want %v", got, want)
	}
	if got, want := p.Side[0].Break[0], 31.0/60-91.0/180; math.Abs(got-want) > 1e-6 {
		t.Errorf("breaking over war: %v, want %v", got, want)
	}
}

// TestHoldAgainstUtility: on madrid's own outcomes, keeping is worth on average the deal's utility, and the best answer is the best over every combination of the issues that a side gives.
func TestHoldAgainstUtility(t *testing.T) {
	h := holder(t, "madrid", HoldOptions{})
	rng := rand.New(rand.NewPCG(1, 2))
	o, p, out := h.m.Space.NewOffer(), h.m.Space.NewOffer(), h.m.Space.NewOffer()
	for k := range 200 {
		h.Set(3, uint64(k/10))
		for i := range o {
			o[i] = uint16(rng.IntN(len(h.m.Space.Issues[i].Values)))
		}
		if h.Party[0].Breaks(o) >= 0 || h.Party[1].Breaks(o) >= 0 {
			continue
		}
		pair, err := h.Judge(o)
		if err != nil {
			t.Fatal(err)
		}
		for s := range pair.Side {
			u := h.Party[s].Utility(o) - h.Party[s].NoDeal()
			keep := pair.Side[s].Keep
			got := 0.0 // over the years at whose ends interests count what stands
			for _, x := range keep[1:] {
				got += x / float64(len(keep)-1)
			}
			if math.Abs(got-u) > 1e-9 {
				t.Fatalf("run %d: kept on average %v, utility %v", k/10, got, u)
			}
			if k%20 != 0 {
				continue
			}
			// Plants stand as agreed, so what moves them is put back: compare at no plants.
			gives := h.Gives(s)
			best := math.Inf(-1)
			copy(p, o)
			var walk func(at int)
			walk = func(at int) {
				if at == len(gives) {
					if h.Party[s].Breaks(p) < 0 {
						best = max(best, h.bare(s, p))
					}
					return
				}
				for v := range h.m.Space.Issues[gives[at]].Values {
					p[gives[at]] = uint16(v)
					walk(at + 1)
				}
			}
			walk(0)
			if got := pair.Side[s].Break[0]; math.Abs(got-best) > 1e-9 {
				t.Fatalf("run %d: the best answer of side %d before anything is built %v, by trying all %v", k/10, s, got, best)
			}
			h.Answer(o, s, 1, out)
			if got := h.bare(s, out); math.Abs(got-best) > 1e-9 {
				t.Fatalf("run %d: the answer %s is worth %v, not %v", k/10, h.m.Space.Words(out, true), got, best)
			}
		}
	}
}

// bare is an outcome's worth before anything is built.
func (h *Holder) bare(s int, o deal.Offer) float64 {
	u := h.Party[s].Utility(o) - h.Party[s].NoDeal()
	for k, kind := range h.sides[s].kind {
		if kind != steady {
			u -= h.worthOf(s, k, o)
		}
	}
	return u
}

func TestHoldToday(t *testing.T) {
	h := holder(t, "madrid", HoldOptions{}, "hold.breaks=today")
	h.Set(1, Typical)
	f, err := h.m.Frontier(1, Typical)
	if err != nil {
		t.Fatal(err)
	}
	o, out := f.Solutions.Nash.Outcome, h.m.Space.NewOffer()
	if _, err := h.Judge(o); err != nil {
		t.Fatal(err)
	}
	h.Answer(o, 0, 1, out)
	for _, i := range h.Gives(0) {
		if now := h.m.Space.Issues[i].Now; int(out[i]) != now && out[i] != o[i] {
			t.Errorf("%s goes to %d, which is neither agreed nor today's", h.m.Space.Issues[i].Name, out[i])
		}
	}
}

func TestHoldRefuses(t *testing.T) {
	h := holder(t, "madrid", HoldOptions{})
	one, high := 1.0, 1.3
	if _, err := h.m.NewHolder(HoldOptions{Delta: &one}); err == nil || !strings.Contains(err.Error(), "endless") {
		t.Errorf("delta 1: %v", err)
	}
	if _, err := h.m.NewHolder(HoldOptions{Delta: &high}); err == nil || !strings.Contains(err.Error(), "not in [0, 1)") {
		t.Errorf("delta 1.3: %v", err)
	}
	for set, says := range map[string]string{
		"party.us.discount=1":            "reaches 1",
		"hold.with_plants=[\"securty\"]": `did you mean "security"`,
		"hold.unanswered.none=0":         "above 0 up to 1",
		"hold.lasts=duratio":             "duration",
		"hold.taken=1.5":                 "1.5",
	} {
		if _, _, err := Load("madrid", []string{set}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("--set %s: %v, want %q", set, err, says)
		}
	}
	unit := holder(t, "quickstart", HoldOptions{})
	unit.Set(1, Typical)
	p, err := unit.Judge(unit.m.Space.NewOffer())
	if err != nil {
		t.Fatal(err)
	}
	if len(unit.Gives(0))+len(unit.Gives(1)) != 0 || p.By[0].Slack > 0 != (p.Side[0].Keep[0] > 0) {
		t.Errorf("nobody gives anything: %+v", p.By[0])
	}
}

func BenchmarkHoldJudge(b *testing.B) {
	h := holder(b, "madrid", HoldOptions{})
	h.Set(1, 5)
	f, err := h.m.Frontier(1, 5)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := h.Judge(f.Points[i%len(f.Points)].Outcome); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
