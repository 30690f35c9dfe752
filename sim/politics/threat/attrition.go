package threat

import "math"

// Attrition is the war of attrition with complete information between two sides, in rounds: while
// neither gives way each pays its cost, and who stays when the other gives way has its prize (Maynard
// Smith 1974; Hendricks, Weiss and Wilson 1988).
type Attrition struct {
	Cost  [2]float64 // a year of waiting, >= 0
	Prize [2]float64 // of the other's giving way, > 0
	Years float64    // a round's length, > 0
	First int        // the side that moves first in a round
}

// Gain is what waiting one more round is worth to a side over giving way now, if the other gives way
// next with chance q: it pays for the round, and where the other does not give way it is where it was.
// The first to move pays only if the other does not give way in that round.
func (a *Attrition) Gain(side int, q float64) float64 {
	pays := 1.0
	if side == a.First {
		pays = 1 - q
	}
	return float64(q*a.Prize[side]) - float64(pays*a.Cost[side]*a.Years)
}

// Concede is the chance that a side gives way in a round in the mixed equilibrium: what leaves the
// other side indifferent between waiting and giving way. It is found where the other's Gain is zero,
// by halving; 1 where nothing less would keep the other waiting.
func (a *Attrition) Concede(side int) float64 {
	other := 1 - side
	lo, hi := 0.0, 1.0
	if a.Gain(other, hi) <= 0 {
		return 1
	}
	for hi-lo > 1e-12 {
		if mid := (lo + hi) / 2; a.Gain(other, mid) < 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// horizon is how many years a concession or the lack of one lasts, to those who decide on it: one, as
// everywhere on a scale of worth a year.
const horizon = 1

// attrition gives way, round by round, as the mixed equilibrium of the war has it: the costs are those
// of the tariffs in force, the prize is what it is worth for a year that the other takes a step back
// and not oneself. Who has given way starts no war again.
type attrition struct{}

func (attrition) war(s *State) Attrition {
	a := Attrition{Years: s.Years, First: s.First}
	now := s.Worth(s.Steps)
	for side := range 2 {
		a.Cost[side] = max(0, -now[side])
		if s.Steps[0] > 0 && s.Steps[1] > 0 {
			a.Prize[side] = max(0, horizon*(s.Worth(s.with(1-side, -1))[side]-s.Worth(s.with(side, -1))[side]))
		}
	}
	return a
}

func (p attrition) Move(s *State, side int) Move {
	if s.Steps[side] > 0 && s.Steps[1-side] > 0 {
		a := p.war(s)
		if s.u(side, askYield) < a.Concede(side) {
			s.Wait[side] = math.MaxInt32
			return Move{Action: Withdraw}
		}
		return Move{}
	}
	switch {
	case s.Wait[side] > s.Round:
	case s.Steps[1-side] > 0: // it is at war: joins
		return Move{Action: Threaten, Steps: 1, Demand: TakeBack}
	case s.Steps[side] == 0 && s.starts(side):
		return Move{Action: Threaten, Steps: 1, Demand: ForDeal}
	}
	return Move{}
}

func (attrition) Carry(*State, int, Threat) bool { return true }

func (p attrition) Yield(s *State, side int, _ Threat) bool {
	if a := p.war(s); s.Steps[1-side] == 0 || s.u(side, askYield) >= a.Concede(side) {
		return false
	}
	s.Wait[side] = math.MaxInt32
	return true
}
