package deal

import "math"

// BestFor writes the outcome that is best for an estimated other among those its own hard lines allow
// that are worth at least u to this party, a rounding error apart; false when there is none.
//
// It finds the staircase of this party's utility against the estimate. A cell that gives up more against
// the best of its group than the best outcome has to spare over u is left out from the start.
func (p *Party) BestFor(other Additive, u float64, out Offer) bool {
	p.prepare()
	if p.est == nil {
		p.est = newEngine(p.m, false)
	}
	e := p.est
	spare := p.bound() - u + 2*p.tiny()
	if spare < 0 {
		return false
	}
	most := 0.0
	for i := range p.m.clusters {
		c := &p.m.clusters[i]
		a, b := e.a[i], e.b[i]
		for g, gr := range c.full.groups {
			need := p.ends[i][g][1] - spare
			for x := gr.from; x < gr.to; x++ {
				v := p.val[i][x]
				if v < need || v == negInf {
					a[x] = negInf
					continue
				}
				cell := c.values[int(c.full.cell[x])*len(c.vars):]
				est := 0.0
				for _, k := range c.owns {
					est += other.Value[c.vars[k]][cell[k]]
				}
				a[x], b[x] = v, est
				most = max(most, math.Abs(est))
			}
		}
	}
	e.st.tinyA, e.st.tinyB = p.tiny(), 3e-14*most
	f, g := e.run(p.cuts, func(broken [2]uint64) (da, db float64) { return -p.price(broken[p.side]), 0 })
	fs, gs := e.st.points(f), e.st.points(g)
	best, bi, bj := negInf, -1, -1
	i := -1
	for j := len(gs) - 1; j >= 0; j-- { // a rises, so f may fall further
		for i+1 < len(fs) && fs[i+1].a+gs[j].a >= u-p.tiny() {
			i++
		}
		if i >= 0 && fs[i].b+gs[j].b > best {
			best, bi, bj = fs[i].b+gs[j].b, i, j
		}
	}
	if bi < 0 {
		return false
	}
	e.outcome(f.from+int32(bi), out)
	e.outcome(g.from+int32(bj), out)
	return true
}

// bound is the best utility if no line spanned clusters: no swap of a cell within its group passes it.
func (p *Party) bound() float64 {
	if !p.bounded {
		p.top = 0
		for i := range p.m.factors {
			p.top += p.upward(&p.m.factors[i], &p.m.open.factor[i][0], 1)
		}
		p.bounded = true
	}
	return p.top
}
