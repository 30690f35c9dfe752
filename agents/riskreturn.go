package agents

import (
	"math"
	"sort"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// riskReturn trades the risk that an offer is turned down against its terms (Fearon 1995, "Rationalist explanations
// for war"), believing the other to be one of finitely many types (the opponent model `types`). Type j is taken
// to accept at time t what is worth to it at least
//
//	lo_j + (1 - t^(1/beta)) (hi_j - lo_j)
//
// that is, what it would then ask for itself; no deal is enough in the end. Of the frontier with each type it
// considers the outcome best for itself that this type takes, and offers the one for which
//
//	sum over types that take it of p_j x gain  +  delta x the same of the best offer one round on, over those that do not
//
// is largest. In a last offer that is Fearon's problem exactly; before, it looks one offer ahead. What was turned
// down makes the types that should have taken it as unlikely as `tremble` says. It takes an offer that is
// worth more than what its own next is to be expected to bring. So it skims: who is
// thought patient is tried last, and where waiting costs nothing it gives way only at the deadline (Spier 1992, "The
// dynamics of pretrial negotiation").
//
// It solves a frontier for each type in every session: a few milliseconds. Without a prior it plays as boulware.
type riskReturn struct {
	beta, delta, tremble float64

	made   *deal.Model
	solver *deal.Solver
	me     *deal.Party
	fronts []front
	seen   []deal.Terms // the types the fronts were made for
	own    deal.Terms

	begun, opens bool
	sent         bool     // an offer lies with the other
	takers       []bool   // who was thought to take it
	value        float64  // what the last offer was expected to bring
	pick         []int32  // scratch: by type, the candidate now, a point of its front; -1 none
	then         []int32  // likewise one offer on
	takes        [][]bool // scratch: by candidate and type
	alone        timed
}

// front is the frontier with a type.
type front struct {
	points []split // by own worth, falling
	flat   []uint16
}

func (b *riskReturn) waits() bool { return false }

func (b *riskReturn) begin(t *talk) {
	b.begun, b.sent, b.value = false, false, math.Inf(-1)
	b.alone.beta = 0.2
	b.alone.begin(t)
	m, ok := t.model.(*types)
	if !ok || !m.told() {
		return
	}
	if b.made != m.model {
		b.made, b.solver, b.me, b.seen = m.model, m.model.NewSolver(), m.model.NewParty(t.p.Side()), nil
	}
	if b.seen != nil && len(b.seen) == len(m.list) && &b.seen[0] == &m.list[0] && same(&b.own, t.p.Terms()) {
		return
	}
	b.seen = m.list
	b.own.Weight = append(b.own.Weight[:0], t.p.Terms().Weight...)
	b.own.Cost = append(b.own.Cost[:0], t.p.Terms().Cost...)
	b.me.Set(*t.p.Terms())
	n := len(m.list)
	for len(b.fronts) < n {
		b.fronts = append(b.fronts, front{})
		b.takes = append(b.takes, nil)
	}
	if len(b.pick) != n {
		b.pick, b.then, b.takers = make([]int32, n), make([]int32, n), make([]bool, n)
		for j := range n {
			b.takes[j] = make([]bool, n)
		}
	}
	me := t.p.Side()
	for j := range n {
		f := &b.fronts[j]
		f.points, f.flat = f.points[:0], f.flat[:0]
		pair := [2]*deal.Party{b.me, b.me}
		pair[1-me] = m.party[j]
		got, err := b.solver.Frontier(pair[0], pair[1])
		if err != nil {
			continue
		}
		for i := range got.Points {
			p := &got.Points[i]
			if me == 1 {
				p = &got.Points[len(got.Points)-1-i]
			}
			f.points = append(f.points, split{p.U[me], p.U[1-me]})
			f.flat = append(f.flat, p.Outcome...)
		}
	}
}

// needs is what type j takes at a time.
func (b *riskReturn) needs(m *types, j int, at float64) float64 {
	return m.hi[j] - float64(alpha(b.beta, 0, at)*(m.hi[j]-m.lo[j]))
}

// candidates are, by type, the points best for oneself that the type takes at a time.
func (b *riskReturn) candidates(m *types, at float64, out []int32) {
	for j := range out {
		need := b.needs(m, j, at)
		need -= tinyGain * (1 + math.Abs(need))
		p := b.fronts[j].points
		out[j] = int32(sort.Search(len(p), func(i int) bool { return p[i].theirs >= need }))
		if int(out[j]) == len(p) {
			out[j] = -1
		}
	}
}

// outcome is a point of a type's front.
func (b *riskReturn) outcome(j int, at int32, n int) deal.Offer {
	return b.fronts[j].flat[int(at)*n : int(at+1)*n]
}

// accepts whether type i takes an outcome at a time.
func (b *riskReturn) takenBy(m *types, i int, o deal.Offer, at float64) bool {
	need := b.needs(m, i, at)
	return m.party[i].Utility(o) >= need-tinyGain*(1+math.Abs(need))
}

// choose finds the best offer: with whose front, which point, and what it is expected to bring. now is when
// the other answers; then when it would answer the next, below 0 if there is none.
func (b *riskReturn) choose(t *talk, m *types, now, then float64) (typ int, point int32, value float64) {
	n := len(t.mine)
	none := t.terms.NoDeal
	b.candidates(m, now, b.pick)
	for k, at := range b.pick {
		if at < 0 {
			continue
		}
		o := b.outcome(k, at, n)
		for i := range b.takes[k] {
			b.takes[k][i] = b.takenBy(m, i, o, now)
		}
	}
	if then >= 0 {
		b.candidates(m, then, b.then)
	}
	typ = -1
	for k, at := range b.pick {
		if at < 0 || b.fronts[k].points[at].mine < none {
			continue
		}
		gain, taken := b.fronts[k].points[at].mine-none, 0.0
		for i, yes := range b.takes[k] {
			if yes {
				taken += m.b.At(i)
			}
		}
		v := float64(taken * gain)
		if then >= 0 {
			v += float64(b.delta * b.rest(t, m, k, then))
		}
		if typ < 0 || v > value {
			typ, point, value = k, at, v
		}
	}
	return typ, point, value
}

// rest is the most that one more offer can be expected to bring from the types that turn down candidate k.
func (b *riskReturn) rest(t *talk, m *types, k int, then float64) float64 {
	best, n := 0.0, len(t.mine)
	for j, at := range b.then {
		if at < 0 {
			continue
		}
		gain := b.fronts[j].points[at].mine - t.terms.NoDeal
		if gain <= best { // cannot be taken by more than all
			continue
		}
		o, taken := b.outcome(j, at, n), 0.0
		for i := range b.then {
			if !b.takes[k][i] && b.takenBy(m, i, o, then) {
				taken += m.b.At(i)
			}
		}
		best = max(best, float64(taken*gain))
	}
	return best
}

// when is the time at which the other answers the offer made in a round, below 0 if nobody does.
func (b *riskReturn) when(v *sim.View, round int32) float64 {
	if !b.opens {
		round++
	}
	switch {
	case round > max(v.Rounds, v.Round):
		return -1
	case v.Rounds <= 1:
		return 1
	}
	return min(1, float64(round-1)/float64(v.Rounds-1))
}

func (b *riskReturn) next(t *talk, v *sim.View) bid {
	m, ok := t.model.(*types)
	if !ok || !m.told() {
		return b.alone.next(t, v)
	}
	if !b.begun {
		b.begun, b.opens = true, !v.Has
	}
	if b.sent {
		b.sent = false
		for i, yes := range b.takers {
			m.like[i] = 1
			if yes {
				m.like[i] = b.tremble
			}
		}
		m.news()
	}
	now, then := b.when(v, v.Round), b.when(v, v.Round+1)
	b.value = 0
	if now < 0 { // nobody can take it
		copy(t.mine, t.best)
		return t.say(t.hi, t.hi)
	}
	typ, point, value := b.choose(t, m, now, then)
	if typ < 0 {
		copy(t.mine, t.best)
		return t.say(t.hi, t.hi)
	}
	b.value, b.sent = value, true
	copy(b.takers, b.takes[typ])
	copy(t.mine, b.outcome(typ, point, len(t.mine)))
	u := b.fronts[typ].points[point].mine
	return t.say(u, min(t.hi, max(t.lo, u)))
}

func (b *riskReturn) accepts(t *talk, v *sim.View, made bid) bool {
	if math.IsInf(b.value, -1) {
		return t.worth >= made.bar
	}
	return t.worth-t.terms.NoDeal >= b.value-tinyGain*(1+math.Abs(b.value))
}

const (
	fearon95 = "Fearon (1995), Rationalist explanations for war; Spier (1992), The dynamics of pretrial negotiation"
	harsanyi = "Harsanyi (1967), Games with incomplete information played by Bayesian players; Hindriks and Tykhonov (2008) for the likelihood"
)

func init() {
	biddings = append(biddings, part[bidder]{
		Info{"risk_return", Bidding, "Offers what trades the chance of a refusal against its terms best, by a belief over the other's types.", fearon95, params([]Param{
			{Name: "their_pace", Min: 0.001, Max: 1000, Default: 1, Doc: "Faratin's beta of the types: how they come to accept more"},
			{Name: "patience_delta", Min: 0, Max: 1, Default: 1, Doc: "what a gain is worth to it a round later"},
			{Name: "tremble", Min: 0, Max: 1, Default: 0.05, Doc: "chance that a type turns down what it should take"},
		}, common...)},
		func() (bidder, []*float64) {
			b := &riskReturn{}
			return b, []*float64{&b.beta, &b.delta, &b.tremble}
		},
	})
	usual["risk_return"] = [2]string{"own", "types"}
	models = append(models, part[model]{
		Info{"types", Opponent, "Beliefs over full types of the other side, drawn as the scenario says, updated by Bayes' rule.", harsanyi, []Param{
			{Name: "types", Min: 1, Max: 256, Default: 16, Whole: true, Doc: "how many types it supposes"},
			{Name: "give", Min: 0, Max: 1, Default: 1, Doc: "how far the types are thought to give way by the end, as a share of their range"},
			{Name: "spread", Min: 0.01, Max: 10, Default: 0.25, Doc: "how exactly they are thought to keep to that"},
		}},
		func() (model, []*float64) {
			m := &types{}
			return m, []*float64{&m.count, &m.give, &m.sigma}
		},
	})
}
