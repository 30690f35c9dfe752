package agents

import "github.com/parley-sim/parley/sim"

// The acceptance conditions of Baarslag, Hindriks and Jonker (2013), "Acceptance conditions in automated
// negotiation", sections 3 and 4. Utilities there are in [0, 1]; here s(u) = (u - lo) / (hi - lo).

// acNext is AC_next(alpha, beta): accept if alpha s(theirs) + beta >= s(next bid).
type acNext struct{ alpha, beta float64 }

func (c *acNext) begin(*talk) {}

func (c *acNext) accept(t *talk, _ *sim.View, b bid) bool {
	if c.alpha == 1 && c.beta == 0 {
		return t.worth >= b.bar // no rounding
	}
	return float64(c.alpha*t.share(t.worth))+c.beta >= t.share(b.bar)
}

// acConst is AC_const(alpha): accept if s(theirs) >= alpha.
type acConst struct{ alpha float64 }

func (c *acConst) begin(*talk) {}

func (c *acConst) accept(t *talk, _ *sim.View, _ bid) bool { return t.worth >= t.level(c.alpha) }

// acTime is AC_time(T): accept anything (that is worth no deal) from time T on.
type acTime struct{ from float64 }

func (c *acTime) begin(*talk) {}

func (c *acTime) accept(_ *talk, v *sim.View, _ bid) bool { return clock(v) >= c.from }

// acCombi is AC_combi(T, MAX^W): AC_next, and from time T on also what is at least the best offer
// received in the window W that lies behind and is as long as the time that remains,
// W = [t - (1 - t), t].
type acCombi struct {
	from float64
	q    []heard // utilities heard, falling; each is the best since its time
	head int
}

type heard struct{ at, u float64 }

func (c *acCombi) begin(*talk) { c.q, c.head = c.q[:0], 0 }

func (c *acCombi) hear(t *talk, v *sim.View) {
	now := clock(v)
	for len(c.q) > c.head && c.q[len(c.q)-1].u <= t.worth {
		c.q = c.q[:len(c.q)-1]
	}
	if len(c.q) == c.head {
		c.q, c.head = c.q[:0], 0
	}
	c.q = append(c.q, heard{now, t.worth})
	for c.q[c.head].at < 2*now-1 {
		c.head++
	}
}

func (c *acCombi) accept(t *talk, v *sim.View, b bid) bool {
	if t.worth >= b.bar {
		return true
	}
	return clock(v) >= c.from && t.worth >= c.q[c.head].u
}
