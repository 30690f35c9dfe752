package chart

import (
	"fmt"
	"math"
	"slices"
)

// Models shows the main answers under each trade model, all else equal: a dot plot, a row an answer.
type Models struct {
	Made
	Parties Parties
	Names   []string // of the models, the main one first
	Runs    int64    // talks a model
	Rows    []Answer
	Noise   string // "noise smaller than the dots"; may be empty
}

// Answer is one result under every model.
type Answer struct {
	Label  string // "Lasting deals"
	Unit   string // "in 100 talks"
	Side   Side   // whose, for its colour
	Lo, Hi float64
	Values []float64 // one a model; NaN where a model gives none
}

// Name implements Figure.
func (f *Models) Name() string { return "models" }

// Check implements Figure.
func (f *Models) Check() error {
	if len(f.Names) < 2 || len(f.Rows) == 0 {
		return ErrEmpty
	}
	for _, r := range f.Rows {
		if len(r.Values) != len(f.Names) {
			return fmt.Errorf("%s: %d values for %d models", r.Label, len(r.Values), len(f.Names))
		}
		if !(r.Hi > r.Lo) {
			return fmt.Errorf("%s: from %v to %v", r.Label, r.Lo, r.Hi)
		}
	}
	return nil
}

// gap is how far the models are apart, as a share of the row's range.
func (r *Answer) gap() float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range r.Values {
		if !math.IsNaN(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if hi < lo {
		return 0
	}
	return (hi - lo) / (r.Hi - r.Lo)
}

// Title implements Figure: what the models agree on and what not, if one answer is at least three
// times as far apart as another.
func (f *Models) Title() string {
	near, far := &f.Rows[0], &f.Rows[0]
	for i := range f.Rows {
		if r := &f.Rows[i]; r.gap() < near.gap() {
			near = r
		} else if r.gap() > far.gap() {
			far = r
		}
	}
	names := f.Parties.names()
	switch {
	case far.gap() < 0.03:
		return "The trade models agree on every main answer"
	case near.gap() < 0.1 && far.gap() >= 3*near.gap() && far.gap() >= 0.1:
		return fmt.Sprintf("The trade models agree on %s and disagree on %s", lower(near.Label, names...), lower(far.Label, names...))
	}
	return fmt.Sprintf("The trade models differ most on %s: %s to %s", lower(far.Label, names...), num(minOf(far.Values)), num(maxOf(far.Values)))
}

func minOf(v []float64) float64 {
	m := math.Inf(1)
	for _, x := range v {
		if x < m {
			m = x
		}
	}
	return m
}

func maxOf(v []float64) float64 {
	m := math.Inf(-1)
	for _, x := range v {
		if x > m {
			m = x
		}
	}
	return m
}

// Subtitle implements Figure.
func (f *Models) Subtitle() Rich {
	return Plain(fmt.Sprintf("Main answers under each trade model; all else equal%s. %s talks a model, the same seeds%s.", f.agreed(), sample(f.Runs), after("; ", f.Noise)))
}

// agreed explains the single marks, if there are any.
func (f *Models) agreed() string {
	for i := range f.Rows {
		if f.Rows[i].gap() == 0 {
			return ", one mark where models agree"
		}
	}
	return ""
}

// Alt implements Figure.
func (f *Models) Alt() string {
	s := "Dot plot. " + f.Title() + "."
	for i, r := range f.Rows {
		if i == 4 {
			break
		}
		s += " " + r.Label + ":"
		for k, v := range r.Values {
			s += fmt.Sprintf(" %s %s,", f.Names[k], num(v))
		}
		s = s[:len(s)-1] + "."
	}
	return s
}

// CSV implements Figure.
func (f *Models) CSV() [][]string {
	rows := [][]string{append([]string{"answer", "unit"}, f.Names...)}
	for _, r := range f.Rows {
		row := []string{r.Label, r.Unit}
		for _, v := range r.Values {
			row = append(row, raw(v))
		}
		rows = append(rows, row)
	}
	return rows
}

// glyph draws the mark of the k-th model: a disc for the main one, then hollow shapes.
func (s *sheet) glyph(k int, x, y float64, r Role) {
	switch k {
	case 0:
		s.disc(x, y, 8, BG)
		s.disc(x, y, 6.5, r)
	case 1:
		s.square(x, y, 5.5, 2.2, BG, r)
	case 2:
		s.diamond(x, y, 6.8, 2.2, BG, r)
	case 3:
		s.ring(x, y, 5.5, 2.2, r)
	case 4:
		s.disc(x, y, 5, BG)
		s.rule(x-4.5, y-4.5, x+4.5, y+4.5, 2.4, r)
		s.rule(x-4.5, y+4.5, x+4.5, y-4.5, 2.4, r)
	default:
		s.disc(x, y, 5, BG)
		s.rule(x-6, y, x+6, y, 2.4, r)
		s.rule(x, y+6, x, y-6, 2.4, r)
	}
}

func (f *Models) draw(s *sheet) {
	x0, x1, pitch := 276.0, s.w-40, 58.0
	top := 44.0
	if s.narrow() {
		x0, x1, pitch, top = 34, s.w-44, 94, 0
		y := 12.0
		for k, n := range f.Names { // the marks, one a line
			s.glyph(k, 8, y-4, Ink)
			st := label
			if k == 0 {
				st, n = st.strong(), n+" (main)"
			}
			s.text(24, y, st, st.fit(n, s.w-24))
			y += 18
		}
		top = y + 2
	}
	for i, r := range f.Rows {
		mid := top + pitch*float64(i) + 16
		name, colour := label.strong(), Ink
		if r.Side != Neither {
			name, colour = name.in(r.Side.Role()), r.Side.Role()
		}
		if s.narrow() {
			mid += 32
			w := s.text(0, mid-36, name, name.fit(r.Label, s.w*0.62))
			s.text(w+6, mid-36, label.in(Text2), label.fit(r.Unit, s.w-w-6))
		} else {
			s.text(0, mid-1, name, name.fit(r.Label, x0-50))
			s.text(0, mid+15, label.in(Text2), label.fit(r.Unit, x0-50))
		}
		f.row(s, r, x0, x1, mid, colour, i == 0)
		if i == 0 && !s.narrow() {
			f.key(s, r, x0, x1, mid)
		}
	}
	s.h = top + pitch*float64(len(f.Rows)) - 8
}

// row draws one answer; marks closer than 12 px are lifted. Marks of the same answer are one, but in the
// row that names the models.
func (f *Models) row(s *sheet, r Answer, x0, x1, mid float64, colour Role, all bool) {
	at := func(v float64) float64 { return x0 + (x1-x0)*(min(max(v, r.Lo), r.Hi)-r.Lo)/(r.Hi-r.Lo) }
	s.text(x0-10, mid+4.3, tick.at(right), num(r.Lo))
	s.text(x1+10, mid+4.3, tick, num(r.Hi))
	s.rule(x0, mid, x1, mid, 1, Grey3)
	s.rect(at(minOf(r.Values)), mid-2.5, at(maxOf(r.Values))-at(minOf(r.Values)), 5, Grey4)
	if r.Lo < 0 && r.Hi > 0 {
		s.rule(at(0), mid-7, at(0), mid+7, 1.2, Grey3)
		clear := true
		for _, v := range r.Values {
			clear = clear && math.Abs(at(v)-at(0)) > 34
		}
		if clear {
			s.text(at(0), mid+23, label.in(Text2).at(centre), "0")
		}
	}
	r.Values = slices.Clone(r.Values)
	for k := range r.Values {
		for j := range k {
			if !all && num(r.Values[j]) == num(r.Values[k]) {
				r.Values[k] = math.NaN()
			}
		}
	}
	lift := f.lifts(r, at)
	step := lifted(lift)
	for k := len(r.Values) - 1; k >= 0; k-- { // the main model on top
		if v := r.Values[k]; !math.IsNaN(v) && (k == 0 || r.gap() > 0) {
			s.glyph(k, at(v), mid-step*float64(lift[k]), colour)
		}
	}
	var want, size []float64
	var which []int
	said := map[string]bool{}
	for k, v := range r.Values {
		if t := num(v); !math.IsNaN(v) && !said[t] {
			said[t] = true
			st := label
			if k == 0 {
				st = label.strong()
			}
			want, size, which = append(want, at(v)), append(size, st.width(t)), append(which, k)
		}
	}
	for i, c := range spread(want, size, 0, s.w, 6) {
		k := which[i]
		st := label.in(Text2)
		if k == 0 {
			st = label.strong().in(colour)
		}
		s.text(c, mid+23, st.at(centre).haloed(), num(r.Values[k]))
	}
}

// lifted is the height of a step: the highest mark stays within its row.
func lifted(lift []int) float64 {
	most := 1
	for _, l := range lift {
		most = max(most, l)
	}
	return min(14, 36/float64(most))
}

// lifts is how many steps each mark is raised so that none hides another; the main one stays.
func (f *Models) lifts(r Answer, at func(float64) float64) []int {
	lift := make([]int, len(r.Values))
	for k := 1; k < len(r.Values); k++ {
		for again := true; again; {
			again = false
			for j := range k {
				if !math.IsNaN(r.Values[j]) && lift[j] == lift[k] && math.Abs(at(r.Values[j])-at(r.Values[k])) < 15 {
					lift[k]++
					again = true
				}
			}
		}
	}
	return lift
}

// key names the models above the first row.
func (f *Models) key(s *sheet, r Answer, x0, x1, mid float64) {
	at := func(v float64) float64 { return x0 + (x1-x0)*(min(max(v, r.Lo), r.Hi)-r.Lo)/(r.Hi-r.Lo) }
	lift := f.lifts(r, at)
	var want, size []float64
	var which []int
	names := make([]string, len(f.Names))
	for k, n := range f.Names {
		names[k] = n
		if k == 0 {
			names[k] += " (main)"
		}
		if !math.IsNaN(r.Values[k]) {
			st := label
			if k == 0 {
				st = st.strong()
			}
			want, size, which = append(want, at(r.Values[k])), append(size, st.width(names[k])), append(which, k)
		}
	}
	for i, c := range spread(want, size, 0, s.w, 16) {
		k := which[i]
		st := label.in(Text2)
		if k == 0 {
			st = label.strong()
		}
		s.text(c, mid-44, st.at(centre), names[k])
		s.rule(c, mid-39, at(r.Values[k]), mid-lifted(lift)*float64(lift[k])-10, 1, Grey3)
	}
}
