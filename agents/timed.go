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
}

func (b *timed) begin(*talk) {}
func (b *timed) waits() bool { return false }

func (b *timed) next(t *talk, v *sim.View) bid {
	return t.reach(t.level(1 - b.curve.at(b.beta, b.kappa, v)))
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

func (c *curve) at(beta, kappa float64, v *sim.View) float64 {
	if v.Rounds <= 1 {
		return alpha(beta, kappa, clock(v))
	}
	if c.beta != beta || c.kappa != kappa || c.rounds != v.Rounds {
		c.beta, c.kappa, c.rounds, c.a = beta, kappa, v.Rounds, c.a[:0]
	}
	r := min(v.Round, v.Rounds)
	if int(r) <= len(c.a) {
		return c.a[r-1]
	}
	if r > most {
		return alpha(beta, kappa, clock(v))
	}
	for i := int32(len(c.a)); i < r; i++ {
		c.a = append(c.a, alpha(beta, kappa, float64(i)/float64(v.Rounds-1)))
	}
	return c.a[r-1]
}

func alpha(beta, kappa, t float64) float64 {
	return kappa + float64((1-kappa)*math.Pow(t, 1/beta))
}
