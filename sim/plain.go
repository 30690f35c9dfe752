package sim

import "context"

// NewPlain is the table that plays session by session with plain calls. It has one slot.
func NewPlain() Table { return &plain{s: newSession(0)} }

type plain struct {
	s     *Session
	turns [2]*Turn
}

func (p *plain) Slots() int { return 1 }

// look is how many steps of a session pass between two looks at the context.
const look = 64

func (p *plain) Play(ctx context.Context, src Source, emit func(slot int, r *Result) error) error {
	s := p.s
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.set = Setup{}
		if !src.Next(0, &s.set) {
			return nil
		}
		if err := s.begin([2]bool{}); err != nil {
			return err
		}
		for !s.over {
			if s.step%look == look-1 && ctx.Err() != nil {
				return ctx.Err()
			}
			p.move(s.ask())
			if !s.over {
				s.judge()
			}
		}
		if err := emit(0, &s.res); err != nil {
			return err
		}
	}
}

func (p *plain) move(set SeatSet) {
	turns := p.turns[:0]
	for i := range p.s.turn {
		if set&One(i) != 0 {
			turns = append(turns, &p.s.turn[i])
		}
	}
	for len(turns) > 0 {
		turns = turns[actAll(turns):]
	}
}
