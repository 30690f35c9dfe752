package economy

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Talks are efficient talks in which all gain alike (Ossa 2014, section III): the tariffs that
// maximise the common gain of all players over the tariffs no, dense (nil: the game's base), in
// logs of what each maximises. There are local optima: the best of the given starts is returned
// (dense tariffs; none: where the game starts, and all choices at zero).
//
// The equality of gains is enforced by an augmented Lagrangian (Nocedal & Wright 2006, 17.3) to
// 1e-6.
func (g *Game) Talks(ctx context.Context, no []float64, starts ...[]float64) (*Outcome, error) {
	if no == nil {
		no = g.base
	}
	from := g.evals
	if err := g.solve(ctx, no); err != nil {
		return nil, fmt.Errorf("without talks: %w", err)
	}
	var levers []*lever
	for p := range g.players {
		levers = append(levers, g.mine(p)...)
	}
	seeds := make([]trade.Measures, len(g.players))
	before := make([]float64, len(g.players))
	for p := range g.players {
		seeds[p] = g.seed(p)
		before[p] = total(seeds[p], g.m)
	}
	if len(starts) == 0 {
		free := g.start()
		for p := range g.players {
			for _, l := range g.mine(p) {
				g.set(l, free, math.Max(0, l.lo))
			}
		}
		starts = append(starts, g.start(), free)
	}
	var best []float64
	most := math.Inf(-1)
	var why error
	for _, s := range starts {
		t := append([]float64(nil), s...)
		gain, err := g.equalGain(ctx, t, levers, seeds, before)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			why = err
		} else if gain > most {
			best, most = t, gain
		}
	}
	if best == nil {
		return nil, fmt.Errorf("talks: %w", why)
	}
	return g.finish(ctx, best, from, len(starts))
}

// equalGain moves the levers in t to the highest common gain near t of those whose seeds are given,
// and returns it.
func (g *Game) equalGain(ctx context.Context, t []float64, levers []*lever, seeds []trade.Measures, before []float64) (float64, error) {
	n := float64(len(seeds))
	price := make([]float64, len(seeds)) // multipliers of gain_p = mean gain, which sum to zero
	gains := make([]float64, len(seeds))
	penalty := 100.0
	spread := func() (mean, most float64) {
		for p := range seeds {
			gains[p] = total(seeds[p], g.m) - before[p]
			mean += gains[p] / n
		}
		for _, x := range gains {
			most = math.Max(most, math.Abs(x-mean))
		}
		return mean, most
	}
	last := math.Inf(1)
	for range 40 {
		_, err := g.maximise(ctx, levers, t, climbing{flat: 1e-8, gain: 1e-11, steps: 1000}, func() (float64, trade.Measures) {
			mean, _ := spread()
			value, seed := mean, newMeasures(len(g.info.Regions))
			for p, x := range gains {
				off := x - mean
				value -= price[p]*off + penalty/2*off*off
				addSeed(seed, 1/n-price[p]-penalty*off, seeds[p])
			}
			return value, seed
		})
		if err != nil && !errors.Is(err, errStuck) {
			return 0, err
		}
		if err := g.solve(ctx, t); err != nil {
			return 0, err
		}
		mean, off := spread()
		if off < 1e-6 {
			return mean, nil
		}
		for p, x := range gains {
			price[p] += penalty * (x - mean)
		}
		if off > last/4 {
			penalty *= 4
		}
		last = off
	}
	return 0, errors.New("the gains could not be made equal")
}

// addSeed adds w times a seed to another.
func addSeed(to trade.Measures, w float64, s trade.Measures) {
	for j := range to.Government {
		to.Government[j] += float64(w * s.Government[j])
		to.Welfare[j] += float64(w * s.Welfare[j])
		to.Revenue[j] += float64(w * s.Revenue[j])
	}
}

// NashInNash are bilateral talks by every pair of players at once: each pair maximises the product
// of its two gains over its own tariffs at no (dense; nil: the game's base), taking what all other
// pairs agree as given (Horn & Wolinsky 1988; Bagwell, Staiger & Yurukoglu 2021). With two players
// it is the Nash bargaining solution. Pairs take turns until no tariff moves.
func (g *Game) NashInNash(ctx context.Context, no []float64) (*Outcome, error) {
	if g.Rules.Form == MFN {
		return nil, errors.New("pairs cannot agree on tariffs that fall on all alike: use Uniform or Sectors")
	}
	if len(g.players) < 2 {
		return nil, errors.New("talks need two governments")
	}
	if no == nil {
		no = g.base
	}
	const rounds, still = 100, 1e-6
	from := g.evals
	t := append([]float64(nil), no...)
	for r := 1; r <= rounds; r++ {
		moved := 0.0
		for p := range g.players {
			for q := range p {
				m, err := g.bargain(ctx, t, no, q, p)
				if err != nil {
					return nil, fmt.Errorf("talks of %s and %s: %w", g.players[q].Region, g.players[p].Region, err)
				}
				moved = math.Max(moved, m)
			}
		}
		if moved <= still || len(g.players) == 2 {
			return g.finish(ctx, t, from, r)
		}
	}
	return nil, &trade.NoConvergence{Model: g.info.Name, Residual: math.NaN(), Steps: rounds, Why: "bilateral talks do not settle"}
}

// bargain moves the tariffs between players p and q in t to their Nash bargaining solution, and
// says by how much it moved them, weighed by how much it matters. They stay at no if the two find
// nothing to gain together.
func (g *Game) bargain(ctx context.Context, t, no []float64, p, q int) (float64, error) {
	was := append([]float64(nil), t...)
	var levers []*lever
	for _, side := range [2][2]int{{p, q}, {q, p}} {
		for _, l := range g.mine(side[0]) {
			if l.on == g.players[side[1]].region {
				levers = append(levers, l)
				for _, c := range l.cells {
					t[c] = no[c]
				}
			}
		}
	}
	if err := g.solve(ctx, t); err != nil {
		return 0, err
	}
	seeds := []trade.Measures{g.seed(p), g.seed(q)}
	before := []float64{total(seeds[0], g.m), total(seeds[1], g.m)}
	stay := append([]float64(nil), t...)
	alike, err := g.equalGain(ctx, t, levers, seeds, before)
	if err != nil {
		return 0, err
	}
	if alike <= 1e-9 {
		copy(t, stay)
	} else {
		// Both gain here: the product of gains is defined, and stays so uphill.
		_, err = g.maximise(ctx, levers, t, climbing{flat: 1e-7, gain: 1e-10}, func() (float64, trade.Measures) {
			a, b := total(seeds[0], g.m)-before[0], total(seeds[1], g.m)-before[1]
			seed := newMeasures(len(g.info.Regions))
			if a <= 0 || b <= 0 {
				return math.Inf(-1), seed
			}
			addSeed(seed, 1/a, seeds[0])
			addSeed(seed, 1/b, seeds[1])
			return math.Log(a) + math.Log(b), seed
		})
		if err != nil {
			return 0, err
		}
	}
	moved := 0.0
	for _, l := range levers {
		moved = math.Max(moved, l.scale*math.Abs(math.Log1p(g.value(l, t))-math.Log1p(g.value(l, was))))
	}
	return moved, nil
}
