package chart

import (
	"fmt"
	"math"
	"sort"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// Endings shows how talks have ended up to each date: stacked areas, of 100 talks. What is above them
// is still talking.
type Endings struct {
	Made
	Parties Parties
	Runs    int64
	Fixed   string    // "everything drawn; one talk in five is granted 30 more days"
	Start   time.Time // the date of At = 0; zero: At counts rounds
	At      []float64 // days (or rounds) since the start, ascending
	Layers  []Layer   // from the bottom up
	Lines   []Event   // the summit first, then what extends it; may be empty
}

// Layer is one way to end.
type Layer struct {
	Label  string    // "signed, in force in year 4"
	Side   Side      // whose doing, if one side's
	Kind   Ending    //
	Of100  []float64 // cumulative by At: talks of 100 that have ended so
	Signed bool      // a deal was signed
}

// Ending is the kind of a layer; it sets the colour.
type Ending uint8

const (
	Succeeded Ending = iota // counts as success
	Broke                   // signed, broke later
	Refused                 // signed, refused at home
	Walked                  // a side walked out
	RanOut                  // time ran out
	Failed                  // any other end
)

// Event is a date that matters.
type Event struct {
	Label string // "summit"
	At    float64
}

// Name implements Figure.
func (f *Endings) Name() string { return "endings" }

// Check implements Figure.
func (f *Endings) Check() error {
	if len(f.Layers) == 0 || len(f.At) < 2 {
		return ErrEmpty
	}
	if !sort.Float64sAreSorted(f.At) || f.At[0] == f.At[len(f.At)-1] {
		return fmt.Errorf("dates are not ascending: %v to %v", f.At[0], f.At[len(f.At)-1])
	}
	total := 0.0
	for _, l := range f.Layers {
		if len(l.Of100) != len(f.At) {
			return fmt.Errorf("ending %q: %d numbers for %d dates", l.Label, len(l.Of100), len(f.At))
		}
		if l.Kind > Failed || l.Side > SecondSide {
			return fmt.Errorf("ending %q: kind %d, side %d", l.Label, l.Kind, l.Side)
		}
		last := 0.0
		for _, v := range l.Of100 {
			if !(v >= last-1e-9 && v <= 100+1e-9) {
				return fmt.Errorf("ending %q: %v of 100 talks after %v: they cannot fall", l.Label, v, last)
			}
			last = v
		}
		total += last
	}
	if total > 100+1e-6 {
		return fmt.Errorf("endings add up to %v of 100 talks", total)
	}
	return nil
}

// signed is how many talks of 100 are signed by the time.
func (f *Endings) signed(t float64) float64 {
	sum := 0.0
	for _, l := range f.Layers {
		if !l.Signed {
			continue
		}
		k := sort.Search(len(f.At), func(i int) bool { return f.At[i] > t })
		if k > 0 {
			sum += l.Of100[k-1]
		}
	}
	return sum
}

// Title implements Figure: when half of all signatures come, if it is within the last or the first
// third of the time before the deadline.
func (f *Endings) Title() string {
	end := f.At[len(f.At)-1]
	all := f.signed(end)
	unit := "day"
	if f.Start.IsZero() {
		unit = "round"
	}
	if all < 0.5 {
		return "Fewer than 1 in 100 talks are signed"
	}
	if len(f.Lines) > 0 {
		stop := f.Lines[0].At
		span := stop - f.At[0]
		for n := 1.0; n <= span/3; n++ {
			if f.signed(stop)-f.signed(stop-n) >= all/2 {
				return fmt.Sprintf("Half of all signatures come in the last %s before the %s", times(int(n), unit), f.Lines[0].Label)
			}
		}
		for n := 1.0; n <= span/3; n++ {
			if f.signed(f.At[0]+n) >= all/2 {
				return fmt.Sprintf("Half of all signatures come in the first %s", times(int(n), unit))
			}
		}
		if late := all - f.signed(stop); late > all/2 {
			return fmt.Sprintf("Most signatures come after the %s: %s of %s in 100 talks", f.Lines[0].Label, of100(late), of100(all))
		}
		return fmt.Sprintf("Of 100 talks, %s are signed by the %s%s", of100(f.signed(stop)), f.Lines[0].Label, after(", ", f.when(stop)))
	}
	return fmt.Sprintf("Of 100 talks, %s are signed in the end", of100(all))
}

// times is a number of days: "day", "nine days".
func times(n int, unit string) string {
	if n == 1 {
		return unit
	}
	return count(n) + " " + unit + "s"
}

// when prints a time: "30 Oct", or nothing if there are no dates.
func (f *Endings) when(at float64) string {
	if f.Start.IsZero() {
		return ""
	}
	return f.Start.AddDate(0, 0, int(math.Round(at))).Format("2 Jan")
}

// tickText prints a time on the axis.
func (f *Endings) tickText(at float64) string {
	if f.Start.IsZero() {
		return num(at)
	}
	return f.when(at)
}

// Subtitle implements Figure.
func (f *Endings) Subtitle() Rich {
	by := "date"
	if f.Start.IsZero() {
		by = "round"
	}
	return Plain(fmt.Sprintf("Talks out of 100, by how they have ended up to each %s. %s%s.", by, sample(f.Runs), after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Endings) Alt() string {
	s := "Stacked areas over time. " + f.Title() + ". In the end, of 100 talks:"
	for i, l := range f.Layers {
		if i > 0 {
			s += ","
		}
		s += fmt.Sprintf(" %s %s", of100(l.Of100[len(l.Of100)-1]), l.Label)
	}
	return s + "."
}

// CSV implements Figure.
func (f *Endings) CSV() [][]string {
	head := []string{"at"}
	if !f.Start.IsZero() {
		head = append(head, "date")
	}
	for _, l := range f.Layers {
		head = append(head, l.Label)
	}
	rows := [][]string{head}
	for k, at := range f.At {
		row := []string{raw(at)}
		if !f.Start.IsZero() {
			row = append(row, f.Start.AddDate(0, 0, int(math.Round(at))).Format(time.DateOnly))
		}
		for _, l := range f.Layers {
			row = append(row, raw(l.Of100[k]))
		}
		rows = append(rows, row)
	}
	return rows
}

// colours of a layer and of its label.
func (l *Layer) colours() (area, text Role) {
	switch l.Kind {
	case Succeeded:
		return Ink, Ink
	case Broke:
		return Text2, Text2
	case Refused:
		return Grey3, Text2
	case Walked:
		if l.Side == Neither {
			return Grey4, Text2
		}
		return l.Side.Role(), l.Side.Role()
	case RanOut:
		return Expired, Text2
	}
	return Grey4, Text2
}

// steps tells whether talks end on so few dates that the areas are drawn in steps, not as curves.
func (f *Endings) steps() bool {
	n := 0
	for k := 1; k < len(f.At); k++ {
		for _, l := range f.Layers {
			if l.Of100[k] > l.Of100[k-1]+0.05 {
				n++
				break
			}
		}
	}
	return n <= 40
}

// stack gives each layer's upper edge: x twice a date, just before it and at it. A layer that jumps
// by over four talks within one step (a deadline) jumps there, the others run straight; where dates
// are few, all go in steps.
func (f *Endings) stack(tail float64) (xs []float64, tops [][]float64) {
	jump := 4.0
	if f.steps() {
		jump = 0
	}
	n := len(f.At)
	for _, at := range f.At {
		xs = append(xs, at, at)
	}
	xs = append(xs, f.At[n-1]+tail)
	base := make([]float64, len(xs))
	for _, l := range f.Layers {
		top := make([]float64, len(xs))
		for k := range f.At {
			before := l.Of100[k]
			if k > 0 && l.Of100[k]-l.Of100[k-1] > jump {
				before = l.Of100[k-1]
			} else if k == 0 {
				before = 0
			}
			top[2*k], top[2*k+1] = base[2*k]+before, base[2*k+1]+l.Of100[k]
		}
		top[2*n] = base[2*n] + l.Of100[n-1]
		tops = append(tops, top)
		base = top
	}
	return xs, tops
}

func (f *Endings) draw(s *sheet) {
	first, last := f.At[0], f.At[len(f.At)-1]
	tail := (last - first) * 0.045
	a := axes{rect{30, 44, s.w - 190, 394}, first, last + tail, 0, 100}
	val, txt := label.strong(), label
	if s.narrow() {
		a.rect = rect{28, 40, s.w - 1, 280}
	}
	for _, v := range []float64{0, 25, 50, 75, 100} {
		s.text(a.x0-8, a.y(v)+4.3, tick.at(right), num(v))
		if v > 0 {
			s.rule(a.x0, a.y(v), a.x1, a.y(v), 1, Grid)
		}
	}
	xs, tops := f.stack(tail)
	s.plot(a, func(ink func(Role) draw.LineStyle) ([]plot.Plotter, error) {
		var out []plot.Plotter
		// From the top down, each area reaching to the ground, so that no seam shows between two.
		for k := len(f.Layers) - 1; k >= 0; k-- {
			role, _ := f.Layers[k].colours()
			if f.Layers[k].Of100[len(f.At)-1] <= 0 {
				continue
			}
			ring := plotter.XYs{{X: xs[0], Y: 0}}
			for i, x := range xs {
				ring = append(ring, plotter.XY{X: x, Y: min(tops[k][i], 100)})
			}
			ring = append(ring, plotter.XY{X: xs[len(xs)-1], Y: 0})
			area, err := plotter.NewPolygon(ring)
			if err != nil {
				return nil, err
			}
			area.Color = ink(role).Color
			area.LineStyle.Width = 0
			edge, err := plotter.NewLine(ring[1 : len(ring)-1])
			if err != nil {
				return nil, err
			}
			edge.LineStyle = ink(BG)
			out = append(out, area, edge)
		}
		return out, nil
	})
	s.rule(a.x0, a.y1, a.x1, a.y1, 1, Grey3)
	f.timeAxis(s, a)
	f.events(s, a)
	f.talking(s, a, xs, tops)
	// What each layer is, at its final height.
	var want, size, final []float64
	var which []int
	n := len(xs) - 1
	for _, l := range f.Layers {
		final = append(final, l.Of100[len(f.At)-1])
	}
	text := finals(final)
	for k, v := range final {
		if v <= 0 {
			continue
		}
		want, size, which = append(want, a.y(tops[k][n]-v/2)), append(size, 14), append(which, k)
	}
	if s.narrow() {
		y := a.y1 + 44
		if f.Start.IsZero() {
			y += 16
		}
		for i := len(which) - 1; i >= 0; i-- {
			l := &f.Layers[which[i]]
			area, colour := l.colours()
			s.rect(0, y-9, 10, 10, area)
			st := txt
			if l.Kind == Succeeded {
				st = st.strong()
			}
			w := s.text(18, y, val.in(colour), text[which[i]])
			ls := st.in(colour).wrap(l.Label, s.w-18-w-6)
			y = s.lines(18+w+6, y, 17, st.in(colour), ls)
		}
		s.h = y - 8
		return
	}
	for i, y := range spread(want, size, a.y0-10, a.y1+6, 4) {
		l := &f.Layers[which[i]]
		_, colour := l.colours()
		st := txt.in(colour)
		if l.Kind == Succeeded {
			st = st.strong()
		}
		s.line(Grey3, 1, nil, pt{a.x1, want[i]}, pt{a.x1 + 10, y})
		bold := val.in(colour)
		if colour == Text2 {
			bold = val.in(Ink)
		}
		x := a.x1 + 14
		w := s.textMid(x, y, bold, text[which[i]])
		s.textMid(x+w+4, y, st, st.fit(l.Label, s.w-x-w-4))
	}
	s.h = a.y1 + 20
	if f.Start.IsZero() {
		s.h += 18
	}
}

// finals prints shares so that the whole numbers among them add up.
func finals(v []float64) []string {
	total := 0.0
	for _, x := range v {
		total += x
	}
	out := make([]string, len(v))
	for i, n := range shares(total, v) {
		out[i] = of100(v[i])
		if v[i] >= 0.95 && n > 0 && v[i] < 99.5 {
			out[i] = whole(int64(n))
		}
	}
	return out
}

// timeAxis marks the start, the events and dates between, at least 70 px apart.
func (f *Endings) timeAxis(s *sheet, a axes) {
	last := f.At[len(f.At)-1]
	fixed := []float64{f.At[0]}
	for _, e := range f.Lines {
		if e.At > f.At[0] && e.At <= last {
			fixed = append(fixed, e.At)
		}
	}
	sort.Float64s(fixed)
	if fixed[len(fixed)-1] < last {
		fixed = append(fixed, last)
	}
	var at []float64
	for i, v := range fixed {
		if len(at) > 0 {
			prev := at[len(at)-1]
			gap := a.x(v) - a.x(prev)
			if gap < 44 {
				if i == len(fixed)-1 {
					continue
				}
				if len(at) > 1 {
					at = at[:len(at)-1]
				}
			}
			prev = at[len(at)-1]
			if k := math.Floor((a.x(v) - a.x(prev)) / 74); k > 1 {
				for j := 1.0; j < k; j++ {
					at = append(at, math.Round(prev+(v-prev)*j/k))
				}
			}
		}
		at = append(at, v)
	}
	prev := ""
	for i, v := range at {
		if f.tickText(v) == prev {
			continue
		}
		prev = f.tickText(v)
		st := tick.at(centre)
		x := a.x(v)
		if i == 0 {
			st, x = tick, a.x0
		}
		s.rule(a.x(v), a.y1, a.x(v), a.y1+4, 1, Grey3)
		if i > 0 {
			x = min(x, s.w-tick.width(f.tickText(v))/2)
		}
		s.text(x, a.y1+18, st, f.tickText(v))
	}
	if f.Start.IsZero() {
		s.text(a.x1, a.y1+34, label.in(Text2).at(right), "round")
	}
}

// events draws the summit and what extends it.
func (f *Endings) events(s *sheet, a axes) {
	var want, size, x []float64
	var text []string
	var st []style
	for i, e := range f.Lines {
		if e.At < a.xlo || e.At > a.xhi {
			continue
		}
		t, sty := e.Label, label.in(Text2)
		if i == 0 {
			sty = label.strong()
		}
		if w := f.when(e.At); w != "" {
			if i == 0 {
				t += ", " + w
			} else {
				t += " " + w
			}
		}
		x, text, st = append(x, a.x(e.At)), append(text, t), append(st, sty)
		want, size = append(want, a.x(e.At)), append(size, sty.width(t))
	}
	for i, c := range spread(want, size, 0, s.w, 14) {
		width := 1.2
		if i == 0 {
			width = 2
		}
		s.rule(x[i], a.y0-14, x[i], a.y1, width, Ink)
		s.text(c, a.y0-21, st[i].at(centre), text[i])
	}
}

// talking labels what is still open, where there is room for it.
func (f *Endings) talking(s *sheet, a axes, xs []float64, tops [][]float64) {
	top := tops[len(tops)-1]
	st := label.in(Text2)
	w := st.width("still talking")
	// room is the height that is free above the areas around x.
	room := func(x float64) float64 {
		high := 0.0
		for k := range xs {
			if math.Abs(a.x(xs[k])-x) <= w/2+8 {
				high = max(high, top[k])
			}
		}
		for _, e := range f.Lines {
			if math.Abs(a.x(e.At)-x) <= w/2+8 {
				return 0
			}
		}
		return a.y(high) - a.y0
	}
	until := a.x1
	if len(f.Lines) > 0 {
		until = a.x(f.Lines[0].At)
	}
	at, best := a.x0+(until-a.x0)*0.4, 0.0
	if at-w/2-10 >= a.x0 {
		best = room(at)
	}
	if best < 80 {
		for _, v := range xs {
			x := a.x(v)
			if r := room(x); x-w/2-10 >= a.x0 && x+w/2 <= a.x1 && r > best {
				at, best = x, r
			}
		}
	}
	if best < 36 {
		return
	}
	y := a.y0 + best*0.55
	for _, v := range []float64{25, 50, 75} { // between two grid lines
		if math.Abs(a.y(v)-y) < 12 {
			y = a.y(v) - 14
		}
	}
	s.textMid(at, y, st.at(centre), "still talking")
}
