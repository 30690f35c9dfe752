package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
)

// cuhk is CUHKAgent, first in ANAC 2012 (Hao and Leung 2014), for talks whose worth is not discounted or is by
// a factor delta. Its acceptance threshold is (section 3.1)
//
//	1 - (1 - delta^(1-lambda)) (t / lambda)^2      until time lambda,
//	delta^(1-t)                                    after it,
//
// where lambda grows with how stubborn the other is, from l0 = 0.08 + 0.92 delta^1.8, by a tenth of what is left to 1
// times s^20 (s: the share of new offers among the other's last ten). With delta = 1 the program as played keeps to `room` of its
// best instead, and to `late_room` from t = 0.98 on. It offers what the other likes best by its model among
// what is worth the threshold, or the other's best offer if that is worth it. In the last rounds it gives
// the other's best offer back and takes whatever comes near it. Utilities are shares of the range.
type cuhk struct {
	delta, room, late float64

	threshold float64
	fresh     [10]bool
	n         int
	count     int
}

func (b *cuhk) begin(*talk) {
	b.threshold, b.n, b.count = 1, 0, 0
	clear(b.fresh[:])
}
func (b *cuhk) waits() bool { return false }

func (b *cuhk) hear(_ *talk, v *sim.View) {
	at := b.n % len(b.fresh)
	if b.fresh[at] {
		b.count--
	}
	if b.fresh[at] = v.Fresh; v.Fresh {
		b.count++
	}
	b.n++
}

// final is how many rounds before the end CUHKAgent turns to the other's best offer.
const cuhkFinal = 5

func (b *cuhk) next(t *talk, v *sim.View) bid {
	at := clock(v)
	if b.delta == 1 {
		room := b.room
		if at >= 0.98 {
			room = b.late
		}
		b.threshold = min(b.threshold, 1-room)
	} else {
		first := 0.08 + 0.92*math.Pow(b.delta, 1.8)
		lambda := min(1, first+0.1*(1-first)*math.Pow(float64(b.count)/float64(len(b.fresh)), 20))
		if at <= lambda {
			x := at / lambda
			b.threshold = 1 - (1-math.Pow(b.delta, 1-lambda))*x*x
		} else {
			b.threshold = math.Pow(b.delta, 1-at)
		}
	}
	level := within(b.threshold)
	left := v.Rounds - v.Round
	switch {
	case t.has() && (t.share(t.bestYet) >= level || left < 2 || left < cuhkFinal && t.share(t.bestYet) >= 0.85):
		if made, ok := t.repeat(); ok {
			return made
		}
	case left < cuhkFinal:
		level = min(level, 0.85)
	}
	return t.reach(t.level(level))
}

func (b *cuhk) accepts(t *talk, v *sim.View, made bid) bool {
	if t.worth >= made.bar || t.share(t.worth) >= b.threshold {
		return true
	}
	return v.Rounds-v.Round < cuhkFinal && t.worth >= t.bestYet-0.01*(t.hi-t.lo)
}
