package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
)

// hardHeaded is HardHeaded, first in ANAC 2011 (van Krimpen, Looije and Hajizadeh 2013). Its lower limit
//
//	p(t) = min + (1 - F(t)) (1 - min),    F(t) = k + (1 - k) t^(1/e),    k = e = 0.05, min = 0.585
//
// hardly moves until the very end. It steps down from its best outcome by 0.01; when the next step would pass the limit it
// goes back to a level it has been at before, drawn at random, and cycles on. At each level it offers what
// the other likes best by its model, or the other's best offer, where that is worth more to itself. It accepts
// what is worth at least its next bid or more than the least it has offered. Utilities are shares of the range.
type hardHeaded struct {
	e, k, floor float64

	level, low float64
}

const hardHeadedStep = 0.01

func (b *hardHeaded) begin(*talk) { b.level, b.low = 1+hardHeadedStep, 1 }
func (b *hardHeaded) waits() bool { return false }

func (b *hardHeaded) next(t *talk, v *sim.View) bid {
	limit := b.floor + (1-alpha(b.e, b.k, clock(v)))*(1-b.floor)
	if b.level -= hardHeadedStep; b.level < limit {
		steps := int((1-b.low)/hardHeadedStep + 0.5)
		b.level = 1 - hardHeadedStep*float64(t.rng.IntN(steps+1))
		b.level = math.Max(b.level, min(limit, 1))
	}
	b.low = min(b.low, b.level)
	made := t.reach(t.level(within(b.level)))
	if t.has() && t.bestYet > made.u {
		if back, ok := t.repeat(); ok {
			return back
		}
	}
	return made
}

func (b *hardHeaded) accepts(t *talk, _ *sim.View, made bid) bool {
	return t.worth >= made.bar || t.share(t.worth) > b.low
}
