// Package duel plays one negotiation between two named agents over fixed terms, and tells it.
//
// A round is a turn of each side, counted from 1. Time is t = round / (rounds + 1), as NegMAS and GENIUS
// count it.
package duel

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
)

// Duel is what is played.
type Duel struct {
	Model    *deal.Model
	Terms    [2]deal.Terms
	Discount [2]float64 // d in u d^t; 0 or 1 = none
	Agents   [2]string  // as agents.Parse reads them, or exec:COMMAND where Programs is set
	Rounds   int32      // >= 1
	First    int        // the side that opens, 0 or 1
	Seed     uint64
	Trace    bool // keep the moves

	// Programs seats agents in other processes; nil refuses them.
	Programs func(command string) (sim.Negotiator, error)
}

// ErrPrograms says that an agent is a program and programs were not allowed.
var ErrPrograms = errors.New("the agent is a program")

// Result is how it ended.
type Result struct {
	Status     sim.Status
	Cause      sim.Cause
	By         int // the side that accepted, walked out or is to blame; -1 for neither
	Round      int32
	T          float64
	Offers     int32
	Offer      deal.Offer // nil without a deal
	Utility    [2]float64 // of the deal, else of no deal; NaN after an error
	Discounted [2]float64 // u d^((round-1)/(rounds+1)), as GENIUS 10.4 records it
	Err        string
	Moves      []Move
}

// Move is one action.
type Move struct {
	Round   int32
	T       float64
	By      int // 0 or 1
	Kind    sim.Kind
	Offer   deal.Offer // nil for a walk-out
	Utility [2]float64
	Aim     float64 // NaN where the agent has none
}

var seatID = [2]uint64{chance.ID("duel.seat.0"), chance.ID("duel.seat.1")}

// Play plays it.
func Play(ctx context.Context, d *Duel) (*Result, error) {
	set := sim.Setup{Rounds: d.Rounds, First: d.First}
	for side, name := range d.Agents {
		n, err := d.seat(name)
		if err != nil {
			return nil, err
		}
		if k, ok := n.(agents.Knower); ok && k.Wants() {
			k.Know(&d.Terms[1-side])
		}
		set.Negotiator[side] = n
		set.Party[side] = d.Model.NewParty(side)
		set.Party[side].Set(d.Terms[side])
		var pcg rand.PCG
		chance.Seed(&pcg, d.Seed, 0, seatID[side], 0)
		set.Seed[side] = pcg.Uint64()
	}
	out := &Result{}
	at := func(round int32) float64 { return float64(round) / float64(int64(d.Rounds)+1) }
	if d.Trace {
		set.Tracer = sim.TracerFunc(func(m *sim.Move) {
			if m.Seat < 0 || m.Kind == sim.Silent {
				return
			}
			mv := Move{Round: m.Round, T: at(m.Round), By: int(m.Seat), Kind: m.Kind, Utility: m.Utility, Aim: m.Aim}
			if m.Offer != nil {
				mv.Offer = append(deal.Offer(nil), m.Offer...)
			}
			out.Moves = append(out.Moves, mv)
		})
	}
	err := sim.NewPlain().Play(ctx, sim.Once(set), func(_ int, r *sim.Result) error {
		out.Status, out.Cause, out.By, out.Round, out.T = r.Status, r.Cause, int(r.By), r.Round, at(r.Round)
		out.Offers, out.Utility, out.Err = r.Offers, r.Utility, r.Err
		if r.Offer != nil {
			out.Offer = append(deal.Offer(nil), r.Offer...)
		}
		for side, u := range r.Utility {
			out.Discounted[side] = u
			if f := d.Discount[side]; f > 0 && f != 1 {
				out.Discounted[side] = u * math.Pow(f, at(r.Round-1))
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (d *Duel) seat(name string) (sim.Negotiator, error) {
	if command, ok := strings.CutPrefix(name, "exec:"); ok {
		if d.Programs == nil {
			return nil, fmt.Errorf("%s: %w", name, ErrPrograms)
		}
		return d.Programs(command)
	}
	spec, err := agents.Parse(name)
	if err != nil {
		return nil, err
	}
	return agents.New(spec)
}
