package deal

import (
	"cmp"
	"math"
	"slices"
)

// FirstAtLeast is AtLeast with two rules of other programs: an outcome that falls short of u by slack at
// most is taken if it is nearer to u, and of outcomes worth the same, to the bit, the first in the
// space's order. Where it cannot be had so (interests in several issues, lines that hold or cost, halves of
// the space too large to list, and the space too large to keep sorted) it is AtLeast.
func (p *Party) FirstAtLeast(u, slack float64, out Offer) (got float64, ok bool) {
	if p.ladder() == nil {
		if h := p.halfLists(); h != nil {
			return h.first(p, u, slack, out)
		}
		if n, ok := p.m.Space.Count(); !ok || n > ladderOutcomes {
			return p.AtLeast(u, out)
		}
	}
	us, index, _ := p.Ranking()
	if len(us) == 0 {
		return 0, false
	}
	// The first place below u.
	below, _ := slices.BinarySearchFunc(us, u, func(x, y float64) int {
		if x >= y {
			return -1
		}
		return 1
	})
	at := below - 1
	if below < len(us) && nearer(u, slack, us[below], at >= 0, us[max(at, 0)]) {
		at = below
	}
	if at < 0 {
		return 0, false
	}
	for at > 0 && us[at-1] == us[at] {
		at--
	}
	p.m.Space.At(uint64(index[at]), out)
	return us[at], true
}

// nearer says whether the highest utility below u is taken in place of the lowest at or above it, if there is one.
func nearer(u, slack, below float64, any bool, above float64) bool {
	return u-below <= slack && (!any || u-below < above-u)
}

// halves are the sums of the first issues and of the last, each in descending order: every outcome is a pair
// (Horowitz and Sahni 1974, "Computing partitions with applications to the knapsack problem").
type halves struct {
	sum   [2][]float64
	index [2][]uint32 // the outcomes' own number within the half
	last  uint64      // outcomes of the last issues: an index is first x last + last's
	seen  []seen      // scratch

	// What each issue adds, for the last issues' outcomes in their order, where the utility is the first issues' sum
	// and then these, one after the other; else empty.
	terms []float64
	each  int // of them an outcome

	// The last answer, and that no outcome lies between it and below.
	at          uint64
	pick, below float64
	known       bool
}

type seen struct {
	u  float64
	at uint64
}

// halfOutcomes is how many outcomes a half may have.
const halfOutcomes = 1 << 14

// halfLists makes the lists, nil where the party's utility is not a plain sum over issues or they would be too long.
func (p *Party) halfLists() *halves {
	if p.split != nil || p.unsplit {
		return p.split
	}
	p.unsplit = true
	s := p.m.Space
	n, ok := s.Count()
	sc := &p.m.scorer[p.side]
	if !ok || n > math.MaxInt64 || !sc.plain || len(p.active) > 0 {
		return nil
	}
	cut, first := 0, uint64(1)
	for cut < len(s.dims) && first*first < n {
		first *= uint64(s.dims[cut])
		cut++
	}
	if cut > 0 && first*first > n { // the more even of the two cuts
		if less := first / uint64(s.dims[cut-1]); n/less < first {
			first, cut = less, cut-1
		}
	}
	if first > halfOutcomes || n/first > halfOutcomes {
		return nil
	}
	h := &halves{last: n / first}
	value := make([][]float64, len(s.dims)) // weight x strength by issue and value
	for i, d := range s.dims {
		value[i] = make([]float64, d)
	}
	for j, table := range sc.table {
		for v, x := range table {
			value[sc.step[j].issue][v] += float64(p.t.Weight[j] * x)
		}
	}
	for half, issues := range [2][][]float64{value[:cut], value[cut:]} {
		sums := []float64{0}
		for _, vs := range issues {
			next := make([]float64, 0, len(sums)*len(vs))
			for _, x := range sums {
				for _, v := range vs {
					next = append(next, x+v)
				}
			}
			sums = next
		}
		order := make([]uint32, len(sums))
		for k := range order {
			order[k] = uint32(k)
		}
		slices.SortFunc(order, func(x, y uint32) int { return cmp.Or(cmp.Compare(sums[y], sums[x]), cmp.Compare(x, y)) })
		sorted := make([]float64, len(sums))
		for k, x := range order {
			sorted[k] = sums[x]
		}
		h.sum[half], h.index[half] = sorted, order
	}
	inOrder := len(sc.table) == len(s.dims)
	for j := range sc.table {
		inOrder = inOrder && int(sc.step[j].issue) == j
	}
	if h.each = len(s.dims) - cut; !inOrder {
		h.each = 0
	}
	for _, x := range h.index[1] {
		for i := len(s.dims) - 1; inOrder && i >= cut; i-- {
			h.terms = append(h.terms, 0)
		}
		at := len(h.terms)
		for i := len(s.dims) - 1; inOrder && i >= cut; i-- {
			at--
			h.terms[at] = value[i][int(x)%s.dims[i]]
			x /= uint32(s.dims[i])
		}
	}
	p.split = h
	return h
}

// first finds the outcome: a walk along both lists gives the lowest sum at or above u and the highest below; the
// outcomes within rounding of either are then scored as Utility does, and the rules applied to those.
func (h *halves) first(p *Party, u, slack float64, out Offer) (got float64, ok bool) {
	tiny := p.tiny()
	if h.known && u <= h.pick && u-h.below > slack+2*tiny {
		p.m.Space.At(h.at, out)
		return h.pick, true
	}
	a, b := h.sum[0], h.sum[1]
	above, below := math.Inf(1), negInf
	j := len(b) // b[j:] are too low to reach u with a[i]
	for _, x := range a {
		for j > 0 && x+b[j-1] < u-tiny {
			j--
		}
		// a falls, so what b must bring rises: j falls.
		if j > 0 {
			above = min(above, x+b[j-1])
		}
		if j < len(b) {
			below = max(below, x+b[j])
		}
	}
	lo := above - tiny
	if u-below <= slack+tiny {
		lo = min(lo, below-2*tiny)
	}
	hi := above + tiny
	if math.IsInf(above, 1) {
		hi, lo = below+tiny, below-2*tiny
		if u-below > slack+tiny {
			return 0, false
		}
	}
	h.seen = h.seen[:0]
	from := len(b)
	for i, x := range a {
		for from > 0 && x+b[from-1] < lo {
			from--
		}
		for k := from - 1; k >= 0 && x+b[k] <= hi; k-- {
			at := uint64(h.index[0][i])*h.last + uint64(h.index[1][k])
			v := x
			if h.each > 0 {
				for _, y := range h.terms[k*h.each : (k+1)*h.each] {
					v += y
				}
			} else {
				p.m.Space.At(at, out)
				v = p.Utility(out)
			}
			h.seen = append(h.seen, seen{v, at})
		}
	}
	most, least := math.Inf(1), negInf // the lowest at or above u, the highest below
	for _, s := range h.seen {
		if s.u >= u {
			most = min(most, s.u)
		} else {
			least = max(least, s.u)
		}
	}
	pick := most
	if least > negInf && nearer(u, slack, least, !math.IsInf(most, 1), most) {
		pick = least
	}
	if math.IsInf(pick, 1) {
		return 0, false
	}
	at := uint64(math.MaxUint64)
	for _, s := range h.seen {
		if s.u == pick {
			at = min(at, s.at)
		}
	}
	p.m.Space.At(at, out)
	h.at, h.pick, h.below, h.known = at, pick, max(below, least), pick >= u
	return pick, true
}
