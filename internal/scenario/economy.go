package scenario

import (
	"github.com/parley-sim/parley/internal/config"
)

// levers are the issues that a trade model prices, by their keys, in the order of a lever vector.
var levers = [...]string{"us_tariff", "cn_tariff", "farm_tariff", "input_relief"}

// Payoff is what trade is worth to both sides at a setting of the levers, in $bn a year, in the
// scenario's order of parties. Levers are in the issues' units: tariffs and relief in per cent.
type Payoff func(l [len(levers)]float64) [2]float64

// fromEconomy makes a component's strength the welfare that the trade model gives its side.
func (c *compiler) fromEconomy(k component, side int, in *config.Interest) component {
	if c.payoff == nil {
		if c.payoff = c.openEconomy(); c.payoff == nil {
			return k
		}
	}
	var issue [len(levers)]int // -1: not on the table, so always 0
	named := make([]bool, len(c.space.Issues))
	for l, key := range levers {
		issue[l] = -1
		if i, ok := c.space.Issue(key); ok {
			issue[l], named[i] = i, true
		}
	}
	k.scope = union(k.scope, indices(named))
	shapes, payoff := k.strength, c.payoff
	k.strength = func(x []float64) float64 {
		var at [len(levers)]float64
		for l, i := range issue {
			if i >= 0 {
				at[l] = x[i]
			}
		}
		return payoff(at)[side] * shapes(x)
	}
	return k
}
