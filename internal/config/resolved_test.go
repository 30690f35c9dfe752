package config

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/parley-sim/parley/configs"
)

// scenarios are the texts of all scenarios the program carries, and of the example beside the project.
func scenarios(t testing.TB) map[string][]byte {
	t.Helper()
	texts := map[string][]byte{"base": []byte(base)}
	for _, info := range configs.Scenarios() {
		text, err := configs.Scenario(info.Name)
		if err != nil {
			t.Fatal(err)
		}
		texts[info.Name] = text
	}
	return texts
}

// example is the scenario the format was drawn up with: every section of it must read.
func example(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "examples", "madrid.toml"))
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("the example is not here: %v", err)
	}
	return text
}

// plain is a scenario without what only says where it came from.
func plain(s *Scenario) Scenario {
	c := *s
	c.tree, c.origins, c.known, c.dists, c.sets = nil, nil, Known{}, nil, 0
	return c
}

func roundTrip(t interface{ Fatalf(string, ...any) }, name string, s *Scenario) {
	text := s.TOML()
	back, err := Parse(s.Name(), text, Options{Priors: carried})
	if err != nil {
		t.Fatalf("%s: its resolved file does not read: %v\n%s", name, err, text)
	}
	if !reflect.DeepEqual(plain(s), plain(back)) {
		t.Fatalf("%s: another scenario comes back:\n%s", name, text)
	}
	if again := back.TOML(); !bytes.Equal(text, again) {
		t.Fatalf("%s: resolved twice it differs:\n%s\n%s", name, text, again)
	}
}

func TestResolvedReadsBackTheSame(t *testing.T) {
	for name, text := range scenarios(t) {
		s, err := Parse(name+".toml", text, Options{Sets: []string{"seed=99"}, Priors: carried})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if s.Seed != 99 {
			t.Errorf("%s: the override is lost", name)
		}
		roundTrip(t, name, s)
	}
}

func TestTheExampleReadsBackTheSame(t *testing.T) {
	s, err := Parse("madrid.toml", example(t), Options{Priors: carried})
	if err != nil {
		t.Fatal(err)
	}
	roundTrip(t, "example", s)
	switch {
	case len(s.Issues) != 12 || len(s.Parties) != 2:
		t.Errorf("%d issues, %d parties", len(s.Issues), len(s.Parties))
	case s.Parties[0].Audiences[1].Likes[0].Params[0] != 2:
		t.Errorf("hawks like security %v", s.Parties[0].Audiences[1].Likes[0])
	case s.Escalation.Breach.Answer.Names[1] != "snapback" || s.Escalation.Sides[1].AimedAt != "farm_tariff":
		t.Errorf("escalation %+v", s.Escalation)
	case s.Delivery.Cleared.Entries[3].Params[0] != 0.95 || s.Delivery.BuiltShare.Kind != "beta":
		t.Errorf("delivery %+v", s.Delivery)
	case s.Economy.Also[0] != "ossa2014" || s.Ratify.Rule[0].Threshold != 0.5 || !s.Ratify.Rule[0].Strict:
		t.Errorf("economy %+v, ratify %+v", s.Economy, s.Ratify)
	case len(s.Design.Vary) != 2 || s.Design.Vary[1].Values[4] != "1000" || s.Observed.Values[4].Name != "unchanged":
		t.Errorf("design %+v, observed %+v", s.Design, s.Observed)
	case s.Clock.Extended.Chance.Params[0] != 0.2 || s.Output.LastingYears != 4:
		t.Errorf("clock %+v", s.Clock)
	}
}

// Every form of a number reads back as it was written.
func TestNumbersReadBackTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64Range(-1e6, 1e6)
		rising := func(n int) []float64 {
			list := make([]float64, n)
			x := value.Draw(t, "first")
			for i := range list {
				list[i] = x
				x += rapid.Float64Range(1e-3, 1e3).Draw(t, "gap")
			}
			return list
		}
		x := Number{Unit: rapid.StringMatching(`[a-z"\\ü ]*`).Draw(t, "unit"), Backing: Backing{Source: rapid.String().Draw(t, "source")}}
		switch x.Kind = rapid.SampledFrom([]string{"fixed", "uniform", "triangular", "normal", "lognormal", "choice", "chance"}).Draw(t, "kind"); x.Kind {
		case "fixed":
			x.Params = []float64{value.Draw(t, "value")}
		case "uniform":
			x.Params = rising(2)
		case "triangular":
			x.Params = rising(3)
		case "normal":
			p := rising(2)
			x.Params = []float64{p[0], p[1] - p[0], p[0], p[1]}
		case "lognormal":
			x.Params = []float64{2, 0.5, 1, rapid.Float64Range(2, 9).Draw(t, "high")}
		case "choice":
			x.Values = rising(3)
			x.Params = rapid.SliceOfN(rapid.Float64Range(0.1, 9), 3, 3).Draw(t, "weights")
		case "chance":
			x.Params = []float64{rapid.Float64Range(0, 1).Draw(t, "chance")}
		}
		root, err := read("f", []byte("x = "+x.write().text()))
		if err != nil {
			t.Fatalf("%s: %v", x.write().text(), err)
		}
		d := &decoder{origins: map[string]places{}, dists: new(dists)}
		var back Number
		back.read(d, root.kids[0], "")
		back.Path, back.dist = "", nil
		if len(d.problems) > 0 || !reflect.DeepEqual(x, back) {
			t.Fatalf("%s: %v\n%+v\n%+v", x.write().text(), d.problems, x, back)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, text := range scenarios(f) {
		f.Add(string(text), "runs=5")
	}
	f.Add("[issue]\na = { levels = [1] }\n", "party.us={ interest = { x = { times = { a = { linear = [0, 1] } } } } }")
	f.Add("[[a.b]]\nc.'d e'.f = [[1], {x = nan}]\n", `a."b".0=inf`)
	f.Fuzz(func(t *testing.T, text, set string) {
		s, err := Parse("f", []byte(text), Options{Known: names, Sets: []string{set}})
		if err != nil {
			_ = err.Error()
			return
		}
		s.known = Known{}
		roundTrip(t, "fuzzed", s)
		for _, e := range s.ListNumbers() {
			if e.Words == "" || e.Label == "" {
				t.Errorf("%s has no words: %+v", e.Path, e)
			}
		}
	})
}
