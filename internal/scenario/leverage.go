package scenario

import (
	"math"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/economy"
)

// Leverage is what a side's own tariff must be worth to it beyond welfare if it chose today's freely:
// the inverse optimum (Bourguignon & Spadaro 2012; Goldberg & Maggi 1999), with its identified set.
type Leverage struct {
	Tariff  string  // the issue
	Today   float64 // its value today, in its unit
	Slope   float64 // $bn a year that one more point must be worth at today's tariff, >= 0
	Low     float64 // the same at the other ends of the band ...
	High    float64
	Band    float64 // ... of so many points on either side: averages are measured in several ways
	Whole   float64 // $bn a year of today's tariff over the lowest on the table, at weight 1
	Chooses float64 // of the tariffs on the table, the best for plain welfare, all else as today
}

// leverageBand is how far measures of one average tariff lie apart: 51.1% by PIIE's average, 37.4%
// collected in June 2025, 57.6% by statute (facts/us_china_average_tariffs.csv; ../facts/README): points either side.
const leverageBand = 5.0

// fromLeverage makes an interest's strength what the side's own tariff is worth to it as such, $bn a
// year, so that weight 1 explains today's tariff and weight 0 is pure welfare:
//
//	L(t) = max(0, -dW/dt at today's t) x (t - lowest), level from today's on
//
// with W the side's welfare by the scenario's trade models, all else as today: dW/dt + dL/dt = 0 at
// today's tariff. It is worked out again for every model, so that a scenario can change models and
// keep its governments where they are.
func (c *compiler) fromLeverage(k component, side int, p *config.Party, in *config.Interest) []component {
	l := 1 // China
	if side == c.homes() {
		l = 0
	}
	i, ok := c.space.Issue(levers[l])
	if !ok || c.space.Issues[i].Numbers == nil {
		c.fail("party.%s.interest.%s: from = \"leverage\" needs the issue %s, with numbers", p.Key, in.Key, levers[l])
		return []component{k}
	}
	if c.composite == nil {
		if c.composite = c.openEconomy(); c.composite == nil {
			return []component{k}
		}
	}
	out := c.leverage(l, i)
	c.leverages[side] = out
	shapes := k.strength
	lowest := c.full[i].numbers[0]
	k.scope = union(k.scope, []int{i})
	k.strength = func(x []float64) float64 {
		return out.Slope * (math.Min(math.Max(x[i], lowest), out.Today) - lowest) * shapes(x)
	}
	return []component{k}
}

// leverage reads off the payoff surface what tariff i, lever l, is worth at today's value.
func (c *compiler) leverage(l, i int) *Leverage {
	s := c.setting()
	at := s.at(c.now)
	at.Relief = 0
	tariff := &at.US
	if l == 1 {
		tariff = &at.CN
	}
	own := func(x float64) float64 {
		*tariff = x / 100
		us, cn, err := c.composite.Worth(at, 0)
		switch {
		case err != nil:
			return math.NaN()
		case l == 0:
			return us
		}
		return cn
	}
	// One-sided where the table ends.
	slope := func(x float64) float64 {
		for _, step := range [][2]float64{{-1, 1}, {-2, 0}, {0, 2}} {
			if d := (own(x+step[1]) - own(x+step[0])) / 2; !math.IsNaN(d) {
				return d
			}
		}
		return math.NaN()
	}
	now := c.now[i]
	out := &Leverage{Tariff: levers[l], Today: now, Band: leverageBand, Slope: math.Max(0, -slope(now))}
	if math.IsNaN(slope(now)) {
		out.Slope = 0
	}
	out.Low, out.High = out.Slope, out.Slope
	for _, x := range []float64{now - leverageBand, now + leverageBand} {
		if d := math.Max(0, -slope(x)); !math.IsNaN(d) {
			out.Low, out.High = math.Min(out.Low, d), math.Max(out.High, d)
		}
	}
	best := math.Inf(-1)
	for _, x := range c.full[i].numbers {
		if w := own(x); w > best {
			best, out.Chooses = w, x
		}
	}
	out.Whole = out.Slope * (now - c.full[i].numbers[0])
	return out
}

// Leverage is what the scenario's trade models say today's tariffs must be worth to the sides that
// have an interest from = "leverage"; nil for one that has none.
func (m *Model) Leverage() [2]*Leverage { return m.leverages }

// Composite is what trade is worth, nil if no interest asks.
func (m *Model) Composite() *economy.Composite { return m.composite }
