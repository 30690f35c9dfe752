package economy

import (
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Aim is what a government maximises, in $bn a year: its income times the log change of real income
// with political weights on sectors, plus extra worth of revenue, plus leverage. The zero value is
// pure welfare.
type Aim struct {
	// Weights are political weights by sector (Grossman & Helpman 1994; Ossa 2014), mean about one;
	// nil: all one.
	Weights []float64
	// Revenue is what a dollar of tariff revenue is worth over and above the dollar itself, which
	// welfare counts already. >= 0.
	Revenue float64
	// Leverage is what it is worth to a government that the others in the game lose a dollar of
	// welfare. >= 0.
	Leverage float64
}

// check says what is wrong with an aim.
func (a *Aim) check(who string, in *trade.Info) error {
	if a.Weights != nil && len(a.Weights) != len(in.Sectors) {
		return fmt.Errorf("%s: %d political weights for %d sectors", who, len(a.Weights), len(in.Sectors))
	}
	for s, w := range a.Weights {
		if !(w >= 0) || math.IsInf(w, 0) {
			return fmt.Errorf("%s: political weight of %s: %v is not >= 0", who, in.Sectors[s], w)
		}
	}
	if !(a.Revenue >= 0) || math.IsInf(a.Revenue, 0) {
		return fmt.Errorf("%s: worth of revenue: %v is not >= 0", who, a.Revenue)
	}
	if !(a.Leverage >= 0) || math.IsInf(a.Leverage, 0) {
		return fmt.Errorf("%s: worth of leverage: %v is not >= 0", who, a.Leverage)
	}
	return nil
}

// seed is the aim of player p as weights on measures, divided by the player's income so that
// searches on models of any size see the same scale.
func (g *Game) seed(p int) trade.Measures {
	n := len(g.info.Regions)
	j, aim := g.players[p].region, g.players[p].Aim
	s := trade.Measures{Government: make([]float64, n), Welfare: make([]float64, n), Revenue: make([]float64, n)}
	s.Government[j] = 1
	s.Revenue[j] = aim.Revenue / g.income[j]
	for q := range g.players {
		if k := g.players[q].region; k != j {
			s.Welfare[k] -= aim.Leverage * g.income[k] / g.income[j]
		}
	}
	return s
}

// total is a seed's weighted sum of measures.
func total(seed, m trade.Measures) float64 {
	return dot(seed.Government, m.Government) + dot(seed.Welfare, m.Welfare) + dot(seed.Revenue, m.Revenue)
}

func newMeasures(n int) trade.Measures {
	return trade.Measures{Government: make([]float64, n), Welfare: make([]float64, n), Revenue: make([]float64, n)}
}
