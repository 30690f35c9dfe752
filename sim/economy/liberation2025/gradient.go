package liberation2025

import (
	"context"
	"fmt"

	"github.com/parley-sim/parley/sim/economy/trade"
	"gonum.org/v1/gonum/mat"
)

// point is a solver behind trade.Point.
type point struct {
	*solver
	tariffs []float64
	warm    bool

	jac             mat.Dense
	lu              mat.LU
	f               []float64
	state, multiply []float64 // derivatives by log c; the multipliers of the conditions
	bars            []bar
}

// bar holds the direct derivatives of what is differentiated by one country's quantities.
type bar struct {
	spend, wages   float64 // by log E', log V
	labour, cost   float64 // by log L^, own log c
	index, revenue float64 // by log S, by r
}

// NewPoint implements trade.Differentiable. With one sector there is nothing for political weights
// to tell apart: government is welfare, and a weight other than one is an error.
func (m *Model) NewPoint(weights [][]float64) (trade.Point, error) {
	for j, w := range weights {
		for _, x := range w {
			if len(w) != 1 || x != 1 {
				return nil, fmt.Errorf("political weights of %s: %w", m.iso[j%m.n], &trade.NoSplit{Model: Name, Split: "sectors"})
			}
		}
	}
	n := m.n
	return &point{
		solver: m.newSolver(), tariffs: make([]float64, n*n), f: make([]float64, n),
		state: make([]float64, n), multiply: make([]float64, n), bars: make([]bar, n),
	}, nil
}

// Solve implements trade.Point.
func (p *point) Solve(ctx context.Context, tariffs []float64) error {
	copy(p.tariffs, tariffs)
	err := p.solve(ctx, &p.own, p.tariffs, p.warm)
	p.warm = err == nil
	return err
}

// Measure implements trade.Point.
func (p *point) Measure(m trade.Measures) {
	z := p.levels()
	for k := range p.m.n {
		for _, out := range [][]float64{m.Government, m.Welfare} {
			if out != nil {
				out[k] = p.logWelfare(k, z)
			}
		}
		if m.Revenue != nil {
			m.Revenue[k] = p.take[k] * p.spend[k] * z.scale / 1e6
		}
	}
}

// Gradient implements trade.Point by the adjoint method: with J the Jacobian of the conditions f by
// log c, dL/dt = L_t - f_t' (J^-T L_c). It costs about one Newton step, however many the tariffs.
func (p *point) Gradient(seed trade.Measures, grad []float64) error {
	n := p.m.n
	p.jac.Reset()
	p.jac.ReuseAs(n, n)
	if err := p.Eval(p.x, p.f, &p.jac); err != nil {
		return err
	}
	p.lu.Factorize(&p.jac)
	p.seed(seed)
	p.toState()
	if err := p.lu.SolveVecTo(mat.NewVecDense(n, p.multiply), true, mat.NewVecDense(n, p.state)); err != nil {
		return fmt.Errorf("%s: gradient: %w", Name, err)
	}
	p.toTariffs(grad)
	return nil
}

// seed fills the bars with the derivatives of the weighted measures.
func (p *point) seed(seed trade.Measures) {
	m, z := p.m, p.levels()
	weight := func(w []float64, k int) float64 {
		if w == nil {
			return 0
		}
		return w[k]
	}
	revenue, index := 0.0, 0.0 // weighted revenue and base of the numeraire, both before scaling
	for k := range m.n {
		revenue += weight(seed.Revenue, k) * p.take[k] * p.spend[k] * z.scale / 1e6
		index += z.price[k] * m.spend[k]
	}
	for k := range m.n {
		e, y := p.spend[k]/m.spend[k], p.wages[k]/m.income[k]
		d := p.weight(k)
		all := d*e + (1-d)*y
		ratio := p.spend[k] / p.wages[k]
		w := weight(seed.Government, k) + weight(seed.Welfare, k)
		b := bar{
			spend: w * d * e / all,
			wages: w * (1 - d) * y / all,
		}
		if m.relief { // d d/d tau, and tau = r E'/V
			byTau := -w * d * d * kappa / (1 + kappa) * m.income[k] / m.spend[k] * (e - y) / all
			b.revenue = byTau * ratio
			b.spend += byTau * p.take[k] * ratio
			b.wages -= byTau * p.take[k] * ratio
		}
		out := weight(seed.Revenue, k) * z.scale / 1e6
		b.revenue += out * p.spend[k]
		b.spend += out * p.take[k] * p.spend[k]
		// log P enters welfare, and revenue through the numeraire.
		price := -w - revenue*z.price[k]*m.spend[k]/index
		q := m.q[k]
		b.spend -= price * q
		b.cost += price * q
		b.labour += price * q * psi
		b.index -= price / eps
		p.bars[k] = b
	}
}

// fold carries the bars of E', V and L^ over to what decides them: r and S (and the own cost).
func (p *point) fold(k int) (byRevenue, byIndex, byCost float64) {
	z, b := p.response(k), p.bars[k]
	r := p.take[k]
	byWages := b.wages + z.v*b.spend
	byLabour := (1+psi)*byWages + b.labour
	byRevenue = b.revenue + b.spend/(1-r) - byLabour*z.gr/z.gl
	byIndex = b.index + byLabour*kappa/eps/z.gl
	byCost = b.cost + byWages - byLabour*z.gu/z.gl
	return byRevenue, byIndex, byCost
}

// toState sums the bars into derivatives by log c.
func (p *point) toState() {
	n := p.m.n
	for k := range p.state {
		p.state[k] = 0
	}
	for k := range n {
		byRevenue, byIndex, byCost := p.fold(k)
		p.state[k] += byCost
		for j, share := range p.lambda[k*n : (k+1)*n] {
			p.state[j] -= eps * share * (byIndex + byRevenue*(1-p.keep[k*n+j]-p.take[k]))
		}
	}
}

// toTariffs adds to the bars the multipliers' part of the conditions and turns all into derivatives
// by the tariffs, dense.
func (p *point) toTariffs(grad []float64) {
	m, n := p.m, p.m.n
	us := p.multiply[m.us]
	buyer := make([]float64, n) // -multiplier / V by seller; the US's condition is the numeraire
	for i := range n {
		p.bars[i].wages -= us * p.wages[i] / m.world
		if i == m.us {
			continue
		}
		buyer[i] = -p.multiply[i] / p.wages[i]
		sales := (p.f[i]+1-m.nu[i])*p.wages[i] - m.nu[i]*m.gap[i] // sum_n (1-nu_n) X'_in
		p.bars[i].wages += p.multiply[i] * (sales + m.nu[i]*m.gap[i]) / p.wages[i]
	}
	for k := range n {
		row, keep := p.lambda[k*n:(k+1)*n], p.keep[k*n:(k+1)*n]
		paid := (1 - m.nu[k]) * p.spend[k]
		total := 0.0
		for j, share := range row {
			total += buyer[j] * share * keep[j] * paid
		}
		p.bars[k].spend += total
		byRevenue, byIndex, _ := p.fold(k)
		for j, share := range row {
			if j == k {
				grad[j*n+k] = 0
				continue
			}
			s := -eps * (1 + m.q[k]) * keep[j]
			sold := buyer[j] * share * keep[j] * paid
			grad[j*n+k] = share*s*(byIndex-total) + byRevenue*share*(s*(1-keep[j]-p.take[k])+keep[j]*keep[j]) +
				sold*(s-keep[j])
		}
	}
}
