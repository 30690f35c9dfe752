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

// free is A's share with free hands, in the limit of patient players: half, less if B's home needs more.
func free(other float64) float64 { return min(0.5, 1-other) }

// Known is A's payoff when both sides know that A's home needs need and B's home other, in the limit of
// patient players: the nearest to a half of what passes on both sides, max(1/2, need) if the other needs
// no more than a half, and 0 if nothing passes.
func Known(need, other float64) float64 {
	if need+other > 1 {
		return 0
	}
	return max(free(other), need)
}

// Ignored is A's expected payoff when the negotiators ignore both homes: they split the pie, and that
// passes if a half is enough for each.
func Ignored(need, other float64) float64 {
	if need > 0.5 || other > 0.5 {
		return 0
	}
	return 0.5
}

// Estimated is A's expected payoff when both know the other's need b, and take A's to be need + e,
// e ~ N(0, sd), sd > 0: they agree on max(h, need+e), h = min(1/2, 1-b), if that leaves B its need, and A's home
// agrees if it gets its own. With c the need, F and f the normal distribution and density of z = e/sd,
//
//	c <= h:  h F((h-c)/sd) + integral of (c + sd z) f(z) from (h-c)/sd to (1-b-c)/sd
//	c >  h:                  integral of (c + sd z) f(z) from 0 to (1-b-c)/sd
//
// and the integral from x to y is c (F(y)-F(x)) + sd (f(x)-f(y)).
func Estimated(need, other, sd float64) float64 {
	if need+other > 1 {
		return 0
	}
	h := free(other)
	from, base := 0.0, 0.0
	if need <= h {
		from = (h - need) / sd
		base = h * normal(from)
	}
	to := (1 - other - need) / sd
	return base + need*(normal(to)-normal(from)) + sd*(density(from)-density(to))
}

func normal(z float64) float64  { return math.Erfc(-z/math.Sqrt2) / 2 }
func density(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }
