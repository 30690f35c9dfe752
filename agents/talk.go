package agents

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// talk is what the parts of a negotiator share: the party, what it may aim at, what was heard and what
// was said. It is used again for the next session. What every turn touches stands first.
type talk struct {
	p        *deal.Party
	lo, hi   float64 // the range of targets
	worth    float64 // the utility of the last offer heard, -Inf over a hard line
	bestYet  float64 // highest utility heard
	stale    int32   // turns since that rose
	news     int32   // offers heard that differed from the one before
	version  int32   // news when the last bid was sought
	hopeless bool    // nothing it may sign is worth no deal
	made     bool    // something was said
	sent     bool    // climb stands where this session sent it
	same     bool    // this turn's bid is the last turn's, to the value
	foreign  bool    // the last bid is not of reach's making

	sought float64    // the target of the last bid
	mineU  float64    // its utility
	mine   deal.Offer // the last bid
	model  model      // nil for none
	exact  float64    // not 0: search with Party.BestFor and not by climbing
	climb  climber

	rng   *rand.Rand
	space *deal.Space
	worst float64    // lowest utility of an allowed outcome
	best  deal.Offer // of utility hi
	kept  deal.Offer // the best offer heard, of utility bestYet
	terms deal.Terms // a copy of the party's
	seen  uint32     // version of the party's terms
	again bool       // the same party and terms as in the session before
}

// has reports whether something was heard.
func (t *talk) has() bool { return t.news > 0 }

// bid is what a bidding strategy comes up with; the offer is in talk.mine.
type bid struct {
	u   float64 // its utility
	aim float64 // the target; NaN for none
	bar float64 // what AC_next compares with: the utility of the next bid
}

func (t *talk) begin(p *deal.Party, rng *rand.Rand) {
	t.again = p == t.p && equal(p.Terms(), &t.terms)
	t.p, t.rng, t.seen = p, rng, p.Version()
	t.worth, t.bestYet, t.stale, t.news, t.made, t.sent = math.Inf(-1), math.Inf(-1), 0, 0, false, false
	if !t.again {
		t.look()
	}
	if t.model != nil {
		t.model.begin(t.space)
	}
}

// look finds out what the party may aim at.
func (t *talk) look() {
	now := t.p.Terms()
	t.terms.Weight = append(t.terms.Weight[:0], now.Weight...)
	t.terms.Cost = append(t.terms.Cost[:0], now.Cost...)
	t.terms.NoDeal = now.NoDeal
	if space := t.p.Model().Space; t.space != space {
		t.space, t.best, t.mine, t.kept = space, space.NewOffer(), space.NewOffer(), space.NewOffer()
	}
	t.hi = t.p.Best(t.best)
	t.hopeless = !(t.hi >= now.NoDeal) || math.IsInf(t.hi, -1)
	t.worst = math.Min(t.hi, t.p.Worst())
	if t.hopeless {
		t.lo = t.hi
		return
	}
	t.lo = math.Min(t.hi, math.Max(now.NoDeal, t.worst))
}

// shift takes in that what no deal is worth has moved since the last turn.
func (t *talk) shift() {
	none := t.p.NoDeal()
	t.terms.NoDeal, t.again = none, false
	t.hopeless = !(t.hi >= none) || math.IsInf(t.hi, -1)
	if t.hopeless {
		t.lo = t.hi
		return
	}
	t.lo = math.Min(t.hi, math.Max(none, t.worst))
}

// equal compares what utilities depend on.
func equal(a, b *deal.Terms) bool {
	return a.NoDeal == b.NoDeal && slices.Equal(a.Weight, b.Weight) && slices.Equal(a.Cost, b.Cost)
}

// hear takes in the offer before this side.
func (t *talk) hear(v *sim.View) {
	if v.Fresh || t.news == 0 {
		t.news++
		t.worth = t.p.Utility(v.Theirs)
		if t.model != nil {
			t.model.hear(v.Theirs, clock(v))
		}
	}
	if t.worth > t.bestYet {
		t.bestYet, t.stale = t.worth, 0
		copy(t.kept, v.Theirs)
	} else {
		t.stale++
	}
}

// reach makes the bid for a target: the outcome of lowest utility at or above it, or with an opponent
// model the one that suits the other best among those. It searches only if the answer can have changed.
func (t *talk) reach(target float64) bid {
	if t.model != nil && t.has() {
		return t.reachFor(target, t.model)
	}
	if !t.made || target != t.sought || t.version != 0 {
		u, ok := t.hi, false
		if target < t.hi {
			u, ok = t.p.AtLeast(target, t.mine)
		}
		if !ok {
			copy(t.mine, t.best)
			u = t.hi
		}
		t.said(u, target, 0)
	}
	return bid{u: t.mineU, aim: target, bar: t.mineU}
}

// reachFor makes the bid that an estimate of the other likes among those that reach the target. The
// estimate may have changed when something new was heard, and only then.
func (t *talk) reachFor(target float64, m model) bid {
	switch {
	case t.made && target == t.sought && t.version == t.news:
	case t.exact != 0:
		u := t.hi
		if t.p.BestFor(m.estimate().additive(), target, t.mine) {
			u = t.p.Utility(t.mine)
		} else {
			copy(t.mine, t.best)
		}
		t.said(u, target, t.news)
	default:
		if !t.sent {
			t.sent, t.made = true, false
			t.climb.begin(t)
		}
		if t.foreign || !t.made || !t.climb.rests(target, t.news) {
			t.climb.find(target, m.estimate(), t.news)
			copy(t.mine, t.climb.at)
		}
		t.said(t.climb.u, target, t.news)
	}
	return bid{u: t.mineU, aim: target, bar: t.mineU}
}

func (t *talk) said(u, sought float64, version int32) {
	t.made, t.mineU, t.sought, t.version, t.foreign = true, u, sought, version, false
}

// say makes a bid of an outcome worth u that was found elsewhere and lies in t.mine.
func (t *talk) say(u, aim float64) bid {
	t.said(u, math.NaN(), 0)
	t.foreign = true
	return bid{u: u, aim: aim, bar: u}
}

// repeat offers the best offer heard back; ok is false if there is none worth no deal.
func (t *talk) repeat() (b bid, ok bool) {
	if !(t.bestYet >= t.lo) {
		return bid{}, false
	}
	copy(t.mine, t.kept)
	return t.say(t.bestYet, min(t.bestYet, t.hi)), true
}

// heard is the share of the last offer, within 0 and 1.
func (t *talk) heard() float64 { return within(t.share(t.worth)) }

func within(x float64) float64 {
	switch {
	case x > 1:
		return 1
	case x > 0:
		return x
	}
	return 0
}

// clock is the time of a view, 0 to 1.
func clock(v *sim.View) float64 {
	switch {
	case v.Rounds <= 1 && v.Round <= 1:
		if v.Has {
			return 1
		}
		return 0
	case v.Round >= v.Rounds:
		return 1
	}
	return float64(v.Round-1) / float64(v.Rounds-1)
}

// level is the utility at a share of the range: 0 = lo, 1 = hi, exactly at both ends.
func (t *talk) level(share float64) float64 {
	return math.Max(t.lo, t.hi-float64((1-share)*(t.hi-t.lo)))
}

// share is where a utility lies in the range; 1 where the range is a point.
func (t *talk) share(u float64) float64 {
	if t.hi == t.lo {
		if u < t.lo {
			return 0
		}
		return 1
	}
	return (u - t.lo) / (t.hi - t.lo)
}
