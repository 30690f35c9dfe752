package scenario

import (
	"math"
	"math/rand/v2"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/home"
)

// mandate is how a negotiator who knows of those at home, or guesses, bargains. Two things change.
//
// It bargains for home too: each audience's score counts beside the party's own worth, by home.Heed, the
// first-order correction for the chance that home agrees. Scores are sums over the party's interests, so this
// is the same interests at other weights, and costs nothing at the table. If even its best deal would then be
// refused, it heeds home four times as much, and sixteen times.
//
// And there is a line that it will not cross: it signs nothing that is worth less than no deal to its party, or that it
// thinks home would rather refuse than accept (home.Likely); what it would propose beyond that line it
// replaces by its last offer within it. If no deal it can find is within the line, there is nothing to lose: it bargains as if
// home did not matter, and home decides.
type mandate struct {
	m     *Model
	side  int
	h     *homeSeat
	party *deal.Party // what it plays for: interests at the weights home gives them
	inner sim.Negotiator

	draw   *Draw
	weight []float64
	guess  []float64 // error about each audience's agree
	shift  float64   // no deal to it, less no deal to its party
	line   bool
	best   deal.Offer
	last   deal.Offer
	has    bool
	none   float64 // what no deal was worth to its party when the last offer was found within the line
}

func (m *Model) newMandate(side int, h *homeSeat) *mandate {
	n := len(m.home.side[side].names)
	return &mandate{
		m: m, side: side, h: h, party: m.Deal.NewParty(side), weight: make([]float64, len(m.components[side])),
		guess: make([]float64, n), best: make(deal.Offer, len(m.Space.Issues)), last: make(deal.Offer, len(m.Space.Issues)),
	}
}

// heed sets the mandate for a run and reports whether it changes anything.
func (n *mandate) heed(d *Draw, seed uint64) bool {
	r := &n.m.home
	a := &r.side[n.side]
	if r.know == ignored || !r.played || len(a.names) == 0 {
		return false
	}
	n.draw, n.has = d, false
	n.h.fill(a, d.Values)
	for k := range n.guess {
		n.guess[k] = 0
		if sd := r.err.at(d.Values); r.know == estimated && sd > 0 && d.Replication != Typical {
			n.guess[k] = sd * math.Sqrt2 * math.Erfinv(2*chance.U(seed, d.Replication, a.guess[k], 0)-1)
		}
		n.h.e.Agree[k] += n.guess[k]
	}
	n.h.e.Heed(r.stake[n.side], n.h.heed)
	for _, times := range []float64{1, 4, 16} {
		n.weigh(a, times)
		n.party.Best(n.best)
		if n.line = n.within(n.best); n.line {
			return true
		}
	}
	return false
}

// weigh gives the party its interests at the weights that home gives them, times the heed.
func (n *mandate) weigh(a *atHome, times float64) {
	own := &n.draw.Terms[n.side]
	terms := *own
	terms.Weight = n.weight
	terms.NoDeal = own.NoDeal
	more := n.h.value // scratch: what each interest's weight is multiplied by, less 1
	clear(more)
	for k := range a.names {
		l := times * n.h.heed[k]
		for _, like := range a.likes[k] {
			more[like.interest] += float64(l * like.times.at(n.draw.Values))
		}
		terms.NoDeal += float64(l * n.h.e.Agree[k])
	}
	for k := range n.weight {
		n.weight[k] = own.Weight[k] * (1 + more[n.m.components[n.side][k].interest])
	}
	for k, x := range more {
		terms.NoDeal += float64(x * n.draw.None[n.side][k])
	}
	n.shift = terms.NoDeal - own.NoDeal
	n.party.Set(terms)
}

// within reports whether an outcome is one that it would sign: worth no less than no deal to its party,
// and likely to pass at home as far as it knows.
func (n *mandate) within(o deal.Offer) bool {
	none := n.party.NoDeal() - n.shift // which moves while they talk
	if n.has && none == n.none && o.Equal(n.last) {
		return true
	}
	n.m.read(n.side, n.h, n.draw, o)
	worth := -n.m.softCosts(n.side, n.draw, o)
	if n.m.usd {
		worth += n.draw.Terms[n.side].NoDeal // values are over it
	}
	for _, v := range n.h.value {
		worth += v
	}
	return worth >= none && n.h.e.ChanceOf(n.h.score) >= home.Likely
}

// Begin implements sim.Negotiator.
func (n *mandate) Begin(p *deal.Party, rng *rand.Rand) {
	n.has = false
	n.inner.Begin(p, rng)
}

// Respond implements sim.Negotiator.
func (n *mandate) Respond(v *sim.View, out deal.Offer) sim.Kind {
	kind := n.inner.Respond(v, out)
	switch {
	case kind == sim.Accept && !n.within(v.Theirs):
		if v.Text != nil {
			return sim.Propose // a no
		}
		n.stand(out)
		return sim.Propose
	case kind == sim.Propose && v.Text == nil:
		if !n.within(out) {
			n.stand(out)
		}
		copy(n.last, out)
		n.has, n.none = true, n.party.NoDeal()-n.shift
	}
	return kind
}

// stand writes its last offer within the line, its best if there was none.
func (n *mandate) stand(out deal.Offer) {
	if !n.has {
		copy(n.last, n.best)
		n.has, n.none = true, math.NaN()
	}
	copy(out, n.last)
}

// Aim implements sim.Aimer.
func (n *mandate) Aim() float64 {
	if a, ok := n.inner.(sim.Aimer); ok {
		return a.Aim() - n.shift
	}
	return math.NaN()
}

// stakes sets the gain that each negotiator has in mind when it weighs home: half of what its party
// could gain at most, at the middle of every drawn number.
func (m *Model) stakes() {
	if !m.home.played || m.home.know == ignored {
		return
	}
	d := m.NewDraw()
	m.Draw(0, Typical, d)
	o := make(deal.Offer, len(m.Space.Issues))
	for s := range m.sides {
		p := m.Deal.NewParty(s)
		p.Set(d.Terms[s])
		if best := p.Best(o); !math.IsInf(best, 0) {
			m.home.stake[s] = max(0, best-p.NoDeal()) / 2
		}
	}
}
