package ossa2014

import (
	"fmt"

	"github.com/parley-sim/parley/sim/economy/trade"
	"gonum.org/v1/gonum/mat"
)

// gradient is the scratch of Gradient: the derivatives of the sum by log T', log P^, log w^,
// log X^ and, where revenue takes it, t'.
type gradient struct {
	jac             mat.Dense
	lu              mat.LU
	f               []float64
	flow, tax       []float64 // dense
	price           []float64 // region-major
	state, multiply []float64 // by the unknowns, and the multipliers of the conditions
}

// Gradient implements trade.Point. It costs about one Newton step, however many the tariffs: with J = dF/dx, dL/dt = L_t - F_t' (J^-T L_x) (the adjoint method).
func (v *solver) Gradient(seed trade.Measures, grad []float64) error {
	m := v.m
	if v.g == nil {
		d := v.Dim()
		v.g = &gradient{
			jac: *mat.NewDense(d, d, nil), f: make([]float64, d),
			flow: make([]float64, len(m.flow)), tax: make([]float64, len(m.flow)), price: make([]float64, m.n*m.s),
			state: make([]float64, d), multiply: make([]float64, d),
		}
	}
	g := v.g
	g.jac.Zero()
	if err := v.Eval(v.x, g.f, &g.jac); err != nil {
		return err
	}
	for k := range g.flow {
		g.flow[k], g.tax[k] = 0, 0
	}
	for k := range g.price {
		g.price[k] = 0
	}
	for k := range g.state {
		g.state[k] = 0
	}
	v.seed(seed)
	v.toState()
	g.lu.Factorize(&g.jac)
	d := v.Dim()
	if err := g.lu.SolveVecTo(mat.NewVecDense(d, g.multiply), true, mat.NewVecDense(d, g.state)); err != nil {
		return fmt.Errorf("%s: gradient: %w", Name, err)
	}
	v.lessConditions()
	v.toTariffs(grad)
	return nil
}

// seed adds the direct effects of what is differentiated.
func (v *solver) seed(seed trade.Measures) {
	m, g, n := v.m, v.g, v.m.n
	weight := func(of []float64, j int) float64 {
		if of == nil {
			return 0
		}
		return of[j]
	}
	for j := range n {
		a, b, r := weight(seed.Government, j), weight(seed.Welfare, j), weight(seed.Revenue, j)/1000
		if a != 0 {
			wage, revenue := v.wage[j], v.revenue[j]
			value, spread := v.political(j, v.flow, wage, revenue)
			g.state[j] -= a * spread * revenue / value
			r += a * spread / value
			for s, sigma := range m.sigma {
				own := a / value * v.lambda[j*m.s+s] * (1 + (sigma-1)/sigma/(m.labour[j]*wage)*revenue)
				for k := range n {
					at := (s*n+j)*n + k
					g.flow[at] += own * v.flow[at]
				}
			}
		}
		g.state[n+j] += b
		if a+b != 0 {
			for s := range m.s {
				g.price[j*m.s+s] -= (a + b) * m.mu[j*m.s+s]
			}
		}
		if r != 0 {
			for s := range m.s {
				for i := range n {
					at := (s*n+i)*n + j
					g.flow[at] += r * v.t[at] * v.flow[at]
					g.tax[at] += r * v.flow[at]
				}
			}
		}
	}
}

// toState carries the effects by flow and price on to the unknowns.
func (v *solver) toState() {
	m, g, n := v.m, v.g, v.m.n
	for s, sigma := range m.sigma {
		for j := range n {
			sum := 0.0
			for i := range n {
				e := g.flow[(s*n+i)*n+j]
				sum += e
				g.state[i] -= (sigma - 1) * e
			}
			g.state[n+j] += sum
			price := g.price[j*m.s+s] + (sigma-1)*sum
			for k := range n {
				g.state[k] += v.share[(s*n+k)*n+j] * price
			}
		}
	}
}

// lessConditions takes the conditions times their multipliers off the effects by flow and tariff.
func (v *solver) lessConditions() {
	m, g, n := v.m, v.g, v.m.n
	for s, sigma := range m.sigma {
		for i := range n {
			wage := g.multiply[i] * (sigma - 1) / sigma / (m.labour[i] * v.wage[i])
			if i == n-1 {
				wage = 0 // its wage equation gave way to the numeraire
			}
			owner := g.multiply[n+i] / sigma / (m.spend[i] * v.spend[i])
			for j := range n {
				at := (s*n+i)*n + j
				state := g.multiply[n+j] / (m.spend[j] * v.spend[j])
				g.flow[at] -= (wage + owner + state*v.t[at]) * v.flow[at]
				g.tax[at] -= state * v.flow[at]
			}
		}
	}
}

// toTariffs carries the effects by flow and price on to the tariffs.
func (v *solver) toTariffs(grad []float64) {
	m, g, n := v.m, v.g, v.m.n
	for s, sigma := range m.sigma {
		for j := range n {
			sum := 0.0
			for i := range n {
				sum += g.flow[(s*n+i)*n+j]
			}
			price := g.price[j*m.s+s] + (sigma-1)*sum
			for i := range n {
				at := (s*n+i)*n + j
				grad[at] = (-sigma*g.flow[at]+v.share[at]*price)/(1+v.t[at]) + g.tax[at]
				if i == j {
					grad[at] = 0
				}
			}
		}
	}
}
