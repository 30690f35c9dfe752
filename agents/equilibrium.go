package agents

import (
	"math"
	"slices"
	"sort"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// equilibrium plays the subgame-perfect equilibrium of alternating offers between two sides that know
// all of each other (Rubinstein 1982, "Perfect equilibrium in a bargaining model"; Stahl 1972 for
// finitely many offers), by backward induction over the frontier of the talks at hand.
//
// A deal at the k-th offer is worth delta^(k-1) times its gain over no deal, to each side with its own
// delta; that is the players' own impatience and nothing that the table takes off. In talks of R rounds
// offers 1 to 2R-1 can be accepted. Whoever makes the last of them takes the best that leaves the other
// no deal; before that
//
//	x_k = the frontier's best for its maker among what is worth to the other at least
//	      delta_other times what it would have of its own offer, x_{k+1}
//
// or, if its maker would rather wait for x_{k+1}, an offer that the other turns down. An offer is taken if
// it is worth at least delta times one's own next. So both know from the first offer on how it ends; what the
// other does beside the path changes nothing.
//
// stahl counts the offers there are. rubinstein takes them to be without end: the induction starts so far
// off that delta has eaten the rest, and stops earlier where offers repeat. On a frontier of finitely many
// points that is unique only if the points are close against 1 - delta: else every split can be an
// equilibrium (van Damme, Selten and Winter 1990) and what is played is the one that the far end leads to.
//
// They must be told the other's preferences (Knower); if they are not, they play as boulware. What no deal is
// worth to the other is taken as it stood at first; a change of one's own counts.
type equilibrium struct {
	endless      bool
	delta, their float64

	other deal.Terms
	known bool

	made   *deal.Model // what the next four were made for
	solver *deal.Solver
	party  [2]*deal.Party
	terms  [2]deal.Terms // the frontier's
	points []split
	flat   []uint16 // their outcomes

	none   float64 // own no deal that the plan was made with
	rounds int32
	opens  bool
	begun  bool
	plan   []offer // by offer, the first at 0; endless: the opener's, the other's
	alone  timed
}

// split is a point of the frontier: what it is worth to oneself and to the other; by own worth, falling.
type split struct{ mine, theirs float64 }

// offer is what a plan has for one offer.
type offer struct {
	point  int32   // what to propose; -1 = the own best, to be turned down
	mine   float64 // gains that the game is worth from there on, not discounted back
	theirs float64 //
}

func (b *equilibrium) know(other *deal.Terms) {
	b.known = true
	b.other.Weight = append(b.other.Weight[:0], other.Weight...)
	b.other.Cost = append(b.other.Cost[:0], other.Cost...)
	b.other.NoDeal, b.other.Risk = other.NoDeal, other.Risk
}

func (b *equilibrium) waits() bool { return false }

func (b *equilibrium) begin(t *talk) {
	b.begun, b.rounds, b.plan = false, 0, b.plan[:0]
	b.alone.beta = 0.2
	b.alone.begin(t)
	m, me := t.p.Model(), t.p.Side()
	if !b.known || len(b.other.Weight) != len(m.Profile[1-me].Interests) || len(b.other.Cost) != len(m.Profile[1-me].Lines) {
		b.known = false
		return
	}
	if b.made != m {
		b.made, b.solver = m, m.NewSolver()
		b.party = [2]*deal.Party{m.NewParty(0), m.NewParty(1)}
		b.terms = [2]deal.Terms{}
	}
	now := [2]*deal.Terms{&b.other, &b.other}
	now[me] = t.p.Terms()
	if same(now[0], &b.terms[0]) && same(now[1], &b.terms[1]) && b.points != nil {
		return
	}
	for k, x := range now {
		b.party[k].Set(*x)
		b.terms[k].Weight = append(b.terms[k].Weight[:0], x.Weight...)
		b.terms[k].Cost = append(b.terms[k].Cost[:0], x.Cost...)
	}
	b.points, b.flat = b.points[:0], b.flat[:0]
	f, err := b.solver.Frontier(b.party[0], b.party[1])
	if err != nil {
		return
	}
	for i := range f.Points {
		p := &f.Points[i]
		if me == 1 { // by own worth, falling
			p = &f.Points[len(f.Points)-1-i]
		}
		b.points = append(b.points, split{p.U[me], p.U[1-me]})
		b.flat = append(b.flat, p.Outcome...)
	}
}

// same compares what a frontier depends on.
func same(a, b *deal.Terms) bool {
	return slices.Equal(a.Weight, b.Weight) && slices.Equal(a.Cost, b.Cost)
}

// best is the point best for one side among those worth at least `least` to the other, -1 for none.
// mine says whose best.
func (b *equilibrium) best(mine bool, least float64) int32 {
	n := len(b.points)
	if mine {
		k := sort.Search(n, func(i int) bool { return b.points[i].theirs >= least })
		if k == n {
			return -1
		}
		return int32(k)
	}
	return int32(sort.Search(n, func(i int) bool { return b.points[i].mine < least })) - 1
}

// tiny is what rounding may do to a comparison of gains.
const tinyGain = 1e-12

// step is the offer before one, by the side that mine names. after is nil for the last.
func (b *equilibrium) step(mine bool, after *offer) offer {
	myNone, theirNone := b.none, b.other.NoDeal
	least, wait := 0.0, offer{point: -1}
	if after != nil {
		wait.mine, wait.theirs = float64(b.delta*after.mine), float64(b.their*after.theirs)
		least = wait.theirs
		if !mine {
			least = wait.mine
		}
	}
	none := theirNone
	if !mine {
		none = myNone
	}
	k := b.best(mine, none+least-tinyGain*(1+math.Abs(none+least)))
	if k < 0 {
		return wait
	}
	p := b.points[k]
	o := offer{k, p.mine - myNone, p.theirs - theirNone}
	if mine && o.mine < wait.mine-tinyGain || !mine && o.theirs < wait.theirs-tinyGain {
		return wait
	}
	return o
}

// solve fills the plan for talks of some rounds.
func (b *equilibrium) solve(rounds int32) {
	b.rounds = rounds
	// The opener makes offers 1, 3, ...; mine says whether the k-th, from 0, is one's own.
	mine := func(k int) bool { return (k%2 == 0) == b.opens }
	if !b.endless {
		n := int(max(1, 2*rounds-1))
		b.plan = slices.Grow(b.plan[:0], n)[:n]
		for k := n - 1; k >= 0; k-- {
			if k == n-1 {
				b.plan[k] = b.step(mine(k), nil)
			} else {
				b.plan[k] = b.step(mine(k), &b.plan[k+1])
			}
		}
		return
	}
	// Two offers, again and again, from a far end; delta to the power of far is below 1e-9.
	far := 2 * int(math.Ceil(math.Log(1e-9)/math.Log(math.Max(0.01, math.Max(b.delta, b.their))))/2+1)
	b.plan = slices.Grow(b.plan[:0], 2)[:2]
	b.plan[1] = b.step(mine(1), nil)
	for range far {
		was := [2]offer{b.plan[0], b.plan[1]}
		b.plan[0] = b.step(mine(0), &b.plan[1])
		b.plan[1] = b.step(mine(1), &b.plan[0])
		if b.plan[0] == was[0] && b.plan[1] == was[1] {
			break
		}
	}
	b.plan[0] = b.step(mine(0), &b.plan[1])
}

// at is the plan's k-th offer, from 0; the zero offer, which is no deal, past the last.
func (b *equilibrium) at(k int) offer {
	switch {
	case b.endless:
		return b.plan[k&1]
	case k < len(b.plan):
		return b.plan[k]
	}
	return offer{point: -1}
}

// turn is the place, from 0, of the offer that this side makes in a view's round.
func (b *equilibrium) turn(v *sim.View) int {
	k := 2 * (int(v.Round) - 1)
	if !b.opens {
		k++
	}
	return k
}

func (b *equilibrium) next(t *talk, v *sim.View) bid {
	if !b.known || len(b.points) == 0 {
		return b.alone.next(t, v)
	}
	if !b.begun {
		b.begun, b.opens = true, !v.Has
	}
	rounds := max(v.Rounds, v.Round)
	if len(b.plan) == 0 || b.rounds != rounds && !b.endless || b.none != t.terms.NoDeal {
		b.none = t.terms.NoDeal
		b.solve(rounds)
	}
	o := b.at(b.turn(v))
	if o.point < 0 {
		copy(t.mine, t.best)
		return t.say(t.hi, t.hi)
	}
	n := len(t.mine)
	copy(t.mine, b.flat[int(o.point)*n:int(o.point+1)*n])
	u := b.points[o.point].mine
	return t.say(u, min(t.hi, max(t.lo, u)))
}

func (b *equilibrium) accepts(t *talk, v *sim.View, made bid) bool {
	if !b.known || len(b.points) == 0 {
		return t.worth >= made.bar
	}
	// What waiting is worth: one's own next offer, an offer later.
	wait := float64(b.delta * b.at(b.turn(v)).mine)
	return t.worth-t.terms.NoDeal >= wait-tinyGain*(1+math.Abs(t.worth))
}

const (
	rubinstein82 = "Rubinstein (1982), Perfect equilibrium in a bargaining model"
	stahl72      = "Stahl (1972), Bargaining Theory"
)

func patienceOf(most float64, why string) []Param {
	return []Param{
		{Name: "delta", Min: 0, Max: most, Default: 0.9, Doc: "what a gain is worth an offer later, to itself", Why: why},
		{Name: "their_delta", Min: 0, Max: most, Default: 0.9, Doc: "the same to the other side", Why: why},
	}
}

func newEquilibrium(endless bool) func() (bidder, []*float64) {
	return func() (bidder, []*float64) {
		b := &equilibrium{endless: endless}
		return b, []*float64{&b.delta, &b.their}
	}
}

var equilibria = []part[bidder]{
	{Info{
		"stahl", Bidding, "The equilibrium of alternating offers with a last round, by backward induction; it is told the other's preferences.", stahl72,
		params(patienceOf(1, ""), common...),
	}, newEquilibrium(false)},
	{Info{
		"rubinstein", Bidding, "The equilibrium of alternating offers without end, by backward induction; it is told the other's preferences.", rubinstein82,
		params(patienceOf(0.9999, "with no last offer a side that loses nothing by waiting need never give way: delta = 1 has no equilibrium to play"), common...),
	}, newEquilibrium(true)},
}

func init() {
	biddings = append(biddings, equilibria...)
	usual["stahl"] = [2]string{"own", "none"}
	usual["rubinstein"] = [2]string{"own", "none"}
}
