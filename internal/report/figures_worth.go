package report

import (
	"math"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/chart"
)

// fewDeals is how many deals make fine bins speckled.
const fewDeals = 20_000

func (m *maker) gains() *chart.Gains {
	f := &chart.Gains{Made: m.made, Parties: m.parties, Success: m.success(), Fixed: m.fixed(), Unit: m.worthUnit(), Left: math.NaN()}
	g := m.s.Gains
	if g == nil || len(m.s.Worth) < 2 || g.N == 0 || len(g.Counts) == 0 {
		return f
	}
	f.Deals = g.N
	merge := 1 // bins that become one
	if g.N < fewDeals && len(g.Counts)%2 == 0 && len(g.Counts[0])%2 == 0 {
		merge = 2
	}
	for i := range f.Mid {
		w := m.s.Worth[i]
		f.Worth[i] = whole2(w.Deals.Middle)
		if w.Gain == nil {
			return &chart.Gains{Made: m.made}
		}
		f.Low[i], f.Mid[i], f.High[i] = 100*w.Gain.Lo, 100*w.Gain.Middle, 100*w.Gain.Hi
		n := len(g.Counts)
		if i == 1 {
			n = len(g.Counts[0])
		}
		for k := 0; k <= n; k += merge {
			f.Edges[i] = append(f.Edges[i], math.Round(1e6*100*(g.From+g.Width*float64(k)))/1e6)
		}
	}
	for i, row := range g.Counts {
		if i%merge == 0 {
			f.Share = append(f.Share, make([]float64, len(row)/merge))
		}
		for j, n := range row {
			f.Share[i/merge][j/merge] += 100 * float64(n) / float64(g.N)
		}
	}
	if m.s.Left != nil {
		f.Left = 100 * m.s.Left.Middle
	}
	return f
}

// whole2 rounds a worth to whole numbers, small ones to hundredths.
func whole2(v float64) float64 {
	if math.Abs(v) >= 9.5 {
		return math.Round(v)
	}
	return math.Round(v*100) / 100
}

// minCell is how few talks a cell of the two-lever map may rest on.
const minCell = 30

func (m *maker) levers() *chart.Levers {
	f := &chart.Levers{Made: m.made, Parties: m.parties, Success: m.success(), Own: [2]int{-1, -1}}
	l := m.s.Levers
	if l == nil {
		return f
	}
	f.X, f.Y = m.axis(&l.X), m.axis(&l.Y)
	noise := 0.0
	for _, row := range l.Cells {
		out := make([]float64, len(row))
		for x, c := range row {
			out[x] = math.NaN()
			if c.Of < minCell {
				continue
			}
			out[x] = 100 * c.Share
			noise = max(noise, 50*(c.Hi-c.Lo))
			if f.PerCell == 0 || c.Of < f.PerCell {
				f.PerCell = c.Of
			}
		}
		f.Of100 = append(f.Of100, out)
	}
	f.Noise = math.Ceil(noise)
	return f
}

// axis is a lever, its cells named by their edges.
func (m *maker) axis(a *analysis.Axis) chart.Axis {
	out := chart.Axis{Label: m.number(a.Label, a.Key), Unit: a.Unit, Short: chart.Lower(m.number(a.Label, a.Key), m.names()...)}
	out.Named = len(a.Levels) > 0
	for _, l := range a.Levels {
		out.Ticks = append(out.Ticks, m.proper(l))
	}
	for i := 0; i+1 < len(a.Edges); i++ {
		lo, hi := chart.Num(a.Edges[i]), chart.Num(a.Edges[i+1])
		sep := "–"
		if a.Edges[i] < 0 || a.Edges[i+1] < 0 {
			sep = " to "
		}
		out.Ticks = append(out.Ticks, lo+sep+hi)
	}
	return out
}

func (m *maker) violins() *chart.Violins {
	f := &chart.Violins{Made: m.made, Parties: m.parties, What: "Worth of " + m.success().Deals() + " over no deal", Unit: m.worthUnit(), Fixed: m.fixed()}
	split := map[string]bool{}
	for _, v := range m.s.Violins {
		split[v.Party] = split[v.Party] || v.Strategy != ""
	}
	for _, v := range m.s.Violins {
		if split[v.Party] && v.Strategy == "" {
			continue
		}
		g := chart.Violin{Label: m.proper(v.Strategy), Side: m.side(v.Party), N: v.Spread.N, Low: v.Spread.Lo, Mid: v.Spread.Middle, High: v.Spread.Hi}
		for k, n := range v.Counts {
			g.Bins = append(g.Bins, chart.Bin{At: v.From + v.Width*(float64(k)+0.5), Share: float64(n)})
		}
		f.Groups = append(f.Groups, g)
	}
	return f
}

func (m *maker) ecdf() *chart.ECDF {
	f := &chart.ECDF{Made: m.made, Parties: m.parties, What: "Worth of " + m.success().Deals() + " over no deal", Unit: m.worthUnit(), Fixed: m.fixed()}
	for _, c := range m.s.ECDF {
		side := m.side(c.Party)
		cv := chart.Curve{Label: c.Party, Side: side, N: c.N, At: c.At}
		if side != chart.Neither {
			cv.Label = m.name(side)
		}
		for k := range c.At {
			cv.Of100 = append(cv.Of100, 100*float64(k)/float64(max(len(c.At)-1, 1)))
		}
		f.Curves = append(f.Curves, cv)
	}
	return f
}

func (m *maker) parallel() *chart.Parallel {
	f := &chart.Parallel{Made: m.made, Parties: m.parties, Success: m.success(), Deals: m.s.Success.N, Fixed: m.fixed()}
	p := m.s.Parallel
	if p == nil || len(p.Issues) != len(m.b.Issues) {
		return f
	}
	middle := make([]int, len(m.b.Issues))
	for i, is := range m.b.Issues {
		a := chart.ParallelAxis{Label: is.Label, Unit: is.Unit, Hi: float64(len(is.Values) - 1)}
		for _, v := range is.Values {
			if len(is.Numbers) == 0 {
				v = m.proper(v)
			}
			a.Ticks = append(a.Ticks, v)
		}
		f.Axes = append(f.Axes, a)
		middle[i] = m.middle(is.Key)
	}
	best, near := -1, math.Inf(1)
	for k, d := range p.Deals {
		far := 0.0
		for i, v := range d.Terms {
			step := math.Abs(float64(v - middle[i]))
			if len(m.b.Issues[i].Numbers) == 0 {
				step = min(step, 1)
			} else {
				step /= max(f.Axes[i].Hi, 1)
			}
			far += step
		}
		if far < near {
			best, near = k, far
		}
	}
	for k, d := range p.Deals {
		line := chart.Strand{Mine: k == best, Label: "the deal nearest to the middle of every issue"}
		for _, v := range d.Terms {
			line.At = append(line.At, float64(v))
		}
		f.Lines = append(f.Lines, line)
	}
	return f
}

// middle is the index of an issue's median value, or of its commonest choice.
func (m *maker) middle(key string) int {
	for _, t := range m.s.Terms {
		if t.Key != key {
			continue
		}
		best := 0
		for k, l := range t.Levels {
			if t.Spread != nil && l.Number != nil && *l.Number == t.Spread.Middle {
				return k
			}
			if l.Share.N > t.Levels[best].Share.N {
				best = k
			}
		}
		return best
	}
	return 0
}
