package deal

// engine finds staircases of the space for two numbers a and b that every cell of every cluster has. It
// walks each factor's tree from the leaves: for each value of a cluster's separator, the staircase of all
// that lies below, a union over the cluster's groups of cells of sums with the kids' staircases.
type engine struct {
	m     *Model
	kept  bool        // look at the kept cells only
	a, b  [][]float64 // by cluster and place in the layout; a = -Inf for cells not allowed
	st    stairs
	msg   []int32 // by context and place in the factor's order: the first of its nodes
	nodes []node
	pairs []pair
	root  []pair
	parts []node
}

const (
	maxPairs  = 1 << 20 // looked at in one union
	midPoints = 1 << 13 // of a staircase on the way, unless it is that of a cluster's cells
)

func newEngine(m *Model, kept bool) *engine {
	e := &engine{m: m, kept: kept, a: make([][]float64, len(m.clusters)), b: make([][]float64, len(m.clusters))}
	e.st.maxPoints, e.st.maxPairs = min(m.opt.MaxPoints, midPoints), maxPairs
	for i := range m.clusters {
		n := len(e.layout(i).cell)
		e.a[i], e.b[i] = make([]float64, n), make([]float64, n)
	}
	return e
}

func (e *engine) layout(cluster int) *layout {
	if e.kept {
		return &e.m.clusters[cluster].kept
	}
	return &e.m.clusters[cluster].full
}

func (e *engine) view(x *context, place int) *view {
	if e.kept {
		return x.kept[place]
	}
	return x.full[place]
}

// run finds two staircases whose sum is that of the whole space, left unbuilt. price is what a box's
// broken lines take off a and b.
func (e *engine) run(c *cuts, price func(broken [2]uint64) (da, db float64)) (f, g node) {
	e.st.reset()
	e.parts = e.parts[:0]
	for i := range e.m.factors {
		n := e.factor(&e.m.factors[i], c.factor[i], price)
		if n.len() == 0 {
			return n, n
		}
		e.parts = append(e.parts, n)
	}
	return e.fold()
}

// fold adds up the factors, the two smallest first, until two are left.
func (e *engine) fold() (f, g node) {
	p := e.parts
	for len(p) > 2 {
		// The two smallest to the end; ties go by place.
		for k := range 2 {
			last := len(p) - 1 - k
			best := last
			for i := range last {
				if p[i].len() < p[best].len() {
					best = i
				}
			}
			p[best], p[last] = p[last], p[best]
		}
		n := len(p)
		e.pairs = append(e.pairs[:0], pair{f: p[n-2], g: p[n-1]})
		p[n-2] = e.st.union(e.pairs)
		p = p[:n-1]
	}
	if len(p) == 1 {
		return p[0], nothing
	}
	if p[0].len() < p[1].len() {
		return p[1], p[0]
	}
	return p[0], p[1]
}

func (e *engine) factor(f *factor, contexts []context, price func([2]uint64) (da, db float64)) node {
	e.msg, e.nodes, e.root = e.msg[:0], e.nodes[:0], e.root[:0]
	for x := range contexts {
		ctx := &contexts[x]
		for k, ci := range f.order {
			c := &e.m.clusters[ci]
			if k == len(f.order)-1 {
				from := len(e.root)
				e.root = e.gather(e.root, f, ctx, x, k, ci, 0)
				if da, db := price(ctx.broken); da != 0 || db != 0 {
					for i := from; i < len(e.root); i++ {
						e.root[i].da, e.root[i].db = da, db
					}
				}
				e.msg = append(e.msg, 0)
				break
			}
			if s := ctx.same[k]; s >= 0 {
				e.msg = append(e.msg, e.msg[int(s)*len(f.order)+k])
				continue
			}
			first := int32(len(e.nodes))
			for p := range c.nsep {
				e.pairs = e.gather(e.pairs[:0], f, ctx, x, k, ci, p)
				e.nodes = append(e.nodes, e.join(e.pairs))
			}
			e.msg = append(e.msg, first)
		}
	}
	if len(e.m.factors) == 1 {
		return e.last(e.root)
	}
	return e.join(e.root)
}

// last is join for what nothing is added to any more: it may have all the points the model allows.
func (e *engine) last(pairs []pair) node {
	defer func(most int) { e.st.maxPoints = most }(e.st.maxPoints)
	e.st.maxPoints = e.m.opt.MaxPoints
	return e.join(pairs)
}

func (e *engine) join(pairs []pair) node {
	if len(pairs) == 1 && pairs[0].g == nothing && pairs[0].da == 0 && pairs[0].db == 0 {
		return pairs[0].f
	}
	return e.st.union(pairs)
}

// gather appends the sums whose union is the cluster's staircase for one value of its separator.
func (e *engine) gather(out []pair, f *factor, ctx *context, x, k, ci, sep int) []pair {
	c := &e.m.clusters[ci]
	v := e.view(ctx, k)
	a, b := e.a[ci], e.b[ci]
group:
	for g := v.byPS[sep]; g < v.byPS[sep+1]; g++ {
		last := nothing
		if len(c.kids) > 0 {
			// The largest of the kids' staircases is left for the union.
			big := -1
			for n := range c.kids {
				m := e.kid(f, x, v, c, int(g), n)
				if m.len() == 0 {
					continue group
				}
				if big < 0 || m.len() > last.len() {
					big, last = n, m
				}
			}
			head := e.cells(v, g, int32(ci), a, b)
			for n := range c.kids {
				if n != big && head.len() > 0 {
					one := [1]pair{{f: head, g: e.kid(f, x, v, c, int(g), n)}}
					head = e.st.union(one[:])
				}
			}
			if head.len() > 0 {
				out = append(out, pair{f: head, g: last})
			}
			continue
		}
		if head := e.cells(v, g, int32(ci), a, b); head.len() > 0 {
			out = append(out, pair{f: head, g: nothing})
		}
	}
	return out
}

// kid is the staircase below the n-th kid for a group's value of its separator.
func (e *engine) kid(f *factor, x int, v *view, c *cluster, g, n int) node {
	place := e.m.place[c.kids[n]]
	return e.nodes[e.msg[x*len(f.order)+place]+v.kidSep[g*len(c.kids)+n]]
}

// cells is the staircase of one group's cells.
func (e *engine) cells(v *view, g, ci int32, a, b []float64) node {
	gr := v.groups[g]
	cand := e.st.cand[:0]
	if v.idx == nil {
		for x := gr.from; x < gr.to; x++ {
			if a[x] > negInf {
				cand = append(cand, pt{a[x], b[x], ^x, ci})
			}
		}
	} else {
		for _, x := range v.idx[gr.from:gr.to] {
			if a[x] > negInf {
				cand = append(cand, pt{a[x], b[x], ^x, ci})
			}
		}
	}
	e.st.cand = cand
	return e.st.front()
}

// outcome writes what an arena point stands for.
func (e *engine) outcome(at int32, out Offer) {
	p := &e.st.arena[at]
	switch {
	case p.i == nowhere:
	case p.i < 0:
		e.m.clusters[p.j].write(int(e.layout(int(p.j)).cell[^p.i]), out)
	default:
		e.outcome(p.i, out)
		e.outcome(p.j, out)
	}
}
