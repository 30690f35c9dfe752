package scenario

import (
	"context"
	"slices"
	"time"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/politics/threat"
)

// Tariffs are what stood in force day by day, over many runs, for each issue that a side may raise.
type Tariffs struct {
	Issues []int     // places in the space
	Side   []int     // whose each is
	Days   []float64 // after the first day; without dates rounds, from 1
	Start  time.Time // zero without dates
	Levels [][][]float64
	// Levels[issue][day] holds a value a run, ascending: what was in force, and once the talks had ended what was
	// signed, or what no deal led to.
	Runs           uint64
	Raised, Backed uint64 // runs in which a tariff was raised, in which a side backed down from a threat
	Told           uint64 // a run with a threat carried out, else one with a threat, else run 0
}

// Tariffs plays n runs from run 0 on, the same as in any batch with that seed, and notes what was in force
// when. It is nil where nobody threatens.
func (m *Model) Tariffs(ctx context.Context, seed, n uint64) (*Tariffs, error) {
	if m.escalation == nil {
		return nil, nil
	}
	out := &Tariffs{Runs: n, Start: m.clock.start}
	for s := range m.escalation.side {
		for _, i := range m.escalation.side[s].issues {
			if !slices.Contains(out.Issues, i) {
				out.Issues, out.Side = append(out.Issues, i), append(out.Side, s)
			}
		}
	}
	w := &tariffWatch{worker: m.newWorker(seed, false), out: out, steps: m.clock.longest(&m.vars)}
	for k := range w.steps {
		day := float64(k + 1)
		if m.clock.dated() {
			day = m.clock.longDays(&m.vars) * float64(k) / float64(w.steps-1)
		}
		out.Days = append(out.Days, day)
	}
	out.Levels = make([][][]float64, len(out.Issues))
	for i := range out.Levels {
		out.Levels[i] = make([][]float64, len(out.Days))
		for d := range out.Days {
			out.Levels[i][d] = make([]float64, 0, n)
		}
	}
	w.next, w.end = 0, n
	if err := w.table.Play(ctx, w, w.see); err != nil {
		return nil, err
	}
	if w.fault != nil {
		return nil, w.fault
	}
	for i := range out.Levels {
		for d := range out.Levels[i] {
			slices.Sort(out.Levels[i][d])
		}
	}
	out.Told = w.told
	return out, nil
}

// tariffWatch is a worker that notes tariffs and writes no rows.
type tariffWatch struct {
	*worker
	out    *Tariffs
	steps  int
	told   uint64
	worthy int
}

// see notes a run's tariffs.
func (w *tariffWatch) see(at int, r *sim.Result) error {
	s, m, out := &w.slots[at], w.m, w.out
	raised, backed, worthy := false, false, 0
	for k := range s.talk.path.Events {
		e := &s.talk.path.Events[k]
		if e.Round > r.Round {
			break
		}
		switch e.Kind {
		case threat.Imposed:
			raised, worthy = true, 2
		case threat.BackedDown:
			backed, worthy = true, max(worthy, 1)
		}
	}
	out.Raised += b2u(raised)
	out.Backed += b2u(backed)
	if worthy > w.worthy || worthy == w.worthy && r.ID < w.told {
		w.worthy, w.told = worthy, r.ID
	}
	for i, issue := range out.Issues {
		for d, day := range out.Days {
			out.Levels[i][d] = append(out.Levels[i][d], m.inForce(s, r.Round, r.Offer, r.Cause == sim.Deadline && r.Status == sim.NoDeal, issue, day))
		}
	}
	return nil
}

// inForce is what stands for an issue on a day of a run that ended in a round with a deal, nil for none.
func (m *Model) inForce(s *slot, round int32, deal []uint16, late bool, issue int, day float64) float64 {
	d := s.draw
	ended := m.clock.since(int(round), late, d.Values)
	r := int(day)
	if m.clock.dated() {
		r = 1 + int(day/m.clock.perRound(d.Values)+1e-9)
	} else {
		ended = float64(round)
	}
	x := s.talk
	raised := func(r int) float64 {
		r = min(max(r, 1), int(round), len(x.path.Steps[0]))
		out := m.now[issue]
		for side := range m.escalation.side {
			if slices.Contains(m.escalation.side[side].issues, issue) {
				out = max(out, m.now[issue]+float64(float64(x.path.Steps[side][r-1])*x.size[side]))
			}
		}
		return out
	}
	switch {
	case day < ended:
		return raised(r)
	case deal != nil:
		return m.Space.Issues[issue].Numbers[deal[issue]]
	case late && day == ended:
		return raised(int(round))
	}
	return max(raised(int(round)), d.Point[issue])
}

// Level is what stood for an issue on a day of a traced run, in a scenario with threats.
func (t *Trace) Level(issue int, day float64) float64 {
	return t.model.inForce(t.slot, int32(t.Round), t.Outcome, t.late, issue, day)
}

// Today is an issue's number today, or the place of its choice.
func (m *Model) Today(issue int) float64 { return m.now[issue] }
