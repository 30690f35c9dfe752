package threat

import (
	"fmt"

	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/politics/belief"
)

// Most is how many steps a side can raise its tariffs by at most.
const Most = 4

// Stakes are what the tariffs in force are worth. The scale is that of the caller, a year of it.
type Stakes interface {
	// Worth is what both sides gain a year, each, from steps being in force over none: (0, 0) there.
	Worth(steps [2]int8) [2]float64
}

// Params are the numbers of a side's policy. Each policy says which it reads (Info.Params).
type Params struct {
	Carried   float64 // chance, 0 to 1, that a threat that was not met is carried out where nothing else decides it
	Threatens float64 // how often a year it threatens of its own accord, >= 0
	Notice    int32   // rounds from a threat to its date, >= 1
	Steps     int8    // most steps it raises by, 0 to Most
	Audience  float64 // what backing down costs at home, per week that the threat has stood, >= 0
	Threshold float64 // loss a year from the other's tariffs from which it answers, >= 0
	Believed  float64 // chance, 0 to 1, that the other side gives at first to its threats being meant
	Deal      float64 // chance, 0 to 1, it gives to a deal that splits the gains
}

// Check says what is wrong with the numbers.
func (p *Params) Check() error {
	share := func(x float64) bool { return x >= 0 && x <= 1 }
	switch {
	case !share(p.Carried):
		return fmt.Errorf("the chance that a threat is carried out, %v, is not between 0 and 1", p.Carried)
	case !(p.Threatens >= 0):
		return fmt.Errorf("%v threats a year are not >= 0", p.Threatens)
	case p.Notice < 1:
		return fmt.Errorf("a notice of %d rounds is not >= 1", p.Notice)
	case p.Steps < 0 || p.Steps > Most:
		return fmt.Errorf("%d steps are not between 0 and %d", p.Steps, Most)
	case !(p.Audience >= 0):
		return fmt.Errorf("an audience cost of %v is not >= 0", p.Audience)
	case !(p.Threshold >= 0):
		return fmt.Errorf("a threshold of %v is not >= 0", p.Threshold)
	case !share(p.Believed):
		return fmt.Errorf("the chance that its threats are thought to be meant, %v, is not between 0 and 1", p.Believed)
	case !share(p.Deal):
		return fmt.Errorf("the chance of a deal, %v, is not between 0 and 1", p.Deal)
	}
	return nil
}

// Side is one side of the play.
type Side struct {
	Policy Policy
	Params
}

// Game is one run's play.
type Game struct {
	Side   [2]Side
	Stakes Stakes
	Rounds int32   // the last round there can be, >= 1
	Known  int32   // the last round as far as the sides know, 1 to Rounds: what they look ahead to
	Years  float64 // from one round to the next, > 0
	Weeks  float64 // the same, in weeks
	First  int     // the side that moves first in a round

	Seed, Replication uint64 // of the uniforms
}

// Demand is what a threat asks for.
type Demand int8

// The demands.
const (
	ForDeal  Demand = iota // a deal by the date
	TakeBack               // that the other side takes back a step
	Desist                 // that the other side does not carry out a threat of its own: a counter-threat
)

// String is the demand in a word.
func (d Demand) String() string {
	switch d {
	case TakeBack:
		return "take_back"
	case Desist:
		return "desist"
	}
	return "deal"
}

// Threat is a demand, a date and a sanction. The zero value is none.
type Threat struct {
	Made   int32 // the round in which it was made, from 1; 0 = there is none
	Date   int32 // the round in which it is due
	Demand Demand
	Steps  int8 // the sanction
	Theirs int8 // what the other side had in force when it was made
}

// Kind is what happened.
type Kind int8

// The kinds of event.
const (
	Threatened Kind = iota // a threat was made
	Met                    // the other side gave way: By is whose threat it was, the other took Steps back
	Imposed                // the threat was carried out, or tariffs were raised without one
	BackedDown             // the date passed with neither
	TookBack               // a side took back tariffs of its own accord
	kinds
)

var kindNames = [...]string{"threatened", "met", "imposed", "backed_down", "took_back"}

// String is the kind in words that columns use.
func (k Kind) String() string {
	if k < 0 || k >= kinds {
		return "unknown"
	}
	return kindNames[k]
}

// Event is something that happened at the start of a round, known to both sides.
type Event struct {
	Round  int32
	Kind   Kind
	By     int8 // whose threat or tariffs
	Demand Demand
	Steps  int8    // raised or taken back; of a threat, what it holds out
	Date   int32   // of a threat: the round in which it is due
	Made   int32   // of what became of a threat: the round in which it was made; 0 = there was none
	Cost   float64 // of backing down: what it cost at home
}

// Path is what a play leads to. Its slices are used again by the next.
type Path struct {
	Steps  [2][]int8    // in force during round r, at r-1
	Flow   [2][]float64 // what tariffs in force have cost until round r began, at r-1; below 0 where they paid
	Home   [2][]float64 // what backing down has cost until then, that of round r included
	Events []Event      // by round
}

// State is the play at a moment, as policies see it.
type State struct {
	*Game
	Round  int32
	Known  int32 // the last round as far as the sides know now
	Steps  [2]int8
	Open   [2]Threat  // threats whose date has not come
	Hits   [2]int32   // steps the other side has imposed on this one so far
	Said   [2]int32   // the round in which it made the threat that its tariffs, or its next ones, go back to
	Meant  [2]float64 // chance that the other side gives to its threats being meant, by what became of those before
	Wait   [2]int32   // a policy's own memory: the round until which it is calm
	Owed   [2]int32   // likewise: steps it still has to answer with
	Seen   [2]int32   // likewise: hits it has answered
	Spent  [2]float64 // what tariffs in force have cost so far
	player *Player
}

// credible is the chance that a side's next threat is carried out, as the other side sees it.
func (s *State) credible(side int) float64 { return belief.DefaultResolve.Carried(s.Meant[side]) }

// learn is Bayes' rule on what became of a threat.
func (s *State) learn(side int, carried bool) {
	s.Meant[side] = belief.DefaultResolve.After(s.Meant[side], carried)
}

// Left is how many rounds there are after this one, as far as the sides know.
func (s *State) Left() int32 { return max(0, s.Known-s.Round) }

// Worth is what both sides gain a year from steps.
func (s *State) Worth(steps [2]int8) [2]float64 { return s.Stakes.Worth(steps) }

// with is the steps with one side's moved.
func (s *State) with(side int, by int8) [2]int8 {
	out := s.Steps
	out[side] += by
	return out
}

// question keeps the uniforms of a round apart.
type question uint64

const (
	askMove question = iota
	askCarry
	askYield
	questions
)

var streamID = [2]uint64{chance.ID("escalation.0"), chance.ID("escalation.1")}

// u is the uniform of a side's question in this round.
func (s *State) u(side int, q question) float64 {
	return chance.U(s.Seed, s.Replication, streamID[side], uint64(s.Round)*uint64(questions)+uint64(q))
}
