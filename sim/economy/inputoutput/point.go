package inputoutput

import (
	"context"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
	"gonum.org/v1/gonum/mat"
)

// point is a model at one table of tariffs, the same for both uses of goods. It implements
// trade.Point.
type point struct {
	m       *Model
	v       *solver
	weights [][]float64
	seed    *reverse
	jac     mat.Dense
	lu      mat.LU
	f       []float64
	lambda  []float64
}

// NewPoint implements trade.Differentiable. With political weights lambda a government's measure is
//
//	log( W^_n + sum_j (lambda_j - 1) (Y'_jn / P^_n - Y_jn) / I_n ),
//
// real sales by sector next to welfare: with unit weights it is log W^_n.
func (m *Model) NewPoint(weights [][]float64) (trade.Point, error) {
	if weights != nil && len(weights) != m.e.N {
		return nil, fmt.Errorf("%s: political weights for %d regions, not %d", m.e.Name, len(weights), m.e.N)
	}
	p := &point{m: m, v: newSolver(m.e), weights: make([][]float64, m.e.N)}
	for n, w := range weights {
		if w != nil && len(w) != m.e.J {
			return nil, fmt.Errorf("%s: %d political weights of %s, not %d", m.e.Name, len(w), m.info.Regions[n], m.e.J)
		}
		p.weights[n] = w
	}
	p.seed = newReverse(p.v)
	dim := p.v.Dim()
	p.jac.ReuseAs(dim, dim)
	p.f, p.lambda = make([]float64, dim), make([]float64, dim)
	return p, nil
}

// Solve implements trade.Point.
func (p *point) Solve(ctx context.Context, tariffs []float64) error {
	return p.v.solve(ctx, &p.v.own, tariffs, tariffs, true)
}

// government is the measure under political weights and real income, as ratios.
func (p *point) government(n int) (measure, real float64) {
	s := Solution{m: p.m, v: p.v}
	real = math.Exp(s.logWelfare(n))
	measure = real
	if p.weights[n] == nil {
		return measure, real
	}
	price := math.Exp(s.logIndex(p.v.f, n))
	for j, w := range p.weights[n] {
		at := n*p.m.e.J + j
		measure += (w - 1) * (p.v.output[at]/price - p.m.e.Output[at]) / p.m.income[n]
	}
	return measure, real
}

// Measure implements trade.Point.
func (p *point) Measure(to trade.Measures) {
	s := Solution{m: p.m, v: p.v}
	for n := range to.Government {
		g, _ := p.government(n)
		to.Government[n] = math.Log(g)
	}
	for n := range to.Welfare {
		to.Welfare[n] = s.logWelfare(n)
	}
	for n := range to.Revenue {
		to.Revenue[n] = (p.v.income[n] - p.v.wages[n] - p.m.e.Gap[n]) * p.m.billion
	}
}

// Gradient implements trade.Point, by the adjoint of the equilibrium conditions: one transposed
// solve, then one reverse pass for all tariffs.
func (p *point) Gradient(seed trade.Measures, grad []float64) error {
	v, r := p.v, p.seed
	p.jac.Zero()
	v.exact = true
	err := v.Eval(v.x, p.f, &p.jac)
	v.exact = false
	if err != nil {
		return err
	}
	r.clear()
	p.want(r, seed)
	if err := v.pass(r); err != nil {
		return err
	}
	p.lu.Factorize(&p.jac)
	adjoint := mat.NewVecDense(len(p.lambda), p.lambda)
	if err := p.lu.SolveVecTo(adjoint, true, mat.NewVecDense(len(r.x), r.x)); err != nil {
		if _, ill := err.(mat.Condition); !ill {
			return err
		}
	}
	adjoint.ScaleVec(-1, adjoint)
	r.clear()
	p.want(r, seed)
	v.conditions(r, p.f, p.lambda)
	if err := v.pass(r); err != nil {
		return err
	}
	v.tariffs(r, grad)
	return nil
}

// want adds the derivatives of seed's sum of measures to the seeds of a pass.
func (p *point) want(r *reverse, seed trade.Measures) {
	v, e := p.v, p.m.e
	weight := func(of []float64, n int) float64 {
		if of == nil {
			return 0
		}
		return of[n]
	}
	for n := range e.N {
		real := weight(seed.Welfare, n) // by log real income
		if g := weight(seed.Government, n); g != 0 {
			measure, w := p.government(n)
			real += g * w / measure
			if p.weights[n] != nil {
				s := Solution{m: p.m, v: v}
				price, by := math.Exp(s.logIndex(v.f, n)), g/(measure*p.m.income[n])
				for j, lambda := range p.weights[n] {
					at := n*e.J + j
					extra := by * (lambda - 1) / price
					r.output[at] += extra
					for k := range e.J {
						r.price[n*e.J+k] -= extra * v.output[at] * e.Alpha[n*e.J+k]
					}
				}
			}
		}
		r.income[n] += real / v.income[n]
		for j := range e.J {
			r.price[n*e.J+j] -= real * e.Alpha[n*e.J+j]
		}
		if d := weight(seed.Revenue, n) * p.m.billion; d != 0 {
			r.income[n] += d
			r.wage[n] -= d * v.wages[n]
		}
	}
}
