package economy

import (
	"context"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Interval is a range of a parameter; Lo > Hi is empty, an infinite Hi has no upper end.
type Interval struct{ Lo, Hi float64 }

// Empty says that no value is in it.
func (i Interval) Empty() bool { return i.Lo > i.Hi }

// add widens the interval to hold another.
func (i *Interval) add(o Interval) {
	if o.Empty() {
		return
	}
	if i.Empty() {
		*i = o
		return
	}
	i.Lo, i.Hi = math.Min(i.Lo, o.Lo), math.Max(i.Hi, o.Hi)
}

// Margin is what one more percentage point on all of a government's tariffs changes, $bn a year.
type Margin struct {
	Shift    float64 // of all its tariffs against the observed ones, a fraction
	Welfare  float64 // its own welfare
	Revenue  float64 // its revenue
	Leverage float64 // what the other players lose
}

// Fit is what tariffs reveal about the government that chose them, within the class of aims
// Welfare + Revenue x revenue + Leverage x (others' loss), both weights >= 0.
type Fit struct {
	Player  string
	Margins []Margin // at the observed tariffs and at both ends of their band
	// RevenueAlone and LeverageAlone explain the observed tariffs by one motive; NaN if it cannot.
	RevenueAlone, LeverageAlone float64
	// Revenue and Leverage are the identified sets: the values that some value of the other makes
	// consistent with the first-order condition somewhere in the band. Two motives and one tariff:
	// the sets are joint, on the line Welfare + Revenue w_r + Leverage w_l = 0 of the margins.
	Revenue, Leverage Interval
	// Regret is what the government would gain, $bn a year by the fitted aim, at the tariffs best
	// for each motive alone: near 0 if the observed ones are its global best; NaN without a fit.
	RegretRevenue, RegretLeverage float64
	// Pure is what it would gain in plain welfare by its best tariffs for that, $bn a year.
	Pure float64
}

// Inverse reads off a player's tariffs what it must care about (inverse optimum; Bourguignon &
// Spadaro 2012; for tariffs Goldberg & Maggi 1999): at the tariffs observed (dense), known up to
// plus or minus band (a fraction; averages are rounded and measured in several ways), the player's
// margin must vanish. The aim the player has in the game is ignored.
func (g *Game) Inverse(ctx context.Context, name string, observed []float64, band float64) (*Fit, error) {
	p, err := g.find(name)
	if err != nil {
		return nil, err
	}
	if !(band >= 0) || math.IsInf(band, 0) {
		return nil, fmt.Errorf("band %v is not >= 0", band)
	}
	if len(observed) != len(g.base) {
		return nil, fmt.Errorf("%d observed tariffs, want %d", len(observed), len(g.base))
	}
	f := &Fit{
		Player: g.info.Regions[g.players[p].region], Revenue: Interval{1, 0}, Leverage: Interval{1, 0},
		RegretRevenue: math.NaN(), RegretLeverage: math.NaN(), RevenueAlone: math.NaN(), LeverageAlone: math.NaN(),
	}
	shifts := []float64{0}
	if band > 0 {
		shifts = append(shifts, -band, band)
	}
	for _, s := range shifts {
		t := append([]float64(nil), observed...)
		for _, l := range g.mine(p) {
			g.set(l, t, math.Max(g.value(l, t)+s, l.lo))
		}
		m, err := g.margin(ctx, p, t)
		if err != nil {
			return nil, err
		}
		m.Shift = s
		f.Margins = append(f.Margins, m)
		rev, lev := consistent(m)
		f.Revenue.add(rev)
		f.Leverage.add(lev)
	}
	m := f.Margins[0]
	if x := -m.Welfare / m.Revenue; x >= 0 && !math.IsInf(x, 0) {
		f.RevenueAlone = x
		if f.RegretRevenue, err = g.regret(ctx, p, observed, Aim{Revenue: x}); err != nil {
			return nil, err
		}
	}
	if x := -m.Welfare / m.Leverage; x >= 0 && !math.IsInf(x, 0) {
		f.LeverageAlone = x
		if f.RegretLeverage, err = g.regret(ctx, p, observed, Aim{Leverage: x}); err != nil {
			return nil, err
		}
	}
	f.Pure, err = g.regret(ctx, p, observed, Aim{})
	return f, err
}

// consistent are the values of either motive that some value >= 0 of the other reconciles with a
// margin of zero: w + r Revenue + l Leverage = 0, the part of a line in the positive quadrant.
func consistent(m Margin) (rev, lev Interval) {
	one := func(w, own, other float64) Interval {
		// own x = -w - other y for some y >= 0
		inf := math.Inf(1)
		alone := -w / own
		switch {
		case own == 0:
			if w == 0 || w*other < 0 {
				return Interval{0, inf}
			}
			return Interval{1, 0}
		case other == 0:
			if alone >= 0 {
				return Interval{alone, alone}
			}
			return Interval{1, 0}
		case own*other > 0: // more of one means less of the other
			if alone >= 0 {
				return Interval{0, alone}
			}
			return Interval{1, 0}
		}
		return Interval{math.Max(0, alone), inf}
	}
	return one(m.Welfare, m.Revenue, m.Leverage), one(m.Welfare, m.Leverage, m.Revenue)
}

// margin is what one point more on all of player p's tariffs changes at t.
func (g *Game) margin(ctx context.Context, p int, t []float64) (Margin, error) {
	if err := g.solve(ctx, t); err != nil {
		return Margin{}, err
	}
	levers, j := g.mine(p), g.players[p].region
	slopes := make([]float64, len(levers))
	along := func(fill func(trade.Measures)) (float64, error) {
		seed := newMeasures(len(g.info.Regions))
		fill(seed)
		if err := g.slopes(ctx, seed, levers, slopes); err != nil {
			return 0, err
		}
		sum := 0.0
		for _, x := range slopes {
			sum += x / 100
		}
		return sum, nil
	}
	var m Margin
	var err error
	if m.Welfare, err = along(func(s trade.Measures) { s.Welfare[j] = g.income[j] }); err != nil {
		return m, err
	}
	if m.Revenue, err = along(func(s trade.Measures) { s.Revenue[j] = 1 }); err != nil {
		return m, err
	}
	m.Leverage, err = along(func(s trade.Measures) {
		for q := range g.players {
			if k := g.players[q].region; k != j {
				s.Welfare[k] = -g.income[k]
			}
		}
	})
	return m, err
}

// regret is what player p could gain over tariffs t under another aim at plain weights, $bn a year.
func (g *Game) regret(ctx context.Context, p int, t []float64, aim Aim) (float64, error) {
	rules := g.Rules
	rules.Players = append([]Player(nil), rules.Players...)
	for q := range rules.Players {
		rules.Players[q].Aim = Aim{}
	}
	rules.Players[p].Aim = aim
	h, err := NewGame(ctx, g.Model, rules)
	if err != nil {
		return 0, err
	}
	was, err := h.At(ctx, t)
	if err != nil {
		return 0, err
	}
	best := append([]float64(nil), t...)
	if _, err := h.respond(ctx, p, best, climbing{}); err != nil {
		return 0, err
	}
	now, err := h.At(ctx, best)
	if err != nil {
		return 0, err
	}
	return now.Worth[p] - was.Worth[p], nil
}
