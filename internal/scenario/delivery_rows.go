package scenario

import (
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/invest"
)

// Columns of what came of a signed deal, in this order; purchases only where they are on the table.
const (
	colAnnounced = iota
	colCleared
	colMitigated
	colBuilt
	colForced
	colJobs
	colInvest // how many the columns of investment are
)

// columns are those of what was delivered by the last year looked ahead.
func (d *delivery) columns() []store.Column {
	col := func(name, label, unit string) store.Column {
		return store.Column{Name: "delivery." + name, Kind: store.Float, Role: "delivery", Label: label, Unit: unit}
	}
	var out []store.Column
	if d.investment >= 0 {
		out = append(out,
			col("announced", "Investment announced", "$bn"),
			col("cleared", "of it cleared, by review or by state and locality", "$bn"),
			col("mitigated", "of it cleared on conditions", "$bn"),
			col("built", "Plants built", "$bn"),
			col("forced", "of them ordered sold", "$bn"),
			col("jobs", "Jobs in plants built", "thousands"),
		)
	}
	if d.bought >= 0 {
		out = append(out, col("purchases", "Purchases above those of a year without a deal", "$bn a year"))
	}
	return out
}

// write fills the columns of what came of a deal.
func (d *delivery) write(cells store.Row, came *realised) {
	if d.investment >= 0 {
		t := came.path
		cells.PutF(colAnnounced, t.Announced)
		cells.PutF(colCleared, t.Cleared)
		cells.PutF(colMitigated, t.Mitigated)
		cells.PutF(colBuilt, invest.Last(t.Built))
		cells.PutF(colForced, t.Forced)
		cells.PutF(colJobs, t.Jobs/1000)
		cells = cells[colInvest:]
	}
	if d.bought >= 0 {
		cells.PutF(0, came.Made)
	}
}

// terms are an outcome as numbers: what each value measures, or the place of a choice. They are the
// slot's until its next run.
func (s *slot) terms(m *Model, o deal.Offer) []float64 {
	m.numbers(o, s.x)
	return s.x
}

// numbers is what an outcome's values measure.
func (m *Model) numbers(o deal.Offer, x []float64) {
	for i, v := range o {
		x[i] = float64(v)
		if n := m.Space.Issues[i].Numbers; n != nil {
			x[i] = n[v]
		}
	}
}
