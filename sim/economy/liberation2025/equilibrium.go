package liberation2025

import (
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
	"gonum.org/v1/gonum/mat"
)

// solver finds equilibria one after the other. It owns all scratch; one goroutine at a time.
// Tables are importer-major as in base.
type solver struct {
	m     *Model
	stats trade.Stats
	x     []float64 // log c by country
	own   trade.Newton

	// Of the tariffs.
	pull []float64 // lambda (1+t)^(-eps phi)
	keep []float64 // 1/(1+t): the seller's part of a dollar spent

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
	if m.relief && gap >= 0 && r >= 0.5 { // tau = r/(1-r) (1 + T/V), past one for any labour supply
		v.broke = &Infeasible{Country: m.iso[k], Tau: r / (1 - r) * (1 + gap/(scale*math.Exp((1+psi)*l)))}
		return v.broke
	}
	if floor := m.least(r, gap); floor > 0 {
		if least := math.Log(floor/scale) / (1 + psi); l <= least {
			l = least + 0.1
		}
	}
	was := math.Inf(1)
	for range 200 {
		wages := scale * math.Exp((1+psi)*l)
		spend, tau, ok := m.budget(wages, r, gap)
		if !ok {
			if m.relief && tau >= 1 {
				v.broke = &Infeasible{Country: m.iso[k], Tau: tau}
				return v.broke
			}
			return fmt.Errorf("the expenditure of %s is not positive", m.iso[k])
		}
		g := l - kappa*((1-q)*(u+psi*l)+q*math.Log(spend/m.spend[k])+rest)
		slope := 1 - kappa*((1-q)*psi+q*(1+psi)*wages/(wages+gap))
		if m.relief {
			g += kappa * math.Log1p(-tau)
			slope -= kappa * (1 + psi) * (r/(1-r) - tau) / (1 - tau)
		}
		if !(slope > 0) || math.IsInf(l, 0) {
			return fmt.Errorf("the trade balance of %s, fixed against the world's income, leaves it no stable labour supply", m.iso[k])
		}
		step := -g / slope
		// Done when steps are down to rounding, or small and no longer falling.
		if size := math.Abs(step); size <= 2e-16*(1+math.Abs(l)) || size < 1e-9 && size >= was {
			v.labour[k], v.wages[k], v.spend[k] = l, wages, spend
			return nil
		} else {
			was = size
		}
		next := l + step
		for range 60 {
			if _, _, ok := m.budget(scale*math.Exp((1+psi)*next), r, gap); ok {
				break
			}
			step /= 2
			next = l + step
		}
		l = next
	}
	return fmt.Errorf("the labour supply of %s does not settle", m.iso[k])
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
