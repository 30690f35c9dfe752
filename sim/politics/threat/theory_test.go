package threat_test

import (
	"math"
	"testing"

	"github.com/parley-sim/parley/sim/politics/threat"
)

// The row war_of_attrition_mixed of the theory table: lambda_1 = c2/V2, lambda_2 = c1/V1.
func TestAttritionHazards(t *testing.T) {
	a := threat.Attrition{Cost: [2]float64{3, 1}, Prize: [2]float64{10, 4}, Years: 1e-4}
	for side, want := range []float64{1.0 / 4, 3.0 / 10} {
		if got := a.Concede(side) / a.Years; math.Abs(got-want) > 1e-4*want { // a round is short, not nothing
			t.Errorf("side %d gives way at a rate of %v, not %v", side, got, want)
		}
	}
	if q := (&threat.Attrition{Cost: [2]float64{3, 1}, Prize: [2]float64{0, 4}, Years: 1}).Concede(1); q != 1 {
		t.Errorf("a side without a prize is kept waiting by %v", q)
	}
}

// quits gives way in round k of the war, as a test of indifference against the mixture.
type quits struct{ round int32 }

func (q quits) Move(s *threat.State, side int) threat.Move {
	switch {
	case s.Round == 1:
		return threat.Move{Action: threat.Impose, Steps: 1}
	case s.Round == q.round && s.Steps == [2]int8{1, 1}:
		return threat.Move{Action: threat.Withdraw}
	}
	return threat.Move{}
}
func (quits) Carry(*threat.State, int, threat.Threat) bool { return true }
func (quits) Yield(*threat.State, int, threat.Threat) bool { return false }

// Each side is indifferent when it gives way, now or later, while the other plays the mixture: the
// equilibrium is one. Played by the Player, not by formula: a war has begun in round 2; a side that
// gives way in round k gets what the mixture gives it on average, the same for every k.
func TestAttritionIndifference(t *testing.T) {
	// At war a step costs its maker 0.5 and its target 2 a year, so war costs 2.5 each.
	stakes := table(func(i, j float64) [2]float64 { return [2]float64{-0.5*i - 2*j, -0.7*j - 3*i} })
	mix, _ := threat.Named("attrition")
	for side := range 2 {
		var means []float64
		for _, k := range []int32{2, 4, 8, 16} {
			g := &threat.Game{Stakes: stakes, Rounds: 60, Known: 60, Years: 0.05, Weeks: 2.6, Seed: 11, First: side}
			g.Side[side] = threat.Side{Policy: quits{k}, Params: threat.Params{Notice: 1, Steps: 1}}
			g.Side[1-side] = threat.Side{Policy: joins{mix}, Params: threat.Params{Notice: 1, Steps: 1}}
			var player threat.Player
			var path threat.Path
			sum, square, n := 0.0, 0.0, 40_000
			for rep := range uint64(n) {
				g.Replication = rep
				player.Play(g, &path)
				v := payoff(g, &path, side, stakes)
				sum, square = sum+v, square+v*v
			}
			mean := sum / float64(n)
			means = append(means, mean)
			if err := 4 * math.Sqrt((square/float64(n)-mean*mean)/float64(n)); math.Abs(mean-means[0]) > err+1e-12 {
				t.Errorf("side %d: giving way in round %d is worth %v, in round 2 %v (within %v)", side, k, mean, means[0], err)
			}
		}
	}
}

// joins is the mixture with a war that has begun.
type joins struct{ threat.Policy }

func (j joins) Move(s *threat.State, side int) threat.Move {
	if s.Round == 1 {
		return threat.Move{Action: threat.Impose, Steps: 1}
	}
	return j.Policy.Move(s, side)
}

// payoff is what a play gives a side from round 2 until somebody has given way, and for a year after.
func payoff(g *threat.Game, p *threat.Path, side int, stakes table) float64 {
	v := 0.0
	for r := 1; r < int(g.Rounds); r++ {
		now := [2]int8{p.Steps[0][r], p.Steps[1][r]}
		w := stakes.Worth(now)[side]
		if now != [2]int8{1, 1} {
			return v + w
		}
		v += w * g.Years
	}
	return v
}

// ahead is the game of look_ahead solved by plain recursion over every line of play.
func ahead(g *threat.Game, r int32, turn int, steps [2]int8) (change int8, value [2]float64) {
	side := g.First ^ turn
	best := false
	for _, c := range []int8{0, -1, 1} {
		to := steps
		if to[side] += c; to[side] < 0 || to[side] > g.Side[side].Steps {
			continue
		}
		var v [2]float64
		w := g.Stakes.Worth(to)
		switch {
		case turn == 0:
			_, v = ahead(g, r, 1, to)
		case r < g.Rounds:
			_, v = ahead(g, r+1, 0, to)
			v[0], v[1] = v[0]+w[0]*g.Years, v[1]+w[1]*g.Years
		default:
			for k := range v {
				d := g.Side[k].Deal
				v[k] = w[k]*g.Years + (1-d)*w[k] + d*(w[k]-w[1-k])/2
			}
		}
		if !best || v[side] > value[side]+1e-12 {
			best, change, value = true, c, v
		}
	}
	return change, value
}

// raises is what look_ahead does in the first round, by what happens: a threat is due too late when
// notice is long, so it imposes at once.
func TestLookAheadIsBackwardInduction(t *testing.T) {
	policy, _ := threat.Named("look_ahead")
	seen := map[int8]int{}
	for k := range 120 {
		x := func(i int) float64 { return float64((k*7919+i*104729)%1000)/500 - 1 }
		stakes := table(func(i, j float64) [2]float64 {
			return [2]float64{x(1)*i - (2+x(2))*j - x(3)*i*j, x(4)*j - (2+x(5))*i - x(6)*i*j}
		})
		g := &threat.Game{Stakes: stakes, Rounds: int32(1 + k%3), Years: 0.05 + 0.3*float64(k%4), Weeks: 1, First: k % 2}
		g.Known = g.Rounds
		for side := range 2 {
			g.Side[side] = threat.Side{Policy: policy, Params: threat.Params{Notice: 100, Steps: 2, Deal: float64(k%5) / 4}}
		}
		var path threat.Path
		new(threat.Player).Play(g, &path)
		steps := [2]int8{}
		for r := int32(1); r <= g.Rounds; r++ {
			for turn := range 2 {
				c, _ := ahead(g, r, turn, steps)
				seen[c]++
				steps[g.First^turn] += c
			}
			if got := [2]int8{path.Steps[0][r-1], path.Steps[1][r-1]}; got != steps {
				t.Fatalf("game %d, round %d: steps %v, backward induction %v", k, r, got, steps)
			}
		}
	}
	if seen[1] < 20 || seen[0] < 20 {
		t.Errorf("the games are too much alike: %v", seen)
	}
}

// Rational sides whose tariffs hurt themselves raise none when no deal can follow; they raise when a
// deal will, to worsen the other's no deal, unless the talks that are left cost more.
func TestLookAheadRaisesForTheDeal(t *testing.T) {
	policy, _ := threat.Named("look_ahead")
	steps := func(deal float64, rounds int32, years float64) int8 {
		g := &threat.Game{Stakes: table(hurtBoth), Rounds: rounds, Known: rounds, Years: years, Weeks: 1}
		for side := range 2 {
			g.Side[side] = threat.Side{Policy: policy, Params: threat.Params{Notice: 100, Steps: 1, Deal: deal}}
		}
		var path threat.Path
		new(threat.Player).Play(g, &path)
		return path.Steps[0][0]
	}
	for _, c := range []struct {
		deal   float64
		rounds int32
		years  float64
		want   int8
	}{{0, 4, 0.01, 0}, {1, 1, 0.01, 1}, {1, 1, 1.5, 0}} {
		if got := steps(c.deal, c.rounds, c.years); got != c.want {
			t.Errorf("deal %v, %d rounds of %v years: %d steps, not %d", c.deal, c.rounds, c.years, got, c.want)
		}
	}
}
