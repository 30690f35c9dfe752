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
// Faratin's beta: 4 (boulware), 1 (linear), 1/4 (conceder).
type negmasTimed struct {
	e    float64
	bids bids
	all  sorted
}

func (b *negmasTimed) begin(t *talk) {
	b.bids.begin(t)
	if !t.again && !t.hopeless {
		b.all.of(t)
	}
}

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
	made := b.reach(t, target)
	if t.model == nil {
		b.bids.keep(t, v)
	}
	return made
}

// accepts implements decider.
func (b *negmasTimed) accepts(t *talk, _ *sim.View, made bid) bool { return t.worth >= made.aim }

// reach is talk.reach with NegMAS's rules: one that falls short of the target by a millionth at most is taken if it
// is nearer (_nearest_around), and of outcomes worth the same the first in numpy's order; in large spaces the first in the
// space's.
func (b *negmasTimed) reach(t *talk, target float64) bid {
	const slack = 1e-6
	switch {
	case t.model != nil && t.has():
		return t.reachFor(target, t.model)
	case b.all.ok && b.all.u[0] >= t.lo: // no deal has not moved
		u := b.all.u
		at, _ := slices.BinarySearch(u, target)
		if at = min(at, len(u)-1); at > 0 && target-u[at-1] <= slack && target-u[at-1] < math.Abs(u[at]-target) {
			at, _ = slices.BinarySearch(u, u[at-1])
		}
		t.space.At(uint64(b.all.index[at]), t.mine)
		t.said(u[at], target, 0)
		return bid{u: u[at], aim: target, bar: u[at]}
	}
	u, ok := t.p.FirstAtLeast(target, slack, t.mine)
	if !ok {
		copy(t.mine, t.best)
		u = t.hi
	}
	t.said(u, target, 0)
	return bid{u: u, aim: target, bar: u}
}

// backwards walks outcomes from the best down as NegMAS's MiCRO does: the sorted ones from the end, in large spaces
// those worth the same from the last to the first in the space's order.
type backwards struct {
	all   sorted
	space *deal.Space
	at    int // of all: what was handed on last

	walk  *deal.Descent
	run   []uint16 // outcomes worth the same, not yet handed on
	u     float64  // their utility
	ahead []uint16 // the first of the next run; empty before the first and after the last
	next  float64  // its utility
	end   bool
}

func (r *backwards) begin(t *talk) {
	r.at, r.space = len(r.all.u), t.space
	if !r.all.ok {
		r.walk, r.run, r.ahead, r.end = t.p.Descend(), r.run[:0], r.ahead[:0], false
	}
}

func (r *backwards) Next(out deal.Offer) (float64, bool) {
	if r.all.ok {
		if r.at == 0 {
			return 0, false
		}
		r.at--
		r.space.At(uint64(r.all.index[r.at]), out)
		return r.all.u[r.at], true
	}
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
