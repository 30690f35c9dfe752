package liberation2025

import (
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// levels are the equilibrium in the published numeraire.
type levels struct {
	scale float64   // what nominal values were multiplied by
	price []float64 // P^
	wage  []float64 // w^
}

func (v *solver) levels() levels {
	m, n := v.m, v.m.n
	z := levels{price: make([]float64, n), wage: make([]float64, n)}
	before, after := 0.0, 0.0
	for k := range n {
		z.wage[k] = math.Exp(v.x[k] + psi*v.labour[k])
		z.price[k] = math.Pow(v.spend[k]/m.spend[k]/z.wage[k], -m.q[k]) * math.Pow(v.sum[k], -1/eps)
		before += m.spend[k]
		after += float64(z.price[k] * m.spend[k])
	}
	z.scale = before / after
	for k := range n {
		z.wage[k] *= z.scale
		z.price[k] *= z.scale
	}
	return z
}

// tau is the rate of relief, zero under lump_sum.
func (v *solver) tau(k int) float64 {
	if !v.m.relief {
		return 0
	}
	return v.take[k] * v.spend[k] / v.wages[k]
}

// weight is d_k, the weight of expenditure in welfare.
func (v *solver) weight(k int) float64 {
	m := v.m
	return m.spend[k] / (m.spend[k] - kappa*(1-v.tau(k))*m.income[k]/(1+kappa))
}

// logWelfare is log W_k.
func (v *solver) logWelfare(k int, z levels) float64 {
	m, d := v.m, v.weight(k)
	return math.Log(z.scale * (d*v.spend[k]/m.spend[k] + (1-d)*v.wages[k]/m.income[k]) / z.price[k])
}

// result turns the solver's state into the common form. t are the dense tariffs.
func (v *solver) result(t []float64) *trade.Result {
	m, n := v.m, v.m.n
	z := v.levels()
	r := &trade.Result{Regions: m.iso, Residual: v.stats.Residual, Steps: v.stats.Steps, Extra: make(map[string][]float64)}
	flow := make([]float64, n*n) // thousand dollars, dense
	for k := range n {
		for j := range n {
			at := k*n + j
			flow[j*n+k] = v.lambda[at] * v.keep[at] * v.spend[k] * z.scale
		}
	}
	add := func(name string, value float64) { r.Extra[name] = append(r.Extra[name], value) }
	for k := range n {
		gain := math.Expm1(v.logWelfare(k, z))
		r.WelfarePct = append(r.WelfarePct, 100*gain)
		r.WelfareBn = append(r.WelfareBn, gain*m.income[k]/1e6)
		r.PricePct = append(r.PricePct, 100*(z.price[k]-1))
		r.WagePct = append(r.WagePct, 100*(z.wage[k]-1))
		var out, in [2]float64
		for j := range n {
			if j == k {
				continue
			}
			out[0] += m.flow[j*n+k]
			out[1] += flow[k*n+j]
			in[0] += m.flow[k*n+j]
			in[1] += flow[j*n+k]
		}
		income := v.wages[k] * z.scale
		revenue := v.take[k] * v.spend[k] * z.scale
		r.ExportsPct = append(r.ExportsPct, 100*(out[1]/out[0]-1))
		r.ImportsPct = append(r.ImportsPct, 100*(in[1]/in[0]-1))
		r.RevenueBn = append(r.RevenueBn, revenue/1e6)
		before, after := in[0]-out[0], in[1]-out[1]
		add("employment_pct", 100*math.Expm1(v.labour[k]))
		add("deficit_pct", 100*(after-before)/math.Abs(before))
		add("deficit_bn", after/1e6)
		add("exports_gdp_pct", 100*(out[1]/income/(out[0]/m.income[k])-1))
		add("imports_gdp_pct", 100*(in[1]/income/(in[0]/m.income[k])-1))
		add("revenue_share", revenue/m.spend[k])
		add("relief", v.take[k]*v.spend[k]/v.wages[k])
	}
	border := make([]float64, n) // w^/L^psi
	for k := range n {
		border[k] = 100 * (math.Exp(v.x[k])*z.scale - 1)
	}
	r.BorderPct = func(i, s int) float64 { return border[i] }
	r.Flows = func(i, j, s int) float64 { return flow[m.info.At(i, j, s)] / 1e6 }
	return r
}
