package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// micro is MiCRO (de Jonge 2022), "minimal concession in reply to new offers". It makes its offers in
// descending order of utility, a new one only if it has made no more different offers than it has
// received, and otherwise repeats one of its earlier offers at random. It never goes below no deal.
// AC_next takes an offer worth at least the next new one when it is ready to make one, else at
// least the lowest made so far, as the paper has it.
type micro struct {
	walk walker
	end  bool      // the next outcome, if there is one, is not worth no deal
	keep []uint16  // that outcome, empty for none: what no deal is worth may yet fall below it
	kept float64   // its utility
	sent []uint16  // the offers made, one after the other
	u    []float64 // their utilities
	got  offerSet  // the offers received
}

// walker walks outcomes, best first.
type walker interface {
	Next(out deal.Offer) (u float64, ok bool)
}

func (b *micro) begin(t *talk) {
	b.walk, b.end, b.keep = t.p.Descend(), false, b.keep[:0]
	b.sent, b.u = b.sent[:0], b.u[:0]
	b.got.reset(t.space.Len())
}

func (b *micro) waits() bool { return true }

func (b *micro) hear(_ *talk, v *sim.View) {
	if v.Fresh {
		b.got.add(v.Theirs)
	}
}

func (b *micro) next(t *talk, _ *sim.View) bid {
	n := len(t.mine)
	if b.end && len(b.keep) > 0 && b.kept >= t.lo {
		b.end = false
	}
	if !b.end && len(b.u) <= b.got.len() {
		u, ok := b.down(t)
		if ok && u >= t.lo {
			b.sent, b.u = append(b.sent, t.mine...), append(b.u, u)
			t.said(u, u, 0)
			return bid{u: u, aim: u, bar: u}
		}
		if ok {
			b.keep, b.kept = append(b.keep[:0], t.mine...), u
		}
		b.end = true
	}
	if len(b.u) == 0 { // the best is worth no deal by a rounding error only
		copy(t.mine, t.best)
		t.said(t.hi, t.hi, 0)
		return bid{u: t.hi, aim: math.NaN(), bar: t.hi}
	}
	k := t.rng.IntN(len(b.u))
	copy(t.mine, b.sent[k*n:k*n+n])
	t.said(b.u[k], b.u[k], 0)
	low := b.u[len(b.u)-1]
	return bid{u: b.u[k], aim: low, bar: low}
}

// down is the next outcome down, into t.mine.
func (b *micro) down(t *talk) (u float64, ok bool) {
	if len(b.keep) > 0 {
		copy(t.mine, b.keep)
		b.keep = b.keep[:0]
		return b.kept, true
	}
	return b.walk.Next(t.mine)
}

// offerSet is a set of offers of one length, in the order they came, with open addressing over it. It
// keeps its memory when it is reset.
type offerSet struct {
	n    int
	flat []uint16
	slot []int32 // 1 + place in flat; 0 = empty; a power of two of them, half at most taken
}

func (s *offerSet) reset(n int) {
	s.n, s.flat = n, s.flat[:0]
	clear(s.slot)
}

func (s *offerSet) len() int { return len(s.flat) / s.n }

// add puts an offer in unless it is there.
func (s *offerSet) add(o deal.Offer) {
	if 2*(s.len()+1) > len(s.slot) {
		s.grow()
	}
	at := s.find(o)
	if s.slot[at] == 0 {
		s.flat = append(s.flat, o...)
		s.slot[at] = int32(s.len())
	}
}

// find is the offer's slot, or the empty one where it belongs.
func (s *offerSet) find(o deal.Offer) int {
	mask := len(s.slot) - 1
	for at := int(hash(o)) & mask; ; at = (at + 1) & mask {
		k := int(s.slot[at])
		if k == 0 || o.Equal(deal.Offer(s.flat[(k-1)*s.n:k*s.n])) {
			return at
		}
	}
}

func (s *offerSet) grow() {
	s.slot = make([]int32, max(64, 2*len(s.slot)))
	for k := range s.len() {
		s.slot[s.find(deal.Offer(s.flat[k*s.n:(k+1)*s.n]))] = int32(k + 1)
	}
}

// hash is FNV-1a over the value indices (Fowler, Noll and Vo), folded.
func hash(o deal.Offer) uint32 {
	h := uint64(14695981039346656037)
	for _, v := range o {
		h = (h ^ uint64(v)) * 1099511628211
	}
	return uint32(h ^ h>>32)
}
