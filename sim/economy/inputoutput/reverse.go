package inputoutput

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

// reverse carries derivatives of one number back through the solver's two fixed points (reverse
// mode: each step of pass is the transpose of one of Eval's). Tables are by region and sector unless
// said otherwise.
type reverse struct {
	// Seeds: derivatives by outputs, by incomes and log wages (by region), and by log price indices
	// of final goods.
	output, income, wage, price []float64

	tol float64
	x   []float64 // out: derivatives by the solver's unknowns

	made, next    []float64 // by outputs, all that follows included
	inputs        []float64 // by what is spent on inputs
	finals        []float64 // by what is spent on final goods
	earned        []float64 // by a dollar of income other than revenue, by region
	cost, total   []float64 // by log costs: direct, and through prices of inputs too
	priced, index []float64 // by log price indices of inputs: direct, and all
	last          []float64 // by log price indices of final goods
	paid          []float64 // scratch of one region
}

func newReverse(v *solver) *reverse {
	n, pairs := v.e.N, v.e.N*v.e.J
	vec := func(k int) []float64 { return make([]float64, k) }
	return &reverse{
		tol:    closely,
		output: vec(pairs), income: vec(n), wage: vec(n), price: vec(pairs), x: vec(len(v.x)),
		made: vec(pairs), next: vec(pairs), inputs: vec(pairs), finals: vec(pairs), earned: vec(n),
		cost: vec(pairs), total: vec(pairs), priced: vec(pairs), index: vec(pairs), last: vec(pairs), paid: vec(v.e.J),
	}
}

func zero(s []float64) {
	for k := range s {
		s[k] = 0
	}
}

// clear drops the seeds.
func (r *reverse) clear() {
	zero(r.output)
	zero(r.income)
	zero(r.wage)
	zero(r.price)
}

// When a pass is done: the last move relative to the largest entry. Gradients need digits; a search
// by Newton's method, whose residuals are exact whatever its slopes, gets by with few.
const (
	closely = 1e-12
	roughly = 1e-5
)

// pass turns the seeds into derivatives by the unknowns, at the solver's last point.
func (v *solver) pass(r *reverse) error {
	e := v.e
	if err := v.passOutput(r); err != nil {
		return err
	}
	zero(r.cost)
	zero(r.priced)
	v.passShares(v.m, r, r.priced)
	if v.f == v.m {
		for at, p := range r.price {
			r.priced[at] += p
		}
	} else {
		copy(r.last, r.price)
		v.passShares(v.f, r, r.last)
		v.toCosts(v.f, r.last, r.cost)
	}
	if err := v.passPrices(r); err != nil {
		return err
	}
	zero(r.x)
	for n := range e.N {
		r.x[n] = r.wage[n] + r.earned[n]*v.wages[n]
		for j := range e.J {
			r.x[n] += e.Beta[n*e.J+j] * r.total[n*e.J+j]
		}
	}
	for k, at := range v.scale {
		psi := e.Psi[at%e.J]
		r.x[at/e.J] += psi * r.total[at]
		r.x[e.N+k] -= psi * r.total[at]
	}
	return nil
}

// farther is the larger of a distance and the size of another; NaN if either is.
func farther(far, d float64) float64 {
	if d = math.Abs(d); d > far || d != d {
		return d
	}
	return far
}

// passOutput is the transpose of settleOutput: made, and what a dollar spent or earned is worth.
func (v *solver) passOutput(r *reverse) error {
	e := v.e
	copy(r.made, r.output)
	for range 2000 {
		v.toDemand(v.m, r.made, r.inputs)
		finals := r.inputs
		if v.f != v.m {
			finals = r.finals
			v.toDemand(v.f, r.made, finals)
		}
		move, most := 0.0, 0.0
		for n := range e.N {
			earned, part := r.income[n], 1.0
			for j := range e.J {
				at := n*e.J + j
				earned += e.Alpha[at] * finals[at]
				part -= e.Alpha[at] * v.f.taken[at]
			}
			r.earned[n] = earned / part
			paid := r.paid[:e.J] // what a dollar spent on each input is worth, taxes included
			for k := range paid {
				paid[k] = r.inputs[n*e.J+k] + v.m.taken[n*e.J+k]*r.earned[n]
			}
			for j := range e.J {
				at := n*e.J + j
				d := r.output[at]
				in := e.Input[at*e.J:][:len(paid)]
				for k, p := range paid {
					d += in[k] * p
				}
				r.next[at] = d
				move, most = farther(move, d-r.made[at]), farther(most, d)
			}
		}
		r.made, r.next = r.next, r.made
		if move <= r.tol*most {
			return nil
		}
	}
	return errors.New("derivatives by outputs do not settle")
}

// toDemand is the transpose of sell.
func (v *solver) toDemand(u *use, made, demand []float64) {
	n, sectors := v.e.N, v.e.J
	zero(demand)
	for j := range sectors {
		for i := range n {
			share, keep, d := u.share[(j*n+i)*n:][:n], u.keep[(j*n+i)*n:][:n], made[i*sectors+j]
			for k := range n {
				demand[k*sectors+j] += share[k] * keep[k] * d
			}
		}
	}
}

// passShares adds what moves the shares of a use: to the cost of exporters and to price.
func (v *solver) passShares(u *use, r *reverse, price []float64) {
	n, sectors := v.e.N, v.e.J
	for j, theta := range v.e.Theta {
		for i := range n {
			share, keep, made := u.share[(j*n+i)*n:][:n], u.keep[(j*n+i)*n:][:n], r.made[i*sectors+j]
			sum := 0.0
			for k := range n {
				g := theta * share[k] * (keep[k]*made + (1-keep[k])*r.earned[k]) * u.demand[k*sectors+j]
				sum += g
				price[k*sectors+j] += g
			}
			r.cost[i*sectors+j] -= sum
		}
	}
}

// toCosts adds derivatives by price indices to those by costs.
func (v *solver) toCosts(u *use, price, cost []float64) {
	n, sectors := v.e.N, v.e.J
	for j := range sectors {
		for i := range n {
			share, sum := u.share[(j*n+i)*n:][:n], 0.0
			for k, s := range share {
				sum += s * price[k*sectors+j]
			}
			cost[i*sectors+j] += sum
		}
	}
}

// passPrices is the transpose of settlePrices.
func (v *solver) passPrices(r *reverse) error {
	e := v.e
	copy(r.total, r.cost)
	for range 2000 {
		copy(r.index, r.priced)
		for n := range e.N {
			for j := range e.J {
				at := n*e.J + j
				d := r.total[at]
				in, index := e.Input[at*e.J:][:e.J], r.index[n*e.J:][:e.J]
				for k, x := range in {
					index[k] += x * d
				}
			}
		}
		copy(r.next, r.cost)
		v.toCosts(v.m, r.index, r.next)
		move, most := 0.0, 0.0
		for at, d := range r.next {
			move, most = farther(move, d-r.total[at]), farther(most, d)
		}
		r.total, r.next = r.next, r.total
		if move <= r.tol*most {
			return nil
		}
	}
	return errors.New("derivatives by prices do not settle")
}

// tariffs writes the derivatives by the tariffs, dense, the unknowns held. It needs one table for
// both uses, and follows pass.
func (v *solver) tariffs(r *reverse, grad []float64) {
	n, sectors, u := v.e.N, v.e.J, v.m
	for j, theta := range v.e.Theta {
		for i := range n {
			made := r.made[i*sectors+j]
			for k := range n {
				at, pair := (j*n+i)*n+k, k*sectors+j
				if i == k {
					grad[at] = 0
					continue
				}
				s, keep, e := u.share[at], u.keep[at], u.demand[pair]
				g := s * (keep*made + (1-keep)*r.earned[k]) * e // by log pull, the index apart
				grad[at] = -keep*(theta*g-s*r.index[pair]) - keep*keep*s*e*(made-r.earned[k])
			}
		}
	}
}

// conditions adds the derivatives of weight-weighted conditions to the seeds.
func (v *solver) conditions(r *reverse, f, weight []float64) {
	e := v.e
	for n := range e.N - 1 { // the last is the numeraire
		if weight[n] == 0 {
			continue
		}
		for j := range e.J {
			r.output[n*e.J+j] += weight[n] * e.Beta[n*e.J+j] / v.wages[n]
		}
		r.wage[n] -= weight[n] * (f[n] + 1)
	}
	for k, at := range v.scale {
		r.output[at] += weight[e.N+k] / v.output[at]
	}
}

// jacobian writes the derivatives of the conditions by the unknowns, a reverse pass a row.
func (v *solver) jacobian(f []float64, jac *mat.Dense) error {
	if v.back == nil {
		v.back = newReverse(v)
	}
	v.back.tol = roughly
	weight := make([]float64, len(f))
	for row := range f {
		if row == v.e.N-1 {
			continue
		}
		weight[row] = 1
		v.back.clear()
		v.conditions(v.back, f, weight)
		if err := v.pass(v.back); err != nil {
			return err
		}
		copy(jac.RawRowView(row), v.back.x)
		if row >= v.e.N {
			jac.RawRowView(row)[row]--
		}
		weight[row] = 0
	}
	return nil
}
