package chart

import (
	"fmt"
	"math"
	"strings"
)

// Frontiers shows two lines: the efficient deals of all that can be signed, and of those that would
// pass at home on both sides.
type Frontiers struct {
	Made
	Parties Parties
	Unit    string // "$bn a year over no deal"
	Fixed   string // "at the middle of every drawn number"
	NoDeal  Point
	Signed  []Point // by worth to the first side, ascending
	Passing []Point // likewise; may be empty
	Bound   float64 // how far beyond Passing a deal that passes may lie at most, in units of joint worth; 0: exact
}

// Name implements Figure.
func (f *Frontiers) Name() string { return "frontiers" }

// Check implements Figure.
func (f *Frontiers) Check() error {
	if len(f.Signed) == 0 {
		return ErrEmpty
	}
	for _, line := range [][]Point{f.Signed, f.Passing} {
		for i, p := range line {
			if math.IsNaN(p.First+p.Second) || math.IsInf(p.First+p.Second, 0) || i > 0 && p.First < line[i-1].First {
				return fmt.Errorf("(%v, %v) is not a number or not ascending", p.First, p.Second)
			}
		}
	}
	return nil
}

// most is the highest joint worth on a line.
func most(line []Point) float64 {
	v := math.Inf(-1)
	for _, p := range line {
		v = max(v, p.First+p.Second)
	}
	return v
}

// Title implements Figure.
func (f *Frontiers) Title() string {
	if len(f.Passing) == 0 {
		return "No efficient deal was found that would pass at home on both sides"
	}
	lost := most(f.Signed) - most(f.Passing)
	if lost < 0.005*math.Abs(most(f.Signed)) {
		return "Home costs no joint worth: the best deal together would pass on both sides"
	}
	v := rounded(lost, most(f.Signed))
	unit := strings.TrimSuffix(f.Unit, " over no deal")
	return fmt.Sprintf("Home costs %s of the %s that the best deal is worth together", amount(v[0], strings.TrimSuffix(unit, " a year")), amount(v[1], unit))
}

// Subtitle implements Figure.
func (f *Frontiers) Subtitle() Rich {
	s := "Efficient deals: worth to each side" + after(", ", f.Unit) + after(", ", f.Fixed) + "."
	if f.Bound > 0 {
		s += " What passes is known within " + num(f.Bound) + "."
	}
	return Plain(s)
}

// Alt implements Figure.
func (f *Frontiers) Alt() string {
	s := fmt.Sprintf("Two efficient frontiers. %s. Best joint worth of what can be signed: %s", f.Title(), num(most(f.Signed)))
	if len(f.Passing) > 0 {
		s += "; of what would pass: " + num(most(f.Passing))
	}
	return s + "."
}

// CSV implements Figure.
func (f *Frontiers) CSV() [][]string {
	rows := [][]string{{"frontier", "worth_" + slug(f.Parties.short(FirstSide)), "worth_" + slug(f.Parties.short(SecondSide))}}
	for _, p := range f.Signed {
		rows = append(rows, []string{"signed", raw(p.First), raw(p.Second)})
	}
	for _, p := range f.Passing {
		rows = append(rows, []string{"passes", raw(p.First), raw(p.Second)})
	}
	return rows
}

func (f *Frontiers) draw(s *sheet) {
	ps := append([]Point{f.NoDeal}, f.Signed...)
	ps = append(ps, f.Passing...)
	frame := rect{40, 36, s.w, 440}
	if s.narrow() {
		frame = rect{34, 34, s.w - 4, 320}
	}
	a := plane(frame, ps)
	a.x0 = max(gutter(a), 24)
	s.worthAxes(a, f.Parties, f.NoDeal)
	s.line(Grey3, 2, []float64{5, 3}, thinned(a, f.Signed)...)
	s.line(Ink, 3.2, nil, thinned(a, f.Passing)...)
	if len(f.Passing) == 1 {
		c := a.at(f.Passing[0].First, f.Passing[0].Second)
		s.disc(c.x, c.y, 4, Ink)
	}
	p := &placer{bounds: rect{a.x0, a.y0 - 8, s.w, a.y1 - 2}}
	p.line(thinned(a, f.Signed)...)
	p.line(thinned(a, f.Passing)...)
	p.line(a.at(f.NoDeal.First, a.ylo), a.at(f.NoDeal.First, a.yhi))
	p.line(a.at(a.xlo, f.NoDeal.Second), a.at(a.xhi, f.NoDeal.Second))
	c := a.at(f.NoDeal.First, f.NoDeal.Second)
	p.mark(c, 7)
	s.disc(c.x, c.y, 7, BG)
	s.disc(c.x, c.y, 5.5, Ink)
	name := func(at pt, st style, text string) {
		if b, ok := p.find(at, st.width(text), 14, 110); ok {
			p.take(b, at)
			s.text(b.x0, b.y0+12, st.haloed(), text)
		}
	}
	if n := len(f.Passing); n > 0 {
		q := f.Passing[n/3]
		name(a.at(q.First, q.Second), label.strong(), "would pass at home")
	}
	q := f.Signed[len(f.Signed)*4/5]
	name(a.at(q.First, q.Second), label.in(Text2), "can be signed")
	name(c, label, "no deal")
	s.h = a.y1 + 40
}
