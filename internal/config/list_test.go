package config

import (
	"encoding/csv"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/parley-sim/parley/configs"
)

func entries(s *Scenario) map[string]Entry {
	m := make(map[string]Entry)
	for _, e := range s.ListNumbers() {
		m[e.Path] = e
	}
	return m
}

func TestListNumbers(t *testing.T) {
	s := with(t, "party.us.cost_of_delay=1.5")
	m := entries(s)
	for path, want := range map[string]Entry{
		"issue.tariff.now":                    {Words: "30", Unit: "%", Source: "s", Label: "tariff, today"},
		"no_deal.tariff":                      {Words: "pert 30 to 90, likely 40", Source: "s", Drawn: true, Label: "no deal: tariff"},
		"no_deal.truce_lapses":                {Words: "1", Assumed: "the default: what is written under no_deal comes about", Label: "no deal: truce lapses"},
		"party.us.interest.gain.weight":       {Words: "uniform 1 to 5", Assumed: "a", Drawn: true, Label: "us: gain"},
		"party.us.interest.gain.times.tariff": {Words: "linear 0, 1", Assumed: "a", Label: "us: gain, tariff"}, // from the weight
		"party.us.interest.price.weight":      {Words: "-3", Assumed: "a", Label: "us: price"},                 // from the interest
		"party.us.red_line.never.holds":       {Words: "chance 90%", Assumed: "a", Drawn: true, Label: "us: red line, never, holds"},
		"party.us.red_line.soft.costs":        {Words: "4", Assumed: "a", Label: "us: red line, soft, costs"},
		"party.us.red_line.soft.holds":        {Words: "1", Assumed: "a", Label: "us: red line, soft, holds"},
		"party.us.negotiator.concession":      {Words: "0.2", Label: "us: concession"},
		"party.us.audience.farmers.likes":     {Words: "gain 1", Assumed: "a", Label: "us: farmers, likes"},
		"party.us.cost_of_delay":              {Words: "1.5", Assumed: "set by an override", Label: "us: cost of delay"},
		"clock.days_per_round":                {Words: "9", Label: "clock, days per round"},
		"party.us.moves_first":                {Words: "chance 50%", Assumed: "the default: either side may open", Drawn: true, Label: "us: moves first"},
	} {
		got, ok := m[path]
		want.Path, got.Origin = path, Origin{}
		if !ok || got != want {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	}
	if o := m["party.us.cost_of_delay"].Origin; o.Set == "" {
		t.Errorf("the override's origin is %v", o)
	}
	if o := m["no_deal.tariff"].Origin.String(); o != "f:9:10" {
		t.Errorf("no_deal.tariff is from %s", o)
	}
	var bare []string
	for _, e := range s.ListNumbers() {
		if e.Bare() {
			bare = append(bare, e.Path)
		}
	}
	if got := strings.Join(bare, " "); got != "party.us.negotiator.concession party.china.cost_of_delay clock.days_per_round" {
		t.Errorf("bare: %s", got)
	}
}

// In the scenarios of the program every number has a source or says that it is assumed; every fact
// named as a source is there, was read or worked out (not remembered), and was known by then.
func TestScenariosRestOnFacts(t *testing.T) {
	facts := make(map[string]map[string][]string) // file -> id -> record
	for _, name := range configs.Facts() {
		text, err := configs.Fact(name)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := strings.Join(rows[0], ","); got != "id,date,what,value,unit,status,source" {
			t.Errorf("%s: header %s", name, got)
		}
		facts[name] = make(map[string][]string)
		for _, r := range rows[1:] {
			if facts[name][r[0]] != nil {
				t.Errorf("%s: %s stands twice", name, r[0])
			}
			facts[name][r[0]] = r
			if r[1] == "" || r[2] == "" || r[6] == "" {
				t.Errorf("%s %s: no date, no words or no source", name, r[0])
			}
			if !strings.HasPrefix(r[5], "seen") && !strings.HasPrefix(r[5], "derived") {
				t.Errorf("%s %s: status %q is neither seen nor derived", name, r[0], r[5])
			}
		}
	}
	named := regexp.MustCompile(`(facts/[a-z0-9_]+\.csv)((?:,? [a-z]+[a-z0-9]*_?[a-z0-9_]*)*)`)
	used := 0
	for _, info := range configs.Scenarios() {
		text, err := configs.Scenario(info.Name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Parse(info.Name, text, Options{Priors: carried})
		if err != nil {
			t.Fatal(err)
		}
		if s.Question == "" || s.Question != info.Question {
			t.Errorf("%s: question %q, the list says %q", info.Name, s.Question, info.Question)
		}
		if first, _, _ := strings.Cut(string(text), "\n"); first != SchemaLine {
			t.Errorf("%s: the first line is %q", info.Name, first)
		}
		for _, e := range s.ListNumbers() {
			if e.Bare() {
				t.Errorf("%s: %s has neither source nor assumed", info.Name, e.Path)
			}
			for _, m := range named.FindAllStringSubmatch(e.Source+" | "+e.Assumed, -1) {
				file := facts[m[1]]
				if file == nil {
					t.Errorf("%s: %s names %s, which is not there", info.Name, e.Path, m[1])
					continue
				}
				ids := 0
				for _, word := range strings.FieldsFunc(m[2], func(r rune) bool { return r == ' ' || r == ',' }) {
					r := file[word]
					if r == nil {
						break // the words after the rows
					}
					ids++
					used++
					if day := latest(r[1]); !s.AsOf.IsZero() && day.After(s.AsOf.Time) {
						t.Errorf("%s: %s rests on %s %s of %s, later than %s", info.Name, e.Path, m[1], word, r[1], s.AsOf)
					}
				}
				if ids == 0 {
					t.Errorf("%s: %s names %s but no row of it: %q", info.Name, e.Path, m[1], m[2])
				}
			}
		}
	}
	if used < 30 {
		t.Errorf("only %d facts were found in sources", used)
	}
}

// latest is the first day of the latest date in a fact's date field: 2025-05-14, 2025-04, 2018/2025.
func latest(date string) time.Time {
	var day time.Time
	for _, d := range strings.Split(date, "/") {
		for _, form := range []string{"2006-01-02", "2006-01", "2006"} {
			if t, err := time.Parse(form, d); err == nil && t.After(day) {
				day = t
			}
		}
	}
	return day
}

func TestScenariosAreWhatTheySay(t *testing.T) {
	sizes := map[string]int{"quickstart": 9 * 11, "anac": 100_000, "madrid": 5 * 4 * 4 * 5 * 21 * 4 * 4 * 5 * 3 * 3 * 3 * 4}
	for name, want := range sizes {
		text, err := configs.Scenario(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Parse(name, text, Options{Priors: carried})
		if err != nil {
			t.Fatal(err)
		}
		size := 1
		for i := range s.Issues {
			size *= len(s.Issues[i].Values())
		}
		if size != want {
			t.Errorf("%s: %d outcomes, want %d", name, size, want)
		}
		if s.Design != nil {
			t.Errorf("%s: has a design, so a run is no plain batch", name)
		}
		for i := range s.Parties {
			if sum := weights(&s.Parties[i]); s.Worth == Unit && !same(sum, 1) {
				t.Errorf("%s: the weights of %s add up to %v", name, s.Parties[i].Key, sum)
			}
		}
	}
}

func weights(p *Party) float64 {
	sum := 0.0
	for i := range p.Interests {
		sum += p.Interests[i].Weight.Params[0]
	}
	return sum
}
