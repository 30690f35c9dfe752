package chart

import (
	"math"
	"strings"
)

// strip draws a numeric issue on its axis.
func (i *Strip) strip(s *sheet, x0, x1, axis float64) {
	at := func(v float64) float64 {
		if i.Hi == i.Lo {
			return (x0 + x1) / 2
		}
		return x0 + (v-i.Lo)/(i.Hi-i.Lo)*(x1-x0)
	}
	s.rule(x0, axis, x1, axis, 1, Grey3)
	top, gap := 0.0, x1-x0
	for k, b := range i.Bins {
		top = max(top, b.Share)
		if k > 0 {
			gap = min(gap, at(b.At)-at(i.Bins[k-1].At))
		}
	}
	bw := min(max(gap*0.65, 1.5), 10)
	for _, b := range i.Bins {
		if b.Share > 0 && top > 0 {
			h := max(21*b.Share/top, 1)
			s.rect(at(b.At)-bw/2, axis-h, bw, h, Grey4)
		}
	}
	colour := i.Side.Role()
	s.rect(at(i.Low), axis-4, max(at(i.High)-at(i.Low), 2), 8, colour)
	s.rect(at(i.Mid)-3.5, axis-12, 7, 22, BG)
	s.rect(at(i.Mid)-1.5, axis-11, 3, 20, Ink)
	if !math.IsNaN(i.Now) && i.Now >= i.Lo && i.Now <= i.Hi {
		s.ring(at(i.Now), axis, 5, 2, Ink)
	}
}

// key names the marks of the first strip, above it.
func (s *sheet) key(i *Strip, x0, x1, axis, base float64) {
	at := func(v float64) float64 {
		if i.Hi == i.Lo {
			return (x0 + x1) / 2
		}
		return x0 + (v-i.Lo)/(i.Hi-i.Lo)*(x1-x0)
	}
	type item struct {
		text string
		x, y float64
	}
	items := []item{{"middle", at(i.Mid), axis - 12}}
	if i.High > i.Low {
		// The end of the bar that is further from the middle has room for the words.
		x := at(i.Low)
		if i.High-i.Mid > i.Mid-i.Low {
			x = at(i.High)
		}
		items = append(items, item{"8 in 10", (x*2 + at(i.Mid)) / 3, axis - 5})
	}
	if !math.IsNaN(i.Now) && i.Now >= i.Lo && i.Now <= i.Hi && math.Abs(at(i.Now)-at(i.Mid)) > 8 {
		items = append(items, item{"today", at(i.Now), axis - 7})
	}
	best, far := -1, 0.0
	for k, b := range i.Bins {
		d := math.Inf(1)
		for _, it := range items {
			d = min(d, math.Abs(at(b.At)-it.x))
		}
		if d = min(d, 60) * (0.2 + b.Share); d > far && b.Share > 0 {
			best, far = k, d
		}
	}
	if best >= 0 && far > 0 {
		top := 0.0
		for _, b := range i.Bins {
			top = max(top, b.Share)
		}
		items = append(items, item{"how often", at(i.Bins[best].At), axis - 2 - max(21*i.Bins[best].Share/top, 1)})
	}
	want, size := make([]float64, len(items)), make([]float64, len(items))
	for k, it := range items {
		want[k], size[k] = it.x, tick.width(it.text)
	}
	for k, c := range spread(want, size, x0-40, x1+40, 10) {
		it := items[k]
		s.text(c, base, tick.at(centre), it.text)
		s.rule(c, base+5, it.x, it.y, 1, Grey3)
	}
}

// marks draws the yardsticks below the axis, labels beside each other while they stay near their
// values, else in rows, and returns how many rows.
func (i *Strip) marks(s *sheet, lo, hi, x0, x1, axis float64) int {
	var ms []Mark
	var want, size, at []float64
	var text []string
	total := 0.0
	for _, m := range sorted(i.Marks) {
		if m.At < i.Lo || m.At > i.Hi || i.Hi == i.Lo {
			continue
		}
		t := m.Label + " " + num(m.At)
		x, w := x0+(m.At-i.Lo)/(i.Hi-i.Lo)*(x1-x0), tick.width(t)
		ms, text, at = append(ms, m), append(text, t), append(at, x)
		want, size = append(want, min(max(x, lo+w/2), hi-w/2)), append(size, w)
		total += w + 10
	}
	rows := min(len(ms), 1)
	c := spread(want, size, lo, hi, 10)
	row := make([]int, len(ms))
	if total > hi-lo {
		rows = 0
		for k := range ms {
			c[k], row[k] = want[k], k
			rows++
		}
	}
	for k := range ms {
		base := axis + 25 + 16*float64(row[k])
		// A leader leans when its label had to move aside.
		x := min(max(at[k], c[k]-size[k]/2+2), c[k]+size[k]/2-2)
		s.line(Text2, 1.2, nil, pt{at[k], axis + 6}, pt{at[k], axis + 10}, pt{x, base - 11})
		s.text(c[k], base, tick.at(centre), text[k])
	}
	return rows
}

// sorted is the yardsticks by value.
func sorted(ms []Mark) []Mark {
	out := append([]Mark(nil), ms...)
	for i := range out {
		for j := i; j > 0 && out[j].At < out[j-1].At; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// bar draws a choice as a bar of 100% and returns what had no room in it.
func (i *Strip) bar(s *sheet, x0, x1, y, h float64) (out []string) {
	colour := i.Side.Role()
	in := label.sized(12.5)
	x, mode := x0, i.mode()
	total, never := 0.0, 0
	for _, c := range i.Choices {
		total += c.Of100
	}
	if total <= 0 {
		total = 100
	}
	for k, c := range i.Choices {
		w := (x1 - x0) * c.Of100 / total
		fill, st := i.Side.Tint(), in
		if k == mode {
			fill, st = colour, in.in(BG)
		}
		gap := min(1.0, w/4)
		s.rect(x+gap, y, w-2*gap, h, fill)
		if k == i.NowChoice {
			s.ring(x+min(max(w/2, 5), 10), y-7, 4.5, 2, Ink)
		}
		text := c.Label + " " + of100(c.Of100)
		switch {
		case c.Of100 == 0 && len(i.Choices) > 5:
			never++
		case c.Of100 > 0 && st.width(text)+12 <= w:
			s.text(x+7, y+h/2+4.5, st, text)
		case c.Of100 > 0 && st.width(of100(c.Of100))+10 <= w:
			s.text(x+7, y+h/2+4.5, st, of100(c.Of100))
			out = append(out, text)
		default:
			out = append(out, text)
		}
		x += w
	}
	if never > 0 {
		out = append(out, plural(never, "other")+" 0")
	}
	return out
}

func (f *Strips) drawNarrow(s *sheet) {
	keyed := false
	y := 0.0
	heads, sides, groups := f.groups()
	small := label.in(Text2)
	for g, issues := range groups {
		side := sides[g]
		if g > 0 {
			y += 10
		}
		colour := side.Role()
		if side == Neither {
			colour = Ink
		}
		s.rect(0, y+2, 4, 14, colour)
		s.text(10, y+13.5, label.strong().in(colour), heads[g])
		y += 20
		s.rule(0, y, s.w, y, 1, Grey4)
		y += 6
		for _, i := range issues {
			y += 14
			y = s.lines(0, y, 16, label, label.wrap(withUnit(i.Label, i.Unit), s.w)) - 16
			if !i.numeric() {
				top := y + 24
				out := i.bar(s, 0, s.w, top, 19)
				y = top + 19
				if len(out) > 0 {
					y = s.lines(0, y+16, 16, small, small.wrap(strings.Join(out, ", "), s.w)) - 10
				}
				y += 12
				continue
			}
			r := Rich{}
			if !math.IsNaN(i.Now) {
				r = append(r, Span{Text: "today " + num(i.Now) + ", "})
			}
			r = append(r, Span{Text: "middle "}, Span{Text: num(i.Mid), Bold: true, Role: Ink}, Span{Text: ", 8 in 10 from " + between(i.Low, i.High)})
			y += 16 * float64(s.rich(0, y+16, s.w, 16, small, r))
			axis := y + 32
			x0, x1 := 34.0, s.w-44
			if !keyed {
				axis += 22
				s.key(i, x0, x1, axis, y+18)
				keyed = true
			}
			s.text(x0-12, axis+4, tick.at(right), num(i.Lo))
			s.text(x1+12, axis+4, tick, num(i.Hi))
			i.strip(s, x0, x1, axis)
			y = axis + 16
			if len(i.Marks) > 0 {
				y = axis + 14 + 16*float64(i.marks(s, 0, s.w, x0, x1, axis))
			}
			y += 6
		}
	}
	s.h = y
}
