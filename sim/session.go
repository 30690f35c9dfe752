package sim

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/parley-sim/parley/sim/deal"
)

// Session is one live negotiation as the table and its protocol see it: who is at what, what lies on
// the table, how it ended. A slot's Session is used again for the next Setup; it allocates nothing
// once its buffers have the space's length.
type Session struct {
	set   Setup
	proto Protocol
	turn  [2]Turn
	stand [2]deal.Offer // what each side has on the table
	has   [2]bool
	text  deal.Offer // what a mediator holds
	draft deal.Offer
	buf   [2]viewBuffers

	step   int32 // turns taken so far
	round  int32
	rounds int32 // as announced so far
	limit  int32
	known  int // events made known
	offers int32
	over   bool

	// Memo is the protocol's own memory, zero when the session opens.
	Memo [8]float64

	res   Result
	pcg   [3]rand.PCG // the seats', then the protocol's
	rand  [3]*rand.Rand
	trace Move
}

// viewBuffers are copies a negotiator may spoil without harm to anyone else.
type viewBuffers struct {
	out, theirs, text deal.Offer
	events            []Event
}

func newSession(slot int) *Session {
	s := &Session{}
	for i := range s.turn {
		s.turn[i].Slot, s.turn[i].Seat = int32(slot), int8(i)
	}
	for i := range s.rand {
		s.rand[i] = rand.New(&s.pcg[i])
	}
	return s
}

// The second word of each stream's seed keeps the three apart even where seeds are equal.
const (
	streamSeat     = 0x5ea7_0000_0000_0001
	streamProtocol = 0x9e37_79b9_7f4a_7c15
)

// begin takes the next session, whose Setup is already in s.set.
func (s *Session) begin(remote [2]bool) error {
	if err := s.set.Check(); err != nil {
		return err
	}
	n := s.set.Space.Len()
	for i := range s.turn {
		if s.set.Negotiator[i] == nil && !remote[i] {
			return fmt.Errorf("sim: the setup lacks a negotiator for seat %d", i)
		}
		s.pcg[i].Seed(s.set.Seed[i], streamSeat+uint64(i))
		b := &s.buf[i]
		b.out, b.theirs, b.text = sized(b.out, n), sized(b.theirs, n), sized(b.text, n)
		s.stand[i] = sized(s.stand[i], n)
		s.has[i] = false
		t := &s.turn[i]
		t.ID, t.New, t.Party, t.Negotiator, t.Rand = s.set.ID, true, s.set.Party[i], s.set.Negotiator[i], s.rand[i]
	}
	s.pcg[2].Seed(s.set.Seed[0]^streamProtocol, s.set.Seed[1])
	s.text, s.draft = sized(s.text, n), sized(s.draft, n)
	s.proto = s.set.Protocol
	if s.proto == nil {
		s.proto = alternating{}
	}
	s.limit = s.set.Limit
	if s.limit == 0 {
		s.limit = s.set.Rounds
	}
	s.step, s.round, s.rounds, s.known, s.offers, s.over = 0, 1, s.set.Rounds, 0, 0, false
	s.Memo = [8]float64{}
	s.learn()
	s.proto.Open(s)
	return nil
}

// sized returns a cleared offer of n issues, in o's memory if that is enough.
func sized(o deal.Offer, n int) deal.Offer {
	if cap(o) < n {
		return make(deal.Offer, n)
	}
	o = o[:n]
	clear(o)
	return o
}

// learn makes known the events of the round.
func (s *Session) learn() {
	for s.known < len(s.set.Events) && s.set.Events[s.known].Round <= s.round {
		if e := &s.set.Events[s.known]; e.Kind == Extended && e.Value >= 1 && e.Value <= math.MaxInt32 {
			s.rounds = int32(e.Value)
		}
		s.known++
	}
}

// ask lets the protocol say who moves and readies their turns. An empty set means the session is over.
func (s *Session) ask() SeatSet {
	set := s.proto.Turn(s)
	if s.over {
		return 0
	}
	if set&Both == 0 {
		panic("sim: protocol " + s.proto.Name() + " asks nobody and does not end")
	}
	for i := range s.turn {
		if set&One(i) != 0 {
			t := &s.turn[i]
			t.Kind, t.fault, t.Out = Silent, "", s.buf[i].out
		}
	}
	return set
}

func (s *Session) judge() {
	s.proto.Judge(s)
	s.step++
}

// ---- what protocols read

// Step is the number of times the protocol has been asked for a turn and has judged it.
func (s *Session) Step() int32 { return s.step }

// Round is the present round, from 1.
func (s *Session) Round() int32 { return s.round }

// Limit is the last round there really is; the parties may not know it.
func (s *Session) Limit() int32 { return s.limit }

// First is the seat that opens.
func (s *Session) First() int { return s.set.First }

// Over reports whether the session has ended.
func (s *Session) Over() bool { return s.over }

// Space is what is on the table.
func (s *Session) Space() *deal.Space { return s.set.Space }

// Party is a side's party. A protocol may weigh both sides' offers by it; that is the protocol's
// knowledge, not the other side's.
func (s *Session) Party(seat int) *deal.Party { return s.set.Party[seat] }

// Rand is the protocol's own stream, seeded by both sides' seeds.
func (s *Session) Rand() *rand.Rand { return s.rand[2] }

// Standing is what a seat has on the table, nil if nothing yet.
func (s *Session) Standing(seat int) deal.Offer {
	if !s.has[seat] {
		return nil
	}
	return s.stand[seat]
}

// Proposed is what the seat has just proposed, whether it is heard or not. It holds until it moves again.
func (s *Session) Proposed(seat int) deal.Offer { return s.buf[seat].out }

// ---- what protocols do

// Show readies a seat's view: the present round, the offer before it (nil for none), the text it is
// compared with (nil unless the seat is to vote) and whether it is asked to hold (View.Hold).
func (s *Session) Show(seat int, theirs, text deal.Offer, hold bool) {
	b, v := &s.buf[seat], &s.turn[seat].View
	v.Round, v.Rounds, v.Thread, v.Hold, v.Space = s.round, s.rounds, 0, hold, s.set.Space
	v.Has, v.Theirs, v.Text, v.Events = theirs != nil, nil, nil, nil
	if theirs != nil {
		copy(b.theirs, theirs)
		v.Theirs = b.theirs
	}
	if text != nil {
		copy(b.text, text)
		v.Text = b.text
	}
	if s.known > 0 {
		b.events = append(b.events[:0], s.set.Events[:s.known]...)
		v.Events = b.events
	}
}

// Hear returns what a seat that was asked has done, after the rules that hold everywhere: a fault or
// a walk-out has ended the session, and then Hear returns Silent. Where several seats were asked,
// call Fault for all and then Hear for all before acting on any: so a fault comes before a walk-out,
// and a walk-out before an agreement.
func (s *Session) Hear(seat int) Kind {
	k := s.Fault(seat)
	if k == Walk {
		s.tell(int8(seat), Walk, nil, false, true)
		s.End(WalkOut, int8(seat))
		return Silent
	}
	return k
}

// Fault returns what a seat that was asked has done, or ends the session and returns Silent if that
// was a fault: its negotiator failed, gave no answer, or accepted when nothing lay before it.
func (s *Session) Fault(seat int) Kind {
	t := &s.turn[seat]
	switch {
	case s.over:
		return Silent
	case t.fault != "":
		s.fail(seat, t.cause, t.fault)
	case t.Kind == Silent:
		s.fail(seat, Unanswered, "gave no answer")
	case t.Kind > Walk:
		s.fail(seat, Unanswered, fmt.Sprintf("answered with action %d, which does not exist", t.Kind))
	case t.Kind == Accept && !t.View.Has:
		s.fail(seat, NothingToTake, "accepted when no offer lay before it")
	default:
		return t.Kind
	}
	return Silent
}

// Valid checks what a seat has proposed. Unless it lies in the space and within the seat's own hard
// lines the session ends with the seat to blame.
func (s *Session) Valid(seat int) bool {
	out := s.buf[seat].out
	// What stands has been checked; most tactics repeat themselves.
	if s.has[seat] && out.Equal(s.stand[seat]) {
		return true
	}
	if err := s.set.Space.Check(out); err != nil {
		s.fail(seat, OutsideSpace, "offered what is not in the space: "+err.Error())
		return false
	}
	if line := s.set.Party[seat].Breaks(out); line >= 0 {
		s.fail(seat, OverLine, fmt.Sprintf("offered over its own hard red line %d: %s", line, s.set.Space.Words(out, false)))
		return false
	}
	return true
}

// Put counts what the seat has proposed as an offer and lays it on the table in the place of its last.
// The proposal must be Valid.
func (s *Session) Put(seat int) {
	out := s.buf[seat].out
	s.offers++
	s.tell(int8(seat), Propose, out, false, true)
	copy(s.stand[seat], out)
	s.has[seat] = true
}

// Ignore counts what the seat has proposed as an offer and leaves its last one on the table. The
// proposal must be Valid.
func (s *Session) Ignore(seat int) {
	s.offers++
	s.tell(int8(seat), Propose, s.buf[seat].out, false, false)
}

// Take is a seat accepting an offer: the session ends signed, unless the seat's own hard line forbids it.
func (s *Session) Take(seat int, o deal.Offer) {
	if s.mayTake(seat, o) {
		s.tell(int8(seat), Accept, o, false, true)
		s.Sign(Accepted, int8(seat), o)
	}
}

// mayTake ends the session with the seat to blame if its own hard line forbids the offer it accepts.
func (s *Session) mayTake(seat int, o deal.Offer) bool {
	line := s.set.Party[seat].Breaks(o)
	if line >= 0 {
		s.fail(seat, OverLine, fmt.Sprintf("accepted over its own hard red line %d: %s", line, s.set.Space.Words(o, false)))
	}
	return line < 0
}

// Vote tells the tracer of a seat's vote on a draft.
func (s *Session) Vote(seat int, yes bool, draft deal.Offer) {
	k := Propose
	if yes {
		k = Accept
	}
	s.tell(int8(seat), k, draft, true, true)
}

// Table tells the tracer of a draft of the mediator's.
func (s *Session) Table(draft deal.Offer) { s.tell(Mediator, Propose, draft, false, true) }

// NextRound moves the clock and reports whether there is another round; if not, the session ends at
// the deadline.
func (s *Session) NextRound() bool {
	if s.round >= s.limit {
		s.End(Deadline, Neither)
		return false
	}
	s.round++
	if s.known < len(s.set.Events) {
		s.learn()
	}
	return true
}

// Sign ends the session with a deal.
func (s *Session) Sign(cause Cause, by int8, o deal.Offer) {
	copy(s.text, o) // o may be any of the session's buffers; the result needs one that stays
	s.finish(cause, by)
	s.res.Offer = s.text
	for i, p := range s.set.Party {
		s.res.Utility[i] = p.Utility(s.text)
	}
}

// End ends the session without a deal.
func (s *Session) End(cause Cause, by int8) {
	s.finish(cause, by)
	for i, p := range s.set.Party {
		s.res.Utility[i] = p.NoDeal()
	}
}

func (s *Session) fail(seat int, cause Cause, what string) {
	t := &s.turn[seat]
	s.tell(int8(seat), t.Kind, nil, false, false)
	s.finish(cause, int8(seat))
	s.res.Utility = [2]float64{math.NaN(), math.NaN()}
	s.res.Err = fmt.Sprintf("seat %d %s (round %d)", seat, what, s.round)
}

func (s *Session) finish(cause Cause, by int8) {
	s.over = true
	s.res = Result{
		ID: s.set.ID, Status: cause.Status(), Cause: cause, By: by,
		Round: s.round, Offers: s.offers,
	}
}

// tell lets the tracer hear a move.
func (s *Session) tell(seat int8, kind Kind, o deal.Offer, vote, heard bool) {
	if s.set.Tracer == nil {
		return
	}
	s.trace = Move{
		ID: s.set.ID, Round: s.round, Seat: seat, Kind: kind, Vote: vote, Heard: heard, Offer: o,
		Utility: [2]float64{math.NaN(), math.NaN()}, Aim: math.NaN(),
	}
	m := &s.trace
	if o != nil {
		for i, p := range s.set.Party {
			m.Utility[i] = p.Utility(o)
		}
	}
	if seat >= 0 {
		if a, ok := s.set.Negotiator[seat].(Aimer); ok {
			m.Aim = aim(a)
		}
	}
	s.set.Tracer.Move(m)
}

// aim asks a negotiator what it aimed at. One that panics has nothing to say.
func aim(a Aimer) (u float64) {
	defer func() {
		if recover() != nil {
			u = math.NaN()
		}
	}()
	return a.Aim()
}
