package deal

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// ladder is all of a party's allowed outcomes, best first, ties by smaller values in the space's order.
// It is made where a side's terms are fixed (its bounds are points) and the space is small, as in
// benchmark domains; then it is shared by all parties with these terms, and a draw costs a look-up.
type ladder struct {
	weight, cost []float64
	u            []float64
	index        []uint32 // of the outcome in the space
	start        []int32  // by bucket of u from the top: the first place whose utility is not in a higher one
	scale        float64
}

const (
	ladderOutcomes = 1 << 20
	ladders        = 16 // kept by a model for each side, the last used
)

// shelf holds a side's ladders, the last used first.
type shelf struct {
	fixed bool
	mu    sync.Mutex
	held  []*ladder
}

// fixed says whether every weight's bounds are a point.
func (b *Bounds) fixed() bool {
	for j := range b.Lo {
		if b.Lo[j] != b.Hi[j] {
			return false
		}
	}
	return b.Lo != nil
}

// ladder finds or makes the ladder of a party's terms, nil where there is none.
func (p *Party) ladder() *ladder {
	if p.rungs != nil {
		return p.rungs
	}
	s := &p.m.shelves[p.side]
	if !s.fixed {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, l := range s.held {
		if same(l.weight, p.t.Weight) && same(l.cost, p.t.Cost) {
			copy(s.held[1:i+1], s.held[:i])
			s.held[0], p.rungs = l, l
			return l
		}
	}
	p.rungs = newLadder(p)
	if len(s.held) < ladders {
		s.held = append(s.held, nil)
	}
	copy(s.held[1:], s.held)
	s.held[0] = p.rungs
	return p.rungs
}

// Ranking is the party's allowed outcomes, best first, ties by smaller values in the space's order: their
// utilities and their indices (Space.At). They are not to be changed, and hold until Set. ok is false in spaces of more
// than 2^20 outcomes. Where the terms are fixed it is made once for all parties, else anew after Set.
func (p *Party) Ranking() (u []float64, index []uint32, ok bool) {
	l := p.ladder()
	if l == nil {
		if n, ok := p.m.Space.Count(); !ok || n > ladderOutcomes {
			return nil, nil, false
		}
		if p.ranking == nil {
			p.ranking = newLadder(p)
		}
		l = p.ranking
	}
	return l.u, l.index, true
}

func newLadder(p *Party) *ladder {
	l := &ladder{weight: slices.Clone(p.t.Weight), cost: slices.Clone(p.t.Cost)}
	n, _ := p.m.Space.Count()
	type rung struct {
		u     float64
		index uint32
	}
	all := make([]rung, 0, n)
	o := p.m.Space.NewOffer()
	for i := range n {
		if u := p.Utility(o); u > negInf {
			all = append(all, rung{u, uint32(i)})
		}
		p.m.Space.next(o)
	}
	slices.SortFunc(all, func(x, y rung) int { return cmp.Or(cmp.Compare(y.u, x.u), cmp.Compare(x.index, y.index)) })
	for _, r := range all {
		l.u, l.index = append(l.u, r.u), append(l.index, r.index)
	}
	if len(all) == 0 {
		return l
	}
	nb := 1
	for nb < len(all) {
		nb *= 2
	}
	if width := l.u[0] - l.u[len(l.u)-1]; width > 0 && !math.IsInf(float64(nb)/width, 1) {
		l.scale = float64(nb-1) / width
	}
	l.start = make([]int32, nb+1)
	k := 0
	for i, u := range l.u {
		for at := int((l.u[0] - u) * l.scale); k <= at; k++ {
			l.start[k] = int32(i)
		}
	}
	for ; k <= nb; k++ {
		l.start[k] = int32(len(l.u))
	}
	return l
}

// next goes on to the next outcome in row-major order.
func (s *Space) next(o Offer) {
	for i := len(o) - 1; i >= 0; i-- {
		if o[i]++; int(o[i]) < s.dims[i] {
			return
		}
		o[i] = 0
	}
}

// atLeast is the last place whose utility is at least u, -1 if there is none.
func (l *ladder) atLeast(u float64) int {
	if len(l.u) == 0 || !(u <= l.u[0]) {
		return -1
	}
	k := (l.u[0] - u) * l.scale
	if !(k < float64(len(l.start)-1)) {
		return len(l.u) - 1
	}
	at := int(l.start[int(k)]) // all before lie in higher buckets
	for at < len(l.u) && l.u[at] >= u {
		at++
	}
	return at - 1
}
