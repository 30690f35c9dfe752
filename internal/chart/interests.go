package chart

import (
	"fmt"
	"math"
	"sort"
)

// Interests shows what each interest adds to a side's worth in the deals, as bars either side of zero:
// the middle, and the range of 8 in 10.
type Interests struct {
	Made
	Parties Parties
	Success Success
	Deals   int64
	Unit    string // "$bn a year over no deal"
	Fixed   string
	Bars    []Interest // any order; sorted within each side when drawn
	Total   [2]float64 // middle of each side's worth; NaN if unknown
}

// Interest is one interest of one side.
type Interest struct {
	Label          string
	Side           Side
	Low, Mid, High float64 // 10th, 50th and 90th of 100 deals
}

// Name implements Figure.
func (f *Interests) Name() string { return "interests" }

// Check implements Figure.
func (f *Interests) Check() error {
	if len(f.Bars) == 0 || f.Deals == 0 {
		return ErrEmpty
	}
	for _, b := range f.Bars {
		if !(b.Low <= b.Mid && b.Mid <= b.High) || math.IsInf(b.Low, 0) || math.IsInf(b.High, 0) {
			return fmt.Errorf("interest %q: 10th, 50th and 90th of 100 are %v, %v, %v: not ascending", b.Label, b.Low, b.Mid, b.High)
		}
		if b.Side != FirstSide && b.Side != SecondSide {
			return fmt.Errorf("interest %q: side %d", b.Label, b.Side)
		}
	}
	return nil
}

// of is a side's interests, the largest gain first.
func (f *Interests) of(side Side) (out []Interest) {
	for _, b := range f.Bars {
		if b.Side == side {
			out = append(out, b)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Mid > out[j].Mid })
	return out
}

// Title implements Figure: each side's largest gain, if it has one.
func (f *Interests) Title() string {
	var parts []string
	names := f.Parties.names()
	for _, side := range []Side{FirstSide, SecondSide} {
		if bs := f.of(side); len(bs) > 0 && bs[0].Mid > 0 {
			parts = append(parts, f.Parties.gets(side)+" most from "+lower(bs[0].Label, names...))
		}
	}
	switch len(parts) {
	case 2:
		if a, b := f.of(FirstSide)[0], f.of(SecondSide)[0]; a.Label == b.Label {
			return "Both sides get most from " + lower(a.Label, names...)
		}
		return upper(parts[0]) + ", " + parts[1]
	case 1:
		return upper(parts[0])
	}
	return "What each interest adds to the typical " + f.Success.Deal()
}

// Subtitle implements Figure.
func (f *Interests) Subtitle() Rich {
	return Plain(fmt.Sprintf("What each interest adds, %s. Bar = middle, line below it = 8 in 10. %s %s%s.", f.Unit, sample(f.Deals), f.Success.Deals(), after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Interests) Alt() string {
	s := "Diverging bars. " + f.Title() + "."
	for _, side := range []Side{FirstSide, SecondSide} {
		for i, b := range f.of(side) {
			if i == 3 {
				break
			}
			s += fmt.Sprintf(" %s, %s: %s.", upper(f.Parties.The(side)), b.Label, num(b.Mid))
		}
	}
	return s
}

// CSV implements Figure.
func (f *Interests) CSV() [][]string {
	rows := [][]string{{"side", "interest", "10th_of_100", "middle", "90th_of_100"}}
	for _, side := range []Side{FirstSide, SecondSide} {
		for _, b := range f.of(side) {
			rows = append(rows, []string{f.Parties.short(side), b.Label, raw(b.Low), raw(b.Mid), raw(b.High)})
		}
	}
	return rows
}

func (f *Interests) draw(s *sheet) {
	lo, hi := 0.0, 0.0
	for _, b := range f.Bars {
		lo, hi = min(lo, b.Low), max(hi, b.High)
	}
	if hi <= lo {
		lo, hi = -1, 1
	}
	pad := (hi - lo) * 0.03
	lo, hi = lo-pad, hi+pad
	x0, x1, pitch := 200.0, s.w-70, 30.0
	if s.narrow() {
		x0, x1, pitch = 4, s.w-4, 44
	}
	at := func(v float64) float64 { return x0 + (x1-x0)*(v-lo)/(hi-lo) }
	type row struct {
		b Interest
		y float64
	}
	var rows []row
	var heads []row
	y := 0.0
	for _, side := range []Side{FirstSide, SecondSide} {
		bs := f.of(side)
		if len(bs) == 0 {
			continue
		}
		heads = append(heads, row{Interest{Side: side}, y})
		y += 26
		for _, b := range bs {
			rows = append(rows, row{b, y})
			y += pitch
		}
		y += 12
	}
	bottom := y - 6
	s.valueGrid(lo, hi, at, 22, bottom)
	for _, h := range heads {
		side := h.b.Side
		st := label.strong().in(side.Role()).haloed()
		s.rect(0, h.y+2, 4, 14, side.Role())
		text := upper(f.Parties.long(side))
		if t := f.Total[side-1]; !math.IsNaN(t) {
			text += ", " + num(rounded(t)[0]) + " in all"
		}
		s.text(10, h.y+13.5, st, st.fit(text, s.w-10))
	}
	for _, r := range rows {
		f.bar(s, r.b, r.y, pitch, x0, x1, at)
	}
	s.h = bottom + 22
}

// bar draws one interest.
func (f *Interests) bar(s *sheet, b Interest, y, pitch, x0, x1 float64, at func(float64) float64) {
	mid := y + pitch/2
	v := rounded(b.Low, b.Mid, b.High)
	value := num(v[1])
	if v[1] > 0 {
		value = "+" + value
	}
	if s.narrow() {
		mid = y + 30
		w := s.text(0, y+14, label.haloed(), label.fit(upper(b.Label), s.w*0.62))
		s.rich(w+8, y+14, s.w-w-8, 16, label.in(Text2).haloed(), Rich{{Text: value, Bold: true, Role: Ink}, {Text: ", " + between(v[0], v[2])}})
	} else {
		ls := label.upTo(2, upper(b.Label), x0-16)
		s.lines(0, mid+4.7-8*float64(len(ls)-1), 16, label, ls)
		s.textMid(s.w, mid, label.strong().at(right), value)
	}
	a, z := at(min(b.Mid, 0)), at(max(b.Mid, 0))
	s.rect(a, mid-8, max(z-a, 1), 11, b.Side.Role())
	s.rule(at(b.Low), mid+7.5, at(b.High), mid+7.5, 1.4, Ink)
	s.rule(at(b.Low), mid+4.5, at(b.Low), mid+10.5, 1.4, Ink)
	s.rule(at(b.High), mid+4.5, at(b.High), mid+10.5, 1.4, Ink)
}
