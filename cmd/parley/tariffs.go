package main

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/report"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/economy"
)

// economics adds to a drawing what the trade models say: both sides' welfare over the tariffs, what the
// typical deal does to third countries, how good the payoffs are. What a model cannot say is a note.
func (r *reader) economics(ctx context.Context, d *report.Drawing) error {
	m := r.model
	if m == nil || m.TariffModel() == "" {
		return nil
	}
	t, err := m.TariffMap(ctx, scenario.Options{})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		d.Notes = append(d.Notes, fmt.Sprintf("No map of welfare over the two tariffs: %v.", err))
		return nil
	}
	d.Tariffs = tariffFigures(t)
	deal := m.Point(typicalTerms(r.sum))
	none := m.Point(map[string]float64{"us_tariff": t.NoDeal[0], "cn_tariff": t.NoDeal[1]})
	if r.sum.Success.N > 0 {
		e, err := m.Effects(ctx, none, deal)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			d.Notes = append(d.Notes, fmt.Sprintf("What the typical deal does to third countries is not known: %v.", err))
		default:
			d.Tables = append(d.Tables, thirdCountries(e, t.Model))
		}
	}
	d.Notes = append(d.Notes, payoffNotes(ctx, m)...)
	return nil
}

// tariffFigures are the map and the best answers, before the deals are on them. With the second party
// as the United States the axes stay: the first is its tariff.
func tariffFigures(t *scenario.TariffMap) *report.Tariffs {
	out := &report.Tariffs{Issues: [2]string{"us_tariff", "cn_tariff"}}
	out.Contours = chart.Contours{
		Model: t.Model, Xs: t.Xs, Ys: t.Ys, Worth: t.Worth, NoDeal: rounded(t.NoDeal), Low: t.Low, High: t.High, Today: t.Today,
		Marks: []chart.Spot{{Label: "free trade"}},
	}
	out.Reaction = chart.Reaction{Model: t.Model, Spots: []chart.Spot{{Label: "today", X: t.Today[0], Y: t.Today[1]}}}
	if t.Nash != nil {
		n := rounded(*t.Nash)
		out.Contours.Marks = append(out.Contours.Marks, chart.Spot{Label: "tariff war (Nash)", X: n[0], Y: n[1]})
		out.Reaction.Cross = &n
	}
	for l, curve := range t.Best {
		var c []chart.Answered
		for _, p := range curve {
			c = append(c, chart.Answered{At: p[0], To: p[1]})
		}
		if l == 0 {
			out.Reaction.First = c
		} else {
			out.Reaction.Second = c
		}
	}
	if t.US == 1 { // the second party's tariff is along X
		out.Reaction.First, out.Reaction.Second = nil, nil // the figure knows the first party's along X only
	}
	return out
}

func rounded(x [2]float64) [2]float64 {
	return [2]float64{math.Round(10*x[0]) / 10, math.Round(10*x[1]) / 10}
}

// typicalTerms are the middle of every issue with numbers, and the commonest choice of the others.
func typicalTerms(s *analysis.Summary) map[string]float64 {
	out := map[string]float64{}
	for _, t := range s.Terms {
		if t.Spread != nil && t.Spread.N > 0 {
			out[t.Key] = t.Spread.Middle
			continue
		}
		best := -1
		for k := range t.Levels {
			if best < 0 || t.Levels[k].Share.N > t.Levels[best].Share.N {
				best = k
			}
		}
		if best >= 0 {
			out[t.Key] = float64(best)
		}
	}
	return out
}

// atEnds is how many regions stand at each end of the table.
const atEnds = 5

// thirdCountries is what a deal does to every region: the ends of the list, and the sum of the rest.
func thirdCountries(e *economy.Effects, model string) report.Table {
	two := map[string]bool{e.Names[0]: true, e.Names[1]: true}
	var others []int
	lost, won := 0.0, 0.0
	for j, name := range e.Regions {
		if two[name] {
			continue
		}
		others = append(others, j)
		if e.WelfareBn[j] < 0 {
			lost += e.WelfareBn[j]
		} else {
			won += e.WelfareBn[j]
		}
	}
	sort.SliceStable(others, func(a, b int) bool { return e.WelfareBn[others[a]] < e.WelfareBn[others[b]] })
	t := report.Table{
		Title: "What the tariffs of the typical deal do to others",
		Head:  []string{"region", "welfare, %", "welfare, $bn a year", "exports to the two, $bn a year"},
	}
	t.Note = fmt.Sprintf("By %s, against no deal. Third countries lose $%s and gain $%sbn a year in all; trade between the two changes by $%sbn. %s",
		model, strings.TrimPrefix(chart.Num(math.Round(10*lost)/10), "−")+"bn", chart.Num(math.Round(10*won)/10), chart.Num(math.Round(e.Between)), reciprocal(e))
	minus := func(s string) string { return strings.ReplaceAll(s, "-", "−") }
	add := func(j int) {
		diverted := chart.Num(math.Round(10*e.Diverted[j]) / 10)
		if two[e.Regions[j]] {
			diverted = ""
		}
		t.Rows = append(t.Rows, []string{
			e.Regions[j], minus(fmt.Sprintf("%+.3f", e.WelfarePct[j])), minus(fmt.Sprintf("%+.1f", e.WelfareBn[j])), diverted,
		})
	}
	for j, name := range e.Regions {
		if two[name] {
			add(j)
		}
	}
	for k, j := range others {
		if k < atEnds || k >= len(others)-atEnds {
			add(j)
		}
	}
	return t
}

// reciprocal says whether a deal is reciprocal in Bagwell and Staiger's sense.
func reciprocal(e *economy.Effects) string {
	if e.Reciprocal {
		return "It is reciprocal in Bagwell and Staiger's sense: each side's imports grow by as much as its exports, at the old prices, so the terms of trade stay."
	}
	var parts []string
	for k, name := range e.Names {
		parts = append(parts, fmt.Sprintf("the imports of %s change by $%.0fbn and its exports by $%.0fbn (terms of trade %+.2f%%)", name, e.Imports[k], e.Exports[k], e.TermsOfTradePct[k]))
	}
	return "It is not reciprocal in Bagwell and Staiger's sense: " + strings.Join(parts, "; ") + "."
}

// payoffNotes say what the payoffs rest on and how well they are known.
func payoffNotes(ctx context.Context, m *scenario.Model) []string {
	var out []string
	c := m.Composite()
	if c == nil {
		return nil
	}
	if c.Farm == c.Tariffs {
		out = append(out, fmt.Sprintf("Welfare is by %s, in $bn a year of %d. Between the settings solved it is interpolated; at %d settings held out that was at most $%.2gbn a year off.",
			c.Tariffs.Part.Model, c.Tariffs.Year, c.Tariffs.Held, c.Tariffs.HeldOut))
	} else {
		out = append(out, fmt.Sprintf("Welfare is by %s for tariffs, %s for farm goods and %s for inputs, in $bn a year of %d. Between the settings solved it is interpolated; at %d settings held out that was at most $%.2gbn a year off for tariffs, $%.2gbn for farm goods and $%.2gbn for relief of all inputs, of which plants reach a small part.",
			c.Tariffs.Part.Model, c.Farm.Part.Model, c.Inputs.Part.Model, c.Tariffs.Year,
			c.Tariffs.Held+c.Farm.Held+c.Inputs.Held, c.Tariffs.HeldOut, c.Farm.HeldOut, c.Inputs.HeldOut))
	}
	if g, err := m.Gap(ctx); err == nil {
		out = append(out, fmt.Sprintf("No one model sees it all. From today to the lowest tariffs on the table with all inputs relieved, the models together give %s and %s $bn a year to the US and China; %s alone, which knows both farm goods and inputs, %s and %s.",
			signed0(g.US), signed0(g.CN), g.Model, signed0(g.USWithin), signed0(g.CNWithin)))
	}
	for side, l := range m.Leverage() {
		if l != nil {
			out = append(out, fmt.Sprintf("%s: for today's tariff of %s%% to be its own choice, a dollar that it costs the other side must be worth $%.2f to it ($%.2f to $%.2f for tariffs within %.0f points of today's), $%.0fbn a year in all over the lowest on the table; it then likes %s%% best of those on the table. For welfare alone it would choose %s%%.",
				m.Config.Parties[side].Name, number(l.Today), l.Price, l.Low, l.High, l.Band, l.Whole, number(l.Explained), number(l.Chooses)))
		}
	}
	return append(out, c.Notes()...)
}

func signed0(v float64) string { return fmt.Sprintf("%+.0f", v) }
