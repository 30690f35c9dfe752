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
//
// What every turn touches stands first and close together: a batch of sessions has to stay in cache.
type Session struct {
	proto  Protocol
	offers deal.Offer // the memory of all offers here, one after another
	issues int
	made   int32 // proposals
	step   int32 // turns taken so far
	round  int32
	rounds int32 // as announced so far
	limit  int32
	known  int32 // events made known
	first  int8
	over   bool
	traced bool
	moving bool // no deal or the terms move
	side   [2]side
	turn   [2]Turn

	// Memo is the protocol's own memory, zero when the session opens.
	Memo [8]float64

	set    Setup
	space  *deal.Space
	events [2][]Event // the negotiators' copies
	res    Result
	pcg    [3]rand.PCG // the seats', then the protocol's
	rand   [3]*rand.Rand
	trace  *Move // of the tracer's last move; nil until there is a tracer
}

// side is what the table keeps for a seat.
type side struct {
	has   bool  // something of it lies on the table
	same  bool  // its last proposal is what lay there already
	put   int32 // times that changed
	shown int32 // the other side's put when it was last shown an offer; -1 = what it was shown was none of these

	lies, says deal.Offer // its places for what stands and what it proposes: they are looked up every turn
}

// The places in Session.offers. The negotiators work with copies, so that each can spoil nobody's view
// but its own.
const (
	standAt  = 0 // what side 0 has on the table, then side 1
	outAt    = 2 // what they propose
	theirsAt = 4 // what they are shown
	shownAt  = 6 // the text they are shown
	textAt   = 8 // what a mediator holds, and what is signed in the end
	draftAt  = 9 // what it puts to the vote
	places   = 10
)

func (s *Session) place(k int) deal.Offer {
	n := s.issues
	return s.offers[k*n:][:n:n]
}
func (s *Session) stand(seat int) deal.Offer { return s.place(standAt + seat) }
func (s *Session) out(seat int) deal.Offer   { return s.place(outAt + seat) }
func (s *Session) text() deal.Offer          { return s.place(textAt) }
func (s *Session) draft() deal.Offer         { return s.place(draftAt) }

func (s *Session) init(slot int) {
	for i := range s.turn {
		s.turn[i].Slot, s.turn[i].Seat = int32(slot), int8(i)
	}
	for i := range s.rand {
		s.rand[i] = rand.New(&s.pcg[i])
	}
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
	s.space = s.set.Party[0].Model().Space
	if n := s.space.Len(); s.issues != n {
		s.issues, s.offers = n, make(deal.Offer, places*n)
	}
	clear(s.offers)
	for i := range s.turn {
		if s.set.Negotiator[i] == nil && !remote[i] {
			return fmt.Errorf("sim: the setup lacks a negotiator for seat %d", i)
		}
		s.pcg[i].Seed(s.set.Seed[i], streamSeat+uint64(i))
		s.side[i] = side{shown: -1, lies: s.stand(i), says: s.out(i)}
		t := &s.turn[i]
		t.ID, t.New, t.Party, t.Negotiator, t.Rand = s.set.ID, true, s.set.Party[i], s.set.Negotiator[i], s.rand[i]
		t.fault, t.Out = "", s.out(i)
		t.View = View{Space: s.space, Theirs: s.place(theirsAt + i), Thread: s.set.Thread}
		if path := s.set.NoDeal[i]; len(path) > 0 {
			s.set.Party[i].SetNoDeal(path[0])
		}
	}
	s.moving = len(s.set.NoDeal[0]) > 1 || len(s.set.NoDeal[1]) > 1 || s.set.Change != nil
	s.pcg[2].Seed(s.set.Seed[0]^streamProtocol, s.set.Seed[1])
	s.proto = s.set.Protocol
	if s.proto == nil {
		s.proto = alternatingInfo.Protocol
	}
	s.limit = s.set.Limit
	if s.limit == 0 {
		s.limit = s.set.Rounds
	}
	s.step, s.round, s.rounds, s.known, s.made = 0, 1, s.set.Rounds, 0, 0
	s.first, s.over, s.traced = int8(s.set.First), false, s.set.Tracer != nil
	s.Memo = [8]float64{}
	s.learn()
	s.proto.Open(s)
	return nil
}

// learn makes known the events of the round.
func (s *Session) learn() {
	for int(s.known) < len(s.set.Events) && s.set.Events[s.known].Round <= s.round {
		if e := &s.set.Events[s.known]; e.Kind == Extended && e.Value >= 1 && e.Value <= math.MaxInt32 {
			s.rounds = int32(e.Value)
		}
		s.known++
	}
}

// ask lets the protocol say who moves and ready their views. An empty set means the session is over.
func (s *Session) ask() SeatSet {
	set := s.proto.Turn(s)
	if s.over {
		return 0
	}
	if set&Both == 0 {
		panic("sim: protocol " + s.proto.Name() + " asks nobody and does not end")
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
func (s *Session) First() int { return int(s.first) }

// Over reports whether the session has ended.
func (s *Session) Over() bool { return s.over }

// Space is what is on the table.
func (s *Session) Space() *deal.Space { return s.space }

// Party is a side's party. A protocol may weigh both sides' offers by it; that is the protocol's
// knowledge, not the other side's.
func (s *Session) Party(seat int) *deal.Party { return s.set.Party[seat] }

// Rand is the protocol's own stream, seeded by both sides' seeds.
func (s *Session) Rand() *rand.Rand { return s.rand[2] }

// Standing is what a seat has on the table, nil if nothing yet.
func (s *Session) Standing(seat int) deal.Offer {
	if !s.side[seat].has {
		return nil
	}
	return s.stand(seat)
}

// Proposed is what the seat has just proposed, whether it is heard or not. It holds until it moves again.
func (s *Session) Proposed(seat int) deal.Offer { return s.out(seat) }

// ---- what protocols do

// Show readies a seat's view: the present round, before it what the other side has on the table, and
// whether it is asked to hold (View.Hold).
func (s *Session) Show(seat int, hold bool) {
	v := s.view(seat, hold)
	d, other := &s.side[seat&1], &s.side[1-seat&1]
	v.Has, v.Fresh = other.has, other.has && d.shown != other.put
	if v.Fresh {
		d.shown = other.put
		copy(s.place(theirsAt+seat), other.lies)
	}
	if v.Text != nil {
		v.Text = nil
	}
}

// ShowDraft readies a seat's view for a draft of the mediator's: a vote on it against the text that
// stands, or with text nil a yes or no to sign it.
func (s *Session) ShowDraft(seat int, draft, text deal.Offer) {
	v := s.view(seat, text == nil)
	v.Has, v.Fresh, v.Text = true, true, nil
	copy(s.place(theirsAt+seat), draft)
	s.side[seat].shown = -1
	if text != nil {
		v.Text = s.place(shownAt + seat)
		copy(v.Text, text)
	}
}

// view is the part that all views share. What never changes in a session was set by begin; a
// negotiator that spoils that harms only itself.
func (s *Session) view(seat int, hold bool) *View {
	t := &s.turn[seat&1] // the mask spares the check of its range
	t.Kind = Silent
	v := &t.View
	v.Round, v.Rounds, v.Hold = s.round, s.rounds, hold
	if int(s.known) != len(v.Events) {
		s.events[seat] = append(s.events[seat][:0], s.set.Events[:s.known]...)
		v.Events = s.events[seat]
	}
	return v
}

// Hear returns what a seat that was asked has done, after the rules that hold everywhere: a fault or
// a walk-out has ended the session, and then Hear returns Silent. Where several seats were asked,
// call Fault for all and then Hear for all before acting on any: so a fault comes before a walk-out,
// and a walk-out before an agreement.
func (s *Session) Hear(seat int) Kind {
	if t := &s.turn[seat&1]; t.Kind == Propose && t.fault == "" && !s.over {
		return Propose
	}
	return s.hearOther(seat)
}

func (s *Session) hearOther(seat int) Kind {
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
	d := &s.side[seat&1]
	// What stands has been checked; most tactics repeat themselves.
	if d.same = d.has && d.says.Equal(d.lies); d.same {
		return true
	}
	return s.check(seat, d.says)
}

func (s *Session) check(seat int, out deal.Offer) bool {
	if err := s.space.Check(out); err != nil {
		s.fail(seat, OutsideSpace, "offered what is not in the space: "+err.Error())
		return false
	}
	if line := s.set.Party[seat].Breaks(out); line >= 0 {
		s.fail(seat, OverLine, fmt.Sprintf("offered over its own hard red line %d: %s", line, s.space.Words(out, false)))
		return false
	}
	return true
}

// Put counts what the seat has proposed as an offer and lays it on the table in the place of its last.
// The proposal must be Valid.
func (s *Session) Put(seat int) {
	s.made++
	if d := &s.side[seat&1]; !d.same || s.traced {
		s.lay(seat, d)
	}
}

func (s *Session) lay(seat int, d *side) {
	s.tell(int8(seat), Propose, s.out(seat), false, true)
	if !d.same {
		copy(d.lies, d.says)
		d.has = true
		d.put++
	}
}

// Ignore counts what the seat has proposed as an offer and leaves its last one on the table. The
// proposal must be Valid.
func (s *Session) Ignore(seat int) {
	s.made++
	s.tell(int8(seat), Propose, s.out(seat), false, false)
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
		s.fail(seat, OverLine, fmt.Sprintf("accepted over its own hard red line %d: %s", line, s.space.Words(o, false)))
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
	if int(s.known) < len(s.set.Events) {
		s.learn()
	}
	if s.moving {
		s.move()
	}
	return true
}

// move sets what the sides play for in the round that begins. The seats do not hold the session now.
func (s *Session) move() {
	if c := s.set.Change; c != nil && c.Round == s.round {
		for i, t := range c.Terms {
			if t != nil {
				s.set.Party[i].Set(*t)
			}
		}
	}
	for i, path := range s.set.NoDeal {
		if len(path) > 0 {
			s.set.Party[i].SetNoDeal(path[min(int(s.round), len(path))-1])
		}
	}
}

// Sign ends the session with a deal.
func (s *Session) Sign(cause Cause, by int8, o deal.Offer) {
	text := s.text()
	copy(text, o) // o may be any of the session's buffers; the result needs one that stays
	s.finish(cause, by)
	s.res.Offer = text
	for i, p := range s.set.Party {
		s.res.Utility[i] = p.Utility(text)
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
		Round: s.round, Offers: s.made,
	}
}

// tell lets the tracer hear a move.
func (s *Session) tell(seat int8, kind Kind, o deal.Offer, vote, heard bool) {
	if !s.traced {
		return
	}
	if s.trace == nil {
		s.trace = new(Move)
	}
	*s.trace = Move{
		ID: s.set.ID, Round: s.round, Seat: seat, Kind: kind, Vote: vote, Heard: heard, Offer: o,
		Utility: [2]float64{math.NaN(), math.NaN()}, Aim: math.NaN(),
	}
	m := s.trace
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
