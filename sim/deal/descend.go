package deal

import (
	"cmp"
	"math"
	"slices"
)

// Descent walks a party's allowed outcomes, best first. It works lazily on the tree of clusters (k-best
// by lazy merging: Huang and Chiang 2005, "Better k-best parsing", algorithm 3), so its first steps cost
// little in a space of any size.
type Descent struct {
	p      *Party
	ladder *ladder // of fixed terms: nothing below but next is used
	nodes  []kbest
	links  []int32   // kids of unions
	offset []float64 // added to each of links
	msg    []int32   // node by cluster and separator, at msgAt of the model
	parts  []int32
	tops   []int32 // of a factor's contexts
	root   int32
	next   int // rank in the root's order

	// Outcomes whose utilities differ by no more than rounding come together and are put in order: the
	// higher utility first, then the smaller values in the space's order.
	batch  []ranked
	offers Offer
	at     int
	last   float64
}

type ranked struct {
	u  float64
	at int32 // of the offer in offers
}

// maxBatch is how many outcomes of one utility are put in order together.
const maxBatch = 1024

// kbest is a stream of partial outcomes in descending value, remembered as far as it was asked for.
type kbest struct {
	kind    byte // 'c' cells of one group, '+' sums of left and right, '|' the union of kids, '0' the empty outcome
	started bool
	cluster int32
	view    *view
	group   int32
	left    int32 // '+', and the first of the kids of '|' in links
	right   int32 // '+', and one past the last kid
	seen    []entry
	heap    []entry
}

// entry is a value and where it comes from: cell; ranks on the left and right; kid and its rank.
type entry struct {
	v    float64
	x, y int32
}

// before is the heap's order: descending value, then ascending places.
func (e entry) before(o entry) bool {
	if e.v != o.v {
		return e.v > o.v
	}
	return e.x < o.x || e.x == o.x && e.y < o.y
}

// Descend starts a walk from the best outcome its own hard lines allow. The party has one walk at a
// time: it ends with the next Descend or Set.
func (p *Party) Descend() *Descent {
	if p.walk == nil {
		p.walk = &Descent{p: p, msg: make([]int32, p.m.msgLen)}
	}
	d := p.walk
	if d.ladder, d.next = p.ladder(), 0; d.ladder != nil {
		return d
	}
	p.prepare()
	d.nodes, d.links, d.offset, d.parts = d.nodes[:0], d.links[:0], d.offset[:0], d.parts[:0]
	d.batch, d.at, d.next, d.last = d.batch[:0], 0, 0, math.Inf(1)
	for i := range p.m.factors {
		d.parts = append(d.parts, d.factor(&p.m.factors[i], p.cuts.factor[i]))
	}
	parts := d.parts
	for len(parts) > 1 { // balanced, so that a step asks few streams
		n := 0
		for i := 0; i < len(parts); i += 2 {
			if i+1 == len(parts) {
				parts[n] = parts[i]
			} else {
				parts[n] = d.sum(parts[i], parts[i+1])
			}
			n++
		}
		parts = parts[:n]
	}
	d.root = parts[0]
	return d
}

// add makes a node, with the room an earlier walk left.
func (d *Descent) add(kind byte) (int32, *kbest) {
	n := len(d.nodes)
	if n < cap(d.nodes) {
		d.nodes = d.nodes[:n+1]
	} else {
		d.nodes = append(d.nodes, kbest{})
	}
	k := &d.nodes[n]
	*k = kbest{kind: kind, seen: k.seen[:0], heap: k.heap[:0]}
	return int32(n), k
}

func (d *Descent) sum(left, right int32) int32 {
	n, k := d.add('+')
	k.left, k.right = left, right
	return n
}

// union closes a union over the links from first on.
func (d *Descent) union(first int) int32 {
	if first+1 == len(d.links) && d.offset[first] == 0 {
		only := d.links[first]
		d.links, d.offset = d.links[:first], d.offset[:first]
		return only
	}
	n, k := d.add('|')
	k.left, k.right = int32(first), int32(len(d.links))
	return n
}

func (d *Descent) link(node int32, offset float64) {
	d.links, d.offset = append(d.links, node), append(d.offset, offset)
}

// factor makes the nodes of a factor: its contexts united.
func (d *Descent) factor(f *factor, contexts []context) int32 {
	m := d.p.m
	d.tops = d.tops[:0]
	for x := range contexts {
		ctx := &contexts[x]
		for k, ci := range f.order {
			c := &m.clusters[ci]
			v := ctx.full[k]
			for sep := range c.nsep {
				first := len(d.links)
				// The kids' nodes exist, so a group's nodes come before its union's links are closed.
				for g := v.byPS[sep]; g < v.byPS[sep+1]; g++ {
					n, cells := d.add('c')
					cells.cluster, cells.view, cells.group = int32(ci), v, g
					for i, kid := range c.kids {
						n = d.sum(n, d.msg[m.msgAt[kid]+v.kidSep[int(g)*len(c.kids)+i]])
					}
					d.link(n, 0)
				}
				d.msg[m.msgAt[ci]+int32(sep)] = d.union(first)
			}
		}
		d.tops = append(d.tops, d.msg[m.msgAt[f.order[len(f.order)-1]]])
	}
	first := len(d.links)
	for x := range contexts {
		d.link(d.tops[x], -d.p.price(contexts[x].broken[d.p.side]))
	}
	return d.union(first)
}

// get is the value of rank k in a node's stream; ok is false when the stream is shorter. Ranks are asked
// for in order, so at most one is new.
func (d *Descent) get(n int32, k int) (v float64, ok bool) {
	nd := &d.nodes[n]
	if k >= len(nd.seen) && !d.extend(nd) {
		return 0, false
	}
	return nd.seen[k].v, true
}

// extend finds one more entry of a stream.
func (d *Descent) extend(nd *kbest) bool {
	if !nd.started {
		nd.started = true
		d.start(nd)
	}
	if len(nd.heap) == 0 {
		return false
	}
	e := nd.pop()
	nd.seen = append(nd.seen, e)
	switch nd.kind {
	case '+':
		// (x, y) is reached from (x, y-1) alone, or where y = 0 from (x-1, 0).
		if e.y == 0 {
			d.pushSum(nd, e.x+1, 0)
		}
		d.pushSum(nd, e.x, e.y+1)
	case '|':
		d.pushKid(nd, e.x, e.y+1)
	}
	return true
}

func (d *Descent) start(nd *kbest) {
	switch nd.kind {
	case 'c':
		val := d.p.val[nd.cluster]
		gr := nd.view.groups[nd.group]
		for i := gr.from; i < gr.to; i++ {
			x := i
			if nd.view.idx != nil {
				x = nd.view.idx[i]
			}
			if val[x] > negInf {
				nd.heap = append(nd.heap, entry{v: val[x], x: x})
			}
		}
		for i := len(nd.heap)/2 - 1; i >= 0; i-- {
			nd.sink(i)
		}
	case '+':
		d.pushSum(nd, 0, 0)
	case '|':
		for i := range nd.right - nd.left {
			d.pushKid(nd, i, 0)
		}
	}
}

func (d *Descent) pushSum(nd *kbest, x, y int32) {
	if a, ok := d.get(nd.left, int(x)); ok {
		if b, ok := d.get(nd.right, int(y)); ok {
			nd.push(entry{a + b, x, y})
		}
	}
}

func (d *Descent) pushKid(nd *kbest, i, rank int32) {
	if v, ok := d.get(d.links[nd.left+i], int(rank)); ok {
		nd.push(entry{v + d.offset[nd.left+i], i, rank})
	}
}

func (k *kbest) push(e entry) {
	k.heap = append(k.heap, e)
	h := k.heap
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !e.before(h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = e
}

func (k *kbest) pop() entry {
	h := k.heap
	top := h[0]
	last := len(h) - 1
	h[0] = h[last]
	k.heap = h[:last]
	if last > 0 {
		k.sink(0)
	}
	return top
}

func (k *kbest) sink(i int) {
	h := k.heap
	e := h[i]
	for {
		kid := 2*i + 1
		if kid >= len(h) {
			break
		}
		if kid+1 < len(h) && h[kid+1].before(h[kid]) {
			kid++
		}
		if !h[kid].before(e) {
			break
		}
		h[i] = h[kid]
		i = kid
	}
	h[i] = e
}

// write writes the outcome of a node's entry.
func (d *Descent) write(n, rank int32, out Offer) {
	nd := &d.nodes[n]
	e := nd.seen[rank]
	switch nd.kind {
	case 'c':
		c := &d.p.m.clusters[nd.cluster]
		c.write(int(c.full.cell[e.x]), out)
	case '+':
		d.write(nd.left, e.x, out)
		d.write(nd.right, e.y, out)
	case '|':
		d.write(d.links[nd.left+e.x], e.y, out)
	}
}

// Next writes the next outcome into out; ok is false at the end. Utilities never rise.
func (d *Descent) Next(out Offer) (u float64, ok bool) {
	if l := d.ladder; l != nil {
		if d.next == len(l.u) {
			return 0, false
		}
		d.p.m.Space.At(uint64(l.index[d.next]), out)
		d.next++
		return l.u[d.next-1], true
	}
	if d.at == len(d.batch) && !d.refill() {
		return 0, false
	}
	r := d.batch[d.at]
	d.at++
	copy(out, d.offer(r.at))
	// Only a batch cut short can be followed by a higher utility, higher by rounding.
	d.last = min(d.last, r.u)
	return d.last, true
}

func (d *Descent) offer(at int32) Offer {
	n := d.p.m.Space.Len()
	return d.offers[int(at)*n : (int(at)+1)*n]
}

// refill takes the next outcomes of like utility from the root.
func (d *Descent) refill() bool {
	d.batch, d.at = d.batch[:0], 0
	tiny := d.p.tiny()
	n := d.p.m.Space.Len()
	prev := negInf
	for len(d.batch) < maxBatch {
		v, ok := d.get(d.root, d.next)
		if !ok || v < prev-tiny {
			break
		}
		prev = v
		at := int32(len(d.batch))
		if need := int(at+1) * n; need > cap(d.offers) {
			d.offers = append(d.offers[:int(at)*n], make(Offer, need)...)
		}
		d.offers = d.offers[:int(at+1)*n]
		o := d.offer(at)
		d.write(d.root, int32(d.next), o)
		d.batch = append(d.batch, ranked{d.p.Utility(o), at})
		d.next++
	}
	if len(d.batch) > 1 {
		slices.SortFunc(d.batch, func(x, y ranked) int {
			return cmp.Or(cmp.Compare(y.u, x.u), slices.Compare(d.offer(x.at), d.offer(y.at)))
		})
	}
	return len(d.batch) > 0
}
