package deal

import "math"

// coarse answers AtLeast in spaces too large for a plan. It adds up rounded lists on the tree of
// clusters: of the sums that fall into one bucket the highest is kept, as in the approximation scheme for
// subset sum (Ibarra and Kim 1975), so that every sum has one kept that is no lower, and higher by at most
// the errors added up on the way. These errors, measured, are the resolution.
type coarse struct {
	m          *Model
	rungs      int // of a list
	resolution float64
	err        float64
	low, high  float64
	arena      []rung
	msg        []rungs // by cluster and separator, at msgAt of the model
	pairs      []rungPair
	parts      []rungs
	tops       []rungPair
	top, least []float64
	arg        []rung
	walked     rungs
	tail       sortedTail
	tailAt     []int32 // arena places by the tail's codes
}

// rung is a sum and where it comes from, as pt.
type rung struct {
	v    float64
	i, j int32
}

// rungs is a part of the arena, in no order.
type rungs struct {
	from, to int32
	lo, hi   float64
	err      float64
}

func (r rungs) len() int { return int(r.to - r.from) }

type rungPair struct {
	f, g  rungs
	moved float64
}

const (
	coarseRungs = 1 << 12 // of a list, by default
	coarsePairs = 1 << 18 // looked at in one union, about
)

var noRungs = rungs{from: 0, to: 1}

func newCoarse(m *Model) *coarse {
	n := coarseRungs
	if m.rungs > 0 {
		n = m.rungs
	}
	return &coarse{m: m, rungs: n, msg: make([]rungs, m.msgLen), top: make([]float64, n+1), least: make([]float64, n+1), arg: make([]rung, n+1)}
}

func (c *coarse) prepare(p *Party) {
	c.arena = append(c.arena[:0], rung{0, nowhere, nowhere})
	c.parts = c.parts[:0]
	for i := range c.m.factors {
		c.parts = append(c.parts, c.factor(p, &c.m.factors[i], p.cuts.factor[i]))
	}
	// Two halves, each added up one factor after another.
	half := [2]rungs{noRungs, noRungs}
	for i, r := range c.parts {
		c.pairs = append(c.pairs[:0], rungPair{f: half[i&1], g: r})
		half[i&1] = c.union(c.pairs)
	}
	if half[0].len() > half[1].len() {
		half[0], half[1] = half[1], half[0]
	}
	c.walked = half[0]
	c.err = half[0].err + half[1].err
	c.low, c.high = half[0].lo+half[1].lo, half[0].hi+half[1].hi
	c.resolution = max(c.err, p.m.opt.Resolution*max(0, c.high-c.low))
	p.sums, c.tailAt = p.sums[:0], c.tailAt[:0]
	for k := half[1].from; k < half[1].to; k++ {
		p.sums, c.tailAt = append(p.sums, c.arena[k].v), append(c.tailAt, k)
	}
	if n := len(p.sums); cap(c.tail.sum) < n {
		c.tail.sum, c.tail.code = make([]float64, n), make([]int32, n)
	}
	c.tail.sort(p.sums)
}

func (c *coarse) factor(p *Party, f *factor, contexts []context) rungs {
	c.tops = c.tops[:0]
	for x := range contexts {
		ctx := &contexts[x]
		for k, ci := range f.order {
			for sep := range c.m.clusters[ci].nsep {
				c.pairs = c.pairs[:0]
				c.gather(p, ctx.full[k], ci, sep)
				c.msg[c.m.msgAt[ci]+int32(sep)] = c.union(c.pairs)
			}
		}
		root := c.msg[c.m.msgAt[f.order[len(f.order)-1]]]
		c.tops = append(c.tops, rungPair{root, noRungs, -p.price(ctx.broken[p.side])})
	}
	return c.union(c.tops)
}

// gather appends the sums of a cluster's groups with what hangs below them.
func (c *coarse) gather(p *Party, v *view, ci, sep int) {
	cl := &c.m.clusters[ci]
	val := p.val[ci]
	for g := v.byPS[sep]; g < v.byPS[sep+1]; g++ {
		head := rungs{from: int32(len(c.arena)), lo: math.Inf(1), hi: negInf}
		for i := v.groups[g].from; i < v.groups[g].to; i++ {
			x := i
			if v.idx != nil {
				x = v.idx[i]
			}
			if val[x] > negInf {
				c.arena = append(c.arena, rung{val[x], ^x, int32(ci)})
				head.lo, head.hi = min(head.lo, val[x]), max(head.hi, val[x])
			}
		}
		head.to = int32(len(c.arena))
		last := noRungs
		for n, kid := range cl.kids {
			if last != noRungs {
				one := [1]rungPair{{f: head, g: last}}
				head = c.union(one[:])
			}
			last = c.msg[c.m.msgAt[kid]+v.kidSep[int(g)*len(cl.kids)+n]]
		}
		if head.len() > 0 && last.len() > 0 {
			c.pairs = append(c.pairs, rungPair{f: head, g: last})
		}
	}
}

// union rounds all the sums the pairs stand for into one list.
func (c *coarse) union(pairs []rungPair) rungs {
	if len(pairs) == 1 && pairs[0].moved == 0 && pairs[0].f.len() <= c.rungs {
		switch {
		case pairs[0].g == noRungs:
			return pairs[0].f
		case pairs[0].f == noRungs && pairs[0].g.len() <= c.rungs:
			return pairs[0].g
		}
	}
	total := 0
	for i := range pairs {
		p := &pairs[i]
		if want := coarsePairs / max(1, p.f.len()); p.g.len() > max(want, 64) && p.f.len() > 1 {
			p.g = c.round(p.g, max(want, 64))
		}
		total += p.f.len() * p.g.len()
	}
	out := rungs{from: int32(len(c.arena)), lo: math.Inf(1), hi: negInf}
	for i := range pairs {
		if p := &pairs[i]; p.f.len() > 0 && p.g.len() > 0 {
			out.lo, out.hi = min(out.lo, p.f.lo+p.g.lo+p.moved), max(out.hi, p.f.hi+p.g.hi+p.moved)
			out.err = max(out.err, p.f.err+p.g.err)
		}
	}
	if total <= c.rungs {
		for i := range pairs {
			p := &pairs[i]
			for x := p.f.from; x < p.f.to; x++ {
				for y := p.g.from; y < p.g.to; y++ {
					c.arena = append(c.arena, rung{c.arena[x].v + c.arena[y].v + p.moved, x, y})
				}
			}
		}
		out.to = int32(len(c.arena))
		return out
	}
	scale := c.empty(out.lo, out.hi, c.rungs)
	for i := range pairs {
		p := &pairs[i]
		for x := p.f.from; x < p.f.to; x++ {
			base := c.arena[x].v + p.moved
			for y := p.g.from; y < p.g.to; y++ {
				v := base + c.arena[y].v
				c.put(int((v-out.lo)*scale), v, x, y)
			}
		}
	}
	return c.kept(out, false)
}

// round thins a list to k buckets.
func (c *coarse) round(r rungs, k int) rungs {
	out := rungs{from: int32(len(c.arena)), lo: r.lo, hi: r.hi, err: r.err}
	scale := c.empty(r.lo, r.hi, k)
	for x := r.from; x < r.to; x++ {
		c.put(int((c.arena[x].v-r.lo)*scale), c.arena[x].v, x, x)
	}
	return c.kept(out, true)
}

func (c *coarse) empty(lo, hi float64, k int) float64 {
	k = min(k, c.rungs)
	c.top, c.least = c.top[:k+1], c.least[:k+1]
	for i := range c.top {
		c.top[i], c.least[i] = negInf, math.Inf(1)
	}
	if s := float64(k-1) / (hi - lo); hi > lo && !math.IsInf(s, 1) {
		return s
	}
	return 0
}

func (c *coarse) put(k int, v float64, i, j int32) {
	k = min(max(k, 0), len(c.top)-1)
	if v > c.top[k] {
		c.top[k] = v
		c.arg[k] = rung{v, i, j}
	}
	if v < c.least[k] {
		c.least[k] = v
	}
}

// kept appends the highest of each bucket; copied says that they are rungs of the arena themselves.
func (c *coarse) kept(out rungs, copied bool) rungs {
	err := 0.0
	for k := range c.top {
		if c.top[k] == negInf {
			continue
		}
		err = max(err, c.top[k]-c.least[k])
		if copied {
			c.arena = append(c.arena, c.arena[c.arg[k].i])
		} else {
			c.arena = append(c.arena, c.arg[k])
		}
	}
	out.to = int32(len(c.arena))
	out.err += err
	return out
}

func (c *coarse) atLeast(p *Party, u float64, out Offer) (got float64, ok bool) {
	tiny := p.tiny()
	n := c.walked.len()
	if n == 0 || len(c.tail.sum) == 0 || !(u <= c.high+tiny) {
		return 0, false
	}
	u = max(u, c.low-4*tiny)
	stop := max(c.resolution, tiny)
	best, bi, bj := math.Inf(1), int32(0), int32(0)
	first := int(scramble(math.Float64bits(u)) % uint64(n))
	for e := range n {
		i := c.walked.from + int32((first+e)%n)
		sum := c.arena[i].v
		for at := c.tail.from(u - tiny - sum); at < len(c.tail.sum); at++ {
			total := sum + c.tail.sum[at]
			if total >= best {
				break
			}
			j := c.tailAt[c.tail.code[at]]
			if total-u <= tiny {
				if p.offer == nil {
					p.offer = c.m.Space.NewOffer()
				}
				c.write(i, p.offer)
				c.write(j, p.offer)
				if !(p.Utility(p.offer) >= u) {
					continue
				}
			}
			best, bi, bj = total, i, j
			break
		}
		if best-u <= stop {
			break
		}
	}
	if math.IsInf(best, 1) {
		return 0, false
	}
	c.write(bi, out)
	c.write(bj, out)
	return p.Utility(out), true
}

func (c *coarse) write(at int32, out Offer) {
	r := &c.arena[at]
	switch {
	case r.i == nowhere:
	case r.i < 0:
		cl := &c.m.clusters[r.j]
		cl.write(int(cl.full.cell[^r.i]), out)
	default:
		c.write(r.i, out)
		c.write(r.j, out)
	}
}
