package hindcast

import (
	"context"
	"strings"
	"testing"

	"github.com/parley-sim/parley/configs"
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/scenario"
)

const tiny = `question = "A deal?"
as_of    = 2025-07-01
priors   = "priors.toml"
[issue]
tariff = { unit = "%", levels = [0, 5, 10, 15, 20, 25], now = 10, given_by = "us", source = "SOURCE" }
word   = { choices = ["no", "some", "all"], now = "no" }
[no_deal]
tariff = { value = 25, unit = "%", assumed = "x" }
[party.us.interest]
tariff = { weight = { uniform = [0, 10], assumed = "x" }, times = { tariff = { linear = [0, 1] } } }
word   = { weight = { uniform = [0, 10], assumed = "x" }, times = { word = { no = 0, some = 0.6, all = 1 } } }
[party.them.interest]
tariff = { weight = { uniform = [0, 10], assumed = "x" }, times = { tariff = { linear = [1, 0] } } }
word   = { weight = { uniform = [0, 10], assumed = "x" }, times = { word = { no = 1, some = 0.6, all = 0 } } }
[observed]
outcome_class = "agreed"
tariff = 15
word   = "some"
`

func parseTiny(t *testing.T, source string) *config.Scenario {
	t.Helper()
	priors := func(name string) ([]byte, string, error) {
		b, err := configs.Priors(name)
		return b, name, err
	}
	s, err := config.Parse("tiny.toml", []byte(strings.Replace(tiny, "SOURCE", source, 1)), config.Options{Known: scenario.Known(), Priors: priors})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What was not known on the day is refused, with the place of the number that rests on it.
func TestLate(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"facts/statutory_steps_2025.csv us_fentanyl, us_145", ""},
		{"facts/cfius.csv obama: nine in ten", ""},
		{"facts/timeline_2025.csv madrid", "tiny.toml:5:63: issue.tariff.now: facts/timeline_2025.csv madrid is of 2025-09-14 ("},
		{"facts/statutory_steps_2025.csv us_145, us_fentanyl; facts/pledges.csv tiktok (one firm)", "facts/pledges.csv tiktok is of 2025-09-25"},
		{"Reuters, 2025-07-22", "its source is of 2025-07-22, later than as_of 2025-07-01"},
		{"facts/statutory_steps_2025.csv us_fentanil", `names row "us_fentanil" of facts/statutory_steps_2025.csv, which has none of that id; is it "us_fentanyl"?`},
		{"facts/nowhere.csv x", "facts/nowhere.csv, which is not among the facts"},
		{"facts/pledges.csv", "no row of it, so its date is not known"},
	} {
		got := ""
		if p := Late(parseTiny(t, c.source)); len(p) > 0 {
			got = p.Error()
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q\nwant %q", c.source, got, c.want)
		}
	}
	s := parseTiny(t, "x")
	s.AsOf = config.Date{}
	if p := Late(s); len(p) == 0 || !strings.Contains(p.Error(), "as_of") {
		t.Errorf("without as_of: %v", p)
	}
}

// A scenario's issues are scored on what is on the table, words by their order; an outcome of the file
// of outcomes goes before that of the scenario.
func TestPlayNamed(t *testing.T) {
	list := []Scenario{{Name: "tiny", Config: parseTiny(t, "x")}}
	play := func(records []Record) *Case {
		t.Helper()
		cases, err := PlayNamed(context.Background(), list, records, Options{Runs: 300, Seed: 2}, scenario.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return &cases[0]
	}
	c := play(nil)
	if c.Deal == nil || !*c.Deal || len(c.Terms) != 2 {
		t.Fatalf("deal %v, %d terms", c.Deal, len(c.Terms))
	}
	if r := c.Terms[0]; r.Class != Sanction || r.Lo != 0 || r.Hi != 25 || !r.Scored() || len(r.z) != 300 {
		t.Errorf("tariff: %s, %v to %v, %q, %d values", r.Class, r.Lo, r.Hi, r.Skip, len(r.z))
	}
	if r := c.Terms[1]; r.Class != Ordered || r.Scale != "ordered" || r.y != 0.5 {
		t.Errorf("word: %s, %s, at %v", r.Class, r.Scale, r.y)
	} else if _, ok := r.Words(r.Median).(string); !ok {
		t.Errorf("the middle is %v, not a word", r.Words(r.Median))
	}
	d := play([]Record{{ID: "tiny", Class: "never_ratified"}})
	if d.Deal == nil || *d.Deal {
		t.Errorf("the file of outcomes says no deal, the case %v", d.Deal)
	}
	if c.Terms[0].CRPS != d.Terms[0].CRPS {
		t.Error("how it ended moved a score of a term")
	}
}

// Every built-in scenario that says what came of it stands on what was known, and has no bare number.
func TestBuiltInScenarios(t *testing.T) {
	n := 0
	for _, in := range configs.Scenarios() {
		cfg, _, err := scenario.Load(in.Name, nil)
		if err != nil {
			t.Errorf("%s: %v", in.Name, err)
			continue
		}
		if cfg.Observed == nil {
			continue
		}
		n++
		for _, p := range Late(cfg) {
			t.Error(p)
		}
		for _, e := range cfg.ListNumbers() {
			if e.Bare() {
				t.Errorf("%s: %s = %s has neither a source nor says that it is assumed", in.Name, e.Path, e.Words)
			}
		}
	}
	if n < 10 {
		t.Errorf("%d scenarios say what came of them, want 10 and more", n)
	}
}
