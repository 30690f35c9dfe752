package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
)

// geniusTimed is GENIUS 10.4's time-dependent party (negotiator.parties.AbstractTimeDependentNegotiationParty
// with SortedOutcomeSpace): the target is 1 - (t - 1/(n+1))^(1/e) at t = max(1, k-1)/(n+1) in round k of n (the timeline lags a round behind: SessionManager), on the scale of the
// utilities themselves, and the bid is near the target by GENIUS's search, which can miss a nearer
// neighbour above. It accepts what is worth more than that bid. It knows no reservation value: it offers and
// accepts what is worth less than no deal.
//
// GENIUS orders outcomes of one utility by Java's hash codes; here they are in the space's order. In a
// space of more outcomes than deal keeps sorted, where GENIUS would run out of memory, the bid is the outcome of
// lowest utility at or above the target.
type geniusTimed struct {
	e    float64
	bids bids
}

func (b *geniusTimed) begin(t *talk) { b.bids.begin(t) }

func (b *geniusTimed) waits() bool    { return false }
func (b *geniusTimed) reckless() bool { return true }

func (b *geniusTimed) next(t *talk, v *sim.View) bid {
	if t.model == nil {
		if made, ok := b.bids.recall(t, v, b.e); ok {
			return made
		}
	}
	target := 1 - math.Pow(float64(max(1, v.Round-1)-1)/float64(v.Rounds+1), 1/b.e)
	if t.model != nil && t.has() {
		return t.reachFor(math.Min(target, t.hi), t.model)
	}
	u, index, ok := t.p.Ranking()
	switch {
	case !ok:
		t.reach(math.Min(target, t.hi))
	case len(u) == 0:
		copy(t.mine, t.best)
		t.said(t.hi, target, 0)
	default:
		at := geniusNear(u, target)
		t.space.At(uint64(index[at]), t.mine)
		t.said(u[at], target, 0)
	}
	if t.model == nil {
		b.bids.keep(t, v)
	}
	return bid{u: t.mineU, aim: target, bar: t.mineU}
}

// accepts implements decider. Utilities above 1 count as 1 (AdditiveUtilitySpace.getUtility).
func (b *geniusTimed) accepts(t *talk, _ *sim.View, made bid) bool {
	return math.Min(made.u, 1) < math.Min(t.worth, 1)
}

// geniusNear is SortedOutcomeSpace.getIndexOfBidNearUtility over utilities in descending order: where the
// binary search stops, or the next one below if that is nearer than it and than the one above. The
// one above itself is never taken, as there.
func geniusNear(u []float64, target float64) int {
	at := geniusSearch(u, target)
	near := math.Abs(math.Min(u[at], 1) - target)
	if at > 0 {
		near = math.Min(near, math.Abs(math.Min(u[at-1], 1)-target))
	}
	if at+1 < len(u) && math.Abs(math.Min(u[at+1], 1)-target) < near {
		return at + 1
	}
	return at
}

// geniusSearch is SortedOutcomeSpace.searchIndexWith.
func geniusSearch(u []float64, x float64) int {
	middle, low, high, last := -1, 0, len(u)-1, 0
	for last != middle {
		last = middle
		middle = (low + high) / 2
		switch y := math.Min(u[middle], 1); {
		case y == x:
			return middle
		case y < x:
			high = middle
		case y > x:
			low = middle
		}
	}
	return middle
}
