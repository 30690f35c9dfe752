package agents

import (
	"math"

	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/belief"
)

// Supposer is a negotiator that holds a prior over the other side's types. Whoever runs the talks may give it
// one, before Begin: as a rule draws of what the scenario says the other side may be. Without one it plays
// as if it had no such part.
type Supposer interface {
	// Supposes is how many types it asks for; 0: none.
	Supposes() int
	// Suppose gives them, equally likely: terms of side `other` of the model. They are kept and must not
	// change; the same slice again costs nothing.
	Suppose(m *deal.Model, other int, types []deal.Terms)
}

// Supposes implements Supposer.
func (a *agent) Supposes() int {
	if m, ok := a.talk.model.(*types); ok {
		return int(m.count)
	}
	return 0
}

// Suppose implements Supposer.
func (a *agent) Suppose(m *deal.Model, other int, list []deal.Terms) {
	if x, ok := a.talk.model.(*types); ok {
		x.suppose(m, other, list)
	}
}

// types is an opponent model that believes the other to be one of finitely many types, each a full set of
// preferences, and updates by Bayes' rule (sim/politics/belief). An offer o at time t, 0 to 1, is as likely
// from type j as
//
//	exp(-(s_j(o) - (1 - give t))^2 / (2 sigma^2))
//
// where s_j is its worth to j between no deal (0) and j's best (1): sides give way linearly, more or less (Hindriks
// and Tykhonov 2008, eqs. 5 and 6). What breaks a line that j would not cross, j cannot have offered. A walk-out
// and what is turned down are the bidding strategy's to report. The estimate handed on is the mean over
// types of what each value of each issue changes from the types' best outcomes.
type types struct {
	count, give, sigma float64

	model *deal.Model
	side  int
	list  []deal.Terms
	party []*deal.Party
	lo    []float64 // no deal, or the worst they can sign if that is better
	hi    []float64 // their best
	main  []deal.Additive
	b     *belief.Belief
	like  []float64
	est   estimate
	dirty bool
	alone frequency // without a prior
}

func (m *types) told() bool { return m.b != nil }

func (m *types) suppose(model *deal.Model, side int, list []deal.Terms) {
	if len(list) == 0 {
		m.b, m.list = nil, nil
		return
	}
	if m.model == model && m.side == side && len(m.list) == len(list) && &m.list[0] == &list[0] {
		return
	}
	n := len(list)
	m.model, m.side, m.list = model, side, list
	m.party, m.main = make([]*deal.Party, n), make([]deal.Additive, n)
	m.lo, m.hi, m.like = make([]float64, n), make([]float64, n), make([]float64, n)
	m.b = belief.Even(n)
	o := model.Space.NewOffer()
	for j := range list {
		p := model.NewParty(side)
		p.Set(list[j])
		m.party[j] = p
		m.hi[j] = p.Best(o)
		m.lo[j] = math.Min(m.hi[j], math.Max(p.NoDeal(), p.Worst()))
		m.main[j] = around(p, o, m.hi[j])
	}
	m.est = newEstimate(model.Space)
	for i := range m.est.scale {
		m.est.scale[i] = 1
	}
}

// around is what each value of each issue changes from an outcome worth u; what a line forbids changes as
// much as all that the outcome is worth.
func around(p *deal.Party, o deal.Offer, u float64) deal.Additive {
	out := table(p.Model().Space)
	if math.IsInf(u, -1) {
		return out
	}
	span := math.Max(u-p.NoDeal(), 0)
	for i, row := range out.Value {
		was := o[i]
		for v := range row {
			o[i] = uint16(v)
			row[v] = math.Max(p.Utility(o)-u, -span)
		}
		o[i] = was
	}
	return out
}

func (m *types) begin(space *deal.Space) {
	if !m.told() || m.model.Space != space {
		m.b = nil
		m.alone.learning = 0.2
		m.alone.begin(space)
		return
	}
	m.b.Reset()
	m.dirty = true
}

func (m *types) hear(o deal.Offer, at float64) {
	if !m.told() {
		m.alone.hear(o, at)
		return
	}
	want := 1 - m.give*at
	for j, p := range m.party {
		m.like[j] = 0
		if u := p.Utility(o); !math.IsInf(u, -1) {
			gap := m.share(j, u) - want
			m.like[j] = math.Exp(-gap * gap / (2 * m.sigma * m.sigma))
		}
	}
	m.news()
}

// news takes in the likelihoods in m.like.
func (m *types) news() {
	m.b.Update(m.like)
	m.dirty = true
}

// share is where a utility lies between no deal and the best of type j.
func (m *types) share(j int, u float64) float64 {
	if m.hi[j] <= m.lo[j] {
		if u < m.lo[j] {
			return 0
		}
		return 1
	}
	return (u - m.lo[j]) / (m.hi[j] - m.lo[j])
}

func (m *types) estimate() *estimate {
	if !m.told() {
		return m.alone.estimate()
	}
	if m.dirty {
		m.dirty = false
		for i, row := range m.est.row {
			for v := range row {
				sum := 0.0
				for j := range m.main {
					sum += float64(m.b.At(j) * m.main[j].Value[i][v])
				}
				row[v] = sum
			}
		}
	}
	return &m.est
}
