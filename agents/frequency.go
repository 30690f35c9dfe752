package agents

import (
	"math"
	"slices"

	"github.com/parley-sim/parley/sim/deal"
)

// frequency is the opponent model of HardHeaded (van Krimpen, Looije and Hajizadeh 2013): an additive
// estimate in which a value is worth more the more often it was offered and an issue weighs more the
// less often it changed. With n issues, weights start at 1/n; when the other makes a new offer every
// issue it left as it was gains e = learning/n and all are divided by their sum. A value is worth
// (1 + times offered) / (the same of the issue's most offered value).
//
// An offer repeated teaches nothing: only offers that differ from the one before count. (The
// original counts all, and drifts while the other merely waits.)
//
// Where values are numbers an offer speaks for those near it too, by 1 less the distance as a share
// of the issue's range (the similarity of Faratin, Sierra and Jennings 2002). Without that, values
// never offered would all count alike, nothing short of the other's own offer would seem to give
// it anything, and two sides that hold out over one number would never move.
type frequency struct {
	learning float64

	space  *deal.Space
	est    estimate  // row: 1 + times offered, nearness counted
	top    []float64 // highest count of the issue
	weight []float64
	last   deal.Offer
	seen   int
	width  []float64 // range of the issue's numbers, 0 for choices
}

func (m *frequency) begin(space *deal.Space) {
	if m.space != space {
		n := space.Len()
		m.space, m.est = space, newEstimate(space)
		m.top, m.weight, m.last = make([]float64, n), make([]float64, n), make(deal.Offer, n)
		m.width = make([]float64, n)
		for i := range space.Issues {
			if x := space.Issues[i].Numbers; x != nil {
				m.width[i] = slices.Max(x) - slices.Min(x)
			}
		}
	}
	for i, row := range m.est.row {
		for v := range row {
			row[v] = 1
		}
		m.top[i], m.weight[i] = 1, 1/float64(len(m.weight))
	}
	m.seen = 0
}

func (m *frequency) hear(o deal.Offer, _ float64) {
	if m.seen > 0 {
		m.weigh(o)
	}
	for i, v := range o {
		row := m.est.row[i]
		if m.width[i] == 0 {
			row[v]++
			m.top[i] = max(m.top[i], row[v])
			continue
		}
		x := m.space.Issues[i].Numbers
		for k := range row {
			row[k] += 1 - math.Abs(x[k]-x[v])/m.width[i]
			m.top[i] = max(m.top[i], row[k])
		}
	}
	copy(m.last, o)
	m.seen++
}

// weigh moves weight to the issues that the offer leaves alone. No weight passes the one that leaves
// all others e (the original's cap).
func (m *frequency) weigh(o deal.Offer) {
	n := float64(len(o))
	e := m.learning / n
	same := 0
	for i := range o {
		if o[i] == m.last[i] {
			same++
		}
	}
	total := 1 + float64(e*float64(same))
	most := 1 - float64(n*e)/total
	for i := range o {
		if o[i] == m.last[i] && m.weight[i] < most {
			m.weight[i] += e
		}
		m.weight[i] /= total
	}
}

func (m *frequency) estimate() *estimate {
	for i, w := range m.weight {
		m.est.scale[i] = w / m.top[i]
	}
	return &m.est
}
