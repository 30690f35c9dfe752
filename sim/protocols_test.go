package sim_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

func TestProtocolNamed(t *testing.T) {
	for _, in := range sim.Protocols() {
		p, err := sim.ProtocolNamed(in.Name)
		if err != nil || p.Name() != in.Name || in.Description == "" || in.Knows == "" || in.Round == "" || in.Source == "" {
			t.Errorf("%+v: %v", in, err)
		}
	}
	_, err := sim.ProtocolNamed("alternating_offer")
	if err == nil || !strings.Contains(err.Error(), `did you mean "alternating_offers"?`) || !strings.Contains(err.Error(), "single_text") {
		t.Errorf("got %v", err)
	}
	if _, err = sim.ProtocolNamed("zzz"); err == nil || strings.Contains(err.Error(), "did you mean") {
		t.Errorf("got %v", err)
	}
}

func TestNames(t *testing.T) {
	for c := sim.Accepted; c <= sim.SeatFailed; c++ {
		if c.String() == "unknown" || c.Status().String() == "unknown" {
			t.Errorf("cause %d has no name", c)
		}
	}
	if sim.Deadline.Status() != sim.NoDeal || sim.Panicked.Status() != sim.Error || sim.Voted.Status() != sim.Signed {
		t.Error("causes lead to the wrong endings")
	}
	if sim.Cause(99).String() != "unknown" || sim.Status(-1).String() != "unknown" || sim.Walk.String() != "walk" {
		t.Error("names out of range")
	}
}

func TestLastOffer(t *testing.T) {
	yes := func(v *sim.View, _ deal.Offer) sim.Kind {
		if v.Rounds != 1 || v.Round != 1 || !v.Hold || v.Theirs[0] != 9 {
			t.Errorf("view %+v", v)
		}
		return sim.Accept
	}
	for name, table := range tables() {
		s := duel(t, says(9), says(0).then(0, yes))
		s.Protocol = sim.LastOffer()
		if r := play(t, table, s)[0]; r.Cause != sim.Accepted || r.By != 1 || r.Round != 1 || r.Offers != 1 || r.Offer[0] != 9 {
			t.Errorf("%s: accepted: %s", name, text(r))
		}
		s = duel(t, says(9), says(1))
		s.Protocol, s.First = sim.LastOffer(), 1
		if r := play(t, table, s)[0]; r.Cause != sim.Deadline || r.By != sim.Neither || r.Offers != 1 {
			t.Errorf("%s: turned down: %s", name, text(r))
		}
		s = duel(t, says(9), says(1).then(0, does(sim.Walk)))
		s.Protocol = sim.LastOffer()
		if r := play(t, table, s)[0]; r.Cause != sim.WalkOut || r.By != 1 {
			t.Errorf("%s: walked out: %s", name, text(r))
		}
		s = duel(t, says(9).then(0, does(sim.Accept)), says(1))
		s.Protocol = sim.LastOffer()
		if r := play(t, table, s)[0]; r.Cause != sim.NothingToTake {
			t.Errorf("%s: %s", name, text(r))
		}
	}
}

// yields gives way by one value (in the given direction) whenever it is asked to.
func yields(from uint16, by int) *script {
	at := int(from)
	return &script{act: func(s *script, v *sim.View, out deal.Offer) sim.Kind {
		if s.n == 0 {
			at = int(from)
		} else if !v.Hold {
			at += by
		}
		out[0] = uint16(at)
		return sim.Propose
	}}
}

// Small concessions by the side with the smaller risk lead to the Nash bargaining solution (Harsanyi
// 1956): with u_0 = x and u_1 = (1-x)^a that is x = 1 / (1 + a).
func TestZeuthenLeadsToNash(t *testing.T) {
	const n = 600
	for _, a := range []float64{1, 0.5, 2, 0.2} {
		m := pie(t, n, -1, func(y float64) float64 { return math.Pow(y, a) })
		for name, table := range tables() {
			s := sim.Setup{
				Party: parties(m), Rounds: 3 * n, Protocol: sim.MonotonicConcession(),
				Negotiator: [2]sim.Negotiator{yields(n, -1), yields(0, 1)},
			}
			r := play(t, table, s)[0]
			if r.Status != sim.Signed || r.Cause != sim.Met || math.Abs(float64(r.Offer[0])/n-1/(1+a)) > 1.5/n {
				t.Errorf("%s, a = %v: %s, want x = %v", name, a, text(r), 1/(1+a)*n)
			}
		}
	}
}

func TestMonotonicConcession(t *testing.T) {
	var moves []sim.Move
	s := duel(t, says(10, 6, 8, 8), says(0, 2, 4, 9))
	s.Protocol = sim.MonotonicConcession()
	s.Tracer = sim.TracerFunc(func(m *sim.Move) {
		c := *m
		c.Offer = append(deal.Offer(nil), m.Offer...)
		moves = append(moves, c)
	})
	r := play(t, sim.NewPlain(), s)[0]
	// Round 1: 10, 0. Round 2: 6, 2. Round 3: seat 0 takes back, 8 is not heard, 6 stands against 4.
	// Round 4: 9 gives seat 0 more than the 6 it asks for, and 6 gives seat 1 less than it asks for...
	if r.Cause != sim.Met || r.By != 0 || r.Round != 4 || r.Offer[0] != 9 || r.Offers != 8 {
		t.Errorf("got %s", text(r))
	}
	heard := ""
	for _, m := range moves {
		heard += fmt.Sprintf("%d:%d:%v ", m.Seat, m.Offer[0], m.Heard)
	}
	if heard != "0:10:true 1:0:true 0:6:true 1:2:true 0:8:false 1:4:true 0:8:false 1:9:true " {
		t.Errorf("heard %s", heard)
	}
}

// The risks of a worked example: demands 10 and 0 over a pie of ten with no deal worth 0.1 to side 0
// and 0.3 to side 1. After 8 and 5: side 0 risks (0.8-0.5)/(0.8-0.1) = 3/7, side 1
// (0.5-0.3)/(0.5-0.3) = 1 as 8 leaves it 0.2, less than no deal. So side 0 is asked.
func TestRisk(t *testing.T) {
	m := pie(t, 10, -1, same)
	var hold [2][]bool
	watch := func(k int, s *script) *script {
		act := s.act
		s.act = func(s *script, v *sim.View, out deal.Offer) sim.Kind {
			hold[k] = append(hold[k], v.Hold)
			return act(s, v, out)
		}
		return s
	}
	p := parties(m)
	p[0].Set(deal.Terms{Weight: []float64{1}, NoDeal: 0.1})
	p[1].Set(deal.Terms{Weight: []float64{1}, Cost: []float64{0}, NoDeal: 0.3})
	s := sim.Setup{
		Party: p, Rounds: 3, Protocol: sim.MonotonicConcession(),
		Negotiator: [2]sim.Negotiator{watch(0, says(10, 8)), watch(1, says(0, 5))},
	}
	if r := play(t, sim.NewPlain(), s)[0]; r.Cause != sim.Deadline {
		t.Errorf("got %s", text(r))
	}
	// Round 1 both; after 10 and 0 both risk 1, so both again; round 3 side 0 alone.
	if fmt.Sprint(hold) != "[[false false false] [false false true]]" {
		t.Errorf("hold %v", hold)
	}
}

func TestBothAtOnce(t *testing.T) {
	at := func(n int, k sim.Kind) *script { return says(10).then(n, does(k)) }
	low := func(n int, k sim.Kind) *script { return says(0).then(n, does(k)) }
	tests := []struct {
		name  string
		a, b  *script
		cause sim.Cause
		by    int8
	}{
		{"both walk: seat 0 is first", at(1, sim.Walk), low(1, sim.Walk), sim.WalkOut, 0},
		{"a walk-out undoes an accept", at(1, sim.Accept), low(1, sim.Walk), sim.WalkOut, 1},
		{"a fault comes before a walk-out", at(1, sim.Walk), low(1, sim.Silent), sim.Unanswered, 1},
		{"a bad offer comes before an accept", at(1, sim.Accept), says(0, 11), sim.OutsideSpace, 1},
		{"accept in the first round", at(0, sim.Accept), low(9, sim.Walk), sim.NothingToTake, 0},
		{"one accepts", at(9, sim.Walk), low(1, sim.Accept), sim.Accepted, 1},
	}
	for name, table := range tables() {
		for _, c := range tests {
			s := duel(t, c.a, c.b)
			s.Protocol = sim.MonotonicConcession()
			if r := play(t, table, s)[0]; r.Cause != c.cause || r.By != c.by {
				t.Errorf("%s: %s: %s", name, c.name, text(r))
			}
		}
	}
	// Both accept, and both offers meet the other's: a fair coin.
	heads := [2]int{}
	const n = 2000
	for i := range n {
		s := duel(t, at(1, sim.Accept), low(1, sim.Accept))
		if i%2 == 0 {
			s = duel(t, says(10, 4), says(0, 6))
		}
		s.Protocol, s.Seed = sim.MonotonicConcession(), [2]uint64{uint64(i), 3}
		r := play(t, sim.NewPlain(), s)[0]
		if r.Status != sim.Signed {
			t.Fatal(text(r))
		}
		heads[r.By]++
	}
	if d := math.Abs(float64(heads[0]) - n/2); d > 4*math.Sqrt(n)/2 { // four standard deviations
		t.Errorf("the coin fell %v", heads)
	}
}

func TestSingleText(t *testing.T) {
	climb := func() *script {
		return &script{act: func(s *script, v *sim.View, _ deal.Offer) sim.Kind {
			if v.Text == nil {
				if !v.Hold || v.Round != 40 {
					t.Errorf("the last vote: %+v", v)
				}
				return sim.Accept
			}
			if s.p.Utility(v.Theirs) >= s.p.Utility(v.Text) {
				return sim.Accept
			}
			return sim.Propose
		}}
	}
	// Two issues of four values: both sides like the first one high, they are at odds over the second.
	var is []deal.Issue
	var p [2]deal.Profile
	for i := range 2 {
		is = append(is, deal.Issue{Name: fmt.Sprint("i", i), Values: []string{"0", "1", "2", "3"}, Now: i})
		for k := range p {
			x := []float64{0, 1, 2, 3}
			if i == 1 && k == 1 {
				x = []float64{3, 2, 1, 0}
			}
			p[k].Interests = append(p[k].Interests, deal.Interest{Name: is[i].Name, Scope: []int{i}, Table: x})
		}
	}
	space, err := deal.NewSpace(is)
	if err != nil {
		t.Fatal(err)
	}
	m, err := deal.Compile(space, p, [2]deal.Bounds{}, deal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	party := func(k int) *deal.Party {
		q := m.NewParty(k)
		q.Set(deal.Terms{Weight: []float64{1, 1}, NoDeal: -1})
		return q
	}
	for name, table := range tables() {
		drafts := 0
		last := deal.Offer{}
		s := sim.Setup{
			Party: [2]*deal.Party{party(0), party(1)}, Rounds: 40, Seed: [2]uint64{5, 6}, Protocol: sim.SingleText(),
			Negotiator: [2]sim.Negotiator{climb(), climb()},
			Tracer: sim.TracerFunc(func(m *sim.Move) {
				if m.Seat == sim.Mediator {
					drafts++
					if drafts > 1 && drafts < 40 && m.Offer.Equal(last) && m.Offer[0] == 3 {
						return
					}
					last = append(last[:0], m.Offer...)
				} else if !m.Vote {
					t.Errorf("a move that is no vote: %+v", m)
				}
			}),
		}
		r := play(t, table, s)[0]
		// The shared issue climbs to the top; the contested one, where any change harms one side, stays.
		if r.Cause != sim.Voted || r.By != sim.Neither || r.Round != 40 || r.Offers != 0 || !r.Offer.Equal(deal.Offer{3, 1}) || drafts != 40 {
			t.Errorf("%s: %s after %d drafts", name, text(r), drafts)
		}
		s.Negotiator[1] = says(0) // votes no for ever
		s.Tracer = nil
		if r := play(t, table, s)[0]; r.Cause != sim.Deadline || r.Offer != nil {
			t.Errorf("%s: %s", name, text(r))
		}
		s.Rounds = 1
		s.Negotiator = [2]sim.Negotiator{says(0).then(0, does(sim.Accept)), says(0).then(0, does(sim.Accept))}
		if r := play(t, table, s)[0]; r.Cause != sim.Voted || !r.Offer.Equal(deal.Offer{0, 1}) {
			t.Errorf("%s: one round signs today's values: %s", name, text(r))
		}
	}
}
