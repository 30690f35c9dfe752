package sim

import (
	"math/rand/v2"

	"github.com/parley-sim/parley/sim/deal"
)

// Kind is what a negotiator does in its turn.
type Kind uint8

// The actions. The zero value is no answer at all, which is an error.
const (
	Silent  Kind = iota // did not answer
	Propose             // puts the offer it wrote on the table; under a vote, no
	Accept              // takes the offer before it; under a vote, yes
	Walk                // ends the talks without a deal
)

var kindNames = [...]string{Silent: "silent", Propose: "propose", Accept: "accept", Walk: "walk"}

// String is the action in one word.
func (k Kind) String() string { return name(kindNames[:], uint8(k)) }

// View is what a negotiator sees when it is its turn. It and everything it points to are valid during
// the call only. A negotiator that writes into it spoils its own view and nobody else's.
type View struct {
	Round  int32 // the round, counted from 1
	Rounds int32 // the last round as far as the parties know, >= 1; Round may pass it when talks go on unannounced
	Thread int8  // the table this view belongs to when one party talks at several; 0 so far

	// Hold is set when the rules do not ask this side for a new offer now: monotonic concession asks
	// the other side to concede (an offer would still be heard), the last offer wants a yes or no.
	Hold bool
	// Has is set when an offer lies before this side; then Theirs is that offer, and Fresh is set unless
	// it is the offer that lay there at its last turn.
	Has    bool
	Fresh  bool
	Theirs deal.Offer
	// Text is what stands so far when Theirs is a draft to vote on (single text), else nil.
	Text deal.Offer
	// Events are what has become known so far, oldest first.
	Events []Event
	// Space is what is on the table; it never changes during a session.
	Space *deal.Space
}

// Negotiator decides for one party in one session after another. It is called by one goroutine at a
// time. It must be deterministic given the party, the stream and what it is shown.
type Negotiator interface {
	// Begin starts a session: forget everything. The party and the stream belong to the negotiator
	// until the session ends. The same party may come back with other terms. What no deal is worth to
	// it may move from round to round (Setup.NoDeal): ask Party.NoDeal when it matters.
	Begin(p *deal.Party, rng *rand.Rand)
	// Respond looks at the view and acts. To propose, it writes one value index for every issue into
	// out and returns Propose; out holds what it wrote there the last time. Accept takes v.Theirs.
	//
	// Where v.Text is set, the call is a vote on the draft v.Theirs: Accept is yes, Propose is no, and
	// out is not looked at.
	Respond(v *View, out deal.Offer) Kind
}

// Aimer is a negotiator that says what it aimed at in its last turn, as utility to its own party; NaN
// when it aims at nothing. Only traces ask.
type Aimer interface{ Aim() float64 }

// EventKind says what happened.
type EventKind uint8

// The kinds of event the table itself understands. Others are for the negotiators: from EventUser up
// the meaning is the caller's.
const (
	Extended  EventKind = iota + 1 // Value is the new last round the parties know of
	EventUser EventKind = 64
)

// Event is something both sides learn at the start of a round.
type Event struct {
	Round int32     // the first round in which it is known
	Kind  EventKind // what happened
	By    int8      // the seat whose doing it was, -1 for neither
	Value float64   // how much, as the kind says
}
