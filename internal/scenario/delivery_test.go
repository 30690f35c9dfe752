package scenario

import (
	"math"
	"testing"

	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/invest"
)

const delivering = `
[issue]
investment = { unit = "$bn", range = [0, 600], step = 200, now = 0 }
screening = { choices = ["as_today", "open"], now = "as_today" }
control = { choices = ["chinese_owned", "us_controlled"], now = "chinese_owned" }
purchases = { unit = "$bn a year", levels = [0, 40], now = 0 }
duration = { unit = "years", levels = [1, 4, 10], now = 1 }
[party.us.interest]
plants = { from = "delivery", weight = 1 }
output = { from = "delivery", of = "output", weight = 1 }
jobs = { from = "delivery", of = "jobs", weight = 1 }
know_how = { from = "delivery", of = "know_how", weight = 1 }
purchases = { from = "delivery", weight = 1 }
[party.china.interest]
plants = { from = "delivery", of = "owned", weight = 1 }
[delivery]
built_share = { beta = [2, 6] }
greenfield = 0.6
local = { pert = [0.4, 0.7, 0.9] }
pace = 50
jobs = { pert = [700, 1000, 2300] }
purchase_share = { uniform = [0, 0.4] }
sales = 140
forced_sale = 0.03
cleared = { as_today = { pert = [0.3, 0.5, 0.6] }, open = 0.95 }
by_sector = { as_today = 0.5 }
eased = { us_controlled = 0.6 }
stake = { us_controlled = 0.199 }
know_how = { us_controlled = 0.5 }
sale_risk = { us_controlled = 0.1 }
`

// TestPromiseAndDelivery: what negotiators expect of a deal is the mean of what the rows say came of
// it, interest by interest.
func TestPromiseAndDelivery(t *testing.T) {
	m := compiled(t, delivering)
	d := m.NewDraw()
	came := m.delivery.newRealised()
	const runs = 6000
	for _, o := range []deal.Offer{{3, 0, 0, 1, 2}, {1, 1, 1, 1, 0}, {2, 0, 1, 0, 1}, {0, 0, 0, 1, 1}} {
		x := make([]float64, len(o))
		m.numbers(o, x)
		var sum, square [2][]float64
		for s := range sum {
			sum[s], square[s] = make([]float64, len(m.sides[s].interests)), make([]float64, len(m.sides[s].interests))
		}
		stake, knows := 1.0, 0.0
		if o[2] == 1 {
			stake, knows = 0.199, 0.5
		}
		for k := range uint64(runs) {
			m.Draw(11, k, d)
			m.delivery.realise(came, d.Values, x, math.Inf(1), 11, k)
			built, owned := invest.Mean(came.path.Built), invest.Mean(came.path.Owned)
			jobs := came.draw.Jobs * built
			got := [2][]float64{{built, jobs * 0.00017, jobs / 1e6, built * knows, came.Made}, {owned * stake}}
			for s := range got {
				for i := range got[s] {
					expected := 0.0
					for c := range m.components[s] {
						if p := &m.components[s][c]; p.interest == i {
							expected += d.Terms[s].Weight[c] * p.strength(x)
						}
					}
					gap := got[s][i] - expected
					sum[s][i] += gap
					square[s][i] += gap * gap
				}
			}
		}
		for s := range sum {
			for i := range sum[s] {
				mean := sum[s][i] / runs
				se := math.Sqrt((square[s][i]/runs - mean*mean) / runs)
				if math.Abs(mean) > 4*se+1e-9 {
					t.Errorf("%v: %s of party %d: delivered less promised %v on average, standard error %v", o, m.sides[s].interests[i], s, mean, se)
				}
			}
		}
	}
}
