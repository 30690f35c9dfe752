package agents

import (
	"slices"

	"github.com/parley-sim/parley/sim"
)

// bids are those of a strategy whose bid depends on the round alone, kept by round where the same terms
// come back, as in repeated talks over a benchmark domain: then the search is for the first sessions only.
type bids struct {
	shape  float64 // what else the bids depend on
	lo, hi float64 // likewise
	rounds int32
	said   int32 // of at: the offer that stands in talk.mine, -1 for none
	by     []planned
	offers []uint16 // different ones, in the order they were made
}

// planned is one round's bid.
type planned struct {
	u, aim float64
	at     int32 // its offer, in offers
}

func (b *bids) begin(t *talk) {
	b.said = -1
	if !t.again {
		b.reset()
	}
}

func (b *bids) reset() { b.by, b.offers, b.said = b.by[:0], b.offers[:0], -1 }

// recall makes the bid of the view's round if it is kept. The shape is the strategy's parameter.
func (b *bids) recall(t *talk, v *sim.View, shape float64) (bid, bool) {
	if b.shape != shape || b.rounds != v.Rounds || b.lo != t.lo || b.hi != t.hi {
		b.shape, b.rounds, b.lo, b.hi = shape, v.Rounds, t.lo, t.hi
		b.reset()
	}
	r := int(v.Round) - 1
	if r >= len(b.by) {
		return bid{}, false
	}
	p := &b.by[r]
	if p.at == b.said {
		t.same, t.sought = true, p.aim
	} else {
		n := len(t.mine)
		copy(t.mine, b.offers[int(p.at)*n:int(p.at)*n+n])
		t.said(p.u, p.aim, 0)
		b.said = p.at
	}
	return bid{u: p.u, aim: p.aim, bar: p.u}, true
}

// keep keeps the bid just made, if it is the next of those kept.
func (b *bids) keep(t *talk, v *sim.View) {
	b.said = -1
	if int(v.Round) != len(b.by)+1 || v.Round > most {
		return
	}
	at := int32(len(b.offers) / len(t.mine))
	if at > 0 && slices.Equal(b.offers[len(b.offers)-len(t.mine):], t.mine) {
		at--
	} else {
		b.offers = append(b.offers, t.mine...)
	}
	b.by = append(b.by, planned{t.mineU, t.sought, at})
}
