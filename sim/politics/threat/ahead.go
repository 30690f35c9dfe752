package threat

// lookAhead solves the game of raising and taking back by backward induction (Selten 1965). In every
// round the sides move in turn, one step up, one down, or none; then the tariffs in force cost both
// for a round. After the last round the talks end: with chance Deal in a deal that splits its gains
// equally, so that a side gains half of what no deal is worth more to it than to the other; else with
// the tariffs as they are, for a year. The other side is taken to be as rational, with the Deal it
// has. Raising then pays where it worsens the other's no deal more than its own by more than the
// talks still cost.
//
// It raises by way of a threat and carries it out if raising is still best on the date; the time that
// the threat takes is not looked through.
type lookAhead struct{}

// farthest is how many rounds are looked through; beyond, the game is solved as if it ended there.
const farthest = 64

const grid = Most + 1

// ahead is the solution: the best change of steps for the mover, and what the game is worth to both
// before it moves.
type ahead struct {
	ready  bool
	rounds int32
	at     [][2][grid][grid]node // by rounds left, order of moving, steps of the first, of the second
}

type node struct {
	change int8
	value  [2]float64
}

// solve fills the table.
func (a *ahead) solve(s *State) {
	a.ready = true
	a.rounds = min(s.Known-s.Round+1, farthest)
	if n := int(a.rounds); n > cap(a.at) {
		a.at = make([][2][grid][grid]node, n)
	} else {
		a.at = a.at[:n]
	}
	most := [2]int8{s.Side[0].Steps, s.Side[1].Steps}
	deal := [2]float64{s.Side[0].Deal, s.Side[1].Deal}
	var worth [grid][grid][2]float64
	for i := range most[0] + 1 {
		for j := range most[1] + 1 {
			if i > 0 || j > 0 {
				worth[i][j] = s.Worth([2]int8{i, j})
			}
		}
	}
	for left := range a.rounds {
		for turn := 1; turn >= 0; turn-- {
			side := s.First ^ turn
			for i := range most[0] + 1 {
				for j := range most[1] + 1 {
					n := &a.at[left][turn][i][j]
					*n = node{}
					for k, change := range [...]int8{0, -1, 1} {
						to := [2]int8{i, j}
						if to[side] += change; to[side] < 0 || to[side] > most[side] {
							continue
						}
						v := a.after(left, turn, to, &worth, deal, s.Years)
						if k == 0 || v[side] > n.value[side] {
							*n = node{change, v}
						}
					}
				}
			}
		}
	}
}

// after is what the game is worth once a move has led to these steps.
func (a *ahead) after(left int32, turn int, at [2]int8, worth *[grid][grid][2]float64, deal [2]float64, years float64) [2]float64 {
	if turn == 0 {
		return a.at[left][1][at[0]][at[1]].value
	}
	w := worth[at[0]][at[1]]
	var v [2]float64
	if left > 0 {
		v = a.at[left-1][0][at[0]][at[1]].value
	} else {
		for k := range v {
			v[k] = horizon * (float64((1-deal[k])*w[k]) + float64(deal[k]*(w[k]-w[1-k])/2))
		}
	}
	for k := range v {
		v[k] += float64(w[k] * years)
	}
	return v
}

// node is the solution for a side's move now.
func (s *State) node(side int) *node {
	a := &s.player.ahead
	if !a.ready {
		a.solve(s)
	}
	left := min(s.Left(), a.rounds-1)
	turn := 0
	if side != s.First {
		turn = 1
	}
	return &a.at[left][turn][s.Steps[0]][s.Steps[1]]
}

func (lookAhead) Move(s *State, side int) Move {
	switch s.node(side).change {
	case 1:
		if s.Round+s.Side[side].Notice > s.Known {
			return Move{Action: Impose, Steps: 1} // a threat would be due too late
		}
		return Move{Action: Threaten, Steps: 1, Demand: s.ask(side)}
	case -1:
		return Move{Action: Withdraw}
	}
	return Move{}
}

func (lookAhead) Carry(s *State, side int, _ Threat) bool { return s.node(side).change == 1 }

// Yield takes back if the game without its step is worth more to it than with the sanction.
func (lookAhead) Yield(s *State, side int, t Threat) bool {
	steps := s.Steps
	defer func() { s.Steps = steps }()
	s.Steps = s.with(side, -1)
	give := s.node(side).value[side]
	s.Steps = steps
	s.Steps[1-side] = min(s.Steps[1-side]+t.Steps, s.Side[1-side].Steps)
	return give > s.node(side).value[side]
}
