package deal

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// A plan splits the space for AtLeast. Some issues, the pins, are fixed to one combination of values
// after another; given these and the boxes of the red lines (a slice), what remains falls apart into
// parts that add up. A part is a list: every assignment of its issues, as places in the clusters' full
// layouts. Some lists of a slice make up its tail, whose sums a party sorts; the others are walked
// through. It is meeting in the middle (Horowitz and Sahni 1974) with the middle put where sorting pays.
type plan struct {
	lists  []list
	slices []slice
	tails  []tail
}

type list struct {
	n        int
	clusters []int32
	pos      []int32 // by entry and cluster
	from     int32   // of one cluster and consecutive places: the first; else -1
	group    int32   // the group it is all of, -1 if none
}

type slice struct {
	broken [2]uint64 // spanning lines at a price that it breaks
	lists  []int32   // walked through, longest first
	tail   int32
}

type tail struct{ lists []int32 }

// Limits of a plan. Beyond them AtLeast goes by rounded sums (coarse.go).
const (
	maxSlices = 1 << 12
	maxListed = 1 << 20 // entries of all lists
	maxTail   = 1 << 17 // sums of a tail
	maxWalk   = 1 << 18 // combinations of the other lists, all slices together
	maxLook   = 1 << 21 // the same where the walk may stop early
)

// piece is a part before its lists are made.
type piece struct {
	issues   []int
	clusters []int
	factor   int
	size     float64
	pinned   bool // it depends on a pin
	boxed    bool // its factor has several contexts
}

// planFor is the plan of these cuts, nil when the space is too large for one.
func (m *Model) planFor(c *cuts) *plan {
	if m.noPlan {
		return nil
	}
	c.planned.Do(func() { c.plan = m.makePlan(c) })
	return c.plan
}

func (m *Model) makePlan(c *cuts) *plan {
	var best []piece
	var pins []int
	cost := math.Inf(1)
	for _, set := range m.pinSets() {
		pieces := m.pieces(set, c)
		slices := float64(c.boxes)
		for _, i := range set {
			slices *= float64(m.Space.dims[i])
		}
		walk, sorted := 1.0, 1.0
		for _, p := range pieces {
			if walk < sorted {
				walk *= p.size
			} else {
				sorted *= p.size
			}
		}
		if x := slices * (walk + sorted); x < cost {
			best, pins, cost = pieces, set, x
		}
	}
	b := &planner{m: m, c: c, pieces: best, pins: pins, known: map[string]int32{}, tailAt: map[string]int32{}}
	return b.build()
}

// pinSets are the candidates for pins: none, each separator, each cluster, and all separators.
func (m *Model) pinSets() [][]int {
	sets := [][]int{nil}
	var all []int
	for i := range m.clusters {
		if len(m.clusters[i].sep) > 0 {
			sets = append(sets, m.clusters[i].sep)
			all = append(all, m.clusters[i].sep...)
		}
	}
	if all == nil {
		return sets
	}
	slices.Sort(all)
	sets = append(sets, slices.Compact(all))
	for i := range m.clusters {
		if len(m.clusters[i].kids) > 1 {
			sets = append(sets, m.clusters[i].vars)
		}
	}
	return sets
}

// pieces are the parts that remain when the pins are fixed, largest first.
func (m *Model) pieces(pins []int, c *cuts) []piece {
	owner := make([]int, m.Space.Len()) // the piece an issue is in
	for i := range owner {
		owner[i] = -1
	}
	into := make([]int, len(m.clusters))
	for i := range into {
		into[i] = i
	}
	find := func(i int) int {
		for into[i] != i {
			i = into[i]
		}
		return i
	}
	for i := range m.clusters {
		for _, v := range m.clusters[i].vars {
			if slices.Contains(pins, v) {
				continue
			}
			if owner[v] >= 0 {
				a, b := find(owner[v]), find(i)
				into[max(a, b)] = min(a, b)
			} else {
				owner[v] = i
			}
		}
	}
	at := make([]int, len(m.clusters))
	var out []piece
	for f := range m.factors {
		for _, i := range m.factors[f].order {
			r := find(i)
			if at[r] == 0 {
				out = append(out, piece{size: 1, factor: f, boxed: len(c.factor[f]) > 1})
				at[r] = len(out)
			}
			p := &out[at[r]-1]
			p.clusters = append(p.clusters, i)
			for _, v := range m.clusters[i].vars {
				if slices.Contains(pins, v) {
					p.pinned = true
				} else if !slices.Contains(p.issues, v) {
					p.issues = append(p.issues, v)
					p.size *= float64(m.Space.dims[v])
				}
			}
		}
	}
	slices.SortStableFunc(out, func(x, y piece) int { return cmp.Compare(y.size, x.size) })
	return out
}

type planner struct {
	m      *Model
	c      *cuts
	pieces []piece
	pins   []int
	plan   plan
	known  map[string]int32
	tailAt map[string]int32
	place  [][]int32 // by cluster and cell: its place in the full layout
	listed int
}

func (b *planner) build() *plan {
	count := float64(b.c.boxes)
	for _, i := range b.pins {
		count *= float64(b.m.Space.dims[i])
	}
	quick := b.m.opt.Resolution > 0
	inTail, sorted := b.chooseTail(count, quick)
	walk, levels := count, 0
	for k, p := range b.pieces {
		if !inTail[k] {
			walk *= p.size
			levels++
		}
		if p.size > maxListed {
			return nil
		}
	}
	if limit := float64(maxWalk); count > maxSlices || levels > maxLevels || sorted > maxTail || walk > limit && !(quick && walk <= maxLook) {
		return nil
	}
	for i := range b.m.clusters {
		c := &b.m.clusters[i]
		at := make([]int32, c.cells)
		for x, cell := range c.full.cell {
			at[cell] = int32(x)
		}
		b.place = append(b.place, at)
	}
	contexts := make([]int, len(b.m.factors))
	if !b.eachContext(0, contexts, inTail) {
		return nil
	}
	return &b.plan
}

// chooseTail picks the pieces whose sums are sorted: best those that are alike in all slices, so that
// one tail serves them all; else the largest that fit.
func (b *planner) chooseTail(count float64, quick bool) (in []bool, sorted float64) {
	total := 1.0
	for _, p := range b.pieces {
		total *= p.size
	}
	target := min(max(4*math.Sqrt(total), 4096), maxTail/2)
	enough := target / 16
	if quick {
		target, enough = 512, 16
	}
	pick := func(free bool) ([]bool, float64) {
		in, n := make([]bool, len(b.pieces)), 1.0
		for k, p := range b.pieces {
			if !(free && (p.pinned || p.boxed)) && n*p.size <= target {
				in[k] = true
				n *= p.size
			}
		}
		return in, n
	}
	if in, n := pick(true); n >= enough || n == total {
		return in, n
	}
	return pick(false)
}

// eachContext goes through the combinations of the factors' contexts.
func (b *planner) eachContext(f int, contexts []int, inTail []bool) bool {
	if f == len(contexts) {
		return b.eachPin(0, contexts, make([]int, b.m.Space.Len()), inTail)
	}
	for x := range b.c.factor[f] {
		contexts[f] = x
		if !b.eachContext(f+1, contexts, inTail) {
			return false
		}
	}
	return true
}

// eachPin goes through the pins' values that the contexts allow and makes a slice of each.
func (b *planner) eachPin(k int, contexts, value []int, inTail []bool) bool {
	if k == len(b.pins) {
		return b.slice(contexts, value, inTail)
	}
	i := b.pins[k]
	var mask []bool
	for f := range b.m.factors {
		for _, c := range b.m.factors[f].order {
			if slices.Contains(b.m.clusters[c].vars, i) {
				mask = b.c.factor[f][contexts[f]].mask[i]
			}
		}
	}
	for v := range b.m.Space.dims[i] {
		if mask != nil && !mask[v] {
			continue
		}
		value[i] = v
		if !b.eachPin(k+1, contexts, value, inTail) {
			return false
		}
	}
	return true
}

func (b *planner) slice(contexts, value []int, inTail []bool) bool {
	var s slice
	for f, x := range contexts {
		for side := range s.broken {
			s.broken[side] |= b.c.factor[f][x].broken[side]
		}
	}
	var sorted []int32
	for k := range b.pieces {
		id, ok := b.list(k, contexts, value)
		if !ok {
			return false
		}
		if b.plan.lists[id].n == 0 {
			return true // nothing in this slice
		}
		if inTail[k] {
			sorted = append(sorted, id)
		} else {
			s.lists = append(s.lists, id)
		}
	}
	var key []byte
	for _, id := range sorted {
		key = binary.AppendVarint(key, int64(id))
	}
	at, ok := b.tailAt[string(key)]
	if !ok {
		at = int32(len(b.plan.tails))
		b.tailAt[string(key)] = at
		b.plan.tails = append(b.plan.tails, tail{sorted})
	}
	s.tail = at
	b.plan.slices = append(b.plan.slices, s)
	return true
}

// list is the number of a piece's list in a slice; ok is false when the lists grow too many.
func (b *planner) list(k int, contexts, value []int) (id int32, ok bool) {
	p := &b.pieces[k]
	mask := b.c.factor[p.factor][contexts[p.factor]].mask
	key := binary.AppendVarint(nil, int64(k))
	for _, ci := range p.clusters {
		for _, v := range b.m.clusters[ci].vars {
			if slices.Contains(b.pins, v) {
				key = binary.AppendVarint(key, int64(value[v]))
			}
		}
		key = append(key, signature(&b.m.clusters[ci], mask)...)
	}
	if id, ok := b.known[string(key)]; ok {
		return id, true
	}
	l := list{from: -1, group: -1}
	for _, ci := range p.clusters {
		l.clusters = append(l.clusters, int32(ci))
	}
	b.enumerate(p, &l, mask, value, 0)
	if b.listed += l.n; b.listed > maxListed {
		return 0, false
	}
	if len(l.clusters) == 1 {
		slices.Sort(l.pos)
		if l.n > 0 && int(l.pos[l.n-1]-l.pos[0]) == l.n-1 {
			l.from = l.pos[0]
			for g, gr := range b.m.clusters[p.clusters[0]].full.groups {
				if gr.from == l.from && int(gr.to) == int(l.from)+l.n {
					l.group = int32(g)
				}
			}
		}
	}
	id = int32(len(b.plan.lists))
	b.known[string(key)] = id
	b.plan.lists = append(b.plan.lists, l)
	return id, true
}

func (b *planner) enumerate(p *piece, l *list, mask [][]bool, value []int, k int) {
	if k == len(p.issues) {
		for _, ci := range p.clusters {
			c := &b.m.clusters[ci]
			cell := 0
			for n, v := range c.vars {
				cell += value[v] * c.stride[n]
			}
			l.pos = append(l.pos, b.place[ci][cell])
		}
		l.n++
		return
	}
	i := p.issues[k]
	for v := range b.m.Space.dims[i] {
		if mask[i] == nil || mask[i][v] {
			value[i] = v
			b.enumerate(p, l, mask, value, k+1)
		}
	}
}
