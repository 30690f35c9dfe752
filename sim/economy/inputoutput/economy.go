package inputoutput

import (
	"context"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Economy holds the parameters and the base of a model: N regions, J sectors. Tables by region and
// sector are region-major (n*J + j); tables of flows are dense and sector-major as in trade.Info.At.
// Values are in any one unit. It is not modified once a model is made of it.
type Economy struct {
	Name string // for errors
	N, J int

	Theta []float64 // trade elasticities by sector, > 0
	Psi   []float64 // scale elasticities by sector, >= 0; nil: none
	Beta  []float64 // share of value added in output, by region and sector, 0 to 1
	Input []float64 // gamma_kjn (1-beta_jn), what sector j spends on input k: (n*J + j)*J + k
	Alpha []float64 // final expenditure shares, by region and sector; sum to one in each region

	Tariff []float64 // base tariffs, dense
	Share  []float64 // pi: expenditure shares of exporters, dense
	Output []float64 // Y, by region and sector
	Added  []float64 // VA by region
	Gap    []float64 // D: trade deficits by region; sum to zero
}

// check returns what is wrong with the numbers, if anything.
func (e *Economy) check() error {
	n, j := e.N, e.J
	for _, t := range []struct {
		what   string
		values []float64
		size   int
		lo, hi float64
	}{
		{"trade elasticity", e.Theta, j, math.SmallestNonzeroFloat64, math.MaxFloat64},
		{"value-added share", e.Beta, n * j, 0, 1},
		{"input share", e.Input, n * j * j, -1, 1}, // published tables have negative ones
		{"final share", e.Alpha, n * j, 0, 1},
		{"tariff", e.Tariff, n * n * j, 0, trade.Ceiling},
		{"trade share", e.Share, n * n * j, 0, 1 + 1e-9},
		{"output", e.Output, n * j, 0, math.MaxFloat64},
		{"value added", e.Added, n, math.SmallestNonzeroFloat64, math.MaxFloat64},
		{"trade deficit", e.Gap, n, -math.MaxFloat64, math.MaxFloat64},
	} {
		if len(t.values) != t.size {
			return fmt.Errorf("%s: %d of %s for %d", e.Name, len(t.values), t.what, t.size)
		}
		for at, v := range t.values {
			if !(v >= t.lo && v <= t.hi) {
				return fmt.Errorf("%s: %s %d is %g, not from %g to %g", e.Name, t.what, at, v, t.lo, t.hi)
			}
		}
	}
	if e.Psi != nil && len(e.Psi) != j {
		return fmt.Errorf("%s: %d scale elasticities for %d sectors", e.Name, len(e.Psi), j)
	}
	for at, p := range e.Psi {
		if !(p >= 0) || math.IsInf(p, 0) {
			return fmt.Errorf("%s: scale elasticity %d is %g, not 0 or more", e.Name, at, p)
		}
	}
	return nil
}

// Rebase solves for the equilibrium at the base tariffs and returns the economy that has it as its
// base: shares, outputs and value added are those of the equilibrium, the parameters and trade
// deficits those of e. Published data need it where they do not satisfy the model's own equations.
func (e *Economy) Rebase(ctx context.Context) (*Economy, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	v := newSolver(e)
	if err := v.solve(ctx, &v.own, e.Tariff, e.Tariff, false); err != nil {
		return nil, fmt.Errorf("the base: %w", err)
	}
	out := *e
	out.Share = append([]float64(nil), v.m.share...)
	out.Output = append([]float64(nil), v.output...)
	out.Added = make([]float64, e.N)
	for n := range out.Added {
		out.Added[n] = v.wages[n]
	}
	return &out, nil
}

// Shares makes shares of what is left of each sector's sales for final use, in place: those below 0, where the tables
// sell more inputs than they make, become 0, and all sum to 1. It returns how many were clipped.
func Shares(final []float64) (clipped int) {
	total := 0.0
	for j, x := range final {
		if x < 0 {
			final[j] = 0
			clipped++
		}
		total += final[j]
	}
	for j := range final {
		final[j] /= total
	}
	return clipped
}
