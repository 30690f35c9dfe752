package sim

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/parley-sim/parley/sim/deal"
)

// Turn is one seat's move in one session: what it sees, and afterwards what it did.
type Turn struct {
	View View       // what the side sees
	Kind Kind       // the answer
	New  bool       // the seat's first turn in this session: forget what the slot held before
	Seat int8       // 0 or 1
	Slot int32      // of the table; one live session each
	Out  deal.Offer // what the answer proposes

	Negotiator Negotiator // who decides, for seats in this process
	fault      string
	cause      Cause

	ID    uint64      // of the session
	Party *deal.Party // the side's own; of the other side's it knows nothing
	Rand  *rand.Rand  // the side's stream, seeded for this session
}

// Fail blames the seat: its session ends as an Error with this cause and account.
func (t *Turn) Fail(cause Cause, what string) {
	if cause.Status() != Error {
		panic("sim: Turn.Fail: " + cause.String() + " is not the cause of an error")
	}
	t.cause, t.fault = cause, what
}

func (t *Turn) act() {
	if t.New {
		t.New = false
		t.Negotiator.Begin(t.Party, t.Rand)
	}
	t.Kind = t.Negotiator.Respond(&t.View, t.Out)
}

// Batch is the mail: sessions that wait for the same seat. Its order means nothing.
type Batch struct{ Turns []*Turn }

// Seat plays one side of a table. Act answers every turn of the batch: it sets Kind and, to propose,
// writes Out; or it calls Fail. A turn left alone is unanswered. Turns with New set start a session.
//
// Act must return soon after ctx is done, and must hold nothing of the batch afterwards: a seat whose
// program may answer late gives it copies. It returns an error only if it can play no more at all;
// Play then ends with that error. A seat belongs to one table.
type Seat interface {
	Act(ctx context.Context, b *Batch) error
}

// local plays the negotiators of this process.
type local struct{}

// stride is how many turns pass between two looks at the context and share one recover.
const stride = 32

func (local) Act(ctx context.Context, b *Batch) error {
	for at := 0; at < len(b.Turns); at += stride {
		if err := ctx.Err(); err != nil {
			return err
		}
		chunk := b.Turns[at:min(at+stride, len(b.Turns))]
		for len(chunk) > 0 {
			chunk = chunk[actAll(chunk):]
		}
	}
	return nil
}

// actAll acts turn by turn and returns how many are done. After a panic the one to blame is the last
// of them.
func actAll(turns []*Turn) (done int) {
	defer func() {
		if e := recover(); e != nil {
			turns[done].Fail(Panicked, fmt.Sprintf("panicked: %v", e))
			done++
		}
	}()
	for ; done < len(turns); done++ {
		turns[done].act()
	}
	return done
}
