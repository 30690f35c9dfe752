package chart

import (
	"fmt"
	"math"
)

// Gains shows what the deals are worth to both sides, each run's gain as a share of that run's ideal
// for the side: the most it could have with the other no worse off than without a deal.
type Gains struct {
	Made
	Parties Parties
	Success Success
	Deals   int64
	Fixed   string
	Edges   [2][]float64 // bin edges of each side's share of its ideal, percent, ascending; len = bins+1
	Share   [][]float64  // [bin of the first side][bin of the second]: deals of 100
	Low     [2]float64   // 10th of 100 deals, percent of the ideal
	Mid     [2]float64   // median
	High    [2]float64   // 90th
	Worth   [2]float64   // median worth over no deal, in Unit; NaN if unknown
	Unit    string       // of Worth: "$bn a year"
	Left    float64      // median share left on the table, percent; NaN if unknown
}

// Name implements Figure.
func (f *Gains) Name() string { return "gains" }

// Check implements Figure.
func (f *Gains) Check() error {
	if f.Deals == 0 || len(f.Share) == 0 {
		return ErrEmpty
	}
	for side, e := range f.Edges {
		n := len(f.Share)
		if side == 1 {
			n = len(f.Share[0])
		}
		if len(e) != n+1 {
			return fmt.Errorf("%s: %d edges for %d bins", f.Parties.short(Side(side+1)), len(e), n)
		}
		for i := 1; i < len(e); i++ {
			if !(e[i] > e[i-1]) {
				return fmt.Errorf("%s: edge %v after %v is not ascending", f.Parties.short(Side(side+1)), e[i], e[i-1])
			}
		}
	}
	for _, row := range f.Share {
		if len(row) != len(f.Share[0]) {
			return fmt.Errorf("a row of %d bins, not %d", len(row), len(f.Share[0]))
		}
		for _, v := range row {
			if !(v >= 0) || math.IsInf(v, 0) {
				return fmt.Errorf("a bin holds %v of 100 deals", v)
			}
		}
	}
	return nil
}

// Title implements Figure: who gets more of its ideal, if the medians differ by ten points.
func (f *Gains) Title() string {
	a, b := math.Round(f.Mid[0]), math.Round(f.Mid[1])
	more, less, x, y := FirstSide, SecondSide, a, b
	if b > a {
		more, less, x, y = SecondSide, FirstSide, b, a
	}
	if math.Abs(a-b) >= 10 {
		return fmt.Sprintf("The typical %s gives %s %s%% of its best case, %s %s%%", f.Success.Deal(), f.Parties.The(more), num(x), f.Parties.The(less), num(y))
	}
	return fmt.Sprintf("The typical %s gives both sides about the same share of their best case: %s and %s%%", f.Success.Deal(), num(a), num(b))
}

// Subtitle implements Figure.
func (f *Gains) Subtitle() Rich {
	return Plain(fmt.Sprintf("Worth over no deal, %% of what the side could get at most in the same talk. %s %s%s.", sample(f.Deals), f.Success.Deals(), after("; ", f.Fixed)))
}

// Alt implements Figure.
func (f *Gains) Alt() string {
	s := "Heat map of both sides’ gains. " + f.Title() + "."
	for i, side := range []Side{FirstSide, SecondSide} {
		s += fmt.Sprintf(" %s: middle %s%% of its ideal, 8 in 10 between %s and %s%%.", upper(f.Parties.The(side)), num(f.Mid[i]), num(f.Low[i]), num(f.High[i]))
	}
	if !math.IsNaN(f.Left) {
		s += fmt.Sprintf(" Left on the table: %s%% in the middle.", num(f.Left))
	}
	return s
}

// CSV implements Figure.
func (f *Gains) CSV() [][]string {
	a, b := slug(f.Parties.short(FirstSide)), slug(f.Parties.short(SecondSide))
	rows := [][]string{{a + "_from_percent", a + "_to_percent", b + "_from_percent", b + "_to_percent", "deals_of_100"}}
	for i, row := range f.Share {
		for j, v := range row {
			if v > 0 {
				rows = append(rows, []string{raw(f.Edges[0][i]), raw(f.Edges[0][i+1]), raw(f.Edges[1][j]), raw(f.Edges[1][j+1]), raw(v)})
			}
		}
	}
	return rows
}

// window is the range of bins that hold all but one deal in 500 at each end, and 0 to 100 percent.
func (f *Gains) window(side int) (lo, hi float64) {
	e := f.Edges[side]
	n := len(e) - 1
	sums, total := f.sums(side), 0.0
	for _, v := range sums {
		total += v
	}
	i, j, cum := 0, n, 0.0
	for ; i < n-1 && cum+sums[i] <= total/500; i++ {
		cum += sums[i]
	}
	for cum = 0; j > i+1 && cum+sums[j-1] <= total/500; j-- {
		cum += sums[j-1]
	}
	return min(e[i], max(0, e[0])), max(e[j], min(100, e[n]))
}

// sums are one side's bins over all of the other's.
func (f *Gains) sums(side int) []float64 {
	out := make([]float64, len(f.Edges[side])-1)
	for i, row := range f.Share {
		for j, v := range row {
			if side == 0 {
				out[i] += v
			} else {
				out[j] += v
			}
		}
	}
	return out
}

func (f *Gains) draw(s *sheet) {
	const band = 40.0 // of the histograms beside the map
	a := axes{rect: rect{46, 30 + band, 46 + 400, 30 + band + 400}}
	if s.narrow() {
		side := s.w - 36 - band - 8
		a.rect = rect{36, 28 + band, 36 + side, 28 + band + side}
	}
	a.xlo, a.xhi = f.window(0)
	a.ylo, a.yhi = f.window(1)
	most := 0.0
	for _, row := range f.Share {
		for _, v := range row {
			most = max(most, v)
		}
	}
	for i, row := range f.Share {
		for j, v := range row {
			x0, x1 := max(f.Edges[0][i], a.xlo), min(f.Edges[0][i+1], a.xhi)
			y0, y1 := max(f.Edges[1][j], a.ylo), min(f.Edges[1][j+1], a.yhi)
			if v > 0 && x1 > x0 && y1 > y0 {
				// Shades by the root, so that thin places show beside the peak.
				s.rect(a.x(x0), a.y(y1), a.x(x1)-a.x(x0)-0.5, a.y(y0)-a.y(y1)-0.5, heat(math.Sqrt(v/most), 0, 1))
			}
		}
	}
	f.scales(s, a)
	f.margins(s, a, band)
	// Shares of a pie that trade across issues cannot enlarge add up to 100.
	var ends []pt
	if a.xlo <= 100 && a.ylo <= 100 {
		x0, x1 := max(a.xlo, 100-a.yhi), min(a.xhi, 100-a.ylo)
		if x1 > x0 {
			ends = []pt{a.at(x0, 100-x0), a.at(x1, 100-x1)}
			s.line(BG, 3.2, nil, ends...)
			s.line(Ink, 1.2, []float64{4, 3}, ends...)
		}
	}
	for i := range 2 { // the middle 8 in 10, a cross
		lo, hi := f.Low[i], f.High[i]
		if i == 0 {
			s.rule(a.x(max(lo, a.xlo)), a.y(f.Mid[1]), a.x(min(hi, a.xhi)), a.y(f.Mid[1]), 4.5, BG)
			s.rule(a.x(max(lo, a.xlo)), a.y(f.Mid[1]), a.x(min(hi, a.xhi)), a.y(f.Mid[1]), 2, First)
		} else {
			s.rule(a.x(f.Mid[0]), a.y(max(lo, a.ylo)), a.x(f.Mid[0]), a.y(min(hi, a.yhi)), 4.5, BG)
			s.rule(a.x(f.Mid[0]), a.y(max(lo, a.ylo)), a.x(f.Mid[0]), a.y(min(hi, a.yhi)), 2, Second)
		}
	}
	s.ring(a.x(f.Mid[0]), a.y(f.Mid[1]), 5, 2, Ink)
	if s.narrow() {
		y := a.y1 + 62
		for _, n := range f.notes(len(ends) > 0) {
			y += 16*float64(s.rich(0, y, s.w, 16, label.in(Text2), n)) + 6
		}
		s.h = y - 18
		return
	}
	x, y := a.x1+band+34, a.y0+12
	for _, n := range f.notes(len(ends) > 0) {
		y += 17*float64(s.rich(x, y, s.w-x, 17, label.in(Text2), n)) + 11
	}
	s.h = max(a.y1+42, y-12)
}

// scales draws the ticks and the names of the axes.
func (f *Gains) scales(s *sheet, a axes) {
	for _, v := range ticks(a.xlo, a.xhi, 6) {
		s.rule(a.x(v), a.y1+2, a.x(v), a.y1+6, 1, Grey3)
		w := tick.width(num(v)) / 2
		s.text(min(max(a.x(v), w), s.w-w), a.y1+19, tick.at(centre), num(v))
	}
	for _, v := range ticks(a.ylo, a.yhi, 6) {
		s.rule(a.x0-6, a.y(v), a.x0-2, a.y(v), 1, Grey3)
		s.text(a.x0-10, a.y(v)+4.3, tick.at(right), num(v))
	}
	if a.xlo < 0 {
		s.rule(a.x(0), a.y0, a.x(0), a.y1, 1, Grey3)
	}
	if a.ylo < 0 {
		s.rule(a.x0, a.y(0), a.x1, a.y(0), 1, Grey3)
	}
	st := label.strong()
	s.text(0, 13, st.in(Second), st.fit("gain of "+f.Parties.The(SecondSide)+", % of its ideal", s.w))
	s.text(a.x1, a.y1+38, st.in(First).at(right), st.fit("gain of "+f.Parties.The(FirstSide)+", % of its ideal", a.x1))
}

// margins draws each side's own distribution beside the map.
func (f *Gains) margins(s *sheet, a axes, band float64) {
	for side := range 2 {
		sums, top := f.sums(side), 0.0
		for k, v := range sums {
			top = max(top, v/(f.Edges[side][k+1]-f.Edges[side][k]))
		}
		for k, v := range sums {
			e0, e1 := f.Edges[side][k], f.Edges[side][k+1]
			h := (band - 8) * v / (e1 - e0) / top
			if side == 0 {
				if e0, e1 = max(e0, a.xlo), min(e1, a.xhi); e1 > e0 {
					s.rect(a.x(e0), a.y0-4-h, a.x(e1)-a.x(e0)-0.5, h, First)
				}
			} else if e0, e1 = max(e0, a.ylo), min(e1, a.yhi); e1 > e0 {
				s.rect(a.x1+4, a.y(e1), h, a.y(e0)-a.y(e1)-0.5, Second)
			}
		}
	}
}

// notes say what the marks are.
func (f *Gains) notes(pie bool) []Rich {
	whose := func(i int, side Side) Rich {
		r := Rich{
			{Text: upper(f.Parties.The(side)), Bold: true, Role: side.Role()},
			{Text: " middle "},
			{Text: num(math.Round(f.Mid[i])) + "%", Bold: true, Role: Ink},
			{Text: ", 8 in 10 from " + between(math.Round(f.Low[i]), math.Round(f.High[i])) + "%"},
		}
		if !math.IsNaN(f.Worth[i]) {
			r = append(r, Span{Text: "; worth " + amount(f.Worth[i], f.Unit)})
		}
		return append(r, Span{Text: "."})
	}
	out := []Rich{whose(0, FirstSide), whose(1, SecondSide)}
	if !math.IsNaN(f.Left) {
		out = append(out, Rich{{Text: num(math.Round(f.Left)) + "%", Bold: true, Role: Ink}, {Text: " of the possible joint gain is left on the table in the middle deal."}})
	}
	out = append(out, Plain("Stronger shade = more deals. Circle: the middle. Lines through it: 8 in 10 deals."))
	if pie {
		out = append(out, Plain("Dashed: shares that add up to 100. Deals beyond it trade across issues."))
	}
	return out
}
