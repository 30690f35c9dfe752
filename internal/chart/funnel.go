package chart

import (
	"fmt"
	"math"
	"strings"
)

// Funnel shows where 100 talks go: how many are left after each step, and to what the others were
// lost.
type Funnel struct {
	Made
	Parties Parties
	Success Success
	Runs    int64   // talks behind it, errors left out
	Fixed   string  // what was fixed: "every number in the scenario drawn, none fixed"
	Steps   []Step  // in order; the first is all talks, the last is success
	Low     float64 // least of the last step over models and strategies, of 100
	High    float64 // most; Low = High = 0 if there is no range
	Across  string  // what the range runs over: "models and strategies"
	Noise   float64 // half the 95% interval of the last step, in talks of 100; 0 if unknown
}

// Step is one stage of the way to a deal.
type Step struct {
	Label  string  // "a deal is possible"
	Left   float64 // talks still in after it, of 100
	Lost   string  // what became of those lost at it: "never possible"
	Causes []Cause // of the loss; their sum is the previous step's Left less this one's
}

// Cause is why some talks were lost at a step.
type Cause struct {
	Label string  // "US red lines"
	Side  Side    // whose doing
	Of100 float64 // talks of 100
	Parts []Part  // the same, split further; may be empty
}

// Part is a piece of a cause, or of a whole.
type Part struct {
	Label string
	Of100 float64
}

// Name implements Figure.
func (f *Funnel) Name() string { return "funnel" }

// Check implements Figure.
func (f *Funnel) Check() error {
	if len(f.Steps) < 2 {
		return ErrEmpty
	}
	if err := f.Success.check(); err != nil {
		return err
	}
	before := 100.0
	for _, st := range f.Steps {
		if !(st.Left >= 0 && st.Left <= before+1e-9) {
			return fmt.Errorf("step %q: %v talks of 100 left, of %v before it", st.Label, st.Left, before)
		}
		before = st.Left
		for _, c := range st.Causes {
			if !(c.Of100 >= 0 && c.Of100 <= 100) || c.Side > SecondSide {
				return fmt.Errorf("step %q, cause %q: %v talks of 100 is not within 0 to 100", st.Label, c.Label, c.Of100)
			}
		}
	}
	return nil
}

// last is what is left in the end.
func (f *Funnel) last() float64 { return f.Steps[len(f.Steps)-1].Left }

// lost is what a side stopped, of 100.
func (f *Funnel) lost(side Side) float64 {
	sum := 0.0
	for _, st := range f.Steps {
		for _, c := range st.Causes {
			if c.Side == side {
				sum += c.Of100
			}
		}
	}
	return sum
}

// Largest is the cause that stops most, with its number as the figure prints it.
func (f *Funnel) Largest() (c Cause) {
	for i := range f.Steps {
		for _, q := range f.causes(i) {
			if q.Of100 > c.Of100 {
				c = q
			}
		}
	}
	return c
}

// Title implements Figure. The sides are named when together they stop at least as many as neither
// does; else the largest single cause is.
func (f *Funnel) Title() string {
	s := of100(f.last())
	verb := "end"
	if s == "1" {
		verb = "ends"
	}
	if f.last() == 0 {
		s, verb = "none", "ends"
	}
	head := fmt.Sprintf("Of 100 talks, %s %s in %s", s, verb, f.Success.End())
	a, b, c := f.lost(FirstSide), f.lost(SecondSide), f.Largest()
	switch {
	case a+b >= f.lost(Neither) && a >= 0.5 && b >= 0.5:
		return head + fmt.Sprintf("; %s side stops %s, %s %s", f.Parties.Whose(FirstSide), of100(a), f.Parties.Whose(SecondSide), of100(b))
	case a+b >= f.lost(Neither) && a >= 0.5:
		return head + fmt.Sprintf("; %s side stops %s", f.Parties.Whose(FirstSide), of100(a))
	case a+b >= f.lost(Neither) && b >= 0.5:
		return head + fmt.Sprintf("; %s side stops %s", f.Parties.Whose(SecondSide), of100(b))
	case c.Of100 >= 0.5:
		return head + fmt.Sprintf("; the largest loss: %s, %s", lower(c.Label, f.Parties.names()...), of100(c.Of100))
	}
	return head
}

// Subtitle implements Figure.
func (f *Funnel) Subtitle() Rich {
	r := Rich{{Text: "Talks out of 100. " + whole(f.Runs) + " talks" + after("; ", f.Fixed) + "."}, {Text: "\n"}, {Text: "Lost to"}}
	for _, s := range []Side{FirstSide, SecondSide} {
		r = append(r, Span{Text: f.Parties.Whose(s) + " side", Role: s.Role(), Bold: true, Swatch: true}, Span{Text: "  "})
	}
	return append(r, Span{Text: "neither side alone", Role: Grey3, Bold: true, Swatch: true})
}

// Alt implements Figure.
func (f *Funnel) Alt() string {
	var steps []string
	for _, st := range f.Steps[1:] {
		steps = append(steps, fmt.Sprintf("%s %s", lower(st.Label, f.Parties.names()...), of100(st.Left)))
	}
	s := fmt.Sprintf("Funnel. %s. Talks left of 100: %s.", f.Title(), strings.Join(steps, ", "))
	if f.ranged() {
		s += fmt.Sprintf(" The last is %s across %s.", between(f.Low, f.High), f.Across)
	}
	return s
}

// CSV implements Figure.
func (f *Funnel) CSV() [][]string {
	rows := [][]string{{"step", "left_of_100", "lost_of_100", "lost_as", "cause", "side", "part", "of_100"}}
	before := 100.0
	for _, st := range f.Steps {
		rows = append(rows, []string{st.Label, raw(st.Left), raw(before - st.Left), st.Lost, "", "", "", ""})
		for _, c := range st.Causes {
			rows = append(rows, []string{st.Label, "", "", st.Lost, c.Label, f.Parties.short(c.Side), "", raw(c.Of100)})
			for _, p := range c.Parts {
				rows = append(rows, []string{st.Label, "", "", st.Lost, c.Label, f.Parties.short(c.Side), p.Label, raw(p.Of100)})
			}
		}
		before = st.Left
	}
	return rows
}

func (f *Funnel) ranged() bool { return f.High > f.Low }

// rangeLines says the range of the last step in words.
func (f *Funnel) rangeLines() []string {
	var s string
	if f.ranged() {
		s = of100(f.Low) + " to " + of100(f.High) + " across " + f.Across
	}
	if f.Noise >= 0.05 {
		s += after("; ", "noise "+num(math.Round(10*f.Noise)/10))
	}
	return strings.Split(strings.TrimPrefix(s, "; "), "\n")
}

// causeText is a cause in words with its numbers: "US red lines 11: Taiwan 9, chips 2". Causes and
// parts under half a talk of 100 are gathered.
func causeText(c Cause) string {
	s := c.Label + " " + of100(c.Of100)
	var parts []string
	for _, p := range c.Parts {
		if p.Of100 >= 0.5 {
			parts = append(parts, p.Label+" "+of100(p.Of100))
		}
	}
	if len(parts) == 1 && len(c.Parts) > 1 {
		return s + ", mostly " + strings.TrimSuffix(parts[0], " "+of100(largestPart(c.Parts)))
	}
	if len(parts) > 0 {
		s += ": " + strings.Join(parts, ", ")
	}
	return s
}

func largestPart(ps []Part) (v float64) {
	for _, p := range ps {
		v = max(v, p.Of100)
	}
	return v
}

// causes are a step's causes with rounded numbers that add up to its rounded loss, the sides in
// order, those under half a talk gathered.
func (f *Funnel) causes(i int) []Cause {
	st, before := f.Steps[i], 100.0
	if i > 0 {
		before = f.Steps[i-1].Left
	}
	var out, small []Cause
	for _, side := range []Side{FirstSide, SecondSide, Neither} {
		for _, c := range st.Causes {
			if c.Side != side {
				continue
			}
			if c.Of100 < 0.5 {
				if c.Of100 > 0 {
					small = append(small, c)
				}
				continue
			}
			out = append(out, c)
		}
	}
	rest := 0.0
	for _, c := range small {
		rest += c.Of100
	}
	if rest > 0 {
		if len(small) == 1 || rest < 0.95 && len(out) == 0 {
			out = append(out, small...)
		} else {
			out = append(out, Cause{Label: plural(len(small), "other cause") + " together", Of100: rest})
		}
	}
	parts := make([]float64, len(out))
	for k, c := range out {
		parts[k] = c.Of100
	}
	lost := math.Round(before) - math.Round(st.Left)
	for k, n := range shares(lost, parts) {
		if n > 0 && out[k].Of100 >= 0.95 {
			out[k].Of100 = float64(n)
		}
	}
	return out
}

// lossText is what was lost at a step: "25 never possible".
func (f *Funnel) lossText(i int) string {
	before := 100.0
	if i > 0 {
		before = f.Steps[i-1].Left
	}
	lost := math.Round(before) - math.Round(f.Steps[i].Left)
	if lost < 1 {
		lost = before - f.Steps[i].Left
	}
	if lost == 0 {
		return ""
	}
	return of100(lost) + " " + f.Steps[i].Lost
}

func (f *Funnel) draw(s *sheet) {
	if s.narrow() {
		f.drawNarrow(s)
		return
	}
	const (
		bar   = 30.0
		pitch = 16.0 // of the lines of causes
	)
	big := style{size: 23, role: Ink, bold: true, align: right}
	name := label.in(Text2).at(right)
	x0 := 182.0
	full := s.w*0.64 - 126 // the width of 100 talks
	at := func(v float64) float64 { return x0 + full*v/100 }
	note := label.sized(12.5)
	const step = 78.0 // from bar to bar, where the causes need no more
	y, before := 10.0, 100.0
	for i, st := range f.Steps {
		last := i == len(f.Steps)-1
		colour := Grey4
		if last {
			colour = Ink
			name = name.strong().in(Ink)
		}
		s.rect(x0, y, at(st.Left)-x0, bar, colour)
		f.losses(s, i, at, y, bar)
		w := s.textMid(x0-12, y+bar/2, big, figure(st.Left))
		room := x0 - 12 - max(w, 40) - 14
		ls := name.upTo(3, st.Label, room)
		s.lines(room, y+bar/2+capital*name.size/2-float64(len(ls)-1)*8, 16, name, ls)
		// What was lost, to the right of where the step began.
		x, b := at(before)+12, y+10.0
		if t := f.lossText(i); t != "" {
			b = s.lines(x, b, pitch, note.strong(), note.strong().wrap(t, s.w-x))
			for _, c := range f.causes(i) {
				b = s.lines(x, b, pitch, note.in(c.Side.Text()), note.wrap(causeText(c), s.w-x))
			}
		}
		next := max(y+step, b-pitch+18)
		if !last {
			s.rect(x0, y+bar, at(st.Left)-x0, next-y-bar, Pale)
		} else {
			s.h = max(y+bar, b-pitch+4)
			if txt := f.rangeLines(); txt[0] != "" {
				if f.ranged() {
					s.whisker(at(f.Low), at(f.High), y+bar+10)
				}
				// Beside the causes if there is room, else below them.
				top, room := y+bar+30, x-x0-14
				if room < 120 {
					top, room = max(top, b+4), s.w-x0
				}
				end := s.lines(x0, top, pitch, note.in(Text2), note.wrap(txt[0], room))
				s.h = max(s.h, end-pitch+4)
			}
		}
		y, before = next, st.Left
	}
}

// figure is of100 for display type.
func figure(v float64) string {
	return strings.NewReplacer("under ", "<", "over ", ">").Replace(of100(v))
}

// losses draws what was lost at a step, by side.
func (f *Funnel) losses(s *sheet, i int, at func(float64) float64, y, h float64) {
	v := f.Steps[i].Left
	first := true
	for _, side := range []Side{FirstSide, SecondSide, Neither} {
		sum := 0.0
		for _, c := range f.Steps[i].Causes {
			if c.Side == side {
				sum += c.Of100
			}
		}
		w := at(v+sum) - at(v)
		if w > 0 {
			gap := min(1.2, w/3)
			if first && v == 0 {
				gap = 0
			}
			s.rect(at(v)+gap, y, w-gap, h, side.Role())
			first = false
		}
		v += sum
	}
}

// whisker is a range: a line with its ends marked.
func (s *sheet) whisker(x0, x1, y float64) {
	s.rule(x0, y, x1, y, 1.5, Ink)
	s.rule(x0, y-4, x0, y+4, 1.5, Ink)
	s.rule(x1, y-4, x1, y+4, 1.5, Ink)
}

func (f *Funnel) drawNarrow(s *sheet) {
	const bar = 19.0
	at := func(v float64) float64 { return s.w * v / 100 }
	big := style{size: 18, role: Ink, bold: true}
	note := label
	y := 0.0
	for i, st := range f.Steps {
		last := i == len(f.Steps)-1
		name, colour := label.in(Text2), Grey4
		if last {
			name, colour = label.strong(), Ink
		}
		w := s.text(0, y+16, big, figure(st.Left))
		w += 6 + s.text(w+6, y+16, name, name.fit(st.Label, s.w*0.55))
		t := f.lossText(i)
		if t != "" && note.width(t) <= s.w-w-12 {
			s.text(s.w, y+16, note.at(right), t)
			t = ""
		}
		y += 24
		s.rect(0, y, at(st.Left), bar, colour)
		f.losses(s, i, at, y, bar)
		y += bar
		below := y + 16
		b := below
		if last && f.ranged() {
			s.whisker(at(f.Low), at(f.High), y+9)
			b += 14
		}
		wrapAt := s.w
		if last && (f.ranged() || f.Noise > 0) {
			wrapAt = s.w * 0.52
		}
		start := b
		if t != "" {
			b = s.lines(s.w, b, 16, note.at(right), note.wrap(t, wrapAt))
		}
		for _, c := range f.causes(i) {
			b = s.lines(s.w, b, 16, note.in(c.Side.Text()).at(right), note.wrap(causeText(c), wrapAt))
		}
		if last {
			if txt := f.rangeLines(); txt[0] != "" {
				b = max(b, s.lines(0, start, 16, note.in(Text2), note.wrap(txt[0], s.w*0.42)))
			}
			s.h = max(y, b-12)
			return
		}
		y = max(y+14, b+2)
	}
}
