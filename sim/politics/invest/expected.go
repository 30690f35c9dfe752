package invest

import "math"

// Expected is the mean of Run over its random numbers, given the draw. It allocates nothing.
func (p *Plan) Expected(d Deal, draw *Draw, out *Path) {
	out.clear()
	out.Announced = d.Announced
	if !(d.Announced > 0) {
		return
	}
	r := &p.rules
	started := math.Min(1, math.Min(d.Until, float64(r.Years))/p.span(d.Announced))
	out.Waiting = d.Announced * (1 - started)
	pass, mitigated := 0.0, 0.0
	for s := range r.Sectors {
		a, m := p.passes(d, s, draw.Cleared[d.Screening])
		pass += float64(r.Sectors[s].Share * a)
		mitigated += float64(r.Sectors[s].Share * m)
	}
	local := p.local(d, draw.Local)
	plants := d.Announced * r.Greenfield
	takes := d.Announced - plants
	out.Mitigated = started * takes * mitigated
	out.Blocked = started * takes * (1 - pass) * r.Blocked
	out.Withdrawn = started*takes*(1-pass) - out.Blocked
	out.Refused = started * plants * (1 - local)
	out.Cleared = started * (takes*pass + plants*local)
	p.flow(d, &p.take, takes*pass*draw.Built, out.Built)
	p.flow(d, &p.plant, plants*local*draw.Built, out.Built)
	p.sales(d, out)
	p.addUp(draw, out)
}

// sales takes what is ordered sold off what is added to the investor's hands each year.
func (p *Plan) sales(d Deal, out *Path) {
	f := p.hazard(d)
	held := 0.0
	for k, x := range out.Built {
		sold := held * f
		out.Owned[k] = x - sold
		out.Forced += sold
		held += x - sold
	}
}

// flow adds what is finished in each year of bn that are cleared and to be built.
//
// The dollar at y of the announced ones starts at y S, y even over 0 to 1; with lag l it is finished
// in year k if k-1 < y S + l <= k (k = 1: from 0 on).
func (p *Plan) flow(d Deal, lags *[lagSteps]float64, bn float64, years []float64) {
	if bn == 0 {
		return
	}
	span := p.span(d.Announced)
	until := math.Min(math.Min(d.Until, span), float64(len(years)))
	for k := range years {
		in := 0.0
		for _, l := range lags {
			from, to := float64(k)-l, float64(k+1)-l
			if k == 0 {
				from = 0
			}
			in += math.Max(0, math.Min(to, until)-math.Max(from, 0))
		}
		years[k] += bn * in / (lagSteps * span) * p.survives(k+1, d.Until)
	}
}

// Kernel is what stands of announced $bn, on average over the years, if all of it passes and is built:
// takeovers and new plants apart, in proportion to their shares; of it what stays in the investor's
// hands. Means are linear in the chances of a draw, so
//
//	mean over years of Expected.Built = Built (pass x Takeovers + local x Plants)
//
// and a scenario tabulates the kernel and leaves the chances to the draw.
func (p *Plan) Kernel(announced float64, control int) (built, owned Kernel) {
	if !(announced > 0) {
		return
	}
	d := Deal{Announced: announced, Control: control, Until: math.Inf(1)}
	t := p.NewPath()
	one := func(lags *[lagSteps]float64, share float64) (float64, float64) {
		t.clear()
		p.flow(d, lags, announced*share, t.Built)
		p.sales(d, t)
		p.addUp(&Draw{}, t)
		return Mean(t.Built), Mean(t.Owned)
	}
	built.Takeovers, owned.Takeovers = one(&p.take, 1-p.rules.Greenfield)
	built.Plants, owned.Plants = one(&p.plant, p.rules.Greenfield)
	return built, owned
}

// Kernel of both ways to invest, $bn.
type Kernel struct{ Takeovers, Plants float64 }
