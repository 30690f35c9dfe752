package ossa2014

import (
	"context"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
	"gonum.org/v1/gonum/mat"
)

// solver finds equilibria one after the other, each from the last, and differentiates at the last:
// a trade.Point.
type solver struct {
	m      *Model
	lambda []float64 // political weights, region-major
	before []float64 // the governments' measure at the base, million dollars
	newton trade.Newton
	stats  trade.Stats
	t      []float64 // tariffs, dense
	x      []float64 // log w^, then log X^
	warm   bool

	// Of the tariffs: gamma tau^(1-sigma) and T tau^(-sigma), dense.
	pull, push []float64
	// At x, the last point evaluated.
	wage, spend []float64 // w^, X^
	share       []float64 // g, dense
	flow        []float64 // T', dense
	sum         []float64 // P^_js^(1-sigma), region-major
	logPrice    []float64 // log P^_js at the last equilibrium, region-major
	revenue     []float64 // by region, million dollars

	g *gradient // scratch of Gradient; nil until asked for
}

// NewPoint implements trade.Differentiable.
func (m *Model) NewPoint(weights [][]float64) (trade.Point, error) {
	lambda := make([]float64, m.n*m.s)
	for k := range lambda {
		lambda[k] = 1
	}
	if weights != nil && len(weights) != m.n {
		return nil, fmt.Errorf("%s: political weights for %d regions, want %d", Name, len(weights), m.n)
	}
	for j, w := range weights {
		if w == nil {
			continue
		}
		if len(w) != m.s {
			return nil, fmt.Errorf("%s: %d political weights for %s, want one for each of %d sectors", Name, len(w), m.info.Regions[j], m.s)
		}
		for s, x := range w {
			if !(x >= 0) || math.IsInf(x, 0) {
				return nil, fmt.Errorf("%s: political weight %v of %s in %s is not >= 0", Name, x, m.info.Sectors[s], m.info.Regions[j])
			}
		}
		copy(lambda[j*m.s:], w)
	}
	return m.newSolver(lambda), nil
}

// newSolver returns a solver that starts cold.
func (m *Model) newSolver(lambda []float64) *solver {
	d, c := m.n, len(m.flow)
	v := &solver{
		m: m, lambda: lambda, before: make([]float64, d),
		x: make([]float64, 2*d), t: make([]float64, c),
		pull: make([]float64, c), push: make([]float64, c), share: make([]float64, c), flow: make([]float64, c),
		wage: make([]float64, d), spend: make([]float64, d), revenue: make([]float64, d),
		sum: make([]float64, d*m.s), logPrice: make([]float64, d*m.s),
	}
	for j := range d {
		v.before[j] = v.atBase(j)
	}
	return v
}

// start begins the next solve from the unknowns of an earlier one, if they fit.
func (v *solver) start(x []float64) {
	if v.warm = len(x) == len(v.x); v.warm {
		copy(v.x, x)
	}
}

// Solve finds the equilibrium at dense tariffs, each above -1 and finite, from the last one found,
// or from the base if that fails. The error is a *trade.NoConvergence, or ctx's.
func (v *solver) Solve(ctx context.Context, tariffs []float64) error {
	m := v.m
	copy(v.t, tariffs)
	at := 0
	for _, sigma := range m.sigma {
		for range m.n * m.n {
			v.pull[at], v.push[at] = m.gamma[at], m.flow[at]
			if t, t0 := v.t[at], m.tariff[at]; t != t0 {
				tau := (1 + t) / (1 + t0)
				p := math.Exp(-sigma * math.Log(tau))
				v.push[at] *= p
				v.pull[at] *= p * tau
			}
			at++
		}
	}
	opt := trade.Options{Model: Name, Tol: 1e-12}
	if v.warm {
		st, err := v.newton.Solve(ctx, v, v.x, opt)
		if v.stats = st; err == nil || ctx.Err() != nil {
			v.prices()
			return err
		}
	}
	for k := range v.x {
		v.x[k] = 0
	}
	var err error
	v.stats, err = v.newton.Solve(ctx, v, v.x, opt)
	v.warm = err == nil
	v.prices()
	return err
}

// prices takes the logs that a search has no use for.
func (v *solver) prices() {
	for at, sum := range v.sum {
		v.logPrice[at] = math.Log(sum) / (1 - v.m.sigma[at%v.m.s])
	}
}

// Dim implements trade.System.
func (v *solver) Dim() int { return 2 * v.m.n }

// Eval implements trade.System: rows are the wage equations, the last of them replaced by the
// numeraire, then the budgets, each relative to what it should equal.
func (v *solver) Eval(x, f []float64, jac *mat.Dense) error {
	m, n := v.m, v.m.n
	for j := range n {
		v.wage[j], v.spend[j] = math.Exp(x[j]), math.Exp(x[n+j])
		f[j], f[n+j] = 0, m.wages[j]*v.wage[j]
		v.revenue[j] = 0
	}
	for s, sigma := range m.sigma {
		var buf [16]float64
		cheap := buf[:0]
		for i := range n {
			cheap = append(cheap, math.Exp((1-sigma)*x[i])) // w^_i^(1-sigma)
		}
		for j := range n {
			sum := 0.0
			for i := range n {
				at := (s*n+i)*n + j
				v.share[at] = v.pull[at] * cheap[i]
				sum += v.share[at]
			}
			v.sum[j*m.s+s] = sum
			demand := v.spend[j] / sum
			for i := range n {
				at := (s*n+i)*n + j
				v.share[at] /= sum
				trade := v.push[at] * cheap[i] * demand
				v.flow[at] = trade
				f[i] += trade * (sigma - 1) / sigma
				f[n+i] += trade / sigma
				v.revenue[j] += v.t[at] * trade
			}
		}
	}
	total, now := 0.0, 0.0
	for j := range n {
		f[j] = f[j]/(m.labour[j]*v.wage[j]) - 1
		f[n+j] = (f[n+j]+v.revenue[j])/(m.spend[j]*v.spend[j]) - 1
		total += m.wages[j]
		now += m.wages[j] * v.wage[j]
	}
	if jac != nil {
		v.jacobian(f, jac.RawMatrix().Data)
		last := jac.RawRowView(n - 1)
		for k := range last {
			last[k] = 0
		}
		for k := range n {
			last[k] = m.wages[k] * v.wage[k] / total
		}
	}
	f[n-1] = now/total - 1
	return nil
}

// jacobian adds the derivatives of the conditions f by log w^ and log X^ to jac, row-major. It uses
// d log T'_ijs = (1-sigma) d log w_i + (sigma-1) sum_k g_kjs d log w_k + d log X_j.
func (v *solver) jacobian(f, jac []float64) {
	m, n := v.m, v.m.n
	d := 2 * n
	for s, sigma := range m.sigma {
		for j := range n {
			collected := 0.0
			for i := range n {
				at := (s*n+i)*n + j
				worker := v.flow[at] * (sigma - 1) / sigma / (m.labour[i] * v.wage[i])
				owner := v.flow[at] / sigma / (m.spend[i] * v.spend[i])
				state := v.t[at] * v.flow[at] / (m.spend[j] * v.spend[j])
				collected += state
				wageRow, budgetRow := jac[i*d:(i+1)*d], jac[(n+i)*d:(n+i+1)*d]
				wageRow[i] -= worker * (sigma - 1)
				wageRow[n+j] += worker
				budgetRow[i] -= owner * (sigma - 1)
				budgetRow[n+j] += owner
				jac[(n+j)*d+i] -= state * (sigma - 1)
				for k := range n {
					g := (sigma - 1) * v.share[(s*n+k)*n+j]
					wageRow[k] += worker * g
					budgetRow[k] += owner * g
				}
			}
			row := jac[(n+j)*d : (n+j+1)*d]
			for k := range n {
				row[k] += collected * (sigma - 1) * v.share[(s*n+k)*n+j]
			}
			row[n+j] += collected
		}
	}
	for j := range n {
		jac[j*d+j] -= f[j] + 1
		jac[(n+j)*d+j] += m.wages[j] * v.wage[j] / (m.spend[j] * v.spend[j])
		jac[(n+j)*d+n+j] -= f[n+j] + 1
	}
}

// logIndex is the log change of region j's price index.
func (v *solver) logIndex(j int) float64 {
	sum := 0.0
	for s := range v.m.s {
		sum += v.m.mu[j*v.m.s+s] * v.logPrice[j*v.m.s+s]
	}
	return sum
}

// logWelfare is log W^_j, the change of real income, at the last equilibrium.
func (v *solver) logWelfare(j int) float64 { return v.x[v.m.n+j] - v.logIndex(j) }

// Measure implements trade.Point.
func (v *solver) Measure(m trade.Measures) {
	for j := range m.Government {
		m.Government[j] = v.logGovernment(j)
	}
	for j := range m.Welfare {
		m.Welfare[j] = v.logWelfare(j)
	}
	for j := range m.Revenue {
		m.Revenue[j] = v.revenue[j] / 1000
	}
}
