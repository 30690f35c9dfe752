package configs

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

func TestScenarios(t *testing.T) {
	var names []string
	for _, s := range Scenarios() {
		names = append(names, s.Name)
		if !strings.HasSuffix(s.Question, "?") {
			t.Errorf("%s asks %q", s.Name, s.Question)
		}
		if text, err := Scenario(s.Name); err != nil || len(text) == 0 {
			t.Errorf("%s: %d bytes, %v", s.Name, len(text), err)
		}
	}
	if !slices.IsSorted(names) || !slices.Contains(names, "madrid") || !slices.Contains(names, "quickstart") {
		t.Errorf("scenarios %v", names)
	}
	for _, name := range []string{"", "nowhere", "../secret", "madrid.toml"} {
		if _, err := Scenario(name); !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// The first line of every scenario tells an editor where the schema is; quickstart is short enough to be
// taken in at a glance.
func TestFirstLines(t *testing.T) {
	for _, s := range Scenarios() {
		text, err := Scenario(s.Name)
		if err != nil || !strings.HasPrefix(string(text), "#:schema ./parley.schema.json\n") {
			t.Errorf("%s begins with %.40q, %v", s.Name, text, err)
		}
		if n := strings.Count(string(text), "\n"); s.Name == "quickstart" && n != 10 {
			t.Errorf("quickstart has %d lines", n)
		}
	}
}

func TestFacts(t *testing.T) {
	if !slices.Contains(Facts(), "facts/phase_one.csv") {
		t.Errorf("facts %v", Facts())
	}
	for _, name := range Facts() {
		if text, err := Fact(name); err != nil || !strings.HasPrefix(string(text), "id,date,") {
			t.Errorf("%s: %.20q, %v", name, text, err)
		}
	}
	if _, err := Fact("phase_one.csv"); err == nil {
		t.Error("a fact outside facts/ was found")
	}
	if _, err := Data().Open("facts/phase_one.csv"); err != nil {
		t.Error(err)
	}
}
