package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
)

// agentK is AgentK, first in ANAC 2010 (Kawaguchi, Fujita and Ito 2011, "Compromising strategy based on estimated
// maximum utility for automated negotiation agents competition", sections 3 and 4). From the mean mu and the
// spread d = sqrt(12 var) of the offers received it estimates the most the other will give,
//
//	emax = mu + (1 - mu) d,
//
// and compromises towards that: with alpha = 1 + tau + 10 mu - 2 tau mu and tau = 2 (tremor),
// the target is 1 - t^alpha (1 - emax), stretched by the ratio (d + 0.1) / (1 - target), at most 2, and kept from
// running ahead of emax. It bids at such a target with a trembling alpha, or gives an offer heard back
// that is worth the target (here the best one; the original draws among them), and accepts with chance
// t^alpha / 5 + (u - emax) + (u - target), none below 0.1. Utilities are shares of the range.
type agentK struct {
	tremor float64

	n, sum, square float64
	target, aim    float64
	chance         float64 // of accepting the last offer
}

func (b *agentK) begin(*talk) {
	b.n, b.sum, b.square, b.target, b.aim, b.chance = 0, 0, 0, 1, 1, 0
}
func (b *agentK) waits() bool { return false }

func (b *agentK) hear(t *talk, v *sim.View) {
	u, at := t.heard(), clock(v)
	b.n++
	b.sum += u
	b.square += u * u
	mean := b.sum / b.n
	spread := math.Sqrt(12 * max(0, b.square/b.n-mean*mean))
	most := within(mean + (1-mean)*spread)
	alpha := 1 + b.tremor + 10*mean - 2*b.tremor*mean
	beta := max(0.1, alpha+b.tremor*(t.rng.Float64()-0.5))
	b.target = compromise(at, math.Pow(at, alpha), most, spread)
	b.aim = compromise(at, math.Pow(at, beta), most, spread)
	if b.chance = math.Pow(at, alpha)/5 + (u - most) + (u - b.target); b.chance < 0.1 {
		b.chance = 0
	}
}

// compromise is the target at a time for an estimated maximum; went is t^alpha.
func compromise(at, went, most, spread float64) float64 {
	pre := 1 - went*(1-most)
	ratio := 2.0
	if pre < 1 {
		ratio = min(2, (spread+0.1)/(1-pre))
	}
	target := ratio*pre + 1 - ratio
	if target <= most {
		return most
	}
	r := target - most
	m := 400 - 300*at*at*at
	return target - r*min(1/(r*r), m)/m
}

func (b *agentK) next(t *talk, _ *sim.View) bid {
	if t.has() && t.share(t.bestYet) > b.target {
		if made, ok := t.repeat(); ok {
			return made
		}
	}
	return t.reach(t.level(within(b.aim)))
}

func (b *agentK) accepts(t *talk, _ *sim.View, _ bid) bool {
	return b.chance > t.rng.Float64()
}
