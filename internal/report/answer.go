package report

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/store"
)

// Said is the answer to the scenario's question, in words made from the numbers.
type Said struct {
	Headline  string       // one line: how often, and for what
	Sentences []chart.Rich // how often (the range over strategies first, noise second); on what terms; why not and what decides it
	Facts     []Fact       // the same, to be seen at a glance
	Trust     []string     // how far to trust it
}

// Fact is one number with what it is.
type Fact struct{ Big, Small string }

// Answer puts a summary in words. Every phrase is from a template whose condition is tested on the
// same numbers; where none holds, a neutral one stands or the phrase is left out.
func Answer(s *analysis.Summary, b *store.Brief) Said {
	m := &maker{s: s, b: b}
	for i, p := range b.Parties {
		if i < 2 {
			m.parties[i] = chart.Party{Name: p.Name, Short: p.Short}
		}
	}
	if s.Runs.Counted == 0 {
		return Said{Headline: "There are no runs to report", Trust: m.trust()}
	}
	a := Said{Headline: m.headline(), Trust: m.trust()}
	a.Sentences = append(a.Sentences, m.howOften())
	if t := m.onWhatTerms(); len(t) > 0 {
		a.Sentences = append(a.Sentences, t)
	}
	if t := m.whyNot(); len(t) > 0 {
		a.Sentences = append(a.Sentences, t)
	}
	a.Facts = m.facts()
	return a
}

func bold(s string) chart.Span  { return chart.Span{Text: s, Bold: true} }
func plain(s string) chart.Span { return chart.Span{Text: s} }

// frequency is a share in words for the headline: "About 3 in 10 talks end".
func frequency(share float64) string {
	switch tenths := math.Round(share * 10); {
	case share == 0:
		return "No talks end"
	case share < 0.01:
		return "Fewer than 1 in 100 talks end"
	case share < 0.05:
		return fmt.Sprintf("About %.0f in 100 talks end", max(1, math.Round(share*100)))
	case share == 1:
		return "All talks end"
	case share >= 0.95:
		return "Nearly all talks end"
	case math.Abs(share-0.5) < 0.02:
		return "About half of the talks end"
	case tenths < 1:
		return "Fewer than 1 in 10 talks end"
	default:
		return fmt.Sprintf("About %.0f in 10 talks end", tenths)
	}
}

// headline says how often and, if there is a sum that stays below a yardstick or a term that moved,
// for what.
func (m *maker) headline() string {
	h := frequency(m.s.Success.Share) + " in " + m.success().End()
	moved := m.moved()
	if m.s.Success.N == 0 || len(moved) == 0 {
		return h
	}
	t := moved[0]
	if top, ok := m.top(t); ok && money(t.Unit) {
		return h + ", and it is for " + chart.Amount(t.Spread.Middle, t.Unit) + ", not " + chart.Amount(top, t.Unit)
	}
	return h + ", typically with " + m.the(t) + " at " + chart.Amount(t.Spread.Middle, t.Unit)
}

func money(unit string) bool { return strings.HasPrefix(unit, "$") }

// top is an issue's highest yardstick, if nine in ten deals stay below it.
func (m *maker) top(t *analysis.Term) (float64, bool) {
	ms := m.marks(t.Key)
	if len(ms) == 0 || ms[len(ms)-1].At <= t.Spread.Hi {
		return 0, false
	}
	return ms[len(ms)-1].At, true
}

// reach is what could be agreed on a numeric issue and where today stands, NaN if nowhere.
func reach(t *analysis.Term) (lo, hi, now float64) {
	lo, hi, now = math.Inf(1), math.Inf(-1), math.NaN()
	for _, l := range t.Levels {
		if l.Number == nil {
			continue
		}
		lo, hi = min(lo, *l.Number), max(hi, *l.Number)
		if l.Now {
			now = *l.Number
		}
	}
	return lo, hi, now
}

// settled tells whether the middle says much: 8 in 10 deals lie within half of what could be agreed,
// or four in ten lie at the middle itself.
func settled(t *analysis.Term) bool {
	lo, hi, _ := reach(t)
	if t.Spread.Hi-t.Spread.Lo <= (hi-lo)/2 {
		return true
	}
	for _, l := range t.Levels {
		if l.Number != nil && *l.Number == t.Spread.Middle {
			return l.Share.Share >= 0.4
		}
	}
	return false
}

// moved are the settled numeric issues whose middle is at least a fifth of its range from today, in
// the scenario's order, those with yardsticks first: they are what the question is about.
func (m *maker) moved() (out []*analysis.Term) {
	for i := range m.s.Terms {
		t := &m.s.Terms[i]
		lo, hi, now := reach(t)
		if t.Spread != nil && hi > lo && math.Abs(t.Spread.Middle-now) >= 0.2*(hi-lo) && settled(t) {
			out = append(out, t)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		return len(m.marks(out[i].Key)) > 0 && len(m.marks(out[j].Key)) == 0
	})
	return out
}

// open is an issue with yardsticks that the deals do not settle, nil if there is none.
func (m *maker) open() *analysis.Term {
	for i := range m.s.Terms {
		t := &m.s.Terms[i]
		if t.Spread != nil && len(m.marks(t.Key)) > 0 && !settled(t) {
			return t
		}
	}
	return nil
}

// the is an issue within a sentence: "the US tariff on Chinese goods", "China's tariff on US goods".
func (m *maker) the(t *analysis.Term) string {
	label := t.Label
	if label == "" {
		label = m.proper(t.Key)
	}
	first, _, _ := strings.Cut(label, " ")
	switch {
	case strings.HasSuffix(first, "'s") || strings.HasSuffix(first, "’s"):
		return label
	case first == m.name(chart.FirstSide) || first == m.name(chart.SecondSide):
		return "the " + label
	}
	return chart.Lower(label, m.names()...)
}

// goal is the stage that counts as success.
func (m *maker) goal() *analysis.Stage {
	for i := range m.s.Stages {
		if m.s.Stages[i].Goal {
			return &m.s.Stages[i]
		}
	}
	return nil
}

// noise is half the 95% interval of success, in talks of 100.
func (m *maker) noise() string {
	v := 100 * m.s.Noise()
	if v < 0.1 {
		return "under 0.1"
	}
	return chart.Num(math.Round(v*10) / 10)
}

func (m *maker) howOften() chart.Rich {
	n, verb := chart.Of100(100*m.s.Success.Share), "end"
	if m.s.Success.N == 0 {
		n, verb = "none", "ends"
	} else if n == "1" {
		verb = "ends"
	}
	r := chart.Rich{plain("Of 100 talks, "), bold(n), plain(" " + verb + " in " + m.success().End())}
	tail := "simulation noise " + m.noise()
	if g := m.goal(); g != nil && g.Range != nil {
		tail = fmt.Sprintf("%s to %s across %s; %s", chart.Of100(100*g.Range.Lo.Share.Share), chart.Of100(100*g.Range.Hi.Share.Share), pairs(g.Range.Groups), tail)
	} else {
		tail = "one pair of strategies; " + tail
	}
	return append(r, plain(" ("+tail+")."))
}

// onWhatTerms tells the typical deal: two numbers that move most, and the choice that is clearest.
func (m *maker) onWhatTerms() (r chart.Rich) {
	if m.s.Success.N == 0 {
		return nil
	}
	moved := m.moved()
	for i, t := range moved {
		if i == 2 {
			break
		}
		switch {
		case i == 0:
			r = append(r, plain("In the typical one, "+m.the(t)+" goes from "))
		default:
			r = append(r, plain(" and "+m.the(t)+" from "))
		}
		r = append(r, bold(m.change(t)))
	}
	o := m.open()
	known, set := m.settledOn()
	switch {
	case len(moved) == 0 && !known && len(set) > 0:
		r = append(r, plain("The typical one settles on "))
		for i, t := range set[:min(2, len(set))] {
			if i > 0 {
				r = append(r, plain(" and "))
			}
			r = append(r, plain(m.the(t)+" at "), bold(chart.Amount(t.Spread.Middle, t.Unit)))
		}
	case len(moved) == 0 && !known:
	case len(moved) == 0 && o == nil:
		r = append(r, plain("In the typical one, no number moves far from today"))
	case len(moved) == 0:
		r = append(r, plain(chart.Upper(m.the(o))+" is open: 8 in 10 deals lie between "), bold(ends(o)))
	case o != nil:
		r = append(r, plain("; "+m.the(o)+" is open, 8 in 10 between "), bold(ends(o)))
	}
	if t, l := m.clearest(); t != nil {
		verb := " stays "
		switch {
		case t.Now == "":
			verb = " is "
		case !l.Now:
			verb = " becomes "
		}
		sep := "; "
		if len(r) == 0 {
			sep = ""
		}
		r = append(r, plain(sep+m.the(t)+verb+m.proper(l.Value)+" in "), bold(chart.Of100(100*l.Share.Share)), plain(" of 100 deals"))
	}
	if len(r) == 0 {
		return nil
	}
	r[0].Text = chart.Upper(r[0].Text)
	return append(append(r, m.whatIsBuilt()...), plain("."))
}

// whatIsBuilt says what becomes of the investment that the typical deal announces, if it announces any.
func (m *maker) whatIsBuilt() chart.Rich {
	f := m.delivery()
	if f.Check() != nil || f.Stages[0].Mid <= 0 {
		return nil
	}
	return chart.Rich{
		plain("; of what is announced, "), bold(chart.Amount(f.Stages[len(f.Stages)-1].Mid, f.Unit)), plain(" is built " + f.Years),
	}
}

// ends are the ends of 8 in 10 deals: "0 and $1trn".
func ends(t *analysis.Term) string {
	return chart.Num(t.Spread.Lo) + " and " + chart.Amount(t.Spread.Hi, t.Unit)
}

// settledOn tells whether today is known on any numeric issue, and which of these the deals settle.
func (m *maker) settledOn() (known bool, set []*analysis.Term) {
	for i := range m.s.Terms {
		t := &m.s.Terms[i]
		if t.Spread == nil {
			continue
		}
		known = known || t.Now != ""
		if settled(t) {
			set = append(set, t)
		}
	}
	return known, set
}

// change is today's value and the middle: "51.1 to 30%".
func (m *maker) change(t *analysis.Term) string {
	for _, l := range t.Levels {
		if l.Now && l.Number != nil {
			return chart.Num(*l.Number) + " to " + chart.Amount(t.Spread.Middle, t.Unit)
		}
	}
	return chart.Amount(t.Spread.Middle, t.Unit)
}

// clearest is the choice on which the deals agree most, if six in ten do.
func (m *maker) clearest() (term *analysis.Term, level *analysis.Level) {
	for i := range m.s.Terms {
		t := &m.s.Terms[i]
		if t.Spread != nil {
			continue
		}
		for k := range t.Levels {
			if l := &t.Levels[k]; l.Share.Share >= 0.6 && (level == nil || l.Share.N > level.Share.N) {
				term, level = t, l
			}
		}
	}
	return term, level
}

// whyNot names the largest loss and the number that decides most.
func (m *maker) whyNot() (r chart.Rich) {
	if c := m.funnel().Largest(); c.Of100 >= 0.5 && m.s.Success.N < m.s.Runs.Counted {
		if lost := 100 * (1 - m.s.Success.Share); c.Of100 >= lost/2 {
			r = append(r, plain("Of the other "+chart.Of100(lost)+", most are lost to one cause: "+c.Label+", "), bold(chart.Of100(c.Of100)))
		} else {
			r = append(r, plain("The largest single loss: "+c.Label+", "), bold(chart.Of100(c.Of100)), plain(" of 100"))
		}
		r = append(r, plain("; "))
	}
	if d := m.driver(); d != nil {
		lo, hi := d.ends()
		r = append(r, plain("most of the doubt is "+chart.Lower(m.number(d.Label, d.Key), m.names()...)+": "), bold(lo+" or "+hi), plain(" in 100 on that one "+rests[d.Evidence]+" number."))
	} else {
		r = append(r, plain("no single number moves it by three talks in 100 or more."))
	}
	if len(r) > 0 {
		r[0].Text = chart.Upper(r[0].Text)
	}
	return r
}

// rests says what a number rests on, before a noun.
var rests = map[analysis.Evidence]string{analysis.Assumed: "assumed", analysis.Sourced: "sourced", analysis.Bare: "unsourced"}

type driver struct{ *analysis.Driver }

// ends are the least and the most of success by the number.
func (d driver) ends() (lo, hi string) {
	a, b := d.Low.Share.Share, d.High.Share.Share
	return chart.Of100(100 * min(a, b)), chart.Of100(100 * max(a, b))
}

// driver is the number that moves success most, if it is clear of noise and by three talks in 100.
func (m *maker) driver() *driver {
	if len(m.s.Decides) == 0 {
		return nil
	}
	d := &m.s.Decides[0]
	if !d.Clear || math.Abs(d.Swing) < 0.03 {
		return nil
	}
	return &driver{d}
}

// facts are the numbers beside the answer.
func (m *maker) facts() (out []Fact) {
	out = append(out, Fact{chart.Of100(100*m.s.Success.Share) + " in 100", "talks end in " + m.success().End()})
	if m.s.Success.N > 0 {
		for i, t := range m.moved() {
			if i == 2 {
				break
			}
			label := t.Label
			if label == "" {
				label = m.proper(t.Key)
			}
			out = append(out, Fact{strings.Replace(m.change(t), " to ", " → ", 1), chart.Lower(label, m.names()...)})
		}
	}
	if d := m.driver(); d != nil {
		lo, hi := d.ends()
		out = append(out, Fact{lo + " or " + hi + " in 100", "on " + chart.Lower(m.number(d.Label, d.Key), m.names()...) + ", " + rests[d.Evidence]})
	}
	return out
}

// trust says what the answer rests on.
func (m *maker) trust() (out []string) {
	n := m.s.Numbers
	switch {
	case n.Total > 0 && n.Assumed == n.Total:
		out = append(out, fmt.Sprintf("All %d numbers are assumed.", n.Total))
	case n.Total > 0:
		out = append(out, fmt.Sprintf("%d of %d numbers are assumed.", n.Assumed, n.Total))
	}
	if n.Neither > 0 {
		has := "have"
		if n.Neither == 1 {
			has = "has"
		}
		out = append(out, fmt.Sprintf("%d %s neither a source nor a word on why not.", n.Neither, has))
	}
	if m.s.Runs.Counted > 0 {
		out = append(out, "Simulation noise "+m.noise()+" in 100.")
	}
	for _, w := range m.s.Warnings {
		out = append(out, chart.Upper(strings.TrimSuffix(w, "."))+".")
	}
	return out
}
