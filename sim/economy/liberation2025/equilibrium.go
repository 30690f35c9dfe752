package liberation2025

import (
	"context"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
	"gonum.org/v1/gonum/mat"
)

// Infeasible reports a schedule under income_tax whose revenue exceeds what labour pays, so that no
// relief can hand it back.
type Infeasible struct {
	Country string  // ISO3
	Tau     float64 // its revenue by labour income, where the search met it
}

// Error implements error.
func (e *Infeasible) Error() string {
	return fmt.Sprintf("%s: income-tax relief is infeasible: the tariff revenue of %s would be %.0f%% of its labour income; "+
		"it must stay below 100%%: lower the tariffs or use closure lump_sum", Name, e.Country, 100*e.Tau)
}

// solver finds equilibria one after the other. It owns all scratch; one goroutine at a time.
// Tables are importer-major as in base.
type solver struct {
	m     *Model
	stats trade.Stats
	x     []float64 // log c by country
	own   trade.Newton

	// Of the tariffs.
	pull  []float64 // lambda (1+t)^(-eps phi)
	keep  []float64 // 1/(1+t): the seller's part of a dollar spent
	taxed bool

	// At the last point evaluated.
	cheap  []float64 // c^(-eps)
	lambda []float64 // lambda'
	sum    []float64 // S
	take   []float64 // r: revenue by expenditure
	labour []float64 // log L^; the start of the next point's
	wages  []float64 // V = w^ L^ Y
	spend  []float64 // E'
	broke  *Infeasible

	a, b, c *mat.Dense
	slope   []float64 // log L^ by log c, importer-major; of the last Jacobian
}

func (m *Model) newSolver() *solver {
	n := m.n
	v := &solver{
		m: m, x: make([]float64, n), pull: make([]float64, n*n), keep: make([]float64, n*n),
		cheap: make([]float64, n), lambda: make([]float64, n*n), sum: make([]float64, n), take: make([]float64, n),
		labour: make([]float64, n), wages: make([]float64, n), spend: make([]float64, n),
	}
	return v
}

// set takes dense tariffs.
func (v *solver) set(tariffs []float64) {
	n := v.m.n
	last, lastQ, power := 0.0, 0.0, 1.0 // neighbours often pay the same
	for k := range n {
		q := v.m.q[k]
		for j := range n {
			at, t := k*n+j, tariffs[j*n+k]
			if t == 0 {
				v.pull[at], v.keep[at] = v.m.lambda[at], 1
				continue
			}
			if t != last || q != lastQ {
				last, lastQ, power = t, q, math.Pow(1+t, -eps*(1+q))
			}
			v.pull[at], v.keep[at] = v.m.lambda[at]*power, 1/(1+t)
		}
	}
}

// options of the search: the residual is relative to each country's income.
var options = trade.Options{Model: Name, Tol: 1e-12, Steps: 100, Reuse: true}

// solve finds the equilibrium at dense tariffs from v.x, or from the base if that fails.
func (v *solver) solve(ctx context.Context, newton *trade.Newton, tariffs []float64, warm bool) error {
	v.set(tariffs)
	for try := 0; ; try++ {
		if !warm || try > 0 {
			for k := range v.x {
				v.x[k], v.labour[k] = 0, 0
			}
		}
		v.broke = nil
		st, err := newton.Solve(ctx, v, v.x, options)
		v.stats = st
		if err == nil || ctx.Err() != nil {
			return err
		}
		if !warm || try > 0 {
			if v.broke != nil {
				return v.broke
			}
			return err
		}
	}
}

// Dim implements trade.System.
func (v *solver) Dim() int { return v.m.n }

// Eval implements trade.System: each country's sales against its income, the US's replaced by the
// numeraire, the world's income.
func (v *solver) Eval(x, f []float64, jac *mat.Dense) error {
	m, n := v.m, v.m.n
	for j := range n {
		v.cheap[j] = math.Exp(-eps * x[j])
		f[j] = 0
	}
	world := 0.0
	for k := range n {
		row := v.lambda[k*n : (k+1)*n]
		pull, keep := v.pull[k*n:(k+1)*n], v.keep[k*n:(k+1)*n]
		sum, kept := 0.0, 0.0
		for j, p := range pull {
			row[j] = p * v.cheap[j]
			sum += row[j]
			kept += float64(row[j] * keep[j])
		}
		if !(sum > 0) || math.IsInf(sum, 0) {
			return fmt.Errorf("the price index of %s leaves the range of numbers", m.iso[k])
		}
		v.sum[k], v.take[k] = sum, 1-kept/sum
		if err := v.supply(k, x[k]); err != nil {
			return err
		}
		world += v.wages[k]
		paid := (1 - m.nu[k]) * v.spend[k]
		for j := range row {
			row[j] /= sum
			f[j] += float64(row[j]*keep[j]) * paid
		}
	}
	if jac != nil {
		v.jacobian(f, jac, world)
	}
	for i := range n {
		f[i] = (f[i]+m.nu[i]*m.gap[i])/v.wages[i] + m.nu[i] - 1
	}
	f[m.us] = world/m.world - 1
	return nil
}

// supply finds log L^_k, and with it labour income and expenditure, from the country's own unit
// cost, price index and revenue: the root of
//
//	g(l) = l - kappa [(1-q)(u + psi l) + q log(E'/E) + log(S)/eps - log(1-tau)]
//
// by Newton's method from the last root, halving to stay where E' > 0 and tau < 1. With a deficit
// to spend (T > 0) the root is unique: g rises and is concave.
func (v *solver) supply(k int, u float64) error {
	m := v.m
	r, q, gap := v.take[k], m.q[k], m.gap[k]
	rest := math.Log(v.sum[k]) / eps
	scale := m.income[k] * math.Exp(u)
	l := v.labour[k]
	if floor := m.least(r, gap); floor > 0 {
		if least := math.Log(floor/scale) / (1 + psi); l <= least {
			l = least + 0.1
		}
	}
	for range 200 {
		wages := scale * math.Exp((1+psi)*l)
		spend, tau, ok := m.budget(wages, r, gap)
		if !ok {
			if m.relief && tau >= 1 {
				v.broke = &Infeasible{m.iso[k], tau}
				return v.broke
			}
			return fmt.Errorf("expenditure of %s is not positive", m.iso[k])
		}
		g := l - kappa*((1-q)*(u+psi*l)+q*math.Log(spend/m.spend[k])+rest)
		slope := 1 - kappa*((1-q)*psi+q*(1+psi)*wages/(wages+gap))
		if m.relief {
			g += kappa * math.Log1p(-tau)
			slope -= kappa * (1 + psi) * (r/(1-r) - tau) / (1 - tau)
		}
		if math.Abs(g) <= 1e-15*(1+math.Abs(l)) || math.IsNaN(g) {
			v.labour[k], v.wages[k], v.spend[k] = l, wages, spend
			if math.IsNaN(g) {
				return fmt.Errorf("labour supply of %s is not a number", m.iso[k])
			}
			return nil
		}
		step := -g / slope
		if !(slope > 0) {
			return fmt.Errorf("labour supply of %s has no stable answer", m.iso[k])
		}
		next := l + step
		for range 60 {
			if _, _, ok := m.budget(scale*math.Exp((1+psi)*next), r, gap); ok {
				break
			}
			step /= 2
			next = l + step
		}
		if next == l || math.Abs(step) <= 2e-16*(1+math.Abs(l)) {
			v.labour[k], v.wages[k], v.spend[k] = l, wages, spend
			return nil
		}
		l = next
	}
	return fmt.Errorf("labour supply of %s does not settle", m.iso[k])
}

// budget returns expenditure and the rate of relief at labour income wages and share of revenue r,
// and whether both are in their domain.
func (m *Model) budget(wages, r, gap float64) (spend, tau float64, ok bool) {
	spend = (wages + gap) / (1 - r)
	tau = r * spend / wages
	return spend, tau, spend > 0 && (!m.relief || tau < 1)
}

// least is the labour income that a country must pass for its budget to make sense; 0: none.
func (m *Model) least(r, gap float64) float64 {
	if gap < 0 {
		return -gap
	}
	if m.relief && r < 0.5 {
		return r * gap / (1 - 2*r)
	}
	return 0
}
