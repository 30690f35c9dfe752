package chart

import (
	"fmt"
	"math"
)

// Parallel shows a sample of deals as lines over one axis an issue.
type Parallel struct {
	Made
	Parties Parties // their names keep a capital within the title; may be empty
	Success Success
	Deals   int64          // how many there are
	Fixed   string         //
	Axes    []ParallelAxis // top to bottom
	Lines   []Strand       // a sample; at most a few hundred are legible
}

// ParallelAxis is one axis of Parallel.
type ParallelAxis struct {
	Label, Unit string
	Ticks       []string // from the left: the levels, or the two ends
	Lo, Hi      float64  // values at the left and the right; ticks are evenly spread between them
}

// Strand is one deal.
type Strand struct {
	At    []float64 // one value an axis
	Mine  bool      // the typical deal: drawn on top
	Label string    // of the typical deal
}

// Name implements Figure.
func (f *Parallel) Name() string { return "parallel" }

// Check implements Figure.
func (f *Parallel) Check() error {
	if len(f.Axes) < 2 || len(f.Lines) == 0 {
		return ErrEmpty
	}
	for _, a := range f.Axes {
		if !(a.Hi >= a.Lo) || len(a.Ticks) == 0 {
			return fmt.Errorf("axis %q: from %v to %v with %d ticks", a.Label, a.Lo, a.Hi, len(a.Ticks))
		}
	}
	for i, l := range f.Lines {
		if len(l.At) != len(f.Axes) {
			return fmt.Errorf("deal %d: %d values for %d issues", i, len(l.At), len(f.Axes))
		}
	}
	return nil
}

// firmest is the axis whose deals agree most, with the share of the commonest value.
func (f *Parallel) firmest() (axis int, share, value float64) {
	for k := range f.Axes {
		n := make(map[float64]int)
		for _, l := range f.Lines {
			n[l.At[k]]++
		}
		for v, c := range n {
			if p := float64(c) / float64(len(f.Lines)); p > share || p == share && axis == k && v < value {
				axis, share, value = k, p, v
			}
		}
	}
	return axis, share, value
}

// Title implements Figure: the issue on which the deals agree most, if three in four do.
func (f *Parallel) Title() string {
	k, share, _ := f.firmest()
	if share >= 0.75 {
		return fmt.Sprintf("The %s agree most on %s: %s of 100 settle it alike", f.Success.Deals(), lower(f.Axes[k].Label, f.Parties.names()...), of100(100*share))
	}
	return fmt.Sprintf("No issue is settled alike in three of four %s", f.Success.Deals())
}

// Subtitle implements Figure.
func (f *Parallel) Subtitle() Rich {
	heavy := ""
	for _, l := range f.Lines {
		if l.Mine {
			heavy = " Heavy: " + l.Label + "."
		}
	}
	return Plain(fmt.Sprintf("A line a deal, an axis an issue; lines are set apart at each value."+heavy+" A sample of %s of %s %s%s.",
		whole(int64(len(f.Lines))), whole(f.Deals), f.Success.Deals(), after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Parallel) Alt() string {
	s := "Parallel coordinates. " + f.Title() + "."
	for i, a := range f.Axes {
		if i == 5 {
			break
		}
		s += fmt.Sprintf(" %s from %s to %s.", a.Label, a.Ticks[0], a.Ticks[len(a.Ticks)-1])
	}
	return s
}

// CSV implements Figure.
func (f *Parallel) CSV() [][]string {
	var head []string
	for _, a := range f.Axes {
		head = append(head, a.Label)
	}
	rows := [][]string{head}
	for _, l := range f.Lines {
		var row []string
		for _, v := range l.At {
			row = append(row, raw(v))
		}
		rows = append(rows, row)
	}
	return rows
}

// place is where a value lies on its axis, 0 to 1; lines with the same value stand apart by their
// number (a golden-section sequence).
func (a *ParallelAxis) place(v float64, line int, apart float64) float64 {
	p := 0.5
	if a.Hi > a.Lo {
		p = (v - a.Lo) / (a.Hi - a.Lo)
	}
	_, frac := math.Modf(float64(line) * 0.6180339887498949)
	return p + (frac-0.5)*apart
}

// draw sets the axes one below the other, the deals running down.
func (f *Parallel) draw(s *sheet) {
	y0, pitch, x0, x1, apart := 14.0, 46.0, 236.0, s.w-40, 22.0
	if s.narrow() {
		y0, pitch, x0, x1, apart = 34, 62, 12, s.w-12, 16
	}
	at := func(k int, p float64) pt { return pt{x0 + (x1-x0)*p, y0 + pitch*float64(k)} }
	f.strands(s, at, apart/(x1-x0))
	for k := range f.Axes {
		a := &f.Axes[k]
		y := at(k, 0).y
		s.rule(x0-apart/2, y, x1+apart/2, y, 1, Grey3)
		if s.narrow() {
			s.text(0, y-12, label.haloed(), label.fit(withUnit(a.Label, a.Unit), s.w))
		} else {
			ls := label.balance(withUnit(a.Label, a.Unit), x0-44)
			s.lines(0, y+4.7-8*float64(len(ls)-1), 16, label, ls)
		}
		a.levels(s, at, k)
	}
	s.h = at(len(f.Axes)-1, 0).y + 24
}

// levels sets an axis's ticks, both ends first, then those between that have room.
func (a *ParallelAxis) levels(s *sheet, at func(k int, p float64) pt, k int) {
	n := len(a.Ticks)
	order := []int{0}
	if n > 1 {
		order = append(order, n-1)
	}
	for i := 1; i < n-1; i++ {
		order = append(order, i)
	}
	st := tick.sized(11.5).haloed()
	var taken []rect
	for _, i := range order {
		p := 0.5
		if n > 1 {
			p = float64(i) / float64(n-1)
		}
		c := at(k, p)
		text := st.fit(a.Ticks[i], 130)
		w := st.width(text)
		x := min(max(c.x-w/2, 0), s.w-w)
		b := st.extent(x, c.y+15, text)
		free := true
		for _, t := range taken {
			free = free && !b.grow(11).hits(t)
		}
		if free {
			taken = append(taken, b)
			s.text(x, c.y+15, st, text)
		}
	}
}

// strands draws the deals, the typical one on top.
func (f *Parallel) strands(s *sheet, at func(k int, p float64) pt, apart float64) {
	for _, mine := range []bool{false, true} {
		for i, l := range f.Lines {
			if l.Mine != mine {
				continue
			}
			pts := make([]pt, len(l.At))
			for k, v := range l.At {
				d := apart
				if mine {
					d = 0
				}
				pts[k] = at(k, min(max(f.Axes[k].place(v, i, d), -apart/2), 1+apart/2))
			}
			if mine {
				s.line(Ink, 2.2, nil, pts...)
			} else {
				s.line(Grey4, 0.8, nil, pts...)
			}
		}
	}
}
