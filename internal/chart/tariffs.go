package chart

import (
	"fmt"
	"math"
)

// Tariffs shows the tariffs in force over the time of the talks: for each that may be raised, where it
// stands in the middle of all talks and in 8 of 10 of them, and in one talk, with what happened there.
type Tariffs struct {
	Made
	Parties Parties
	Runs    int64
	Fixed   string
	Raised  float64 // of 100 talks, those in which somebody raised a tariff
	Backed  float64 // of 100 talks, those in which somebody backed down from a threat
	Days    []float64
	Fans    []Fan
	Dates   []Mark // days worth a line: the summit
	Axis    []Mark // days worth a tick, with their dates; where there are none, days are rounds
	Told    string // what the one talk is: "run 17, signed on 18 Jan"; may be empty
}

// Fan is one tariff. Low, Mid, High and One have a value for each day, which holds until the next.
type Fan struct {
	Side           Side
	Label, Unit    string
	Now            float64
	Low, Mid, High []float64
	One            []float64 // in the one talk; may be empty
	Events         []Happening
}

// Happening is something that happened in the one talk.
type Happening struct {
	Day   float64
	Text  string // "carried out"
	Ring  bool   // a threat, not yet a deed
	Level float64
}

// Name implements Figure.
func (f *Tariffs) Name() string { return "tariffs" }

// Check implements Figure.
func (f *Tariffs) Check() error {
	if len(f.Fans) == 0 || len(f.Days) < 2 || f.Runs == 0 {
		return ErrEmpty
	}
	for k, d := range f.Days {
		if math.IsNaN(d) || math.IsInf(d, 0) || k > 0 && d <= f.Days[k-1] {
			return fmt.Errorf("day %d, %v, does not follow the one before", k, d)
		}
	}
	for _, fan := range f.Fans {
		n := len(f.Days)
		if len(fan.Low) != n || len(fan.Mid) != n || len(fan.High) != n || len(fan.One) != n && len(fan.One) != 0 {
			return fmt.Errorf("%s: not a value for each of %d days", fan.Label, n)
		}
		for k := range fan.Mid {
			if !(fan.Low[k] <= fan.Mid[k] && fan.Mid[k] <= fan.High[k]) || math.IsInf(fan.High[k]-fan.Low[k], 0) {
				return fmt.Errorf("%s, day %v: 10th, 50th and 90th of 100 are %v, %v, %v: not ascending", fan.Label, f.Days[k], fan.Low[k], fan.Mid[k], fan.High[k])
			}
		}
	}
	return nil
}

// Title implements Figure.
func (f *Tariffs) Title() string {
	switch {
	case f.Raised < 0.5 && f.Backed < 0.5:
		return "No tariff is raised while they talk"
	case f.Backed < 0.5:
		return fmt.Sprintf("In %s of 100 talks a tariff is raised before they end", of100(f.Raised))
	case f.Raised < 0.5:
		return fmt.Sprintf("In %s of 100 talks a side backs down from a threat; none is carried out", of100(f.Backed))
	}
	return fmt.Sprintf("In %s of 100 talks a tariff is raised before they end, in %s a side backs down from a threat", of100(f.Raised), of100(f.Backed))
}

// Subtitle implements Figure.
func (f *Tariffs) Subtitle() Rich {
	r := Rich{
		{Text: "Tariffs in force, talks that have ended included: what was signed, or what no deal led to. Line = middle, area = 8 in 10 of " + whole(f.Runs) + " talks" + after("; ", f.Fixed) + "."},
	}
	if f.Told != "" {
		r = append(r, Span{Text: "\n"}, Span{Text: "One talk: ", Bold: true, Role: Ink}, Span{Text: f.Told + "."})
	}
	return r
}

// Alt implements Figure.
func (f *Tariffs) Alt() string {
	s := "Fan chart of tariffs by date. " + f.Title() + "."
	for _, fan := range f.Fans {
		k := len(fan.Mid) - 1
		s += fmt.Sprintf(" %s: today %s; in the end middle %s, 8 in 10 between %s and %s.", fan.Label, amount(fan.Now, fan.Unit), num(fan.Mid[k]), num(fan.Low[k]), num(fan.High[k]))
	}
	return s
}

// CSV implements Figure.
func (f *Tariffs) CSV() [][]string {
	rows := [][]string{{"tariff", "day", "10th_of_100", "middle", "90th_of_100", "one_talk"}}
	for _, fan := range f.Fans {
		for k, d := range f.Days {
			one := ""
			if len(fan.One) > 0 {
				one = raw(fan.One[k])
			}
			rows = append(rows, []string{fan.Label, raw(d), raw(fan.Low[k]), raw(fan.Mid[k]), raw(fan.High[k]), one})
		}
	}
	return rows
}

// reach is the range of a fan's axis, with room above for words.
func (f *Fan) reach() (lo, hi float64) {
	lo, hi = f.Now, f.Now
	for k := range f.Mid {
		lo, hi = min(lo, f.Low[k]), max(hi, f.High[k])
	}
	for _, v := range f.One {
		lo, hi = min(lo, v), max(hi, v)
	}
	if lo >= 0 {
		lo = 0
	}
	if hi == lo {
		hi = lo + 1
	}
	return lo, hi + (hi-lo)*0.12
}

// steps is a line that holds each value until the next day.
func steps(a axes, days, v []float64) (out []pt) {
	for k, d := range days {
		if k > 0 {
			out = append(out, a.at(d, v[k-1]))
		}
		out = append(out, a.at(d, v[k]))
	}
	return out
}

func (f *Tariffs) draw(s *sheet) {
	h, y := 168.0, 0.0
	x0, x1 := 40.0, s.w-12
	if s.narrow() {
		h, x0, x1 = 140, 32, s.w-6
	}
	last := f.Days[len(f.Days)-1]
	for k := range f.Fans {
		fan := &f.Fans[k]
		s.text(0, y+13, label.strong().in(fan.Side.Text()), label.strong().fit(withUnit(fan.Label, fan.Unit), s.w))
		lo, hi := fan.reach()
		a := axes{rect{x0, y + 26, x1, y + 26 + h}, f.Days[0], last, lo, hi}
		f.fan(s, a, fan)
		y = a.y1 + 14
		if k == len(f.Fans)-1 {
			f.axis(s, a)
			y = a.y1 + 40
		}
	}
	s.h = y
}

// axis writes the dates under the last panel.
func (f *Tariffs) axis(s *sheet, a axes) {
	end := -math.MaxFloat64
	marks := f.Axis
	if len(marks) == 0 {
		for _, v := range ticks(a.xlo, a.xhi, 6) {
			if v >= a.xlo && v <= a.xhi {
				marks = append(marks, Mark{At: v, Label: num(v)})
			}
		}
	}
	for _, m := range marks {
		w := tick.width(m.Label) / 2
		c := min(max(a.x(m.At), w), s.w-w)
		if c-w < end+10 {
			continue
		}
		s.rule(a.x(m.At), a.y1, a.x(m.At), a.y1+4, 1, Grey3)
		s.text(c, a.y1+18, tick.at(centre), m.Label)
		end = c + w
	}
	if len(f.Axis) == 0 {
		s.text(a.x1, a.y1+34, label.in(Text2).at(right), "round")
	}
}

// fan draws one tariff.
func (f *Tariffs) fan(s *sheet, a axes, fan *Fan) {
	var ring []pt
	ring = append(ring, steps(a, f.Days, fan.High)...)
	under := steps(a, f.Days, fan.Low)
	for k := len(under) - 1; k >= 0; k-- {
		ring = append(ring, under[k])
	}
	s.area(fan.Side.Tint(), ring...)
	n := 4
	if s.narrow() {
		n = 3
	}
	for _, v := range ticks(a.ylo, a.yhi, n) {
		if v < a.ylo || v > a.yhi {
			continue
		}
		s.rule(a.x0, a.y(v), a.x1, a.y(v), 1, Grid)
		s.text(a.x0-6, a.y(v)+4.3, tick.at(right), num(v))
	}
	s.rule(a.x0, a.y1, a.x1, a.y1, 1, Grey3)
	s.line(Grey3, 1.2, []float64{2, 3}, a.at(a.xlo, fan.Now), a.at(a.xhi, fan.Now))
	for _, d := range f.Dates {
		if d.At <= a.xlo || d.At >= a.xhi {
			continue
		}
		s.rule(a.x(d.At), a.y0, a.x(d.At), a.y1, 1.2, Text2)
		st, x := tick.haloed(), a.x(d.At)-5
		if w := st.width(d.Label); x-w < a.x0 {
			s.text(a.x(d.At)+5, a.y0+10, st, d.Label)
		} else {
			s.text(x, a.y0+10, st.at(right), d.Label)
		}
	}
	dash := []float64(nil)
	if fan.Side == SecondSide {
		dash = []float64{7, 4}
	}
	s.line(fan.Side.Role(), 2.4, dash, steps(a, f.Days, fan.Mid)...)
	if len(fan.One) > 0 {
		s.line(Ink, 1.4, nil, steps(a, f.Days, fan.One)...)
	}
	f.happenings(s, a, fan)
}

// happenings marks what happened in the one talk: a ring for a threat, a disc for a deed, words beside them
// where there is room.
func (f *Tariffs) happenings(s *sheet, a axes, fan *Fan) {
	p := &placer{bounds: rect{a.x0 + 2, a.y0 + 14, a.x1, a.y1}}
	for k := range f.Days {
		if len(fan.One) > 0 && k > 0 {
			p.line(a.at(f.Days[k-1], fan.One[k-1]), a.at(f.Days[k], fan.One[k-1]), a.at(f.Days[k], fan.One[k]))
		}
	}
	for _, d := range f.Dates {
		if d.At > a.xlo && d.At < a.xhi {
			p.line(pt{a.x(d.At), a.y0}, pt{a.x(d.At), a.y1})
		}
	}
	for _, e := range fan.Events {
		p.mark(a.at(e.Day, e.Level), 5)
	}
	for _, e := range fan.Events {
		at := a.at(e.Day, e.Level)
		if e.Ring {
			s.ring(at.x, at.y, 4, 1.6, Ink)
		} else {
			s.disc(at.x, at.y, 4.2, Ink)
		}
	}
	for _, e := range fan.Events {
		at := a.at(e.Day, e.Level)
		w := tick.width(e.Text)
		if b, ok := p.find(at, w+4, 15, 26); ok {
			s.text(b.x0+2, b.y1-3.5, tick.in(Ink).haloed(), e.Text)
			p.take(b, at)
		}
	}
}
