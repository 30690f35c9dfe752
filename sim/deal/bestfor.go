package deal

import "math"

// BestFor writes the outcome that is best for an estimated other among those its own hard lines allow
// that are worth at least u to this party, a rounding error apart; false when there is none.
func (p *Party) BestFor(other Additive, u float64, out Offer) bool {
	p.prepare()
	if p.est == nil {
		p.est = newEngine(p.m, false)
	}
	e := p.est
	most := 0.0
	for i := range p.m.clusters {
		c := &p.m.clusters[i]
		copy(e.a[i], p.val[i])
		clear(e.b[i])
		for _, k := range c.owns {
			value := other.Value[c.vars[k]]
			top := 0.0
			for _, x := range value {
				top = max(top, math.Abs(x))
			}
			most += top
			for x, cell := range c.full.cell {
				e.b[i][x] += value[c.value(int(cell), k)]
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
