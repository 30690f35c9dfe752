package scenario

import "github.com/parley-sim/parley/sim/deal"

// Passes is the chance that an outcome is agreed to at home on both sides, in the draw that is set: exact
// (sim/politics/home). It is 1 where nobody at home is asked.
func (h *Holder) Passes(o deal.Offer) float64 {
	if !h.m.home.played {
		return 1
	}
	p := 1.0
	for s := range h.home {
		if h.home[s] == nil {
			h.home[s] = h.m.newHomeSeat(s)
			h.filled = false
		}
	}
	if !h.filled {
		for s, seat := range h.home {
			seat.fill(&h.m.home.side[s], h.Draw.Values)
		}
		h.filled = true
	}
	for s, seat := range h.home {
		h.m.read(s, seat, h.Draw, o)
		p *= seat.e.ChanceOf(seat.score)
	}
	return p
}

// Asked reports whether anybody at home is asked.
func (h *Holder) Asked() bool { return h.m.home.played }
