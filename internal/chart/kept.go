package chart

import (
	"fmt"
	"math"
	"strings"
)

// Kept shows what deals were worth to each side as they were signed and as they were lived: breaks,
// suspensions and what was not delivered included.
type Kept struct {
	Made
	Parties  Parties
	Unit     string // "$bn a year over no deal"
	Deals    int64
	Years    int // looked ahead
	Fixed    string
	Promised [2]Reach // a side each
	Lived    [2]Reach
}

// Reach is the middle and the ends of 8 in 10.
type Reach struct{ Low, Mid, High float64 }

// Name implements Figure.
func (f *Kept) Name() string { return "kept" }

// Check implements Figure.
func (f *Kept) Check() error {
	if f.Deals == 0 {
		return ErrEmpty
	}
	for _, rs := range [][2]Reach{f.Promised, f.Lived} {
		for _, r := range rs {
			if !(r.Low <= r.Mid && r.Mid <= r.High) || math.IsInf(r.High-r.Low, 0) {
				return fmt.Errorf("10th, 50th and 90th of 100 are %v, %v, %v: not ascending", r.Low, r.Mid, r.High)
			}
		}
	}
	return nil
}

// bare is the unit without what it is over.
func (f *Kept) bare() string { return strings.TrimSuffix(f.Unit, " over no deal") }

// Title implements Figure.
func (f *Kept) Title() string {
	v := rounded(f.Lived[0].Mid, f.Promised[0].Mid, f.Lived[1].Mid, f.Promised[1].Mid)
	unit := strings.TrimSuffix(f.bare(), " a year")
	return fmt.Sprintf("Of %s that a deal promises %s gets %s, of %s %s gets %s", amount(v[1], f.bare()), f.Parties.The(FirstSide), amount(v[0], unit), amount(v[3], unit), f.Parties.The(SecondSide), amount(v[2], unit))
}

// Subtitle implements Figure.
func (f *Kept) Subtitle() Rich {
	return Plain(fmt.Sprintf("Worth to each side%s, as signed and as lived over %s years: middle and 8 in 10. %s deals agreed to at home%s.", after(", ", f.Unit), count(f.Years), whole(f.Deals), after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Kept) Alt() string { return "Strips. " + f.Title() + "." }

// CSV implements Figure.
func (f *Kept) CSV() [][]string {
	rows := [][]string{{"party", "as", "low", "middle", "high"}}
	for i, side := range []Side{FirstSide, SecondSide} {
		for k, r := range []Reach{f.Promised[i], f.Lived[i]} {
			rows = append(rows, []string{f.Parties.short(side), []string{"signed", "lived"}[k], raw(r.Low), raw(r.Mid), raw(r.High)})
		}
	}
	return rows
}

func (f *Kept) draw(s *sheet) {
	lo, hi := 0.0, 0.0
	for i := range f.Promised {
		lo, hi = min(lo, f.Promised[i].Low, f.Lived[i].Low), max(hi, f.Promised[i].High, f.Lived[i].High)
	}
	if hi <= lo {
		hi = lo + 1
	}
	x0, x1 := 96.0, s.w-60
	if s.narrow() {
		x0, x1 = 74, s.w-14
	}
	at := func(v float64) float64 { return x0 + (v-lo)/(hi-lo)*(x1-x0) }
	const pitch = 46
	bottom := 10.0 + 2*(24+2*pitch) + 6
	for _, v := range ticks(lo, hi, map[bool]int{true: 4, false: 7}[s.narrow()]) {
		s.rule(at(v), 26, at(v), bottom, 1, Grid)
		s.text(at(v), bottom+17, tick.at(centre), num(v))
	}
	s.rule(at(0), 26, at(0), bottom, 1.2, Ink)
	s.text(x1, bottom+35, label.in(Text2).at(right), label.fit(f.bare(), x1))
	y := 14.0
	for i, side := range []Side{FirstSide, SecondSide} {
		s.text(0, y, label.strong().in(side.Text()), Upper(strings.TrimPrefix(f.Parties.long(side), "the ")))
		y += 32
		for k, r := range []Reach{f.Promised[i], f.Lived[i]} {
			s.textMid(x0-10, y, label.at(right), []string{"as signed", "as lived"}[k])
			role := side.Tint()
			if k == 1 {
				role = side.Role()
			}
			s.rect(at(r.Low), y-4, at(r.High)-at(r.Low), 8, role)
			s.rect(at(r.Mid)-3.5, y-11, 7, 22, BG)
			s.rect(at(r.Mid)-1.5, y-11, 3, 22, Ink)
			w := label.strong().width(num(rounded(r.Mid)[0]))
			s.text(min(max(at(r.Mid), x0+w/2), s.w-w/2), y-15, label.strong().at(centre).haloed(), num(rounded(r.Mid)[0]))
			y += pitch
		}
		y += 4
	}
	s.h = bottom + 38
}
