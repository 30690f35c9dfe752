package agents

import "github.com/parley-sim/parley/sim"

// atlas3 is Atlas3, first in ANAC 2015 (Mori and Ito 2017, "Atlas3: a negotiating agent based on expecting lower limit
// of concession function"; the limit is from their "A compromising strategy based on expected utility of
// evolutionary stable strategy in bilateral closed bargaining problem", 2015, section 3), for two sides without
// discount. The last phase is a hawk-dove game between holding out and taking the other's best offer, worth C: no
// deal if both hold out (0), 1 if only this side does, C if only the other does, (C + 1)/2 on average if both give in. The
// other holds out in the mixed evolutionary stable strategy with chance q, and what this side can expect then,
//
//	target = q C + (1 - q) (1 + C)/2,    q = (1 - C) / (1 + C),
//
// is where its threshold target + (1 - target)(1 - t) ends. In the last rounds it offers the best it has heard,
// and takes it. Utilities are shares of the range.
type atlas3 struct{ threshold float64 }

func (b *atlas3) begin(*talk) { b.threshold = 1 }
func (b *atlas3) waits() bool { return false }

// last is how many rounds before the end it turns to what the other has offered.
const atlasLast = 2

func (b *atlas3) next(t *talk, v *sim.View) bid {
	c := 0.0
	if t.has() {
		c = within(t.share(t.bestYet))
	}
	q := (1 - c) / (1 + c)
	target := q*c + (1-q)*(1+c)/2
	b.threshold = target + (1-target)*(1-clock(v))
	if v.Rounds-v.Round < atlasLast && t.has() {
		if made, ok := t.repeat(); ok {
			return made
		}
	}
	return t.reach(t.level(within(b.threshold)))
}

func (b *atlas3) accepts(t *talk, v *sim.View, made bid) bool {
	return t.worth >= made.bar || t.share(t.worth) >= b.threshold || v.Round >= v.Rounds && t.worth >= t.bestYet
}
