package inputoutput

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
	"gonum.org/v1/gonum/mat"
)

// use is one use of goods, inputs or final goods, at a solver's tariffs. Tables are dense, but for
// those by region and sector.
type use struct {
	tariff []float64
	pull   []float64 // pi kappa^^(-theta)
	keep   []float64 // 1/(1+t)
	share  []float64 // pi'
	price  []float64 // log P^, by region and sector
	taken  []float64 // part of a dollar that goes to the state, by region and sector
	demand []float64 // Z or F, by region and sector
}

func newUse(cells, pairs int) *use {
	return &use{
		tariff: make([]float64, cells), pull: make([]float64, cells), keep: make([]float64, cells), share: make([]float64, cells),
		price: make([]float64, pairs), taken: make([]float64, pairs), demand: make([]float64, pairs),
	}
}

// solver finds equilibria one after the other, each from the last. It owns all scratch; one
// goroutine at a time.
type solver struct {
	e     *Economy
	own   trade.Newton
	stats trade.Stats
	scale []int     // places (n*J + j) with scale effects
	x     []float64 // log w^ by region, then log Y^ at the places of scale

	m, f   *use      // f == m where the two tables of tariffs are the same
	final  *use      // the buffers of f where they differ
	fixed  []float64 // log cost apart from inputs, by region and sector
	cost   []float64 // log c^, by region and sector; the start of the next point's
	output []float64 // Y'; likewise
	next   []float64 // scratch of both
	cheap  []float64 // c^^(-theta) of one sector
	wages  []float64 // w^ VA
	income []float64 // I'
	back   *reverse
}

func newSolver(e *Economy) *solver {
	n, pairs, cells := e.N, e.N*e.J, e.N*e.N*e.J
	v := &solver{
		e: e, m: newUse(cells, pairs), final: newUse(cells, pairs),
		fixed: make([]float64, pairs), cost: make([]float64, pairs), output: make([]float64, pairs),
		next: make([]float64, pairs), cheap: make([]float64, n), wages: make([]float64, n), income: make([]float64, n),
	}
	for at := range pairs {
		if e.Psi != nil && e.Psi[at%e.J] > 0 && e.Output[at] > 0 && e.Beta[at] > 0 {
			v.scale = append(v.scale, at)
		}
	}
	v.x = make([]float64, n+len(v.scale))
	v.rewind()
	return v
}

// rewind puts the search back to the base.
func (v *solver) rewind() {
	for k := range v.x {
		v.x[k] = 0
	}
	for at := range v.cost {
		v.cost[at] = 0
	}
	copy(v.output, v.e.Output)
}

// set takes dense tariffs on inputs and on final goods.
func (v *solver) set(inputs, finals []float64) {
	v.tax(v.m, inputs)
	v.f = v.m
	for at := range inputs {
		if inputs[at] != finals[at] {
			v.f = v.final
			v.tax(v.f, finals)
			return
		}
	}
}

func (v *solver) tax(u *use, tariffs []float64) {
	e := v.e
	copy(u.tariff, tariffs)
	at := 0
	for _, theta := range e.Theta {
		for range e.N * e.N {
			t, t0 := tariffs[at], e.Tariff[at]
			u.keep[at], u.pull[at] = 1/(1+t), e.Share[at]
			if t != t0 {
				u.pull[at] *= math.Pow((1+t)/(1+t0), -theta)
			}
			at++
		}
	}
}

// options of the search: residuals are relative to each region's wages.
var options = trade.Options{Tol: 1e-11, Steps: 60, Reuse: true}

// solve finds the equilibrium at dense tariffs, from the last one if warm, else or if that fails
// from the base.
func (v *solver) solve(ctx context.Context, newton *trade.Newton, inputs, finals []float64, warm bool) error {
	v.set(inputs, finals)
	opt := options
	opt.Model = v.e.Name
	if warm {
		var err error
		if v.stats, err = newton.Solve(ctx, v, v.x, opt); err == nil || ctx.Err() != nil {
			return err
		}
	}
	v.rewind()
	var err error
	v.stats, err = newton.Solve(ctx, v, v.x, opt)
	return err
}

// Dim implements trade.System.
func (v *solver) Dim() int { return len(v.x) }

// Eval implements trade.System: value added against wages in each region, the last replaced by the
// numeraire, then output against what it was taken to be where there are scale effects.
func (v *solver) Eval(x, f []float64, jac *mat.Dense) error {
	e := v.e
	total, now := 0.0, 0.0
	for n := range e.N {
		v.wages[n] = math.Exp(x[n]) * e.Added[n]
		total += e.Added[n]
		now += v.wages[n]
		for j := range e.J {
			v.fixed[n*e.J+j] = e.Beta[n*e.J+j] * x[n]
		}
	}
	for k, at := range v.scale {
		v.fixed[at] -= e.Psi[at%e.J] * (x[e.N+k] - x[at/e.J])
	}
	if err := v.settlePrices(); err != nil {
		return err
	}
	if err := v.settleOutput(); err != nil {
		return err
	}
	for n := range e.N {
		added := 0.0
		for j := range e.J {
			added += e.Beta[n*e.J+j] * v.output[n*e.J+j]
		}
		f[n] = added/v.wages[n] - 1
	}
	for k, at := range v.scale {
		f[e.N+k] = math.Log(v.output[at]/e.Output[at]) - x[e.N+k]
	}
	if jac != nil {
		if err := v.jacobian(f, jac); err != nil {
			return err
		}
		last := jac.RawRowView(e.N - 1)
		for k := range last {
			last[k] = 0
		}
		for n := range e.N {
			last[n] = v.wages[n] / total
		}
	}
	f[e.N-1] = now/total - 1
	return nil
}

// settled says whether a contraction is down to rounding, from the size of its last two moves.
func settled(move, before float64) bool {
	return move <= 2e-16 || move < 1e-13 && move >= before/2
}

// settlePrices finds log c^ = fixed + input costs, by iteration from the last, and what follows.
func (v *solver) settlePrices() error {
	e := v.e
	before := math.Inf(1)
	for range 2000 {
		v.prices(v.m)
		move := 0.0
		for n := range e.N {
			price := v.m.price[n*e.J : (n+1)*e.J]
			for j := range e.J {
				at := n*e.J + j
				c := v.fixed[at]
				for k, in := range e.Input[at*e.J : (at+1)*e.J] {
					c += float64(in * price[k])
				}
				if d := math.Abs(c - v.cost[at]); d > move || math.IsNaN(d) {
					move = d
				}
				v.next[at] = c
			}
		}
		v.cost, v.next = v.next, v.cost
		if math.IsNaN(move) || math.IsInf(move, 0) {
			v.forget()
			return errors.New("a cost leaves the range of numbers")
		}
		if settled(move, before) {
			v.prices(v.m)
			if v.f != v.m {
				v.prices(v.f)
			}
			v.collect()
			return nil
		}
		before = move
	}
	return fmt.Errorf("prices do not settle: the last move is %.2g", before)
}

// forget drops what the next point would start from.
func (v *solver) forget() {
	for at := range v.cost {
		v.cost[at], v.output[at] = 0, v.e.Output[at]
	}
}

// prices computes a use's price indices and shares from costs.
func (v *solver) prices(u *use) {
	n, sectors := v.e.N, v.e.J
	for j, theta := range v.e.Theta {
		for i := range n {
			v.cheap[i] = math.Exp(-theta * v.cost[i*sectors+j])
		}
		block := u.share[j*n*n : (j+1)*n*n]
		pull := u.pull[j*n*n : (j+1)*n*n]
		sum := v.next[:n]
		for k := range sum {
			sum[k] = 0
		}
		for i, c := range v.cheap {
			for k, p := range pull[i*n : (i+1)*n] {
				s := p * c
				block[i*n+k] = s
				sum[k] += s
			}
		}
		for k, s := range sum {
			u.price[k*sectors+j] = -math.Log(s) / theta
			sum[k] = 1 / s
		}
		for i := range n {
			row := block[i*n : (i+1)*n]
			for k := range row {
				row[k] *= sum[k]
			}
		}
	}
}

// collect computes which part of each dollar spent goes to the state.
func (v *solver) collect() {
	for _, u := range []*use{v.m, v.f} {
		n, sectors := v.e.N, v.e.J
		for at := range u.taken {
			u.taken[at] = 0
		}
		for j := range sectors {
			for i := range n {
				for k := range n {
					at := (j*n+i)*n + k
					if u.keep[at] != 1 {
						u.taken[k*sectors+j] += u.share[at] * (1 - u.keep[at])
					}
				}
			}
		}
		if v.f == v.m {
			return
		}
	}
}

// spending computes input demand Z, incomes and final demand F from outputs. With one table for both
// uses m.demand is the sum of Z and F.
func (v *solver) spending() {
	e, m, f := v.e, v.m, v.f
	sectors := e.J
	for n := range e.N {
		z := m.demand[n*sectors : (n+1)*sectors]
		for k := range z {
			z[k] = 0
		}
		for j := range sectors {
			at := n*sectors + j
			y := v.output[at]
			for k, in := range e.Input[at*sectors : (at+1)*sectors] {
				z[k] += float64(in * y)
			}
		}
		income, part := v.wages[n]+e.Gap[n], 1.0
		for j := range sectors {
			at := n*sectors + j
			income += float64(m.taken[at] * z[j])
			part -= float64(e.Alpha[at] * f.taken[at])
		}
		v.income[n] = income / part
		for j := range sectors {
			at := n*sectors + j
			if final := e.Alpha[at] * v.income[n]; f == m {
				z[j] += final
			} else {
				f.demand[at] = final
			}
		}
	}
}

// settleOutput finds the outputs that meet demand, by iteration from the last.
func (v *solver) settleOutput() error {
	before := math.Inf(1)
	for range 2000 {
		v.spending()
		for at := range v.next {
			v.next[at] = 0
		}
		v.sell(v.m)
		if v.f != v.m {
			v.sell(v.f)
		}
		move := 0.0
		for at, y := range v.next {
			if d := math.Abs(y - v.output[at]); d > 0 {
				if d /= y; d > move || math.IsNaN(d) {
					move = d
				}
			}
		}
		v.output, v.next = v.next, v.output
		if math.IsNaN(move) {
			v.forget()
			return errors.New("an output leaves the range of numbers")
		}
		if settled(move, before) {
			v.spending()
			for n, i := range v.income {
				if !(i > 0) {
					return fmt.Errorf("the income of region %d is not positive", n+1)
				}
			}
			return nil
		}
		before = move
	}
	return fmt.Errorf("outputs do not settle: the last move is %.2g", before)
}

// sell adds what each sector sells to a use to next.
func (v *solver) sell(u *use) {
	n, sectors := v.e.N, v.e.J
	for j := range sectors {
		for i := range n {
			share, keep := u.share[(j*n+i)*n:][:n], u.keep[(j*n+i)*n:][:n]
			sold := 0.0
			for k := range n {
				sold += float64(share[k] * keep[k] * u.demand[k*sectors+j])
			}
			v.next[i*sectors+j] += sold
		}
	}
}
