package agents

import (
	"math"

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

// reachFirst is reach with NegMAS's rules: one that falls short of the target by a millionth at most is taken if it
// is nearer (_nearest_around), and of outcomes worth the same the first in the space's order, where NegMAS has the
// first by numpy's unstable sort.
func (t *talk) reachFirst(target float64) bid {
	if t.model != nil && t.has() {
		return t.reachFor(target, t.model)
	}
	const slack = 1e-6
	u, ok := t.p.FirstAtLeast(target, slack, t.mine)
	if !ok {
		copy(t.mine, t.best)
		u = t.hi
	}
	t.said(u, target, 0)
	return bid{u: u, aim: target, bar: u}
}

// backwards walks outcomes from the best down, those worth the same from the last to the first.
type backwards struct {
	walk  *deal.Descent
	run   []uint16 // outcomes worth the same, not yet handed on
	u     float64  // their utility
	ahead []uint16 // the first of the next run; empty before the first and after the last
	next  float64  // its utility
	end   bool
}

func (r *backwards) begin(p *deal.Party) {
	r.walk, r.run, r.ahead, r.end = p.Descend(), r.run[:0], r.ahead[:0], false
}

func (r *backwards) Next(out deal.Offer) (float64, bool) {
	n := len(out)
	if len(r.run) == 0 {
		if r.end {
			return 0, false
		}
		r.run, r.u = append(r.run, r.ahead...), r.next
		for {
			u, ok := r.walk.Next(out)
			if !ok {
				r.end = true
				break
			}
			if len(r.run) > 0 && u != r.u {
				r.ahead, r.next = append(r.ahead[:0], out...), u
				break
			}
			r.run, r.u = append(r.run, out...), u
		}
		if len(r.run) == 0 {
			return 0, false
		}
	}
	at := len(r.run) - n
	copy(out, r.run[at:])
	r.run = r.run[:at]
	return r.u, true
}
