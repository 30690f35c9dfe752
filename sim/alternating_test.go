package sim_test

import (
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

func TestAlternatingOffers(t *testing.T) {
	tests := []struct {
		name   string
		a, b   *script
		first  int
		limit  int32
		status sim.Status
		cause  sim.Cause
		by     int8
		round  int32
		offers int32
		deal   int // -1 for none
	}{
		{name: "second accepts at once", a: says(7), b: says(0).then(0, does(sim.Accept)), status: sim.Signed, cause: sim.Accepted, by: 1, round: 1, offers: 1, deal: 7},
		{name: "first accepts in round 3", a: says(9).then(2, does(sim.Accept)), b: says(1, 2), status: sim.Signed, cause: sim.Accepted, by: 0, round: 3, offers: 4, deal: 2},
		{name: "the other opens", a: says(9).then(0, does(sim.Accept)), b: says(4), first: 1, status: sim.Signed, cause: sim.Accepted, by: 0, round: 1, offers: 1, deal: 4},
		{name: "deadline", a: says(9), b: says(1), status: sim.NoDeal, cause: sim.Deadline, by: sim.Neither, round: 5, offers: 10, deal: -1},
		{name: "accepted in the last turn", a: says(9, 8, 7, 6, 5), b: says(1).then(4, does(sim.Accept)), status: sim.Signed, cause: sim.Accepted, by: 1, round: 5, offers: 9, deal: 5},
		{name: "walk-out", a: says(9), b: says(1).then(1, does(sim.Walk)), status: sim.NoDeal, cause: sim.WalkOut, by: 1, round: 2, offers: 3, deal: -1},
		{name: "walk-out before any offer", a: says(9).then(0, does(sim.Walk)), b: says(1), status: sim.NoDeal, cause: sim.WalkOut, by: 0, round: 1, offers: 0, deal: -1},
		{name: "longer than announced", a: says(9), b: says(1), limit: 8, status: sim.NoDeal, cause: sim.Deadline, by: sim.Neither, round: 8, offers: 16, deal: -1},
		{name: "shorter than announced", a: says(9), b: says(1), limit: 2, status: sim.NoDeal, cause: sim.Deadline, by: sim.Neither, round: 2, offers: 4, deal: -1},
	}
	for name, table := range tables() {
		for _, c := range tests {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				s := duel(t, c.a, c.b)
				s.First, s.Limit = c.first, c.limit
				r := play(t, table, s)[0]
				if r.Status != c.status || r.Cause != c.cause || r.By != c.by || r.Round != c.round || r.Offers != c.offers {
					t.Errorf("got %s", text(r))
				}
				switch {
				case c.deal < 0 && (r.Offer != nil || r.Utility != [2]float64{}):
					t.Errorf("a deal without a deal: %s", text(r))
				case c.deal >= 0 && (int(r.Offer[0]) != c.deal || r.Utility != [2]float64{float64(c.deal) / 10, 1 - float64(c.deal)/10}):
					t.Errorf("deal %d: %s", c.deal, text(r))
				}
			})
		}
	}
}

func TestFaultsEndTheirOwnSession(t *testing.T) {
	m := pie(t, 10, 3, same) // side 1 never signs 3
	tests := []struct {
		name  string
		a, b  *script
		by    int8
		cause sim.Cause
		round int32
		says  string
	}{
		{"panics", says(9), says(1).then(1, func(*sim.View, deal.Offer) sim.Kind { panic("no idea") }), 1, sim.Panicked, 2, "seat 1 panicked: no idea (round 2)"},
		{"panics with an error of the runtime", says(9).then(0, func(_ *sim.View, out deal.Offer) sim.Kind { out[len(out)] = 1; return sim.Propose }), says(1), 0, sim.Panicked, 1, "seat 0 panicked: runtime error: index out of range"},
		{"outside the space", says(11), says(1), 0, sim.OutsideSpace, 1, "seat 0 offered what is not in the space: pie: 11 is not the index of a value (0 to 10) (round 1)"},
		{"over its own line", says(9), says(1, 3), 1, sim.OverLine, 2, "seat 1 offered over its own hard red line 0: pie 3 (round 2)"},
		{"accepts over its own line", says(3), says(1).then(0, does(sim.Accept)), 1, sim.OverLine, 1, "seat 1 accepted over its own hard red line 0: pie 3 (round 1)"},
		{"accepts nothing", says(9).then(0, does(sim.Accept)), says(1), 0, sim.NothingToTake, 1, "seat 0 accepted when no offer lay before it (round 1)"},
		{"does not answer", says(9), says(1).then(2, does(sim.Silent)), 1, sim.Unanswered, 3, "seat 1 gave no answer (round 3)"},
		{"answers nonsense", says(9), says(1).then(0, does(sim.Kind(77))), 1, sim.Unanswered, 1, "seat 1 answered with action 77, which does not exist (round 1)"},
	}
	for name, table := range tables() {
		t.Run(name, func(t *testing.T) {
			var setups []sim.Setup
			add := func(a, b *script) {
				setups = append(setups, sim.Setup{ID: uint64(len(setups)), Party: parties(m), Negotiator: [2]sim.Negotiator{a, b}, Rounds: 5})
			}
			for _, c := range tests { // each beside sessions that must go on
				add(says(9), says(1, 2, 4).then(3, does(sim.Accept)))
				add(c.a, c.b)
			}
			got := play(t, table, setups...)
			for i, c := range tests {
				if r := got[uint64(2*i)]; r.Status != sim.Signed || r.Round != 4 || r.Offer[0] != 9 {
					t.Errorf("the neighbour of %q: %s", c.name, text(r))
				}
				r := got[uint64(2*i+1)]
				if r.Status != sim.Error || r.Cause != c.cause || r.By != c.by || r.Round != c.round || !strings.Contains(r.Err, c.says) || r.Offer != nil || r.Utility[0] == r.Utility[0] {
					t.Errorf("%s: got %s", c.name, text(r))
				}
			}
		})
	}
}

func TestEventsAreKnownInTime(t *testing.T) {
	seen := map[int32]string{}
	a := &script{act: func(_ *script, v *sim.View, out deal.Offer) sim.Kind {
		for _, e := range v.Events {
			seen[v.Round] += string(rune('a' + e.Kind - sim.EventUser))
		}
		if v.Round < 3 && v.Rounds != 5 || v.Round >= 3 && v.Rounds != 7 {
			t.Errorf("round %d of %d", v.Round, v.Rounds)
		}
		out[0] = 9
		for i := range v.Events {
			v.Events[i].Round = 99 // nobody else's loss
		}
		return sim.Propose
	}}
	s := duel(t, a, says(1))
	s.Limit = 7
	s.Events = []sim.Event{{Round: 1, Kind: sim.EventUser}, {Round: 3, Kind: sim.Extended, Value: 7, By: -1}, {Round: 3, Kind: sim.EventUser + 1}, {Round: 9, Kind: sim.EventUser + 2}}
	want := append([]sim.Event(nil), s.Events...)
	r := play(t, sim.NewPlain(), s)[0]
	if r.Round != 7 {
		t.Errorf("ended %s", text(r))
	}
	for i := range want {
		if s.Events[i] != want[i] {
			t.Errorf("event %d became %+v", i, s.Events[i])
		}
	}
	if seen[1] != "a" || seen[2] != "a" || !strings.HasPrefix(seen[3], "a") || !strings.HasSuffix(seen[7], "b") || len(seen[7]) < 2 {
		t.Errorf("seen %q", seen)
	}
}

func TestSetupsAreChecked(t *testing.T) {
	good := duel(t, says(9), says(1))
	tests := map[string]func(s *sim.Setup){
		"different spaces":              func(s *sim.Setup) { s.Party[1] = parties(pie(t, 9, -1, same))[1] },
		"lacks a party":                 func(s *sim.Setup) { s.Party[1] = nil },
		"lacks a negotiator for seat 0": func(s *sim.Setup) { s.Negotiator[0] = nil },
		"first = 2":                     func(s *sim.Setup) { s.First = 2 },
		"0 rounds are not >= 1":         func(s *sim.Setup) { s.Rounds = 0 },
		"-1 rounds are not >= 1":        func(s *sim.Setup) { s.Rounds = -1 },
		"limit of -3 rounds":            func(s *sim.Setup) { s.Limit = -3 },
		"not in order":                  func(s *sim.Setup) { s.Events = []sim.Event{{Round: 2}, {Round: 1}} },
	}
	for want, spoil := range tests {
		s := good
		spoil(&s)
		for name, table := range tables() {
			err := table.Play(t.Context(), &list{setups: []sim.Setup{s}}, func(int, *sim.Result) error { return nil })
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q: got %v", name, want, err)
			}
		}
	}
}

// A negotiator that writes over everything it is shown harms no one else.
func TestVandal(t *testing.T) {
	vandal := &script{act: func(_ *script, v *sim.View, out deal.Offer) sim.Kind {
		if v.Has {
			v.Theirs[0] = 5
		}
		v.Text, v.Space, v.Has, v.Rounds, v.Events = nil, nil, true, 1, nil
		out[0] = 8
		return sim.Propose
	}}
	for name, table := range tables() {
		var heard []uint16
		b := &script{act: func(s *script, v *sim.View, out deal.Offer) sim.Kind {
			heard = append(heard, v.Theirs[0])
			if v.Rounds != 5 || v.Space == nil {
				t.Errorf("%s: the other's view is spoiled: %+v", name, v)
			}
			if s.n == 3 {
				return sim.Accept
			}
			out[0] = 2
			return sim.Propose
		}}
		r := play(t, table, duel(t, vandal, b))[0]
		if r.Status != sim.Signed || r.Offer[0] != 8 || r.Offers != 7 {
			t.Errorf("%s: %s", name, text(r))
		}
		for _, h := range heard {
			if h != 8 {
				t.Errorf("%s: heard %v", name, heard)
			}
		}
	}
}
