package agents

import (
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// caduceus is a mixture of experts in the manner of Caduceus, first in ANAC 2016 (Gunes, Arditi and Aydogan 2017,
// "Collective voice of experts in multilateral negotiation", section 3). Until t = 0.83 it offers its best outcome. Then it asks
// its experts. If those that would accept weigh more than the others it accepts; else each issue takes the value that
// the offers of the others, by weight, want most (the paper's crossover strategy). If that is not worth what the least
// demanding expert offers, or is over a red line, the heaviest expert's offer stands.
//
// The experts here are HardHeaded, Atlas3, Nice Tit for Tat, AgentK and PonPoko, which weigh 5, 4, 3, 2 and 1; the paper has
// five finalists of ANAC 2015 with weights of 100, 10, 5, 3 and 1.
type caduceus struct {
	until float64

	experts []*agent
	offers  []deal.Offer
	kinds   []sim.Kind
	votes   []float64
	agrees  bool
}

var caduceusExperts = []Spec{{Bidding: "hardheaded"}, {Bidding: "atlas3"}, {Bidding: "nice_tit_for_tat"}, {Bidding: "agent_k"}, {Bidding: "ponpoko"}}

func newCaduceus() *caduceus {
	b := &caduceus{}
	for _, spec := range caduceusExperts {
		n, err := New(spec)
		if err != nil {
			panic("agents: caduceus: " + err.Error())
		}
		b.experts = append(b.experts, n.(*agent))
		b.offers = append(b.offers, nil)
	}
	b.kinds = make([]sim.Kind, len(b.experts))
	return b
}

func (b *caduceus) begin(t *talk) {
	for k, e := range b.experts {
		e.Begin(t.p, t.rng)
		if len(b.offers[k]) != len(t.mine) {
			b.offers[k] = make(deal.Offer, len(t.mine))
		}
		clear(b.offers[k])
	}
	most := 0
	for i := range t.space.Issues {
		most = max(most, len(t.space.Issues[i].Values))
	}
	if len(b.votes) < most {
		b.votes = make([]float64, most)
	}
	b.agrees = false
}

func (b *caduceus) waits() bool { return false }

func (b *caduceus) hear(_ *talk, v *sim.View) {
	if clock(v) >= b.until {
		return // they hear it when they are asked
	}
	for _, e := range b.experts {
		e.listen(v)
	}
}

func (b *caduceus) next(t *talk, v *sim.View) bid {
	b.agrees = false
	if clock(v) < b.until || t.hopeless {
		copy(t.mine, t.best)
		return t.say(t.hi, t.hi)
	}
	yes, no, lead, least := 0.0, 0.0, -1, t.hi
	for k, e := range b.experts {
		w := float64(len(b.experts) - k)
		switch b.kinds[k] = e.Respond(v, b.offers[k]); b.kinds[k] {
		case sim.Accept:
			yes += w
		case sim.Propose:
			no += w
			if lead < 0 {
				lead = k
			}
			least = min(least, t.p.Utility(b.offers[k]))
		}
	}
	if b.agrees = yes > no; lead < 0 {
		copy(t.mine, t.best)
		return t.say(t.hi, t.hi)
	}
	for i := range t.mine {
		votes := b.votes[:len(t.space.Issues[i].Values)]
		clear(votes)
		best := b.offers[lead][i]
		for k, o := range b.offers {
			if b.kinds[k] == sim.Propose {
				votes[o[i]] += float64(len(b.experts) - k)
			}
		}
		for v, x := range votes {
			if x > votes[best] {
				best = uint16(v)
			}
		}
		t.mine[i] = best
	}
	u := t.p.Utility(t.mine)
	if !(u >= least) {
		copy(t.mine, b.offers[lead])
		u = t.p.Utility(t.mine)
	}
	return t.say(u, min(u, t.hi))
}

func (b *caduceus) accepts(t *talk, _ *sim.View, made bid) bool {
	return b.agrees || t.worth >= made.bar
}
