package chart

import (
	"fmt"
	"math"
	"strings"
)

// Strips shows the terms of the deals, issue by issue: what could be agreed, today's value, the
// middle, the range of 8 in 10, how often each level comes up. Issues stand in groups by who gives.
type Strips struct {
	Made
	Parties Parties
	Success Success // which deals are shown
	Deals   int64   // how many
	Of100   float64 // how many of 100 talks
	Fixed   string  // "nothing fixed"
	Issues  []Strip // in the scenario's order
}

// Strip is one issue. It is a numeric one (Bins) or a choice (Choices).
type Strip struct {
	Label string // "Tariff on Chinese goods"
	Short string // "US tariff", for the title; the label stands for it if empty
	Unit  string // "%", "$bn", "$bn a year", "years"
	Side  Side   // who gives

	Lo, Hi         float64 // the ends of what could be agreed
	Now            float64 // today's value; NaN if there is none
	Low, Mid, High float64 // the 10th, 50th and 90th of 100 deals
	Bins           []Bin   // how often each level, by value ascending
	Marks          []Mark  // yardsticks

	Choices   []Part // of 100 deals, in the scenario's order
	NowChoice int    // index of today's choice; -1 if there is none
}

// Bin is how often a value comes up.
type Bin struct {
	At    float64 // the value, or the middle of the bin
	Share float64 // in any unit: only the proportions are drawn
}

// Mark is a yardstick.
type Mark struct {
	Label string
	At    float64
}

// Name implements Figure.
func (f *Strips) Name() string { return "deal" }

// numeric tells a strip from a choice.
func (i *Strip) numeric() bool { return len(i.Choices) == 0 }

// Check implements Figure.
func (f *Strips) Check() error {
	if len(f.Issues) == 0 || f.Deals == 0 {
		return ErrEmpty
	}
	if err := f.Success.check(); err != nil {
		return err
	}
	for k := range f.Issues {
		i := &f.Issues[k]
		switch {
		case i.Side > SecondSide:
			return fmt.Errorf("issue %q: side %d", i.Label, i.Side)
		case i.numeric() && !(i.Lo <= i.Hi && i.Lo <= i.Low && i.Low <= i.Mid && i.Mid <= i.High && i.High <= i.Hi):
			return fmt.Errorf("issue %q: 10th, 50th and 90th of 100 deals are %v, %v, %v, not ascending within %v to %v",
				i.Label, i.Low, i.Mid, i.High, i.Lo, i.Hi)
		}
		for _, c := range i.Choices {
			if !(c.Of100 >= 0 && c.Of100 <= 100+1e-9) {
				return fmt.Errorf("issue %q: %v of 100 deals choose %q", i.Label, c.Of100, c.Label)
			}
		}
	}
	return nil
}

func (i *Strip) short() string {
	if i.Short != "" {
		return i.Short
	}
	return i.Label
}

// move is how far the middle is from today, as a share of what could be agreed; 0 for a choice.
func (i *Strip) move() float64 {
	if !i.numeric() || math.IsNaN(i.Now) || i.Hi <= i.Lo {
		return 0
	}
	return math.Abs(i.Mid-i.Now) / (i.Hi - i.Lo)
}

// settled tells whether the middle says much: 8 in 10 deals lie within half of what could be agreed,
// or four in ten lie at the middle itself.
func (i *Strip) settled() bool {
	if i.High-i.Low <= (i.Hi-i.Lo)/2 {
		return true
	}
	total, at := 0.0, 0.0
	for _, b := range i.Bins {
		total += b.Share
		if b.At == i.Mid {
			at = b.Share
		}
	}
	return total > 0 && at >= 0.4*total
}

// phrase is the middle in words: "$350bn of investment, not $1trn," or "a US tariff of 30%". The
// yardstick is named when nine in ten deals stay below it and it is the highest.
func (i *Strip) phrase(names []string) string {
	if !i.money() {
		return article(lower(i.short(), names...)) + " of " + amount(i.Mid, i.Unit)
	}
	s := amount(i.Mid, i.Unit) + " of " + lower(i.short(), names...)
	top := math.Inf(-1)
	for _, m := range i.Marks {
		top = max(top, m.At)
	}
	if top > i.High && top > i.Mid {
		s += ", not " + amount(top, i.Unit) + ","
	}
	return s
}

// money tells whether the issue is counted in dollars: a reader asks for that first.
func (i *Strip) money() bool { return strings.HasPrefix(i.Unit, "$") }

// Title implements Figure: what each side moves most on, money before the rest, if the middle moves
// by at least a fiftieth of the range and says much. Where today is not known, what the deals settle.
func (f *Strips) Title() string {
	var best [3]*Strip
	var set []string
	known, moved := false, false
	names := f.Parties.names()
	for k := range f.Issues {
		i := &f.Issues[k]
		known = known || i.numeric() && !math.IsNaN(i.Now)
		moved = moved || i.move() > 0
		if i.numeric() && i.settled() {
			set = append(set, i.phrase(names))
		}
		if b := best[i.Side]; i.move() >= 0.02 && i.settled() && (b == nil || i.money() && !b.money() || i.money() == b.money() && i.move() > b.move()) {
			best[i.Side] = i
		}
	}
	head := "The typical " + f.Success.Deal()
	a, b := best[SecondSide], best[FirstSide]
	if a != nil && b != nil && !a.money() && b.money() {
		a, b = b, a
	}
	if a == nil {
		a, b = b, nil
	}
	if a == nil {
		a, b = best[Neither], nil
	}
	switch {
	case a != nil && b != nil:
		return head + ": " + a.phrase(names) + " for " + b.phrase(names)
	case a != nil:
		return head + ": " + strings.TrimSuffix(a.phrase(names), ",")
	case known && !moved:
		return head + " leaves every number as it is today"
	case !known && len(set) > 0:
		for k := range set {
			set[k] = strings.TrimSuffix(set[k], ",")
		}
		return head + ": " + listed(set[:min(2, len(set))])
	}
	if i := f.clearest(); i != nil {
		c := i.Choices[i.mode()]
		return fmt.Sprintf("The %s agree most on %s: %s in %s of 100", f.Success.Deals(), lower(i.short(), names...), c.Label, of100(c.Of100))
	}
	return "Terms of the " + f.Success.Deals() + ", issue by issue"
}

// clearest is the choice that most deals make alike, if six in ten do.
func (f *Strips) clearest() (best *Strip) {
	most := 60.0
	for k := range f.Issues {
		if i := &f.Issues[k]; !i.numeric() && i.Choices[i.mode()].Of100 >= most {
			best, most = i, i.Choices[i.mode()].Of100
		}
	}
	return best
}

// Subtitle implements Figure.
func (f *Strips) Subtitle() Rich {
	return Plain(fmt.Sprintf("The %s in 100 %s, issue by issue. Each strip runs over all that could be agreed. %s deals%s.",
		of100(f.Of100), f.Success.that(), sample(f.Deals), after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Strips) Alt() string {
	s := "Strips, one an issue. " + f.Title() + "."
	n := 0
	for k := range f.Issues {
		i := &f.Issues[k]
		if n++; n > 5 {
			break
		}
		if i.numeric() {
			s += fmt.Sprintf(" %s: middle %s, 8 in 10 between %s and %s%s.", i.Label, amount(i.Mid, i.Unit), num(i.Low), num(i.High), i.today())
		} else {
			m := i.Choices[i.mode()]
			s += fmt.Sprintf(" %s: %s in %s of 100.", i.Label, m.Label, of100(m.Of100))
		}
	}
	return s
}

func (i *Strip) today() string {
	if math.IsNaN(i.Now) {
		return ""
	}
	return ", today " + num(i.Now)
}

// CSV implements Figure.
func (f *Strips) CSV() [][]string {
	rows := [][]string{{"issue", "unit", "given_by", "what", "value", "number"}}
	for k := range f.Issues {
		i := &f.Issues[k]
		add := func(what, value string, v float64) {
			rows = append(rows, []string{i.Label, i.Unit, f.Parties.short(i.Side), what, value, raw(v)})
		}
		if !i.numeric() {
			for c, p := range i.Choices {
				what := "of_100"
				if c == i.NowChoice {
					what = "of_100_today"
				}
				add(what, p.Label, p.Of100)
			}
			continue
		}
		add("lowest_possible", "", i.Lo)
		add("highest_possible", "", i.Hi)
		add("today", "", i.Now)
		add("10th_of_100", "", i.Low)
		add("middle", "", i.Mid)
		add("90th_of_100", "", i.High)
		for _, b := range i.Bins {
			add("share", raw(b.At), b.Share)
		}
		for _, m := range i.Marks {
			add("yardstick", m.Label, m.At)
		}
	}
	return rows
}

// mode is the commonest choice.
func (i *Strip) mode() int {
	best := 0
	for k, c := range i.Choices {
		if c.Of100 > i.Choices[best].Of100 {
			best = k
		}
	}
	return best
}

// groups are the issues by who gives, in the order first side, second side, neither.
func (f *Strips) groups() (heads []string, sides []Side, of [][]*Strip) {
	by := [3][]*Strip{}
	for k := range f.Issues {
		i := &f.Issues[k]
		by[i.Side] = append(by[i.Side], i)
	}
	for _, side := range []Side{FirstSide, SecondSide, Neither} {
		if len(by[side]) == 0 {
			continue
		}
		head := "Between the two"
		switch {
		case side != Neither:
			head = "What " + f.Parties.The(side) + " gives"
		case len(heads) == 0:
			head = "The terms"
		}
		heads, sides, of = append(heads, head), append(sides, side), append(of, by[side])
	}
	return heads, sides, of
}

// columns are the right edges of the table beside the strips.
type columns struct{ today, middle, range8 float64 }

func (f *Strips) draw(s *sheet) {
	if s.narrow() {
		f.drawNarrow(s)
		return
	}
	cell, bold := label.in(Text2).at(right), label.strong().at(right)
	var w [3]float64
	w[0], w[1], w[2] = tick.width("today"), tick.width("middle"), tick.width("8 in 10")
	endW := 20.0
	for k := range f.Issues {
		if i := &f.Issues[k]; i.numeric() {
			w[0] = max(w[0], cell.width(num(i.Now)))
			w[1] = max(w[1], bold.width(num(i.Mid)))
			w[2] = max(w[2], cell.width(span(i.Low, i.High)))
			endW = max(endW, tick.width(num(i.Hi)))
		}
	}
	col := columns{range8: s.w}
	col.middle = col.range8 - w[2] - 14
	col.today = col.middle - w[1] - 16
	x0, x1 := 246.0, col.today-w[0]-12-endW-12
	keyed := false
	y := 0.0
	heads, sides, groups := f.groups()
	for g, issues := range groups {
		side := sides[g]
		if g > 0 {
			y += 16
		}
		colour := side.Role()
		if side == Neither {
			colour = Ink
		}
		s.rect(0, y+2, 4, 14, colour)
		s.text(10, y+13.5, label.strong().in(colour), heads[g])
		for _, i := range issues {
			if i.numeric() {
				s.text(col.today, y+13.5, tick.at(right), "today")
				s.text(col.middle, y+13.5, tick.at(right), "middle")
				s.text(col.range8, y+13.5, tick.at(right), "8 in 10")
				break
			}
		}
		y += 20
		s.rule(0, y, s.w, y, 1, Grey4)
		y += 8
		for _, i := range issues {
			room := x0 - 12
			if i.numeric() {
				room = x0 - 26 - tick.width(num(i.Lo))
			}
			ls := label.balance(withUnit(i.Label, i.Unit), room)
			if i.numeric() {
				rise := 0.0
				if !keyed {
					rise = 26
				}
				axis := y + rise + max(25, 9+8*float64(len(ls)))
				if !keyed {
					s.key(i, x0, x1, axis, y+9)
					keyed = true
				}
				s.lines(0, axis+4.5-8*float64(len(ls)-1), 16, label, ls)
				s.text(x0-14, axis+4, tick.at(right), num(i.Lo))
				s.text(x1+12, axis+4, tick, num(i.Hi))
				i.strip(s, x0, x1, axis)
				if !math.IsNaN(i.Now) {
					s.text(col.today, axis+4.5, cell, num(i.Now))
				}
				s.text(col.middle, axis+4.5, bold, num(i.Mid))
				s.text(col.range8, axis+4.5, cell, span(i.Low, i.High))
				y = axis + max(19, 8*float64(len(ls))+5)
				if len(i.Marks) > 0 {
					y = max(y, axis+10+16*float64(i.marks(s, x0-30, x1+50, x0, x1, axis))+8)
				}
				continue
			}
			top := y + 15
			s.lines(0, top+13-8*float64(len(ls)-1), 16, label, ls)
			out := i.bar(s, x0, x1, top, 17)
			end := s.lines(x1+10, top+13, 15, tick.sized(12.5), tick.sized(12.5).wrap(strings.Join(out, ", "), s.w-x1-10))
			y = max(top+24, end-8, top+13+8*float64(len(ls)-1)+10)
		}
	}
	s.h = y
}
