package scenario

import (
	"math"

	"github.com/parley-sim/parley/sim/deal"
)

// answers lists, group by group, what a side's answers to an outcome are worth to it.
func (h *Holder) answers(s int, o deal.Offer) {
	hs := &h.sides[s]
	hs.best, hs.ends = hs.best[:0], hs.ends[:0]
	for g := range hs.groups {
		hg := &hs.groups[g]
		for at := 0; ; at++ {
			if !h.answer(hg, at, o) {
				break
			}
			if c, ok := h.value(s, hg, h.scratch); ok {
				c.at = at
				hs.best = append(hs.best, c)
			}
		}
		hs.ends = append(hs.ends, len(hs.best))
	}
}

// answer writes a group's answer number at into the scratch outcome; false past the last. Answer 0 is
// what was agreed.
func (h *Holder) answer(hg *holdGroup, at int, o deal.Offer) bool {
	copy(h.scratch, o)
	if at == 0 {
		return true
	}
	if h.today {
		for _, i := range hg.issues {
			if now := h.m.Space.Issues[i].Now; now >= 0 {
				h.scratch[i] = uint16(now)
			}
		}
		return at == 1
	}
	at--
	for _, i := range hg.issues {
		n := len(h.m.Space.Issues[i].Values)
		h.scratch[i] = uint16(at % n)
		at /= n
	}
	return at == 0
}

// value is what a group's answer is worth; false if it breaks a hard line of the side's own.
func (h *Holder) value(s int, hg *holdGroup, o deal.Offer) (c combo, ok bool) {
	for _, k := range hg.components {
		if x := h.worthOf(s, k, o); h.sides[s].kind[k] == steady {
			c.a += x
		} else {
			c.p += x
		}
	}
	for _, l := range hg.lines {
		p := h.price(s, l, o)
		if math.IsInf(p, 1) {
			return c, false
		}
		c.a -= p
	}
	return c, true
}

// top is the best answer in a group with a share b of the plants standing; its worth stands in a.
func (h *Holder) top(s, g int, b float64) combo {
	hs := &h.sides[s]
	from := 0
	if g > 0 {
		from = hs.ends[g-1]
	}
	best := combo{a: math.Inf(-1)}
	for _, c := range hs.best[from:hs.ends[g]] {
		if x := c.a + float64(b*c.p); x > best.a {
			best = combo{a: x, at: c.at}
		}
	}
	return best
}

// Answer writes what a side would do in a year, from 1, if it broke an outcome: the other's issues as
// agreed.
func (h *Holder) Answer(o deal.Offer, side, year int, out deal.Offer) {
	h.build(o, AsPlanned)
	b := h.stock[min(year, len(h.stock))-1]
	h.answers(side, o)
	copy(out, o)
	for g := range h.sides[side].groups {
		hg := &h.sides[side].groups[g]
		if h.answer(hg, h.top(side, g, b).at, o) {
			for _, i := range hg.issues {
				out[i] = h.scratch[i]
			}
		}
	}
}
