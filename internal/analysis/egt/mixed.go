package egt

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Equilibrium is a symmetric equilibrium: both play the mixture.
type Equilibrium struct {
	Mix    []float64
	Payoff float64
	Stable bool // evolutionarily, against pure invaders
}

// Symmetric are the symmetric equilibria whose supports have at most `most` strategies, by support: smaller
// first, then by the strategies' order. Every finite symmetric game has one (Nash 1951); of degenerate games, where a
// support holds a whole set of them, none or one of the set is found. A support is solved for equal payoffs within it and
// kept if all shares are positive and no strategy outside does better by more than eps.
func (g Game) Symmetric(most int, eps float64) []Equilibrium {
	n := len(g)
	var out []Equilibrium
	for size := 1; size <= min(most, n); size++ {
		pick := make([]int, size)
		for i := range pick {
			pick[i] = i
		}
		for {
			if x, ok := g.support(pick); ok && g.Regret(x) <= eps {
				out = append(out, Equilibrium{Mix: x, Payoff: g.Mean(x), Stable: g.Stable(x)})
			}
			k := size - 1
			for k >= 0 && pick[k] == n-size+k {
				k--
			}
			if k < 0 {
				break
			}
			pick[k]++
			for i := k + 1; i < size; i++ {
				pick[i] = pick[i-1] + 1
			}
		}
	}
	return out
}

// support solves (A x)_i = v for all i of the support, shares adding up to 1.
func (g Game) support(pick []int) ([]float64, bool) {
	n, m := len(g), len(pick)
	x := make([]float64, n)
	if m == 1 {
		x[pick[0]] = 1
		return x, true
	}
	a := mat.NewDense(m+1, m+1, nil)
	b := mat.NewVecDense(m+1, nil)
	for r, i := range pick {
		for c, j := range pick {
			a.Set(r, c, g[i][j])
		}
		a.Set(r, m, -1)
		a.Set(m, r, 1)
	}
	b.SetVec(m, 1)
	var sol mat.VecDense
	if err := sol.SolveVec(a, b); err != nil {
		return nil, false
	}
	for r, i := range pick {
		v := sol.AtVec(r)
		if !(v > 1e-9) || math.IsInf(v, 0) {
			return nil, false
		}
		x[i] = v
	}
	return x, true
}
