package agents

import "github.com/parley-sim/parley/sim"

// bids are those of a strategy whose bid depends on the round alone, kept by round where the same terms
// come back, as in repeated talks over a benchmark domain: then the search is for the first sessions only.
type bids struct {
	shape  float64 // what else the bids depend on
	lo, hi float64 // likewise
	rounds int32
	u, aim []float64
	offers []uint16
}

func (b *bids) reset() { b.u, b.aim, b.offers = b.u[:0], b.aim[:0], b.offers[:0] }

// recall makes the bid of the view's round if it is kept. The shape is the strategy's parameter.
func (b *bids) recall(t *talk, v *sim.View, shape float64) bool {
	if b.shape != shape || b.rounds != v.Rounds || b.lo != t.lo || b.hi != t.hi {
		b.shape, b.rounds, b.lo, b.hi = shape, v.Rounds, t.lo, t.hi
		b.reset()
	}
	r, n := int(v.Round), len(t.mine)
	if r > len(b.u) {
		return false
	}
	r--
	t.said(b.u[r], b.aim[r], 0)
	copy(t.mine, b.offers[r*n:r*n+n])
	return true
}

// keep keeps the bid just made, if it is the next of those kept.
func (b *bids) keep(t *talk, v *sim.View) {
	if int(v.Round) == len(b.u)+1 && v.Round <= most {
		b.u, b.aim = append(b.u, t.mineU), append(b.aim, t.sought)
		b.offers = append(b.offers, t.mine...)
	}
}
