package egt

import (
	"math"
	"sort"

	"github.com/parley-sim/parley/sim/chance"
)

// Path follows the replicator's rule x_i' = x_i ((Ax)_i - x.Ax) from x by steps of Runge and Kutta's
// fourth order, and returns what it passed, x first. Payoffs are first brought to a span of 1, which changes
// the pace and not the path, and a step is 0.25 of that time. It ends after `steps`, or where nothing moves any more (1e-9 a step).
func (g Game) Path(x []float64, steps int) [][]float64 { return g.path(x, steps, 0, true) }

// path is Path with a floor below which no share falls: a trickle of mutants, without which a mixture would stay for ever where a
// strategy that could invade it has all but died out. Unless all is set only the end is returned.
func (g Game) path(x []float64, steps int, floor float64, all bool) [][]float64 {
	n := len(g)
	h := step(g)
	now := append([]float64(nil), x...)
	out := [][]float64{append([]float64(nil), now...)}
	before := make([]float64, n)
	var k [4][]float64
	for i := range k {
		k[i] = make([]float64, n)
	}
	mid, u := make([]float64, n), make([]float64, n)
	flow := func(x, dst []float64) {
		g.Against(x, u)
		mean := 0.0
		for i := range x {
			mean += float64(x[i] * u[i])
		}
		for i := range x {
			dst[i] = x[i] * (u[i] - mean)
		}
	}
	for range steps {
		flow(now, k[0])
		for s, f := range []float64{0.5, 0.5, 1} {
			for i := range mid {
				mid[i] = now[i] + float64(f*h*k[s][i])
			}
			flow(mid, k[s+1])
		}
		copy(before, now)
		moved, sum := 0.0, 0.0
		for i := range now {
			now[i] = math.Max(floor, now[i]+h/6*(k[0][i]+2*k[1][i]+2*k[2][i]+k[3][i]))
			sum += now[i]
		}
		for i := range now {
			now[i] /= sum
			moved = math.Max(moved, math.Abs(now[i]-before[i]))
		}
		if all {
			out = append(out, append([]float64(nil), now...))
		}
		if moved < 1e-9 {
			break
		}
	}
	if !all {
		copy(out[0], now)
	}
	return out
}

func step(g Game) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, row := range g {
		for _, x := range row {
			lo, hi = math.Min(lo, x), math.Max(hi, x)
		}
	}
	if !(hi > lo) {
		return 0
	}
	return 0.25 / (hi - lo)
}

// Basin is where paths end and how many of the starts lead there.
type Basin struct {
	Mix   []float64 // the mean of the ends counted as this one
	Share float64   // of the starts
}

// Basins follows the replicator from `starts` mixtures spread uniformly over the simplex (the same for the same seed) and
// groups their ends: two are one when no share differs by more than 0.02. No share falls below a millionth, so that a mixture that
// can be invaded is. The largest basin comes first. What still
// moves after `steps`, such as a cycle, is counted where it then is.
func (g Game) Basins(seed uint64, starts, steps int) []Basin {
	n := len(g)
	id := chance.ID("egt.start")
	var out []Basin
	x := make([]float64, n)
	for s := range starts {
		sum := 0.0
		for i := range x {
			// Exponentials over their sum are uniform on the simplex.
			x[i] = -math.Log(chance.U(seed, uint64(s), id, uint64(i)))
			sum += x[i]
		}
		for i := range x {
			x[i] /= sum
		}
		end := g.path(x, steps, 1e-6, false)[0]
		found := false
		for b := range out {
			if near(out[b].Mix, end) {
				w := out[b].Share
				for i := range end {
					out[b].Mix[i] = (out[b].Mix[i]*w + end[i]) / (w + 1)
				}
				out[b].Share++
				found = true
				break
			}
		}
		if !found {
			out = append(out, Basin{Mix: append([]float64(nil), end...), Share: 1})
		}
	}
	for b := range out {
		out[b].Share /= float64(starts)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Share > out[j].Share })
	return out
}

func near(a, b []float64) bool {
	for i := range a {
		if math.Abs(a[i]-b[i]) > 0.02 {
			return false
		}
	}
	return true
}

// Survivors removes, again and again, each strategy that another one beats strictly against every strategy left, and
// returns what is left, rising.
func (g Game) Survivors() []int {
	left := make([]int, len(g))
	for i := range left {
		left[i] = i
	}
	for {
		kept := left[:0:0]
		for _, i := range left {
			beaten := false
			for _, k := range left {
				if k == i {
					continue
				}
				all := true
				for _, j := range left {
					all = all && g[k][j] > g[i][j]
				}
				beaten = beaten || all
			}
			if !beaten {
				kept = append(kept, i)
			}
		}
		if len(kept) == len(left) {
			return left
		}
		left = kept
	}
}
