package agents

import "github.com/parley-sim/parley/sim"

// gahboninho is Gahboninho, second in ANAC 2011 (Ben Adar, Sofy and Elimelech 2013, "Gahboninho: strategy for balancing
// pressure and compromise in automated negotiation"): a bully that first shows what it wants and then presses. In
// its first 40 turns (until t = 0.15) it comes down from 1 to 0.925. After that the target falls linearly in time from
// 1 + 6 e towards a floor, the best offer heard or if that is less a step of 0.9125, 0.84, 0.775, 0.7 that goes down at
// t = 0.85, 0.92, 0.94, 0.985, and moves by no more than 0.0009 a turn, up to 0.011 near the end: e, in
// [0, 1], is how eager the other seems to settle, and the more eager, the less is given. In the last round or two it
// offers the best it has heard. It accepts what is worth 0.95 of its target, less and less of it, to 0.91.
//
// Eagerness starts at 0.4 and is looked at anew every 20 offers: 0.05 more if the other's values came nearer
// to its own than in the 20 before, 0.01 more if its best offer improved, else 0.01 less. (The original
// also asks a model of its own what the other gave up.) Utilities are shares of the range.
type gahboninho struct {
	target  float64
	turns   int
	eager   float64
	factor  float64
	alike   int // values shared with its own offer, in this window and in the one before
	before  int
	counted int
	best    float64
}

func (b *gahboninho) begin(t *talk) { *b = gahboninho{target: 1, eager: 0.4, factor: 0.95} }
func (b *gahboninho) waits() bool   { return false }

func (b *gahboninho) hear(t *talk, v *sim.View) {
	if t.made {
		for i, x := range v.Theirs {
			if x == t.mine[i] {
				b.alike++
			}
		}
	}
	if b.counted++; b.counted < 20 {
		return
	}
	best := t.share(t.bestYet)
	switch {
	case b.alike > b.before:
		b.eager += 0.05
	case best > b.best:
		b.eager += 0.01
	default:
		b.eager -= 0.01
	}
	b.eager = within(b.eager)
	b.before, b.alike, b.counted, b.best = b.alike, 0, 0, best
}

func (b *gahboninho) next(t *talk, v *sim.View) bid {
	at, best := clock(v), 0.0
	if t.has() {
		best = within(t.share(t.bestYet))
	}
	b.turns++
	if b.turns <= 40 && at < 0.15 {
		b.target = 1 - 0.075*float64(b.turns-1)/40
		return t.reach(t.level(b.target))
	}
	high, low, rate := 1+6*b.eager, 1.0, 0.0009
	switch {
	case at < 0.85:
		low = max(best, 0.9125)
	case at <= 0.92:
		b.factor, low = 0.94, max(best, 0.84)
		high /= low
	case at <= 0.94:
		b.factor, low = 0.93, max(best, 0.775)
		high /= low
	case at <= 0.985:
		b.factor, low, rate = 0.91, max(best, 0.7), 0.001
		high /= low
	case v.Rounds-v.Round > 2:
		rate = 0.001 + 0.01*(at-0.985)/0.015
		b.factor, low = 0.95, best
		if best < 0.375 {
			b.factor, low = 0.8, 0.4375
		}
		high /= low
	default:
		b.factor, low, high, rate = 0.92, max(best, 0.25), max(best, 0.25), 1
		if best >= 0.25 {
			if made, ok := t.repeat(); ok {
				b.target = best
				return made
			}
		}
	}
	high = max(high, low)
	want := min(1, high-(high-low)*at)
	b.target = within(min(max(want, b.target-rate), b.target+0.005))
	return t.reach(t.level(b.target))
}

func (b *gahboninho) accepts(t *talk, _ *sim.View, made bid) bool {
	return t.worth >= made.bar || t.share(t.worth) >= b.factor*b.target
}
