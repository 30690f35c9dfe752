package sim

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// HubOptions are the hub's settings; the zero value is sensible.
type HubOptions struct {
	// Batch is how many sessions are live at once, >= 1; 0 = 256. More spreads the cost of handing
	// over (0.3 to 0.5 us a batch); so many that the sessions fall out of cache costs more.
	Batch int
	// Seat plays a side in the place of the Setup's negotiator; nil = the negotiator, in this process.
	Seat [2]Seat
}

// DefaultBatch is the hub's number of slots unless HubOptions say otherwise.
const DefaultBatch = 256

// NewHub is the table with a goroutine for each seat. It panics if opt.Batch is negative.
func NewHub(opt HubOptions) Table {
	if opt.Batch < 0 {
		panic(fmt.Sprintf("sim: NewHub: batch = %d is not >= 0", opt.Batch))
	}
	if opt.Batch == 0 {
		opt.Batch = DefaultBatch
	}
	h := &hub{slots: make([]*Session, opt.Batch), live: make([]*Session, 0, opt.Batch), free: make([]int32, 0, opt.Batch)}
	for i := range h.slots {
		h.slots[i] = newSession(i)
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
	slots  []*Session
	live   []*Session
	free   []int32
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

	h.dry, h.live, h.free = false, h.live[:0], h.free[:0]
	for i := len(h.slots) - 1; i >= 0; i-- {
		h.free = append(h.free, int32(i))
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := h.fill(src); err != nil {
			return err
		}
		if len(h.live) == 0 {
			return nil
		}
		h.ask()
		if err := h.exchange(&boxes); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return err
		}
		if err := h.judge(emit); err != nil {
			return err
		}
	}
}

// fill starts sessions in the free slots.
func (h *hub) fill(src Source) error {
	for len(h.free) > 0 && !h.dry {
		slot := h.free[len(h.free)-1]
		s := h.slots[slot]
		s.set = Setup{}
		if !src.Next(int(slot), &s.set) {
			h.dry = true
			return nil
		}
		if err := s.begin(h.remote); err != nil {
			return err
		}
		h.free = h.free[:len(h.free)-1]
		h.live = append(h.live, s)
	}
	return nil
}

// ask gathers the mail.
func (h *hub) ask() {
	h.mail[0].Turns, h.mail[1].Turns = h.mail[0].Turns[:0], h.mail[1].Turns[:0]
	for _, s := range h.live {
		set := s.ask()
		for i := range h.mail {
			if set&One(i) != 0 {
				h.mail[i].Turns = append(h.mail[i].Turns, &s.turn[i])
			}
		}
	}
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

// judge moves every session on and hands out the results of those that are over.
func (h *hub) judge(emit func(slot int, r *Result) error) error {
	kept := h.live[:0]
	for _, s := range h.live {
		if !s.over {
			s.judge()
		}
		if !s.over {
			kept = append(kept, s)
			continue
		}
		slot := s.turn[0].Slot
		h.free = append(h.free, slot)
		if err := emit(int(slot), &s.res); err != nil {
			return err
		}
	}
	h.live = kept
	return nil
}
