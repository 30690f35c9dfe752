package threat

// Player plays games. It holds scratch, and belongs to one goroutine at a time.
type Player struct {
	state State
	ahead ahead
}

// Action is what a side does in its move.
type Action int8

// The actions.
const (
	Hold     Action = iota
	Threaten        // with the policy's notice, one step or as many as Policy.Move says
	Impose          // without a threat
	Withdraw        // takes back a step of its own
)

// Move is a side's move: an action, and of threats and tariffs how many steps.
type Move struct {
	Action Action
	Steps  int8
	Demand Demand
	Date   int32 // of a threat; 0 = after the policy's notice
}

// Policy is a way with threats. It keeps nothing of its own: what it must remember lies in the State.
type Policy interface {
	// Move is asked once a round, where no threat of the side's own is open.
	Move(s *State, side int) Move
	// Carry is asked on the date of the side's threat, where it was not met: whether it imposes.
	Carry(s *State, side int, t Threat) bool
	// Yield is asked on the date of a threat that asks the side to take back a step: whether it does.
	Yield(s *State, side int, t Threat) bool
}

// Play plays a game to its last round. The path is the caller's.
func (p *Player) Play(g *Game, out *Path) {
	s := &p.state
	*s = State{Game: g, Round: 1, Known: g.Known, Meant: [2]float64{g.Side[0].Believed, g.Side[1].Believed}, player: p}
	out.begin()
	p.ahead.ready = false
	home := [2]float64{}
	for r := int32(1); r <= g.Rounds; r++ {
		if s.Round = r; r > s.Known { // the last day was moved
			s.Known, p.ahead.ready = g.Rounds, false
		}
		for i := range 2 {
			side := g.First ^ i
			if t := s.Open[side]; t.Made > 0 && t.Date == r {
				home[side] += s.due(side, t, out)
			}
		}
		for i := range 2 {
			side := g.First ^ i
			if s.Open[side].Made == 0 {
				s.move(side, g.Side[side].Policy.Move(s, side), out)
			}
		}
		w := [2]float64{}
		if s.Steps != [2]int8{} {
			w = g.Stakes.Worth(s.Steps)
		}
		for side := range 2 {
			out.Steps[side] = append(out.Steps[side], s.Steps[side])
			out.Flow[side] = append(out.Flow[side], s.Spent[side])
			out.Home[side] = append(out.Home[side], home[side])
			s.Spent[side] -= float64(w[side] * g.Years)
		}
	}
}

func (out *Path) begin() {
	out.Events = out.Events[:0]
	for side := range 2 {
		out.Steps[side], out.Flow[side], out.Home[side] = out.Steps[side][:0], out.Flow[side][:0], out.Home[side][:0]
	}
}

// due settles a threat whose date has come and returns what it cost at home.
func (s *State) due(side int, t Threat, out *Path) (cost float64) {
	s.Open[side] = Threat{}
	other := 1 - side
	e := Event{Round: s.Round, By: int8(side), Demand: t.Demand, Steps: t.Steps, Made: t.Made}
	room := s.Side[side].Steps - s.Steps[side]
	switch {
	case t.Demand == TakeBack && s.Steps[other] == 0, t.Demand == Desist && s.Steps[other] <= t.Theirs:
		e.Kind, e.Steps = Met, 0 // it was taken back meanwhile; or never done
	case t.Demand == TakeBack && s.Side[other].Policy.Yield(s, other, t):
		e.Kind, e.Steps = Met, 1
		s.Steps[other]--
	case room > 0 && s.Side[side].Policy.Carry(s, side, t):
		e.Kind, e.Steps = Imposed, min(t.Steps, room)
		s.Steps[side] += e.Steps
		s.Hits[other] += int32(e.Steps)
		s.learn(side, true)
	default:
		e.Kind = BackedDown
		s.learn(side, false)
		cost = s.backing(side, t)
		e.Cost = cost
	}
	out.Events = append(out.Events, e)
	return cost
}

// backing is what backing down from a threat costs at home: it grows with how long the threat has
// stood (Fearon 1994, "Domestic political audiences and the escalation of international disputes",
// whose audience costs a(t) rise with the time that a dispute has been public).
func (s *State) backing(side int, t Threat) float64 {
	return float64(s.Side[side].Audience * s.Weeks * float64(s.Round-t.Made))
}

// move makes a side's move.
func (s *State) move(side int, m Move, out *Path) {
	room := s.Side[side].Steps - s.Steps[side]
	e := Event{Round: s.Round, By: int8(side), Steps: min(m.Steps, room), Demand: m.Demand}
	switch {
	case m.Action == Threaten && room > 0 && m.Steps > 0:
		e.Kind, e.Date = Threatened, s.Round+max(1, s.Side[side].Notice)
		if m.Date > s.Round {
			e.Date = m.Date
		}
		if s.Steps[side] == 0 {
			s.Said[side] = s.Round
		}
		s.Open[side] = Threat{Made: s.Round, Date: e.Date, Demand: m.Demand, Steps: e.Steps, Theirs: s.Steps[1-side]}
	case m.Action == Impose && room > 0 && m.Steps > 0:
		e.Kind = Imposed
		s.Steps[side] += e.Steps
		s.Hits[1-side] += int32(e.Steps)
	case m.Action == Withdraw && s.Steps[side] > 0:
		e.Kind, e.Steps = TookBack, 1
		s.Steps[side]--
	default:
		return
	}
	out.Events = append(out.Events, e)
}

// Tally is what became of a side's threats and tariffs.
type Tally struct {
	Made, Met, Imposed, BackedDown int
	Open                           int  // whose date had not come when the talks ended
	Peak                           int8 // most steps in force
}

// Tally counts a side's threats made up to the round in which the talks ended, and what had become of
// them. Threats still open are met if the talks ended with a deal: each is a demand for one, or is
// overtaken by it.
func (p *Path) Tally(side int, round int32, signed bool) (t Tally) {
	for i := range p.Events {
		e := &p.Events[i]
		if e.Round > round {
			break
		}
		if int(e.By) != side {
			continue
		}
		switch {
		case e.Kind == Threatened:
			t.Made++
		case e.Made == 0: // no threat went before
		case e.Kind == Met:
			t.Met++
		case e.Kind == Imposed:
			t.Imposed++
		case e.Kind == BackedDown:
			t.BackedDown++
		}
	}
	t.Open = t.Made - t.Met - t.Imposed - t.BackedDown
	if signed {
		t.Met, t.Open = t.Met+t.Open, 0
	}
	for r := range min(int(round), len(p.Steps[side])) {
		t.Peak = max(t.Peak, p.Steps[side][r])
	}
	return t
}
