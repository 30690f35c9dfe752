package egt

import (
	"errors"
	"fmt"
	"math"
)

// Game is a symmetric two-player game: [i][j] is the mean payoff of i against j.
type Game [][]float64

// Check says what is wrong with a game.
func (g Game) Check() error {
	if len(g) == 0 {
		return errors.New("a game needs at least one strategy")
	}
	for i, row := range g {
		if len(row) != len(g) {
			return fmt.Errorf("row %d has %d payoffs, not %d", i, len(row), len(g))
		}
		for j, x := range row {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return fmt.Errorf("the payoff of %d against %d is %v, which is not finite", i, j, x)
			}
		}
	}
	return nil
}

// Sub is the game of some strategies only.
func (g Game) Sub(keep []int) Game {
	out := make(Game, len(keep))
	for a, i := range keep {
		out[a] = make([]float64, len(keep))
		for b, j := range keep {
			out[a][b] = g[i][j]
		}
	}
	return out
}

// Against is the payoff of every strategy against a mixture x, into dst.
func (g Game) Against(x, dst []float64) []float64 {
	for i, row := range g {
		sum := 0.0
		for j, a := range row {
			sum += float64(a * x[j])
		}
		dst[i] = sum
	}
	return dst
}

// Mean is the payoff of a mixture against itself.
func (g Game) Mean(x []float64) float64 {
	sum := 0.0
	for i, u := range g.Against(x, make([]float64, len(g))) {
		sum += float64(x[i] * u)
	}
	return sum
}

// Deviation is the change of one side of a pair that gains it most.
type Deviation struct {
	I, J int     // the pair: i plays against j
	To   int     // what the first of them is better off with
	Gain float64 // > 0; 0 when it has nothing better, and then To = I
}

// Deviations are, pair by pair, the best change of the first player: row-major.
func (g Game) Deviations() []Deviation {
	var out []Deviation
	for i := range g {
		for j := range g {
			d := Deviation{I: i, J: j, To: i}
			for k := range g {
				if gain := g[k][j] - g[i][j]; gain > d.Gain {
					d.To, d.Gain = k, gain
				}
			}
			out = append(out, d)
		}
	}
	return out
}

// Pure are the pure equilibria: pairs i <= j from which neither side gains more than eps by changing alone.
func (g Game) Pure(eps float64) [][2]int {
	n := len(g)
	dev := g.Deviations()
	var out [][2]int
	for i := range n {
		for j := i; j < n; j++ {
			if dev[i*n+j].Gain <= eps && dev[j*n+i].Gain <= eps {
				out = append(out, [2]int{i, j})
			}
		}
	}
	return out
}

// Regret is what the best strategy gains over a mixture, against that mixture; 0 at a symmetric equilibrium.
func (g Game) Regret(x []float64) float64 {
	u := g.Against(x, make([]float64, len(g)))
	best, mean := math.Inf(-1), 0.0
	for i := range u {
		best = math.Max(best, u[i])
		mean += float64(x[i] * u[i])
	}
	return best - mean
}

// Stable reports whether a symmetric equilibrium x is evolutionarily stable against every pure invader
// (Maynard Smith and Price 1973): who does as well against x does worse against itself than x does
// against it.
func (g Game) Stable(x []float64) bool {
	n := len(g)
	u := g.Against(x, make([]float64, n))
	mean := g.Mean(x)
	scale := 1e-9 * (1 + math.Abs(mean))
	for k := range n {
		if u[k] > mean+scale {
			return false
		}
		if u[k] < mean-scale || x[k] > 1-1e-12 {
			continue
		}
		met := 0.0 // x against k
		for i := range n {
			met += float64(x[i] * g[i][k])
		}
		if !(met > g[k][k]+scale) {
			return false
		}
	}
	return true
}
