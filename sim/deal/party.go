package deal

import (
	"cmp"
	"math"
	"slices"
)

// Party is one side with one run's terms. It belongs to one goroutine at a time.
type Party struct {
	m      *Model
	side   int
	t      Terms
	u      []float64 // utility by index
	sorted []uint32  // allowed outcomes, best first
}

// NewParty makes a party of side 0 or 1 with all weights 0.
func (m *Model) NewParty(side int) *Party {
	return &Party{m: m, side: side}
}

// Set takes this run's terms (copied).
func (p *Party) Set(t Terms) {
	p.t.Weight = append(p.t.Weight[:0], t.Weight...)
	p.t.Cost = append(p.t.Cost[:0], t.Cost...)
	p.t.NoDeal, p.t.Risk = t.NoDeal, t.Risk
	p.sorted = nil
}

func (p *Party) prepare() {
	if p.sorted != nil {
		return
	}
	n, ok := p.m.Space.Count()
	if !ok || n > 1<<26 {
		panic("deal: not yet for spaces this large")
	}
	p.u = make([]float64, n)
	p.sorted = []uint32{}
	o := p.m.Space.NewOffer()
	for i := range p.u {
		p.m.Space.At(uint64(i), o)
		p.u[i] = p.Utility(o)
		if p.u[i] > math.Inf(-1) {
			p.sorted = append(p.sorted, uint32(i))
		}
	}
	slices.SortStableFunc(p.sorted, func(a, b uint32) int { return cmp.Compare(p.u[b], p.u[a]) })
}

func at(s *Space, scope []int, o Offer) int {
	k := 0
	for _, i := range scope {
		k = k*s.dims[i] + int(o[i])
	}
	return k
}

// Side is 0 or 1.
func (p *Party) Side() int { return p.side }

// Terms are the terms last set; not to be modified.
func (p *Party) Terms() Terms { return p.t }

// Utility is the sum of weight x strength less soft costs, the attitude to risk apart; -Inf on a hard
// line that holds.
func (p *Party) Utility(o Offer) float64 {
	pr := &p.m.Profile[p.side]
	u := 0.0
	for j := range pr.Interests {
		in := &pr.Interests[j]
		u += float64(p.t.Weight[j] * in.Table[at(p.m.Space, in.Scope, o)])
	}
	for l := range pr.Lines {
		if c := p.t.Cost[l]; c != 0 && pr.Lines[l].Broken[at(p.m.Space, pr.Lines[l].Scope, o)] {
			u -= c
		}
	}
	return u
}

// NoDeal is the utility without a deal.
func (p *Party) NoDeal() float64 { return p.t.NoDeal }

// Risk is the attitude to risk.
func (p *Party) Risk() Risk { return p.t.Risk }

// Breaks is the index of a hard line that holds and that the outcome breaks, -1 if none.
func (p *Party) Breaks(o Offer) int {
	pr := &p.m.Profile[p.side]
	for l := range pr.Lines {
		if math.IsInf(p.t.Cost[l], 1) && pr.Lines[l].Broken[at(p.m.Space, pr.Lines[l].Scope, o)] {
			return l
		}
	}
	return -1
}

// Best writes the best allowed outcome into out and returns its utility, -Inf when its own hard lines
// forbid every outcome (out is then left alone).
func (p *Party) Best(out Offer) float64 {
	p.prepare()
	if len(p.sorted) == 0 {
		return math.Inf(-1)
	}
	p.m.Space.At(uint64(p.sorted[0]), out)
	return p.u[p.sorted[0]]
}

// Worst is the lowest utility of an allowed outcome, or a bound below it; +Inf when there is none.
func (p *Party) Worst() float64 {
	p.prepare()
	if len(p.sorted) == 0 {
		return math.Inf(1)
	}
	return p.u[p.sorted[len(p.sorted)-1]]
}

// AtLeast writes the allowed outcome of lowest utility >= u into out, exact or within Resolution.
// ok is false when no allowed outcome is worth u.
func (p *Party) AtLeast(u float64, out Offer) (got float64, ok bool) {
	p.prepare()
	n, _ := slices.BinarySearchFunc(p.sorted, u, func(i uint32, u float64) int {
		if p.u[i] >= u {
			return -1
		}
		return 1
	})
	if n == 0 {
		return 0, false
	}
	p.m.Space.At(uint64(p.sorted[n-1]), out)
	return p.u[p.sorted[n-1]], true
}

// Resolution is how far above the lowest utility >= u the answer of AtLeast may lie; 0 = exact.
func (p *Party) Resolution() float64 { return 0 }

// Descent walks the allowed outcomes, best first.
type Descent struct {
	p *Party
	n int
}

// Descend starts a walk. The walk ends with the next Set.
func (p *Party) Descend() *Descent {
	p.prepare()
	return &Descent{p: p}
}

// Next writes the next outcome into out; ok is false at the end.
func (d *Descent) Next(out Offer) (u float64, ok bool) {
	if d.n == len(d.p.sorted) {
		return 0, false
	}
	i := d.p.sorted[d.n]
	d.n++
	d.p.m.Space.At(uint64(i), out)
	return d.p.u[i], true
}

// BestFor writes the outcome that is best for an estimated other among those worth at least u to this
// party; false when there is none.
func (p *Party) BestFor(other Additive, u float64, out Offer) bool {
	p.prepare()
	o := p.m.Space.NewOffer()
	best, found := math.Inf(-1), false
	for _, i := range p.sorted {
		if p.u[i] < u {
			break
		}
		p.m.Space.At(uint64(i), o)
		if v := other.Utility(o); !found || v > best {
			best, found = v, true
			copy(out, o)
		}
	}
	return found
}
