package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// bestResponse plays the best response to a given opponent: one that follows the time-dependent tactic of Faratin, Sierra
// and Jennings (1998) with a known concession, without an opponent model, and takes what is worth its own next bid
// (AC_next). Nothing that is said moves such an opponent, so its offers and what it would take are known in
// advance, and the best this side can have is the better of
//
//   - the best of its offers, taken when it comes, and
//   - the best outcome that is worth to it what it last asks for, offered in the last round it can answer in.
//
// What comes first and is worth the most is waited for; until then it offers its best outcome, which harms nothing. It has to be told
// the other's preferences (Knower). If it is not, it plays as Boulware. A yardstick, not a player for real talks.
type bestResponse struct {
	beta, kappa float64 // the other's

	other   deal.Terms
	known   bool
	party   *deal.Party
	rounds  int32
	first   bool
	planned bool
	best    float64
	deal    deal.Offer // what to offer in round at, or nil to wait for an offer
	at      int32
	wait    bool
	scratch deal.Offer
	alone   timed
}

func (b *bestResponse) know(other *deal.Terms) {
	b.known = true
	b.other.Weight = append(b.other.Weight[:0], other.Weight...)
	b.other.Cost = append(b.other.Cost[:0], other.Cost...)
	b.other.NoDeal, b.other.Risk = other.NoDeal, other.Risk
}

func (b *bestResponse) begin(t *talk) {
	b.planned, b.first = false, false
	b.alone.beta = 0.2
	b.alone.begin(t)
	if !b.known {
		return
	}
	m := t.p.Model()
	if b.party == nil || b.party.Model() != m || b.party.Side() == t.p.Side() {
		b.party = m.NewParty(1 - t.p.Side())
		b.deal, b.scratch = m.Space.NewOffer(), m.Space.NewOffer()
	}
	if len(b.other.Weight) != len(m.Profile[1-t.p.Side()].Interests) || len(b.other.Cost) != len(m.Profile[1-t.p.Side()].Lines) {
		b.known = false
		return
	}
	b.party.Set(b.other)
}

func (b *bestResponse) waits() bool { return false }

// plan works out the other's course. opens is set when this side moves first in a round.
func (b *bestResponse) plan(t *talk, rounds int32, opens bool) {
	b.planned, b.best, b.wait, b.at = true, math.Inf(-1), false, 0
	hi := b.party.Best(b.scratch)
	none := b.party.NoDeal()
	if !(hi >= none) {
		return
	}
	lo := min(hi, max(none, b.party.Worst()))
	bar := math.Inf(1)
	for r := int32(1); r <= rounds; r++ {
		v := sim.View{Round: r, Rounds: rounds, Has: opens || r > 1}
		target := max(lo, hi-alpha(b.beta, b.kappa, clock(&v))*(hi-lo))
		u, ok := b.party.AtLeast(target, b.scratch)
		if !ok || target >= hi {
			u = b.party.Best(b.scratch)
		}
		// Its offer of round r is before this side in round r if it opens, else in r + 1.
		if x := t.p.Utility(b.scratch); (!opens || r < rounds) && x > b.best {
			b.best, b.wait = x, true
		}
		// What it takes in round r must be worth u to it. It is offered in r if this side opens, else in r - 1.
		if opens && u < bar {
			bar, b.at = u, r
		} else if !opens && r > 1 && u < bar {
			bar, b.at = u, r-1
		}
	}
	if math.IsInf(bar, 1) {
		return
	}
	// The best for this side among what the other takes.
	walk := t.p.Descend()
	for range 1 << 20 {
		u, ok := walk.Next(b.scratch)
		if !ok || u < t.lo || u <= b.best {
			break
		}
		if b.party.Utility(b.scratch) >= bar && b.party.Breaks(b.scratch) < 0 {
			b.best, b.wait = u, false
			copy(b.deal, b.scratch)
			break
		}
	}
	if b.best < t.lo {
		b.best = math.Inf(-1)
	}
}

func (b *bestResponse) next(t *talk, v *sim.View) bid {
	if !b.known {
		return b.alone.next(t, v)
	}
	if !b.planned || b.rounds != v.Rounds {
		b.rounds = v.Rounds
		b.plan(t, v.Rounds, !v.Has || b.first)
		b.first = !v.Has
	}
	if !b.wait && v.Round >= b.at && !math.IsInf(b.best, -1) {
		copy(t.mine, b.deal)
		return t.say(b.best, min(b.best, t.hi))
	}
	copy(t.mine, t.best)
	return t.say(t.hi, t.hi)
}

func (b *bestResponse) accepts(t *talk, v *sim.View, made bid) bool {
	if !b.known {
		return t.worth >= made.bar
	}
	return t.worth >= b.best || v.Round >= v.Rounds
}
