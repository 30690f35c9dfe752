package agents

import (
	"math"
	"math/bits"
	"slices"

	"github.com/parley-sim/parley/sim/deal"
)

// NegMAS sorts outcomes by numpy's argsort, which is not stable: the order of outcomes worth the same, and
// with it the offers made, is what numpy's algorithm leaves. On processors with AVX-512, where the recorded
// sessions were played, that is a quicksort with bitonic networks at the bottom (Bramas 2017, "A novel hybrid
// quicksort algorithm vectorized using AVX-512 on Intel Skylake", section 3, as numpy 2 has it). argsort
// here makes the same comparisons and moves, so that ties come out alike. It is written from the algorithm
// and held to the recorded offers.

// numpyOutcomes is up to how many outcomes a space is sorted so; in larger ones ties go by the space's order,
// which costs no sorting.
const numpyOutcomes = 1 << 14

// sorted are a party's outcomes that are worth no deal, in numpy's order: worst first.
type sorted struct {
	ok    bool
	u     []float64
	index []uint32 // of the outcome in the space
}

// of sorts the outcomes of the talk's party; not ok where there are too many.
func (s *sorted) of(t *talk) {
	s.u, s.index = s.u[:0], s.index[:0]
	n, ok := t.space.Count()
	if s.ok = ok && n <= numpyOutcomes; !s.ok {
		return
	}
	o := make(deal.Offer, t.space.Len())
	var keys []float64
	var at []uint32
	for i := range uint32(n) {
		t.space.At(uint64(i), o)
		if u := t.p.Utility(o); u >= t.lo && !math.IsInf(u, -1) {
			keys, at = append(keys, u), append(at, i)
		}
	}
	for _, k := range argsort(keys) {
		s.u, s.index = append(s.u, keys[k]), append(s.index, at[k])
	}
	s.ok = len(s.u) > 0
}

// argsort is the order of keys, lowest first, ties as numpy leaves them.
func argsort(keys []float64) []int32 {
	arg := make([]int32, len(keys))
	for i := range arg {
		arg[i] = int32(i)
	}
	if len(keys) > 1 && !slices.IsSorted(keys) {
		q := quick{key: keys, arg: arg}
		q.sort(0, len(keys)-1, 2*(bits.Len(uint(len(keys)))-1))
	}
	return arg
}

// lanes is how many keys a register holds, network how many are sorted without partition.
const (
	lanes   = 8
	network = 256
	unroll  = 4
)

type quick struct {
	key []float64
	arg []int32

	pivot, least, most float64
}

// sort sorts arg[left..right]. steps bounds how often it may still partition.
func (q *quick) sort(left, right, steps int) {
	part := q.arg[left : right+1]
	switch {
	case steps <= 0: // as good as never: the library has std::sort here
		slices.SortFunc(part, func(a, b int32) int {
			if q.key[a] < q.key[b] {
				return -1
			}
			if q.key[b] < q.key[a] {
				return 1
			}
			return 0
		})
		return
	case len(part) <= network:
		q.bitonic(part)
		return
	}
	var sample [lanes]float64
	for i := range sample {
		sample[i] = q.key[q.arg[left+(i+1)*((right-left)/lanes)]]
	}
	slices.Sort(sample[:])
	pivot := sample[lanes/2]
	q.pivot, q.least, q.most = pivot, math.Inf(1), math.Inf(-1)
	at := q.partition(left, right+1)
	least, most := q.least, q.most
	if pivot != least {
		q.sort(left, at-1, steps-1)
	}
	if pivot != most {
		q.sort(at, right, steps-1)
	}
}

// bitonic is Batcher's network in the form whose first step of each merge is a mirror; what is not strictly out of
// order is not exchanged.
func (q *quick) bitonic(part []int32) {
	size := lanes
	for size < len(part) {
		size *= 2
	}
	var keys [network]float64
	var args [network]int32
	for i := range size {
		if i < len(part) {
			keys[i], args[i] = q.key[part[i]], part[i]
		} else {
			keys[i], args[i] = math.Inf(1), math.MaxInt32
		}
	}
	order := func(i, j int) {
		if keys[j] < keys[i] {
			keys[i], keys[j] = keys[j], keys[i]
			args[i], args[j] = args[j], args[i]
		}
	}
	for block := 2; block <= size; block *= 2 {
		for from := 0; from < size; from += block {
			for i := range block / 2 {
				order(from+i, from+block-1-i)
			}
		}
		for d := block / 4; d > 0; d /= 2 {
			for from := 0; from < size; from += 2 * d {
				for i := from; i < from+d; i++ {
					order(i, i+d)
				}
			}
		}
	}
	copy(part, args[:len(part)])
}

// partition moves what is below the pivot in arg[left:right] before the rest, register by register from both ends,
// and returns where the rest begins.
func (q *quick) partition(left, right int) int {
	step := lanes // how many are moved at once
	if right-left > 8*unroll*lanes {
		step = unroll * lanes
	}
	for range (right - left) % step {
		x := q.key[q.arg[left]]
		q.seen(x)
		if x < q.pivot {
			left++
			continue
		}
		right--
		q.arg[left], q.arg[right] = q.arg[right], q.arg[left]
	}
	if left == right {
		return left
	}
	if right-left == step {
		// One load only: it is taken out, and put back from both ends.
		var hold [unroll * lanes]int32
		copy(hold[:step], q.arg[left:right])
		l, r := left, right
		q.put(hold[:step], &l, &r)
		return l
	}
	// The first and the last load make room; they are put back at the end.
	var head, tail, now [unroll * lanes]int32
	copy(head[:step], q.arg[left:left+step])
	copy(tail[:step], q.arg[right-step:right])
	l, r := left, right
	left, right = left+step, right-step
	for left != right {
		if r-right < left-l { // less room on the right
			right -= step
			copy(now[:step], q.arg[right:right+step])
		} else {
			copy(now[:step], q.arg[left:left+step])
			left += step
		}
		q.put(now[:step], &l, &r)
	}
	q.put(head[:step], &l, &r)
	q.put(tail[:step], &l, &r)
	return l
}

// put writes what is below the pivot from l on and the rest up to r, a register at a time, each in order.
func (q *quick) put(load []int32, l, r *int) {
	for ; len(load) > 0; load = load[lanes:] {
		over := 0
		for _, a := range load[:lanes] {
			x := q.key[a]
			q.seen(x)
			if x >= q.pivot {
				over++
			}
		}
		at := *r - over
		*r = at
		for _, a := range load[:lanes] {
			if q.key[a] < q.pivot {
				q.arg[*l] = a
				*l++
			} else {
				q.arg[at] = a
				at++
			}
		}
	}
}

func (q *quick) seen(x float64) {
	q.least, q.most = min(q.least, x), max(q.most, x)
}
