package scenario

import (
	"math"

	"github.com/parley-sim/parley/sim/politics/invest"
)

// Came is what came of what a deal promised, by the last year looked ahead, in $bn; and what those who
// negotiated could expect, were it kept.
type Came struct {
	Years                                  int
	Announced, Waiting, Cleared, Mitigated float64
	Withdrawn, Blocked, Refused, Forced    float64
	Built, Jobs                            float64
	Expected                               float64 // built by then
	Promised, Made                         float64 // extra purchases a year; NaN: not on the table
}

// came gathers it; nil if nothing of it was played.
func (m *Model) came(s *slot, v *verdict, seed uint64) *Came {
	d := m.delivery
	if d == nil || !v.holds {
		return nil
	}
	x := s.x
	if !v.lived {
		d.realise(s.came, s.draw.Values, x, math.Inf(1), seed, s.draw.Replication)
	}
	t := s.came.path
	out := &Came{
		Years: d.years, Announced: t.Announced, Waiting: t.Waiting, Cleared: t.Cleared, Mitigated: t.Mitigated,
		Withdrawn: t.Withdrawn, Blocked: t.Blocked, Refused: t.Refused, Forced: t.Forced,
		Built: invest.Last(t.Built), Jobs: t.Jobs, Promised: math.NaN(), Made: math.NaN(),
	}
	if d.investment >= 0 {
		expected := d.plan.NewPath()
		d.plan.Expected(invest.Deal{
			Announced: x[d.investment], Screening: choice(x, d.screening), Control: choice(x, d.control), Until: math.Inf(1),
		}, d.drawn(s.draw.Values), expected)
		out.Expected = invest.Last(expected.Built)
	}
	if d.bought >= 0 {
		out.Promised, out.Made = x[d.bought], s.came.Made
	}
	return out
}

// drawn is what a run draws of investment.
func (d *delivery) drawn(values []float64) *invest.Draw {
	out := &invest.Draw{Cleared: make([]float64, len(d.cleared)), Local: d.local.at(values), Built: d.built.at(values), Jobs: d.jobs.at(values)}
	for s, v := range d.cleared {
		out.Cleared[s] = v.at(values)
	}
	return out
}
