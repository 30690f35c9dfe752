package inputoutput

import (
	"context"
	"errors"
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
	f       []float64 // the conditions at an equilibrium: zero
	lambda  []float64 // what a unit of each condition is worth

	target, rest, step []float64 // scratch of adjoint
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
	p.target, p.rest, p.step = make([]float64, dim), make([]float64, dim), make([]float64, dim)
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

// Gradient implements trade.Point, by the adjoint of the equilibrium conditions: J'lambda = the
// objective's derivatives by the unknowns, then one reverse pass for all tariffs.
func (p *point) Gradient(seed trade.Measures, grad []float64) error {
	v, r := p.v, p.seed
	r.clear()
	p.want(r, seed)
	if err := v.pass(r); err != nil {
		return err
	}
	if err := p.adjoint(r); err != nil {
		return err
	}
	r.clear()
	p.want(r, seed)
	v.conditions(r, p.f, p.lambda)
	if err := v.pass(r); err != nil {
		return err
	}
	v.tariffs(r, grad)
	return nil
}

// adjoint finds lambda with J'lambda = -r.x. J' times a vector is one reverse pass; the search's last
// factorised Jacobian, rough and perhaps of a neighbour, turns what is missing into the next step
// (iterative refinement). If that is too far off, the Jacobian here is factorised instead.
func (p *point) adjoint(r *reverse) error {
	copy(p.target, r.x)
	if lu, scale := p.v.own.LU(); lu != nil {
		if ok, err := p.refine(r, lu, scale); ok || err != nil {
			return err
		}
	}
	p.jac.Zero()
	if err := p.v.Eval(p.v.x, p.f, &p.jac); err != nil {
		return err
	}
	for k := range p.f {
		p.f[k] = 0
	}
	p.lu.Factorize(&p.jac)
	ok, err := p.refine(r, &p.lu, nil)
	if err == nil && !ok {
		err = errors.New("derivatives by the equilibrium conditions do not settle")
	}
	return err
}

// refine iterates from zero and says whether it settled. scale are what the rows of the factorised
// matrix were multiplied by; nil: one.
func (p *point) refine(r *reverse, lu *mat.LU, scale []float64) (bool, error) {
	for k := range p.lambda {
		p.lambda[k] = 0
	}
	step := mat.NewVecDense(len(p.step), p.step)
	whole := 0.0
	for k, x := range p.target {
		p.rest[k] = -x
		whole = farther(whole, x)
	}
	for before := whole; ; {
		if err := lu.SolveVecTo(step, true, mat.NewVecDense(len(p.rest), p.rest)); err != nil {
			if _, ill := err.(mat.Condition); !ill {
				return false, err
			}
		}
		for k, d := range p.step {
			if scale != nil {
				d *= scale[k]
			}
			p.lambda[k] += d
		}
		if err := p.times(r); err != nil {
			return false, err
		}
		left := 0.0
		for k, x := range p.target {
			p.rest[k] = -x - p.rest[k]
			left = farther(left, p.rest[k])
		}
		switch {
		case left <= 1e-11*whole:
			return true, nil
		case !(left < before/4):
			return left <= 1e-9*whole, nil
		}
		before = left
	}
}

// times writes J'lambda into rest.
func (p *point) times(r *reverse) error {
	v, e := p.v, p.m.e
	r.clear()
	v.conditions(r, p.f, p.lambda)
	if err := v.pass(r); err != nil {
		return err
	}
	copy(p.rest, r.x)
	total := 0.0
	for _, added := range e.Added {
		total += added
	}
	for n := range e.N { // the numeraire
		p.rest[n] += p.lambda[e.N-1] * v.wages[n] / total
	}
	for k := range v.scale {
		p.rest[e.N+k] -= p.lambda[e.N+k]
	}
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
