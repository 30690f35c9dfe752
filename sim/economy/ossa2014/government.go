package ossa2014

import "math"

// political is the numerator of region j's objective: what its sectors earn, wages, profits and a
// share of revenue by employment, with weights lambda, million dollars. For flows T' it is
//
//	sum_s lambda_js ( sum_k T'_jks + delta'_js Rev'_j )
//
// with delta'_js the sector's share of labour (the paper's G_j, section I). spread is the sum of
// lambda_js delta'_js.
func (v *solver) political(j int, flow []float64, wage, revenue float64) (value, spread float64) {
	m, n := v.m, v.m.n
	for s, sigma := range m.sigma {
		sales := 0.0
		for k := range n {
			sales += flow[(s*n+j)*n+k]
		}
		jobs := sales * (sigma - 1) / sigma / (m.labour[j] * wage)
		value += v.lambda[j*m.s+s] * sales
		spread += v.lambda[j*m.s+s] * jobs
	}
	return value + spread*revenue, spread
}

// logGovernment is log G^_j: the change of political real income at the last equilibrium.
func (v *solver) logGovernment(j int) float64 {
	now, _ := v.political(j, v.flow, v.wage[j], v.revenue[j])
	return math.Log(now/v.before[j]) - v.logIndex(j)
}

// atBase is the numerator at the base.
func (v *solver) atBase(j int) float64 {
	m, revenue := v.m, 0.0
	for s := range m.s {
		for i := range m.n {
			at := (s*m.n+i)*m.n + j
			revenue += m.tariff[at] * m.flow[at]
		}
	}
	value, _ := v.political(j, m.flow, 1, revenue)
	return value
}
