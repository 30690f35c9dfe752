package liberation2025

import (
	"context"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Infeasible reports a schedule under income_tax whose revenue exceeds what labour is paid, so that
// no relief can hand it back.
type Infeasible struct {
	Country string  // ISO3
	Tau     float64 // its revenue by labour income, where the search met the bound
	Way     float64 // how far the path from the base held, a share of log(1+t); 0 if not followed
}

// Error implements error.
func (e *Infeasible) Error() string {
	s := fmt.Sprintf("%s: income-tax relief is infeasible: tau, the tariff revenue of %s by its labour income, ", Name, e.Country)
	if e.Tau < 1 {
		s += fmt.Sprintf("is %.1f%% at %.0f%% of the way to these tariffs and leaves", 100*e.Tau, 100*e.Way)
	} else {
		s += fmt.Sprintf("comes to %.0f%%, out of", 100*e.Tau)
	}
	return s + " the range below 100%; lower the tariffs or use closure lump_sum"
}

// options of the search: residuals are relative to each country's income.
var options = trade.Options{Model: Name, Tol: 1e-12, Steps: 100, Reuse: true}

// solve finds the equilibrium at dense tariffs and checks that welfare is defined there: far out, the
// index, a weighted sum with one weight below zero, is negative for countries that give most of their
// income away as a fixed surplus, or pay high subsidies.
func (v *solver) solve(ctx context.Context, newton *trade.Newton, tariffs []float64, warm bool) error {
	if err := v.find(ctx, newton, tariffs, warm); err != nil {
		return err
	}
	z := v.levels()
	for k := range v.m.n {
		if w := v.logWelfare(k, z); math.IsNaN(w) || math.IsInf(w, 0) {
			return fmt.Errorf("%s: the welfare of %s is not defined at these tariffs: what it spends and earns, weighed as the model does, comes to less than nothing", Name, v.m.iso[k])
		}
	}
	return nil
}

// find solves from v.x if warm, then from the base, then along the path of tariffs that leads there
// from the base.
func (v *solver) find(ctx context.Context, newton *trade.Newton, tariffs []float64, warm bool) error {
	v.set(tariffs)
	v.stats = trade.Stats{}
	if warm {
		if err := v.search(ctx, newton, options); err == nil || ctx.Err() != nil {
			return err
		}
	}
	v.start(nil, nil)
	if err := v.search(ctx, newton, options); err == nil || ctx.Err() != nil {
		return err
	}
	return v.follow(ctx, newton, tariffs)
}

// start puts the search at log c and log L^; nil is the base.
func (v *solver) start(x, labour []float64) {
	for k := range v.x {
		if v.x[k], v.labour[k] = 0, 0; x != nil {
			v.x[k], v.labour[k] = x[k], labour[k]
		}
	}
}

// search runs Newton's method from v.x at the tariffs set.
func (v *solver) search(ctx context.Context, newton *trade.Newton, opt trade.Options) error {
	v.broke = nil
	st, err := newton.Solve(ctx, v, v.x, opt)
	v.stats.Residual = st.Residual
	v.stats.Steps += st.Steps
	v.stats.Factored += st.Factored
	return err
}

// follow raises all tariffs from the base together, (1+t)^a with a from 0 to 1, each equilibrium
// from the last, in steps that halve when one fails and double when two hold.
func (v *solver) follow(ctx context.Context, newton *trade.Newton, tariffs []float64) error {
	const least = 1.0 / 64
	opt := options
	opt.Steps = 20
	part := make([]float64, len(tariffs))
	var x, labour []float64 // the last equilibrium
	keep := func() {
		x, labour = append(x[:0], v.x...), append(labour[:0], v.labour...)
	}
	v.start(nil, nil)
	keep()
	step, held := 0.25, 0
	for done := 0.0; done < 1; {
		a := min(1, done+step)
		for k, t := range tariffs {
			part[k] = math.Expm1(a * math.Log1p(t))
		}
		if a == 1 {
			copy(part, tariffs)
		}
		v.set(part)
		v.start(x, labour)
		err := v.search(ctx, newton, opt)
		if err == nil {
			keep()
			done = a
			if held++; held == 2 {
				step, held = 2*step, 0
			}
			continue
		}
		if ctx.Err() != nil {
			return err
		}
		if step, held = step/2, 0; step >= least {
			continue
		}
		for k, t := range tariffs {
			part[k] = math.Expm1(done * math.Log1p(t))
		}
		return v.why(part, x, labour, done)
	}
	return nil
}

// why explains a path that ends at an equilibrium short of its goal.
func (v *solver) why(tariffs, x, labour []float64, done float64) error {
	m := v.m
	residual := v.stats.Residual
	v.set(tariffs)
	v.start(x, labour)
	if err := v.Eval(v.x, make([]float64, m.n), nil); err != nil {
		return &trade.NoConvergence{Model: Name, Residual: residual, Steps: v.stats.Steps, Why: err.Error()}
	}
	most, least := 0, 0 // by tau, and by what is left to spend of a dollar earned
	for k := range m.n {
		if v.tau(k) > v.tau(most) {
			most = k
		}
		if v.left(k) < v.left(least) {
			least = k
		}
	}
	if tau := v.tau(most); tau > 0.9 {
		return &Infeasible{Country: m.iso[most], Tau: tau, Way: done}
	}
	why := fmt.Sprintf("equilibria were found for %.0f%% of the way from the base", 100*done)
	if left := v.left(least); left < 0.25 {
		why += fmt.Sprintf("; there the surplus of %s, fixed against the world's income, leaves it %.0f%% of its income to spend, and soon nothing",
			m.iso[least], 100*left)
	}
	return &trade.NoConvergence{Model: Name, Residual: residual, Steps: v.stats.Steps, Why: why}
}

// left is what country k spends of its income, revenue apart: the rest pays for its surplus.
func (v *solver) left(k int) float64 { return 1 + v.m.gap[k]/v.wages[k] }
