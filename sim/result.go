package sim

import "github.com/parley-sim/parley/sim/deal"

// Status is how a session ended.
type Status int8

// The endings.
const (
	Signed Status = iota // both agreed to the offer
	NoDeal               // the talks ended without one
	Error                // a side did what it may not; such sessions leave the denominator
)

var statusNames = [...]string{Signed: "signed", NoDeal: "no_deal", Error: "error"}

// String is the status as rows and messages spell it.
func (s Status) String() string { return name(statusNames[:], s) }

// Cause is why a session ended as it did.
type Cause int8

// The causes, first of signed deals, then of no deal, then of errors.
const (
	Accepted Cause = iota // a side took the offer before it
	Met                   // monotonic concession: an offer gave the other side what it asked for itself
	Voted                 // single text: both voted for the text

	Deadline // the rounds ran out, or the last offer was turned down
	WalkOut  // a side left

	Panicked      // the negotiator panicked
	Unanswered    // it did not answer, or answered with no known action
	OutsideSpace  // it offered what is not in the space
	OverLine      // it offered or accepted what its own hard red line forbids
	NothingToTake // it accepted when nothing lay before it
	SeatFailed    // the program behind the seat failed
)

var causeNames = [...]string{
	Accepted: "accepted", Met: "met", Voted: "voted",
	Deadline: "deadline", WalkOut: "walk_out",
	Panicked: "panic", Unanswered: "no_answer", OutsideSpace: "outside_space", OverLine: "over_own_line",
	NothingToTake: "nothing_to_accept", SeatFailed: "seat_failed",
}

// String is the cause as rows and messages spell it.
func (c Cause) String() string { return name(causeNames[:], c) }

// Status is the ending this cause belongs to.
func (c Cause) Status() Status {
	switch {
	case c <= Voted:
		return Signed
	case c <= WalkOut:
		return NoDeal
	}
	return Error
}

// Neither is the value of Result.By when no side in particular ended the session.
const Neither int8 = -1

// Result is one finished session. It and its Offer are valid during the call to emit only.
type Result struct {
	ID      uint64     // of the Setup
	Status  Status     // signed, no_deal, error
	Cause   Cause      // why
	By      int8       // the seat that accepted, whose counterpart's offer met its own, that walked out or is to blame; else Neither
	Round   int32      // the round in which it ended, from 1
	Offers  int32      // proposals made by both sides together; drafts of a mediator are not counted
	Offer   deal.Offer // the deal; nil without one
	Utility [2]float64 // of the deal, else of no deal, to each party (Party.Utility, Party.NoDeal); NaN after an error
	Err     string     // what the seat to blame did; empty unless Status is Error
}

func name[T ~int8 | ~uint8](names []string, i T) string {
	if int(i) < 0 || int(i) >= len(names) {
		return "unknown"
	}
	return names[i]
}
