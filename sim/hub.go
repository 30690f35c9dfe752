package sim

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// HubOptions are the hub's settings; the zero value is sensible.
type HubOptions struct {
	// Batch is how many sessions are live at once, >= 1; 0 = 64. More spreads the cost of handing
	// over (0.3 to 0.5 us a batch); so many that the sessions fall out of cache costs more.
	Batch int
	// Seat plays a side in the place of the Setup's negotiator; nil = the negotiator, in this process.
	Seat [2]Seat
}

// DefaultBatch is the hub's number of slots unless HubOptions say otherwise.
const DefaultBatch = 64

// NewHub is the table with a goroutine for each seat. It panics if opt.Batch is negative.
func NewHub(opt HubOptions) Table {
	if opt.Batch < 0 {
		panic(fmt.Sprintf("sim: NewHub: batch = %d is not >= 0", opt.Batch))
	}
	if opt.Batch == 0 {
		opt.Batch = DefaultBatch
	}
	h := &hub{slots: make([]Session, opt.Batch), live: make([]*Session, 0, opt.Batch)}
	for i := range h.slots {
		h.slots[i].init(i)
	}
	for i := range h.mail {
		h.mail[i].Turns = make([]*Turn, 0, opt.Batch)
		h.seat[i] = opt.Seat[i]
		h.remote[i] = opt.Seat[i] != nil
		if !h.remote[i] {
			h.seat[i] = local{}
		}
	}
	return h
}

type hub struct {
	seat   [2]Seat
	remote [2]bool
	slots  []Session
	live   []*Session
	mail   [2]Batch
	dry    bool // the source has no more
}

func (h *hub) Slots() int { return len(h.slots) }

// box is a seat's post: the table sends a batch to in, and the seat answers on out when it has acted.
// Both hold one, so neither side ever waits to send.
type box struct {
	in  chan *Batch
	out chan error
}

// errGone is the answer of a seat whose goroutine ended in the middle of a batch (runtime.Goexit).
var errGone = errors.New("the seat's goroutine ended in the middle of a batch")

func serve(ctx context.Context, seat Seat, b box) {
	answer := errGone
	defer func() {
		if e := recover(); e != nil {
			answer = fmt.Errorf("the seat panicked: %v", e)
		}
		if answer != nil {
			b.out <- answer
		}
	}()
	for mail := range b.in {
		b.out <- seat.Act(ctx, mail)
	}
	answer = nil
}

func (h *hub) Play(ctx context.Context, src Source, emit func(slot int, r *Result) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var boxes [2]box
	var seats sync.WaitGroup
	for i := range boxes {
		boxes[i] = box{in: make(chan *Batch, 1), out: make(chan error, 1)}
		seats.Go(func() { serve(ctx, h.seat[i], boxes[i]) })
	}
	defer func() {
		cancel()
		for i := range boxes {
			close(boxes[i].in)
		}
		seats.Wait()
	}()

	h.dry, h.live = false, h.live[:0]
	h.sweep()
	for i := range h.slots {
		alive, err := h.start(&h.slots[i], src, emit)
		if err != nil {
			return err
		}
		if alive {
			h.live = append(h.live, &h.slots[i])
		}
	}
	for len(h.live) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := h.exchange(&boxes); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return err
		}
		h.sweep()
		kept := h.live[:0]
		for _, s := range h.live {
			alive, err := h.next(s, src, emit)
			if err != nil {
				return err
			}
			if alive {
				kept = append(kept, s)
			}
		}
		h.live = kept
	}
	return ctx.Err()
}

// sweep empties the mail.
func (h *hub) sweep() {
	for i := range h.mail {
		h.mail[i].Turns = h.mail[i].Turns[:0]
	}
}

// next judges what a session's seats have done and puts what is to be asked next in the mail: one pass
// over the sessions, while each is at hand. A session that is over makes way for the next of the
// source; alive is false when there is none.
func (h *hub) next(s *Session, src Source, emit func(slot int, r *Result) error) (alive bool, err error) {
	if !s.over {
		s.judge()
	}
	if h.ask(s) {
		return true, nil
	}
	if err := emit(int(s.turn[0].Slot), &s.res); err != nil {
		return false, err
	}
	return h.start(s, src, emit)
}

// start begins the source's next session.
func (h *hub) start(s *Session, src Source, emit func(slot int, r *Result) error) (alive bool, err error) {
	for !h.dry {
		s.set = Setup{}
		if !src.Next(int(s.turn[0].Slot), &s.set) {
			h.dry = true
			break
		}
		if err := s.begin(h.remote); err != nil {
			return false, err
		}
		if h.ask(s) {
			return true, nil
		}
		if err := emit(int(s.turn[0].Slot), &s.res); err != nil {
			return false, err
		}
	}
	return false, nil
}

// ask puts a session's turns in the mail; false if it is over.
func (h *hub) ask(s *Session) bool {
	if s.over {
		return false
	}
	set := s.ask()
	for i := range h.mail {
		if set&One(i) != 0 {
			h.mail[i].Turns = append(h.mail[i].Turns, &s.turn[i])
		}
	}
	return set != 0
}

// exchange sends to the seats that have mail, then receives from them. It leaves nothing on its way.
func (h *hub) exchange(boxes *[2]box) error {
	for i := range boxes {
		if len(h.mail[i].Turns) > 0 {
			boxes[i].in <- &h.mail[i]
		}
	}
	var errs [2]error
	for i := range boxes {
		if len(h.mail[i].Turns) > 0 {
			if err := <-boxes[i].out; err != nil {
				errs[i] = fmt.Errorf("sim: seat %d: %w", i, err)
			}
		}
	}
	return errors.Join(errs[:]...)
}
