package tournament

import (
	"math"

	"github.com/parley-sim/parley/internal/analysis/egt"
)

// How far the game theory looks.
const (
	mostSupport = 3    // strategies of a symmetric equilibrium
	basinStarts = 300  // of the replicator
	basinSteps  = 4000 //
	noise       = 1e-9 // a gain below this is none
)

// game makes the empirical game of the means. Self-play that was not played counts as a missing number, and then there is no game.
func (t *tally) game(r *Result) {
	g := make(egt.Game, t.n)
	for a := range t.n {
		var row []Num
		for b := range t.n {
			c := &t.cell[a*t.n+b]
			row = append(row, over(c.own, c.n))
			g[a] = append(g[a], float64(row[b]))
		}
		r.Game.Payoff = append(r.Game.Payoff, row)
	}
	if g.Check() != nil {
		return
	}
	for _, p := range g.Pure(noise) {
		r.Game.Pure = append(r.Game.Pure, [2]string{r.Players[p[0]], r.Players[p[1]]})
	}
	for _, e := range g.Symmetric(mostSupport, noise) {
		m := r.mixture(e.Mix)
		m.Payoff, m.Stable = Num(e.Payoff), e.Stable
		r.Game.Symmetric = append(r.Game.Symmetric, m)
	}
	deviations := g.Deviations()
	for a := range g {
		d := deviations[a*t.n+a]
		r.Game.Deviations = append(r.Game.Deviations, BestChange{All: r.Players[a], To: r.Players[d.To], Gain: Num(d.Gain)})
	}
	for _, k := range g.Survivors() {
		r.Game.Survivors = append(r.Game.Survivors, r.Players[k])
	}
	basins := g.Basins(r.Seed, basinStarts, basinSteps)
	weight := make([]float64, t.n)
	for _, b := range basins {
		m := r.mixture(b.Mix)
		m.Share, m.Payoff, m.Stable = Num(b.Share), Num(g.Mean(b.Mix)), g.Regret(b.Mix) < 1e-3
		r.Game.Basins = append(r.Game.Basins, m)
		for k, x := range b.Mix {
			weight[k] += x * b.Share
		}
	}
	t.triangle(r, g, weight)
}

// mixture names the strategies of a mixture.
func (r *Result) mixture(x []float64) Mixture {
	m := Mixture{Of: map[string]Num{}}
	for {
		best := -1
		for k, v := range x {
			if _, in := m.Of[r.Players[k]]; !in && v >= 0.01 && (best < 0 || v > x[best]) {
				best = k
			}
		}
		if best < 0 {
			return m
		}
		m.Of[r.Players[best]] = Num(x[best])
		m.order = append(m.order, r.Players[best])
	}
}

// triangle draws the replicator for the three strategies that last best: those with the largest mean share where paths end, then
// those with the highest score.
func (t *tally) triangle(r *Result, g egt.Game, weight []float64) {
	if t.n < 3 {
		return
	}
	var pick []int
	taken := make([]bool, t.n)
	for len(pick) < 3 {
		best := -1
		for k := range t.n {
			if !taken[k] && weight[k] > 0.005 && (best < 0 || weight[k] > weight[best]) {
				best = k
			}
		}
		if best < 0 {
			for _, line := range r.Ranking {
				for k := range t.n {
					if best < 0 && r.Players[k] == line.Player && !taken[k] {
						best = k
					}
				}
			}
		}
		taken[best] = true
		pick = append(pick, best)
	}
	for _, k := range pick {
		r.Game.Simplex = append(r.Game.Simplex, r.Players[k])
	}
	sub := g.Sub(pick)
	const side = 7
	for a := 1; a < side-1; a++ {
		for b := 1; a+b < side; b++ {
			x := []float64{float64(a) / side, float64(b) / side, float64(side-a-b) / side}
			if math.Abs(x[0]+x[1]+x[2]-1) < 1e-9 && x[2] > 0 {
				r.Game.paths = append(r.Game.paths, sub.Path(x, basinSteps))
			}
		}
	}
	r.Game.rests = sub.Symmetric(3, noise)
}
