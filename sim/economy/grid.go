package economy

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Axis lists the values of one lever, ascending.
type Axis []float64

// NewAxis makes an axis of the values that a scenario names, sorted, without repeats. If the lever
// may also stand anywhere between from and to (a tariff that is drawn), both and nodes between are
// added, so that no gap there is wider than 0.15 in log(1+x); from >= to adds nothing.
func NewAxis(values []float64, from, to float64) (Axis, error) {
	a := Axis(slices.Clone(values))
	if from < to {
		a = append(a, from, to)
	}
	if len(a) == 0 {
		return nil, errors.New("an axis needs at least one value")
	}
	for _, v := range a {
		if !(v > -1) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("value %v of an axis is not above -1 and finite", v)
		}
	}
	slices.Sort(a)
	a = slices.Compact(a)
	const gap = 0.15
	for k := len(a) - 1; k > 0; k-- {
		low, high := a[k-1], a[k]
		if low < from || high > to {
			continue
		}
		width := math.Log1p(high) - math.Log1p(low)
		n := math.Ceil(width / gap)
		for m := n - 1; m >= 1; m-- {
			a = slices.Insert(a, k, math.Expm1(math.Log1p(low)+width*m/n))
		}
	}
	return a, nil
}

// thin keeps n of the axis's values, both ends among them, evenly by rank.
func (a Axis) thin(n int) Axis {
	if n >= len(a) {
		return a
	}
	if n == 1 {
		return a[:1]
	}
	out := make(Axis, n)
	for k := range out {
		out[k] = a[(k*(len(a)-1)+(n-1)/2)/(n-1)]
	}
	return out
}

// Grid is the values of the four levers: us_tariff, cn_tariff, farm_tariff, input_relief.
type Grid [4]Axis

// size is the number of combinations.
func (g Grid) size() int {
	n := 1
	for _, a := range g {
		n *= len(a)
	}
	return n
}

// at is the k-th combination, the last lever fastest.
func (g Grid) at(k int) Setting {
	var x [4]float64
	for d := 3; d >= 0; d-- {
		x[d] = g[d][k%len(g[d])]
		k /= len(g[d])
	}
	return Setting{x[0], x[1], x[2], x[3]}
}

// thin drops values from the longest axes until no more than limit combinations are left.
func (g Grid) thin(limit int) Grid {
	var count [4]int
	for d := range g {
		count[d] = len(g[d])
	}
	for count[0]*count[1]*count[2]*count[3] > limit {
		long := 0
		for d := range count {
			if count[d] > count[long] {
				long = d
			}
		}
		if count[long] <= 2 {
			break
		}
		count[long]--
	}
	var out Grid
	for d := range g {
		out[d] = g[d].thin(count[d])
	}
	return out
}

// check says what is wrong with a grid.
func (g Grid) check() error {
	for d, a := range g {
		if len(a) == 0 {
			return fmt.Errorf("%s: no values", leverNames[d])
		}
		for k, v := range a {
			if !(v > -1) || math.IsInf(v, 0) {
				return fmt.Errorf("%s: %v is not above -1 and finite", leverNames[d], v)
			}
			if k > 0 && !(v > a[k-1]) {
				return fmt.Errorf("%s: %v after %v: values must ascend", leverNames[d], v, a[k-1])
			}
		}
	}
	return nil
}

// nodes are the (up to) six nodes around a number, with the weights of Lagrange's polynomial through
// them in log(1+x).
type nodes struct {
	first, n int // place of the first node, how many
	w        [maxNodes]float64
}

const maxNodes = 6

// around finds the nodes and weights for x. Beyond the ends it fails.
func (a Axis) around(x float64, lever int) (out nodes, err error) {
	if !(x >= a[0] && x <= a[len(a)-1]) {
		return out, fmt.Errorf("%s: %v lies outside of the tabulated range %v to %v", leverNames[lever], x, a[0], a[len(a)-1])
	}
	k, ok := slices.BinarySearch(a, x)
	if ok {
		out.first, out.n, out.w[0] = k, 1, 1
		return out, nil
	}
	out.first = min(max(k-maxNodes/2, 0), max(len(a)-maxNodes, 0))
	out.n = min(maxNodes, len(a)-out.first)
	var at [maxNodes]float64
	for k := range out.n {
		at[k] = math.Log1p(a[out.first+k])
	}
	lx := math.Log1p(x)
	for k := range out.n {
		w := 1.0
		for l := range out.n {
			if l != k {
				w *= (lx - at[l]) / (at[k] - at[l])
			}
		}
		out.w[k] = w
	}
	return out, nil
}
