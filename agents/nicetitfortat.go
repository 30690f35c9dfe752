package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
)

// niceTitForTat is the Nice Tit for Tat agent (Baarslag, Hindriks and Jonker 2013, "A tit for tat negotiation
// strategy for real-time bilateral negotiations", sections 3 and 4). It measures how far the other has come from
// its first offers towards the estimated Nash point, in its own utility, and goes as far itself:
//
//	share of the way = (highest - lowest offer heard) / (nash - lowest first offer), at most 1
//	target = 1 - share (1 - nash).
//
// Nash is the own utility at the largest estimated product, times 1.4 - 0.6 (1 - lowest first offer), and in [0.5, 1].
// From t = 0.91 on a bonus of 20 (t - 0.91) of the remaining way is given on top. It offers what the other likes best at
// the target, or the other's best offer if that is worth more. From t = 0.98 on it also takes an offer that is
// worth more than what better ones of the last 1 - t can be expected to bring. Utilities are shares of the range.
type niceTitForTat struct {
	s      sampler
	first  float64 // lowest of the first offers
	low    float64
	high   float64
	n      int
	recent []heard // of the last stretch
}

func (b *niceTitForTat) begin(*talk) {
	b.s.begin()
	b.first, b.low, b.high, b.n, b.recent = 1, 1, 0, 0, b.recent[:0]
}
func (b *niceTitForTat) waits() bool { return false }

func (b *niceTitForTat) hear(t *talk, v *sim.View) {
	u, at := t.heard(), clock(v)
	if b.n == 0 || at <= 0.01 {
		b.first = min(b.first, u)
	}
	b.n++
	b.low, b.high = min(b.low, u), max(b.high, u)
	if at >= 0.95 {
		b.recent = append(b.recent, heard{at, u})
	}
}

func (b *niceTitForTat) next(t *talk, v *sim.View) bid {
	if !t.has() {
		return t.reach(t.hi)
	}
	nash := 0.7 // the original's guess in large domains
	if b.s.look(t) {
		nash = t.share(b.s.u[b.s.nash(t)])
	}
	nash = min(1, max(0.5, nash*(1.4-0.6*(1-b.first))))
	way := 1.0
	if nash > b.first {
		way = min(1, (b.high-b.low)/(nash-b.first))
	}
	target := 1 - way*(1-nash)
	if at := clock(v); at > 0.91 {
		target -= min(1, 20*(at-0.91)) * max(0, target-nash)
	}
	made := t.reach(t.level(within(target)))
	if t.bestYet > made.u {
		if back, ok := t.repeat(); ok {
			return back
		}
	}
	return made
}

func (b *niceTitForTat) accepts(t *talk, v *sim.View, made bid) bool {
	if t.worth >= made.bar {
		return true
	}
	at := clock(v)
	if at < 0.98 {
		return false
	}
	u, better, sum, n := t.heard(), 0, 0.0, 0
	for k := len(b.recent) - 1; k >= 0 && b.recent[k].at >= 2*at-1; k-- {
		n++
		if b.recent[k].u > u {
			better++
			sum += b.recent[k].u
		}
	}
	// With more than ten offers still to come it waits; the window is as long as the time left.
	if n > 10 && at < 1 {
		return false
	}
	if better == 0 || at >= 1 {
		return true
	}
	hit := 1 - math.Pow(0.5, float64(better))
	return u > hit*sum/float64(better)
}
