// Halfway is a negotiator in Go as a program of its own: players name it exec:halfway. It splits the difference: it asks for its
// best outcome, and then each time for the middle between what it last asked for and the best it has been offered.
package main

import (
	"log"
	"math/rand/v2"
	"os"

	"github.com/parley-sim/parley/agents/external"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

type halfway struct {
	p             *deal.Party
	target, heard float64
}

func (h *halfway) Begin(p *deal.Party, _ *rand.Rand) {
	h.p, h.heard = p, p.NoDeal()
	h.target = p.Best(p.Model().Space.NewOffer())
}

func (h *halfway) Respond(v *sim.View, out deal.Offer) sim.Kind {
	if h.target < h.p.NoDeal() {
		return sim.Walk // nothing it may sign is worth no deal
	}
	if v.Has {
		theirs := h.p.Utility(v.Theirs)
		h.heard = max(h.heard, theirs)
		h.target = max(h.p.NoDeal(), (h.target+h.heard)/2)
		if theirs >= h.target {
			return sim.Accept
		}
	}
	if _, ok := h.p.AtLeast(h.target, out); !ok {
		h.p.Best(out) // a rounding error above the best
	}
	return sim.Propose
}

func main() {
	if err := external.Serve(os.Stdin, os.Stdout, func() sim.Negotiator { return &halfway{} }); err != nil {
		log.Fatal(err)
	}
}
