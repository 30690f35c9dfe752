package agents

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// Spec says what a negotiator is made of.
type Spec struct {
	Bidding  string             // required
	Accept   string             // acceptance condition; "" = what usually goes with the bidding strategy (Usual)
	Opponent string             // opponent model; "" = likewise
	Params   map[string]float64 // parameters of the three parts; those left out have their defaults
}

// Negotiator is a sim.Negotiator whose parameters can be changed between sessions.
type Negotiator interface {
	sim.Negotiator
	sim.Aimer
	// Tune sets the named parameters and leaves the others as they are. On an error (a name that
	// none of the parts has, a value out of range) it sets none. It does not allocate unless it
	// fails. Call it before Begin.
	Tune(params map[string]float64) error
	// Set is Tune for one parameter.
	Set(name string, value float64) error
}

// New puts a negotiator together: New(Spec{Bidding: "boulware"}) is one that holds out, with the acceptance
// condition and opponent model that usually go with it and every parameter at its default (List has them).
// It plays one session at a time, and any number in turn: Begin makes it forget. Errors name what is
// unknown or out of range, what there is, and the nearest name.
func New(spec Spec) (Negotiator, error) {
	if strings.HasPrefix(spec.Bidding, uncertainPrefix) {
		return newUncertain(spec)
	}
	if strings.HasPrefix(spec.Bidding, responderPrefix) {
		return newResponder(spec)
	}
	spec = Usual(spec)
	b, err := find(biddings, Bidding, spec.Bidding)
	if err != nil {
		return nil, err
	}
	c, err := find(acceptances, Acceptance, spec.Accept)
	if err != nil {
		return nil, err
	}
	m, err := find(models, Opponent, spec.Opponent)
	if err != nil {
		return nil, err
	}
	a := &agent{}
	var knobs []*float64
	a.bidder, knobs = b.make()
	a.add(b, append(knobs, &a.patience, &a.talk.exact))
	a.acceptor, knobs = c.make()
	a.add(c, append(knobs, &a.temperature))
	a.talk.model, knobs = m.make()
	a.add(m, knobs)
	if r, ok := a.bidder.(reckless); ok {
		a.reckless = r.reckless()
	}
	if own, ok := a.acceptor.(*acOwn); ok {
		own.decides, _ = a.bidder.(decider)
		a.own = own.decides
	}
	a.listens[0], _ = a.bidder.(listener)
	a.listens[1], _ = a.acceptor.(listener)
	if err := a.Tune(spec.Params); err != nil {
		return nil, fmt.Errorf("%s with accept %s and opponent %s: %w", spec.Bidding, spec.Accept, spec.Opponent, err)
	}
	return a, nil
}

// bidder is a bidding strategy.
type bidder interface {
	begin(t *talk)                 // forget everything; the talk is ready
	next(t *talk, v *sim.View) bid // the next bid, into t.mine; called once a turn, after hear
	waits() bool                   // stands still of itself where it should, so View.Hold need not tell it
}

// acceptor is an acceptance condition. Offers below no deal and over a hard line never come to it.
type acceptor interface {
	begin(t *talk)
	accept(t *talk, v *sim.View, b bid) bool
}

// reckless is a bidding strategy that knows no reservation value: a program's that has none.
type reckless interface{ reckless() bool }

// listener is a part that is told of every offer heard, v.Fresh or not, after the talk was.
type listener interface{ hear(t *talk, v *sim.View) }

// model is an opponent model.
type model interface {
	begin(space *deal.Space)
	hear(theirs deal.Offer, at float64) // an offer that differs from the one before, and the time, 0 to 1
	estimate() *estimate                // may change when something was heard, not otherwise
}

type agent struct {
	bidder   bidder
	acceptor acceptor
	own      decider     // what the acceptor asks, where it does no more than that
	listens  [2]listener // the two again, nil where they do not listen
	patience float64
	last     bid
	voted    bool
	reckless bool // offers and accepts below no deal
	talk     talk

	params      []Param
	knobs       []*float64
	temperature float64
}

func (a *agent) Begin(p *deal.Party, rng *rand.Rand) {
	a.talk.begin(p, rng)
	a.bidder.begin(&a.talk)
	a.acceptor.begin(&a.talk)
	a.last = bid{u: math.NaN(), aim: math.NaN(), bar: math.NaN()}
	a.voted = false
}

func (a *agent) Respond(v *sim.View, out deal.Offer) sim.Kind {
	t := &a.talk
	if t.p.Version() != t.seen {
		a.renew(v)
	}
	if t.p.NoDeal() != t.terms.NoDeal {
		t.shift()
	}
	if t.hopeless && (!a.reckless || math.IsInf(t.hi, -1)) {
		return sim.Walk
	}
	if v.Text != nil {
		return a.vote(v)
	}
	if v.Has {
		a.listen(v)
		if a.voted {
			return a.sign()
		}
	}
	t.same = false
	if !v.Hold || !t.made || a.bidder.waits() {
		a.last = a.bidder.next(t, v)
	}
	if v.Has && (t.worth >= t.lo || a.reckless && !math.IsInf(t.worth, -1)) && a.takes(v) {
		return sim.Accept
	}
	if a.patience > 0 && float64(t.stale) >= a.patience {
		return sim.Walk
	}
	if !t.same { // out still holds the last turn's
		copy(out, t.mine)
	}
	return sim.Propose
}

// takes asks the acceptance condition.
func (a *agent) takes(v *sim.View) bool {
	if a.own != nil {
		return a.own.accepts(&a.talk, v, a.last)
	}
	return a.acceptor.accept(&a.talk, v, a.last)
}

// renew begins bidding anew where what deals are worth has changed in the midst of the talks. What was heard
// of the other stays heard.
func (a *agent) renew(v *sim.View) {
	t := &a.talk
	t.seen, t.again, t.made, t.sent = t.p.Version(), false, false, false
	t.look()
	if t.has() {
		t.bestYet = t.p.Utility(t.kept)
		if v.Has {
			t.worth = t.p.Utility(v.Theirs)
		}
	}
	a.bidder.begin(t)
	a.acceptor.begin(t)
}

// listen takes in the offer of a view.
func (a *agent) listen(v *sim.View) {
	t := &a.talk
	t.hear(v)
	if a.voted {
		return
	}
	if a.listens[0] != nil {
		a.listens[0].hear(t, v)
	}
	if a.listens[1] != nil {
		a.listens[1].hear(t, v)
	}
}

// vote is a yes (Accept) or no (Propose) to a draft.
func (a *agent) vote(v *sim.View) sim.Kind {
	a.voted = true
	t := &a.talk
	draft, text := t.p.Utility(v.Theirs), t.p.Utility(v.Text)
	if draft >= text {
		return sim.Accept
	}
	heat := a.temperature * (t.hi - t.lo) * (1 - clock(v))
	if heat > 0 && t.rng.Float64() < math.Exp((draft-text)/heat) {
		return sim.Accept
	}
	return sim.Propose
}

// sign is the answer to the text that the votes have led to.
func (a *agent) sign() sim.Kind {
	if a.talk.worth >= a.talk.lo {
		return sim.Accept
	}
	return sim.Propose
}

// Knower is a negotiator that can use what the other side's preferences really are, as best responders
// and yardsticks do. Whoever runs the talks may tell it, before Begin; it copies the terms. Ordinary
// negotiators are never told.
type Knower interface {
	// Wants reports whether knowing would change what it does.
	Wants() bool
	// Know gives the terms of the other side of the same model.
	Know(other *deal.Terms)
}

// Wants implements Knower.
func (a *agent) Wants() bool {
	_, ok := a.bidder.(oracle)
	return ok
}

// Know implements Knower.
func (a *agent) Know(other *deal.Terms) {
	if o, ok := a.bidder.(oracle); ok {
		o.know(other)
	}
}

// oracle is a part that can use the other side's terms.
type oracle interface{ know(other *deal.Terms) }

// Reckless reports whether the negotiator offers and accepts what is worth less to it than no deal, as programs
// do that know no reservation value.
func (a *agent) Reckless() bool { return a.reckless }

// Aim is the target of the last bid.
func (a *agent) Aim() float64 { return a.last.aim }
