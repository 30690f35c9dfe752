package scenario

import (
	"math"
	"slices"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/economy"
)

// Leverage is what a side's own tariff must be worth to it beyond welfare if it chose today's freely:
// the inverse optimum (Bourguignon & Spadaro 2012; Goldberg & Maggi 1999), with its identified set. The
// motive is that of economy.Aim: what the tariff costs the other side.
type Leverage struct {
	Tariff string  // the issue
	Today  float64 // its value today, in its unit
	// Price is what a dollar that the tariff costs the other side is worth to this one, >= 0, for
	// today's tariff to be its own best; Low and High are the ends of the identified set.
	Price, Low, High float64
	Band             float64 // the set is of the tariffs so many points on either side of today's
	Whole            float64 // $bn a year of today's tariff over the lowest on the table, at weight 1
	Chooses          float64 // of the tariffs on the table, the best for plain welfare, all else as today
	Explained        float64 // the best for welfare and leverage: today's, if it is a best of all
}

// leverageBand is how far measures of one average tariff may lie apart, points either side: averages
// differ by weights and by what is counted (facts/us_china_average_tariffs.csv; collected, calibration.csv).
const leverageBand = 5.0

// fromLeverage makes an interest's strength what the side's own tariff is worth to it as such, $bn a
// year, so that weight 1 explains today's tariff and weight 0 is pure welfare:
//
//	L(t) = p [W_other(lowest) - W_other(t)],   p = max(0, (dW_own/dt) / (dW_other/dt)) at today's t
//
// with W welfare by the scenario's trade models, all else as today: dW_own/dt + dL/dt = 0 at today's
// tariff. The price p is worked out again for every model, so that a scenario can change models and keep
// its governments where they are; and the side's weight on trade, if it has one, multiplies L as it does
// W, so that a draw of it keeps them there, too.
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
	w := c.ownTariff(l)
	out := c.leverage(w, l, i)
	c.leverages[side] = out
	for n := range p.Interests {
		if trade := &p.Interests[n]; trade.From == "economy" {
			k.weight = append(slices.Clone(k.weight), c.vars.number(&trade.Weight, 1, p.Key))
			break
		}
	}
	shapes := k.strength
	costs := c.tabulated(w, l, i)
	k.scope = union(k.scope, []int{i})
	k.strength = func(x []float64) float64 {
		return out.Price * costs(x[i]) * shapes(x)
	}
	return []component{k}
}

// tabulated is what tariff i, lever l, costs the other side over the lowest on the table: exact at the
// values on the table, on straight lines between 400 steps of all that no deal may bring.
func (c *compiler) tabulated(w func(t float64) (own, other float64), l, i int) func(t float64) float64 {
	axis := c.composite.Tariffs.Grid[l]
	lo, hi := 100*axis[0], 100*axis[len(axis)-1]
	const steps = 400
	at := append(slices.Clone(c.full[i].numbers), c.now[i])
	for k := range steps + 1 {
		at = append(at, lo+(hi-lo)*float64(k)/steps)
	}
	slices.Sort(at)
	at = slices.Compact(at)
	_, least := w(c.full[i].numbers[0])
	cost := make([]float64, 0, len(at))
	known := at[:0]
	for _, t := range at {
		if _, other := w(t); !math.IsNaN(other) { // rounding may put an end just beyond the table
			known, cost = append(known, t), append(cost, least-other)
		}
	}
	return func(t float64) float64 {
		k, ok := slices.BinarySearch(known, t)
		switch {
		case len(known) == 0:
			return math.NaN() // the table's strength is then refused
		case ok || k == 0:
			return cost[k]
		case k == len(known):
			return cost[k-1]
		}
		part := (t - known[k-1]) / (known[k] - known[k-1])
		return cost[k-1] + float64(part*(cost[k]-cost[k-1]))
	}
}

// ownTariff is both sides' welfare, $bn a year, by the tariff of one, lever l, in per cent, all else as
// today; NaN beyond the table.
func (c *compiler) ownTariff(l int) func(t float64) (own, other float64) {
	s := c.setting()
	today := s.at(c.now)
	today.Relief = 0
	return func(t float64) (own, other float64) {
		at := today
		if l == 0 {
			at.US = t / 100
		} else {
			at.CN = t / 100
		}
		us, cn, err := c.composite.Worth(at, 0)
		switch {
		case err != nil:
			return math.NaN(), math.NaN()
		case l == 0:
			return us, cn
		}
		return cn, us
	}
}

// leverage reads off the payoff surface what tariff i, lever l, must be worth at today's value.
func (c *compiler) leverage(w func(t float64) (own, other float64), l, i int) *Leverage {
	// price is the motive that makes x a local best; 0 if more of it would be better for welfare.
	price := func(x float64) float64 {
		for _, step := range [][2]float64{{-1, 1}, {-2, 0}, {0, 2}} { // one-sided where the table ends
			o1, f1 := w(x + step[1])
			o0, f0 := w(x + step[0])
			if d := (o1 - o0) / (f1 - f0); !math.IsNaN(d) {
				if f1 >= f0 { // it does not cost the other side anything
					return 0
				}
				return math.Max(0, d)
			}
		}
		return math.NaN()
	}
	now := c.now[i]
	out := &Leverage{Tariff: levers[l], Today: now, Band: leverageBand, Price: price(now)}
	if math.IsNaN(out.Price) {
		out.Price = 0
	}
	out.Low, out.High = out.Price, out.Price
	for _, x := range []float64{now - leverageBand, now + leverageBand} {
		if p := price(x); !math.IsNaN(p) {
			out.Low, out.High = math.Min(out.Low, p), math.Max(out.High, p)
		}
	}
	_, least := w(c.full[i].numbers[0])
	bestW, bestL := math.Inf(-1), math.Inf(-1)
	for _, x := range c.full[i].numbers {
		own, other := w(x)
		if own > bestW {
			bestW, out.Chooses = own, x
		}
		if v := own + out.Price*(least-other); v > bestL {
			bestL, out.Explained = v, x
		}
	}
	_, other := w(now)
	out.Whole = out.Price * (least - other)
	return out
}

// Leverage is what the scenario's trade models say today's tariffs must be worth to the sides that
// have an interest from = "leverage"; nil for one that has none.
func (m *Model) Leverage() [2]*Leverage { return m.leverages }

// Composite is what trade is worth, nil if no interest asks.
func (m *Model) Composite() *economy.Composite { return m.composite }
