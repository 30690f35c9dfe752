package agents

import "github.com/parley-sim/parley/sim"

// decider is a bidding strategy with an acceptance rule of its own.
type decider interface {
	accepts(t *talk, v *sim.View, b bid) bool
}

// acOwn is the acceptance rule of the program that the bidding strategy is from, AC_next where it has none.
type acOwn struct{ decides decider }

func (c *acOwn) begin(*talk) {}

func (c *acOwn) accept(t *talk, v *sim.View, b bid) bool {
	if c.decides == nil {
		return t.worth >= b.bar
	}
	return c.decides.accepts(t, v, b)
}

// acAspiration is AC_asp: it accepts what is worth the target, where AC_next asks for the worth of the bid found
// for it, which may be more. Without a target it is AC_next.
type acAspiration struct{}

func (acAspiration) begin(*talk) {}

func (acAspiration) accept(t *talk, _ *sim.View, b bid) bool {
	if b.aim <= b.bar {
		return t.worth >= b.aim
	}
	return t.worth >= b.bar
}

// acCombiAll is AC_combi(T, MAX^T) of Baarslag, Hindriks and Jonker (2013), section 4.2: AC_next, and from time T on also
// what is at least the best offer ever received.
type acCombiAll struct{ from float64 }

func (c *acCombiAll) begin(*talk) {}

func (c *acCombiAll) accept(t *talk, v *sim.View, b bid) bool {
	return t.worth >= b.bar || clock(v) >= c.from && t.worth >= t.bestYet
}

// acCombiMean is AC_combi(T, AVG^W), the same section: AC_next, and from time T on also what is at least the
// mean of the offers received in the window [t - (1 - t), t].
type acCombiMean struct {
	from float64
	q    []heard
	head int
	sum  float64
}

func (c *acCombiMean) begin(*talk) { c.q, c.head, c.sum = c.q[:0], 0, 0 }

func (c *acCombiMean) hear(t *talk, v *sim.View) {
	now := clock(v)
	if now < 2*c.from-1 {
		return // no window reaches back so far
	}
	u := max(t.worth, t.worst)
	c.q = append(c.q, heard{now, u})
	c.sum += u
	for c.head < len(c.q)-1 && c.q[c.head].at < 2*now-1 {
		c.sum -= c.q[c.head].u
		c.head++
	}
}

func (c *acCombiMean) accept(t *talk, v *sim.View, b bid) bool {
	if t.worth >= b.bar {
		return true
	}
	n := len(c.q) - c.head
	return clock(v) >= c.from && n > 0 && t.worth >= c.sum/float64(n)
}
