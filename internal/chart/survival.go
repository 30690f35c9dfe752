package chart

import (
	"fmt"
	"sort"
)

// Survival shows how many of 100 deals that both sides agreed to at home are still in force after each
// year, and what ended the others.
type Survival struct {
	Made
	Parties Parties
	Deals   int64
	Fixed   string
	InForce []float64 // of 100, after 0, 1, 2, ... years; the first is 100
	Lasting int       // years after which a deal counts as lasting; 0: none
	Ends    []LifeEnd // what ended the others
}

// LifeEnd is one way to end.
type LifeEnd struct {
	Label string // "US leaves"
	Side  Side   // whose doing
	Of100 []float64
}

// Name implements Figure.
func (f *Survival) Name() string { return "survival" }

// Check implements Figure.
func (f *Survival) Check() error {
	n := len(f.InForce)
	if n < 2 || f.Deals == 0 {
		return ErrEmpty
	}
	if f.InForce[0] != 100 || f.Lasting >= n {
		return fmt.Errorf("%v of 100 in force at first; lasting after %d of %d years", f.InForce[0], f.Lasting, n-1)
	}
	for k, v := range f.InForce {
		if !(v >= 0 && (k == 0 || v <= f.InForce[k-1]+1e-9)) {
			return fmt.Errorf("year %d: %v of 100 in force", k, v)
		}
		sum := v
		for _, e := range f.Ends {
			if len(e.Of100) != n || e.Side > SecondSide || !(e.Of100[k] >= 0) {
				return fmt.Errorf("%s: %d numbers for %d years", e.Label, len(e.Of100), n)
			}
			sum += e.Of100[k]
		}
		if sum > 100.01 {
			return fmt.Errorf("year %d: %v of 100 deals", k, sum)
		}
	}
	return nil
}

// year is the one that the title speaks of.
func (f *Survival) year() int {
	if f.Lasting > 0 {
		return f.Lasting
	}
	return len(f.InForce) - 1
}

// Title implements Figure.
func (f *Survival) Title() string {
	y := f.year()
	s := fmt.Sprintf("Of 100 deals agreed to at home, %s are in force after %s years", of100(f.InForce[y]), count(y))
	best, at := 0.0, -1
	for i, e := range f.Ends {
		if e.Of100[y] > best {
			best, at = e.Of100[y], i
		}
	}
	if best >= 0.5 {
		s += fmt.Sprintf("; the largest loss: %s, %s", lower(f.Ends[at].Label, f.Parties.names()...), of100(best))
	}
	return s
}

// Subtitle implements Figure.
func (f *Survival) Subtitle() Rich {
	return Rich{
		{Text: "Deals of 100, by what became of them up to each year. " + whole(f.Deals) + " deals" + after("; ", f.Fixed) + "."},
		{Text: "\n"},
		{Text: "Ended by"},
		{Text: f.Parties.The(FirstSide), Role: First, Bold: true, Swatch: true},
		{Text: f.Parties.The(SecondSide), Role: Second, Bold: true, Swatch: true},
		{Text: "neither alone", Role: Grey3, Bold: true, Swatch: true},
	}
}

// Alt implements Figure.
func (f *Survival) Alt() string {
	s := "Survival curve. " + f.Title() + ". In force of 100 after each year:"
	for k, v := range f.InForce[1:] {
		if k > 0 {
			s += ","
		}
		s += " " + of100(v)
	}
	return s + "."
}

// CSV implements Figure.
func (f *Survival) CSV() [][]string {
	head := []string{"years", "in_force_of_100"}
	for _, e := range f.Ends {
		head = append(head, e.Label)
	}
	rows := [][]string{head}
	for k, v := range f.InForce {
		row := []string{fmt.Sprint(k), raw(v)}
		for _, e := range f.Ends {
			row = append(row, raw(e.Of100[k]))
		}
		rows = append(rows, row)
	}
	return rows
}

// stacked are the ends from the top down: neither's, then the second side's, then the first's, so that each
// side's stand together; within a side the largest at the outside.
func (f *Survival) stacked() []LifeEnd {
	out := append([]LifeEnd(nil), f.Ends...)
	last := len(f.InForce) - 1
	rank := map[Side]int{Neither: 0, SecondSide: 1, FirstSide: 2}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].Side != out[j].Side {
			return rank[out[i].Side] < rank[out[j].Side]
		}
		return out[i].Of100[last] > out[j].Of100[last]
	})
	return out
}

func (f *Survival) draw(s *sheet) {
	n := len(f.InForce) - 1
	a := axes{rect{30, 30, s.w - 176, 360}, 0, float64(n), 0, 100}
	if s.narrow() {
		a.rect = rect{28, 30, s.w - 8, 260}
	}
	s.text(0, 13, label.in(Text2), "of 100")
	for _, v := range []float64{0, 25, 50, 75, 100} {
		s.text(a.x0-8, a.y(v)+4.3, tick.at(right), num(v))
		s.rule(a.x0, a.y(v), a.x1, a.y(v), 1, Grid)
	}
	base := make([]float64, n+1) // the upper edge of what is still to be drawn
	for k := range base {
		base[k] = 100
	}
	type band struct {
		end LifeEnd
		mid float64 // height of its middle in the last year
	}
	var bands []band
	for _, e := range f.stacked() {
		if e.Of100[n] <= 0 {
			continue
		}
		low := make([]float64, n+1)
		var ring []pt
		for k := range base {
			low[k] = base[k] - e.Of100[k]
			ring = append(ring, a.at(float64(k), base[k]))
		}
		for k := n; k >= 0; k-- {
			ring = append(ring, a.at(float64(k), low[k]))
		}
		s.area(map[Side]Role{Neither: Grid, FirstSide: FirstTint, SecondSide: SecondTint}[e.Side], ring...)
		var edge []pt
		for k := range low {
			edge = append(edge, a.at(float64(k), low[k]))
		}
		s.line(BG, 1, nil, edge...)
		bands = append(bands, band{e, (base[n] + low[n]) / 2})
		base = low
	}
	var line []pt
	for k, v := range f.InForce {
		line = append(line, a.at(float64(k), v))
	}
	s.rule(a.x0, a.y1, a.x1, a.y1, 1, Grey3)
	for k := 0; k <= n; k++ {
		if n > 12 && k%2 == 1 {
			continue
		}
		s.text(a.x(float64(k)), a.y1+18, tick.at(centre), num(float64(k)))
	}
	s.text(a.x1, a.y1+36, label.in(Text2).at(right), "years after the signature")
	if f.Lasting > 0 {
		x, v := a.x(float64(f.Lasting)), f.InForce[f.Lasting]
		s.rule(x, a.y0-8, x, a.y1, 1.2, Ink)
		s.text(x, a.y0-13, label.at(centre), fmt.Sprintf("lasting: year %d", f.Lasting))
		s.disc(x, a.y(v), 4.5, Ink)
		// Left of the line and below it: the curve falls, so nothing stands there.
		s.text(max(x-9, a.x0+label.strong().width(of100(v)+" in force")+4), min(a.y(v)+20, a.y1-6), label.strong().at(right), of100(v)+" in force")
	}
	s.line(Ink, 2.2, nil, line...)
	if s.narrow() {
		y := a.y1 + 58
		for _, b := range bands {
			s.rect(0, y-9, 10, 10, map[Side]Role{Neither: Grid, FirstSide: FirstTint, SecondSide: SecondTint}[b.end.Side])
			w := s.text(18, y, label.strong().in(b.end.Side.Text()), of100(b.end.Of100[n]))
			s.text(18+w+6, y, label.in(b.end.Side.Text()), label.fit(b.end.Label, s.w-18-w-6))
			y += 17
		}
		s.h = y - 8
		return
	}
	want, size := []float64{a.y(f.InForce[n])}, []float64{14.0}
	for _, b := range bands {
		want, size = append(want, a.y(b.mid)), append(size, 14)
	}
	order := make([]int, len(want))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return want[order[i]] < want[order[j]] })
	sorted := make([]float64, len(want))
	for i, k := range order {
		sorted[i] = want[k]
	}
	for i, y := range spread(sorted, size, a.y0-6, a.y1+8, 4) {
		k := order[i]
		v, what, role, head := f.InForce[n], "in force", Ink, label.strong()
		if k > 0 {
			e := bands[k-1].end
			v, what, role = e.Of100[n], e.Label, e.Side.Text()
		}
		s.line(Grey3, 1, nil, pt{a.x1, sorted[i]}, pt{a.x1 + 10, y})
		w := s.textMid(a.x1+14, y, head.in(role), of100(v))
		st := label.in(role)
		if k == 0 {
			st = st.strong()
		}
		s.textMid(a.x1+14+w+4, y, st, st.fit(what, s.w-a.x1-18-w))
	}
	s.h = a.y1 + 40
}
