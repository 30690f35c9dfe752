package agents

import (
	"math"
	"slices"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// negmasTimed is NegMAS 0.16's aspiration negotiator (AspirationNegotiator with a PolyAspiration curve): in
// step k of n, counted from 1, t = k/(n+1),
//
//	lo = (hi - m) (1 - t^e) + m - 1e-4, within m and hi,    m = max(no deal, worst),
//
// the bid is the outcome of lowest utility >= lo, or one that falls short by a millionth at most if that is nearer, and it accepts what is worth at least lo. Its e is one over
// Faratin's beta: 4 (boulware), 1 (linear), 1/4 (conceder). Of outcomes worth the same it takes the first in
// the space's order.
type negmasTimed struct {
	e    float64
	bids bids
}

func (b *negmasTimed) begin(t *talk) { b.bids.begin(t) }

func (b *negmasTimed) waits() bool { return false }

func (b *negmasTimed) next(t *talk, v *sim.View) bid {
	if t.model == nil {
		if made, ok := b.bids.recall(t, v, b.e); ok {
			return made
		}
	}
	a := 1 - math.Pow(float64(v.Round)/float64(v.Rounds+1), b.e)
	target := float64((t.hi-t.lo)*a) + t.lo - 1e-4
	target = math.Min(math.Max(target, t.lo), t.hi)
	made := t.reachFirst(target)
	if t.model == nil {
		b.bids.keep(t, v)
	}
	return made
}

// accepts implements decider.
func (b *negmasTimed) accepts(t *talk, _ *sim.View, made bid) bool { return t.worth >= made.aim }

// reachFirst is reach that of outcomes worth the same takes the first in the space's order, where deal keeps
// outcomes sorted; in larger spaces it takes any.
func (t *talk) reachFirst(target float64) bid {
	if t.model != nil && t.has() {
		return t.reachFor(target, t.model)
	}
	u, index, ok := t.p.Ranking()
	if !ok || len(u) == 0 {
		return t.reach(target)
	}
	at, _ := slices.BinarySearchFunc(u, target, func(x, y float64) int { // the first below the target
		if x >= y {
			return -1
		}
		return 1
	})
	// One that falls short of the target by a millionth at most is taken if it is nearer (_nearest_around).
	const slack = 1e-6
	if at == 0 || at < len(u) && target-u[at] <= slack && target-u[at] < u[at-1]-target {
		for at+1 < len(u) && u[at+1] == u[at] {
			at++
		}
	} else {
		at--
	}
	for at > 0 && u[at-1] == u[at] {
		at--
	}
	t.space.At(uint64(index[at]), t.mine)
	t.said(u[at], target, 0)
	return bid{u: t.mineU, aim: target, bar: t.mineU}
}

// ranked walks a ranking from the best down, outcomes worth the same from the last to the first.
type ranked struct {
	space *deal.Space
	u     []float64
	index []uint32
	from  int // the run of outcomes worth the same
	to    int
	at    int // the next is before this
}

func (r *ranked) begin(p *deal.Party) bool {
	u, index, ok := p.Ranking()
	*r = ranked{space: p.Model().Space, u: u, index: index}
	return ok
}

func (r *ranked) Next(out deal.Offer) (float64, bool) {
	if r.at == r.from {
		if r.to == len(r.u) {
			return 0, false
		}
		r.from = r.to
		for r.to++; r.to < len(r.u) && r.u[r.to] == r.u[r.from]; r.to++ {
		}
		r.at = r.to
	}
	r.at--
	r.space.At(uint64(r.index[r.at]), out)
	return r.u[r.at], true
}
