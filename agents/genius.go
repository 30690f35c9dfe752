package agents

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf16"

	"github.com/parley-sim/parley/sim"
)

// geniusTimed is GENIUS 10.4's time-dependent party (negotiator.parties.AbstractTimeDependentNegotiationParty
// with SortedOutcomeSpace): the target is 1 - (t - 1/(n+1))^(1/e) at t = max(1, k-1)/(n+1) in round k of n (the timeline lags a round behind: SessionManager), on the scale of the
// utilities themselves, and the bid is near the target by GENIUS's search, which can miss a nearer
// neighbour above. It accepts what is worth more than that bid. It knows no reservation value: it offers and
// accepts what is worth less than no deal.
//
// Outcomes of one utility stand in the order of Java's hash codes there and here, in spaces of up to 65,536 outcomes; in
// larger ones in the space's order. In a space of more outcomes than deal keeps sorted, where GENIUS would run out
// of memory, the bid is the outcome of lowest utility at or above the target.
type geniusTimed struct {
	e    float64
	bids bids
	all  hashed
}

func (b *geniusTimed) begin(t *talk) {
	b.bids.begin(t)
	if !t.again {
		b.all.of(t)
	}
}

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
	u, index, ok := b.all.u, b.all.index, b.all.ok
	if !ok {
		u, index, ok = t.p.Ranking()
	}
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

// geniusOutcomes is up to how many outcomes a space is sorted by hash codes.
const geniusOutcomes = 1 << 16

// hashed are a party's allowed outcomes as SortedOutcomeSpace has them: by utility, held to at most 1, best first, then by
// BidDetails.hashCode, then in the order of BidIterator, whose first issue is the fastest.
type hashed struct {
	ok    bool
	u     []float64
	index []uint32 // of the outcome in the space
}

func (h *hashed) of(t *talk) {
	h.u, h.index = h.u[:0], h.index[:0]
	n, ok := t.space.Count()
	if h.ok = ok && n <= geniusOutcomes; !h.ok {
		return
	}
	words := make([][]int32, t.space.Len()) // the hash codes of the values
	for i := range words {
		for _, v := range t.space.Issues[i].Values {
			words[i] = append(words[i], javaHash(v))
		}
	}
	type outcome struct {
		u    float64
		hash int32
		at   uint32
	}
	all := make([]outcome, 0, n)
	o := t.space.NewOffer()
	for range n {
		if u := t.p.Utility(o); !math.IsInf(u, -1) {
			x := outcome{u: math.Min(u, 1), at: uint32(t.space.Index(o))}
			for i, v := range o {
				x.hash += words[i][v] // Bid.hashCode
			}
			bits := math.Float64bits(x.u)
			x.hash = 31*(31*(31+x.hash)+int32(bits^bits>>32)) + madeAt
			all = append(all, x)
		}
		for i := range o {
			if o[i]++; int(o[i]) < len(words[i]) {
				break
			}
			o[i] = 0
		}
	}
	slices.SortStableFunc(all, func(x, y outcome) int { return cmp.Or(cmp.Compare(y.u, x.u), cmp.Compare(x.hash, y.hash)) })
	for _, x := range all {
		h.u, h.index = append(h.u, x.u), append(h.index, x.at)
	}
}

// madeAt is the hash of the time that GENIUS gives outcomes that nobody offered, -1.0.
const madeAt = int32(-0x40100000)

// javaHash is Java's String.hashCode.
func javaHash(s string) int32 {
	h := int32(0)
	for _, c := range utf16.Encode([]rune(s)) {
		h = 31*h + int32(c)
	}
	return h
}
