package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/chart"
)

// contours fills the map of tariffs with what the runs say: how deals fall on it.
func (m *maker) contours(t *Tariffs) *chart.Contours {
	if t == nil {
		return &chart.Contours{}
	}
	f := t.Contours
	f.Made, f.Parties, f.Success, f.Unit = m.made, m.parties, m.success(), "$bn a year"
	f.Alone = [2]float64{math.NaN(), math.NaN()}
	f.X, f.Y = m.issueAxis(t.Issues[0]), m.issueAxis(t.Issues[1])
	f.Fixed = "all else as today"
	f.Bubbles, f.Deals = m.agreedPairs(t.Issues)
	return &f
}

// reaction is the best answers to each other's tariff.
func (m *maker) reaction(t *Tariffs) *chart.Reaction {
	if t == nil {
		return &chart.Reaction{}
	}
	f := t.Reaction
	f.Made, f.Parties = m.made, m.parties
	f.X, f.Y = m.issueAxis(t.Issues[0]), m.issueAxis(t.Issues[1])
	f.Fixed = "for welfare alone"
	return &f
}

// issueAxis is an issue's label with its unit.
func (m *maker) issueAxis(key string) string {
	for _, is := range m.b.Issues {
		if is.Key == key {
			if is.Unit != "" {
				return is.Label + ", " + is.Unit
			}
			return is.Label
		}
	}
	return words(key)
}

// agreedPairs counts the pairs of values of two issues among the deals kept whole.
func (m *maker) agreedPairs(issues [2]string) (out []chart.Bubble, deals int64) {
	p := m.s.Parallel
	if p == nil {
		return nil, 0
	}
	var at [2]int
	var numbers [2][]float64
	for k, key := range issues {
		at[k] = -1
		for i, have := range p.Issues {
			if have == key && i < len(m.b.Issues) {
				at[k], numbers[k] = i, m.b.Issues[i].Numbers
			}
		}
		if at[k] < 0 || len(numbers[k]) == 0 {
			return nil, 0
		}
	}
	place := map[[2]int]int{}
	for _, d := range p.Deals {
		pair := [2]int{d.Terms[at[0]], d.Terms[at[1]]}
		if pair[0] < 0 || pair[1] < 0 {
			continue
		}
		k, ok := place[pair]
		if !ok {
			k = len(out)
			place[pair] = k
			out = append(out, chart.Bubble{X: numbers[0][pair[0]], Y: numbers[1][pair[1]]})
		}
		out[k].Of100 += 100 / float64(len(p.Deals))
	}
	return out, int64(len(p.Deals))
}

// interests is what each interest adds to the worth of the deals.
func (m *maker) interests() *chart.Interests {
	f := &chart.Interests{Made: m.made, Parties: m.parties, Success: m.success(), Unit: m.worthUnit() + " over no deal", Fixed: m.fixed()}
	if m.worthUnit() == "" {
		f.Unit = "on a scale of 0 to 1"
	}
	for i := range f.Total {
		f.Total[i] = math.NaN()
		if i < len(m.s.Worth) {
			f.Total[i] = m.s.Worth[i].Deals.Middle
		}
	}
	for _, q := range m.s.Interests {
		side := m.side(q.Party)
		if side == chart.Neither || q.Spread.Lo == 0 && q.Spread.Middle == 0 && q.Spread.Hi == 0 {
			continue
		}
		f.Deals = q.Spread.N
		f.Bars = append(f.Bars, chart.Interest{Label: m.proper(q.Label), Side: side, Low: q.Spread.Lo, Mid: q.Spread.Middle, High: q.Spread.Hi})
	}
	of := map[chart.Side]int{}
	for _, b := range f.Bars {
		of[b.Side]++
	}
	if of[chart.FirstSide] < 2 && of[chart.SecondSide] < 2 {
		f.Bars = nil // nothing to compare
	}
	return f
}

// delivery is what becomes of what is promised: of investment, as the one sum that goes through stages.
func (m *maker) delivery() *chart.Delivery {
	f := &chart.Delivery{Made: m.made, Success: m.success(), Noun: "Investment", Unit: "$bn", Fixed: m.fixed()}
	find := func(key string) *analysis.Quantity {
		for i := range m.s.Delivery {
			if q := &m.s.Delivery[i]; q.Key == "delivery."+key {
				return q
			}
		}
		return nil
	}
	announced, cleared, built := find("announced"), find("cleared"), find("built")
	if announced == nil || cleared == nil || built == nil {
		return f
	}
	f.Deals = announced.Spread.N
	years := m.b.Horizon
	by := ""
	if years > 0 {
		f.Years, by = fmt.Sprintf("in %d years", years), fmt.Sprintf(" in %d years", years)
		if len(m.b.Clock.Summit) >= 4 {
			var year int
			if _, err := fmt.Sscanf(m.b.Clock.Summit[:4], "%d", &year); err == nil {
				f.Years, by = fmt.Sprintf("by %d", year+years), fmt.Sprintf(" by %d", year+years)
			}
		}
	}
	promised := stage("Promised", "announced in the deal", announced, 1)
	for _, t := range m.s.Terms { // exact, where the sketch is within a fifth of a per cent
		if t.Key == "investment" && t.Spread != nil {
			promised.Low, promised.Mid, promised.High = t.Spread.Lo, t.Spread.Middle, t.Spread.Hi
		}
	}
	for _, is := range m.b.Issues {
		if is.Key != "investment" {
			continue
		}
		if side := m.side(is.GivenBy); side != chart.Neither {
			f.Side, f.Noun = side, "Investment by "+m.parties.The(side)
		}
		for _, name := range sortedMarks(is.Marks) {
			promised.Marks = append(promised.Marks, chart.Mark{Label: name, At: is.Marks[name]})
		}
	}
	f.Stages = []chart.Quantity{promised, stage("Cleared", "by review and by states", cleared, 1), stage("Built"+by, "in total", built, 1)}
	if years > 1 {
		a := stage("Built in a year", fmt.Sprintf("average of the %d", years), built, float64(years))
		for _, name := range sortedMarks(m.b.Records) {
			a.Marks = append(a.Marks, chart.Mark{Label: name, At: m.b.Records[name]})
		}
		f.Annual = &a
	}
	return f
}

// stage is a quantity as a row of the chart, divided by so many years.
func stage(label, note string, q *analysis.Quantity, years float64) chart.Quantity {
	out := chart.Quantity{Label: label, Note: note, Low: sig2(q.Spread.Lo / years), Mid: sig2(q.Spread.Middle / years), High: sig2(q.Spread.Hi / years)}
	for _, d := range q.Density {
		out.Bins = append(out.Bins, chart.Bin{At: d.At / years, Share: d.Share})
	}
	return out
}

// sortedMarks are the names of marks by their values.
func sortedMarks(marks map[string]float64) []string {
	var out []string
	for name := range marks {
		k := 0
		for k < len(out) && (marks[out[k]] < marks[name] || marks[out[k]] == marks[name] && out[k] < name) {
			k++
		}
		out = append(out[:k], append([]string{name}, out[k:]...)...)
	}
	return out
}

// brief is a label without what follows its first comma or preposition of place.
func brief(label string) string {
	label, _, _ = strings.Cut(label, ",")
	if len(label) > 28 {
		for _, cut := range []string{" in ", " of "} {
			if head, _, ok := strings.Cut(label, cut); ok && len(head) >= 12 {
				label = head
			}
		}
	}
	return label
}

// sig2 rounds to two digits, or to whole numbers above 100: none of these is known better.
func sig2(v float64) float64 {
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return v
	}
	if math.Abs(v) >= 99.5 {
		return math.Round(v)
	}
	scale := math.Pow(10, 1-math.Floor(math.Log10(math.Abs(v))))
	return math.Round(v*scale) / scale
}

// modelRow is one answer: whose, how it is read off, and its range if that is known.
type modelRow struct {
	label, unit string
	side        chart.Side
	of          func(a *ModelAnswer) float64
	lo, hi      float64
}

// models is the main answers under each trade model.
func (m *maker) models(all []ModelAnswer) *chart.Models {
	f := &chart.Models{Made: m.made, Parties: m.parties}
	if len(all) < 2 {
		return f
	}
	f.Runs = all[len(all)-1].Runs
	rows := []modelRow{{label: chart.Upper(m.success().Deals()), unit: "in 100 talks", of: func(a *ModelAnswer) float64 { return 100 * a.Success }}}
	for _, is := range m.b.Issues {
		switch is.Key {
		case "us_tariff", "cn_tariff", "investment", "purchases":
			if n := len(is.Numbers); n > 1 {
				rows = append(rows, modelRow{brief(is.Label), is.Unit, m.side(is.GivenBy), func(a *ModelAnswer) float64 { return a.term(is.Key) }, is.Numbers[0], is.Numbers[n-1]})
			}
		}
	}
	for i := range m.b.Parties[:min(2, len(m.b.Parties))] {
		side := chart.Side(i + 1)
		rows = append(rows, modelRow{label: "Worth to " + m.parties.The(side), unit: m.worthUnit() + " over no deal", side: side, of: func(a *ModelAnswer) float64 { return a.worth(i) }})
	}
	for i := range all {
		f.Names = append(f.Names, all[i].Name)
	}
	for _, r := range rows {
		a := chart.Answer{Label: r.label, Unit: r.unit, Side: r.side, Lo: r.lo, Hi: r.hi}
		lo, hi := r.lo, r.hi
		for i := range all {
			v := r.of(&all[i])
			if r.lo == r.hi { // not a value on the table
				v = sig2(v)
			}
			a.Values = append(a.Values, v)
			if !math.IsNaN(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
		if r.unit == "in 100 talks" {
			hi = max(10, 10*math.Ceil(hi/10))
		} else if r.lo == r.hi {
			lo, hi = 10*math.Floor(lo/10), max(10, 10*math.Ceil(hi/10))
		}
		a.Lo, a.Hi = lo, hi
		f.Rows = append(f.Rows, a)
	}
	if f.Runs > 0 {
		f.Noise = fmt.Sprintf("simulation noise up to %s points in 100 talks", chart.Num(math.Ceil(98/math.Sqrt(float64(f.Runs)))))
	}
	return f
}
