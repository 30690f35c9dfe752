package sim

import (
	"context"
	"fmt"
)

// NewPlain is the table that plays session by session with plain calls. It has one slot.
func NewPlain() Table {
	p := &plain{s: new(Session)}
	p.s.init(0)
	return p
}

type plain struct {
	s    *Session
	left SeatSet // seats that have not acted in the step under way, and asked; 0 between steps
}

// asked marks a step under way among the seats left in it.
const asked SeatSet = 1 << 7

func (p *plain) Slots() int { return 1 }

// look is how many steps of a session pass between two looks at the context.
const look = 64 // a power of two

func (p *plain) Play(ctx context.Context, src Source, emit func(slot int, r *Result) error) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.s.set = Setup{}
		if !src.Next(0, &p.s.set) {
			return nil
		}
		if err := p.s.begin([2]bool{}); err != nil {
			return err
		}
		p.left = 0
		for !p.s.over {
			if err := p.run(ctx); err != nil {
				return err
			}
		}
		if err := emit(0, &p.s.res); err != nil {
			return err
		}
	}
}

// run plays the session on until it is over or a negotiator panics, which is that seat's answer.
func (p *plain) run(ctx context.Context) error {
	s, seat := p.s, -1
	defer func() {
		if seat >= 0 {
			if e := recover(); e != nil {
				s.turn[seat].Fail(Panicked, fmt.Sprintf("panicked: %v", e))
			}
		}
	}()
	for !s.over {
		left := p.left
		if left == 0 {
			if s.step&(look-1) == look-1 && ctx.Err() != nil {
				return ctx.Err()
			}
			left = s.ask() | asked
		}
		if left&Seat0 != 0 {
			left &^= Seat0
			seat, p.left = 0, left
			s.turn[0].act()
		}
		if left&Seat1 != 0 {
			left &^= Seat1
			seat, p.left = 1, left
			s.turn[1].act()
		}
		seat, p.left = -1, 0
		if !s.over {
			s.judge()
		}
	}
	return nil
}
