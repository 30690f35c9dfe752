package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
)

// timed is the time-dependent tactic of Faratin, Sierra and Jennings (1998), section 4.1, with its
// polynomial function,
//
//	alpha(t) = kappa + (1 - kappa) t^(1/beta),    target(t) = hi - alpha(t) (hi - lo).
//
// beta < 1 holds out (Boulware), 1 is linear, beta > 1 gives way early (Conceder).
type timed struct {
	beta, kappa float64
	curve       curve

	// The bids by round, kept where the same terms come back, as in repeated talks over a benchmark
	// domain: then the search is for the first sessions only.
	u      []float64
	offers []uint16
}

func (b *timed) begin(t *talk) {
	if !t.again {
		b.u, b.offers = b.u[:0], b.offers[:0]
	}
}

func (b *timed) waits() bool { return false }

func (b *timed) next(t *talk, v *sim.View) bid {
	a, changed := b.curve.at(b.beta, b.kappa, v)
	if changed {
		b.u, b.offers = b.u[:0], b.offers[:0]
	}
	target := t.level(1 - a)
	if !t.again || t.model != nil || v.Round > most || v.Rounds <= 1 {
		return t.reach(target)
	}
	r, n := int(min(v.Round, v.Rounds)), len(t.mine)
	if r <= len(b.u) {
		copy(t.mine, b.offers[(r-1)*n:r*n])
		t.said(b.u[r-1], target, 0)
		return bid{u: t.mineU, aim: target, bar: t.mineU}
	}
	made := t.reach(target)
	if r == len(b.u)+1 {
		b.u, b.offers = append(b.u, made.u), append(b.offers, t.mine...)
	}
	return made
}

// curve holds alpha by round, worked out as the rounds come and kept for as long as beta, kappa and
// the number of rounds stay: with fixed parameters a power is taken once a round for all sessions.
type curve struct {
	beta, kappa float64
	rounds      int32
	a           []float64 // a[r-1] of round r
}

// most is how many rounds are kept: 32 KB. Later ones are worked out when asked.
const most = 4096

// at is alpha at a view's round; changed says that what was kept before is not of this curve.
func (c *curve) at(beta, kappa float64, v *sim.View) (a float64, changed bool) {
	if v.Rounds <= 1 {
		return alpha(beta, kappa, clock(v)), false
	}
	if c.beta != beta || c.kappa != kappa || c.rounds != v.Rounds {
		c.beta, c.kappa, c.rounds, c.a = beta, kappa, v.Rounds, c.a[:0]
		changed = true
	}
	r := min(v.Round, v.Rounds)
	if int(r) <= len(c.a) {
		return c.a[r-1], changed
	}
	if r > most {
		return alpha(beta, kappa, clock(v)), changed
	}
	for i := int32(len(c.a)); i < r; i++ {
		c.a = append(c.a, alpha(beta, kappa, float64(i)/float64(v.Rounds-1)))
	}
	return c.a[r-1], changed
}

func alpha(beta, kappa, t float64) float64 {
	return kappa + float64((1-kappa)*math.Pow(t, 1/beta))
}
