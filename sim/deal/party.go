package deal

import "math"

// Party is one side with one run's terms. It holds scratch, and belongs to one goroutine at a time.
//
// What is the same for every draw lies in the Model; a party has its weights and, from the first call
// that needs them, the values of the clusters' cells.
type Party struct {
	m      *Model
	side   int
	t      Terms
	active []int32 // lines that cost something
	hard   uint64  // lines that forbid
	soft   uint64  // lines at a price
	scale  float64 // no utility is larger than this, soft costs included
	within bool    // the weights are within the model's bounds
	cuts   *cuts   // by its own lines

	val     [][]float64    // by cluster and place in the full layout; -Inf for what a hard line of its own forbids
	ends    [][][2]float64 // lowest and highest allowed value of each group of the full layout; +Inf, -Inf for none
	filled  bool
	msg     []float64 // extreme: by cluster and separator, at msgAt of the model
	atw     atLeast
	rungs   *ladder
	ranking *ladder // its own, where there is none to share
	split   *halves
	unsplit bool      // split is what there is
	offer   Offer     // scratch
	sums    []float64 // scratch
	walk    *Descent
	est     *engine // of BestFor
	version uint32  // of Set
	top     float64 // of bound
	bounded bool
	peak    Offer   // the best outcome, once asked for
	height  float64 // its utility
	kept    bool    // both are known
}

// NewParty makes a party of side 0 or 1. Until Set all its weights and costs are 0.
func (m *Model) NewParty(side int) *Party {
	if side != 0 && side != 1 {
		panic("deal: a side is 0 or 1")
	}
	p := &Party{m: m, side: side}
	p.Set(Terms{Weight: make([]float64, len(m.Profile[side].Interests)), Cost: make([]float64, len(m.Profile[side].Lines))})
	return p
}

// Set takes one run's terms, copied. Terms that do not fit the profile (see Terms.Check) panic or give
// nonsense. Setting the same terms again keeps what was prepared for them.
func (p *Party) Set(t Terms) {
	pr := &p.m.Profile[p.side]
	if len(t.Weight) != len(pr.Interests) || len(t.Cost) != len(pr.Lines) {
		panic("deal: terms of another profile")
	}
	p.t.NoDeal, p.t.Risk = t.NoDeal, t.Risk
	if p.cuts != nil && same(p.t.Weight, t.Weight) && same(p.t.Cost, t.Cost) {
		return
	}
	p.version++
	p.t.Weight = append(p.t.Weight[:0], t.Weight...)
	p.t.Cost = append(p.t.Cost[:0], t.Cost...)
	p.active, p.hard, p.soft, p.scale, p.within = p.active[:0], 0, 0, 0, true
	for j, c := range t.Cost {
		switch {
		case math.IsInf(c, 1):
			p.hard |= 1 << j
		case c != 0:
			p.soft |= 1 << j
			p.scale += c
		default:
			continue
		}
		p.active = append(p.active, int32(j))
	}
	b := &p.m.bounds[p.side]
	for j, w := range t.Weight {
		p.scale += math.Abs(w) * p.m.scorer[p.side].most[j]
		p.within = p.within && (b.Lo == nil || w >= b.Lo[j] && w <= b.Hi[j])
	}
	var state lineState
	state.hard[p.side], state.soft[p.side] = p.hard, p.soft
	c, err := p.m.cutsFor(state)
	if err != nil {
		panic("deal: more boxes than were compiled: " + err.Error())
	}
	p.kept = false
	p.cuts, p.filled, p.bounded, p.atw.ready, p.rungs, p.ranking = c, false, false, false, nil, nil
	p.split, p.unsplit = nil, false
}

func same(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Model is what the party was made from.
func (p *Party) Model() *Model { return p.m }

// Side is 0 or 1.
func (p *Party) Side() int { return p.side }

// Terms are the terms last set; not to be modified.
func (p *Party) Terms() *Terms { return &p.t }

// SetNoDeal moves what no deal is worth and leaves all else as it is: during a session tariffs are
// raised or taken back, and what follows if the talks end moves with them. It takes no time.
func (p *Party) SetNoDeal(u float64) { p.t.NoDeal = u }

// Version changes when Set brings other weights or costs.
func (p *Party) Version() uint32 { return p.version }

// NoDeal is the utility without a deal.
func (p *Party) NoDeal() float64 { return p.t.NoDeal }

// Utility is the sum of weight x strength less soft costs, the attitude to risk apart; -Inf on a hard
// line that holds. Interests are added in their order, so that an outcome has one utility to the bit.
func (p *Party) Utility(o Offer) float64 { return p.m.scorer[p.side].utility(&p.t, p.active, o) }

// Gains reports whether the outcome breaks no hard line that holds and is worth no deal or more.
func (p *Party) Gains(o Offer) bool { return p.Utility(o) >= p.t.NoDeal }

// Breaks is the index of a hard line that holds and that the outcome breaks, -1 if none.
func (p *Party) Breaks(o Offer) int {
	for _, j := range p.active {
		if p.hard>>j&1 == 1 && p.m.scorer[p.side].lines[j].breaks(o) {
			return int(j)
		}
	}
	return -1
}

// tiny is what rounding can do to a utility: sums of the same numbers in other orders differ by less.
func (p *Party) tiny() float64 { return 3e-14 * p.scale }

// price is what the broken lines at a price cost.
func (p *Party) price(broken uint64) float64 {
	c := 0.0
	for _, j := range p.active {
		if broken>>j&1 == 1 {
			c += p.t.Cost[j]
		}
	}
	return c
}

// fill works out what the cells of a layout are worth, soft costs included, hard lines apart.
func (p *Party) fill(dst []float64, c *cluster, l *layout) {
	tables, in := l.table[p.side], c.interests[p.side]
	w := p.t.Weight
	switch len(tables) {
	case 0:
		clear(dst)
	case 1:
		w0, t0 := w[in[0]], tables[0][:len(dst)]
		for x := range dst {
			dst[x] = float64(w0 * t0[x])
		}
	case 2:
		w0, w1, t0, t1 := w[in[0]], w[in[1]], tables[0][:len(dst)], tables[1][:len(dst)]
		for x := range dst {
			dst[x] = float64(w0*t0[x]) + float64(w1*t1[x])
		}
	default:
		w0, w1, w2 := w[in[0]], w[in[1]], w[in[2]]
		t0, t1, t2 := tables[0][:len(dst)], tables[1][:len(dst)], tables[2][:len(dst)]
		for x := range dst {
			dst[x] = float64(w0*t0[x]) + float64(w1*t1[x]) + float64(w2*t2[x])
		}
		for k := 3; k < len(tables); k++ {
			wk, tk := w[in[k]], tables[k][:len(dst)]
			for x := range dst {
				dst[x] += float64(wk * tk[x])
			}
		}
	}
	for k := range l.breaks[p.side] {
		if b := &l.breaks[p.side][k]; p.soft>>b.line&1 == 1 {
			for _, x := range b.at {
				dst[x] -= p.t.Cost[b.line]
			}
		}
	}
}

// prepare fills the cells' values once for the terms set.
func (p *Party) prepare() {
	if p.filled {
		return
	}
	if p.val == nil {
		p.val = make([][]float64, len(p.m.clusters))
		p.ends = make([][][2]float64, len(p.m.clusters))
		for i := range p.val {
			p.val[i] = make([]float64, len(p.m.clusters[i].full.cell))
			p.ends[i] = make([][2]float64, len(p.m.clusters[i].full.groups))
		}
		p.msg = make([]float64, p.m.msgLen)
	}
	for i := range p.val {
		c := &p.m.clusters[i]
		p.fill(p.val[i], c, &c.full)
		c.full.forbid(p.val[i], p.side, p.hard)
		for g, gr := range c.full.groups {
			lo, hi := math.Inf(1), negInf
			for _, x := range p.val[i][gr.from:gr.to] {
				if x > hi {
					hi = x
				}
				if x < lo && x > negInf {
					lo = x
				}
			}
			p.ends[i][g] = [2]float64{lo, hi}
		}
	}
	p.filled = true
}

// Best writes the best outcome that its own hard lines allow into out and returns its utility, -Inf
// when they forbid all (out is then left alone).
func (p *Party) Best(out Offer) float64 {
	p.prepare()
	if !p.kept {
		if p.peak == nil {
			p.peak = p.m.Space.NewOffer()
		}
		if !p.extreme(1, p.peak) {
			return negInf
		}
		p.kept, p.height = true, p.Utility(p.peak)
	}
	copy(out, p.peak)
	return p.height
}

// Worst is the lowest utility of an outcome that its own hard lines allow, +Inf when they forbid all.
func (p *Party) Worst() float64 {
	p.prepare()
	if p.offer == nil {
		p.offer = p.m.Space.NewOffer()
	}
	if !p.extreme(-1, p.offer) {
		return math.Inf(1)
	}
	return p.Utility(p.offer)
}

// Range is Worst and Best; ok is false when its own hard lines forbid all.
func (p *Party) Range() (lo, hi float64, ok bool) {
	if lo = p.Worst(); math.IsInf(lo, 1) {
		return 0, 0, false
	}
	return lo, p.Best(p.offer), true
}

// extreme finds the best outcome (sign 1) or the worst (-1), factor by factor, from the leaves of the
// tree to its root and back (Bertele and Brioschi 1972).
func (p *Party) extreme(sign float64, out Offer) bool {
	for i := range p.m.factors {
		f := &p.m.factors[i]
		best, at := negInf, -1
		for x := range p.cuts.factor[i] {
			ctx := &p.cuts.factor[i][x]
			if v := p.upward(f, ctx, sign) - sign*p.price(ctx.broken[p.side]); v > best {
				best, at = v, x
			}
		}
		if at < 0 {
			return false
		}
		ctx := &p.cuts.factor[i][at]
		if at != len(p.cuts.factor[i])-1 {
			p.upward(f, ctx, sign)
		}
		p.downward(f, ctx, sign, len(f.order)-1, 0, out)
	}
	return true
}

// upward fills the messages of a factor within a context and returns the root's.
func (p *Party) upward(f *factor, ctx *context, sign float64) float64 {
	for k, ci := range f.order {
		c := &p.m.clusters[ci]
		v := ctx.full[k]
		for sep := range c.nsep {
			best := negInf
			for g := v.byPS[sep]; g < v.byPS[sep+1]; g++ {
				x := p.groupBest(ci, v, g, sign)
				for n, kid := range c.kids {
					x += p.msg[p.m.msgAt[kid]+v.kidSep[int(g)*len(c.kids)+n]]
				}
				best = max(best, x)
			}
			p.msg[p.m.msgAt[ci]+int32(sep)] = best
		}
	}
	return p.msg[p.m.msgAt[f.order[len(f.order)-1]]]
}

// groupBest is the largest of sign x value over a group's allowed cells, -Inf if there is none.
func (p *Party) groupBest(ci int, v *view, g int32, sign float64) float64 {
	if v.idx == nil {
		if sign > 0 {
			return p.ends[ci][g][1]
		}
		return -p.ends[ci][g][0]
	}
	best := negInf
	for _, x := range v.idx[v.groups[g].from:v.groups[g].to] {
		if u := p.val[ci][x]; u > negInf {
			best = max(best, sign*u)
		}
	}
	return best
}

// downward writes the cells that attain the messages.
func (p *Party) downward(f *factor, ctx *context, sign float64, k, sep int, out Offer) {
	ci := f.order[k]
	c := &p.m.clusters[ci]
	v := ctx.full[k]
	best, top, group := negInf, 0.0, int32(0)
	for g := v.byPS[sep]; g < v.byPS[sep+1]; g++ {
		head := p.groupBest(ci, v, g, sign)
		u := head
		for n, kid := range c.kids {
			u += p.msg[p.m.msgAt[kid]+v.kidSep[int(g)*len(c.kids)+n]]
		}
		if u > best {
			best, top, group = u, head, g
		}
	}
	for i := v.groups[group].from; i < v.groups[group].to; i++ {
		x := i
		if v.idx != nil {
			x = v.idx[i]
		}
		if sign*p.val[ci][x] == top {
			c.write(int(c.full.cell[x]), out)
			break
		}
	}
	for n, kid := range c.kids {
		p.downward(f, ctx, sign, p.m.place[kid], int(v.kidSep[int(group)*len(c.kids)+n]), out)
	}
}
