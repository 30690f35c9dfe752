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

// ECDF shows distributions as the share of talks at or below each value.
type ECDF struct {
	Made
	Parties Parties
	What    string
	Unit    string
	Curves  []Curve
	Fixed   string
}

// Curve is one cumulative distribution.
type Curve struct {
	Label string
	Side  Side
	N     int64
	At    []float64 // values, ascending
	Of100 []float64 // talks at or below, of 100, never falling
}

// Name implements Figure.
func (f *ECDF) Name() string { return "ecdf" }

// Check implements Figure.
func (f *ECDF) Check() error {
	if len(f.Curves) == 0 {
		return ErrEmpty
	}
	for _, c := range f.Curves {
		if len(c.At) != len(c.Of100) || len(c.At) < 2 {
			return fmt.Errorf("curve %q: %d values, %d shares", c.Label, len(c.At), len(c.Of100))
		}
		if !sort.Float64sAreSorted(c.At) || !sort.Float64sAreSorted(c.Of100) || c.Side > SecondSide {
			return fmt.Errorf("curve %q: values and shares must ascend", c.Label)
		}
	}
	return nil
}

// under is how many of 100 are below a value, between the curve's points by a straight line.
func (c *Curve) under(v float64) float64 {
	k := sort.SearchFloat64s(c.At, v)
	switch {
	case k == 0:
		return 0
	case k == len(c.At):
		return c.Of100[k-1]
	}
	x0, x1 := c.At[k-1], c.At[k]
	if x1 == x0 {
		return c.Of100[k]
	}
	return c.Of100[k-1] + (c.Of100[k]-c.Of100[k-1])*(v-x0)/(x1-x0)
}

// middle is the value that half lie at or below.
func (c *Curve) middle() float64 {
	for k, p := range c.Of100 {
		if p >= 50 {
			return c.At[k]
		}
	}
	return c.At[len(c.At)-1]
}

// Title implements Figure: who is left worse off than without a deal, if anyone is in 1 of 100.
func (f *ECDF) Title() string {
	worse := ""
	var middles []string
	for i := range f.Curves {
		c := &f.Curves[i]
		if u := c.under(0); u >= 1 && c.Side != Neither {
			if worse != "" {
				worse += ", "
			}
			worse += f.Parties.The(c.Side) + " in " + of100(u)
		}
		middles = append(middles, amount(rounded(c.middle())[0], f.Unit)+" for "+c.Label)
	}
	if worse != "" {
		return "Of 100 deals, some leave a side worse off than no deal: " + worse
	}
	return f.What + " in the middle: " + listed(middles)
}

// Subtitle implements Figure.
func (f *ECDF) Subtitle() Rich {
	r := Rich{{Text: withUnit(f.What, f.Unit) + ": of 100, how many are at or below each value. All "}}
	var n int64
	for _, c := range f.Curves {
		n = max(n, c.N)
	}
	return append(r, Span{Text: whole(n) + " deals" + after("; ", f.Fixed) + "."})
}

// Alt implements Figure.
func (f *ECDF) Alt() string {
	s := "Cumulative distributions. " + f.Title() + "."
	for i := range f.Curves {
		c := &f.Curves[i]
		s += fmt.Sprintf(" %s: middle %s, from %s to %s.", c.Label, num(c.middle()), num(c.At[0]), num(c.At[len(c.At)-1]))
	}
	return s
}

// CSV implements Figure.
func (f *ECDF) CSV() [][]string {
	rows := [][]string{{"curve", "at", "of_100_at_or_below"}}
	for _, c := range f.Curves {
		for k := range c.At {
			rows = append(rows, []string{c.Label, raw(c.At[k]), raw(c.Of100[k])})
		}
	}
	return rows
}

// reach is the range of values, without the lowest 1 in 200 and the highest 1 in 100 of each curve.
func (f *ECDF) reach() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, c := range f.Curves {
		n := len(c.At)
		i, j := 0, n-1
		for i+1 < n && c.Of100[i+1] <= 0.5 {
			i++
		}
		for j > 0 && c.Of100[j-1] >= 99 {
			j--
		}
		lo, hi = min(lo, c.At[i]), max(hi, c.At[j])
	}
	if hi <= lo {
		lo, hi = lo-1, hi+1
	}
	return lo, hi
}

func (f *ECDF) draw(s *sheet) {
	a := axes{rect: rect{34, 28, s.w - 20, 360}, ylo: 0, yhi: 100}
	if s.narrow() {
		a.rect = rect{32, 28, s.w - 4, 280}
	}
	a.xlo, a.xhi = f.reach()
	s.text(0, 13, label.in(Text2), "of 100 at or below")
	for _, v := range []float64{0, 25, 50, 75, 100} {
		s.text(a.x0-8, a.y(v)+4.3, tick.at(right), num(v))
		s.rule(a.x0, a.y(v), a.x1, a.y(v), 1, Grid)
	}
	for _, v := range ticks(a.xlo, a.xhi, map[bool]int{true: 4, false: 7}[s.narrow()]) {
		s.rule(a.x(v), a.y1, a.x(v), a.y1+4, 1, Grey3)
		w := tick.width(num(v)) / 2
		s.text(min(max(a.x(v), w), s.w-w), a.y1+18, tick.at(centre), num(v))
	}
	s.text(a.x1, a.y1+36, label.in(Text2).at(right), label.fit(withUnit(lower(f.What), f.Unit), a.x1))
	s.rule(a.x0, a.y1, a.x1, a.y1, 1, Grey3)
	if a.xlo < 0 && a.xhi > 0 {
		s.rule(a.x(0), a.y0, a.x(0), a.y1, 1.2, Ink)
	}
	s.plot(a, func(ink func(Role) draw.LineStyle) ([]plot.Plotter, error) {
		var out []plot.Plotter
		for _, c := range f.Curves {
			var xys plotter.XYs
			for k := range c.At {
				if x := c.At[k]; x >= a.xlo && x <= a.xhi {
					xys = append(xys, plotter.XY{X: x, Y: c.Of100[k]})
				}
			}
			if n := len(c.At); c.At[n-1] < a.xhi { // all are below what follows
				xys = append(xys, plotter.XY{X: a.xhi, Y: c.Of100[n-1]})
			}
			if c.At[0] > a.xlo {
				xys = append(plotter.XYs{{X: a.xlo, Y: 0}, {X: c.At[0], Y: 0}}, xys...)
			}
			if len(xys) < 2 {
				continue
			}
			l, err := plotter.NewLine(xys)
			if err != nil {
				return nil, err
			}
			l.LineStyle = ink(c.Side.Role())
			l.Width = 2
			if c.Side == SecondSide {
				l.Dashes = []vg.Length{6, 3}
			}
			out = append(out, l)
		}
		return out, nil
	})
	p := &placer{bounds: rect{a.x0 + 2, a.y0, s.w, a.y1 - 4}}
	var paths [][]pt
	for _, c := range f.Curves {
		var pts []pt
		for k := range c.At {
			if x := c.At[k]; x >= a.xlo && x <= a.xhi {
				pts = append(pts, a.at(x, c.Of100[k]))
			}
		}
		p.line(pts...)
		paths = append(paths, pts)
	}
	if a.xlo < 0 && a.xhi > 0 {
		p.line(a.at(0, 0), a.at(0, 100))
	}
	for i, c := range f.Curves {
		st := label.strong().in(c.Side.Text()).haloed()
		text := c.Label + ", middle " + num(rounded(c.middle())[0])
		for _, share := range []float64{55, 70, 40, 80, 25, 90} {
			if len(paths[i]) == 0 {
				break
			}
			at := paths[i][0]
			for _, q := range paths[i] {
				if q.y >= a.y(share) {
					at = q
				}
			}
			if b, ok := p.find(at, st.width(text), 14, 60); ok {
				p.take(b, at)
				s.text(b.x0, b.y0+12, st, text)
				break
			}
		}
	}
	s.h = a.y1 + 40
}
