package scenario

import (
	"context"
	"errors"
	"math/rand/v2"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/external"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
)

// worker plays shards of one model's runs. What it holds is scratch: any worker makes the same rows.
type worker struct {
	m      *Model
	seed   uint64
	table  sim.Table
	slots  []slot
	solver *deal.Solver
	shares bool // every row carries the exact share left on the table

	point, next, end uint64 // of the shard being played
	first            uint64
	width            int
	cells            store.Row // the shard's rows, one after another
	fault            error     // what kept a session from being set up
	host             *external.Host
}

// slot is what one live session at the table holds.
type slot struct {
	draw  *Draw
	party [2]*deal.Party
	bench [2]*bench
	sat   [2]agents.Negotiator
	host  *external.Host // of programs; nil without
	came  *realised      // what came of its deal; nil without [delivery]
	x     []float64      // its terms, as numbers
	home  [2]*homeSeat
	heeds [2]bool // whether the side's negotiator has a mandate from home in this run
	man   [2]*mandate
	life  *life
	pcg   rand.PCG    // scratch
	talk  *escalated  // threats and tariffs around it; nil where nobody threatens
	other *elsewhere  // the talk at the second table; nil without one
	news  []sim.Event // what becomes known as it goes
}

func (m *Model) newWorker(seed uint64, shares bool) *worker {
	w := &worker{m: m, seed: seed, shares: shares, solver: m.Deal.NewSolver(), width: len(m.layout.schema.Columns)}
	var opt sim.HubOptions
	if w.host = m.newHost(); w.host != nil {
		opt = sim.HubOptions{Batch: programBatch, Seat: [2]sim.Seat{w.host.Seat(), w.host.Seat()}}
	}
	w.table = sim.NewHub(opt)
	w.slots = make([]slot, w.table.Slots())
	for i := range w.slots {
		w.slots[i].host = w.host
	}
	return w
}

func (s *slot) ready(m *Model) {
	if s.draw != nil {
		return
	}
	s.draw = m.NewDraw()
	s.x = make([]float64, len(m.now))
	if m.escalation != nil {
		s.talk = new(escalated)
	}
	if m.delivery != nil {
		s.came = m.delivery.newRealised()
	}
	for side := range s.party {
		s.party[side] = m.Deal.NewParty(side)
		s.bench[side] = m.sides[side].agent.newBench()
		if m.home.played {
			s.home[side] = m.newHomeSeat(side)
			s.man[side] = m.newMandate(side, s.home[side])
		}
	}
	if m.years.played {
		s.life = m.newLife(s.came)
	}
}

// seat draws a run and seats its parties and negotiators.
func (s *slot) seat(m *Model, seed, replication uint64) error {
	s.ready(m)
	m.Draw(seed, replication, s.draw)
	if m.second != nil {
		if s.other == nil {
			s.other = new(elsewhere)
		}
		if err := s.other.play(m, seed, s.draw); err != nil {
			return err
		}
	}
	if s.talk != nil {
		s.talk.play(m, seed, s.draw)
	}
	for side := range s.party {
		s.party[side].Set(s.draw.Terms[side])
		var err error
		if s.sat[side], err = s.bench[side].call(s.draw.Values, s.host); err != nil {
			return err
		}
		s.inform(m, side)
		s.heeds[side] = s.man[side] != nil && s.man[side].heed(s.draw, seed)
	}
	return nil
}

// trueWorth puts a result's utilities, which are those of what the negotiators played for, in terms of
// what their parties care about.
func (s *slot) trueWorth(r *sim.Result) {
	if s.other != nil {
		s.other.settle(s, r)
	}
	for side, heeds := range s.heeds {
		switch {
		case !heeds:
		case r.Status == sim.Signed:
			r.Utility[side] = s.party[side].Utility(r.Offer)
		default:
			r.Utility[side] -= s.man[side].shift
		}
	}
}

// Streams of the negotiators, by seat.
var streamID = [2]uint64{chance.ID("run.negotiator.0"), chance.ID("run.negotiator.1")}

// word seeds a side's stream of random numbers.
func (s *slot) word(seed uint64, side int) uint64 {
	chance.Seed(&s.pcg, seed, s.draw.Replication, streamID[side], 0)
	return s.pcg.Uint64()
}

// setup fills a session's setup from what the slot drew.
func (s *slot) setup(m *Model, seed uint64, out *sim.Setup) {
	out.ID = s.draw.Replication
	out.Space = m.Space
	out.Party = s.party
	for side := range s.sat {
		out.Negotiator[side] = s.sat[side]
		out.Seed[side] = s.word(seed, side)
		if s.heeds[side] {
			n := s.man[side]
			n.inner = s.sat[side]
			out.Party[side], out.Negotiator[side] = n.party, n
		}
	}
	out.First = s.draw.First
	out.Protocol = m.protocol
	s.announce(m, out)
	if s.other != nil {
		s.other.known(m, s, out)
	}
}

// Next implements sim.Source: the next run of the shard.
func (w *worker) Next(at int, out *sim.Setup) bool {
	if w.next == w.end || w.fault != nil {
		return false
	}
	s := &w.slots[at]
	if w.fault = s.seat(w.m, w.seed, w.next); w.fault != nil {
		return false
	}
	s.setup(w.m, w.seed, out)
	w.next++
	return true
}

// play plays replications first to first+n-1 of a point and leaves their rows in w.cells.
func (w *worker) play(ctx context.Context, point, first, n uint64) error {
	w.point, w.first, w.next, w.end, w.fault = point, first, first, first+n, nil
	if need := int(n) * w.width; cap(w.cells) < need {
		w.cells = make(store.Row, need)
	} else {
		w.cells = w.cells[:need]
	}
	err := w.table.Play(ctx, w, w.settle)
	return errors.Join(w.fault, err)
}

// row is the row of a replication of the shard being played.
func (w *worker) row(replication uint64) store.Row {
	at := int(replication-w.first) * w.width
	return w.cells[at : at+w.width : at+w.width]
}

// settle turns a session's result into its row.
func (w *worker) settle(at int, r *sim.Result) error {
	s := &w.slots[at]
	s.trueWorth(r)
	v := w.m.judge(w.solver, s, r, w.seed, w.shares)
	if v.err != nil {
		return v.err
	}
	w.m.write(w.row(r.ID), w.seed, w.point, s, r, &v)
	return nil
}
