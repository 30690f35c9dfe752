package hindcast

import (
	"math"
	"strings"
)

// Episode is a negotiation that took place, as a file of terms gives it.
type Episode struct {
	ID, Title string
	Group     string // episodes of one group are not independent
	Deal      *bool  // what happened; nil: nobody said
	When      string // of the end, ISO; may be empty
	Terms     []Term
}

// Term is one issue of an episode. Numbers are NaN where the cell is empty or was refused.
type Term struct {
	Issue, Unit string
	Place       string // file:line

	StatusQuo, DemandA, DemandB, Threat, Outcome float64

	Own      bool   // it is a's own: its name starts with a's word, us_tariff
	Text     bool   // its cells are words
	Observed string // the outcome as written, of words
	Coded    []string
	Recalled []string
}

// cell is the field behind a column's name; nil for a column that holds no number.
func (t *Term) cell(column string) *float64 {
	switch column {
	case "status_quo":
		return &t.StatusQuo
	case "demand_a":
		return &t.DemandA
	case "demand_b":
		return &t.DemandB
	case "threat_no_deal":
		return &t.Threat
	case "outcome":
		return &t.Outcome
	}
	return nil
}

// without returns the term with some cells blanked, the outcome apart: it is what a forecast is held
// to, not what it is made from.
func (t Term) without(columns []string) Term {
	for _, c := range columns {
		if p := t.cell(c); p != nil && c != "outcome" {
			*p = math.NaN()
		}
	}
	return t
}

// Family is what a term measures, by its unit and its name.
type Family string

// The families.
const (
	Tariff Family = "tariff" // percent of a price, by the issue's name
	Share  Family = "share"  // other percentages
	Money  Family = "money"
	Time   Family = "time"
	Count  Family = "count"
)

func family(issue, unit string) Family {
	u, name := strings.ToLower(strings.TrimSpace(unit)), strings.ToLower(issue)
	percent := strings.HasPrefix(u, "pct") || strings.HasPrefix(u, "%") || strings.HasPrefix(u, "percent") || strings.HasPrefix(u, "points")
	switch {
	case percent && !strings.HasPrefix(u, "pct of") && containsAny(name, "tariff", "duty", "duties", "tax", "fee", "retaliation", "levy"):
		return Tariff
	case percent:
		return Share
	case strings.ContainsAny(u, "$€£¥") || hasWord(u, "usd", "eur", "gbp", "rmb", "yuan", "yen", "cny", "jpy"):
		return Money
	case hasPrefix(u, "day", "week", "month", "year"):
		return Time
	}
	return Count
}

// Class is what kind of term a row is: which of its anchors say what.
type Class string

// The classes, first match, after ../shared/data/episodes/RULE.md. s is the status quo, t the value if
// talks fail, a and b the demands; a missing s is t, a missing t is s.
const (
	Sanction Class = "K1" // t is not s, and nobody asks for it: a threat
	Target   Class = "K2" // t is not s, and a asks for it or for something on its side
	Rollback Class = "K3" // a tariff with t = s
	Pledge   Class = "K4" // t = s and somebody asks for something else, or a share
	Open     Class = "K5" // t = s and nobody said how much
)

// Classes in the order of tables; the last is of issues with choices.
var Classes = []Class{Sanction, Target, Rollback, Pledge, Open, Ordered}

// Ordered is the class of issues that take words, in a scenario's order.
const Ordered Class = "ordered"

// frame is what a term is forecast on: its class, its range, and the way from today to what was asked.
type frame struct {
	class  Class
	family Family
	s, t   float64 // with each missing one replaced by the other
	to     float64 // M: where a forecast of 1 stands
	from   float64 // the share of that way that is given at once: what b itself offers of a K2
	lo, hi float64 // the range, in the term's unit, fixed before outcomes
	log    bool    // the scale is log10(1 + x)
	skip   string  // why it is not scored; empty if it is
	owner  int     // who gives: 0 a, 1 b
}

// codeForNone is what "years" of a clause that has no end are coded as.
const codeForNone = 99

// frameOf reads a term's anchors; it never looks at the outcome.
func frameOf(t *Term) frame {
	f := frame{family: family(t.Issue, t.Unit), s: t.StatusQuo, t: t.Threat}
	if t.Text {
		f.skip = "text: its values have no order"
		return f
	}
	if math.IsNaN(f.s) {
		f.s = f.t
	}
	if math.IsNaN(f.t) {
		f.t = f.s
	}
	if math.IsNaN(f.s) {
		f.skip = "no anchor: neither a status quo nor a value without a deal"
		if !math.IsNaN(t.DemandA) || !math.IsNaN(t.DemandB) {
			f.skip = "a demand alone: neither a status quo nor a value without a deal"
		}
		return f
	}
	if f.family == Time && (f.s == codeForNone || t.DemandA == codeForNone || t.DemandB == codeForNone) {
		f.skip = "99 stands for no end, which is not on the scale of years"
		return f
	}
	f.classify(t)
	f.measure(t)
	return f
}

// classify finds the class and the way from s.
func (f *frame) classify(t *Term) {
	a, b := t.DemandA, t.DemandB
	side := math.Copysign(1, f.t-f.s)
	f.owner = 1
	switch {
	case f.t != f.s && !((a-f.s)*side > 0): // a NaN is on no side
		f.class, f.to = Sanction, f.t
	case f.t != f.s:
		f.class, f.to = Target, f.t
		if !math.IsNaN(b) {
			f.from = min(max((b-f.s)/(f.t-f.s), 0), 1)
		}
	case f.family == Tariff:
		f.class = Rollback
		if t.Own {
			f.owner = 0
		}
		f.to = f.rollback(a, b, t.Own)
	default:
		f.class = Pledge
		switch far := furthest(f.s, a, b); {
		case far != f.s:
			f.to = far
		case f.family == Share && f.s >= 100:
			f.to = 0
		case f.family == Share:
			f.to = 100
		default:
			f.class = Open
		}
	}
}

// rollback is where a tariff goes that no threat would move: to the lowest ask below it (of a's own
// tariff only if b is heard too), else to nothing; one of 0 goes up.
func (f *frame) rollback(a, b float64, own bool) float64 {
	if f.s == 0 {
		high := math.Inf(-1)
		for _, x := range []float64{a, b} {
			if x > 0 {
				high = max(high, x)
			}
		}
		if math.IsInf(high, -1) {
			return 25
		}
		return high
	}
	low := math.Inf(1)
	if !own || !math.IsNaN(b) {
		for _, x := range []float64{a, b} {
			if x < f.s {
				low = min(low, x)
			}
		}
	}
	if math.IsInf(low, 1) {
		return 0
	}
	return low
}

// furthest is the ask furthest from s; s if there is none.
func furthest(s float64, asks ...float64) float64 {
	far := s
	for _, x := range asks {
		if math.Abs(x-s) > math.Abs(far-s) {
			far = x
		}
	}
	return far
}

// measure sets the range.
func (f *frame) measure(t *Term) {
	most, least := f.s, f.s
	for _, x := range []float64{f.t, t.DemandA, t.DemandB} {
		if x > most {
			most = x
		}
		if x < least {
			least = x
		}
	}
	switch {
	case f.class == Open:
		f.log, f.hi = true, openEnd(f.family, t.Unit)
		for most >= f.hi {
			f.hi *= 10
		}
	case f.family == Tariff:
		f.hi = max(25, 1.25*most)
	case f.family == Share:
		f.hi = max(100, most)
	default:
		f.hi = max(2*most, 0)
	}
	if least < 0 {
		f.lo, f.log = 2*least, false
	}
	if f.hi <= f.lo {
		f.hi = f.lo + 1
	}
}

// openEnd is how far a term can go when nobody said how far: $bn 1000, two years, 100 of what is
// counted in millions or billions, a million of what is counted in ones.
func openEnd(f Family, unit string) float64 {
	u := strings.ToLower(unit)
	switch f {
	case Money:
		return 1000
	case Time:
		switch {
		case strings.HasPrefix(u, "day"):
			return 730
		case strings.HasPrefix(u, "week"):
			return 104
		case strings.HasPrefix(u, "month"):
			return 24
		}
		return 20
	}
	if hasPrefix(u, "mn ", "mt", "bn ", "million", "billion", "mln ") {
		return 100
	}
	return 1e6
}

// scale turns a value of the term into a place on its range, 0 to 1; clamped tells that it lay outside.
func (f *frame) scale(x float64) (z float64, clamped bool) {
	if x < f.lo || x > f.hi {
		clamped = true
		x = min(max(x, f.lo), f.hi)
	}
	if f.log {
		return math.Log10(1+x) / math.Log10(1+f.hi), clamped
	}
	return (x - f.lo) / (f.hi - f.lo), clamped
}

// value is the inverse of scale.
func (f *frame) value(z float64) float64 {
	if f.log {
		return math.Pow(10, z*math.Log10(1+f.hi)) - 1
	}
	return f.lo + float64(z*(f.hi-f.lo))
}

// Scale names the term's scale.
func (f *frame) scaleName() string {
	if f.log {
		return "log10(1+x)"
	}
	return "linear"
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func hasPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// hasWord tells whether one of the words stands in s by itself.
func hasWord(s string, words ...string) bool {
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) {
		for _, w := range words {
			if f == w {
				return true
			}
		}
	}
	return false
}
