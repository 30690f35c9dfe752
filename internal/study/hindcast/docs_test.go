package hindcast

import (
	"context"
	"os"
	"strings"
	"testing"
)

// The table of the shared episodes in docs/validation.md says what the program says.
func TestDocsSayWhatIsMeasured(t *testing.T) {
	list := sharedEpisodes(t)
	cases, err := Play(context.Background(), list, Options{Runs: 2000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	total := Total(cases, 1)
	doc, err := os.ReadFile("../../../docs/validation.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(doc), "### The 21 shared episodes, by rule")
	rows := map[string][]string{}
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.Trim(strings.ReplaceAll(line, "*", ""), "| \n"), " | ")
		if _, have := rows[cells[0]]; !have {
			rows[cells[0]] = cells[1:]
		}
	}
	hold := func(name string, of func(*Sum) float64) {
		t.Helper()
		want := []string{share(of(&total.Sum))}
		for i := range total.ByClass {
			want = append(want, share(of(&total.ByClass[i].Sum)))
		}
		if got := strings.Join(rows[name], " "); got != strings.Join(want, " ") {
			t.Errorf("%s: docs/validation.md has %s, measured %s", name, got, strings.Join(want, " "))
		}
	}
	hold("the game", func(s *Sum) float64 { return s.CRPS })
	for k, name := range map[int]string{0: "uniform", 1: "status quo, kernel", 2: "threat, kernel", 3: "mid-point, kernel", 4: "climatology, pooled", 5: "climatology by class", 6: "classes with a uniform draw"} {
		hold(name, func(s *Sum) float64 { return *s.Rivals.list()[k] })
	}
}
