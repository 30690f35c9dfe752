package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
)

// ponPoko is PonPokoAgent, first in ANAC 2017 (Aydogan, Fujita, Baarslag, Jonker and Ito 2021, "ANAC 2017: repeated multilateral
// negotiation league", section 4.1). So that nobody can learn it from talk to talk it draws one of five patterns
// at the start, each a band [low(t), high(t)] of its own utility; it bids at a level drawn from the band and accepts
// what is worth more than low. Utilities are shares of the range.
type ponPoko struct {
	pattern int
	low     float64
}

func (b *ponPoko) begin(t *talk) { b.pattern, b.low = t.rng.IntN(5), 0.99 }
func (b *ponPoko) waits() bool   { return false }

func (b *ponPoko) next(t *talk, v *sim.View) bid {
	at := clock(v)
	high := 1.0
	switch b.pattern {
	case 0:
		high = 1 - 0.1*at
		b.low = high - 0.1*math.Abs(math.Sin(40*at))
	case 1:
		b.low = 1 - 0.22*at
	case 2:
		high = 1 - 0.1*at
		b.low = high - 0.15*math.Abs(math.Sin(20*at))
	case 3:
		high = 1 - 0.05*at
		b.low = 1 - 0.1*at
		if at > 0.99 {
			b.low = 1 - 0.3*at
		}
	case 4:
		high = 1 - 0.15*at*math.Abs(math.Sin(20*at))
		b.low = 1 - 0.21*at*math.Abs(math.Sin(20*at))
	}
	return t.reach(t.level(within(b.low + (high-b.low)*t.rng.Float64())))
}

func (b *ponPoko) accepts(t *talk, _ *sim.View, _ bid) bool { return t.share(t.worth) > b.low }
