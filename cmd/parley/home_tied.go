package main

import (
	"context"
	"fmt"
	"math"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/store"
)

// What the figure of a scenario's own tied hands takes: steps of what home asks for, runs at each.
const (
	tiedSteps = 9
	tiedRuns  = 400
)

// tiedTalks plays the scenario's own talks while the most powerful audience of a side asks for more and
// more, from what it does to all that any deal could give it, by what negotiators know of it.
func (v *homeView) tiedTalks(ctx context.Context, side int, opt scenario.Options) (*chart.Tied, error) {
	groups := v.at.Groups(side, v.deal)
	if len(groups) == 0 {
		return nil, fmt.Errorf("--tie: nobody at home is asked on that side")
	}
	who := groups[0]
	for _, g := range groups {
		if g.Power > who.Power {
			who = g
		}
	}
	party := &v.m.Config.Parties[side]
	f := &chart.Tied{
		Made: v.made(), Parties: v.parties(), Side: chart.Side(side + 1), Unit: "$bn a year",
		Fixed: fmt.Sprintf("its %s asks, %d talks a point", who.Name, tiedRuns),
	}
	if v.m.Config.Worth == "unit" {
		f.Unit = "of its scale"
	}
	top := who.Most
	if top <= who.Agree {
		top = who.Agree + math.Abs(who.Agree) + 1
	}
	for k := range tiedSteps {
		f.Need = append(f.Need, who.Agree+(top-who.Agree)*float64(k)/(tiedSteps-1))
	}
	for _, know := range []struct{ key, label string }{{"known", "both know what home asks for"}, {"estimated", "negotiators guess it"}, {"ignored", "negotiators ignore home"}} {
		g := chart.Bound{Label: know.label}
		for _, need := range f.Need {
			cfg, err := v.m.Config.With(
				fmt.Sprintf("party.%s.audience.%s.agree=%v", party.Key, who.Name, need),
				fmt.Sprintf("ratify.known_to_negotiators=%q", know.key), "output.share_left=false")
			if err != nil {
				return nil, err
			}
			mean, sd, err := meanWorth(ctx, cfg, party.Key, opt)
			if err != nil {
				return nil, err
			}
			if len(f.Gets) == 0 && len(g.Of100) == 0 {
				f.Noise = 1.96 * sd * math.Sqrt(2.0/tiedRuns)
			}
			g.Of100 = append(g.Of100, mean)
			f.High = max(f.High, mean)
		}
		f.Gets = append(f.Gets, g)
	}
	f.Free = f.Gets[0].Of100[0]
	if f.High <= 0 {
		f.High = 1
	}
	return f, nil
}

// meanWorth is what a scenario's talks are worth to a party on average over tiedRuns runs, and the
// standard deviation.
func meanWorth(ctx context.Context, cfg *config.Scenario, party string, opt scenario.Options) (mean, sd float64, err error) {
	b, err := scenario.NewBatch(ctx, cfg, opt)
	if err != nil {
		return 0, 0, err
	}
	at := -1
	for i, c := range b.Schema().Columns {
		if c.Name == "worth."+party {
			at = i
		}
	}
	w, err := b.NewWorker()
	if err != nil {
		return 0, 0, err
	}
	worths := make([]float64, tiedRuns) // summed in the order of runs
	if err := w.Shard(ctx, 0, tiedRuns, func(r store.Row) error {
		worths[r[0]] = r.F(at)
		return nil
	}); err != nil {
		return 0, 0, err
	}
	n, squares := 0.0, 0.0
	for _, x := range worths {
		if !math.IsNaN(x) {
			mean += x
			squares += float64(x * x)
			n++
		}
	}
	n = max(n, 1)
	mean /= n
	return mean, math.Sqrt(max(0, squares/n-mean*mean)), nil
}
