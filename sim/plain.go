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
	s     *Session
	asked bool    // a step is under way
	left  SeatSet // seats that have not acted in it yet
}

func (p *plain) Slots() int { return 1 }

// look is how many steps of a session pass between two looks at the context.
const look = 64

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
		p.asked = false
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
		if !p.asked {
			if s.step%look == look-1 && ctx.Err() != nil {
				return ctx.Err()
			}
			p.asked, p.left = true, s.ask()
		}
		for i := range s.turn {
			if one := One(i); p.left&one != 0 {
				p.left &^= one
				seat = i
				s.turn[i].act()
			}
		}
		seat = -1
		p.asked = false
		if !s.over {
			s.judge()
		}
	}
	return nil
}
