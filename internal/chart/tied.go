package chart

import (
	"fmt"
	"math"
)

// Tied shows when tied hands help: what a side gets out of a pie against how much of it its home needs,
// by what negotiators know of that need (Schelling 1960; Putnam 1988; Tarar 2001).
type Tied struct {
	Made
	Parties Parties
	Side    Side      // whose hands are tied
	Need    []float64 // of 100, ascending
	Gets    []Bound   // one a state of knowledge; the first is that both know
	Free    float64   // what it gets with free hands, of 100
	Fixed   string
	Unit    string  // of need and what it gets, "$bn a year"; empty: of a pie of 100
	High    float64 // top of the scale with a unit
	Noise   float64 // half the 95% interval of a difference between two points; 0: none
}

// Bound is one state of knowledge.
type Bound struct {
	Label string // "both know the need"
	Of100 []float64
}

// Name implements Figure.
func (f *Tied) Name() string { return "tied-hands" }

// Check implements Figure.
func (f *Tied) Check() error {
	if len(f.Need) < 2 || len(f.Gets) == 0 {
		return ErrEmpty
	}
	for _, g := range f.Gets {
		if len(g.Of100) != len(f.Need) {
			return fmt.Errorf("%s: %d numbers for %d needs", g.Label, len(g.Of100), len(f.Need))
		}
		for _, v := range g.Of100 {
			if math.IsNaN(v) || math.IsInf(v, 0) || f.Unit == "" && !(v >= 0 && v <= 100) {
				return fmt.Errorf("%s: %v of 100", g.Label, v)
			}
		}
	}
	return nil
}

// best is the need at which a curve is highest, and what it is there.
func (f *Tied) best(g *Bound) (need, gets float64) {
	need, gets = f.Need[0], g.Of100[0]
	for k, v := range g.Of100 {
		if v > gets+1e-9 {
			need, gets = f.Need[k], v
		}
	}
	return need, gets
}

// Title implements Figure.
func (f *Tied) Title() string {
	need, gets := f.best(&f.Gets[0])
	if gets <= f.Free+max(f.scale()/200, f.Noise) {
		return "Tied hands do not help " + f.Parties.The(f.Side) + " here"
	}
	if f.Unit != "" {
		v := rounded(need, gets, f.Free)
		return fmt.Sprintf("Tied hands help %s: a home that asks for %s brings %s, not %s", f.Parties.The(f.Side), amount(v[0], f.Unit), amount(v[1], f.Unit), amount(v[2], f.Unit))
	}
	worst := &f.Gets[len(f.Gets)-1]
	if _, v := f.best(worst); v <= f.Free+0.5 && len(f.Gets) > 1 {
		return fmt.Sprintf("Tied hands help only who is known to have them: a need of %s in 100 brings %s, not %s", of100(need), of100(gets), of100(f.Free))
	}
	return fmt.Sprintf("Tied hands help: a need of %s in 100 brings %s, not %s", of100(need), of100(gets), of100(f.Free))
}

// scale is the top of what can be got.
func (f *Tied) scale() float64 {
	if f.Unit == "" {
		return 100
	}
	return f.High
}

// Subtitle implements Figure.
func (f *Tied) Subtitle() Rich {
	if f.Unit != "" {
		return Plain("What talks are worth to " + f.Parties.The(f.Side) + " on average, those without a deal and deals refused at home included, by what its home asks for" + after("; ", f.Fixed) + ".")
	}
	return Plain("What " + f.Parties.The(f.Side) + " gets of 100 on average, a refusal at home counted as nothing, by what its home needs" + after("; ", f.Fixed) + ".")
}

// Alt implements Figure.
func (f *Tied) Alt() string {
	s := "Lines. " + f.Title() + "."
	for i := range f.Gets {
		need, v := f.best(&f.Gets[i])
		if f.Unit != "" {
			s += fmt.Sprintf(" %s: at most %s, at %s.", Upper(f.Gets[i].Label), num(rounded(v)[0]), num(rounded(need)[0]))
			continue
		}
		s += fmt.Sprintf(" %s: at most %s, at a need of %s.", Upper(f.Gets[i].Label), of100(v), of100(need))
	}
	return s
}

// CSV implements Figure.
func (f *Tied) CSV() [][]string {
	head := []string{"need_of_100"}
	for _, g := range f.Gets {
		head = append(head, g.Label)
	}
	rows := [][]string{head}
	for k, x := range f.Need {
		row := []string{raw(x)}
		for _, g := range f.Gets {
			row = append(row, raw(g.Of100[k]))
		}
		rows = append(rows, row)
	}
	return rows
}

func (f *Tied) draw(s *sheet) {
	lo, grid := 0.0, []float64{0, 25, 50, 75, 100}
	yname, xname := "gets, of 100", "home needs, of 100"
	if f.Unit != "" {
		for _, g := range f.Gets {
			for _, v := range g.Of100 {
				lo = min(lo, v)
			}
		}
		grid = ticks(lo, f.scale(), 6)
		yname, xname = withUnit("worth of talks", f.Unit), withUnit("home asks for", f.Unit)
	}
	a := axes{rect{34, 28, s.w - 190, 360}, f.Need[0], f.Need[len(f.Need)-1], lo, f.scale()}
	if s.narrow() {
		a.rect = rect{32, 28, s.w - 6, 270}
	}
	s.text(0, 13, label.in(Text2), label.fit(yname, s.w))
	for _, v := range grid {
		s.text(a.x0-8, a.y(v)+4.3, tick.at(right), num(v))
		s.rule(a.x0, a.y(v), a.x1, a.y(v), 1, Grid)
	}
	for _, v := range ticks(a.xlo, a.xhi, 5) {
		s.rule(a.x(v), a.y1, a.x(v), a.y1+4, 1, Grey3)
		s.text(min(a.x(v), s.w-tick.width(num(v))/2), a.y1+18, tick.at(centre), num(v))
	}
	s.text(a.x1, a.y1+36, label.in(Text2).at(right), label.fit(xname, a.x1))
	s.rule(a.x0, a.y1, a.x1, a.y1, 1, Grey3)
	s.line(Grey3, 1.2, []float64{2, 3}, a.at(a.xlo, f.Free), a.at(a.xhi, f.Free))
	s.text(a.x0+6, a.y(f.Free)+17, label.in(Text2), "free hands")
	roles := []Role{f.Side.Role(), Ink, Grey3, Warn}
	dashes := [][]float64{nil, {7, 3}, {2, 3}, {7, 3, 2, 3}}
	var want, size []float64
	for i := len(f.Gets) - 1; i >= 0; i-- {
		var run []pt
		for k, v := range f.Gets[i].Of100 {
			p := a.at(f.Need[k], v)
			if f.Unit == "" && k > 0 && math.Abs(v-f.Gets[i].Of100[k-1]) > 25 { // a jump: no deal is left
				s.line(roles[i%4], 2.2, dashes[i%4], run...)
				run = nil
			}
			run = append(run, p)
		}
		s.line(roles[i%4], 2.2, dashes[i%4], run...)
	}
	if s.narrow() {
		y := a.y1 + 58
		for i, g := range f.Gets {
			s.line(roles[i%4], 2.2, dashes[i%4], pt{0, y - 4}, pt{24, y - 4})
			s.text(32, y, label, label.fit(g.Label, s.w-32))
			y += 18
		}
		s.h = y - 8
		return
	}
	for _, g := range f.Gets {
		// Where the curve is at its highest: it is told apart from the others there.
		_, v := f.best(&g)
		want, size = append(want, a.y(v)), append(size, 30)
	}
	order := make([]int, len(want))
	for i := range order {
		order[i] = i
	}
	for i := 1; i < len(order); i++ {
		for j := i; j > 0 && want[order[j]] < want[order[j-1]]; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	sorted := make([]float64, len(want))
	for i, k := range order {
		sorted[i] = want[k]
	}
	for i, y := range spread(sorted, size, a.y0-6, a.y1+8, 6) {
		k := order[i]
		s.line(roles[k%4], 2.2, dashes[k%4], pt{a.x1 + 8, y - 7}, pt{a.x1 + 32, y - 7})
		s.lines(a.x1+38, y-3, 15, label, label.wrap(f.Gets[k].Label, s.w-a.x1-40))
	}
	s.h = a.y1 + 40
}
