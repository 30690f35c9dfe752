package report

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"time"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/store"
)

// Drawing says what is to be drawn and where from.
type Drawing struct {
	Seed uint64 //
	All  bool   // the further charts too: violins, cumulative curves, parallel coordinates
	Note string // stands in every figure's footer; may be empty
	// Talks are figures of single negotiations (chart.Dance); they follow the two-lever map.
	Talks []chart.Figure
	// Home are figures of what would pass at home; they follow who ratifies.
	Home []chart.Figure
	// Tariffs is what the trade model says of the two tariffs; nil without.
	Tariffs *Tariffs
	// Models is the headline under each trade model, the main one first; nil without.
	Models []ModelAnswer
	// Tables stand after the figures, Notes among the limits.
	Tables []Table
	Notes  []string
}

// Figures makes the figures of a summary, in the report's order. Those without data are left out.
func Figures(s *analysis.Summary, b *store.Brief, d Drawing) []chart.Figure {
	m := &maker{s: s, b: b}
	m.made = chart.Made{Source: fmt.Sprintf("Parley, %s, seed %d", s.Scenario, d.Seed), Note: d.Note}
	for i, p := range b.Parties {
		if i < 2 {
			m.parties[i] = chart.Party{Name: p.Name, Short: p.Short}
		}
	}
	figs := []chart.Figure{m.funnel(), m.strips(), m.tornado(), m.endings(), m.contours(d.Tariffs), m.delivery(), m.levers()}
	figs = append(figs, d.Talks...)
	figs = append(figs, m.models(d.Models), m.interests(), m.ratifiers())
	figs = append(figs, d.Home...)
	figs = append(figs, m.survival(), m.kept(), m.gains(), m.reaction(d.Tariffs))
	if d.All {
		figs = append(figs, m.violins(), m.ecdf(), m.parallel())
	}
	var out []chart.Figure
	for _, f := range figs {
		if f.Check() == nil {
			out = append(out, f)
		}
	}
	return out
}

// maker makes figures of one summary.
type maker struct {
	s       *analysis.Summary
	b       *store.Brief
	made    chart.Made
	parties chart.Parties
}

func (m *maker) success() chart.Success { return chart.Success(m.s.Criterion) }

// side is a party's seat.
func (m *maker) side(key string) chart.Side {
	for i, p := range m.b.Parties {
		if p.Key == key && key != "" && i < 2 {
			return chart.Side(i + 1)
		}
	}
	return chart.Neither
}

// name is a side's short name.
func (m *maker) name(s chart.Side) string {
	p := m.parties[s-1]
	if p.Short != "" {
		return p.Short
	}
	return p.Name
}

// names keep their capital within a sentence.
func (m *maker) names() []string {
	return []string{m.parties[0].Name, m.parties[0].Short, m.parties[1].Name, m.parties[1].Short}
}

// worthUnit is the unit of worth in words.
func (m *maker) worthUnit() string {
	if m.s.Unit == "usd_bn_year" {
		return "$bn a year"
	}
	return ""
}

// fixed says how many of the scenario's numbers are drawn and how many stand as they are.
func (m *maker) fixed() string {
	switch n := m.s.Numbers; {
	case n.Total == 0:
		return ""
	case n.Drawn == n.Total:
		return "every number drawn, none fixed"
	default:
		return fmt.Sprintf("%d of %d numbers drawn, the rest fixed", n.Drawn, n.Total)
	}
}

// proper is a key as a reader would write it: underscores as spaces, and names with the capital that
// they have in the scenario's labels.
func (m *maker) proper(key string) string {
	ws := strings.Fields(words(key))
	for i, w := range ws {
		for _, is := range m.b.Issues {
			ws[i] = capital(ws[i], w, is.Label)
		}
		for _, n := range m.b.Numbers {
			ws[i] = capital(ws[i], w, n.Label)
		}
		for _, p := range m.b.Parties {
			if w == p.Key {
				ws[i] = p.Short
			}
		}
	}
	return strings.Join(ws, " ")
}

// capital is the word as it stands in a label, past the label's first word.
func capital(now, word, label string) string {
	for i, l := range strings.Fields(label) {
		if l = strings.Trim(l, ",.;:()"); i > 0 && l != word && strings.EqualFold(l, word) {
			return l
		}
	}
	return now
}

// stageLabels are the steps of the funnel, lossLabels what is lost on the way to them.
var (
	stageLabels = map[string]string{"start": "talks start", "possible": "a deal is possible", "signed": "signed", "ratified": "ratified by both", "lasting": "still in force"}
	lossAt      = map[string]string{"possible": "never_possible", "signed": "not_found", "ratified": "refused", "lasting": "broke"}
	lossLabels  = map[string]string{"never_possible": "never possible", "not_found": "possible, not found", "refused": "refused at home", "broke": "signed, then broke"}
)

func (m *maker) funnel() *chart.Funnel {
	f := &chart.Funnel{Made: m.made, Parties: m.parties, Success: m.success(), Runs: m.s.Runs.Counted, Fixed: m.fixed(), Noise: round2(100 * m.s.Noise())}
	if m.s.Runs.Counted == 0 {
		return f
	}
	for _, st := range m.s.Stages {
		step := chart.Step{Label: stageLabels[st.Key], Left: 100 * st.Share.Share}
		if st.Key == "lasting" && m.b.Lasting > 0 {
			step.Label = fmt.Sprintf("in force in year %d", m.b.Lasting)
		}
		for _, l := range m.s.Losses {
			if l.Key == lossAt[st.Key] {
				step.Lost, step.Causes = lossLabels[l.Key], m.causes(l)
			}
		}
		f.Steps = append(f.Steps, step)
		if st.Goal {
			if r := st.Range; r != nil {
				f.Low, f.High, f.Across = 100*r.Lo.Share.Share, 100*r.Hi.Share.Share, pairs(r.Groups)
			}
			break
		}
	}
	return f
}

// pairs is how many pairs of strategies, in words.
func pairs(n int) string { return chart.Count(n) + " pairs of strategies" }

// round2 keeps two significant digits.
func round2(v float64) float64 {
	if v <= 0 {
		return 0
	}
	k := math.Pow(10, 1-math.Floor(math.Log10(v)))
	return math.Round(v*k) / k
}

// causes gathers a loss's causes: each side's red lines together, the rest one by one.
func (m *maker) causes(l analysis.Loss) (out []chart.Cause) {
	lines := map[chart.Side]*chart.Cause{}
	for _, c := range l.Causes {
		side := m.side(c.Party)
		v := 100 * c.Share.Share
		if c.Kind != "red_line" {
			words := c.Words
			if c.Kind == "audience" && side != chart.Neither {
				_, who, _ := strings.Cut(c.Name, ".")
				words = m.name(side) + ": " + m.proper(who)
			}
			out = append(out, chart.Cause{Label: words, Side: side, Of100: v})
			continue
		}
		g := lines[side]
		if g == nil {
			g = &chart.Cause{Side: side}
			lines[side] = g
		}
		g.Of100 += v
		g.Parts = append(g.Parts, chart.Part{Label: m.line(c.Name, side), Of100: v})
	}
	const most = 4 // parts that are named
	for _, side := range []chart.Side{chart.FirstSide, chart.SecondSide, chart.Neither} {
		g := lines[side]
		if g == nil {
			continue
		}
		whose := "red lines of both sides"
		if side != chart.Neither {
			whose = m.parties.Whose(side)
			whose = strings.TrimPrefix(whose, "the ") + " red line"
		}
		switch {
		case len(g.Parts) == 1 && side != chart.Neither:
			g.Label, g.Parts = whose+" on "+g.Parts[0].Label, nil
		case side != chart.Neither:
			g.Label = whose + "s"
		default:
			g.Label = whose
		}
		if len(g.Parts) > most {
			g.Parts = g.Parts[:most]
		}
		out = append(out, *g)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Of100 > out[j].Of100 })
	return out
}

// line names a red line, or several that block together, without the party they are all of.
func (m *maker) line(name string, side chart.Side) string {
	var parts []string
	for _, l := range strings.Split(name, "+") {
		who, key, ok := strings.Cut(l, ".")
		if !ok {
			key = who
		}
		if p := m.side(who); side == chart.Neither && p != chart.Neither {
			key = m.name(p) + " " + m.proper(key)
		} else {
			key = m.proper(key)
		}
		parts = append(parts, key)
	}
	return strings.Join(parts, " with ")
}

func (m *maker) strips() *chart.Strips {
	f := &chart.Strips{Made: m.made, Parties: m.parties, Success: m.success(), Deals: m.s.Success.N, Of100: 100 * m.s.Success.Share, Fixed: m.fixed()}
	for i := range m.s.Terms {
		t := &m.s.Terms[i]
		st := chart.Strip{Label: t.Label, Short: m.short(t), Unit: t.Unit, Side: m.side(t.GivenBy), Now: math.NaN(), NowChoice: -1}
		if st.Label == "" {
			st.Label = m.proper(t.Key)
		}
		if t.Spread == nil {
			for k, l := range t.Levels {
				st.Choices = append(st.Choices, chart.Part{Label: m.proper(l.Value), Of100: 100 * l.Share.Share})
				if l.Now {
					st.NowChoice = k
				}
			}
			f.Issues = append(f.Issues, st)
			continue
		}
		st.Lo, st.Hi = math.Inf(1), math.Inf(-1)
		st.Low, st.Mid, st.High = t.Spread.Lo, t.Spread.Middle, t.Spread.Hi
		for _, l := range t.Levels {
			if l.Number == nil {
				continue
			}
			st.Lo, st.Hi = min(st.Lo, *l.Number), max(st.Hi, *l.Number)
			st.Bins = append(st.Bins, chart.Bin{At: *l.Number, Share: 100 * l.Share.Share})
			if l.Now {
				st.Now = *l.Number
			}
		}
		sort.Slice(st.Bins, func(i, j int) bool { return st.Bins[i].At < st.Bins[j].At })
		st.Marks = m.marks(t.Key)
		f.Issues = append(f.Issues, st)
	}
	return f
}

// marks are an issue's yardsticks, by value and name.
func (m *maker) marks(key string) (out []chart.Mark) {
	for _, is := range m.b.Issues {
		if is.Key != key {
			continue
		}
		for name, v := range is.Marks {
			out = append(out, chart.Mark{Label: name, At: v})
		}
	}
	sort.Slice(out, func(i, j int) bool {
		return out[i].At < out[j].At || out[i].At == out[j].At && out[i].Label < out[j].Label
	})
	return out
}

// short is an issue's name for a title: its key if that is one word or starts with a party, else empty
// (the label stands).
func (m *maker) short(t *analysis.Term) string {
	first, rest, more := strings.Cut(t.Key, "_")
	switch {
	case !more && len(t.Key) > 2:
		return m.proper(t.Key)
	case m.side(first) != chart.Neither:
		return m.name(m.side(first)) + " " + m.proper(rest)
	}
	return ""
}

// maxBars is how many drawn numbers the tornado shows, minBars how many even if they are not clear of
// noise.
const (
	maxBars = 10
	minBars = 3
)

func (m *maker) tornado() *chart.Tornado {
	f := &chart.Tornado{Made: m.made, Parties: m.parties, Success: m.success(), Base: 100 * m.s.Success.Share, Drawn: len(m.s.Decides)}
	for _, d := range m.s.Decides {
		if len(f.Bars) == maxBars || !d.Clear && len(f.Bars) >= minBars {
			break
		}
		bar := chart.Bar{Label: chart.Upper(m.number(d.Label, d.Key)), Side: m.side(d.Party), Assumed: d.Evidence != analysis.Sourced}
		if d.Kind == "number" && d.Unit != "" {
			bar.Label += ", " + d.Unit
		}
		bar.Low = chart.End{Says: m.end(d.Low), Of100: 100 * d.Low.Share.Share}
		bar.High = chart.End{Says: m.end(d.High), Of100: 100 * d.High.Share.Share}
		bar.Phrase = chart.Upper(m.number(d.Label, d.Key))
		if d.Low.Below != nil && f.PerFifth == 0 {
			f.PerFifth = d.Low.Share.Of
		}
		f.Bars = append(f.Bars, bar)
	}
	return f
}

// number is the name of a drawn number.
func (m *maker) number(label, key string) string {
	if label == "" {
		label = m.proper(strings.Replace(strings.ReplaceAll(strings.TrimPrefix(key, "party."), ".", " "), " ", ": ", 1))
	}
	// A label made from the key, "exporter: no deal", is the party's.
	if who, what, ok := strings.Cut(label, ": "); ok {
		for i, p := range m.b.Parties {
			if i < 2 && (who == p.Key || who == p.Short || who == p.Name) {
				if strings.HasPrefix(what, "moves") { // a verb
					return m.name(chart.Side(i+1)) + " " + what
				}
				return strings.TrimPrefix(m.parties.Whose(chart.Side(i+1)), "the ") + " " + what
			}
		}
	}
	return label
}

// end says which talks an end of a bar is of.
func (m *maker) end(e analysis.End) string {
	switch {
	case e.Below != nil:
		return "below " + chart.Num(*e.Below)
	case e.Above != nil:
		return "above " + chart.Num(*e.Above)
	}
	if e.Is != "" && strings.Trim(e.Is, "0123456789.-") == "" {
		return "at " + e.Is // a number of few values
	}
	return m.proper(e.Is)
}

// ending ranks and names the kinds of ends, from the ground up.
var ending = map[string]struct {
	rank   int
	kind   chart.Ending
	label  string
	signed bool
}{
	"success":        {0, chart.Succeeded, "", true},
	"signed":         {1, chart.Broke, "signed", true},
	"broke":          {2, chart.Broke, "signed, broke later", true},
	"refused":        {3, chart.Refused, "signed, refused at home", true},
	"walk_out":       {4, chart.Walked, "walked out", false},
	"deadline":       {5, chart.RanOut, "time ran out", false},
	"never_possible": {6, chart.Failed, "no deal was possible", false},
}

func (m *maker) endings() *chart.Endings {
	f := &chart.Endings{Made: m.made, Parties: m.parties, Runs: m.s.Runs.Counted, Fixed: m.fixed()}
	e := m.s.Endings
	if e == nil || m.s.Runs.Counted == 0 {
		return f
	}
	dated := false
	if e.By == "date" {
		if t, err := time.Parse(time.DateOnly, e.Start); err == nil {
			f.Start, dated = t, true
		}
	}
	order := make([]int, len(e.Kinds))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return ending[e.Kinds[order[a]].Key].rank < ending[e.Kinds[order[b]].Key].rank })
	for _, k := range order {
		kind := e.Kinds[k]
		is := ending[kind.Key]
		l := chart.Layer{Label: is.label, Side: m.side(kind.Party), Kind: is.kind, Signed: is.signed}
		switch {
		case kind.Key == "success":
			l.Label = map[chart.Success]string{chart.Lasting: "signed, still in force", chart.Ratified: "signed and ratified"}[m.success()]
			if l.Label == "" {
				l.Label = "signed"
			}
		case kind.Key == "walk_out" && l.Side != chart.Neither:
			l.Label = m.name(l.Side) + " walked out"
		}
		f.Layers = append(f.Layers, l)
	}
	sums := make([]int64, len(order))
	add := func(at float64) {
		f.At = append(f.At, at)
		for i := range order {
			f.Layers[i].Of100 = append(f.Layers[i].Of100, 100*float64(sums[i])/float64(m.s.Runs.Counted))
		}
	}
	if len(e.Steps) > 0 && e.Steps[0].At+e.Width-1 > 0 {
		add(0)
	}
	last := 0.0
	for _, st := range e.Steps {
		at := float64(st.At + e.Width - 1)
		if at-last > float64(e.Width) { // nothing happened between
			add(at - float64(e.Width))
		}
		for i, k := range order {
			sums[i] += st.N[k]
		}
		add(at)
		last = at
	}
	f.Lines = m.events(f, dated, last)
	return f
}

// events are the summit, or the last round, and the end of what was granted beyond it.
func (m *maker) events(f *chart.Endings, dated bool, last float64) (out []chart.Event) {
	if !dated {
		if r := float64(m.b.Clock.Rounds); r > 0 && r <= last {
			out = append(out, chart.Event{Label: "deadline", At: r})
		}
		return out
	}
	summit, err := time.Parse(time.DateOnly, m.s.Endings.Summit)
	if err != nil {
		return nil
	}
	at := summit.Sub(f.Start).Hours() / 24
	out = append(out, chart.Event{Label: "summit", At: at})
	if last > at+1 {
		out = append(out, chart.Event{Label: "extended to", At: last})
	}
	return out
}
