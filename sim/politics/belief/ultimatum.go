package belief

import "math"

// Ultimatum is a last offer to a side of unknown type: what each offer is worth to its maker, which
// types take it, and what a refusal leaves.
type Ultimatum struct {
	Gain    []float64                 // of each offer, if taken, to its maker
	Takes   func(offer, typ int) bool // whether a type takes it
	Refused float64                   // what a refusal is worth to the maker
}

// Best is the offer with the highest expectation: the best terms are taken by few (Fearon 1995,
// "Rationalist explanations for war", whose risk-return trade-off this is). value is that expectation, risk the
// chance of a refusal. Ties go to the lower risk, then to the earlier offer. No offers: -1.
func (u *Ultimatum) Best(b *Belief) (offer int, value, risk float64) {
	offer, value = -1, math.Inf(-1)
	for k, gain := range u.Gain {
		taken := 0.0
		for i := range b.p {
			if u.Takes(k, i) {
				taken += b.p[i]
			}
		}
		v := float64(taken*gain) + float64((1-taken)*u.Refused)
		if v > value || v == value && 1-taken < risk {
			offer, value, risk = k, v, max(0, 1-taken)
		}
	}
	return offer, value, risk
}

// Crisis is Fearon's (1995) bargaining over a pie of 1 in the shadow of war, which side A wins with
// chance P. War costs A CostA, and B what it alone knows: Costs[i] to type i.
type Crisis struct {
	P     float64   // 0 to 1
	CostA float64   // >= 0
	Costs []float64 // of B's types, >= 0
}

// Demand is what share A asks for, and the chance of war that it runs. B takes a demand of x if what is left
// is worth war to it: 1 - x >= 1 - P - c. Any demand that could be best leaves some type indifferent, so
// those are the ones tried.
func (c *Crisis) Demand(b *Belief) (share, war float64) {
	u := Ultimatum{Refused: c.P - c.CostA, Takes: func(k, i int) bool { return c.Costs[i] >= c.Costs[k] }}
	for _, cost := range c.Costs {
		u.Gain = append(u.Gain, min(1, c.P+cost))
	}
	k, _, war := u.Best(b)
	return u.Gain[k], war
}
