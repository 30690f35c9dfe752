package sim

import "github.com/parley-sim/parley/sim/deal"

// Mediator is the seat of moves that a protocol makes itself.
const Mediator int8 = -1

// Move is one action as a tracer hears it, valid during the call.
type Move struct {
	ID      uint64     // of the session
	Round   int32      // from 1
	Seat    int8       // 0, 1 or Mediator
	Kind    Kind       // Propose, Accept, Walk; Silent when it did none of these
	Vote    bool       // an Accept is a yes and a Propose a no to Offer
	Heard   bool       // false for a proposal that the protocol does not hear or that was refused as an error
	Offer   deal.Offer // what was proposed, accepted or voted on; nil for a walk-out and for what cannot be shown
	Utility [2]float64 // of Offer to both parties; NaN where there is no offer
	Aim     float64    // what the mover aimed at (Aimer), NaN if it does not say
}

// Tracer hears every move of the sessions it is set on, on the table's goroutine, in order.
type Tracer interface{ Move(m *Move) }

// TracerFunc is a function as a Tracer.
type TracerFunc func(m *Move)

// Move calls f.
func (f TracerFunc) Move(m *Move) { f(m) }
