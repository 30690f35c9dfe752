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

// Reaction shows each side's best answer to the other's tariff: two curves that cross where neither
// would move alone.
type Reaction struct {
	Made
	Parties Parties
	X, Y    string // the first side's tariff, the second's
	Model   string
	Fixed   string
	First   []Answered // the first side's best tariff (To) for each of the second's (At), At ascending
	Second  []Answered // the second side's best tariff for each of the first's
	Cross   *[2]float64
	Spots   []Spot // today, free trade ...
}

// Answered is a best answer to a tariff.
type Answered struct{ At, To float64 }

// Name implements Figure.
func (f *Reaction) Name() string { return "reaction" }

// Check implements Figure.
func (f *Reaction) Check() error {
	if len(f.First) < 2 || len(f.Second) < 2 {
		return ErrEmpty
	}
	for _, c := range [][]Answered{f.First, f.Second} {
		for i, p := range c {
			if math.IsNaN(p.At+p.To) || math.IsInf(p.At+p.To, 0) || i > 0 && p.At < c[i-1].At {
				return fmt.Errorf("best answer %v to %v: not a number or not ascending", p.To, p.At)
			}
		}
	}
	return nil
}

// Title implements Figure.
func (f *Reaction) Title() string {
	if f.Cross == nil {
		return "The best answers to each other’s tariffs do not meet"
	}
	return fmt.Sprintf("Left alone, %s would end at %s and %s at %s", f.Parties.The(FirstSide), num(f.Cross[0]), f.Parties.The(SecondSide), num(f.Cross[1]))
}

// Subtitle implements Figure.
func (f *Reaction) Subtitle() Rich {
	r := Rich{
		{Text: "The tariff that is best for "},
		{Text: f.Parties.The(FirstSide), Role: First, Bold: true},
		{Text: " (solid) and for "},
		{Text: f.Parties.The(SecondSide), Role: Second, Bold: true},
		{Text: " (dashed), given the other’s" + after("; ", f.Fixed) + "."},
	}
	if f.Model != "" {
		r = append(r, Span{Text: " Model: " + f.Model + "."})
	}
	return r
}

// Alt implements Figure.
func (f *Reaction) Alt() string {
	a, b := f.First, f.Second
	return fmt.Sprintf("Two reaction curves. %s. %s answers %s with %s and %s with %s; %s answers %s with %s and %s with %s.", f.Title(),
		upper(f.Parties.The(FirstSide)), num(a[0].At), num(a[0].To), num(a[len(a)-1].At), num(a[len(a)-1].To),
		f.Parties.The(SecondSide), num(b[0].At), num(b[0].To), num(b[len(b)-1].At), num(b[len(b)-1].To))
}

// CSV implements Figure.
func (f *Reaction) CSV() [][]string {
	rows := [][]string{{"side", "other_tariff", "best_answer"}}
	for _, p := range f.First {
		rows = append(rows, []string{f.Parties.short(FirstSide), raw(p.At), raw(p.To)})
	}
	for _, p := range f.Second {
		rows = append(rows, []string{f.Parties.short(SecondSide), raw(p.At), raw(p.To)})
	}
	return rows
}

func (f *Reaction) draw(s *sheet) {
	a := axes{rect: rect{42, 34, s.w - 20, 440}, ylo: math.Inf(1), yhi: math.Inf(-1), xlo: math.Inf(1), xhi: math.Inf(-1)}
	if s.narrow() {
		a.rect = rect{32, 32, s.w - 4, 330}
	}
	take := func(x, y float64) {
		a.xlo, a.xhi, a.ylo, a.yhi = min(a.xlo, x), max(a.xhi, x), min(a.ylo, y), max(a.yhi, y)
	}
	for _, p := range f.First {
		take(p.To, p.At)
	}
	for _, p := range f.Second {
		take(p.At, p.To)
	}
	for _, m := range f.Spots {
		take(m.X, m.Y)
	}
	if a.xhi <= a.xlo {
		a.xhi = a.xlo + 1
	}
	if a.yhi <= a.ylo {
		a.yhi = a.ylo + 1
	}
	s.text(0, 13, label.in(Text2), label.fit(f.Y, s.w))
	for _, v := range ticks(a.xlo, a.xhi, 6) {
		s.rule(a.x(v), a.y1, a.x(v), a.y1+4, 1, Grey3)
		w := tick.width(num(v)) / 2
		s.text(min(max(a.x(v), w), s.w-w), a.y1+18, tick.at(centre), num(v))
	}
	for _, v := range ticks(a.ylo, a.yhi, 6) {
		s.rule(a.x0, a.y(v), a.x1, a.y(v), 1, Grid)
		s.text(a.x0-8, a.y(v)+4.3, tick.at(right), num(v))
	}
	s.rule(a.x0, a.y1, a.x1, a.y1, 1, Grey3)
	s.text(a.x1, a.y1+37, label.in(Text2).at(right), label.fit(f.X, a.x1))
	var us, cn plotter.XYs
	for _, p := range f.First {
		us = append(us, plotter.XY{X: p.To, Y: p.At})
	}
	for _, p := range f.Second {
		cn = append(cn, plotter.XY{X: p.At, Y: p.To})
	}
	s.plot(a, func(ink func(Role) draw.LineStyle) ([]plot.Plotter, error) {
		l, err := plotter.NewLine(us)
		if err != nil {
			return nil, err
		}
		l.LineStyle = ink(First)
		l.Width = 2
		m, err := plotter.NewLine(cn)
		if err != nil {
			return nil, err
		}
		m.LineStyle = ink(Second)
		m.Width, m.Dashes = 2, []vg.Length{6, 3}
		return []plot.Plotter{l, m}, nil
	})
	p := &placer{bounds: rect{a.x0 + 2, a.y0, s.w, a.y1 - 3}}
	var ends [2]pt
	for k, xys := range []plotter.XYs{us, cn} {
		var pts []pt
		for _, q := range xys {
			pts = append(pts, a.at(q.X, q.Y))
		}
		p.line(pts...)
		ends[k] = pts[len(pts)*4/5]
	}
	type named struct {
		at   pt
		text string
		st   style
	}
	var names []named
	if f.Cross != nil {
		c := a.at(f.Cross[0], f.Cross[1])
		p.mark(c, 8)
		s.disc(c.x, c.y, 7, BG)
		s.disc(c.x, c.y, 5.5, Ink)
		names = append(names, named{c, "neither moves alone", label.strong()})
	}
	for _, m := range f.Spots {
		c := a.at(m.X, m.Y)
		p.mark(c, 8)
		s.ring(c.x, c.y, 5, 2, Ink)
		names = append(names, named{c, m.Label, label.strong()})
	}
	for k, side := range []Side{FirstSide, SecondSide} {
		names = append(names, named{ends[k], strings.TrimPrefix(f.Parties.Whose(side), "the ") + " best answer", label.strong().in(side.Role())})
	}
	for _, n := range names {
		if b, ok := p.find(n.at, n.st.width(n.text), 14, 90); ok {
			p.take(b, n.at)
			s.text(b.x0, b.y0+12, n.st.haloed(), n.text)
		}
	}
	s.h = a.y1 + 42
}
