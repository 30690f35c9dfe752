package tournament

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// estimate is a mean with its 95% interval; both ends are the mean where it cannot be told.
type estimate struct{ mean, lo, hi float64 }

// student is the mean of xs with Student's interval, and the two-sided p of its being 0. With fewer than two numbers,
// or where all are alike, the interval is the mean and p is 1, or 0 where they are all alike and not 0.
func student(xs []float64) (e estimate, p float64) {
	n := float64(len(xs))
	if n == 0 {
		return estimate{math.NaN(), math.NaN(), math.NaN()}, 1
	}
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	m := sum / n
	ss := 0.0
	for _, x := range xs {
		ss += float64((x - m) * (x - m))
	}
	if n < 2 {
		return estimate{m, m, m}, 1
	}
	se := math.Sqrt(ss / (n - 1) / n)
	if se <= 1e-15*(1+math.Abs(m)) {
		if math.Abs(m) <= 1e-15 {
			return estimate{m, m, m}, 1
		}
		return estimate{m, m, m}, 0
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}
	half := t.Quantile(0.975) * se
	return estimate{m, m - half, m + half}, 2 * t.Survival(math.Abs(m)/se)
}

// within are each column's mean with an interval that leaves out what all columns share in a unit: of x - unit's mean + grand
// mean (Cousineau 2005), the variance times n/(n-1) for n columns (Morey 2008). x is [unit][column].
func within(x [][]float64) []estimate {
	if len(x) == 0 {
		return nil
	}
	n := len(x[0])
	grand := 0.0
	unit := make([]float64, len(x))
	for u, row := range x {
		for _, v := range row {
			unit[u] += v / float64(n)
		}
		grand += unit[u] / float64(len(x))
	}
	out := make([]estimate, n)
	col := make([]float64, len(x))
	for c := range out {
		mean := 0.0
		for u, row := range x {
			col[u] = row[c] - unit[u] + grand
			mean += row[c] / float64(len(x))
		}
		e, _ := student(col)
		half := (e.hi - e.lo) / 2
		if n > 1 {
			half *= math.Sqrt(float64(n) / float64(n-1))
		}
		out[c] = estimate{mean, mean - half, mean + half}
	}
	return out
}

// holm corrects p-values for having asked len(p) questions (Holm 1979): times the number of those not smaller, in
// order, at most 1.
func holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return p[order[a]] < p[order[b]] })
	out := make([]float64, len(p))
	top := 0.0
	for k, i := range order {
		top = math.Max(top, math.Min(1, p[i]*float64(len(p)-k)))
		out[i] = top
	}
	return out
}
