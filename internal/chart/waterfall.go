package chart

import (
	"fmt"
	"math"
)

// Waterfall shows how steps lead from one number to another, a floating bar a step.
type Waterfall struct {
	Made
	Parties Parties
	What    string // "Joint gain"
	Unit    string // "$bn a year"
	Fixed   string
	From    string // "what was possible"
	Start   float64
	Steps   []Change
	To      string // "what both sides got"
}

// Change is one step.
type Change struct {
	Label string
	Side  Side // whose doing
	By    float64
	Low   float64 // its interval; both 0: none
	High  float64
}

// Name implements Figure.
func (f *Waterfall) Name() string { return "waterfall" }

// Check implements Figure.
func (f *Waterfall) Check() error {
	if len(f.Steps) == 0 {
		return ErrEmpty
	}
	for _, st := range f.Steps {
		if math.IsNaN(st.By) || math.IsInf(st.By, 0) || st.Side > SecondSide {
			return fmt.Errorf("step %q: %v", st.Label, st.By)
		}
	}
	if math.IsNaN(f.Start) || math.IsInf(f.Start, 0) {
		return fmt.Errorf("start: %v", f.Start)
	}
	return nil
}

// ranged reports whether the change has an interval.
func (c *Change) ranged() bool { return c.Low != 0 || c.High != 0 }

func (f *Waterfall) end() float64 {
	v := f.Start
	for _, st := range f.Steps {
		v += st.By
	}
	return v
}

// Title implements Figure: from, to and the largest step.
func (f *Waterfall) Title() string {
	big := f.Steps[0]
	for _, st := range f.Steps {
		if math.Abs(st.By) > math.Abs(big.By) {
			big = st
		}
	}
	v := rounded(f.Start, f.end(), big.By)
	s := fmt.Sprintf("From %s to %s", amount(v[0], brief(f.Unit)), amount(v[1], f.Unit))
	if v[2] != 0 {
		s += fmt.Sprintf("; the largest step: %s, %s", lower(big.Label, f.Parties.names()...), signed(v[2]))
	}
	return s
}

// signed prints a change.
func signed(v float64) string {
	if v > 0 {
		return "+" + num(v)
	}
	return num(v)
}

// Subtitle implements Figure.
func (f *Waterfall) Subtitle() Rich {
	return Plain(fmt.Sprintf("%s, %s, step by step%s.", f.What, f.Unit, after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Waterfall) Alt() string {
	s := fmt.Sprintf("Waterfall. %s. Starts at %s (%s).", f.Title(), num(f.Start), f.From)
	for i, st := range f.Steps {
		if i == 5 {
			break
		}
		s += fmt.Sprintf(" %s %s.", st.Label, signed(rounded(st.By)[0]))
	}
	return s
}

// CSV implements Figure.
func (f *Waterfall) CSV() [][]string {
	rows := [][]string{{"step", "side", "change", "low", "high", "level"}, {f.From, "", "", "", "", raw(f.Start)}}
	v := f.Start
	for _, st := range f.Steps {
		v += st.By
		low, high := "", ""
		if st.ranged() {
			low, high = raw(st.Low), raw(st.High)
		}
		rows = append(rows, []string{st.Label, f.Parties.short(st.Side), raw(st.By), low, high, raw(v)})
	}
	return append(rows, []string{f.To, "", "", "", "", raw(v)})
}

func (f *Waterfall) draw(s *sheet) {
	lo, hi, v := min(0, f.Start), max(0, f.Start), f.Start
	for _, st := range f.Steps {
		v += st.By
		lo, hi = min(lo, v), max(hi, v)
	}
	if hi <= lo {
		hi = lo + 1
	}
	x0, x1, pitch, h := 230.0, s.w-60, 34.0, 18.0
	for k := range f.Steps {
		if f.Steps[k].ranged() && !s.narrow() {
			x1 = s.w - 150 // room for the intervals
		}
	}
	if s.narrow() {
		x0, x1, pitch = 4, s.w-52, 48
	}
	at := func(v float64) float64 { return x0 + (x1-x0)*(v-lo)/(hi-lo) }
	n := len(f.Steps) + 2
	bottom := pitch * float64(n)
	s.valueGrid(lo, hi, at, 0, bottom)
	row := func(k int, name string, a, b float64, colour Role, st style, value, interval string) {
		mid := pitch * (float64(k) + 0.5)
		if s.narrow() {
			s.text(0, mid-8, st.haloed(), st.fit(name, s.w-10))
			mid += 10
		} else {
			ls := st.upTo(2, name, x0-18)
			s.lines(0, mid+4.7-8*float64(len(ls)-1), 16, st, ls)
		}
		s.rect(min(at(a), at(b)), mid-h/2, max(math.Abs(at(b)-at(a)), 1.5), h, colour)
		x := max(at(a), at(b)) + 7
		s.textMid(x, mid, label.strong().haloed(), value)
		beside := x + label.strong().width(value) + 7
		if words := label.in(Text2).haloed(); beside+words.width(interval) <= s.w {
			s.textMid(beside, mid, words, interval)
		} else {
			s.textMid(min(at(a), at(b))-7, mid, words.at(right), interval)
		}
		if k < n-1 { // to the next bar
			next := pitch*(float64(k+1)+0.5) - h/2
			if s.narrow() {
				next += 10
			}
			s.rule(at(b), mid+h/2, at(b), next, 1, Grey3)
		}
	}
	row(0, upper(f.From), 0, f.Start, Grey4, label, num(rounded(f.Start)[0]), "")
	v = f.Start
	for k, st := range f.Steps {
		interval := ""
		if st.ranged() {
			r := rounded(st.Low, st.High)
			interval = "(" + signed(r[0]) + " to " + signed(r[1]) + ")"
		}
		colour, name := Text2, label
		if st.Side != Neither {
			colour, name = st.Side.Role(), label.in(st.Side.Role())
		}
		row(k+1, upper(st.Label), v, v+st.By, colour, name, signed(rounded(st.By)[0]), interval)
		v += st.By
	}
	row(n-1, upper(f.To), 0, v, Ink, label.strong(), num(rounded(v)[0]), "")
	s.h = bottom + 22
}
