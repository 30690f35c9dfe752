package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/chart"
)

// Tariffs is what the trade model says of the two tariffs, as figures still without the runs: the maker
// adds the deals.
type Tariffs struct {
	Issues   [2]string // keys of the issues along X and Y
	Contours chart.Contours
	Reaction chart.Reaction
}

// ModelAnswer is the headline under one trade model: what the page sets side by side.
type ModelAnswer struct {
	Name    string             `json:"name"`    // "liberation2025"; ", pure welfare" where no tariff is worth anything as such
	Runs    int64              `json:"runs"`    // talks played under it
	Success float64            `json:"success"` // share of them
	Terms   map[string]float64 `json:"terms"`   // middle of an issue in its deals
	Worth   []float64          `json:"worth"`   // middle, by party
}

// AnswerOf is the headline of a summary.
func AnswerOf(name string, s *analysis.Summary) ModelAnswer {
	a := ModelAnswer{Name: name, Runs: s.Runs.Counted, Success: s.Success.Share, Terms: map[string]float64{}}
	for _, t := range s.Terms {
		if t.Spread != nil && t.Spread.N > 0 {
			a.Terms[t.Key] = t.Spread.Middle
		}
	}
	for _, w := range s.Worth {
		if w.Deals.N > 0 {
			a.Worth = append(a.Worth, w.Deals.Middle)
		}
	}
	return a
}

func (a *ModelAnswer) term(key string) float64 {
	if v, ok := a.Terms[key]; ok {
		return v
	}
	return math.NaN()
}

func (a *ModelAnswer) worth(i int) float64 {
	if i < len(a.Worth) {
		return a.Worth[i]
	}
	return math.NaN()
}

// Disagreement says in words where the models disagree on how often talks succeed and what a deal is
// worth; empty with fewer than two.
func Disagreement(all []ModelAnswer, parties []string) string {
	if len(all) < 2 {
		return ""
	}
	ends := func(of func(a *ModelAnswer) float64) (lo, hi int) {
		lo, hi = -1, -1
		for i := range all {
			v := of(&all[i])
			if math.IsNaN(v) {
				continue
			}
			if lo < 0 || v < of(&all[lo]) {
				lo = i
			}
			if hi < 0 || v > of(&all[hi]) {
				hi = i
			}
		}
		return lo, hi
	}
	var out []string
	lo, hi := ends(func(a *ModelAnswer) float64 { return a.Success })
	out = append(out, fmt.Sprintf("Across the trade models the share of talks that succeed runs from %.0f (%s) to %.0f of 100 (%s).",
		100*all[lo].Success, all[lo].Name, 100*all[hi].Success, all[hi].Name))
	for i, p := range parties {
		of := func(a *ModelAnswer) float64 { return a.worth(i) }
		if lo, hi = ends(of); lo >= 0 && lo != hi {
			out = append(out, fmt.Sprintf("A deal is worth %s (%s) to %s (%s) $bn a year to %s.", chart.Num(math.Round(of(&all[lo]))), all[lo].Name, chart.Num(math.Round(of(&all[hi]))), all[hi].Name, p))
		}
	}
	return strings.Join(out, " ")
}

// across adds the range over trade models to the answer's first sentence.
func (a Said) across(all []ModelAnswer) Said {
	if len(all) < 2 || len(a.Sentences) == 0 {
		return a
	}
	lo, hi := 0, 0
	for i := range all {
		if all[i].Success < all[lo].Success {
			lo = i
		}
		if all[i].Success > all[hi].Success {
			hi = i
		}
	}
	text := fmt.Sprintf("; over the trade models it is %.0f (%s) to %.0f of 100 (%s).", 100*all[lo].Success, all[lo].Name, 100*all[hi].Success, all[hi].Name)
	if 100*(all[hi].Success-all[lo].Success) < 1 {
		text = "; all trade models say the same."
	}
	first := append(chart.Rich{}, a.Sentences[0]...)
	first[len(first)-1].Text = strings.TrimSuffix(first[len(first)-1].Text, ".")
	a.Sentences = append([]chart.Rich{append(first, plain(text))}, a.Sentences[1:]...)
	return a
}

// modelTable is the answers by model as a table of the page.
func modelTable(all []ModelAnswer, parties []chart.Party) Table {
	if len(all) < 2 {
		return Table{}
	}
	var names []string
	for _, p := range parties {
		name := p.Name
		if name == "United States" {
			name = "the United States"
		}
		names = append(names, name)
	}
	t := Table{Title: "The answer under each trade model", Note: Disagreement(all, names) + " “Pure welfare”: governments to whom a tariff is worth nothing as such.", Head: []string{"model", "talks", "success of 100"}}
	for _, p := range parties {
		t.Head = append(t.Head, "worth to "+p.Short)
	}
	for i := range all {
		row := []string{all[i].Name, chart.Num(float64(all[i].Runs)), fmt.Sprintf("%.0f", 100*all[i].Success)}
		for k := range parties {
			if v := all[i].worth(k); math.IsNaN(v) {
				row = append(row, "")
			} else {
				row = append(row, chart.Num(math.Round(v)))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
