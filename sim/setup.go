package sim

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/deal"
)

// Setup is everything a session needs. Its result is a function of the Setup alone (as long as the
// negotiators forget in Begin what they must).
type Setup struct {
	ID         uint64         // names the session in results and traces; free
	Space      *deal.Space    // what is on the table; nil = the space of the parties' model
	Party      [2]*deal.Party // sides 0 and 1 of one model, this session's terms set; not shared with any other live session
	Negotiator [2]Negotiator  // likewise; nil where HubOptions.Seat plays the side
	Seed       [2]uint64      // of the negotiators' random streams; together also of the protocol's
	First      int            // the seat that opens, 0 or 1
	Rounds     int32          // the deadline the parties are told, >= 1
	Limit      int32          // the rounds there really are; 0 = Rounds. More is an extension nobody announced
	Protocol   Protocol       // nil = alternating offers
	Events     []Event        // sorted by round; not modified
	NoDeal     [2][]float64   // what no deal is worth to each side in round 1, 2, ...; the last holds on. nil = as the party's terms say, throughout. Not modified
	Change     *Change        // what a side plays for changes in a round; nil = it does not
	Thread     int8           // the table, where one party talks at several (View.Thread)
	Tracer     Tracer         // hears every move of this session; nil = nobody does
}

// Change is other terms from a round on: what was learnt from elsewhere then makes a deal worth more or
// less. NoDeal, where it moves by round, goes on to hold.
type Change struct {
	Round int32          // the first round with them, above 1
	Terms [2]*deal.Terms // nil: that side's stay. Not modified
}

// Check says what is wrong with the setup. A side whose seat is not in this process needs no
// negotiator, so that is not looked at here.
func (s *Setup) Check() error {
	switch {
	case s.Party[0] == nil || s.Party[1] == nil:
		return errors.New("sim: the setup lacks a party")
	case s.Party[0].Model().Space != s.Party[1].Model().Space || s.Space != nil && s.Space != s.Party[0].Model().Space:
		return errors.New("sim: the parties bargain over different spaces")
	case s.First != 0 && s.First != 1:
		return fmt.Errorf("sim: first = %d is not 0 or 1", s.First)
	case s.Rounds < 1:
		return fmt.Errorf("sim: %d rounds are not >= 1", s.Rounds)
	case s.Limit < 0:
		return fmt.Errorf("sim: a limit of %d rounds is not >= 0 (0 = as announced)", s.Limit)
	}
	for i, path := range s.NoDeal {
		for r, u := range path {
			if math.IsNaN(u) || math.IsInf(u, 0) {
				return fmt.Errorf("sim: no deal in round %d is worth %v to seat %d, not a finite number", r+1, u, i)
			}
		}
	}
	for i := 1; i < len(s.Events); i++ {
		if s.Events[i].Round < s.Events[i-1].Round {
			return fmt.Errorf("sim: events of rounds %d and %d are not in order", s.Events[i-1].Round, s.Events[i].Round)
		}
	}
	return nil
}

// Source hands out sessions. The table calls it from one goroutine, the one that called Play.
type Source interface {
	// Next fills s, which is zeroed, with the next session for a slot, or returns false when there are
	// no more. Slots count from 0 to Table.Slots()-1 and each holds one session at a time: parties,
	// negotiators and draws kept per slot may be used again as soon as emit has had the slot's result.
	Next(slot int, s *Setup) bool
}

// Table plays sessions. One Play at a time.
type Table interface {
	// Slots is how many sessions are live at once.
	Slots() int
	// Play plays all sessions of the source and hands each result to emit, on the caller's goroutine,
	// in the order in which they end (which differs between tables; Result.ID tells which is which).
	// It returns nil when the source is dry, the error of ctx when it is cancelled, the error of emit
	// as it is, or what is wrong with a Setup. Sessions that are then unfinished are dropped without
	// a result. When Play returns, by error or panic too, all seats have exited.
	Play(ctx context.Context, src Source, emit func(slot int, r *Result) error) error
}
