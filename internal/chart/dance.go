package chart

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Dance shows one negotiation: both sides' offers by what they are worth to each, over the exact
// frontier of that run's draw.
type Dance struct {
	Made
	Parties  Parties
	Talk     int64   // number of the run; negative if there is none (a frontier alone)
	Of       int64   // talks in all; 0 if it stands alone
	Unit     string  // "$bn a year over no deal"
	Setting  string  // "this talk’s own draw of every number; both sides hold out early"
	NoDeal   Point   // worth of no deal: usually (0, 0)
	Frontier []Point // by worth to the first side, ascending
	Epsilon  float64 // the frontier's certified error, in Unit; 0 if it is exact
	Offers   []Offer // in the order they were made
	Outcome  *Signing
	End      string     // how it ended, if not with a signature: "the summit came first, 30 Oct"
	Marks    []Solution // Nash, Kalai-Smorodinsky ...
}

// Point is a pair of worths.
type Point struct{ First, Second float64 }

// Offer is one proposal.
type Offer struct {
	Side  Side
	At    Point
	When  string // "10 Oct" or "round 12"
	Words string // the offer in words, or what changed in it; may be empty
}

// Signing is the deal agreed.
type Signing struct {
	At    Point
	When  string
	Words string
	Left  float64 // share of the attainable joint gain left on the table, percent; NaN if unknown
}

// Solution is a bargaining solution's point.
type Solution struct {
	Label string // "Nash"
	At    Point
}

// Name implements Figure.
func (f *Dance) Name() string {
	if len(f.Offers) == 0 {
		return "frontier"
	}
	return "dance"
}

// Check implements Figure.
func (f *Dance) Check() error {
	if len(f.Frontier) == 0 && len(f.Offers) == 0 {
		return ErrEmpty
	}
	for _, p := range f.points() {
		if math.IsNaN(p.First) || math.IsInf(p.First, 0) || math.IsNaN(p.Second) || math.IsInf(p.Second, 0) {
			return fmt.Errorf("worth (%v, %v) is not a number", p.First, p.Second)
		}
	}
	for i := 1; i < len(f.Frontier); i++ {
		if f.Frontier[i].First < f.Frontier[i-1].First {
			return fmt.Errorf("frontier: worth %v after %v is not ascending", f.Frontier[i].First, f.Frontier[i-1].First)
		}
	}
	for _, o := range f.Offers {
		if o.Side != FirstSide && o.Side != SecondSide {
			return fmt.Errorf("offer of %q: side %d", o.When, o.Side)
		}
	}
	return nil
}

// points are all that is drawn.
func (f *Dance) points() []Point {
	ps := []Point{f.NoDeal}
	ps = append(ps, f.Frontier...)
	for _, o := range f.Offers {
		ps = append(ps, o.At)
	}
	for _, m := range f.Marks {
		ps = append(ps, m.At)
	}
	if f.Outcome != nil {
		ps = append(ps, f.Outcome.At)
	}
	return ps
}

// gain tells whether some efficient outcome is better than no deal for both.
func (f *Dance) gain() bool {
	for _, p := range f.Frontier {
		if p.First > f.NoDeal.First && p.Second > f.NoDeal.Second {
			return true
		}
	}
	return false
}

// gave is how much of its own first demand over no deal a side gave up by its last offer, in percent;
// NaN if it made no two offers or first asked for less than no deal.
func (f *Dance) gave(side Side) float64 {
	first, last, n := 0.0, 0.0, 0
	for _, o := range f.Offers {
		if o.Side != side {
			continue
		}
		v := o.At.First - f.NoDeal.First
		if side == SecondSide {
			v = o.At.Second - f.NoDeal.Second
		}
		if n == 0 {
			first = v
		}
		last = v
		n++
	}
	if n < 2 || first <= 0 {
		return nan
	}
	return 100 * (first - last) / first
}

var nan = math.NaN()

// Title implements Figure. Who gave more ground is said when the shares given differ by ten points.
func (f *Dance) Title() string {
	if len(f.Offers) == 0 {
		return f.possible()
	}
	head := ""
	if f.Talk >= 0 {
		head = "Talk " + whole(f.Talk) + ": "
	}
	if f.Outcome == nil {
		s := head + "no deal"
		if f.End != "" {
			s += "; " + f.End
		}
		switch {
		case f.gain():
			s += ", though both could have gained"
		case len(f.Frontier) > 0:
			s += "; nothing they could sign beats no deal for both"
		}
		return upper(s)
	}
	s := head + "signed"
	if f.Outcome.When != "" {
		s += on(f.Outcome.When)
	}
	if a, b := f.gave(FirstSide), f.gave(SecondSide); math.Abs(a-b) >= 10 {
		more, x, y := FirstSide, a, b
		if b > a {
			more, x, y = SecondSide, b, a
		}
		s += fmt.Sprintf("; %s gave up %s%% of its first demand, %s %s%%", f.Parties.The(more), whole(int64(math.Round(x))), f.Parties.The(3-more), num(math.Round(y)))
	} else if !math.IsNaN(f.Outcome.Left) {
		s += fmt.Sprintf(", with %s%% of the possible gain left on the table", num(math.Round(f.Outcome.Left)))
	}
	return upper(s)
}

// on puts a date or a round into a sentence.
func on(when string) string {
	if strings.HasPrefix(when, "round") {
		return " in " + when
	}
	return " on " + when
}

// possible says what the frontier alone shows.
func (f *Dance) possible() string {
	if !f.gain() {
		return "Nothing they could sign beats no deal for both sides"
	}
	var best Point
	for _, p := range f.Frontier {
		if p.First >= f.NoDeal.First && p.Second >= f.NoDeal.Second {
			best.First, best.Second = max(best.First, p.First-f.NoDeal.First), max(best.Second, p.Second-f.NoDeal.Second)
		}
	}
	return fmt.Sprintf("Both sides can gain: up to %s for %s or %s for %s", f.amount(best.First), f.Parties.The(FirstSide), f.amount(best.Second), f.Parties.The(SecondSide))
}

// amount prints a worth in the unit's first words: "$31bn a year".
func (f *Dance) amount(v float64) string {
	unit, _, _ := strings.Cut(f.Unit, " over")
	if v >= 10 {
		v = math.Round(v)
	}
	return amount(v, unit)
}

// Subtitle implements Figure.
func (f *Dance) Subtitle() Rich {
	what := "Worth of each offer"
	if len(f.Offers) == 0 {
		what = "Worth of the efficient outcomes"
	}
	s := what + after(", ", f.Unit) + "."
	switch {
	case f.Of > 0 && len(f.Offers) > 0:
		s += " One talk of " + whole(f.Of) + after("; ", f.Setting) + "."
	case f.Setting != "":
		s += " " + upper(f.Setting) + "."
	}
	return Plain(s)
}

// Alt implements Figure.
func (f *Dance) Alt() string {
	kind := "Scatter of offers joined by lines, over the efficient frontier. "
	if len(f.Offers) == 0 {
		kind = "Efficient frontier. "
	}
	s := kind + f.Title() + "."
	for _, side := range []Side{FirstSide, SecondSide} {
		var first, last *Offer
		for i := range f.Offers {
			if f.Offers[i].Side == side {
				if first == nil {
					first = &f.Offers[i]
				}
				last = &f.Offers[i]
			}
		}
		if first != nil {
			s += fmt.Sprintf(" %s starts at %s and %s, ends at %s and %s.", upper(f.Parties.The(side)),
				num(first.At.First), num(first.At.Second), num(last.At.First), num(last.At.Second))
		}
	}
	if f.Outcome != nil {
		s += fmt.Sprintf(" The deal is worth %s to %s and %s to %s.", num(f.Outcome.At.First), f.Parties.The(FirstSide), num(f.Outcome.At.Second), f.Parties.The(SecondSide))
	}
	return s
}

// CSV implements Figure.
func (f *Dance) CSV() [][]string {
	a, b := "worth_"+slug(f.Parties.short(FirstSide)), "worth_"+slug(f.Parties.short(SecondSide))
	rows := [][]string{{"what", "when", "side", a, b, "words"}}
	add := func(what, when, side string, p Point, words string) {
		rows = append(rows, []string{what, when, side, raw(p.First), raw(p.Second), words})
	}
	for _, o := range f.Offers {
		add("offer", o.When, f.Parties.short(o.Side), o.At, o.Words)
	}
	if f.Outcome != nil {
		add("signed", f.Outcome.When, "", f.Outcome.At, f.Outcome.Words)
	}
	add("no deal", "", "", f.NoDeal, "")
	for _, m := range f.Marks {
		add(m.Label, "", "", m.At, "")
	}
	for _, p := range f.Frontier {
		add("frontier", "", "", p, "")
	}
	return rows
}

// slug is a word for a column's name.
func slug(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '_'
	}, clean(s))
}

// plane is the frame of a plot of both sides' worth: its ranges hold the points, with room around.
func plane(frame rect, ps []Point) axes {
	a := axes{rect: frame, xlo: math.Inf(1), xhi: math.Inf(-1), ylo: math.Inf(1), yhi: math.Inf(-1)}
	for _, p := range ps {
		a.xlo, a.xhi = min(a.xlo, p.First), max(a.xhi, p.First)
		a.ylo, a.yhi = min(a.ylo, p.Second), max(a.yhi, p.Second)
	}
	widen := func(lo, hi *float64, by float64) {
		d := (*hi - *lo) * by
		if d <= 0 || math.IsInf(d, 0) {
			d = max(math.Abs(*lo)*0.1, 1)
		}
		*lo, *hi = *lo-d, *hi+d
	}
	widen(&a.xlo, &a.xhi, 0.08)
	widen(&a.ylo, &a.yhi, 0.12)
	return a
}

// worthAxes draws the axes of a plane: ticks at the left and below, lines through no deal, the sides'
// names in their colours.
func (s *sheet) worthAxes(a axes, p Parties, noDeal Point) {
	n := 6
	if s.narrow() {
		n = 4
	}
	for _, v := range ticks(a.xlo, a.xhi, n) {
		s.rule(a.x(v), a.y1, a.x(v), a.y1+4, 1, Grey3)
		w := tick.width(num(v)) / 2
		s.text(min(max(a.x(v), w), s.w-w), a.y1+17, tick.at(centre), num(v))
	}
	for _, v := range ticks(a.ylo, a.yhi, n) {
		s.rule(a.x0-4, a.y(v), a.x0, a.y(v), 1, Grey3)
		s.text(a.x0-8, a.y(v)+4.3, tick.at(right), num(v))
	}
	s.rule(a.x(noDeal.First), a.y0, a.x(noDeal.First), a.y1, 1, Grey3)
	s.rule(a.x0, a.y(noDeal.Second), a.x1, a.y(noDeal.Second), 1, Grey3)
	st := label.strong()
	s.text(0, a.y0-14, st.in(Second), st.fit("worth to "+p.long(SecondSide), s.w))
	s.text(a.x1, a.y1+36, st.in(First).at(right), st.fit("worth to "+p.long(FirstSide), s.w))
}

// gutter is the room that the ticks of a worth axis need.
func gutter(a axes) float64 {
	w := 0.0
	for _, v := range ticks(a.ylo, a.yhi, 6) {
		w = max(w, tick.width(num(v)))
	}
	return w + 10
}

// thinned is a polyline without points that stand closer than half a pixel.
func thinned(a axes, ps []Point) []pt {
	var out []pt
	for i, p := range ps {
		q := a.at(p.First, p.Second)
		if n := len(out); n > 0 && i < len(ps)-1 && math.Hypot(q.x-out[n-1].x, q.y-out[n-1].y) < 0.5 {
			continue
		}
		out = append(out, q)
	}
	return out
}

func (f *Dance) draw(s *sheet) {
	frame := rect{40, 36, s.w, 480}
	if s.narrow() {
		frame = rect{34, 34, s.w - 4, 330}
	}
	a := plane(frame, f.points())
	a.x0 = max(gutter(a), 24)
	s.worthAxes(a, f.Parties, f.NoDeal)
	front := thinned(a, f.Frontier)
	s.plot(a, func(ink func(Role) draw.LineStyle) ([]plot.Plotter, error) { return f.plotters(a, front, ink) })
	p := &placer{bounds: rect{0, a.y0 - 8, s.w, a.y1 - 2}}
	p.line(front...)
	p.line(a.at(f.NoDeal.First, a.ylo), a.at(f.NoDeal.First, a.yhi))
	p.line(a.at(a.xlo, f.NoDeal.Second), a.at(a.xhi, f.NoDeal.Second))
	p.taken = append(p.taken, rect{0, a.y0, a.x0, a.y1}) // the ticks
	if len(front) == 1 {
		s.disc(front[0].x, front[0].y, 3, Ink)
	}
	f.offers(s, a, p)
	if o := f.Outcome; o != nil {
		c := a.at(o.At.First, o.At.Second)
		p.mark(c, 12)
		s.put(func(q *press) { q.stroke(q.circle(c.x, c.y, 10), Ink, 2.2, nil) })
	}
	for _, m := range f.Marks {
		c := a.at(m.At.First, m.At.Second)
		p.mark(c, 8)
		s.diamond(c.x, c.y, 6, 2, BG, Ink)
	}
	c := a.at(f.NoDeal.First, f.NoDeal.Second)
	p.mark(c, 7)
	s.disc(c.x, c.y, 7, BG)
	s.disc(c.x, c.y, 5.5, Ink)
	below := f.label(s, a, p)
	s.h = a.y1 + 40
	y := a.y1 + 60
	for _, b := range below { // the words that the phone's plot has no room for
		n := s.rich(0, y, s.w, 16, label.in(Text2), b)
		y += 16*float64(n) + 4
		s.h = y - 14
	}
}

// plotters are the frontier and the two lines of offers.
func (f *Dance) plotters(a axes, front []pt, ink func(Role) draw.LineStyle) ([]plot.Plotter, error) {
	var out []plot.Plotter
	add := func(xys plotter.XYs, r Role, width float64, dash []vg.Length) error {
		if len(xys) < 2 {
			return nil
		}
		l, err := plotter.NewLine(xys)
		if err != nil {
			return err
		}
		l.LineStyle = ink(r)
		l.Width, l.Dashes = vg.Length(width), dash
		out = append(out, l)
		return nil
	}
	var fr plotter.XYs
	for _, q := range front {
		fr = append(fr, plotter.XY{X: a.xlo + (q.x-a.x0)/a.w()*(a.xhi-a.xlo), Y: a.ylo + (a.y1-q.y)/a.h()*(a.yhi-a.ylo)})
	}
	if err := add(fr, Ink, 2, nil); err != nil {
		return nil, err
	}
	for _, side := range []Side{FirstSide, SecondSide} {
		var xys plotter.XYs
		for _, o := range f.Offers {
			if o.Side == side {
				xys = append(xys, plotter.XY{X: o.At.First, Y: o.At.Second})
			}
		}
		var dash []vg.Length
		if side == SecondSide {
			dash = []vg.Length{5, 3}
		}
		if err := add(xys, side.Role(), 1.6, dash); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// offers draws a dot an offer; many are drawn small.
func (f *Dance) offers(s *sheet, a axes, p *placer) {
	r := 4.5
	switch n := len(f.Offers); {
	case n > 240:
		r = 2
	case n > 70:
		r = 3
	}
	for _, side := range []Side{FirstSide, SecondSide} {
		var prev pt
		n := 0
		for _, o := range f.Offers {
			if o.Side != side {
				continue
			}
			c := a.at(o.At.First, o.At.Second)
			if n++; n > 1 {
				if math.Hypot(c.x-prev.x, c.y-prev.y) < 0.5 {
					continue // the same offer again
				}
				p.line(prev, c)
			}
			p.mark(c, r+1)
			s.disc(c.x, c.y, r+1.5, BG)
			s.disc(c.x, c.y, r, side.Role())
			prev = c
		}
	}
}
