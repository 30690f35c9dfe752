package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// tradeOff is the trade-off tactic of Faratin, Sierra and Jennings (2002): it keeps to one level of its
// own utility and picks the outcome at that level that should suit the other best. With an opponent
// model that is the estimate's best; without one it is the outcome most similar to the other's last
// offer, issue by issue (section 4; 1 - |x - y| / range for numbers, same or not for choices, all
// issues alike). The level starts at the best outcome. When the talks are deadlocked, which is
// when the other's last offer was no better for it than an earlier one, the level falls by `give` of
// the range (the paper's SMART strategy, section 6, whose step is 0.05), to lo at the lowest.
type tradeOff struct {
	give  float64
	level float64
	near  nearness
}

func (b *tradeOff) begin(t *talk) {
	b.level = t.hi
	b.near.begin(t.space)
}

func (b *tradeOff) waits() bool { return false }

func (b *tradeOff) hear(_ *talk, v *sim.View) {
	if v.Fresh {
		b.near.hear(v.Theirs, 0)
	}
}

func (b *tradeOff) next(t *talk, _ *sim.View) bid {
	if t.made && t.has() && t.stale > 0 {
		b.level = math.Max(t.lo, b.level-float64(b.give*(t.hi-t.lo)))
	}
	switch {
	case !t.has():
		return t.reach(b.level)
	case t.model != nil:
		return t.reachFor(b.level, t.model)
	}
	return t.reachFor(b.level, &b.near)
}

// nearness is an estimate that likes what is similar to the last offer heard.
type nearness struct {
	space *deal.Space
	est   estimate
}

func (m *nearness) begin(space *deal.Space) {
	if m.space != space {
		m.space, m.est = space, newEstimate(space)
		for i := range m.est.scale {
			m.est.scale[i] = 1
		}
	}
}

func (m *nearness) hear(theirs deal.Offer, _ float64) {
	for i := range m.space.Issues {
		is := &m.space.Issues[i]
		row := m.est.row[i]
		if is.Numbers == nil || len(row) < 2 {
			clear(row)
			row[theirs[i]] = 1
			continue
		}
		x, span := is.Numbers[theirs[i]], is.Numbers[len(row)-1]-is.Numbers[0]
		for v := range row {
			row[v] = 1 - math.Abs(is.Numbers[v]-x)/span
		}
	}
}

func (m *nearness) estimate() *estimate { return &m.est }
