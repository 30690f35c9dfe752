package chart

import (
	"fmt"
	"math"
	"sort"
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

// caption is a label in the making.
type caption struct {
	at    pt
	head  string
	words string
	role  Role
	must  bool // it is short: try harder
}

// captions are what may be labelled, the most important first: the signature, no deal, both sides'
// first offers, the solutions, then the offers that change most.
func (f *Dance) captions(a axes) []caption {
	var cs []caption
	if o := f.Outcome; o != nil {
		words := o.Words
		if !math.IsNaN(o.Left) {
			words += after("; ", num(math.Round(o.Left))+"% left on the table")
			words = strings.TrimPrefix(words, "; ")
		}
		head := "Signed"
		if o.When != "" {
			head += ", " + o.When
		}
		cs = append(cs, caption{at: a.at(o.At.First, o.At.Second), head: head, words: words, role: Ink, must: true})
	}
	cs = append(cs, caption{at: a.at(f.NoDeal.First, f.NoDeal.Second), head: "no deal", role: Ink, must: true})
	say := func(i int) caption {
		o := f.Offers[i]
		return caption{at: a.at(o.At.First, o.At.Second), head: f.Parties.short(o.Side) + after(", ", o.When), words: o.Words, role: o.Side.Role()}
	}
	type turn struct {
		i    int
		jump float64
	}
	var turns []turn
	last := [3]int{-1, -1, -1}
	for i, o := range f.Offers {
		if j := last[o.Side]; j < 0 {
			c := say(i)
			c.must = true
			cs = append(cs, c)
		} else if o.Words != "" {
			q, c := f.Offers[j].At, a.at(o.At.First, o.At.Second)
			d := a.at(q.First, q.Second)
			turns = append(turns, turn{i, math.Hypot(c.x-d.x, c.y-d.y)})
		}
		last[o.Side] = i
	}
	for _, m := range f.Marks {
		cs = append(cs, caption{at: a.at(m.At.First, m.At.Second), head: m.Label, role: Ink})
	}
	sort.SliceStable(turns, func(i, j int) bool { return turns[i].jump > turns[j].jump })
	for k, t := range turns {
		if k == 4 || t.jump < 12 {
			break
		}
		cs = append(cs, say(t.i))
	}
	return cs
}

// label sets the captions that have room, and returns those whose words stand below the plot.
func (f *Dance) label(s *sheet, a axes, p *placer) (below []Rich) {
	head, words := label.strong(), label.in(Text2)
	width := 190.0
	if s.narrow() {
		width = 120
	}
	for _, c := range f.captions(a) {
		hs := []string{clean(c.head)}
		ws := words.balance(c.words, width)
		if s.narrow() && len(ws) > 0 {
			below = append(below, Rich{{Text: c.head + ": ", Bold: true, Role: c.role}, {Text: c.words}})
			ws = nil
		}
		try := func(ws []string, away float64) bool {
			w := 0.0
			for _, l := range hs {
				w = max(w, head.width(l))
			}
			for _, l := range ws {
				w = max(w, words.width(l))
			}
			h := 16*float64(len(hs)+len(ws)) - 2
			b, ok := p.find(c.at, w, h, away)
			if !ok {
				return false
			}
			end := near(b, c.at)
			if d := math.Hypot(end.x-c.at.x, end.y-c.at.y); d > 20 {
				k := 7 / d
				role := Grey3
				if c.role == Ink {
					role = Ink
				}
				s.rule(c.at.x+(end.x-c.at.x)*k, c.at.y+(end.y-c.at.y)*k, end.x-(end.x-c.at.x)*3/d, end.y-(end.y-c.at.y)*3/d, 1, role)
			}
			p.take(b, c.at)
			al, x := left, b.x0
			if b.x1 <= c.at.x {
				al, x = right, b.x1
			}
			y := b.y0 + 12
			y = s.lines(x, y, 16, head.in(c.role).at(al), hs)
			s.lines(x, y, 16, words.at(al), ws)
			return true
		}
		if try(ws, 155) || len(ws) > 0 && try(words.balance(c.words, width*0.62), 155) || c.must && try(nil, 300) {
			continue
		}
	}
	f.name(s, a, p)
	return below
}

// name labels the frontier where there is room beside it.
func (f *Dance) name(s *sheet, a axes, p *placer) {
	front := thinned(a, f.Frontier)
	if len(front) < 2 {
		return
	}
	text := "exact frontier"
	if f.Epsilon > 0 {
		text = "frontier, within " + num(f.Epsilon)
	}
	st := label.strong()
	w := st.width(text)
	for _, share := range []float64{0.6, 0.7, 0.5, 0.8, 0.4, 0.9, 0.3, 0.2, 0.1} {
		// The point at this share of the way along the drawn line.
		total := 0.0
		for i := 1; i < len(front); i++ {
			total += math.Hypot(front[i].x-front[i-1].x, front[i].y-front[i-1].y)
		}
		want, at := total*share, front[0]
		for i := 1; i < len(front); i++ {
			d := math.Hypot(front[i].x-front[i-1].x, front[i].y-front[i-1].y)
			if want <= d && d > 0 {
				at = pt{front[i-1].x + (front[i].x-front[i-1].x)*want/d, front[i-1].y + (front[i].y-front[i-1].y)*want/d}
				break
			}
			want -= d
		}
		for _, v := range []pt{{0.8, -0.6}, {0.95, -0.3}, {0.3, -0.95}} {
			b := beside(at, v, 9, w, 14)
			if p.free(b, at, 9) {
				p.take(b, at)
				s.text(b.x0, b.y0+12, st, text)
				return
			}
		}
	}
}
