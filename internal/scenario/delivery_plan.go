package scenario

import (
	"math"
	"slices"
	"sort"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/politics/invest"
	"github.com/parley-sim/parley/sim/politics/purchase"
)

// delivery is a scenario's [delivery] made ready: what every run shares, and which of its numbers a
// run draws. Negotiators value its means (fromDelivery); rows carry what is played (realise).
type delivery struct {
	plan     *invest.Plan
	purchase purchase.Rules
	years    int

	investment, screening, control, bought, duration int // issues; -1: not on the table

	cleared            []value // by choice of screening
	local, built, jobs value
	share              value // of purchases

	sums    []float64     // announced investment on the table, ascending
	kernels [][][2]kernel // by control, then sum: all that stands, and what the investor owns
}

type kernel = invest.Kernel

// deliveryOf compiles [delivery], nil if there is none.
func (c *compiler) deliveryOf() *delivery {
	cfg := c.cfg.Delivery
	if cfg == nil {
		return nil
	}
	d := &delivery{years: int(cfg.Years)}
	issue := func(name string) int {
		if i, ok := c.space.Issue(name); ok {
			return i
		}
		return -1
	}
	d.investment, d.screening, d.control = issue("investment"), issue("screening"), issue("control")
	d.bought, d.duration = issue("purchases"), issue("duration")
	for _, i := range []*int{&d.investment, &d.bought, &d.duration} {
		if *i >= 0 && c.space.Issues[*i].Numbers == nil {
			*i = -1
		}
	}
	d.local = c.vars.number(&cfg.Local, 1, "")
	d.built = c.vars.number(&cfg.BuiltShare, 1, "")
	d.jobs = c.vars.number(&cfg.Jobs, 1000, "")
	d.share = c.vars.number(&cfg.PurchaseShare, 1, "")
	r := invest.Rules{
		Years: d.years, Median: one(&cfg.ProjectSize), Spread: one(&cfg.ProjectSpread), Greenfield: one(&cfg.Greenfield),
		Mitigated: one(&cfg.Mitigated), Blocked: one(&cfg.Blocked), Forced: one(&cfg.ForcedSale),
		Over: one(&cfg.Over), Pace: math.Inf(1), Shock: one(&cfg.Shock), ValuePerJob: one(&cfg.ValuePerJob),
		PlantLag: c.lag(cfg.PlantLag, 2, 2.7, 4), TakeoverLag: c.lag(cfg.TakeoverLag, 0.1, 0.3, 0.6),
	}
	if cfg.Pace.Given() {
		r.Pace = one(&cfg.Pace)
	}
	s := one(&cfg.Sensitive)
	r.Sectors = []invest.Sector{{Name: "ordinary", Share: 1 - s}, {Name: "sensitive", Share: s, Sensitive: 1}}
	for _, choice := range c.choices(d.screening) {
		r.Screenings = append(r.Screenings, invest.Screening{Name: choice, BySector: named(cfg.BySector, choice, 0), Mitigates: 1})
		cleared := fixed(1)
		if cfg.Cleared != nil {
			if n, ok := cfg.Cleared.Get(choice); ok {
				cleared = c.vars.number(n, 1, "")
			} else {
				c.fail("delivery.cleared: no share for screening = %s", choice)
			}
		}
		d.cleared = append(d.cleared, cleared)
	}
	for _, choice := range c.choices(d.control) {
		r.Controls = append(r.Controls, invest.Control{
			Name: choice, Eased: named(cfg.Eased, choice, 0), Stake: named(cfg.Stake, choice, 1),
			Risk: named(cfg.SaleRisk, choice, 1), Knows: named(cfg.KnowHow, choice, 0),
		})
	}
	var err error
	if d.plan, err = invest.New(r); err != nil {
		c.fail("delivery: %v", err)
		return nil
	}
	d.tabulate(c)
	if cfg.Sales.Given() {
		d.purchase = purchase.Rules{Sales: one(&cfg.Sales), Volatility: one(&cfg.SalesSpread)}
	}
	if err := d.purchase.Check(); err != nil {
		c.fail("delivery: %v", err)
	}
	return d
}

// tabulate works out the kernels of all sums on the table.
func (d *delivery) tabulate(c *compiler) {
	if d.investment < 0 {
		return
	}
	d.sums = slices.Clone(c.full[d.investment].numbers)
	slices.Sort(d.sums)
	for control := range d.plan.Rules().Controls {
		var row [][2]kernel
		for _, x := range d.sums {
			built, owned := d.plan.Kernel(x, control)
			row = append(row, [2]kernel{built, owned})
		}
		d.kernels = append(d.kernels, row)
	}
}

// kernel is what stands of a sum announced if all passes and is built, and what the investor owns of
// it; between the sums on the table on a straight line.
func (d *delivery) kernel(announced float64, control int) (built, owned kernel) {
	row := d.kernels[control]
	k := sort.SearchFloat64s(d.sums, announced)
	switch {
	case k == len(d.sums):
		return row[k-1][0], row[k-1][1]
	case k == 0 || d.sums[k] == announced:
		return row[k][0], row[k][1]
	}
	t := (announced - d.sums[k-1]) / (d.sums[k] - d.sums[k-1])
	mix := func(a, b kernel) kernel {
		return kernel{Takeovers: a.Takeovers + float64(t*(b.Takeovers-a.Takeovers)), Plants: a.Plants + float64(t*(b.Plants-a.Plants))}
	}
	return mix(row[k-1][0], row[k][0]), mix(row[k-1][1], row[k][1])
}

// one is a number that the structure fixes.
func one(n *config.Number) float64 { return n.Params[0] }

// named is the number with a name, or def.
func named(t *config.Numbers, name string, def float64) float64 {
	if t != nil {
		if n, ok := t.Get(name); ok {
			return one(n)
		}
	}
	return def
}

// choices are the names of an issue's choices, one without a name if it is not on the table.
func (c *compiler) choices(issue int) []string {
	if issue < 0 || c.space.Issues[issue].Numbers != nil {
		return []string{""}
	}
	return c.full[issue].values
}

// lag is the distribution of a lag, in years.
func (c *compiler) lag(t *config.Numbers, lo, likely, hi float64) chance.Dist {
	d, err := chance.NewPert(named(t, "shortest", lo), named(t, "likely", likely), named(t, "longest", hi))
	if err != nil {
		c.fail("delivery: lag: %v", err)
		return nil
	}
	return d
}

// choice is the choice that an issue has at a point, 0 if it is not on the table.
func choice(x []float64, issue int) int {
	if issue < 0 {
		return 0
	}
	return int(x[issue])
}

// realised is scratch for what comes of a run's deal.
type realised struct {
	path  *invest.Path
	draw  invest.Draw
	total []float64
	Made  float64 // purchases over the sales of a year without a promise, $bn a year
}

func (d *delivery) newRealised() *realised {
	return &realised{path: d.plan.NewPath(), draw: invest.Draw{Cleared: make([]float64, len(d.cleared))}, total: make([]float64, d.years)}
}

// realise plays what comes of a deal that holds until so many years from its start (+Inf: as long as
// one looks), x being its terms. It allocates nothing.
func (d *delivery) realise(out *realised, drawn []float64, x []float64, until float64, seed, replication uint64) {
	for s, v := range d.cleared {
		out.draw.Cleared[s] = v.at(drawn)
	}
	out.draw.Local, out.draw.Built, out.draw.Jobs = d.local.at(drawn), d.built.at(drawn), d.jobs.at(drawn)
	deal := invest.Deal{Screening: choice(x, d.screening), Control: choice(x, d.control), Until: until}
	if d.investment >= 0 {
		deal.Announced = x[d.investment]
	}
	d.plan.Run(deal, &out.draw, seed, replication, out.path)
	out.Made = 0
	if d.bought < 0 {
		return
	}
	years := float64(d.years)
	if d.duration >= 0 {
		years = math.Min(years, x[d.duration])
	}
	n := int(math.Ceil(math.Min(years, until)))
	out.Made = d.purchase.Run(x[d.bought], d.share.at(drawn), seed, replication, out.total[:max(n, 0)])
}
