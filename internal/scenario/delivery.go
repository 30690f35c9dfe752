package scenario

import (
	"slices"

	"github.com/parley-sim/parley/internal/config"
)

// streams are what delivery can be asked for besides purchases, and what of what stands they count:
//
//	investment  $bn of plants that stand
//	owned       $bn of them in the investor's hands, by its stake
//	know_how    $bn of them, by the share of the know-how that the host comes to hold
//	jobs        millions, so that a weight is in $1,000 a year a job
//	output      $bn a year of value added, gross
//
// Each is the mean over the years looked ahead: a plant that stands late adds late.
var streams = []string{"investment", "owned", "know_how", "jobs", "output"}

// fromDelivery makes an interest's strength what is delivered on average, in its unit, and the
// interest's shapes multiply it. Purchases are extra purchases promised x purchase_share. What is built is, given
// a run's draw and exactly (invest.Plan.Kernel, Expected),
//
//	built_share x { [g + (1-g) cleared(screening)] K_takeovers + [g + (1-g) local] K_plants }
//
// with K what stands of the sum announced if all passes, g what the form of control eases. It is a sum
// of tables that do not change times weights that do, so a component is made for each share that is
// drawn, and one for all that is not. Then what negotiators expect and what is played in the rows
// agree in mean.
func (c *compiler) fromDelivery(k component, p *config.Party, in *config.Interest) []component {
	if c.cfg.Delivery == nil {
		c.fail("party.%s.interest.%s: from = \"delivery\" needs a [delivery] section", p.Key, in.Key)
		return nil
	}
	d := c.delivery
	if d == nil {
		return nil // said already
	}
	of := in.Of
	if of == "" {
		of = map[string]string{"plants": "investment", "purchases": "purchases"}[in.Key]
	}
	shapes := k.strength
	if !slices.Contains(streams, of) {
		i, ok := c.space.Issue(of)
		if !ok || c.space.Issues[i].Numbers == nil {
			c.fail("party.%s.interest.%s: delivery of %q needs an issue of that name with numbers; name it with of = \"...\", or one of investment, owned, know_how, jobs, output", p.Key, in.Key, of)
			return nil
		}
		k.scope = union(k.scope, []int{i})
		k.strength = func(x []float64) float64 { return x[i] * shapes(x) }
		k.weight = append(k.weight, d.share)
		return []component{k}
	}
	if d.investment < 0 {
		c.fail("party.%s.interest.%s: delivery of %s needs the issue investment, with numbers", p.Key, in.Key, of)
		return nil
	}
	return c.stream(k, of)
}

// stream is the components of one of the streams.
func (c *compiler) stream(k component, of string) []component {
	d := c.delivery
	r := d.plan.Rules()
	k.scope = union(k.scope, []int{d.investment})
	for _, i := range []int{d.screening, d.control} {
		if i >= 0 {
			k.scope = union(k.scope, []int{i})
		}
	}
	k.weight = append(slices.Clone(k.weight), d.built)
	scale := 1.0
	switch of {
	case "jobs":
		k.weight, scale = append(k.weight, d.jobs), 1e-6
	case "output":
		k.weight, scale = append(k.weight, d.jobs), r.ValuePerJob
	}
	shapes := k.strength
	// stand is K of takeovers and plants at a point, with what the stream counts of it.
	stand := func(x []float64) (takeovers, plants float64) {
		control := choice(x, d.control)
		built, owned := d.kernel(x[d.investment], control)
		by := scale * shapes(x)
		switch of {
		case "owned":
			by *= r.Controls[control].Stake
			built = owned
		case "know_how":
			by *= r.Controls[control].Knows
		}
		return by * built.Takeovers, by * built.Plants
	}
	eased := func(x []float64) float64 { return r.Controls[choice(x, d.control)].Eased }
	rest := k // what no draw but the weight and built_share moves
	rest.strength = func(x []float64) float64 {
		t, p := stand(x)
		g := eased(x)
		takeovers, plants := g, g
		if v := d.cleared[choice(x, d.screening)]; v.variable < 0 {
			takeovers += (1 - g) * v.constant
		}
		if d.local.variable < 0 {
			plants += (1 - g) * d.local.constant
		}
		return takeovers*t + plants*p
	}
	parts := []component{rest}
	if d.local.variable >= 0 {
		part := k
		part.name += ":local"
		part.weight = append(slices.Clone(k.weight), d.local)
		part.strength = func(x []float64) float64 {
			_, p := stand(x)
			return (1 - eased(x)) * p
		}
		parts = append(parts, part)
	}
	for s, v := range d.cleared {
		if v.variable < 0 {
			continue
		}
		part := k
		part.name += ":" + r.Screenings[s].Name
		part.weight = append(slices.Clone(k.weight), v)
		part.strength = func(x []float64) float64 {
			if choice(x, d.screening) != s {
				return 0
			}
			t, _ := stand(x)
			return (1 - eased(x)) * t
		}
		parts = append(parts, part)
	}
	return parts
}

// typical is what stands of a sum announced on average if built_share is 1: with today's screening and
// control, at the means of what is drawn.
func (d *delivery) typical(vs *variables, now []float64) func(announced float64) float64 {
	mean := func(v value) float64 {
		if v.variable < 0 {
			return v.constant
		}
		return vs.list[v.variable].dist.Mean()
	}
	s, control := choice(now, d.screening), choice(now, d.control)
	g := d.plan.Rules().Controls[control].Eased
	takeovers, plants := g+(1-g)*mean(d.cleared[s]), g+(1-g)*mean(d.local)
	return func(announced float64) float64 {
		built, _ := d.kernel(announced, control)
		return takeovers*built.Takeovers + plants*built.Plants
	}
}
