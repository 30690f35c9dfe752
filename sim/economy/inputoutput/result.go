package inputoutput

import (
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// base returns the base as a solution.
func (m *Model) base() *Solution {
	v := newSolver(m.e)
	v.set(m.e.Tariff, m.e.Tariff)
	copy(v.m.share, m.e.Share)
	copy(v.wages, m.e.Added)
	v.collect()
	v.spending()
	return &Solution{m: m, v: v}
}

// Result gives the solution in the common form.
func (s *Solution) Result() *trade.Result {
	m, v, e := s.m, s.v, s.m.e
	base := m.base()
	r := &trade.Result{Regions: m.info.Regions, Residual: v.stats.Residual, Steps: v.stats.Steps, Extra: make(map[string][]float64)}
	add := func(name string, value float64) { r.Extra[name] = append(r.Extra[name], value) }
	for n := range e.N {
		gain := math.Expm1(s.logWelfare(n))
		r.WelfarePct = append(r.WelfarePct, 100*gain)
		r.WelfareBn = append(r.WelfareBn, gain*m.income[n]*m.billion)
		r.PricePct = append(r.PricePct, 100*math.Expm1(s.logIndex(v.f, n)))
		r.WagePct = append(r.WagePct, 100*(v.wages[n]/e.Added[n]-1))
		r.RevenueBn = append(r.RevenueBn, (v.income[n]-v.wages[n]-e.Gap[n])*m.billion)
		var out, in [2]float64
		for j := range e.J {
			for k := range e.N {
				if k == n {
					continue
				}
				out[0] += base.Flow(n, k, j)
				out[1] += s.Flow(n, k, j)
				in[0] += base.Flow(k, n, j)
				in[1] += s.Flow(k, n, j)
			}
		}
		r.ExportsPct = append(r.ExportsPct, 100*(out[1]/out[0]-1))
		r.ImportsPct = append(r.ImportsPct, 100*(in[1]/in[0]-1))
		spent, paid := 0.0, 0.0 // on inputs in the base, at base prices and at new ones
		for at := n * e.J; at < (n+1)*e.J; at++ {
			for k, share := range e.Input[at*e.J : (at+1)*e.J] {
				spent += e.Output[at] * share
				paid += float64(e.Output[at] * share * v.m.price[n*e.J+k])
			}
		}
		add("income_pct", 100*(v.income[n]/m.income[n]-1))
		add("inputs_price_pct", 100*math.Expm1(paid/spent))
		add("deficit_bn", e.Gap[n]*m.billion)
	}
	r.Flows = func(i, j, k int) float64 { return s.Flow(i, j, k) * m.billion }
	r.BorderPct = func(i, k int) float64 { return 100 * (s.Cost(i, k) - 1) }
	return r
}
