package deal

import "math"

// atLeast is what a party prepares for AtLeast.
type atLeast struct {
	ready bool
	plan  *plan
	value [][]float64 // by list
	room  [][]float64 // for the values of lists that are not a piece of a cluster's
	lo    []float64   // by list
	hi    []float64
	tails []sortedTail
	reach []float64 // by slice: the highest sum
	low   float64   // of all
	high  float64
	query walk
	round *coarse
}

// sortedTail is the sums of a tail's lists in ascending order, with a table of where values start.
type sortedTail struct {
	made  bool
	sum   []float64
	code  []int32 // which combination of the lists' entries, last list fastest
	start []int32 // by bucket: the first place whose value is not in a lower one
	lo    float64
	scale float64
}

// walk is one search.
type walk struct {
	p       *Party
	s       *slice
	tail    *sortedTail
	u, tiny float64
	stop    float64            // a gap this small ends the search
	most    [maxLevels]float64 // highest and lowest sum of the levels from here and the tail
	least   [maxLevels]float64
	turn    uint64 // where the lists are entered
	at      [maxLevels]int32
	best    float64
	found   struct {
		s    *slice
		at   [maxLevels]int32
		tail int32
	}
}

// maxLevels bounds the lists walked through: each has two entries or more, and maxLook bounds their product.
const maxLevels = 64

// AtLeast writes the outcome of lowest utility >= u that its own hard lines allow into out, and returns
// that utility: exact, or at most Resolution above the lowest. ok is false when no allowed outcome is
// worth u; out is then left alone.
//
// Where Resolution is above 0 many outcomes will do. The search enters its lists at places that depend
// on u, so that which one is found varies with u as it does where the lowest is found.
func (p *Party) AtLeast(u float64, out Offer) (got float64, ok bool) {
	if l := p.ladder(); l != nil {
		at := l.atLeast(u)
		if at < 0 {
			return 0, false
		}
		p.m.Space.At(uint64(l.index[at]), out)
		return l.u[at], true
	}
	a := &p.atw
	if !a.ready {
		p.prepareAtLeast()
	}
	if a.plan == nil {
		return a.round.atLeast(p, u, out)
	}
	w := &a.query
	tiny := p.tiny()
	n := len(a.plan.slices)
	if n == 0 || !(u <= a.high+tiny) || a.high == negInf {
		return 0, false
	}
	u = max(u, a.low-4*tiny) // below all, however far
	w.p, w.u, w.tiny, w.best, w.found.s = p, u, tiny, math.Inf(1), nil
	w.stop = max(p.Resolution(), tiny)
	w.turn = 0
	if w.stop > tiny {
		w.turn = scramble(math.Float64bits(u))
	}
	first := int(w.turn % uint64(n))
	for k := range n {
		i := first + k
		if i >= n {
			i -= n
		}
		if a.reach[i] >= u-tiny && w.slice(&a.plan.slices[i]) {
			break
		}
	}
	if w.found.s == nil {
		return 0, false
	}
	w.write(out)
	return p.Utility(out), true
}

// Resolution is how far above the lowest utility >= u the answer of AtLeast may lie. 0 means exact.
func (p *Party) Resolution() float64 {
	if p.ladder() != nil {
		return 0
	}
	a := &p.atw
	if !a.ready {
		p.prepareAtLeast()
	}
	if a.plan == nil {
		return a.round.resolution
	}
	if p.m.opt.Resolution == 0 || !(a.high > a.low) {
		return 0
	}
	return p.m.opt.Resolution * (a.high - a.low)
}

// scramble spreads the bits of x (the finaliser of splitmix64; Steele, Lea and Flood 2014).
func scramble(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (p *Party) prepareAtLeast() {
	p.prepare()
	a := &p.atw
	a.ready = true
	if a.plan = p.m.planFor(p.cuts); a.plan == nil {
		if a.round == nil {
			a.round = newCoarse(p.m)
		}
		a.round.prepare(p)
		return
	}
	n := len(a.plan.lists)
	if cap(a.value) < n {
		a.value, a.room = make([][]float64, n), make([][]float64, n)
		a.lo, a.hi = make([]float64, n), make([]float64, n)
	}
	a.value, a.lo, a.hi = a.value[:n], a.lo[:n], a.hi[:n]
	for k := range a.plan.lists {
		p.fillList(k)
	}
	if t := len(a.plan.tails); cap(a.tails) < t {
		a.tails = make([]sortedTail, t)
	} else {
		a.tails = a.tails[:t]
	}
	for k := range a.tails {
		a.tails[k].made = false
	}
	a.reach = a.reach[:0]
	a.low, a.high = math.Inf(1), negInf
	for k := range a.plan.slices {
		s := &a.plan.slices[k]
		lo := -p.price(s.broken[p.side])
		hi := lo
		for _, set := range [2][]int32{s.lists, a.plan.tails[s.tail].lists} {
			for _, l := range set {
				lo += a.lo[l]
				hi += a.hi[l]
			}
		}
		a.reach = append(a.reach, hi)
		a.low, a.high = min(a.low, lo), max(a.high, hi)
	}
}

// fillList finds the values of a list's entries and their range, forbidden ones apart.
func (p *Party) fillList(k int) {
	a := &p.atw
	l := &a.plan.lists[k]
	switch {
	case l.from >= 0:
		a.value[k] = p.val[l.clusters[0]][l.from : int(l.from)+l.n]
	default:
		if cap(a.room[k]) < l.n {
			a.room[k] = make([]float64, l.n)
		}
		v := a.room[k][:l.n]
		at := 0
		for e := range v {
			x := 0.0
			for _, c := range l.clusters {
				x += p.val[c][l.pos[at]]
				at++
			}
			v[e] = x
		}
		a.value[k] = v
	}
	if l.group >= 0 {
		ends := &p.ends[l.clusters[0]][l.group]
		a.lo[k], a.hi[k] = ends[0], ends[1]
		return
	}
	lo, hi := math.Inf(1), negInf
	for _, x := range a.value[k] {
		if x > hi {
			hi = x
		}
		if x < lo && x > negInf {
			lo = x
		}
	}
	a.lo[k], a.hi[k] = lo, hi
}

// sortTail makes a tail's sums.
func (p *Party) sortTail(k int32) *sortedTail {
	a := &p.atw
	t := &a.tails[k]
	if t.made {
		return t
	}
	t.made = true
	n := 1
	for _, l := range a.plan.tails[k].lists {
		n *= len(a.value[l])
	}
	if cap(t.sum) < n {
		t.sum, t.code = make([]float64, n), make([]int32, n)
	}
	if cap(p.sums) < 2*n {
		p.sums = make([]float64, 2*n)
	}
	// The sums in the order of their codes, list by list.
	cur, next := p.sums[:1], p.sums[n:n]
	cur[0] = 0
	for _, l := range a.plan.tails[k].lists {
		next = next[:len(cur)*len(a.value[l])]
		at := 0
		for _, x := range cur {
			for _, y := range a.value[l] {
				next[at] = x + y
				at++
			}
		}
		cur, next = next, cur[:0]
	}
	t.sort(cur)
	return t
}

// sort puts sums that are not -Inf in ascending order: by bucket, then by insertion.
func (t *sortedTail) sort(sum []float64) {
	lo, hi, n := math.Inf(1), negInf, 0
	for _, x := range sum {
		if x > negInf {
			lo, hi = min(lo, x), max(hi, x)
			n++
		}
	}
	nb := 1
	for nb < n {
		nb *= 2
	}
	if cap(t.start) < nb+2 {
		t.start = make([]int32, nb+2)
	}
	t.start = t.start[:nb+2]
	clear(t.start)
	t.sum, t.code = t.sum[:n], t.code[:n]
	t.lo, t.scale = lo, 0
	if s := float64(nb-1) / (hi - lo); hi > lo && !math.IsInf(s, 1) {
		t.scale = s
	}
	for _, x := range sum {
		if x > negInf {
			t.start[int((x-lo)*t.scale)+2]++
		}
	}
	for k := 2; k < len(t.start); k++ {
		t.start[k] += t.start[k-1]
	}
	for code, x := range sum {
		if x > negInf {
			k := int((x-lo)*t.scale) + 1
			at := t.start[k]
			t.start[k]++
			t.sum[at], t.code[at] = x, int32(code)
		}
	}
	for i := 1; i < n; i++ {
		x, c := t.sum[i], t.code[i]
		j := i
		for ; j > 0 && t.sum[j-1] > x; j-- {
			t.sum[j], t.code[j] = t.sum[j-1], t.code[j-1]
		}
		t.sum[j], t.code[j] = x, c
	}
}

// from is the first place whose sum is at least x, len(sum) if there is none.
func (t *sortedTail) from(x float64) int {
	if !(x > t.lo) {
		return 0
	}
	k := (x - t.lo) * t.scale
	if k > float64(len(t.start)-2) {
		return len(t.sum)
	}
	at := int(t.start[int(k)])
	for at < len(t.sum) && t.sum[at] < x {
		at++
	}
	return at
}

// slice searches one slice; true ends the search.
func (w *walk) slice(s *slice) bool {
	a := &w.p.atw
	w.s, w.tail = s, w.p.sortTail(s.tail)
	if len(w.tail.sum) == 0 {
		return false
	}
	n := len(s.lists)
	w.most[n], w.least[n] = w.tail.sum[len(w.tail.sum)-1], w.tail.sum[0]
	for k := n - 1; k >= 0; k-- {
		w.most[k], w.least[k] = w.most[k+1]+a.hi[s.lists[k]], w.least[k+1]+a.lo[s.lists[k]]
	}
	return w.level(0, -w.p.price(s.broken[w.p.side]))
}

// level goes through list k with the sum of those before it.
func (w *walk) level(k int, sum float64) bool {
	if k == len(w.s.lists) {
		return w.look(sum)
	}
	value := w.p.atw.value[w.s.lists[k]]
	n := len(value)
	first := int((w.turn >> (7 * (k & 7))) % uint64(n))
	need := w.u - w.tiny - w.most[k+1] // less cannot reach u
	last := k+1 == len(w.s.lists)
	for e := range n {
		i := first + e
		if i >= n {
			i -= n
		}
		x := sum + value[i]
		if x < need || x+w.least[k+1] >= w.best {
			continue
		}
		w.at[k] = int32(i)
		if last {
			if w.look(x) {
				return true
			}
		} else if w.level(k+1, x) {
			return true
		}
	}
	return false
}

// look finds what the tail adds to a sum.
func (w *walk) look(sum float64) bool {
	t := w.tail
	for at := t.from(w.u - w.tiny - sum); at < len(t.sum); at++ {
		total := sum + t.sum[at]
		if total >= w.best {
			return false
		}
		if total-w.u <= w.tiny && !w.exact(int32(at)) {
			continue // short of u by rounding
		}
		w.best = total
		w.found.s, w.found.at, w.found.tail = w.s, w.at, int32(at)
		return total-w.u <= w.stop
	}
	return false
}

// exact says whether a sum that rounding cannot tell from u is worth u.
func (w *walk) exact(at int32) bool {
	if w.p.offer == nil {
		w.p.offer = w.p.m.Space.NewOffer()
	}
	keep := w.found
	w.found.s, w.found.at, w.found.tail = w.s, w.at, at
	w.write(w.p.offer)
	w.found = keep
	return w.p.Utility(w.p.offer) >= w.u
}

// write writes the outcome found.
func (w *walk) write(out Offer) {
	a := &w.p.atw
	s := w.found.s
	for k, l := range s.lists {
		w.entry(&a.plan.lists[l], int(w.found.at[k]), out)
	}
	rest := int(a.tails[s.tail].code[w.found.tail])
	tail := a.plan.tails[s.tail].lists
	for k := len(tail) - 1; k >= 0; k-- {
		l := &a.plan.lists[tail[k]]
		w.entry(l, rest%l.n, out)
		rest /= l.n
	}
}

func (w *walk) entry(l *list, e int, out Offer) {
	for k, c := range l.clusters {
		cl := &w.p.m.clusters[c]
		cl.write(int(cl.full.cell[l.pos[e*len(l.clusters)+k]]), out)
	}
}
