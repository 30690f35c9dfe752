package analysis

import (
	"math"
	"sort"
)

func ascending(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return values[order[a]] < values[order[b]] })
	return order
}

func (f *Fold) gains() *Gains {
	g := &Gains{From: gainFrom, Width: gainWidth}
	for i := range f.pairs {
		row := append([]int64(nil), f.pairs[i][:]...)
		g.N += sum(row)
		g.Counts = append(g.Counts, row)
	}
	if g.N == 0 {
		return nil
	}
	f.thin.each(func(_ int64, r []float32) {
		a, b := float64(r[keptGain]), float64(r[keptGain+1])
		if len(g.Points) < MaxPoints && stage(r[keptStage]) >= f.l.goal && !math.IsNaN(a) && !math.IsNaN(b) {
			g.Points = append(g.Points, [2]float64{Tidy(a), Tidy(b)})
		}
	})
	return g
}

// curves gives each party's worth by its percentiles.
func (f *Fold) curves() []Curve {
	var list []Curve
	for i, p := range f.l.brief.Parties {
		s := &f.worth[i]
		if s.n() == 0 {
			continue
		}
		c := Curve{Party: p.Key, N: s.n()}
		for k := range 101 {
			c.At = append(c.At, s.at(float64(k)/100))
		}
		list = append(list, c)
	}
	return list
}

// violinBins is the number of bins of a Violin, minViolin the fewest deals it may rest on.
const (
	violinBins = 60
	minViolin  = 30
)

// violins gives each party's worth as a histogram: of all deals, then by the party's own strategy.
func (f *Fold) violins() []Violin {
	var list []Violin
	for i, p := range f.l.brief.Parties {
		if v, ok := violin(&f.worth[i]); ok {
			v.Party = p.Key
			list = append(list, v)
		}
		if len(f.own[i]) < 2 {
			continue
		}
		for j, name := range schemaLevels(f.l, f.l.agent[i]) {
			if v, ok := violin(&f.own[i][j]); ok {
				v.Party, v.Strategy = p.Key, name
				list = append(list, v)
			}
		}
	}
	return list
}

func violin(s *sketch) (Violin, bool) {
	if s.n() < minViolin {
		return Violin{}, false
	}
	lo, hi := s.at(0.005), s.at(0.995)
	if hi <= lo {
		return Violin{}, false
	}
	v := Violin{Spread: s.spread(), From: lo, Width: Tidy((hi - lo) / violinBins), Counts: make([]int64, violinBins)}
	for _, b := range s.list() {
		if b.at >= lo && b.at <= hi {
			k := min(int((b.at-lo)/v.Width), violinBins-1)
			v.Counts[k] += b.n
		}
	}
	return v, true
}

// parallel gives the first of the thinned set's successful deals.
func (f *Fold) parallel() *Parallel {
	p := &Parallel{}
	for _, is := range f.l.brief.Issues {
		p.Issues = append(p.Issues, is.Key)
	}
	for _, x := range f.l.brief.Parties {
		p.Parties = append(p.Parties, x.Key)
	}
	f.thin.each(func(run int64, r []float32) {
		if len(p.Deals) >= MaxLines || stage(r[keptStage]) < f.l.goal {
			return
		}
		d := OneDeal{Run: run}
		for i := range f.l.issues {
			d.Terms = append(d.Terms, int(r[keptRest+i]))
		}
		for i := range f.worth {
			w := float64(r[keptWorth+i])
			if math.IsNaN(w) {
				return
			}
			d.Worth = append(d.Worth, Tidy(w))
		}
		p.Deals = append(p.Deals, d)
	})
	if len(p.Deals) == 0 {
		return nil
	}
	return p
}
