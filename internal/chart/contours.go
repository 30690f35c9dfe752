package chart

import (
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Contours shows both sides' welfare over two tariffs: lines of equal worth, the area where both do
// better than without a deal, and where deals settle.
type Contours struct {
	Made
	Parties Parties
	Success Success
	X, Y    string         // "US tariff on Chinese goods, %"
	Unit    string         // of worth: "$bn a year"
	Model   string         // which trade model
	Fixed   string         // "farm tariffs, investment and the rest as today"
	Deals   int64          // behind the bubbles; 0: none
	Xs, Ys  []float64      // grid, ascending
	Worth   [2][][]float64 // a side each: [y][x], over no deal
	NoDeal  [2]float64     // tariffs without a deal, middle
	Low     [2]float64     // 10th of 100 of the no-deal tariffs drawn
	High    [2]float64     // 90th; Low = High: no cross
	Today   [2]float64     // NaN: not shown
	Marks   []Spot         // "free trade", "tariff war (Nash)"
	Bubbles []Bubble       // the tariffs of deals
	Alone   [2]float64     // what each side would set alone; NaN: not said
}

// Spot is a named pair of tariffs.
type Spot struct {
	Label string
	X, Y  float64
}

// Bubble is a pair of tariffs and how many deals settle on it.
type Bubble struct{ X, Y, Of100 float64 }

// Name implements Figure.
func (f *Contours) Name() string { return "contours" }

// Check implements Figure.
func (f *Contours) Check() error {
	if len(f.Xs) < 2 || len(f.Ys) < 2 {
		return ErrEmpty
	}
	if !sort.Float64sAreSorted(f.Xs) || !sort.Float64sAreSorted(f.Ys) || f.Xs[0] == f.Xs[len(f.Xs)-1] || f.Ys[0] == f.Ys[len(f.Ys)-1] {
		return fmt.Errorf("the grid's tariffs are not ascending")
	}
	for side, z := range f.Worth {
		if len(z) != len(f.Ys) {
			return fmt.Errorf("worth to %s: %d rows for %d tariffs", f.Parties.The(Side(side+1)), len(z), len(f.Ys))
		}
		for _, row := range z {
			if len(row) != len(f.Xs) {
				return fmt.Errorf("worth to %s: %d values in a row for %d tariffs", f.Parties.The(Side(side+1)), len(row), len(f.Xs))
			}
			for _, v := range row {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					return fmt.Errorf("worth to %s: %v", f.Parties.The(Side(side+1)), v)
				}
			}
		}
	}
	return nil
}

// at is a side's worth at a pair of tariffs, between the grid's points bilinearly, outside it at the
// edge.
func (f *Contours) at(side int, x, y float64) float64 {
	cell := func(v []float64, t float64) (int, float64) {
		i := min(max(sort.SearchFloat64s(v, t)-1, 0), len(v)-2)
		return i, min(max((t-v[i])/(v[i+1]-v[i]), 0), 1)
	}
	i, u := cell(f.Xs, x)
	j, v := cell(f.Ys, y)
	z := f.Worth[side]
	return (z[j][i]*(1-u)+z[j][i+1]*u)*(1-v) + (z[j+1][i]*(1-u)+z[j+1][i+1]*u)*v
}

// better is how many of 100 deals both sides do better in than without one.
func (f *Contours) better() float64 {
	sum, good := 0.0, 0.0
	for _, b := range f.Bubbles {
		sum += b.Of100
		if f.at(0, b.X, b.Y) >= 0 && f.at(1, b.X, b.Y) >= 0 {
			good += b.Of100
		}
	}
	if sum == 0 {
		return nan
	}
	return 100 * good / sum
}

// Title implements Figure.
func (f *Contours) Title() string {
	switch b := f.better(); {
	case b >= 100-1e-9:
		return "Every agreed pair of tariffs beats no deal for both sides"
	case b <= 1e-9:
		return "No agreed pair of tariffs beats no deal for both sides by itself"
	case !math.IsNaN(b):
		return fmt.Sprintf("In %s of 100 deals the tariffs alone beat no deal for both sides", of100(b))
	}
	n, all := 0, 0
	for j := range f.Ys {
		for i := range f.Xs {
			all++
			if f.Worth[0][j][i] >= 0 && f.Worth[1][j][i] >= 0 {
				n++
			}
		}
	}
	if n == 0 {
		return "No pair of tariffs beats no deal for both sides"
	}
	return fmt.Sprintf("%s of 100 pairs of tariffs beat no deal for both sides", of100(100*float64(n)/float64(all)))
}

// Subtitle implements Figure.
func (f *Contours) Subtitle() Rich {
	s := fmt.Sprintf("Welfare from tariffs alone, %s over no deal.", f.Unit)
	if f.Deals > 0 {
		s += fmt.Sprintf(" %s %s%s.", sample(f.Deals), f.Success.Deals(), after("; ", f.Fixed))
	}
	r := Rich{
		{Text: s},
		{Text: "\n"},
		{Text: "Contours: "},
		{Text: f.Parties.short(FirstSide), Role: First, Bold: true},
		{Text: " (solid) and "},
		{Text: f.Parties.short(SecondSide), Role: Second, Bold: true},
		{Text: " (dashed)."},
	}
	if f.Model != "" {
		r = append(r, Span{Text: " Model: " + f.Model + "."})
	}
	return r
}

// Alt implements Figure.
func (f *Contours) Alt() string {
	s := fmt.Sprintf("Contour map of both sides’ welfare by %s and %s. %s. No deal is at %s and %s.", lower(f.X, f.Parties.names()...), lower(f.Y, f.Parties.names()...), f.Title(), num(f.NoDeal[0]), num(f.NoDeal[1]))
	if top := f.topBubble(); top >= 0 {
		b := f.Bubbles[top]
		s += fmt.Sprintf(" Most deals settle on %s and %s: %s of 100.", num(b.X), num(b.Y), of100(b.Of100))
	}
	return s
}

func (f *Contours) topBubble() int {
	best := -1
	for i, b := range f.Bubbles {
		if best < 0 || b.Of100 > f.Bubbles[best].Of100 {
			best = i
		}
	}
	return best
}

// CSV implements Figure.
func (f *Contours) CSV() [][]string {
	rows := [][]string{{"what", "x", "y", "worth_" + slug(f.Parties.short(FirstSide)), "worth_" + slug(f.Parties.short(SecondSide)), "deals_of_100"}}
	add := func(what string, x, y, n float64) {
		rows = append(rows, []string{what, raw(x), raw(y), raw(f.at(0, x, y)), raw(f.at(1, x, y)), raw(n)})
	}
	add("no deal", f.NoDeal[0], f.NoDeal[1], nan)
	for _, m := range f.Marks {
		add(m.Label, m.X, m.Y, nan)
	}
	for _, b := range f.Bubbles {
		add("deals", b.X, b.Y, b.Of100)
	}
	for _, y := range f.Ys {
		for _, x := range f.Xs {
			add("grid", x, y, nan)
		}
	}
	return rows
}

// levels are the contours of a side: round values about six apart, zero among them.
func (f *Contours) levels(side int) []float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, row := range f.Worth[side] {
		for _, v := range row {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	var out []float64
	for _, v := range ticks(lo, hi, 6) {
		if math.Abs(v) < (hi-lo)*1e-9 {
			v = 0
		}
		out = append(out, v)
	}
	return out
}

func (f *Contours) draw(s *sheet) {
	a := axes{rect{42, 34, 594, 522}, f.Xs[0], f.Xs[len(f.Xs)-1], f.Ys[0], f.Ys[len(f.Ys)-1]}
	if s.narrow() {
		a.rect = rect{32, 32, s.w - 2, 340}
	}
	s.text(0, 13, label.in(Text2), label.fit(f.Y, s.w))
	f.shade(s, a)
	for _, v := range ticks(a.xlo, a.xhi, 6) {
		s.rule(a.x(v), a.y1, a.x(v), a.y1+4, 1, Grey3)
		w := tick.width(num(v)) / 2
		s.text(min(max(a.x(v), w), s.w-w), a.y1+18, tick.at(centre), num(v))
	}
	for _, v := range ticks(a.ylo, a.yhi, 6) {
		s.rule(a.x0-4, a.y(v), a.x0, a.y(v), 1, Grey3)
		s.text(a.x0-8, a.y(v)+4.3, tick.at(right), num(v))
	}
	s.rule(a.x0, a.y0, a.x0, a.y1, 1, Grey3)
	s.rule(a.x0, a.y1, a.x1, a.y1, 1, Grey3)
	s.text(a.x1, a.y1+37, label.in(Text2).at(right), label.fit(f.X, a.x1))
	for side := range 2 {
		f.lines(s, a, side)
	}
	p := &placer{bounds: a.rect}
	f.bubbles(s, a, p)
	spots := f.spots(s, a, p)
	for side := range 2 {
		f.values(s, a, p, side)
	}
	for _, sp := range spots {
		st := label.strong().haloed()
		if b, ok := p.find(a.at(sp.X, sp.Y), st.width(sp.Label), 14, 60); ok {
			p.take(b, a.at(sp.X, sp.Y))
			st.ground = f.ground(a, b)
			s.text(b.x0, b.y0+12, st, sp.Label)
		}
	}
	s.h = a.y1 + 42
	x, y := a.x1+16, a.y0+12
	if s.narrow() {
		x, y = 0, a.y1+60
	}
	for _, n := range f.notes() {
		y += 16*float64(s.rich(x, y, s.w-x, 16, label.in(Text2), n)) + 9
	}
	s.h = max(s.h, y-20)
}

// both tells whether both sides do better at a point than without a deal.
func (f *Contours) both(a axes, x, y float64) bool {
	u, v := a.xlo+(x-a.x0)/a.w()*(a.xhi-a.xlo), a.ylo+(a.y1-y)/a.h()*(a.yhi-a.ylo)
	return f.at(0, u, v) >= 0 && f.at(1, u, v) >= 0
}

// ground is the colour behind the middle of a label.
func (f *Contours) ground(a axes, b rect) Role {
	if f.both(a, (b.x0+b.x1)/2, (b.y0+b.y1)/2) {
		return Pale
	}
	return BG
}

// shade marks where both sides do better than without a deal, in runs of small cells.
func (f *Contours) shade(s *sheet, a axes) {
	const step = 4.0
	for x := a.x0; x < a.x1; x += step {
		w := min(step, a.x1-x)
		start := -1.0
		for y := a.y0; ; y += step {
			in := y < a.y1 && f.both(a, x+w/2, min(y+step/2, a.y1))
			if in && start < 0 {
				start = y
			}
			if !in && start >= 0 {
				s.rect(x, start, w+0.3, min(y, a.y1)-start, Pale)
				start = -1
			}
			if y >= a.y1 {
				break
			}
		}
	}
}

// lines draws a side's contours, zero heavier. They are traced here: plotter.Contour finds the same
// lines but hands them out in another order at every call.
func (f *Contours) lines(s *sheet, a axes, side int) {
	levels := f.levels(side)
	traced := make([][][]pt, len(levels))
	for i, v := range levels {
		traced[i] = trace(f.Xs, f.Ys, f.Worth[side], v)
	}
	s.plot(a, func(ink func(Role) draw.LineStyle) ([]plot.Plotter, error) {
		var out []plot.Plotter
		for i, v := range levels {
			for _, path := range traced[i] {
				xys := make(plotter.XYs, len(path))
				for k, q := range path {
					xys[k] = plotter.XY{X: q.x, Y: q.y}
				}
				l, err := plotter.NewLine(xys)
				if err != nil {
					return nil, err
				}
				l.LineStyle = ink(Side(side + 1).Role())
				l.Width = 1.1
				if side == 1 {
					l.Dashes = []vg.Length{6, 3}
				}
				if v == 0 {
					l.Width = 2.2
				}
				out = append(out, l)
			}
		}
		return out, nil
	})
}

// crossings are points of a contour: where it crosses the grid's lines.
func (f *Contours) crossings(a axes, side int, v float64) (out []pt) {
	z := f.Worth[side]
	add := func(x0, y0, z0, x1, y1, z1 float64) {
		if (z0 < v) != (z1 < v) {
			t := (v - z0) / (z1 - z0)
			out = append(out, a.at(x0+t*(x1-x0), y0+t*(y1-y0)))
		}
	}
	for j := range f.Ys {
		for i := range f.Xs {
			if i+1 < len(f.Xs) {
				add(f.Xs[i], f.Ys[j], z[j][i], f.Xs[i+1], f.Ys[j], z[j][i+1])
			}
			if j+1 < len(f.Ys) {
				add(f.Xs[i], f.Ys[j], z[j][i], f.Xs[i], f.Ys[j+1], z[j+1][i])
			}
		}
	}
	return out
}

// values labels a side's contours on the line, each where it is furthest from other marks.
func (f *Contours) values(s *sheet, a axes, p *placer, side int) {
	st := label.strong().in(Side(side + 1).Role()).sized(12).haloed()
	levels := f.levels(side)
	// Zero first, then outwards: it matters most.
	sort.SliceStable(levels, func(i, j int) bool { return math.Abs(levels[i]) < math.Abs(levels[j]) })
	for _, v := range levels {
		text := num(v)
		if v > 0 {
			text = "+" + text
		}
		w := st.width(text)
		var best rect
		room := 0.0
		for _, c := range f.crossings(a, side, v) {
			b := rect{c.x - w/2, c.y - 7, c.x + w/2, c.y + 7}
			if !a.grow(-4).holds(b) {
				continue
			}
			near := math.Inf(1)
			for _, t := range p.taken {
				dx := max(t.x0-b.x1, b.x0-t.x1, 0)
				dy := max(t.y0-b.y1, b.y0-t.y1, 0)
				near = min(near, math.Hypot(dx, dy))
			}
			near = min(near, 60) + 0.05*min(c.x-a.x0, a.x1-c.x, c.y-a.y0, a.y1-c.y)
			if near > room {
				best, room = b, near
			}
		}
		if room > 8 {
			p.taken = append(p.taken, best)
			st.ground = f.ground(a, best)
			s.text(best.x0, best.y0+11.3, st, text)
		}
	}
}

// bubbles draws the tariffs of deals, by area; the commonest says how many.
func (f *Contours) bubbles(s *sheet, a axes, p *placer) {
	top := f.topBubble()
	if top < 0 {
		return
	}
	most := f.Bubbles[top].Of100
	for i, b := range f.Bubbles {
		r := 15 * math.Sqrt(b.Of100/most)
		if s.narrow() {
			r *= 0.75
		}
		if r < 1.2 || b.X < a.xlo || b.X > a.xhi || b.Y < a.ylo || b.Y > a.yhi {
			continue
		}
		c := a.at(b.X, b.Y)
		s.disc(c.x, c.y, r+1.5, BG)
		s.disc(c.x, c.y, r, Text2)
		p.mark(c, r+2)
		if i == top && r > 10 {
			s.textMid(c.x, c.y, style{size: 11.5, role: BG, bold: true, align: centre}, of100(b.Of100))
		}
	}
}

// spots draws the named pairs of tariffs, and returns those still to be labelled, the most important
// first.
func (f *Contours) spots(s *sheet, a axes, p *placer) (out []Spot) {
	inside := func(x, y float64) bool { return x >= a.xlo && x <= a.xhi && y >= a.ylo && y <= a.yhi }
	if c := a.at(f.NoDeal[0], f.NoDeal[1]); inside(f.NoDeal[0], f.NoDeal[1]) {
		if f.Low != f.High {
			s.rule(max(a.x(f.Low[0]), a.x0), c.y, min(a.x(f.High[0]), a.x1), c.y, 1.3, Ink)
			s.rule(c.x, max(a.y(f.High[1]), a.y0), c.x, min(a.y(f.Low[1]), a.y1), 1.3, Ink)
			p.line(pt{max(a.x(f.Low[0]), a.x0), c.y}, pt{min(a.x(f.High[0]), a.x1), c.y})
			p.line(pt{c.x, max(a.y(f.High[1]), a.y0)}, pt{c.x, min(a.y(f.Low[1]), a.y1)})
		}
		s.disc(c.x, c.y, 7, BG)
		s.disc(c.x, c.y, 5.5, Ink)
		p.mark(c, 8)
		out = append(out, Spot{"no deal", f.NoDeal[0], f.NoDeal[1]})
	}
	if inside(f.Today[0], f.Today[1]) {
		c := a.at(f.Today[0], f.Today[1])
		s.ring(c.x, c.y, 6, 2, Ink)
		p.mark(c, 8)
		out = append(out, Spot{"today", f.Today[0], f.Today[1]})
	}
	for _, m := range f.Marks {
		if inside(m.X, m.Y) {
			c := a.at(m.X, m.Y)
			s.disc(c.x, c.y, 6, BG)
			s.disc(c.x, c.y, 4.5, Ink)
			p.mark(c, 7)
			out = append(out, m)
		}
	}
	return out
}

// notes say what the marks are.
func (f *Contours) notes() (out []Rich) {
	if top := f.topBubble(); top >= 0 {
		b := f.Bubbles[top]
		out = append(out, Plain(fmt.Sprintf("Bubbles: tariffs in %s; area = share. %s in 100 settle on %s and %s.", f.Success.that(), of100(b.Of100), num(b.X), num(b.Y))))
	}
	out = append(out, Plain("Shaded: both sides do better than with no deal."))
	if f.Low != f.High {
		out = append(out, Plain("Cross: 8 in 10 of the no-deal tariffs drawn."))
	}
	if !math.IsNaN(f.Alone[0]) && !math.IsNaN(f.Alone[1]) {
		out = append(out, Plain(fmt.Sprintf("Alone, %s would set %s and %s %s.", f.Parties.The(FirstSide), num(f.Alone[0]), f.Parties.The(SecondSide), num(f.Alone[1]))))
	}
	return out
}
