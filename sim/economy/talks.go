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
		gain, err := g.equalGain(ctx, t, seeds, before)
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

// equalGain moves all levers in t to the highest common gain near t, and returns it.
func (g *Game) equalGain(ctx context.Context, t []float64, seeds []trade.Measures, before []float64) (float64, error) {
	n := float64(len(g.players))
	var levers []*lever
	for p := range g.players {
		levers = append(levers, g.mine(p)...)
	}
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
