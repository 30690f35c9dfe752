package chart

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sets shows three nested sets of deals in the plane of both sides' worth: those that could be signed,
// those that would pass at home, those that would hold by themselves; and the efficient ones among
// each. The sets are drawn as cells, ragged as they are.
type Sets struct {
	Made
	Parties  Parties
	Unit     string  // "$bn a year over no deal"
	Fixed    string  // "at the middle of every drawn number"
	Outcomes string  // how many deals are possible, in digits
	NoDeal   Point   //
	Frontier []Level // efficient outcomes, by worth to the first side, ascending
	Epsilon  float64 // the frontier's certified error; 0: exact
	Sample   []Point // some of the possible deals
	Step     Point   // size of a cell
	Passes   []Point // lower left corners of cells with a deal that would pass at home
	Holds    []Point // ... and would hold by itself
	Typical  *Point  // the typical deal
	Success  Success // what that is typical of
	Marks    []Note  // Nash ...
}

// Level is an efficient outcome with how far it would get.
type Level struct {
	At     Point
	Passes bool // would pass at home
	Holds  bool // and would hold by itself
}

// Note is a named point with words to it.
type Note struct {
	Label string // "Nash solution: would pass, not hold"
	Words string // "Plants worth $12bn a year, built in year 1, would make it hold."
	At    Point
}

// Name implements Figure.
func (f *Sets) Name() string { return "sets" }

// Check implements Figure.
func (f *Sets) Check() error {
	if len(f.Frontier) == 0 {
		return ErrEmpty
	}
	for i, l := range f.Frontier {
		if math.IsNaN(l.At.First+l.At.Second) || math.IsInf(l.At.First+l.At.Second, 0) || i > 0 && l.At.First < f.Frontier[i-1].At.First {
			return fmt.Errorf("frontier: (%v, %v) is not a number or not ascending", l.At.First, l.At.Second)
		}
		if l.Holds && !l.Passes {
			return fmt.Errorf("frontier: (%v, %v) would hold but not pass", l.At.First, l.At.Second)
		}
	}
	if len(f.Passes)+len(f.Holds) > 0 && !(f.Step.First > 0 && f.Step.Second > 0) {
		return fmt.Errorf("cells of %v by %v", f.Step.First, f.Step.Second)
	}
	return nil
}

// shares are how many of 100 efficient outcomes would pass and would hold.
func (f *Sets) shares() (passes, holds float64) {
	for _, l := range f.Frontier {
		if l.Passes {
			passes++
		}
		if l.Holds {
			holds++
		}
	}
	n := float64(len(f.Frontier))
	return 100 * passes / n, 100 * holds / n
}

// Title implements Figure.
func (f *Sets) Title() string {
	p, h := f.shares()
	say := func(v float64) string {
		switch {
		case v == 0:
			return "none"
		case v == 100:
			return "all"
		case v >= 99.5:
			return "nearly all"
		}
		return of100(v) + "%"
	}
	if p == 0 {
		return "None of the efficient deals would pass at home"
	}
	return fmt.Sprintf("Of the efficient deals, %s would pass at home and %s would hold by themselves", say(p), say(h))
}

// Subtitle implements Figure.
func (f *Sets) Subtitle() Rich {
	s := "Worth to each side" + after(", ", f.Unit) + after(", ", f.Fixed) + "."
	if f.Outcomes != "" {
		s += " " + f.Outcomes + " possible deals."
	}
	return Plain(s)
}

// Alt implements Figure.
func (f *Sets) Alt() string {
	p, h := f.shares()
	s := fmt.Sprintf("Nested sets below the efficient frontier. %s. Would pass: %s of 100 efficient deals; would hold: %s.", f.Title(), of100(p), of100(h))
	for _, m := range f.Marks {
		s += fmt.Sprintf(" %s: %s to %s, %s to %s.", m.Label, num(m.At.First), f.Parties.The(FirstSide), num(m.At.Second), f.Parties.The(SecondSide))
	}
	return s
}

// CSV implements Figure.
func (f *Sets) CSV() [][]string {
	rows := [][]string{{"what", "worth_" + slug(f.Parties.short(FirstSide)), "worth_" + slug(f.Parties.short(SecondSide)), "passes", "holds"}}
	for _, l := range f.Frontier {
		rows = append(rows, []string{"efficient", raw(l.At.First), raw(l.At.Second), fmt.Sprint(l.Passes), fmt.Sprint(l.Holds)})
	}
	for _, m := range f.Marks {
		rows = append(rows, []string{m.Label, raw(m.At.First), raw(m.At.Second), "", ""})
	}
	add := func(what string, ps []Point) {
		for _, p := range ps {
			rows = append(rows, []string{what, raw(p.First), raw(p.Second), "", ""})
		}
	}
	if f.Typical != nil {
		add("typical", []Point{*f.Typical})
	}
	add("cell that passes", f.Passes)
	add("cell that holds", f.Holds)
	add("possible", f.Sample)
	return rows
}

func (f *Sets) draw(s *sheet) {
	ps := []Point{f.NoDeal}
	for _, l := range f.Frontier {
		ps = append(ps, l.At)
	}
	ps = append(ps, f.Sample...)
	if f.Typical != nil {
		ps = append(ps, *f.Typical)
	}
	for _, m := range f.Marks {
		ps = append(ps, m.At)
	}
	frame := rect{40, 36, s.w, 490}
	if s.narrow() {
		frame = rect{34, 34, s.w - 4, 330}
	}
	a := plane(frame, ps)
	a.x0 = max(gutter(a), 24)
	const most = 650 // dots
	step := max(1, (len(f.Sample)+most-1)/most)
	s.plot(a, func(ink func(Role) draw.LineStyle) ([]plot.Plotter, error) {
		var xys plotter.XYs
		for i := 0; i < len(f.Sample); i += step {
			xys = append(xys, plotter.XY{X: f.Sample[i].First, Y: f.Sample[i].Second})
		}
		if len(xys) == 0 {
			return nil, nil
		}
		sc, err := plotter.NewScatter(xys)
		if err != nil {
			return nil, err
		}
		sc.GlyphStyle = draw.GlyphStyle{Color: ink(Grey4).Color, Radius: vg.Length(2.2), Shape: draw.CircleGlyph{}}
		return []plot.Plotter{sc}, nil
	})
	f.cells(s, a, f.Passes, Outer)
	f.cells(s, a, f.Holds, Inner)
	s.worthAxes(a, f.Parties, f.NoDeal)
	f.frontier(s, a)
	p := &placer{bounds: rect{0, a.y0 - 8, s.w, a.y1 - 2}}
	p.taken = append(p.taken, rect{0, a.y0, a.x0, a.y1})
	var line []Point
	for _, l := range f.Frontier {
		line = append(line, l.At)
	}
	p.line(thinned(a, line)...)
	p.line(a.at(f.NoDeal.First, a.ylo), a.at(f.NoDeal.First, a.yhi))
	p.line(a.at(a.xlo, f.NoDeal.Second), a.at(a.xhi, f.NoDeal.Second))
	f.edges(a, p, f.Passes)
	f.edges(a, p, f.Holds)
	below := f.captions(s, a, p)
	s.h = a.y1 + 40
	y := a.y1 + 60
	for _, b := range below {
		y += 16*float64(s.rich(0, y, s.w, 16, label.in(Text2), b)) + 4
		s.h = y - 14
	}
}

// cells draws a set, a rectangle a run of cells.
func (f *Sets) cells(s *sheet, a axes, cells []Point, r Role) {
	for _, c := range cells {
		x0, x1 := max(a.x(c.First), a.x0), min(a.x(c.First+f.Step.First), a.x1)
		y0, y1 := max(a.y(c.Second+f.Step.Second), a.y0), min(a.y(c.Second), a.y1)
		s.rect(x0, y0, x1-x0+0.4, y1-y0+0.4, r)
	}
}

// frontier draws the efficient line, heavier where it would pass, heaviest where it would hold.
func (f *Sets) frontier(s *sheet, a axes) {
	weight := func(l Level) (float64, Role) {
		switch {
		case l.Holds:
			return 7, Ink
		case l.Passes:
			return 3.5, Ink
		}
		return 2, Grey3
	}
	for i := 0; i < len(f.Frontier); {
		w, r := weight(f.Frontier[i])
		run := []Point{f.Frontier[i].At}
		j := i + 1
		for ; j < len(f.Frontier); j++ {
			run = append(run, f.Frontier[j].At)
			if v, _ := weight(f.Frontier[j]); v != w {
				break // to the next point, so that no gap shows
			}
		}
		if len(run) == 1 {
			c := a.at(run[0].First, run[0].Second)
			s.disc(c.x, c.y, max(w/2, 2), r)
		}
		s.line(r, w, nil, thinned(a, run)...)
		i = j
	}
}

// captions names the sets, the marks and the line, the most important first; on the phone the words
// stand below.
func (f *Sets) captions(s *sheet, a axes, p *placer) (below []Rich) {
	head, words := label.strong(), label.in(Text2)
	passes, holds := f.shares()
	type item struct {
		at    pt
		label string
		words string
		halo  Role
		away  float64
	}
	var items []item
	for _, m := range f.Marks {
		c := a.at(m.At.First, m.At.Second)
		p.mark(c, 9)
		items = append(items, item{c, m.Label, m.Words, BG, 150})
	}
	c := a.at(f.NoDeal.First, f.NoDeal.Second)
	p.mark(c, 7)
	items = append(items, item{c, "no deal", "", BG, 60})
	if f.Typical != nil {
		t := a.at(f.Typical.First, f.Typical.Second)
		p.mark(t, 8)
		v := rounded(f.Typical.First, f.Typical.Second)
		items = append(items, item{t, "typical " + f.Success.Deal(), num(v[0]) + " and " + num(v[1]), Outer, 90})
	}
	if n := len(f.Frontier); n > 1 {
		l := f.Frontier[n/8].At
		name := "Efficient"
		if f.Epsilon > 0 {
			name += ", within " + num(f.Epsilon)
		}
		items = append(items, item{a.at(l.First, l.Second), name, "neither side can gain unless the other loses", BG, 150})
	}
	width := 200.0
	if s.narrow() {
		width = 130
	}
	inner, outer := f.within(a, f.Holds, nil), f.within(a, f.Passes, f.Holds)
	below = append(below, f.name(s, p, inner, "Would hold", "by itself: "+of100(holds)+"% of the efficient")...)
	for i, it := range items {
		ws := words.balance(it.words, width)
		if s.narrow() && it.words != "" {
			below = append(below, Rich{{Text: it.label + ": ", Bold: true, Role: Ink}, {Text: it.words}})
			ws = nil
		}
		w := head.width(it.label)
		for _, l := range ws {
			w = max(w, words.width(l))
		}
		b, ok := p.find(it.at, w, 16*float64(1+len(ws))-2, it.away)
		if !ok {
			continue
		}
		p.take(b, it.at)
		end := near(b, it.at)
		if d := math.Hypot(end.x-it.at.x, end.y-it.at.y); d > 22 && (i < len(f.Marks) || i == len(items)-1) {
			s.rule(it.at.x+(end.x-it.at.x)*9/d, it.at.y+(end.y-it.at.y)*9/d, end.x-(end.x-it.at.x)*3/d, end.y-(end.y-it.at.y)*3/d, 1.1, Ink)
		}
		al, x := left, b.x0
		if b.x1 <= it.at.x {
			al, x = right, b.x1
		}
		h, t := head.at(al).haloed(), words.at(al).haloed()
		h.ground, t.ground = f.ground(a, b), f.ground(a, b)
		s.text(x, b.y0+12, h, it.label)
		s.lines(x, b.y0+28, 16, t, ws)
	}
	below = append(below, f.name(s, p, outer, "Would pass at home", of100(passes)+"% of the efficient")...)
	for _, m := range f.Marks {
		c := a.at(m.At.First, m.At.Second)
		s.diamond(c.x, c.y, 7, 2.2, BG, Ink)
	}
	s.disc(c.x, c.y, 7, BG)
	s.disc(c.x, c.y, 5.5, Ink)
	if f.Typical != nil {
		t := a.at(f.Typical.First, f.Typical.Second)
		s.ring(t.x, t.y, 6, 2.2, Ink)
	}
	return below
}

// ground is the colour of the set behind the middle of a label.
func (f *Sets) ground(a axes, b rect) Role {
	x, y := (b.x0+b.x1)/2, (b.y0+b.y1)/2
	in := func(cells []Point) bool {
		for _, c := range cells {
			if x >= a.x(c.First) && x <= a.x(c.First+f.Step.First) && y <= a.y(c.Second) && y >= a.y(c.Second+f.Step.Second) {
				return true
			}
		}
		return false
	}
	switch {
	case in(f.Holds):
		return Inner
	case in(f.Passes):
		return Outer
	}
	return BG
}

// key is a cell's place on the grid of cells.
func (f *Sets) key(c Point) [2]int {
	return [2]int{int(math.Round(c.First / f.Step.First)), int(math.Round(c.Second / f.Step.Second))}
}

// edges keeps a set's outline free of labels.
func (f *Sets) edges(a axes, p *placer, cells []Point) {
	in := make(map[[2]int]bool, len(cells))
	for _, c := range cells {
		in[f.key(c)] = true
	}
	for _, c := range cells {
		k := f.key(c)
		x0, x1, y0, y1 := a.x(c.First), a.x(c.First+f.Step.First), a.y(c.Second), a.y(c.Second+f.Step.Second)
		if !in[[2]int{k[0] - 1, k[1]}] {
			p.line(pt{x0, y0}, pt{x0, y1})
		}
		if !in[[2]int{k[0] + 1, k[1]}] {
			p.line(pt{x1, y0}, pt{x1, y1})
		}
		if !in[[2]int{k[0], k[1] - 1}] {
			p.line(pt{x0, y0}, pt{x1, y0})
		}
		if !in[[2]int{k[0], k[1] + 1}] {
			p.line(pt{x0, y1}, pt{x1, y1})
		}
	}
}

// within is the boxes of a set's cells that are not in another.
func (f *Sets) within(a axes, cells, less []Point) (out []rect) {
	not := make(map[[2]int]bool, len(less))
	for _, c := range less {
		not[f.key(c)] = true
	}
	for _, c := range cells {
		if !not[f.key(c)] {
			out = append(out, rect{a.x(c.First), a.y(c.Second + f.Step.Second), a.x(c.First + f.Step.First), a.y(c.Second)})
		}
	}
	return out
}

// name sets a set's name inside it, as near to its middle as there is room, in more or fewer lines.
func (f *Sets) name(s *sheet, p *placer, cells []rect, head, words string) (below []Rich) {
	if len(cells) == 0 {
		return nil
	}
	var mid pt
	for _, c := range cells {
		mid.x += (c.x0 + c.x1) / 2 / float64(len(cells))
		mid.y += (c.y0 + c.y1) / 2 / float64(len(cells))
	}
	h, t := label.strong().at(centre), label.in(Text2).at(centre)
	if s.narrow() {
		below = []Rich{{{Text: head + ": ", Bold: true, Role: Ink}, {Text: words}}}
		words = ""
	}
	for _, width := range []float64{200, 130, 90} {
		hs, ws := h.balance(head, width), t.balance(words, width)
		w := 0.0
		for _, l := range hs {
			w = max(w, h.width(l))
		}
		for _, l := range ws {
			w = max(w, t.width(l))
		}
		tall := 16*float64(len(hs)+len(ws)) - 2
		best, near := rect{}, math.Inf(1)
		for _, c := range cells {
			x, y := (c.x0+c.x1)/2, (c.y0+c.y1)/2
			b := rect{x - w/2, y - tall/2, x + w/2, y + tall/2}
			if d := math.Hypot(x-mid.x, y-mid.y); d < near && p.free(b, pt{x, y}, 0) {
				best, near = b, d
			}
		}
		if math.IsInf(near, 1) {
			continue
		}
		p.taken = append(p.taken, best)
		x := (best.x0 + best.x1) / 2
		y := s.lines(x, best.y0+12, 16, h, hs)
		s.lines(x, y, 16, t, ws)
		return below
	}
	return below
}
