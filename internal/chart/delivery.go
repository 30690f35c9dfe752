package chart

import (
	"fmt"
	"math"
)

// Delivery shows what becomes of a promise: announced, cleared, built, and built in a year, on one log
// scale.
type Delivery struct {
	Made
	Side    Side    // whose promise
	Success Success // which deals
	Noun    string  // "Chinese investment"
	Unit    string  // "$bn"
	Deals   int64
	Fixed   string
	Stages  []Quantity // totals: promised, cleared, built
	Annual  *Quantity  // the last, by year; it has its own yardsticks; may be nil
	Years   string     // "by 2035", for the title
}

// Quantity is one stage.
type Quantity struct {
	Label          string // "Built by 2035"
	Note           string // "ten years, in total"
	Low, Mid, High float64
	Bins           []Bin  // density over the logarithm: values ascending; may be empty
	Marks          []Mark // yardsticks
}

// Name implements Figure.
func (f *Delivery) Name() string { return "delivery" }

func (f *Delivery) rows() []Quantity {
	rows := append([]Quantity(nil), f.Stages...)
	if f.Annual != nil {
		rows = append(rows, *f.Annual)
	}
	return rows
}

// Check implements Figure.
func (f *Delivery) Check() error {
	if len(f.Stages) < 2 || f.Deals == 0 {
		return ErrEmpty
	}
	for _, q := range f.rows() {
		if !(q.Low >= 0 && q.Low <= q.Mid && q.Mid <= q.High) || math.IsInf(q.High, 0) {
			return fmt.Errorf("%s: 10th, 50th and 90th of 100 are %v, %v, %v: not ascending from 0", q.Label, q.Low, q.Mid, q.High)
		}
	}
	return nil
}

// Title implements Figure.
func (f *Delivery) Title() string {
	first, last := f.Stages[0], f.Stages[len(f.Stages)-1]
	s := fmt.Sprintf("Of %s promised, %s gets built%s", amount(first.Mid, f.Unit), amount(last.Mid, f.Unit), after(" ", f.Years))
	if first.Mid <= 0 {
		return "Nothing is promised in the typical " + f.Success.Deal()
	}
	if f.Annual == nil {
		return s
	}
	s += ": " + amount(f.Annual.Mid, f.Unit) + " a year"
	best := Mark{At: math.Inf(-1)}
	for _, m := range f.Annual.Marks {
		if m.At > best.At {
			best = m
		}
	}
	if best.At > 0 && f.Annual.Mid > 0 && best.At/f.Annual.Mid >= 1.5 {
		return s + ", " + fraction(best.At/f.Annual.Mid) + " of the most on record"
	}
	return s
}

// fraction is one in n in words.
func fraction(n float64) string {
	words := [...]string{2: "half", 3: "a third", 4: "a quarter", 5: "a fifth", 6: "a sixth", 7: "a seventh", 8: "an eighth", 9: "a ninth", 10: "a tenth"}
	if k := int(math.Round(n)); k < len(words) && k >= 2 {
		return words[k]
	}
	return "one part in " + num(math.Round(n))
}

// Subtitle implements Figure.
func (f *Delivery) Subtitle() Rich {
	return Plain(fmt.Sprintf("%s in %s, %s, log scale. Tick = middle, bar = 8 in 10. %s%s.", f.Noun, f.Success.that(), f.Unit, sample(f.Deals), after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Delivery) Alt() string {
	s := "Strips on a log scale. " + f.Title() + "."
	for _, q := range f.rows() {
		s += fmt.Sprintf(" %s: middle %s, 8 in 10 between %s and %s.", q.Label, num(q.Mid), num(q.Low), num(q.High))
	}
	return s
}

// CSV implements Figure.
func (f *Delivery) CSV() [][]string {
	rows := [][]string{{"stage", "what", "value", "number"}}
	for _, q := range f.rows() {
		add := func(what, value string, v float64) {
			rows = append(rows, []string{q.Label, what, value, raw(v)})
		}
		add("10th_of_100", "", q.Low)
		add("middle", "", q.Mid)
		add("90th_of_100", "", q.High)
		for _, m := range q.Marks {
			add("yardstick", m.Label, m.At)
		}
		for _, b := range q.Bins {
			add("density", raw(b.At), b.Share)
		}
	}
	return rows
}

// reach is the range of the scale: whole decades in thirds, from the least that is drawn above zero.
func (f *Delivery) reach() (lo, hi float64) {
	lo, hi = math.Inf(1), 0
	take := func(v float64) {
		if v > 0 {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	for _, q := range f.rows() {
		take(q.Low)
		take(q.Mid)
		take(q.High)
		for _, m := range q.Marks {
			take(m.At)
		}
		peak := 0.0
		for _, b := range q.Bins {
			peak = max(peak, b.Share)
		}
		for _, b := range q.Bins {
			if b.Share > peak/50 {
				take(b.At)
			}
		}
	}
	if hi == 0 {
		return 1, 10
	}
	lo = max(lo, hi/1e4)
	return lo / 1.15, hi * 1.25
}

// logTicks are 1, 3, 10, 30 ... within a range.
func logTicks(lo, hi float64) (out []float64) {
	for e := math.Floor(math.Log10(lo)); e <= math.Ceil(math.Log10(hi)); e++ {
		for _, k := range []float64{1, 3} {
			if v := k * math.Pow(10, e); v >= lo && v <= hi {
				out = append(out, v)
			}
		}
	}
	return out
}

func (f *Delivery) draw(s *sheet) {
	lo, hi := f.reach()
	x0, x1 := 166.0, s.w-6
	if s.narrow() {
		x0, x1 = 4, s.w-4
	}
	at := func(v float64) float64 {
		return x0 + (math.Log(max(v, lo))-math.Log(lo))/(math.Log(hi)-math.Log(lo))*(x1-x0)
	}
	rows := f.rows()
	// The grid lies below all, so its height comes first.
	mids, heads := make([]float64, len(rows)), make([]float64, len(rows))
	y := 6.0
	for k, q := range rows {
		if f.Annual != nil && k == len(rows)-1 {
			y += 14
		}
		heads[k] = y
		if s.narrow() {
			y += 22
		}
		y += 16 * float64(f.markRows(s, at, q))
		mids[k] = y + 30
		y += 62
	}
	bottom := y
	last := -100.0
	for _, v := range logTicks(lo, hi) {
		s.rule(at(v), 6, at(v), bottom, 1, Grid)
		w := tick.width(num(v)) / 2
		if c := min(max(at(v), w), s.w-w); c-w > last+8 {
			s.text(c, bottom+16, tick.at(centre), num(v))
			last = c + w
		}
	}
	for k, q := range rows {
		annual := f.Annual != nil && k == len(rows)-1
		if annual {
			s.rule(0, heads[k]-6, s.w, heads[k]-6, 1.2, Grey4)
		}
		if s.narrow() {
			w := s.text(0, heads[k]+12, label.strong().haloed(), q.Label)
			s.text(w+6, heads[k]+12, label.in(Text2).haloed(), label.fit(q.Note, s.w-w-6))
		} else {
			s.text(0, mids[k]-2, label.strong(), label.strong().fit(q.Label, x0-12))
			s.text(0, mids[k]+15, label.in(Text2), label.fit(q.Note, x0-12))
		}
		f.strip(s, q, at, mids[k])
		f.marks(s, q, at, mids[k], annual)
	}
	s.h = bottom + 22
}

// strip draws one stage's distribution.
func (f *Delivery) strip(s *sheet, q Quantity, at func(float64) float64, mid float64) {
	peak := 0.0
	for _, b := range q.Bins {
		peak = max(peak, b.Share)
	}
	if peak > 0 {
		var up []pt
		for _, b := range q.Bins {
			if x := at(b.At); x >= at(0) && x <= s.w {
				up = append(up, pt{x, mid - 24*b.Share/peak})
			}
		}
		if len(up) > 1 {
			up = append(up, pt{up[len(up)-1].x, mid}, pt{up[0].x, mid})
			s.area(Grid, up...)
		}
	}
	s.rect(at(q.Low), mid-4, max(at(q.High)-at(q.Low), 2), 8, f.Side.Role())
	s.rect(at(q.Mid)-3.5, mid-11, 7, 22, BG)
	s.rect(at(q.Mid)-1.5, mid-10, 3, 20, Ink)
	st, bold := tick.haloed(), label.sized(14).strong().haloed()
	texts := []string{num(q.Low), num(q.Mid), num(q.High)}
	want := []float64{at(q.Low), at(q.Mid), at(q.High)}
	size := []float64{st.width(texts[0]), bold.width(texts[1]), st.width(texts[2])}
	for i, c := range spread(want, size, 0, s.w, 6) {
		if i == 1 {
			s.text(c, mid+25, bold.at(centre), texts[1])
		} else if i == 0 && q.Low < q.Mid || i == 2 && q.High > q.Mid {
			s.text(c, mid+25, st.at(centre), texts[i])
		}
	}
}

// lane places the words of yardsticks left of their lines, in rows above the strip, so that no line
// cuts another's words.
func (f *Delivery) lane(s *sheet, at func(float64) float64, q Quantity) (rows []int, x []float64) {
	ms := sorted(q.Marks)
	ends := make([]float64, len(ms))
	for i, m := range ms {
		w := label.width(m.Label + " " + num(m.At))
		c := at(m.At) - w - 5
		if c < 0 || i == 0 { // room for both sides of the line
			c = min(max(at(m.At)-w/2, 0), s.w-w)
		}
		row := 0
		for j := range i {
			if line := at(ms[j].At); line > c-4 && line < c+w+4 || ends[j]+10 > c {
				row = max(row, rows[j]+1)
			}
		}
		if i > 0 && at(m.At) < ends[0]+8 && rows[0] == 0 {
			row = max(row, 1)
		}
		rows, x = append(rows, row), append(x, c)
		ends[i] = c + w
	}
	// A line of a higher row may not cut words below it.
	for i := range ms {
		for j := range ms {
			w := ends[j] - x[j]
			if line := at(ms[i].At); i != j && rows[i] > rows[j] && line > x[j]-3 && line < ends[j]+3 {
				x[j] = max(0, line-w-6)
				ends[j] = x[j] + w
			}
		}
	}
	return rows, x
}

func (f *Delivery) markRows(s *sheet, at func(float64) float64, q Quantity) int {
	rows, _ := f.lane(s, at, q)
	n := 0
	for _, r := range rows {
		n = max(n, r+1)
	}
	return n
}

// marks draws the yardsticks: diamonds on the annual row, which measured years stand beside; lines
// elsewhere.
func (f *Delivery) marks(s *sheet, q Quantity, at func(float64) float64, mid float64, annual bool) {
	rows, x := f.lane(s, at, q)
	for i, m := range sorted(q.Marks) {
		base := mid - 30 - 16*float64(rows[i])
		s.rule(at(m.At), base+4, at(m.At), mid+8, 1.4, Text2)
		if annual {
			s.diamond(at(m.At), mid, 6, 2, BG, Ink)
		}
		s.text(x[i], base, label.in(Text2).haloed(), m.Label+" "+num(m.At))
	}
}
