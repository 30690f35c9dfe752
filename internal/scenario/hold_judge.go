package scenario

import (
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/hold"
	"github.com/parley-sim/parley/sim/politics/invest"
)

// room makes room for the paths: a year more than is built in, the last for all later ones.
func (h *Holder) room() {
	n := h.years + 1
	h.stock, h.owned = make([]float64, n), make([]float64, n)
	for s := range h.pair.Side {
		p := &h.pair.Side[s]
		p.Keep, p.Break, p.Punish = make([]float64, n), make([]float64, n), make([]float64, n)
		p.Peace, p.Scar, p.Take = make([]float64, n), make([]float64, n), make([]float64, n)
	}
}

// build fills what stands at the start of each year: in mean given the draw (invest.Plan.Expected), or
// what stands in the end built evenly over so many years, at once for 0.
func (h *Holder) build(o deal.Offer, within int) {
	clear(h.stock)
	clear(h.owned)
	if h.investment < 0 {
		return
	}
	d := h.m.delivery
	h.m.numbers(o, h.x)
	for s, v := range d.cleared {
		h.draw.Cleared[s] = v.at(h.Draw.Values)
	}
	h.draw.Local, h.draw.Built, h.draw.Jobs = d.local.at(h.Draw.Values), d.built.at(h.Draw.Values), d.jobs.at(h.Draw.Values)
	control := choice(h.x, d.control)
	d.plan.Expected(invest.Deal{
		Announced: h.x[h.investment], Screening: choice(h.x, d.screening), Control: control, Until: math.Inf(1),
	}, &h.draw, h.path)
	mean := invest.Mean(h.path.Built)
	if mean == 0 {
		return
	}
	stake := d.plan.Rules().Controls[control].Stake
	for y := range h.stock {
		built, owned := 0.0, 0.0
		switch {
		case within == 0 || within > 0 && y >= within:
			built, owned = invest.Last(h.path.Built), invest.Last(h.path.Owned)
		case within > 0:
			share := float64(y) / float64(within)
			built, owned = share*invest.Last(h.path.Built), share*invest.Last(h.path.Owned)
		case y > 0:
			built, owned = h.path.Built[y-1], h.path.Owned[y-1]
		}
		h.stock[y], h.owned[y] = built/mean, stake*owned
	}
}

// Built is what stands of an outcome's investment in the end, in mean given the draw, in the unit of the
// issue.
func (h *Holder) Built(o deal.Offer) float64 {
	h.build(o, AsPlanned)
	if h.investment < 0 {
		return 0
	}
	return invest.Last(h.path.Built)
}

// Judge asks of an outcome, built as planned. The answer is reused by the next call.
func (h *Holder) Judge(o deal.Offer) (*hold.Pair, error) { return h.JudgeBuilt(o, AsPlanned) }

// JudgeBuilt asks of an outcome whose plants are built evenly within so many years, at once for 0.
func (h *Holder) JudgeBuilt(o deal.Offer, within int) (*hold.Pair, error) {
	h.build(o, within)
	t := &h.pair.Terms
	*t = hold.Terms{Punish: h.punish, Ends: h.ends.at(h.values), Unanswered: h.of(h.enforcement, h.unanswered, o)}
	if h.byDuration && h.duration >= 0 {
		t.Years = max(1, int(math.Ceil(h.m.Space.Issues[h.duration].Numbers[o[h.duration]])))
	}
	for s := range h.sides {
		h.fill(s, o)
	}
	if err := h.pair.Judge(); err != nil {
		return nil, fmt.Errorf("%s: %w", h.m.Space.Words(o, true), err)
	}
	return &h.pair, nil
}

// fill writes a side's paths for an outcome.
func (h *Holder) fill(s int, o deal.Offer) {
	hs, out := &h.sides[s], &h.pair.Side[s]
	out.Discount = h.Discount(s)
	var sum [4]float64         // by kind, as agreed
	var fixedA, fixedP float64 // of it what no answer moves, plants apart
	fixedA = -h.Draw.Terms[s].NoDeal
	sum[steady] = fixedA
	for k, kind := range hs.kind {
		x := h.worthOf(s, k, o)
		sum[kind] += x
		switch {
		case hs.free[k] || kind == sunk:
		case kind == steady:
			fixedA += x
		default:
			fixedP += x
		}
	}
	for l := range hs.lines {
		if c := h.price(s, l, o); c != 0 {
			sum[steady] -= c
			if !hs.soft[l] {
				fixedA -= c
			}
		}
	}
	h.answers(s, o)
	loss, gain, goesOn := h.ret.at(h.values)*h.lost.at(h.values), 0.0, 1.0
	if s != h.owner {
		loss, gain, goesOn = 0, loss*h.taken.at(h.values), h.left.at(h.values)
	}
	for y := range out.Keep {
		b, k := h.stock[y], h.owned[y]
		out.Keep[y] = sum[steady] + float64(b*(sum[sunk]+sum[attached]+sum[relieved]))
		out.Peace[y] = b * (sum[sunk] + sum[attached])
		out.Punish[y] = float64(b*(float64(goesOn*sum[sunk])+sum[attached])) - float64(k*loss)
		out.Scar[y] = -float64(k * loss)
		out.Take[y] = 0
		if s != h.owner && h.investment >= 0 { // what came with the plants goes with their owner
			out.Take[y] = float64(k*gain) - float64(b*sum[attached])
		}
		d := fixedA + float64(b*(fixedP+sum[sunk]))
		for g := range hs.groups {
			d += h.top(s, g, b).a
		}
		out.Break[y] = max(d, out.Keep[y])
	}
}

// worthOf is what a component adds to an outcome's worth, all plants standing.
func (h *Holder) worthOf(s, k int, o deal.Offer) float64 {
	return h.Draw.Terms[s].Weight[k] * h.m.profile[s].Interests[k].Table[cell(h.sides[s].steps[k], o)]
}

// price is what a line costs an outcome a year: 0 where it is not broken, +Inf where it forbids.
func (h *Holder) price(s, l int, o deal.Offer) float64 {
	c := h.Draw.Terms[s].Cost[l]
	if c == 0 || !h.m.profile[s].Lines[l].Broken[cell(h.sides[s].lines[l], o)] {
		return 0
	}
	return c
}
