package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/parley-sim/parley/sim/economy"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// weighed is the beginning of the names of columns at political weights.
const weighed = "political_"

// players are governments with the aim asked for; false where the model has no political weights.
func (q *question) players(names []string, political bool) ([]economy.Player, bool) {
	p, ok := q.m.(trade.Political)
	if political && !ok {
		return nil, false
	}
	var out []economy.Player
	for _, n := range names {
		pl := economy.Player{Region: n}
		if political {
			if j, err := q.in.Region(n); err == nil {
				pl.Aim.Weights = p.Politics()[j]
			}
		}
		out = append(out, pl)
	}
	return out, true
}

// game sets up a game on the question's tariffs. Sector by sector it starts where the model says
// that searches should.
func (q *question) game(ctx context.Context, names, on []string, form economy.Form, political bool) (*economy.Game, error) {
	players, ok := q.players(names, political)
	if !ok {
		return nil, nil
	}
	rules := economy.Rules{Players: players, Form: form, Among: len(names) > 1, On: on, Base: q.base, Cut: true}
	if m, ok := q.m.(interface{ MFN() []float64 }); ok && form == economy.Sectors {
		rules.Start = m.MFN()
	}
	return economy.NewGame(ctx, q.m, rules)
}

// search answers --nash, --optimal and --talks.
func (f *economyFlags) search(ctx context.Context, q *question, flag, list string) error {
	var on []string
	if mine, partners, only := strings.Cut(list, ":"); only && flag == "optimal" {
		var err error
		if on, err = q.governments(flag, partners); err != nil {
			return err
		}
		list = mine
	}
	names, err := q.governments(flag, list)
	if err != nil {
		return err
	}
	switch {
	case flag == "nash" && len(names) < 2:
		return fmt.Errorf("--nash: a war needs two governments; --optimal %s gives the best tariffs of one", names[0])
	case flag == "talks" && len(names) < 2:
		return errors.New("--talks: talks need two governments")
	case flag == "optimal" && len(names) != 1:
		return fmt.Errorf("--optimal: %d governments; --nash is for several", len(names))
	}
	form := economy.Sectors
	if f.uniform {
		form = economy.Uniform
		if flag == "optimal" {
			form = economy.Flat
		}
	}
	play := func(political bool) (*economy.Outcome, error) {
		g, err := q.game(ctx, names, on, form, political)
		if g == nil || err != nil {
			return nil, err
		}
		switch flag {
		case "optimal":
			return g.BestResponse(ctx, names[0], nil)
		case "talks":
			g.Rules.Start = nil // from the tariffs given
			return g.Talks(ctx, nil)
		}
		return g.Nash(ctx)
	}
	plain, err := play(false)
	if err != nil {
		return err
	}
	political, err := play(true)
	if err != nil {
		return err
	}
	r, err := q.m.Solve(ctx, plain.Schedule(q.m), nil)
	if err != nil {
		return err
	}
	t := regionTable(&q.in, r)
	t.facts = append(t.facts, fact{"aim", "welfare"}, fact{"evaluations", plain.Evaluations}, fact{"rounds", plain.Rounds})
	for _, name := range []string{"price_pct", "wage_pct", "exports_pct", "imports_pct"} {
		t.hidden[name] = true
	}
	chosen := q.chosen(names, plain)
	t.columns = slices.Insert(t.columns, 2, column{"chosen_pct", chosen})
	verb := "choose"
	if flag == "talks" {
		verb = "agree on"
	}
	lines := q.tariffLines(names, plain, form, "Governments that maximise real income "+verb, f.uniform)
	t.facts = append(t.facts, fact{"tariffs", found(plain.Schedule(q.m))})
	if political != nil {
		t.columns = append(
			t.columns,
			column{weighed + "chosen_pct", q.chosen(names, political)},
			column{weighed + "welfare_pct", political.WelfarePct},
			column{weighed + "government_pct", only(&q.in, names, political.GovernmentPct)},
		)
		lines = append(lines, q.tariffLines(names, political, form, "With the model's political weights on sectors they "+verb, f.uniform)...)
		t.facts = append(t.facts, fact{weighed + "tariffs", found(political.Schedule(q.m))})
	}
	if f.save != "" {
		if err := saveTariffs(f.save, plain.Schedule(q.m)); err != nil {
			return err
		}
	}
	return q.tell(t, lines)
}

// chosen is the median of what each government chose, %, and NaN for those that chose nothing.
func (q *question) chosen(names []string, o *economy.Outcome) []float64 {
	out := make([]float64, len(q.in.Regions))
	for j := range out {
		out[j] = math.NaN()
	}
	for p, n := range names {
		if j, err := q.in.Region(n); err == nil {
			out[j] = 100 * o.Median(p)
		}
	}
	return out
}

// only keeps the values of the named regions.
func only(in *trade.Info, names []string, values []float64) []float64 {
	out := make([]float64, len(values))
	for j := range out {
		out[j] = math.NaN()
	}
	for _, n := range names {
		if j, err := in.Region(n); err == nil {
			out[j] = values[j]
		}
	}
	return out
}

// tariffLines says in words what was chosen.
func (q *question) tariffLines(names []string, o *economy.Outcome, form economy.Form, begin string, uniform bool) []string {
	var parts []string
	for p, n := range names {
		part := fmt.Sprintf("%s %s%%", n, shown(100*o.Median(p)))
		if len(o.Chosen[p]) > 1 {
			lo, hi := math.Inf(1), math.Inf(-1)
			for _, v := range o.Chosen[p] {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
			part += fmt.Sprintf(" (%s to %s)", shown(100*lo), shown(100*hi))
		}
		parts = append(parts, part)
	}
	what := "a tariff for each sector and exporter, here the median and the range"
	switch {
	case form == economy.Flat:
		what = "one surcharge on everything, on top of what stands"
	case uniform:
		what = "one surcharge for each exporter, on top of what stands"
	case len(q.in.Sectors) == 1:
		what = "a tariff for each exporter"
	}
	return []string{begin + " " + what + ":", "  " + strings.Join(parts, ", ")}
}

// tariff is a tariff of an answer in JSON: a level, a fraction.
type tariff struct {
	Importer string  `json:"importer"`
	Exporter string  `json:"exporter"`
	Sector   string  `json:"sector"`
	Value    float64 `json:"value"`
}

// found lists the tariffs that a search changed.
func found(s trade.Schedule) []tariff {
	out := []tariff{}
	for _, c := range s {
		out = append(out, tariff{c.Importer, c.Exporter, c.Sector, c.Value})
	}
	return out
}

// saveTariffs writes a schedule that --tariffs reads.
func saveTariffs(path string, s trade.Schedule) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("--save: %w", err)
	}
	w := csv.NewWriter(f)
	rows := [][]string{{"importer", "exporter", "sector", "change", "value"}}
	for _, c := range s {
		rows = append(rows, []string{c.Importer, c.Exporter, c.Sector, "set", strconv.FormatFloat(c.Value, 'g', -1, 64)})
	}
	if err := errors.Join(w.WriteAll(rows), f.Close()); err != nil {
		return fmt.Errorf("--save: %w", err)
	}
	return nil
}

// keep answers --enforce: the deal is the tariffs given, breaking it one's best tariffs on the
// others, the punishment the war.
func (f *economyFlags) keep(ctx context.Context, q *question) error {
	names, err := q.governments("enforce", f.enforce)
	if err != nil {
		return err
	}
	if len(names) < 2 {
		return errors.New("--enforce: a deal needs two governments")
	}
	form := economy.Sectors
	if f.uniform {
		form = economy.Uniform
	}
	t := &table{regions: names, hidden: map[string]bool{"keep_bn": true, weighed + "keep_bn": true, weighed + "war_bn": true, weighed + "gain_of_breaking_bn": true}, facts: []fact{{"delta", f.delta}}}
	lines := []string{
		"The deal is these tariffs. Breaking it is a year of one's best tariffs against it; the punishment is the",
	}
	if f.years > 0 {
		lines[0] += fmt.Sprintf(" tariff war for %s.", counted(f.years, "year"))
	} else {
		lines[0] += " tariff war for ever."
	}
	if f.years > 0 {
		t.facts = append(t.facts, fact{"years", f.years})
	}
	for _, political := range []bool{false, true} {
		g, err := q.game(ctx, names, nil, form, political)
		if err != nil {
			return err
		}
		if g == nil {
			continue
		}
		h, err := g.Enforce(ctx, nil, f.delta)
		if err != nil {
			return err
		}
		begin, prefix := "", ""
		if political {
			begin, prefix = "With the model's political weights: ", weighed
		}
		lines = append(lines, begin+f.holding(t, h, prefix))
	}
	return q.tell(t, lines)
}

// holding adds the columns of one aim to the table, and says in words whether the deal keeps itself.
func (f *economyFlags) holding(t *table, h *economy.Holding, prefix string) string {
	n := len(h.Stages)
	col := func() []float64 { return make([]float64, n) }
	keep, gain, war, critical, transfer, chosen := col(), col(), col(), col(), col(), col()
	slack, lacking := 0.0, -1
	last := 0.0
	for k, s := range h.Stages {
		keep[k], gain[k], war[k] = s.Keep, s.Break-s.Keep, s.Punish-s.Keep
		critical[k] = s.Critical()
		room := s.Slack(f.delta)
		if f.years > 0 {
			critical[k], room = s.CriticalYears(f.years), s.SlackYears(f.delta, f.years)
		}
		slack += room
		transfer[k] = math.Max(0, -room)
		chosen[k] = 100 * h.War.Median(k)
		if !(critical[k] < 1) {
			lacking = k
		}
		last = math.Max(last, critical[k])
		if math.IsInf(critical[k], 1) {
			critical[k] = math.NaN() // none at all
		}
	}
	t.columns = append(
		t.columns,
		column{prefix + "critical_discount", critical}, column{prefix + "transfer_bn", transfer},
		column{prefix + "keep_bn", keep}, column{prefix + "gain_of_breaking_bn", gain}, column{prefix + "war_bn", war},
		column{prefix + "war_chosen_pct", chosen},
	)
	holds := true
	for _, x := range transfer {
		holds = holds && x == 0
	}
	t.facts = append(t.facts, fact{prefix + "self_enforcing", holds}, fact{prefix + "feasible_with_transfers", slack >= 0})
	var verdict string
	switch {
	case lacking >= 0:
		verdict = fmt.Sprintf("no discount factor below 1 makes the deal keep itself: %s gains by breaking and the war does not cost it enough.", h.Players[lacking])
	case holds:
		verdict = fmt.Sprintf("the deal keeps itself at %s; it does from %s on.", short(f.delta), shown(last))
	default:
		verdict = fmt.Sprintf("the deal does not keep itself at %s; it would from %s on.", short(f.delta), shown(last))
	}
	if !holds {
		var parts []string
		for k, x := range transfer {
			if x > 0 {
				parts = append(parts, fmt.Sprintf("%s $%sbn", h.Players[k], shown(x)))
			}
		}
		verdict += fmt.Sprintf(" At %s it would take a payment a year to %s", short(f.delta), strings.Join(parts, " and "))
		if slack >= 0 {
			verdict += ", which the others could pay and still gain."
		} else {
			verdict += ", more than the others gain."
		}
	}
	if prefix == "" {
		return strings.ToUpper(verdict[:1]) + verdict[1:]
	}
	return verdict
}

func short(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
