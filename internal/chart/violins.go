package chart

import (
	"fmt"
	"math"
	"strings"
)

// Violins shows how a worth is spread in each of several groups.
type Violins struct {
	Made
	Parties Parties
	What    string   // "Worth over no deal"
	Unit    string   // "$bn a year"
	Groups  []Violin // top to bottom
	Fixed   string
}

// Violin is one group's distribution.
type Violin struct {
	Label          string // what it has in common: "boulware"; empty: all of the side's
	Side           Side
	N              int64
	Low, Mid, High float64 // 10th, 50th and 90th of 100
	Bins           []Bin   // density: values ascending, equally spaced
}

// Name implements Figure.
func (f *Violins) Name() string { return "violins" }

// Check implements Figure.
func (f *Violins) Check() error {
	if len(f.Groups) == 0 {
		return ErrEmpty
	}
	for _, g := range f.Groups {
		if !(g.Low <= g.Mid && g.Mid <= g.High) || g.Side > SecondSide {
			return fmt.Errorf("group %q: 10th, 50th and 90th of 100 are %v, %v, %v, not ascending", g.Label, g.Low, g.Mid, g.High)
		}
		for i, b := range g.Bins {
			if i > 0 && b.At <= g.Bins[i-1].At || b.Share < 0 {
				return fmt.Errorf("group %q: bin %v: values must ascend and shares not be negative", g.Label, b.At)
			}
		}
	}
	return nil
}

// Title implements Figure: the side whose groups differ most, if their middles differ by a twentieth
// of what is drawn.
func (f *Violins) Title() string {
	lo, hi := f.reach()
	var best, worst *Violin
	for _, side := range []Side{FirstSide, SecondSide, Neither} {
		var a, b *Violin
		for i := range f.Groups {
			g := &f.Groups[i]
			if g.Side != side {
				continue
			}
			if a == nil || g.Mid < a.Mid {
				a = g
			}
			if b == nil || g.Mid > b.Mid {
				b = g
			}
		}
		if a != nil && (best == nil || b.Mid-a.Mid > best.Mid-worst.Mid) {
			best, worst = b, a
		}
	}
	if best.Mid-worst.Mid >= (hi-lo)/20 && best.Mid > worst.Mid && best.Side != Neither {
		v := rounded(best.Mid, worst.Mid)
		return fmt.Sprintf("%s most with %s: %s in the middle, %s with %s", upper(f.Parties.gets(best.Side)), best.Label,
			amount(v[0], f.Unit), amount(v[1], brief(f.Unit)), worst.Label)
	}
	return f.What + ", group by group"
}

// rounded rounds worths together: to whole numbers if one of them has two digits, else to hundredths.
func rounded(vs ...float64) []float64 {
	k := 100.0
	for _, v := range vs {
		if math.Abs(v) >= 9.5 {
			k = 1
		}
	}
	out := make([]float64, len(vs))
	for i, v := range vs {
		out[i] = math.Round(v*k) / k
	}
	return out
}

// brief is a unit without its "a year", for the second amount of a sentence.
func brief(unit string) string { return strings.TrimSuffix(unit, " a year") }

// name is the group with its side: "US, boulware".
func (f *Violins) name(g *Violin) string {
	switch {
	case g.Side == Neither:
		return g.Label
	case g.Label == "":
		return f.Parties.short(g.Side)
	}
	return f.Parties.short(g.Side) + ", " + g.Label
}

// Subtitle implements Figure.
func (f *Violins) Subtitle() Rich {
	var n int64
	for _, g := range f.Groups {
		n = max(n, g.N)
	}
	return Plain(fmt.Sprintf("%s. Width = how often; bar = 8 in 10; tick = middle. At most %s a group%s.", withUnit(f.What, f.Unit), sample(n), after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Violins) Alt() string {
	s := "Violin plots. " + f.Title() + "."
	for i, g := range f.Groups {
		if i == 5 {
			break
		}
		s += fmt.Sprintf(" %s: middle %s, 8 in 10 between %s and %s.", f.name(&g), num(g.Mid), num(g.Low), num(g.High))
	}
	return s
}

// CSV implements Figure.
func (f *Violins) CSV() [][]string {
	rows := [][]string{{"group", "side", "n", "what", "value", "number"}}
	for _, g := range f.Groups {
		add := func(what, value string, v float64) {
			rows = append(rows, []string{f.name(&g), f.Parties.short(g.Side), fmt.Sprint(g.N), what, value, raw(v)})
		}
		add("10th_of_100", "", g.Low)
		add("middle", "", g.Mid)
		add("90th_of_100", "", g.High)
		for _, b := range g.Bins {
			add("density", raw(b.At), b.Share)
		}
	}
	return rows
}

// reach is the range of all that is drawn.
func (f *Violins) reach() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, g := range f.Groups {
		lo, hi = min(lo, g.Low), max(hi, g.High)
		for _, b := range g.Bins {
			if b.Share > 0 {
				lo, hi = min(lo, b.At), max(hi, b.At)
			}
		}
	}
	if hi <= lo {
		lo, hi = lo-1, hi+1
	}
	return lo, hi
}

func (f *Violins) draw(s *sheet) {
	lo, hi := f.reach()
	x0, x1, pitch := 206.0, s.w-140, 50.0
	if s.narrow() {
		x0, x1, pitch = 6, s.w-6, 82
	}
	at := func(v float64) float64 { return x0 + (v-lo)/(hi-lo)*(x1-x0) }
	name := label
	names := make([][]string, len(f.Groups))
	for i := range f.Groups {
		if !s.narrow() {
			names[i] = name.balance(f.name(&f.Groups[i]), x0-20)
			pitch = max(pitch, 16*float64(len(names[i]))+10)
		}
	}
	top := 18.0
	if s.narrow() {
		top = 0
	}
	bottom := top + pitch*float64(len(f.Groups))
	s.valueGrid(lo, hi, at, top, bottom)
	if !s.narrow() {
		s.text(s.w-88, 12, tick.at(right), "middle")
		s.text(s.w, 12, tick.at(right), "8 in 10")
	}
	for i, g := range f.Groups {
		mid := top + pitch*(float64(i)+0.5)
		name := label.in(g.Side.Text())
		if g.Side == Neither {
			name = label
		}
		r := rounded(g.Low, g.Mid, g.High)
		vals := []string{num(r[1]), between(r[0], r[2])}
		if s.narrow() {
			y := mid - 26
			w := s.text(0, y, name.haloed(), name.fit(f.name(&g), s.w*0.5))
			s.rich(w+10, y, s.w-w-10, 16, label.in(Text2).haloed(), Rich{{Text: vals[0], Bold: true, Role: Ink}, {Text: ", 8 in 10 from " + vals[1]}})
			mid += 6
		} else {
			s.lines(0, mid+4.7-8*float64(len(names[i])-1), 16, name, names[i])
			s.textMid(s.w-88, mid, label.strong().at(right), vals[0])
			s.textMid(s.w, mid, label.in(Text2).at(right), vals[1])
		}
		f.violin(s, g, at, mid)
	}
	s.h = bottom + 22
}

// violin draws one distribution about a horizontal line.
func (f *Violins) violin(s *sheet, g Violin, at func(float64) float64, mid float64) {
	peak := 0.0
	for _, b := range g.Bins {
		peak = max(peak, b.Share)
	}
	if peak > 0 {
		var up, down []pt
		for _, b := range g.Bins {
			h := 17 * b.Share / peak
			up = append(up, pt{at(b.At), mid - h})
			down = append(down, pt{at(b.At), mid + h})
		}
		for i := len(down) - 1; i >= 0; i-- {
			up = append(up, down[i])
		}
		tint := g.Side.Tint()
		if g.Side == Neither {
			tint = Grey4
		}
		s.area(tint, up...)
	}
	s.rect(at(g.Low), mid-3, max(at(g.High)-at(g.Low), 2), 6, g.Side.Role())
	s.rect(at(g.Mid)-3.5, mid-10, 7, 20, BG)
	s.rect(at(g.Mid)-1.5, mid-9, 3, 18, Ink)
}

// valueGrid draws vertical grid lines with their ticks below, and a stronger one at zero.
func (s *sheet) valueGrid(lo, hi float64, at func(float64) float64, top, bottom float64) {
	n := 7
	if s.narrow() {
		n = 4
	}
	for _, v := range ticks(lo, hi, n) {
		role := Grid
		if v == 0 && lo < 0 {
			role = Grey3
		}
		s.rule(at(v), top, at(v), bottom, 1, role)
		w := tick.width(num(v)) / 2
		s.text(min(max(at(v), w), s.w-w), bottom+16, tick.at(centre), num(v))
	}
}
