package config

import (
	"strings"
	"testing"
)

// with reads the base under overrides.
func with(t *testing.T, sets ...string) *Scenario {
	t.Helper()
	s, err := Parse("f", []byte(base), Options{Known: names, Sets: sets})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSet(t *testing.T) {
	for _, c := range []struct{ set, path, want string }{
		{"runs=7", "runs", "7"},
		{"runs=1_000", "runs", "1000"},
		{" runs = 7 ", "runs", "7"},
		{"question=What now?", "question", `"What now?"`},
		{`question="a = b"`, "question", `"a = b"`},
		{"question=5 o'clock", "question", `"5 o'clock"`},
		{"output.success=ratified", "output.success", `"ratified"`},
		{"clock.summit=2025-11-30", "clock.summit", "2025-11-30"},
		{"party.us.cost_of_delay=1.5", "party.us.cost_of_delay", `{ value = 1.5, assumed = "set by an override" }`},
		{"party.us.cost_of_delay={ uniform = [0, 1], source = \"x\" }", "party.us.cost_of_delay", `{ uniform = [0, 1], source = "x" }`},
		{"party.us.interest.gain.weight.uniform=[2, 3]", "party.us.interest.gain.weight", `{ uniform = [2, 3], assumed = "set by an override" }`},
		{"party.us.interest.gain.weight.pert=[2, 3, 9]", "party.us.interest.gain.weight", `{ pert = [2, 3, 9], assumed = "set by an override" }`},
		{"party.us.interest.price.weight.assumed=guess", "party.us.interest.price.weight", `{ value = -3, assumed = "guess" }`},
		{"party.us.red_line.never.holds=0.5", "party.us.red_line.never.holds", `{ chance = 0.5, assumed = "set by an override" }`},
		{"party.us.red_line.never.holds=1", "party.us.red_line.never.holds", `{ value = 1, assumed = "set by an override" }`},
		{"party.us.red_line.extra={ never = \"money > 900\" }", "party.us.red_line.extra.never", `"money > 900"`},
		{"party.us.negotiator.bidding=conceder", "party.us.negotiator.bidding", `"conceder"`},
		{"party.china.negotiator.bidding=conceder", "party.china.negotiator.bidding", `"conceder"`},
		{"party.china.negotiator.concession=0.3", "party.china.negotiator.concession", `{ value = 0.3, assumed = "set by an override" }`},
		{"issue.money.max=400", "issue.money.max", "400"},
		{"issue.words.now=softer", "issue.words.now", `"softer"`},
		{"issue.tariff={ levels = [10, 30], now = 10 }", "issue.tariff.levels", "[10, 30]"},
		{"economy.tariffs=linear", "economy.tariffs", `"linear"`},
		{"economy={ tariffs = \"linear\", linear = { x = 3 } }", "economy.linear.x", "3"},
		{`design.vary."issue.money.max"=[100, 200]`, `design.vary."issue.money.max"`, "[100, 200]"},
		{"no_deal.tariff=60", "no_deal.tariff", `{ value = 60, assumed = "set by an override" }`},
		{"no_deal.words=softer", "no_deal.words", `"softer"`},
	} {
		s := with(t, c.set)
		root, err := read("r", s.TOML())
		if err != nil {
			t.Fatal(err)
		}
		if got := find(t, root, c.path).text(); got != c.want {
			t.Errorf("%s: %s is %s, want %s", c.set, c.path, got, c.want)
		}
		if o := s.Origin(c.path); o.Set != c.set && !strings.Contains(c.set, "weight.") {
			t.Errorf("%s: origin %v", c.set, o)
		}
	}
}

func TestSetKeepsUnitAndLabel(t *testing.T) {
	s := with(t, `party.china.cost_of_delay={ uniform = [0, 1], unit = "$bn", label = "delay" }`, "party.china.cost_of_delay=2")
	x := s.Parties[1].CostOfDelay
	if x.Unit != "$bn" || x.Label != "delay" || x.Params[0] != 2 || x.Source != "" || x.Assumed == "" {
		t.Errorf("got %+v", x)
	}
}

func TestTheLastSetHolds(t *testing.T) {
	if s := with(t, "runs=7", "runs=8"); s.Runs != 8 || s.Origin("runs").Set != "runs=8" {
		t.Errorf("%d runs, from %v", s.Runs, s.Origin("runs"))
	}
}

func TestBadSets(t *testing.T) {
	for set, want := range map[string]string{
		"runs":                                  `--set runs: an override is path=value`,
		"=5":                                    `"" is not a path`,
		"a..b=5":                                `"a..b" is not a path`,
		"a\nb=5":                                `is not a path`,
		"runs=":                                 `no value after the =`,
		"runs=many":                             `--set runs=many: "many" is not a whole number`,
		"runs=0":                                `--set runs=0: 0 is not >=1`,
		"rnus=5":                                `--set rnus=5: "rnus" is an unknown key; allowed: question, as_of`,
		"party.usa.cost_of_delay=5":             `--set party.usa.cost_of_delay=5: party: there is no "usa" here; there are us, china; did you mean "us"?`,
		"party.us.cost_of_dely=5":               `party.us: "cost_of_dely" is an unknown key; allowed: name, short`,
		"party.us.interest.gian.weight=5":       `party.us.interest: there is no "gian" here; there are gain, price; did you mean "gain"?`,
		"party.china.red_line.x.holds=1":        `party.china.red_line: there is no "x" here to reach into; set it whole`,
		"party.us.negotiator.concesion=5":       `--set party.us.negotiator.concesion=5: unknown key; allowed: bidding`,
		"party.us.interest.gain.weight=[1":      `--set party.us.interest.gain.weight=[1: [1: `,
		"party.us.interest.gain.weight=nan":     `NaN is not a finite number`,
		"party.us.interest.gain.weight=heavy":   `"heavy" is a string, not a number`,
		"party.us.interest.gain.weight.holds=1": `unknown key of a number; allowed: value, uniform`,
		"question.x=1":                          `question is a string, so it has no x`,
		"issue.tariff.levels.0=5":               `issue.tariff.levels is an array, so it has no 0`,
		"issue.money.max=-5":                    `--set issue.money.max=-5: leaves money no value`,
		"party.us.red_line.never.never=nowhere > 1": `"nowhere > 1": column 1: no issue`,
	} {
		_, err := Parse("f", []byte(base), Options{Known: names, Sets: []string{set}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", set, err, want)
		}
	}
}

// A point of a design is the scenario read again; the scenario stays as it was.
func TestWith(t *testing.T) {
	s := with(t, "runs=7")
	p, err := s.With("party.us.red_line.never.holds=0.5", "issue.money.max=400")
	if err != nil {
		t.Fatal(err)
	}
	if p.Runs != 7 || *p.Issues[1].Max != 400 || len(p.Issues[1].Numbers()) != 9 {
		t.Errorf("the point has %d runs, money %v", p.Runs, p.Issues[1].Numbers())
	}
	if s.Issues[1].Max != nil || s.Parties[0].RedLines[0].Holds.Params[0] != 0.9 {
		t.Error("the scenario itself has changed")
	}
	if _, err := s.With("issue.money.max=-1"); err == nil {
		t.Error("a point that cannot be was read")
	}
}
