package scenario

import (
	"fmt"
	"math"
	"strings"

	"github.com/parley-sim/parley/agents/external"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// verdict is what can be said of a finished session beyond its result.
type verdict struct {
	status, cause int
	days          float64    // from the first day to the end of the talks
	worth         [2]float64 // over no deal, cost of delay taken off
	ideal         [2]float64 // the most each could have in the ZOPA, over no deal; NaN where there is none or it was not asked for
	left          float64    // share of the attainable joint gain not taken; NaN likewise
	epsilon       float64    // certified error of the joint gain
	strife        strife     // what threats and tariffs around the talks came to
	err           error

	ratified int // 1 both, 0 refused; -1 not played
	votes    votes
	lived    bool // whether the years were played
	holds    bool // a deal came about
}

// judge says how a run ended and what it was worth. With shares it finds the exact ideal and the share
// left on the table; without, it only tells of runs without a deal whether one was possible.
//
// A signed deal is then put to those at home, and one that they agree to is lived through.
func (m *Model) judge(solver *deal.Solver, s *slot, r *sim.Result, seed uint64, shares bool) verdict {
	nan := math.NaN()
	v := verdict{ideal: [2]float64{nan, nan}, left: nan, epsilon: nan, ratified: -1}
	v.status, v.cause = m.layout.ending(r)
	v.days = m.clock.since(int(r.Round), r.Status == sim.NoDeal && r.Cause == sim.Deadline, s.draw.Values)
	if r.Status == sim.Error {
		v.worth = [2]float64{nan, nan}
		return v
	}
	v.holds = r.Status == sim.Signed && m.agreed(&v, s, r, seed)
	if s.talk != nil {
		v.strife = s.talk.count(r.Round, v.days, r.Status == sim.Signed)
		for side, p := range s.party {
			p.SetNoDeal(v.strife.none[side])
		}
	}
	got := r.Utility // of what came about
	for side := range v.worth {
		if r.Status == sim.Signed && !v.holds {
			got[side] = s.party[side].NoDeal()
		}
		cost := v.strife.cost(m, side)
		v.worth[side] = m.worth(side, got[side], v.days, s.draw) - cost
		if v.lived {
			s.life.realised[side] -= cost
		}
	}
	if !shares {
		if r.Status == sim.NoDeal {
			v.cause, v.err = m.why(v.cause, solver, s, r)
		}
		return v
	}
	sol, err := solver.Solve(s.party[0], s.party[1])
	if err != nil {
		v.err = fmt.Errorf("run %d: %w", r.ID, err)
		return v
	}
	if !sol.ZOPA {
		if r.Status == sim.NoDeal {
			v.cause = m.layout.blocked(solver.Blockers(s.party[0], s.party[1]))
		}
		return v
	}
	for side := range v.ideal {
		v.ideal[side] = sol.Ideal[side]
		if m.usd {
			v.ideal[side] -= s.draw.Terms[side].NoDeal
		}
	}
	v.left = solver.Left(&sol, got)
	v.epsilon = sol.Epsilon
	return v
}

// agreed puts a signed deal to those at home and, if they agree, lives through it. It reports whether
// they did, and sets how the run ended.
func (m *Model) agreed(v *verdict, s *slot, r *sim.Result, seed uint64) bool {
	l := m.layout
	if m.home.played {
		v.votes = m.ratify(s, seed, r.Offer)
		v.ratified = 1
		if !v.votes.passed[0] || !v.votes.passed[1] {
			side := v.votes.refused()
			v.ratified, v.status, v.cause = 0, statusRefused, l.refused[side][v.votes.by[side]]
			return false
		}
	}
	if m.years.played {
		m.live(s, seed, r.Offer, v.days)
		v.lived = true
		v.status = statusLasting
		if k := &s.life.Life; k.Ended != 0 && k.Years < m.years.lasting {
			v.status, v.cause = statusBroke, l.broke[k.Ended][max(k.By, 0)]
		}
	}
	return true
}

// why is the cause of a run without a deal: that of its talks, or what made any deal impossible.
func (m *Model) why(cause int, solver *deal.Solver, s *slot, r *sim.Result) (int, error) {
	if s.missed() {
		return cause, nil
	}
	possible, err := solver.ZOPA(s.party[0], s.party[1])
	if err != nil {
		return cause, fmt.Errorf("run %d: %w", r.ID, err)
	}
	if !possible {
		cause = m.layout.blocked(solver.Blockers(s.party[0], s.party[1]))
	}
	return cause, nil
}

// missed reports whether one of the two last offers would have suited both sides: then a deal was
// possible, and nothing need be solved to say so.
func (s *slot) missed() bool {
	for side, heeds := range s.heeds {
		if !heeds || !s.man[side].has {
			continue
		}
		o := s.man[side].last
		if s.party[0].Gains(o) && s.party[1].Gains(o) {
			return true
		}
	}
	return false
}

// blocked names the smallest sets of hard lines whose removal opens the ZOPA: the first of them in the
// order of the scenario, so that a run has one cause.
func (l *layout) blocked(sets [][]deal.LineRef) int {
	if len(sets) == 0 || len(sets[0]) == 0 {
		return l.noZOPA
	}
	set := sets[0]
	switch len(set) {
	case 1:
		return l.line[set[0].Side][set[0].Line]
	case 2:
		return l.pair[[4]int8{int8(set[0].Side), int8(set[0].Line), int8(set[1].Side), int8(set[1].Line)}]
	}
	return l.several
}

// write fills a run's row.
func (m *Model) write(row store.Row, seed, point uint64, s *slot, r *sim.Result, v *verdict) {
	l := m.layout
	for i := range row {
		row[i] = store.Missing
	}
	row[l.run], row[l.point], row[l.replication] = r.ID, point, r.ID
	row[l.seed], row[l.version] = seed, SchemaVersion
	row[l.status], row[l.cause] = uint64(v.status), uint64(v.cause)
	row[l.first] = uint64(s.draw.First)
	row[l.signed] = 0
	if l.wall >= 0 {
		row[l.wall] = 0
		if r.Status == sim.Error && strings.Contains(r.Err, external.Late) {
			row[l.wall] = 1
		}
	}
	row[l.round] = uint64(r.Round)
	if day, ok := m.clock.day(v.days); ok {
		row[l.date] = uint64(day)
	}
	if r.Status == sim.Signed {
		row[l.signed] = 1
		for i, x := range r.Offer {
			is := &m.Space.Issues[i]
			if is.Numbers != nil {
				row.PutF(l.issue+i, is.Numbers[x])
			} else {
				row[l.issue+i] = uint64(x)
			}
		}
	}
	if l.second >= 0 {
		s.other.write(row[l.second:])
	}
	if l.strife >= 0 {
		m.escalation.write(row[l.strife:], &v.strife)
	}
	if v.ratified >= 0 {
		row[l.ratified] = uint64(v.ratified)
		for side, h := range s.home {
			row.PutF(l.passes+side, v.votes.chance[side])
			for k, yes := range h.yes {
				row[l.vote[side]+k] = b2u(yes)
			}
		}
	}
	switch {
	case v.lived:
		s.life.write(row, l)
	case l.delivery >= 0 && v.holds:
		m.delivery.realise(s.came, s.draw.Values, s.terms(m, r.Offer), math.Inf(1), seed, s.draw.Replication)
	}
	if l.delivery >= 0 && v.holds {
		m.delivery.write(row[l.delivery:], s.came)
	}
	if r.Status == sim.Signed {
		for side, at := range l.part {
			m.writeInterests(row[at:], side, r.Offer, s.draw)
		}
	}
	for side := range v.worth {
		row.PutF(l.worth+side, v.worth[side])
		row.PutF(l.ideal+side, v.ideal[side])
		row[l.agent+side] = uint64(m.sides[side].agent.bidding.at(s.draw.Values))
	}
	row.PutF(l.left, v.left)
	row.PutF(l.epsilon, v.epsilon)
	for i, x := range s.draw.Values {
		if m.vars.list[i].column.Kind == store.Level {
			row[l.draw+i] = uint64(x)
		} else {
			row.PutF(l.draw+i, x)
		}
	}
}

func b2u(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
