package economy

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Outcome is where a game ends.
type Outcome struct {
	Tariffs []float64 // dense
	// Chosen are the levers of each player, in the order of its partners (Uniform), of sectors and
	// within them partners (Sectors), or of sectors (MFN); fractions. Flat has one.
	Chosen [][]float64
	// By region, against the model's base:
	WelfarePct    []float64
	GovernmentPct []float64 // real income with the player's political weights; welfare if it has none
	RevenueBn     []float64
	// Worth to each player, by its aim, $bn a year over the model's base.
	Worth       []float64
	Evaluations int // equilibria solved
	Rounds      int // of best responses
}

// Median is the median of a player's choices: of its tariffs over partners and sectors.
func (o *Outcome) Median(player int) float64 { return median(o.Chosen[player]) }

// Schedule is the outcome as changes to the model's base.
func (o *Outcome) Schedule(m trade.Model) trade.Schedule {
	in := m.Info()
	return schedule(&in, Base(m), o.Tariffs)
}

// At measures a table of tariffs.
func (g *Game) At(ctx context.Context, tariffs []float64) (*Outcome, error) {
	if err := g.solve(ctx, tariffs); err != nil {
		return nil, err
	}
	o := &Outcome{Tariffs: append([]float64(nil), tariffs...)}
	for j := range g.info.Regions {
		o.WelfarePct = append(o.WelfarePct, 100*math.Expm1(g.m.Welfare[j]))
		o.GovernmentPct = append(o.GovernmentPct, 100*math.Expm1(g.m.Government[j]))
		o.RevenueBn = append(o.RevenueBn, g.m.Revenue[j])
	}
	for p := range g.players {
		var x []float64
		for _, l := range g.mine(p) {
			x = append(x, g.value(l, tariffs))
		}
		o.Chosen = append(o.Chosen, x)
		o.Worth = append(o.Worth, g.worth(p))
	}
	return o, nil
}

// worth of the last solve to player p, $bn a year.
func (g *Game) worth(p int) float64 {
	return g.income[g.players[p].region] * total(g.seed(p), g.m)
}

// start is where searches begin.
func (g *Game) start() []float64 {
	t := append([]float64(nil), g.base...)
	if g.Rules.Start != nil {
		for p := range g.players {
			for _, l := range g.mine(p) {
				for _, c := range l.cells {
					t[c] = g.Rules.Start[c]
				}
			}
		}
	}
	return t
}

// finish measures tariffs and counts the work since from.
func (g *Game) finish(ctx context.Context, t []float64, from, rounds int) (*Outcome, error) {
	done := g.evals
	o, err := g.At(ctx, t)
	if err != nil {
		return nil, err
	}
	o.Evaluations, o.Rounds = done-from, rounds
	return o, nil
}

// respond moves player p's levers in t to their best given the rest of t.
func (g *Game) respond(ctx context.Context, p int, t []float64, opt climbing) (climbed, error) {
	seed := g.seed(p)
	res, err := g.maximise(ctx, g.mine(p), t, opt, func() (float64, trade.Measures) { return total(seed, g.m), seed })
	if err != nil {
		return res, fmt.Errorf("best tariffs of %s: %w", g.players[p].Region, err)
	}
	return res, nil
}

// BestResponse is the best choice of one player when all others stand at t (dense; nil: at the
// base). The search starts at Rules.Start for its own tariffs, if given.
func (g *Game) BestResponse(ctx context.Context, player string, t []float64) (*Outcome, error) {
	p, err := g.find(player)
	if err != nil {
		return nil, err
	}
	at := append([]float64(nil), g.base...)
	if t != nil {
		copy(at, t)
	}
	if g.Rules.Start != nil {
		for _, l := range g.mine(p) {
			for _, c := range l.cells {
				at[c] = g.Rules.Start[c]
			}
		}
	}
	from := g.evals
	if _, err := g.respond(ctx, p, at, climbing{}); err != nil {
		return nil, err
	}
	return g.finish(ctx, at, from, 1)
}

func (g *Game) find(name string) (int, error) {
	j, err := g.info.Region(name)
	if err != nil {
		return 0, err
	}
	if p := g.playerOf(j); p >= 0 {
		return p, nil
	}
	return 0, fmt.Errorf("%s chooses no tariffs in this game", name)
}

// Nash is the tariff war: tariffs from which no player gains by moving. Best responses are taken in
// turn until none moves any tariff by more than a millionth, weighed by how much it matters.
func (g *Game) Nash(ctx context.Context) (*Outcome, error) {
	const rounds, still = 200, 1e-6
	t := g.start()
	from := g.evals
	for r := 1; r <= rounds; r++ {
		moved := 0.0
		for p := range g.players {
			was := append([]float64(nil), t...)
			if _, err := g.respond(ctx, p, t, climbing{}); err != nil {
				return nil, err
			}
			for _, l := range g.mine(p) {
				moved = math.Max(moved, l.scale*math.Abs(math.Log1p(g.value(l, t))-math.Log1p(g.value(l, was))))
			}
		}
		if moved <= still || len(g.players) == 1 {
			return g.finish(ctx, t, from, r)
		}
	}
	return nil, &trade.NoConvergence{Model: g.info.Name, Residual: math.NaN(), Steps: rounds, Why: "best responses to each other do not settle"}
}

// Reaction is the curve of a player's best uniform surcharge over another's: its best value at each
// of the other's surcharges, everything else as in Base. The game must be Uniform, and each must
// tax the other.
func (g *Game) Reaction(ctx context.Context, player, other string, surcharges []float64) ([]float64, error) {
	p, err := g.find(player)
	if err != nil {
		return nil, err
	}
	q, err := g.find(other)
	if err != nil {
		return nil, err
	}
	mine, theirs := g.toward(p, q), g.toward(q, p)
	if g.Rules.Form != Uniform || mine == nil || theirs == nil {
		return nil, errors.New("reaction curves are of one surcharge on another: use Uniform and two governments")
	}
	out := make([]float64, len(surcharges))
	t := append([]float64(nil), g.base...)
	for k, x := range surcharges {
		if !(x > -1) || x > trade.Ceiling {
			return nil, fmt.Errorf("surcharge %v is not above -1 and up to %v", x, trade.Ceiling)
		}
		g.set(theirs, t, x)
		if _, err := g.respond(ctx, p, t, climbing{}); err != nil {
			return nil, err
		}
		out[k] = g.value(mine, t)
	}
	return out, nil
}

// toward is the lever of player p on player q, nil if there is none of its own.
func (g *Game) toward(p, q int) *lever {
	for _, l := range g.mine(p) {
		if l.on == g.players[q].region {
			return l
		}
	}
	return nil
}
