package chart

import (
	"fmt"
	"math"
)

// Levers is a heat map of success by two numbers: set on purpose in a design, or binned draws.
type Levers struct {
	Made
	Success Success
	Parties Parties // their names keep a capital within the title; may be empty
	X, Y    Axis
	Of100   [][]float64 // [y][x], y ascending; NaN where no talk fell
	PerCell int64       // talks in a cell (the fewest, if they differ)
	Noise   float64     // half the 95% interval of a cell at most, talks in 100; 0 if unknown
	Set     bool        // the two numbers were set on purpose
	Own     [2]int      // x and y of the scenario's own cell; -1, -1 if it has none
	OwnSays string      // "the scenario’s own cap and likeliest price"
}

// Axis is one lever.
type Axis struct {
	Label string   // "most investment that may be announced"
	Unit  string   // "$bn"
	Short string   // for the title: "the sum"; may be empty
	Ticks []string // one a cell: "200", or "20–40" for a bin
	Named bool     // the ticks are names: they have no order, more or less
}

// half is the level of the line: a success is as likely as not.
const half = 50

// Name implements Figure.
func (f *Levers) Name() string { return "levers" }

// Check implements Figure.
func (f *Levers) Check() error {
	if len(f.Of100) == 0 || len(f.X.Ticks) == 0 {
		return ErrEmpty
	}
	if err := f.Success.check(); err != nil {
		return err
	}
	if len(f.Of100) != len(f.Y.Ticks) {
		return fmt.Errorf("%d rows for %d levels of %s", len(f.Of100), len(f.Y.Ticks), f.Y.Label)
	}
	for _, row := range f.Of100 {
		if len(row) != len(f.X.Ticks) {
			return fmt.Errorf("%d cells for %d levels of %s", len(row), len(f.X.Ticks), f.X.Label)
		}
		for _, v := range row {
			if v < 0 || v > 100 {
				return fmt.Errorf("success %v is not within 0 to 100", v)
			}
		}
	}
	if o := f.Own; o[0] >= len(f.X.Ticks) || o[1] >= len(f.Y.Ticks) {
		return fmt.Errorf("own cell %v is not on the map", o)
	}
	return nil
}

// extremes are the least and the most of the cells.
func (f *Levers) extremes() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, row := range f.Of100 {
		for _, v := range row {
			if !math.IsNaN(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	return lo, hi
}

// trend is how success changes along an axis (the levels averaged over the other one): the whole
// change, and the share of steps that go its way.
func (f *Levers) trend(alongX bool) (change, share float64) {
	n := len(f.Y.Ticks)
	if alongX {
		n = len(f.X.Ticks)
	}
	sums, counts := make([]float64, n), make([]float64, n)
	for y, row := range f.Of100 {
		for x, v := range row {
			k := y
			if alongX {
				k = x
			}
			if !math.IsNaN(v) {
				sums[k] += v
				counts[k]++
			}
		}
	}
	var means []float64
	for k := range sums {
		if counts[k] > 0 {
			means = append(means, sums[k]/counts[k])
		}
	}
	if len(means) < 2 {
		return 0, 0
	}
	change = means[len(means)-1] - means[0]
	same := 0.0
	for k := 1; k < len(means); k++ {
		if (means[k]-means[k-1])*change > 0 {
			same++
		}
	}
	return change, same / float64(len(means)-1)
}

func (a *Axis) short() string {
	if a.Short != "" {
		return a.Short
	}
	return a.Label
}

// Title implements Figure. A direction is said when, on average over the other axis, two steps of
// three along the axis go that way and the whole way makes at least three talks in 100.
func (f *Levers) Title() string {
	lo, hi := f.extremes()
	if hi < lo {
		return "Success by " + f.X.short() + " and " + f.Y.short()
	}
	if hi-lo < 3 {
		return fmt.Sprintf("Neither %s nor %s moves success by more than %s in 100", lower(f.X.short(), f.Parties.names()...), lower(f.Y.short(), f.Parties.names()...), of100(math.Ceil(hi-lo)))
	}
	dx, sx := f.trend(true)
	dy, sy := f.trend(false)
	cx, cy := !f.X.Named && sx >= 2.0/3 && math.Abs(dx) >= 3, !f.Y.Named && sy >= 2.0/3 && math.Abs(dy) >= 3
	word := func(d float64) string {
		if d > 0 {
			return "high"
		}
		return "low"
	}
	tail := fmt.Sprintf(": from %s to %s in 100", of100(lo), of100(hi))
	switch {
	case cx && cy && word(dx) == word(dy):
		return fmt.Sprintf("%s are likeliest when %s and %s are both %s%s", upper(f.Success.Deals()), lower(f.X.short(), f.Parties.names()...), lower(f.Y.short(), f.Parties.names()...), word(dx), tail)
	case cx && cy:
		return fmt.Sprintf("%s are likeliest with %s %s and %s %s%s", upper(f.Success.Deals()), word(dx), lower(f.X.short(), f.Parties.names()...), word(dy), lower(f.Y.short(), f.Parties.names()...), tail)
	case cx:
		return fmt.Sprintf("%s are likeliest with %s %s%s", upper(f.Success.Deals()), word(dx), lower(f.X.short(), f.Parties.names()...), tail)
	case cy:
		return fmt.Sprintf("%s are likeliest with %s %s%s", upper(f.Success.Deals()), word(dy), lower(f.Y.short(), f.Parties.names()...), tail)
	}
	return fmt.Sprintf("Together, %s and %s move success%s", lower(f.X.short(), f.Parties.names()...), lower(f.Y.short(), f.Parties.names()...), tail)
}

// Subtitle implements Figure.
func (f *Levers) Subtitle() Rich {
	how := "two drawn numbers"
	if f.Set {
		how = "two numbers set on purpose"
	}
	s := fmt.Sprintf("%s in 100 talks, by %s.", upper(f.Success.Deals()), how)
	if f.PerCell > 0 {
		least := " At least "
		if f.Set {
			least = " "
		}
		s += least + whole(f.PerCell) + " talks a cell"
		if f.Noise > 0 {
			s += ", noise " + num(f.Noise)
		}
		s += ";"
		return Plain(s + " all other numbers drawn.")
	}
	return Plain(s + " All other numbers drawn.")
}

// Alt implements Figure.
func (f *Levers) Alt() string {
	s := fmt.Sprintf("Heat map of success by %s and %s. %s.", lower(f.X.Label, f.Parties.names()...), lower(f.Y.Label, f.Parties.names()...), f.Title())
	n, m := len(f.X.Ticks)-1, len(f.Y.Ticks)-1
	for _, c := range [][2]int{{0, 0}, {n, 0}, {0, m}, {n, m}} {
		s += fmt.Sprintf(" At %s and %s: %s.", f.X.Ticks[c[0]], f.Y.Ticks[c[1]], of100(f.Of100[c[1]][c[0]]))
	}
	return s
}

// CSV implements Figure.
func (f *Levers) CSV() [][]string {
	rows := [][]string{{f.X.Label, f.Y.Label, "success_of_100"}}
	for y, row := range f.Of100 {
		for x, v := range row {
			rows = append(rows, []string{f.X.Ticks[x], f.Y.Ticks[y], raw(v)})
		}
	}
	return rows
}

func (f *Levers) draw(s *sheet) {
	nx, ny := len(f.X.Ticks), len(f.Y.Ticks)
	x0 := 0.0
	for _, t := range f.Y.Ticks {
		x0 = max(x0, tick.width(t)+12)
	}
	x0 = min(x0, 120)
	x1, notes := 574.0, true
	if s.narrow() {
		x1, notes = s.w, false
	} else if s.w > 760 {
		x1 = 610
	}
	cw := (x1 - x0) / float64(nx)
	ch := min(max(320/float64(ny), 26), 44)
	if s.narrow() {
		ch = min(max(260/float64(ny), 24), 38)
	}
	yTitle := label.in(Text2).wrap(withUnit(f.Y.Label, f.Y.Unit), s.w)
	y0 := s.lines(0, 13, 16, label.in(Text2), yTitle) - 6
	cell := func(x, y int) (float64, float64) { return x0 + cw*float64(x), y0 + ch*float64(ny-1-y) }
	_, top := f.extremes()
	top = min(max(top, 25), 80)
	for y, row := range f.Of100 {
		for x, v := range row {
			px, py := cell(x, y)
			if math.IsNaN(v) {
				s.rule(px+cw/2-4, py+ch/2, px+cw/2+4, py+ch/2, 1, Grey3)
				continue
			}
			shade := heat(v, 0, top)
			s.rect(px+0.5, py+0.5, cw-1, ch-1, shade)
			st := label.at(centre).in(heatText(shade))
			if v >= half {
				st = st.strong()
			}
			if t := of100(v); st.width(t) <= cw-2 {
				s.textMid(px+cw/2, py+ch/2, st, t)
			}
		}
	}
	for y, t := range f.Y.Ticks {
		_, py := cell(0, y)
		s.textMid(x0-9, py+ch/2, tick.at(right), tick.fit(t, x0-10))
	}
	f.xTicks(s, x0, y0+ch*float64(ny), cw)
	bottom := y0 + ch*float64(ny) + 38
	st := label.in(Text2)
	for _, l := range st.wrap(withUnit(f.X.Label, f.X.Unit), x1) {
		s.text(x1, bottom, st.at(right), l)
		bottom += 16
	}
	bottom -= 12
	ends := f.iso(s, x0, y0, cw, ch)
	var at []noteAt
	if o := f.Own; o[0] >= 0 && o[1] >= 0 {
		px, py := cell(o[0], o[1])
		s.outline(px+1, py+1, cw-2, ch-2, 3, Ink)
		says := f.OwnSays
		if says == "" {
			says = "the scenario’s own"
		}
		if !notes {
			says = "Framed: " + says
		}
		at = append(at, noteAt{py + ch/2, Rich{{Text: says, Bold: true, Role: Ink}}, o[0] == nx-1, Ink})
	}
	key := Plain("Stronger shade = more " + f.Success.Deals() + "; bold = 50 or more.")
	line := Rich{{Text: "50 in 100", Bold: true, Role: Warn}, {Text: "\n"}, {Text: f.isoSays()}}
	if len(ends) > 0 {
		right := false
		y := y0 + ch*float64(ny)/2
		for _, e := range ends {
			if e.x >= x1-1 {
				y, right = e.y, true
			}
		}
		at = append(at, noteAt{y, line, right, Warn})
	}
	if !notes {
		y := bottom + 20
		for _, r := range append([]noteAt{{0, key, false, Ink}}, at...) {
			y += 16*float64(s.rich(0, y, s.w, 16, label.in(Text2), r.text)) + 4
		}
		s.h = y - 14
		return
	}
	s.h = max(bottom, f.beside(s, x1, y0, y0+ch*float64(ny), append(at, noteAt{y0, key, false, Ink})))
}

// noteAt is a note beside the map, at a height, with a line to it if it is of the map's edge.
type noteAt struct {
	y    float64
	text Rich
	tied bool
	role Role
}

// beside sets the notes right of the map, near their heights, and returns where they end.
func (f *Levers) beside(s *sheet, x1, y0, y1 float64, at []noteAt) float64 {
	const pitch = 16.0
	st := label.in(Text2)
	x, end := x1+18, 0.0
	want, size := make([]float64, len(at)), make([]float64, len(at))
	for i, n := range at {
		lines := st.flow(n.text, st.words(n.text, s.w-x), s.w-x)
		size[i] = pitch * float64(lines)
		want[i] = n.y + size[i]/2 - pitch/2
	}
	for i, c := range spread(want, size, y0, max(y1+20, y0+60), 12) {
		top := c - size[i]/2
		s.rich(x, top+12.5, s.w-x, pitch, st, at[i].text)
		if at[i].tied {
			width := 1.2
			if at[i].role == Warn {
				width = 4
			}
			s.line(at[i].role, width, nil, pt{x1 + 1, at[i].y}, pt{x1 + 14, top + pitch/2})
		}
		end = max(end, c+size[i]/2)
	}
	return end
}

// xTicks sets the levels below the cells; those that do not fit their cell are set at every second or
// third one.
func (f *Levers) xTicks(s *sheet, x0, y, cw float64) {
	widest := 0.0
	for _, t := range f.X.Ticks {
		widest = max(widest, tick.width(t))
	}
	step := max(1, int(math.Ceil((widest+6)/cw)))
	for i, t := range f.X.Ticks {
		if i%step == 0 {
			w := tick.width(t) / 2
			s.text(min(max(x0+cw*(float64(i)+0.5), w), s.w-w), y+17, tick.at(centre), t)
		}
	}
}

// isoSays says which side of the line the likelier successes are on.
func (f *Levers) isoSays() string {
	dx, sx := f.trend(true)
	dy, sy := f.trend(false)
	var where string
	switch {
	case f.X.Named || f.Y.Named:
		where = "In bold cells"
	case sx >= 0.6 && sy >= 0.6:
		where = map[bool]string{true: "Above", false: "Below"}[dy > 0] + " and " + map[bool]string{true: "right", false: "left"}[dx > 0] + " of the line"
	case sy >= 0.6:
		where = map[bool]string{true: "Above", false: "Below"}[dy > 0] + " the line"
	case sx >= 0.6:
		where = map[bool]string{true: "Right", false: "Left"}[dx > 0] + " of the line"
	default:
		where = "In bold cells"
	}
	return where + " " + article(f.Success.Deal()) + " is the likelier end."
}

// iso draws the line between cells under and over half, along their edges, with a casing, and returns
// where it meets the map's edge.
func (f *Levers) iso(s *sheet, x0, y0, cw, ch float64) (ends []pt) {
	nx, ny := len(f.X.Ticks), len(f.Y.Ticks)
	over := func(x, y int) (bool, bool) {
		v := f.Of100[y][x]
		return v >= half, !math.IsNaN(v)
	}
	type edge struct{ a, b pt }
	var edges []edge
	const ext = 2.25 // half a width: there are no caps
	for y := range ny {
		for x := range nx {
			o, ok := over(x, y)
			px, py := x0+cw*float64(x), y0+ch*float64(ny-1-y)
			if x+1 < nx {
				if p, k := over(x+1, y); ok && k && p != o {
					edges = append(edges, edge{pt{px + cw, py - ext}, pt{px + cw, py + ch + ext}})
					if y == 0 {
						ends = append(ends, pt{px + cw, py + ch})
					}
				}
			}
			if y+1 < ny {
				if p, k := over(x, y+1); ok && k && p != o {
					edges = append(edges, edge{pt{px - ext, py}, pt{px + cw + ext, py}})
					if x == 0 || x == nx-1 {
						e := pt{px, py}
						if x == nx-1 {
							e.x += cw
						}
						ends = append(ends, e)
					}
				}
			}
		}
	}
	for _, e := range edges {
		s.line(BG, 7.5, nil, grown(e.a, e.b, 1.5)...)
	}
	for _, e := range edges {
		s.line(Warn, 4.5, nil, e.a, e.b)
	}
	return ends
}

// grown is a straight line made longer at both ends.
func grown(a, b pt, d float64) []pt {
	l := math.Hypot(b.x-a.x, b.y-a.y)
	u := pt{(b.x - a.x) / l * d, (b.y - a.y) / l * d}
	return []pt{{a.x - u.x, a.y - u.y}, {b.x + u.x, b.y + u.y}}
}
