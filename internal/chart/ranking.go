package chart

import (
	"fmt"
	"math"
	"sort"
)

// Ranking shows strategies, or anything else that is compared, by a score with its interval.
type Ranking struct {
	Made
	What  string // "Mean worth to the side that plays it"
	Unit  string // "share of its ideal, %"
	Fixed string // "every pair of strategies, 2,000 talks each; the same seeds"
	Rows  []Rank
	// Paired says that the rows were compared pair by pair, and Rank.Tied who cannot be told from the
	// first. Else those are whose intervals overlap the first's, which is harder on differences.
	Paired bool
}

// Rank is one row. Higher is better.
type Rank struct {
	Label  string
	Score  float64
	Lo, Hi float64 // interval of the score
	N      int64
	Tied   bool // of a paired comparison; the first is
}

// Name implements Figure.
func (f *Ranking) Name() string { return "ranking" }

// Check implements Figure.
func (f *Ranking) Check() error {
	if len(f.Rows) == 0 {
		return ErrEmpty
	}
	for _, r := range f.Rows {
		if !(r.Lo <= r.Score && r.Score <= r.Hi) || math.IsInf(r.Lo, 0) || math.IsInf(r.Hi, 0) {
			return fmt.Errorf("%s: score %v is not within its interval %v to %v", r.Label, r.Score, r.Lo, r.Hi)
		}
	}
	return nil
}

func (f *Ranking) sorted() []Rank {
	out := append([]Rank(nil), f.Rows...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Score > out[j].Score })
	return out
}

// tied reports whether a row cannot be told from the first.
func (f *Ranking) tied(r, first Rank) bool {
	if f.Paired {
		return r.Tied
	}
	return r.Hi >= first.Lo
}

// Title implements Figure: the first leads only if the second can be told from it.
func (f *Ranking) Title() string {
	r := f.sorted()
	if len(r) == 1 {
		return r[0].Label + ": " + num(r[0].Score)
	}
	if !f.tied(r[1], r[0]) {
		return fmt.Sprintf("%s leads with %s, ahead of %s with %s", upper(r[0].Label), num(r[0].Score), r[1].Label, num(r[1].Score))
	}
	n := 1
	for n < len(r) && f.tied(r[n], r[0]) {
		n++
	}
	return fmt.Sprintf("%s leads with %s, but the first %s cannot be told apart", upper(r[0].Label), num(r[0].Score), count(n))
}

// Subtitle implements Figure.
func (f *Ranking) Subtitle() Rich {
	return Plain(fmt.Sprintf("%s, %s. Dot = estimate, line = 95%% interval%s.", f.What, f.Unit, after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Ranking) Alt() string {
	s := "Ranked dots with intervals. " + f.Title() + "."
	for i, r := range f.sorted() {
		if i == 5 {
			break
		}
		s += fmt.Sprintf(" %s %s (%s).", r.Label, num(r.Score), between(r.Lo, r.Hi))
	}
	return s
}

// CSV implements Figure.
func (f *Ranking) CSV() [][]string {
	rows := [][]string{{"rank", "name", "score", "lo_95", "hi_95", "n"}}
	for i, r := range f.sorted() {
		rows = append(rows, []string{fmt.Sprint(i + 1), r.Label, raw(r.Score), raw(r.Lo), raw(r.Hi), fmt.Sprint(r.N)})
	}
	return rows
}

func (f *Ranking) draw(s *sheet) {
	rows := f.sorted()
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		lo, hi = min(lo, r.Lo), max(hi, r.Hi)
	}
	pad := max((hi-lo)*0.06, math.Abs(hi)*0.01, 1e-9)
	lo, hi = lo-pad, hi+pad
	x0, x1, pitch := 220.0, s.w-130, 28.0
	if s.narrow() {
		x0, x1, pitch = 6, s.w-6, 44
	}
	at := func(v float64) float64 { return x0 + (x1-x0)*(v-lo)/(hi-lo) }
	bottom := 4 + pitch*float64(len(rows))
	s.valueGrid(lo, hi, at, 0, bottom)
	for i, r := range rows {
		mid := 4 + pitch*(float64(i)+0.5)
		tied := i == 0 || f.tied(r, rows[0])
		st, colour := label, Text2
		if tied {
			st, colour = label.strong(), Ink
		}
		if s.narrow() {
			mid += 9
			w := s.text(0, mid-14, st.haloed(), st.fit(r.Label, s.w*0.55))
			s.rich(w+8, mid-14, s.w-w-8, 16, label.in(Text2).haloed(), Rich{{Text: num(r.Score), Bold: true, Role: Ink}, {Text: ", " + between(r.Lo, r.Hi)}})
		} else {
			s.textMid(0, mid, st, st.fit(r.Label, x0-16))
			s.textMid(s.w-80, mid, label.strong().at(right), num(r.Score))
			s.textMid(s.w, mid, tick.at(right), between(r.Lo, r.Hi))
		}
		s.rule(at(r.Lo), mid, at(r.Hi), mid, 2, colour)
		s.disc(at(r.Score), mid, 6, BG)
		s.disc(at(r.Score), mid, 4.5, colour)
	}
	s.h = bottom + 22
}

// HeadToHead shows what each strategy gets against each other, as a heat map.
type HeadToHead struct {
	Made
	What  string // "Gain of the row’s player"
	Unit  string // "% of its ideal"
	Fixed string
	Names []string    // rows and columns alike
	Score [][]float64 // [row][column]: what the row's player gets against the column's; NaN: not played
	N     int64       // talks a cell
}

// Name implements Figure.
func (f *HeadToHead) Name() string { return "head-to-head" }

// Check implements Figure.
func (f *HeadToHead) Check() error {
	if len(f.Names) < 2 || len(f.Score) == 0 {
		return ErrEmpty
	}
	if len(f.Score) != len(f.Names) {
		return fmt.Errorf("%d rows for %d names", len(f.Score), len(f.Names))
	}
	for i, row := range f.Score {
		if len(row) != len(f.Names) {
			return fmt.Errorf("%s: %d scores for %d names", f.Names[i], len(row), len(f.Names))
		}
	}
	return nil
}

// Title implements Figure: a strategy that gets more than its opponent against every other, or how
// many the best one beats.
func (f *HeadToHead) Title() string {
	best, most := 0, -1
	for i := range f.Names {
		n := 0
		for j := range f.Names {
			if i != j && f.Score[i][j] > f.Score[j][i] {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	others := len(f.Names) - 1
	switch {
	case most == others:
		return fmt.Sprintf("%s gets more than its opponent against every other strategy", upper(f.Names[best]))
	case most > 0:
		return fmt.Sprintf("No strategy beats all others; %s beats %s of %s", f.Names[best], count(most), count(others))
	}
	return "No strategy gets more than its opponent"
}

// Subtitle implements Figure.
func (f *HeadToHead) Subtitle() Rich {
	s := fmt.Sprintf("%s, %s.", f.What, f.Unit)
	if f.N > 0 {
		s += " " + whole(f.N) + " talks a cell" + after("; ", f.Fixed) + "."
	}
	return Plain(s + " Stronger shade = more.")
}

// Alt implements Figure.
func (f *HeadToHead) Alt() string {
	s := "Heat map, a row and a column a strategy. " + f.Title() + "."
	for i := range f.Names {
		if i == 3 {
			break
		}
		j := (i + 1) % len(f.Names)
		s += fmt.Sprintf(" %s against %s: %s.", f.Names[i], f.Names[j], num(f.Score[i][j]))
	}
	return s
}

// CSV implements Figure.
func (f *HeadToHead) CSV() [][]string {
	rows := [][]string{append([]string{"row_against_column"}, f.Names...)}
	for i, row := range f.Score {
		out := []string{f.Names[i]}
		for _, v := range row {
			out = append(out, raw(v))
		}
		rows = append(rows, out)
	}
	return rows
}

func (f *HeadToHead) draw(s *sheet) {
	n := len(f.Names)
	lo, hi := math.Inf(1), math.Inf(-1)
	x0 := 0.0
	for i, row := range f.Score {
		x0 = max(x0, tick.width(f.Names[i])+12)
		for _, v := range row {
			if !math.IsNaN(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	x0 = min(x0, s.w*0.36)
	cw := min((s.w-x0)/float64(n), 110)
	ch := min(max(300/float64(n), 22), 40)
	// Column heads that do not fit their cell are numbered, the rows too.
	numbered := false
	for _, name := range f.Names {
		numbered = numbered || tick.width(name) > cw-4
	}
	y0 := 36.0
	s.text(x0, 12, label.in(Text2), label.fit("against", s.w-x0))
	for j, name := range f.Names {
		t := name
		if numbered {
			t = fmt.Sprint(j + 1)
		}
		s.text(x0+cw*(float64(j)+0.5), y0-8, tick.at(centre), t)
	}
	for i, row := range f.Score {
		y := y0 + ch*float64(i)
		name := f.Names[i]
		if numbered {
			name = fmt.Sprintf("%d %s", i+1, name)
		}
		s.textMid(x0-8, y+ch/2, tick.at(right), tick.fit(name, x0-8))
		for j, v := range row {
			x := x0 + cw*float64(j)
			if math.IsNaN(v) {
				s.rule(x+cw/2-4, y+ch/2, x+cw/2+4, y+ch/2, 1, Grey3)
				continue
			}
			shade := heat(v, lo, hi)
			s.rect(x+0.5, y+0.5, cw-1, ch-1, shade)
			st := label.at(centre).in(heatText(shade))
			if t := num(rounded(v)[0]); st.width(t) <= cw-2 {
				s.textMid(x+cw/2, y+ch/2, st, t)
			}
		}
	}
	s.h = y0 + ch*float64(n) + 4
}
