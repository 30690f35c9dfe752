package deal

// A glance answers most questions of whether a ZOPA exists without a frontier. For weights wa, wb >= 0
// the outcome of the largest wa gain_a + wb gain_b is found on the tree as a single number is (Bertele
// and Brioschi 1972), which costs a pass over the cells. If both gain there, it is a witness; if that
// largest sum is negative, there is no ZOPA (weak duality: no outcome has two gains). Otherwise the
// weights turn to the normal of the line through the two last such outcomes (the dichotomic scheme of
// Aneja and Nair 1979), until a supported outcome settles it or the line is an edge of the hull: only
// a ZOPA that lies wholly under that edge needs the frontier.
type glance struct {
	e     *engine
	c     *cuts
	price func(broken [2]uint64) (da, db float64)
	msg   []top   // by context, cluster and separator value
	at    []int32 // by context and place in the factor's order: the first of msg
}

// top is the best sum found, and the two numbers it is made of.
type top struct{ v, a, b float64 }

// answer of a glance.
type answer int8

const (
	unsettled answer = iota
	thereIs
	thereIsNone
)

const glances = 12 // weights tried; two or three do nearly always

// look glances at the cells that the engine holds. d is what no deal is worth, tiny what rounding can do.
func (q *glance) look(d, tiny [2]float64) answer {
	settle := func(wa, wb float64) (gain [2]float64, got answer) {
		t := q.best(wa, wb)
		gain = [2]float64{t.a - d[0], t.b - d[1]}
		switch {
		case t.v == negInf, wa*gain[0]+wb*gain[1] < -2*(wa*tiny[0]+wb*tiny[1]):
			return gain, thereIsNone
		case gain[0] >= 0 && gain[1] >= 0:
			return gain, thereIs
		}
		return gain, unsettled
	}
	one, got := settle(1, 0)
	if got != unsettled {
		return got
	}
	two, got := settle(0, 1)
	if got != unsettled {
		return got
	}
	// one has gain[0] >= 0 > gain[1]; two the other way round.
	for range glances {
		if !(one[0] >= 0 && one[1] < 0 && two[1] >= 0 && two[0] < 0) {
			return unsettled // within rounding
		}
		wa, wb := two[1]-one[1], one[0]-two[0]
		edge := float64(wa*one[0]) + float64(wb*one[1])
		next, got := settle(wa, wb)
		if got != unsettled {
			return got
		}
		if float64(wa*next[0])+float64(wb*next[1]) <= edge+wa*tiny[0]+wb*tiny[1] {
			return unsettled // nothing beyond the line
		}
		if next[1] < 0 {
			one = next
		} else {
			two = next
		}
	}
	return unsettled
}

// best is the largest wa a + wb b of the space.
func (q *glance) best(wa, wb float64) top {
	all := top{}
	for i := range q.e.m.factors {
		t := q.factor(&q.e.m.factors[i], q.c.factor[i], wa, wb)
		if t.v == negInf {
			return t
		}
		all.v += t.v
		all.a += t.a
		all.b += t.b
	}
	return all
}

func (q *glance) factor(f *factor, contexts []context, wa, wb float64) top {
	q.msg, q.at = q.msg[:0], q.at[:0]
	best := top{v: negInf}
	for x := range contexts {
		ctx := &contexts[x]
		for k, ci := range f.order {
			if s := ctx.same[k]; s >= 0 && k < len(f.order)-1 {
				q.at = append(q.at, q.at[int(s)*len(f.order)+k])
				continue
			}
			q.at = append(q.at, int32(len(q.msg)))
			q.cluster(f, ctx, x, k, ci, wa, wb)
		}
		t := q.msg[q.at[len(q.at)-1]]
		if t.v == negInf {
			continue
		}
		if da, db := q.price(ctx.broken); da != 0 || db != 0 {
			t = top{t.v + float64(wa*da) + float64(wb*db), t.a + da, t.b + db}
		}
		if t.v > best.v {
			best = t
		}
	}
	return best
}

// cluster appends the messages of one cluster, the best below each value of its separator.
func (q *glance) cluster(f *factor, ctx *context, x, k, ci int, wa, wb float64) {
	c := &q.e.m.clusters[ci]
	v := q.e.view(ctx, k)
	a, b := q.e.a[ci], q.e.b[ci]
	for sep := range c.nsep {
		best := top{v: negInf}
		for g := v.byPS[sep]; g < v.byPS[sep+1]; g++ {
			t := v.largest(v.groups[g], a, b, wa, wb)
			for n, kid := range c.kids {
				m := q.msg[q.at[x*len(f.order)+q.e.m.place[kid]]+v.kidSep[int(g)*len(c.kids)+n]]
				t = top{t.v + m.v, t.a + m.a, t.b + m.b}
			}
			if t.v > best.v {
				best = t
			}
		}
		q.msg = append(q.msg, best)
	}
}

// largest is the best cell of a group.
func (v *view) largest(gr group, a, b []float64, wa, wb float64) top {
	best := top{v: negInf}
	if v.idx == nil {
		a, b := a[gr.from:gr.to], b[gr.from:gr.to]
		for i := range a {
			if a[i] == negInf { // 0 x -Inf is no number
				continue
			}
			if s := float64(wa*a[i]) + float64(wb*b[i]); s > best.v {
				best = top{s, a[i], b[i]}
			}
		}
		return best
	}
	for _, i := range v.idx[gr.from:gr.to] {
		if a[i] == negInf {
			continue
		}
		if s := float64(wa*a[i]) + float64(wb*b[i]); s > best.v {
			best = top{s, a[i], b[i]}
		}
	}
	return best
}
