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
//
// The outcomes it has walked past stay known while the same terms come back, so that repeated talks walk
// only beyond them.
type micro struct {
	walk  walker    // stands behind the known ones; nil until this session asks for more
	known []uint16  // outcomes, best first, one after the other
	u     []float64 // their utilities
	made  int       // how many of them were offered in this session
	got   offerSet  // the offers received

	reverse bool      // outcomes worth the same come in the reverse of the space's order, as in NegMAS
	back    backwards // the walk that does that
}

// walker walks outcomes, best first.
type walker interface {
	Next(out deal.Offer) (u float64, ok bool)
}

func (b *micro) begin(t *talk) {
	b.walk, b.made = nil, 0
	if !t.again {
		b.known, b.u = b.known[:0], b.u[:0]
		if b.reverse && !t.hopeless {
			b.back.all.of(t)
		}
	}
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
	if k := b.made; k <= b.got.n && b.know(t, k) && b.u[k] >= t.lo {
		b.made++
		copy(t.mine, b.known[k*n:k*n+n])
		u := b.u[k]
		t.said(u, u, 0)
		return bid{u: u, aim: u, bar: u}
	}
	if b.made == 0 { // the best is worth no deal by a rounding error only
		copy(t.mine, t.best)
		t.said(t.hi, t.hi, 0)
		return bid{u: t.hi, aim: math.NaN(), bar: t.hi}
	}
	k := t.rng.IntN(b.made)
	copy(t.mine, b.known[k*n:k*n+n])
	t.said(b.u[k], b.u[k], 0)
	low := b.u[b.made-1]
	return bid{u: b.u[k], aim: low, bar: low}
}

// know sees to it that outcome k from the top is known; false if there are no more.
func (b *micro) know(t *talk, k int) bool {
	if k < len(b.u) {
		return true
	}
	if b.walk == nil {
		if b.walk = &b.back; b.reverse {
			b.back.begin(t)
		} else {
			b.walk = t.p.Descend()
		}
		for range b.u {
			b.walk.Next(t.mine)
		}
	}
	for k >= len(b.u) {
		u, ok := b.walk.Next(t.mine)
		if !ok {
			return false
		}
		b.known, b.u = append(b.known, t.mine...), append(b.u, u)
	}
	return true
}

// offerSet is a set of offers of one length, in the order they came, with open addressing over it. It
// keeps its memory when it is reset.
type offerSet struct {
	n    int // how many there are
	size int // values in each
	flat []uint16
	slot []int32 // 1 + place in flat; 0 = empty; a power of two of them, half at most taken
}

func (s *offerSet) reset(size int) {
	if s.n > 0 {
		clear(s.slot)
	}
	s.n, s.size, s.flat = 0, size, s.flat[:0]
}

func (s *offerSet) len() int { return s.n }

// add puts an offer in unless it is there.
func (s *offerSet) add(o deal.Offer) {
	if 2*(s.n+1) > len(s.slot) {
		s.grow()
	}
	at := s.find(o)
	if s.slot[at] == 0 {
		s.flat = append(s.flat, o...)
		s.n++
		s.slot[at] = int32(s.n)
	}
}

// find is the offer's slot, or the empty one where it belongs.
func (s *offerSet) find(o deal.Offer) int {
	mask := len(s.slot) - 1
	for at := int(hash(o)) & mask; ; at = (at + 1) & mask {
		k := int(s.slot[at])
		if k == 0 || o.Equal(deal.Offer(s.flat[(k-1)*s.size:k*s.size])) {
			return at
		}
	}
}

func (s *offerSet) grow() {
	s.slot = make([]int32, max(64, 2*len(s.slot)))
	for k := range s.n {
		s.slot[s.find(deal.Offer(s.flat[k*s.size:(k+1)*s.size]))] = int32(k + 1)
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
