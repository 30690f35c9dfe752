package scenario

import (
	"math"

	"github.com/parley-sim/parley/sim/economy"
)

// levers are the issues that a trade model prices, by their keys, in the order of economy.Grid. Their
// numbers are per cent.
var levers = [...]string{"us_tariff", "cn_tariff", "farm_tariff", "input_relief"}

// setting reads the levers off a point. Issues that are not on the table stand at 0.
type setting struct{ issue [len(levers)]int }

func (c *compiler) setting() setting {
	var s setting
	for l, key := range levers {
		s.issue[l] = -1
		if i, ok := c.space.Issue(key); ok {
			s.issue[l] = i
		}
	}
	return s
}

func (s *setting) at(x []float64) economy.Setting {
	var v [len(levers)]float64
	for l, i := range s.issue {
		if i >= 0 {
			v[l] = x[i] / 100
		}
	}
	return economy.Setting{US: v[0], CN: v[1], Farm: v[2], Relief: v[3]}
}

// scope is the issues of some levers, rising.
func (s *setting) scope(which ...int) []int {
	var out []int
	for _, l := range which {
		if s.issue[l] >= 0 {
			out = union(out, []int{s.issue[l]})
		}
	}
	return out
}

// fromEconomy makes an interest's strength the welfare that the trade models give its side, $bn a
// year. Relief on inputs is a component of its own: it reaches the plants that Chinese firms have
// built, so it grows with what is built (economy.Composite), and the rest does not:
//
//	trade    W(us_tariff, cn_tariff, farm_tariff)
//	relief   reach x built x [W(us_tariff, input_relief) - W(us_tariff, 0)]
//
// with reach the share of inputs bought from China that a $bn built uses. The second is taken at
// today's cn_tariff, which hardly enters it, and built at today's screening and control, so that the
// two do not tie in with the tariffs. Where no investment is on the table relief reaches all.
func (c *compiler) fromEconomy(k component, side int) []component {
	if c.composite == nil {
		if c.composite = c.openEconomy(); c.composite == nil {
			return []component{k}
		}
	}
	levers := c.setting()
	american := side == c.homes()
	worth := func(at economy.Setting, reach float64) float64 {
		us, cn, err := c.composite.Worth(at, reach)
		if err != nil { // beyond the grid, which covers all that a run can draw
			return math.NaN()
		}
		if american {
			return us
		}
		return cn
	}
	shapes := k.strength
	trade := k
	trade.scope = union(k.scope, levers.scope(0, 1, 2))
	trade.strength = func(x []float64) float64 {
		at := levers.at(x)
		at.Relief = 0
		return worth(at, 0) * shapes(x)
	}
	if levers.issue[3] < 0 {
		return []component{trade}
	}
	relief := k
	relief.name = k.name + ":relief"
	relief.scope = union(k.scope, levers.scope(0, 3))
	cn := 0.0
	if i := levers.issue[1]; i >= 0 {
		cn = c.now[i] / 100
	}
	built := func([]float64) float64 { return 1 }
	if d := c.delivery; d != nil && d.investment >= 0 {
		i := d.investment
		relief.scope = union(relief.scope, []int{i})
		relief.weight = append(append([]value(nil), k.weight...), c.vars.number(&c.cfg.Delivery.InputReach, 0, ""), d.built)
		stands := d.typical(&c.vars, c.now)
		built = func(x []float64) float64 { return stands(x[i]) }
	}
	relief.strength = func(x []float64) float64 {
		at := levers.at(x)
		at.CN, at.Farm = cn, 0
		if at.Relief == 0 {
			return 0
		}
		return (worth(at, 1) - worth(at, 0)) * built(x) * shapes(x)
	}
	return []component{trade, relief}
}
