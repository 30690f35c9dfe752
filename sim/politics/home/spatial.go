package home

import "math"

// Split is bargaining over a pie of 1 whose outcome must pass at home on both sides: side A's audience
// needs at least A of it, side B's at least B. Proposers alternate, A first, and each side values a
// share a round later at Delta of it (Rubinstein 1982); a refusal at home is no deal, worth 0 to both.
// That a binding need at home is an advantage at the table is Schelling's point (1960, pp. 22-28); Putnam (1988)
// took it to two levels and Tarar (2001, Journal of Conflict Resolution 45) to both sides constrained.
type Split struct {
	A, B  float64 // 0 to 1
	Delta float64 // in (0, 1)
}

// Solve is A's share in the stationary subgame-perfect outcome when both know both needs; ok is false
// if no split passes on both sides. A's offer leaves B the larger of its need and what waiting is worth
// to it, B's likewise; the two conditions are met by turns until they stand still (a contraction by
// Delta squared). As Delta goes to 1 the share goes to 1/2, or to the nearer end of [A, 1-B]: the Nash
// solution projected on what passes.
func (s Split) Solve() (share float64, ok bool) {
	if s.A+s.B > 1 {
		return 0, false
	}
	a, b := 1-s.B, 1-s.A // each proposer's own share
	for range 100_000 {
		// The answering side takes what waiting is worth, or what its home needs.
		nextA := max(1-max(s.Delta*b, s.B), s.A)
		nextB := max(1-max(s.Delta*nextA, s.A), s.B)
		still := math.Abs(nextA-a)+math.Abs(nextB-b) < 1e-15
		if a, b = nextA, nextB; still {
			break
		}
	}
	return a, true
}

// Known is A's payoff when both sides know that A's home needs need and B's home nothing, in the limit of
// patient players: max(1/2, need).
func Known(need float64) float64 {
	if need > 1 {
		return 0
	}
	return max(0.5, need)
}

// Ignored is A's expected payoff when the negotiators ignore A's home: they split the pie, and home agrees
// if a half is enough.
func Ignored(need float64) float64 {
	if need > 0.5 {
		return 0
	}
	return 0.5
}

// Estimated is A's expected payoff when both take its need to be need + e, e ~ N(0, sd), sd > 0: they agree
// on max(1/2, need+e) if that is not above 1, and home agrees if it gets its need. With c the need, F and f
// the normal distribution and density of z = e/sd, and x = 1/2 for c <= 1/2, where any deal passes,
//
//	c <= 1/2:  F((1/2-c)/sd)/2 + integral of (c + sd z) f(z) from (1/2-c)/sd to (1-c)/sd
//	c >  1/2:                    integral of (c + sd z) f(z) from 0 to (1-c)/sd
//
// and the integral from a to b is c (F(b)-F(a)) + sd (f(a)-f(b)).
func Estimated(need, sd float64) float64 {
	if need > 1 {
		return 0
	}
	from, base := 0.0, 0.0
	if need <= 0.5 {
		from = (0.5 - need) / sd
		base = normal(from) / 2
	}
	to := (1 - need) / sd
	return base + need*(normal(to)-normal(from)) + sd*(density(from)-density(to))
}

func normal(z float64) float64  { return math.Erfc(-z/math.Sqrt2) / 2 }
func density(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }
