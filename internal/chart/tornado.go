package chart

import (
	"fmt"
	"math"
	"sort"
)

// Tornado shows what decides success: of 100 talks, how many succeed when one drawn number is in its
// lowest fifth and when it is in its highest.
type Tornado struct {
	Made
	Parties  Parties
	Success  Success
	Base     float64 // all talks: successes in 100
	PerFifth int64   // talks in a fifth
	Drawn    int     // how many numbers are drawn in all
	Bars     []Bar   // any order; sorted by swing when drawn
}

// Bar is one drawn number.
type Bar struct {
	Label   string // "US price of security at $1trn, $bn a year"
	Phrase  string // for the title, completing "... decides most": "How the US prices security"; may be empty
	Side    Side   // whose number
	Assumed bool   // no source
	Low     End    // when it is in its lowest fifth (or is the first of two levels)
	High    End    // when it is in its highest (or is the other)
}

// End is one end of a bar.
type End struct {
	Says  string  // which talks: "below 14", "yes"
	Of100 float64 // successes in 100 of them
}

// Swing is the distance between the ends, in talks of 100.
func (b Bar) Swing() float64 { return max(b.Low.Of100, b.High.Of100) - min(b.Low.Of100, b.High.Of100) }

// Name implements Figure.
func (f *Tornado) Name() string { return "tornado" }

// Check implements Figure.
func (f *Tornado) Check() error {
	if len(f.Bars) == 0 {
		return ErrEmpty
	}
	if err := f.Success.check(); err != nil {
		return err
	}
	for _, b := range f.Bars {
		for _, e := range []End{b.Low, b.High} {
			if !(e.Of100 >= 0 && e.Of100 <= 100) || b.Side > SecondSide {
				return fmt.Errorf("number %q: success %v is not within 0 to 100", b.Label, e.Of100)
			}
		}
	}
	return nil
}

// bars are the bars by swing.
func (f *Tornado) bars() []Bar {
	out := append([]Bar(nil), f.Bars...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Swing() > out[j].Swing() })
	return out
}

// ends are the bar's ends, the worse first.
func (b Bar) ends() (lo, hi End) {
	if b.Low.Of100 <= b.High.Of100 {
		return b.Low, b.High
	}
	return b.High, b.Low
}

// Title implements Figure: the first number, if it moves success by at least three talks in 100.
func (f *Tornado) Title() string {
	b := f.bars()[0]
	lo, hi := b.ends()
	if b.Swing() < 3 {
		return fmt.Sprintf("No single number decides: none moves success by more than %s in 100", of100(math.Ceil(b.Swing())))
	}
	who := b.Phrase
	if who == "" {
		who = upper(b.Label)
	}
	return fmt.Sprintf("%s decides most: %s or %s %s in 100 hang on it", who, of100(lo.Of100), of100(hi.Of100), f.Success.Deals())
}

// Subtitle implements Figure.
func (f *Tornado) Subtitle() Rich {
	head := fmt.Sprintf("%s in 100 talks when one number is in its lowest or highest fifth; the rest drawn.", upper(f.Success.Deals()))
	if f.PerFifth > 0 {
		head += " " + sample(f.PerFifth) + " a fifth."
	}
	r := Rich{{Text: head}, {Text: "\n"}, {Text: "Whose number: "}}
	for _, s := range []Side{FirstSide, SecondSide} {
		r = append(r, Span{Text: f.Parties.short(s), Role: s.Role(), Bold: true}, Span{Text: "  "})
	}
	tail := "Filled: from a source. Hollow: assumed."
	if f.Drawn > len(f.Bars) {
		least := f.bars()[len(f.Bars)-1].Swing()
		tail += fmt.Sprintf(" %d of %d numbers; the rest move it by at most %s.", len(f.Bars), f.Drawn, of100(math.Max(math.Ceil(least), 1)))
	}
	return append(r, Span{Text: "neither", Role: Text2, Bold: true}, Span{Text: ". " + tail})
}

// Alt implements Figure.
func (f *Tornado) Alt() string {
	s := fmt.Sprintf("Tornado chart. %s. Of all talks %s in 100 succeed.", f.Title(), of100(f.Base))
	for i, b := range f.bars() {
		if i == 4 {
			break
		}
		lo, hi := b.ends()
		s += fmt.Sprintf(" %s: %s (%s) to %s (%s), %s.", b.Label, of100(lo.Of100), lo.Says, of100(hi.Of100), hi.Says, b.evidence())
	}
	return s
}

func (b Bar) evidence() string {
	if b.Assumed {
		return "assumed"
	}
	return "sourced"
}

// CSV implements Figure.
func (f *Tornado) CSV() [][]string {
	rows := [][]string{{"number", "side", "evidence", "low_end", "success_of_100_low", "high_end", "success_of_100_high", "swing"}}
	for _, b := range f.bars() {
		rows = append(rows, []string{b.Label, f.Parties.short(b.Side), b.evidence(), b.Low.Says, raw(b.Low.Of100), b.High.Says, raw(b.High.Of100), raw(b.Swing())})
	}
	return rows
}

// colours of a bar and its name. A number of neither side is drawn in dark grey: it is a result, not
// an area.
func (b Bar) colours() (bar, name Role) {
	if b.Side == Neither {
		return Text2, Ink
	}
	return b.Side.Role(), b.Side.Role()
}

// top is the end of the axis.
func (f *Tornado) top() float64 {
	top := f.Base
	for _, b := range f.Bars {
		top = max(top, b.Low.Of100, b.High.Of100)
	}
	for _, v := range []float64{1, 2, 5, 10, 20, 30, 40, 50, 60, 80, 100} {
		if top <= v {
			return v
		}
	}
	return 100
}

func (f *Tornado) draw(s *sheet) {
	if s.narrow() {
		f.drawNarrow(s)
		return
	}
	bars, hi := f.bars(), f.top()
	val, say := label.strong().haloed(), label.in(Text2).haloed()
	const labels = 246.0
	x0, x1 := labels+16, s.w-14
	for range 8 { // the axis shrinks until the words at both ends of every bar have room
		for _, b := range bars {
			lo, up := b.ends()
			at := func(v float64) float64 { return x0 + (x1-x0)*v/hi }
			x0 += max(0, labels+18-(at(lo.Of100)-12-val.width(of100(lo.Of100))-6-say.width(lo.Says)))
			x1 -= max(0, at(up.Of100)+8+val.width(of100(up.Of100))+6+say.width(up.Says)-s.w)
		}
	}
	x1 = max(x1, x0+120)
	at := func(v float64) float64 { return x0 + (x1-x0)*v/hi }
	const top, pitch, h = 22.0, 36.0, 14.0
	type row struct {
		mid  float64
		name []string
	}
	rows, y := make([]row, len(bars)), top
	for k, b := range bars {
		name := label.at(right).balance(b.Label, labels)
		step := max(pitch, 16*float64(len(name))+8)
		rows[k] = row{y + step/2 + 3, name}
		y += step
	}
	bottom := y + 8
	for _, v := range ticks(0, hi, 6) {
		s.rule(at(v), top, at(v), bottom, 1, Grid)
		s.text(at(v), bottom+15, tick.at(centre), num(v))
	}
	s.text(x1, bottom+32, label.in(Text2).at(right), f.Success.Deals()+" in 100 talks")
	for k, b := range bars {
		lo, up := b.ends()
		colour, name := b.colours()
		y := rows[k].mid
		s.lines(labels, y+4.7-8*float64(len(rows[k].name)-1), 16, label.in(name).at(right), rows[k].name)
		f.bar(s, b, at(lo.Of100), at(up.Of100), y-h/2, h, colour)
		w := s.textMid(at(lo.Of100)-8, y, val.at(right), of100(lo.Of100))
		s.textMid(at(lo.Of100)-8-w-6, y, say.at(right), lo.Says)
		w = s.textMid(at(up.Of100)+8, y, val, of100(up.Of100))
		s.textMid(at(up.Of100)+8+w+6, y, say, up.Says)
	}
	f.base(s, bars, at, top, bottom, func(k int) (float64, float64) { return rows[k].mid - h/2, rows[k].mid + h/2 })
	s.text(min(max(at(f.Base), x0+30), x1-30), top-6, label.strong().at(centre), "all talks "+of100(f.Base))
	s.h = bottom + 36
}

// bar draws one bar, hollow if the number is assumed.
func (f *Tornado) bar(s *sheet, b Bar, x0, x1, y, h float64, colour Role) {
	w := max(x1-x0, 3)
	if b.Assumed {
		s.rect(x0, y, w, h, BG)
		s.outline(x0, y, w, h, 2, colour)
		return
	}
	s.rect(x0, y, w, h, colour)
}

// base draws the line of all talks, in the ground's colour where it crosses a filled bar.
func (f *Tornado) base(s *sheet, bars []Bar, at func(float64) float64, top, bottom float64, span func(int) (float64, float64)) {
	x := at(f.Base)
	y := top
	for k, b := range bars {
		y0, y1 := span(k)
		lo, up := b.ends()
		if b.Assumed || x < at(lo.Of100) || x > at(up.Of100) {
			continue
		}
		s.rule(x, y, x, y0, 1.4, Ink)
		s.rule(x, y0, x, y1, 1.2, BG)
		y = y1
	}
	s.rule(x, y, x, bottom, 1.4, Ink)
}

func (f *Tornado) drawNarrow(s *sheet) {
	bars, hi := f.bars(), f.top()
	at := func(v float64) float64 { return 8 + (s.w-16)*v/hi }
	const top, h = 22.0, 12.0
	small := label.in(Text2).haloed()
	mids := make([]float64, len(bars))
	type placed struct {
		b     Bar
		y     float64
		names []string
	}
	var rows []placed
	y := top + 4
	for k, b := range bars {
		names := label.balance(b.Label, s.w)
		rows = append(rows, placed{b, y, names})
		y += 16*float64(len(names)) + 18
		mids[k] = y + 4 + h/2
		y += h + 22
	}
	bottom := y - 6
	for _, v := range ticks(0, hi, 4) {
		s.rule(at(v), top, at(v), bottom, 1, Grid)
		w := tick.width(num(v)) / 2
		s.text(min(max(at(v), w), s.w-w), bottom+15, tick.at(centre), num(v))
	}
	s.text(s.w, bottom+32, label.in(Text2).at(right), f.Success.Deals()+" in 100 talks")
	for k, r := range rows {
		lo, up := r.b.ends()
		colour, _ := r.b.colours()
		f.bar(s, r.b, at(lo.Of100), at(up.Of100), mids[k]-h/2, h, colour)
	}
	f.base(s, bars, at, top, bottom, func(k int) (float64, float64) { return mids[k] - h/2, mids[k] + h/2 })
	for _, r := range rows {
		lo, up := r.b.ends()
		_, name := r.b.colours()
		y := s.lines(0, r.y+13, 16, label.in(name).haloed(), r.names)
		s.rich(0, y, s.w, 16, small, Rich{
			{Text: of100(lo.Of100), Bold: true, Role: Ink},
			{Text: " if " + lo.Says + "; "},
			{Text: of100(up.Of100), Bold: true, Role: Ink},
			{Text: " if " + up.Says},
		})
	}
	w := label.strong().width("all talks "+of100(f.Base)) / 2
	s.text(min(max(at(f.Base), w), s.w-w), top-6, label.strong().at(centre), "all talks "+of100(f.Base))
	s.h = bottom + 36
}
