package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/store"
)

func after() (*analysis.Summary, *store.Brief) {
	b := &store.Brief{
		Name: "harbour", Success: "lasting", Worth: "usd_bn_year", Lasting: 2, Horizon: 3,
		Parties: []store.BriefParty{{Key: "us", Name: "United States", Short: "US"}, {Key: "china", Name: "China", Short: "China"}},
	}
	share := func(n int64) analysis.Share { return analysis.Share{N: n, Of: 200, Share: float64(n) / 200} }
	s := &analysis.Summary{
		Scenario: "harbour", Unit: "usd_bn_year", Criterion: "lasting", Runs: analysis.Runs{Total: 500, Counted: 500},
		Home: &analysis.Home{Deals: 200, Audiences: []analysis.Audience{
			{Key: "us.hawks", Party: "us", Yes: share(60), Refused: share(30)},
			{Key: "china.court", Party: "china", Veto: true, Yes: share(190), Refused: share(10)},
		}},
		Years: &analysis.Years{
			Deals: 200, Lasting: 2, InForce: []analysis.Share{share(180), share(120), share(100)},
			Ended: []analysis.Ended{{Key: "us.withdrawal", Party: "us", Words: "US leaves", ByYear: []int64{20, 60, 20}}},
			Worth: []analysis.Lived{
				{Party: "us", Promised: analysis.Spread{N: 200, Middle: 40}, Realised: analysis.Spread{N: 200, Middle: 11}},
				{Party: "china", Promised: analysis.Spread{N: 200, Middle: 50}, Realised: analysis.Spread{N: 200, Middle: 13}},
			},
		},
	}
	return s, b
}

func TestFiguresAfterTheSignature(t *testing.T) {
	s, b := after()
	said := map[string]string{}
	for _, f := range Figures(s, b, Drawing{Seed: 1}) {
		said[f.Name()] = f.Title()
	}
	for name, want := range map[string]string{
		"ratifiers": "those at home refuse 20; most often US hawks: 15",
		"survival":  "60 are in force after two years; the largest loss: US leaves, 40",
	} {
		if !strings.Contains(said[name], want) {
			t.Errorf("%s says %q, want %q", name, said[name], want)
		}
	}
}

func TestTerminalTellsWhatWasKept(t *testing.T) {
	s, b := after()
	s.Stages = []analysis.Stage{{Key: "start", Share: analysis.Share{N: 500, Of: 500, Share: 1}}, {Key: "lasting", Goal: true, Share: analysis.Share{N: 120, Of: 500, Share: 0.24}}}
	var out bytes.Buffer
	if err := (Terminal{Width: 100}).Summary(&out, s, b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"in force in year 2", "US 11 of 40, China 13 of 50"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}
