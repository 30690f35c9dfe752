package invest

import (
	"math"
	"math/rand/v2"

	"github.com/parley-sim/parley/sim/chance"
)

// Run plays what comes of a deal in one run. It fills out, made by NewPath, and allocates nothing.
func (p *Plan) Run(d Deal, draw *Draw, seed, replication uint64, out *Path) {
	out.clear()
	out.Announced = d.Announced
	if !(d.Announced > 0) {
		return
	}
	var pcg rand.PCG
	chance.Seed(&pcg, seed, replication, streamID, 0)
	u := func() float64 { return (float64(pcg.Uint64()>>12) + 0.5) * 0x1p-52 }
	r := &p.rules
	perBn, scale := p.span(d.Announced)/d.Announced, p.scale(d.Announced)
	until := math.Min(d.Until, float64(r.Years))
	local := p.local(d, draw.Local)
	for done := 0.0; done < d.Announced; {
		// Every project takes eight numbers, whatever becomes of it.
		size := p.sizes[int(u()*sizeSteps)]
		within, kind, sector, review, build, lag, fate := u(), u(), u(), u(), u(), u(), u()
		size = math.Min(float64(size*scale), d.Announced-done)
		start := (done + float64(within*size)) * perBn
		done += size
		if start >= until {
			out.Waiting += size
			continue
		}
		lags := &p.take
		if kind < r.Greenfield {
			lags = &p.plant
			if review >= local {
				out.Refused += size
				continue
			}
		} else {
			s := 0
			for s < len(p.upTo)-1 && sector >= p.upTo[s] {
				s++
			}
			pass, mitigated := p.passes(d, s, draw.Cleared[d.Screening])
			switch {
			case review < mitigated:
				out.Mitigated += size
			case review < pass:
			case review < 1-float64(r.Blocked*(1-pass)):
				out.Withdrawn += size
				continue
			default:
				out.Blocked += size
				continue
			}
		}
		out.Cleared += size
		if build >= draw.Built {
			continue
		}
		year := complete(start + lags[int(lag*lagSteps)])
		if year > r.Years {
			continue
		}
		stands := p.survives(year, d.Until)
		if fate >= stands {
			continue
		}
		out.Built[year-1] += size
		out.Owned[year-1] += size
		// fate/stands is uniform again.
		if sold := year + p.sold(d, fate/stands); sold <= r.Years {
			out.Owned[sold-1] -= size
			out.Forced += size
		}
	}
	p.addUp(draw, out)
}

// complete is the year at whose end what is finished after t years stands.
func complete(t float64) int { return max(1, int(math.Ceil(t))) }

// survives is the chance that what will be finished in a year is not cancelled after the deal is over.
func (p *Plan) survives(year int, until float64) float64 {
	after := float64(year) - math.Ceil(until)
	if !(after > 0) {
		return 1
	}
	return math.Pow(1-p.rules.Shock, after)
}

// hazard is the chance a year of a forced sale.
func (p *Plan) hazard(d Deal) float64 { return p.rules.Forced * p.rules.Controls[d.Control].Risk }

// sold is in how many years, 1 or more, a plant is ordered sold: geometric.
func (p *Plan) sold(d Deal, u float64) int {
	f := p.hazard(d)
	switch {
	case f <= 0:
		return math.MaxInt32
	case f >= 1:
		return 1
	}
	return 1 + int(math.Min(math.Log(1-u)/math.Log1p(-f), math.MaxInt32/2))
}

// addUp turns what is added each year into what stands, and counts what it employs.
func (p *Plan) addUp(draw *Draw, out *Path) {
	for k := 1; k < len(out.Built); k++ {
		out.Built[k] += out.Built[k-1]
		out.Owned[k] += out.Owned[k-1]
	}
	out.Jobs = draw.Jobs * Last(out.Built)
	out.Output = out.Jobs * p.rules.ValuePerJob
}
