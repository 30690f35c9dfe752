package mechanism

import (
	"errors"
	"fmt"
	"math"
)

// programme is max c x, A x <= b, x >= 0 with b >= 0, so that x = 0 is where to start. a is row-major.
type programme struct {
	m, n    int
	a, b, c []float64
}

// errUnbounded cannot happen to those who check what they put in.
var errUnbounded = errors.New("mechanism: the programme has no largest value")

// ErrPrecision says that a programme was not solved to the precision wanted.
var ErrPrecision = errors.New("mechanism: the programme was not solved to the precision wanted")

// Tolerances. Data are scaled to about 1 by those who make a programme.
const (
	tiny    = 1e-9 // of a reduced cost, a pivot
	perturb = 1e-7 // of right-hand sides: breaks the ties on which the method would cycle
	fits    = 1e-6 // of the answer, checked against the data
)

// solve finds the largest value by the primal simplex method on the condensed tableau. Right-hand sides are moved apart
// a little, each by its own amount (Charnes 1952), and put back in the end: the value is that of the dual prices at
// the true ones, and what prices there are is checked against the data, so the value is a bound whatever was rounded.
func (p *programme) solve() (value float64, x []float64, err error) {
	m, n := p.m, p.n
	// t is the tableau: m rows of n columns and the right-hand side, then the objective's row.
	w := n + 1
	t := make([]float64, (m+1)*w)
	for i := range m {
		copy(t[i*w:], p.a[i*n:(i+1)*n])
		_, frac := math.Modf(float64(i+1) * 0.6180339887498949)
		t[i*w+n] = p.b[i] + perturb*(0.5+frac)
	}
	z := t[m*w:]
	for j, c := range p.c {
		z[j] = -c
	}
	basic, free := make([]int, m), make([]int, n) // variables 0..n-1, slacks n..n+m-1
	for i := range basic {
		basic[i] = n + i
	}
	for j := range free {
		free[j] = j
	}
	limit := 50 * (m + n)
	for iter := 0; ; iter++ {
		if iter == limit {
			return 0, nil, fmt.Errorf("%w: %d steps were not enough", ErrPrecision, limit)
		}
		col, worst := -1, -tiny
		for j := range n {
			if z[j] < worst {
				col, worst = j, z[j]
			}
		}
		if col < 0 {
			break
		}
		row, least := -1, math.Inf(1)
		for i := range m {
			if d := t[i*w+col]; d > tiny {
				if r := t[i*w+n] / d; r < least || r == least && basic[i] < basic[row] {
					row, least = i, r
				}
			}
		}
		if row < 0 {
			return 0, nil, errUnbounded
		}
		pivot(t, w, m+1, row, col)
		basic[row], free[col] = free[col], basic[row]
	}
	x = make([]float64, n)
	for i, v := range basic {
		if v < n {
			x[v] = max(0, t[i*w+n])
		}
	}
	price := make([]float64, m)
	for j, v := range free {
		if v >= n {
			price[v-n] = max(0, z[j])
		}
	}
	for i, y := range price {
		value += y * p.b[i]
	}
	return value, x, p.check(price)
}

// pivot exchanges a row's variable for a column's.
func pivot(t []float64, w, rows, row, col int) {
	r := t[row*w : row*w+w]
	d := 1 / r[col]
	for j := range r {
		r[j] *= d
	}
	r[col] = d
	for i := range rows {
		if i == row {
			continue
		}
		o := t[i*w : i*w+w]
		f := o[col]
		if f == 0 {
			continue
		}
		o[col] = 0
		for j, v := range r {
			o[j] -= f * v
		}
	}
}

// check holds the prices to the data: no variable may be worth more than what it uses costs.
func (p *programme) check(price []float64) error {
	for j, c := range p.c {
		cost := 0.0
		for i, y := range price {
			if y != 0 {
				cost += y * p.a[i*p.n+j]
			}
		}
		if c-cost > fits {
			return fmt.Errorf("%w: a price is off by %.1e", ErrPrecision, c-cost)
		}
	}
	return nil
}
