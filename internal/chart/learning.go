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

// Learning shows how well models know something, by round on a logarithmic scale.
type Learning struct {
	Made
	What   string // "Correlation of the estimated with the true utility"
	Rounds int32  // of a talk
	Fixed  string
	Curves []LearningCurve
}

// LearningCurve is one model.
type LearningCurve struct {
	Label      string
	Round      []float64 // rising, >= 1
	At, Lo, Hi []float64 // -1 to 1
}

// Name implements Figure.
func (f *Learning) Name() string { return "learning" }

// Check implements Figure.
func (f *Learning) Check() error {
	if len(f.Curves) == 0 {
		return ErrEmpty
	}
	for _, c := range f.Curves {
		if len(c.Round) == 0 || len(c.At) != len(c.Round) || len(c.Lo) != len(c.Round) || len(c.Hi) != len(c.Round) {
			return fmt.Errorf("%s: %d values for %d rounds", c.Label, len(c.At), len(c.Round))
		}
		for k, r := range c.Round {
			if !(r >= 1) || k > 0 && r <= c.Round[k-1] || math.IsNaN(c.At[k]) || math.IsInf(c.At[k], 0) {
				return fmt.Errorf("%s: %v at round %v cannot be drawn", c.Label, c.At[k], r)
			}
		}
	}
	return nil
}

func (c *LearningCurve) last() float64 { return c.At[len(c.At)-1] }

// ranked are the curves, the highest at the end first.
func (f *Learning) ranked() []LearningCurve {
	out := append([]LearningCurve(nil), f.Curves...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].last() > out[j].last() })
	return out
}

// Title implements Figure: who knows most at the end, and if another did halfway, who.
func (f *Learning) Title() string {
	r := f.ranked()
	first := &r[0]
	if len(r) == 1 {
		return fmt.Sprintf("%s reaches a correlation of %.2f", upper(first.Label), first.last())
	}
	early, at := first, len(first.Round)/2
	for i := range r {
		if at < len(r[i].At) && r[i].At[at] > early.At[at] {
			early = &r[i]
		}
	}
	if early != first {
		return fmt.Sprintf("%s knows most in the end (%.2f), %s by round %s (%.2f)", upper(first.Label), first.last(), early.Label, num(first.Round[at]), early.At[at])
	}
	return fmt.Sprintf("%s knows most, %.2f in the end", upper(first.Label), first.last())
}

// Subtitle implements Figure.
func (f *Learning) Subtitle() Rich {
	return Plain(fmt.Sprintf("%s, by round of %s%s. Whiskers: 95%% interval over domains.", f.What, whole(int64(f.Rounds)), after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Learning) Alt() string {
	s := "Curves over rounds. " + f.Title() + "."
	for i, c := range f.ranked() {
		if i == 5 {
			break
		}
		s += fmt.Sprintf(" %s: %.2f in round %s, %.2f at the end.", c.Label, c.At[0], num(c.Round[0]), c.last())
	}
	return s
}

// CSV implements Figure.
func (f *Learning) CSV() [][]string {
	rows := [][]string{{"model", "round", "correlation", "lo_95", "hi_95"}}
	for _, c := range f.Curves {
		for k := range c.Round {
			rows = append(rows, []string{c.Label, raw(c.Round[k]), raw(c.At[k]), raw(c.Lo[k]), raw(c.Hi[k])})
		}
	}
	return rows
}

// dashes tell curves apart that share a colour.
var learningDashes = [][]vg.Length{nil, {7, 3}, {2, 3}, {9, 3, 2, 3}, {4, 2}, {1, 2}}

var learningRoles = []Role{Ink, First, Second, Text2, First, Second}

func (f *Learning) draw(s *sheet) {
	curves := f.ranked()
	long := 0.0
	for _, c := range curves {
		long = max(long, label.strong().width(c.Label+" 0.00"))
	}
	a := axes{rect: rect{34, 12, s.w - long - 14, 372}, ylo: 0, yhi: 1}
	if s.narrow() {
		a.rect = rect{30, 12, s.w - min(long, 130) - 10, 300}
	}
	hi := 1.0
	for _, c := range curves {
		hi = max(hi, c.Round[len(c.Round)-1])
		for k := range c.At {
			a.ylo = min(a.ylo, c.At[k])
		}
	}
	if a.ylo < 0 {
		a.ylo = math.Floor(a.ylo*5) / 5
	}
	a.xlo, a.xhi = 0, max(math.Log10(hi), 0.1)
	for _, v := range ticks(a.ylo, 1, 5) {
		s.text(a.x0-8, a.y(v)+4.3, tick.at(right), num(v))
		s.rule(a.x0, a.y(v), a.x1, a.y(v), 1, Grid)
	}
	for e := 0.0; e <= a.xhi+1e-9; e++ {
		s.rule(a.x(e), a.y1, a.x(e), a.y1+4, 1, Grey3)
		t := whole(int64(math.Round(math.Pow(10, e))))
		w := tick.width(t) / 2
		s.text(min(max(a.x(e), w), s.w-w), a.y1+18, tick.at(centre), t)
	}
	s.rule(a.x0, a.y1, a.x1, a.y1, 1, Grey3)
	s.text(a.x1, a.y1+36, label.in(Text2).at(right), "round")
	s.plot(a, func(ink func(Role) draw.LineStyle) ([]plot.Plotter, error) {
		var out []plot.Plotter
		for i, c := range curves {
			xys := make(plotter.XYs, len(c.Round))
			for k := range xys {
				xys[k] = plotter.XY{X: math.Log10(c.Round[k]), Y: c.At[k]}
			}
			if len(xys) < 2 {
				continue
			}
			l, err := plotter.NewLine(xys)
			if err != nil {
				return nil, err
			}
			l.LineStyle = ink(learningRoles[i%len(learningRoles)])
			l.Width, l.Dashes = 2, learningDashes[i%len(learningDashes)]
			out = append(out, l)
		}
		return out, nil
	})
	// Labels at the right, moved apart; whiskers at the end.
	y := make([]float64, len(curves))
	for i := range curves {
		y[i] = a.y(curves[i].last())
		if i > 0 {
			y[i] = max(y[i], y[i-1]+15)
		}
	}
	if n := len(y); n > 0 && y[n-1] > a.y1 {
		shift := y[n-1] - a.y1
		for i := n - 1; i >= 0 && shift > 0; i-- {
			y[i] -= shift
			if i > 0 {
				shift = max(0, y[i-1]+15-y[i])
			}
		}
	}
	for i, c := range curves {
		role := learningRoles[i%len(learningRoles)]
		n := len(c.At) - 1
		x := a.x(math.Log10(c.Round[n])) + 2 + 1.5*float64(i%3)
		s.rule(x, a.y(max(c.Lo[n], a.ylo)), x, a.y(min(c.Hi[n], 1)), 1.2, role)
		st := label.strong().in(Span{Role: role}.text())
		s.textMid(a.x1+12, y[i], st, st.fit(fmt.Sprintf("%.2f %s", c.last(), c.Label), s.w-a.x1-12))
	}
	s.h = a.y1 + 40
}
