package home

import "math"

// MostHeed bounds the weight that a negotiator gives to an audience's score beside the party's own worth.
const MostHeed = 4

// Heed is how much of each audience's score a negotiator who wants a deal to pass counts as its own
// worth. It is the expected-worth correction to first order. A deal x is worth P(x) g(x): the chance that
// home agrees times the gain over no deal. To first order in the scores,
//
//	d(P g) = P (dg + sum_a l_a ds_a),    l_a = (g / P) dP/ds_a,
//	dP/ds_a = B_a phi(m_a / noise_a) / noise_a,
//
// where m_a is the audience's margin and B_a the chance that its answer decides. Taken where every audience is
// in two minds, m = 0: then B_a is its Banzhaf power (Banzhaf 1965) under the rule, phi(0) = 1/sqrt(2 pi)
// and P the chance that random answers pass. Without noise, or with little, the weight is MostHeed for
// an audience with power.
//
// gain is the gain at stake in units of the score, above 0; out has one weight an audience.
func (e *Electorate) Heed(gain float64, out []float64) {
	for a := range e.p {
		e.p[a] = 0.5
	}
	even := e.Chance(e.p)
	for a := range out {
		out[a] = 0
		power := e.Power(a)
		if power <= 0 || even <= 0 || gain <= 0 {
			continue
		}
		out[a] = MostHeed
		if n := e.Noise[a]; n > 0 {
			out[a] = min(gain*power/(math.Sqrt(2*math.Pi)*n*even), MostHeed)
		}
	}
}

// Power is the chance that an audience's answer decides when the others' are even chances.
func (e *Electorate) Power(a int) float64 {
	for k := range e.p {
		e.p[k] = 0.5
	}
	e.p[a] = 1
	with := e.Chance(e.p)
	e.p[a] = 0
	without := e.Chance(e.p)
	e.p[a] = 0.5
	return with - without
}
