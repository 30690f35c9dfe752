package agents

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/parley-sim/parley/sim/deal"
)

// smith is the frequency model of Agent Smith (van Galen Last 2012, "Agent Smith: opponent model
// estimation in bilateral multi-issue negotiation", section 3): a value is worth its share of the
// offers over that of the issue's most offered value, and an issue weighs as much as its most offered
// value's share of all offers, the weights brought to a sum of 1.
type smith struct {
	space *deal.Space
	est   estimate // row: times offered
	top   []float64
}

func (m *smith) begin(space *deal.Space) {
	if m.space != space {
		m.space, m.est, m.top = space, newEstimate(space), make([]float64, space.Len())
	}
	for i, row := range m.est.row {
		clear(row)
		m.top[i] = 0
	}
}

func (m *smith) hear(o deal.Offer, _ float64) {
	for i, v := range o {
		m.est.row[i][v]++
		m.top[i] = max(m.top[i], m.est.row[i][v])
	}
}

func (m *smith) estimate() *estimate {
	sum := 0.0
	for _, x := range m.top {
		sum += x
	}
	for i := range m.est.scale {
		m.est.scale[i] = 1 / max(sum, 1) // weight top/sum, over the top count
	}
	return &m.est
}

// window is the model of CUHKAgent (Hao and Leung 2014, "CUHKAgent: an adaptive negotiation strategy for
// bilateral negotiations over multiple items", section 3.3): how often each value was offered in the
// first so many different offers, all issues alike. Later offers, made under pressure, are not heard.
type window struct {
	size float64

	space *deal.Space
	est   estimate
	seen  offerSet
}

func (m *window) begin(space *deal.Space) {
	if m.space != space {
		m.space, m.est = space, newEstimate(space)
	}
	for i, row := range m.est.row {
		clear(row)
		m.est.scale[i] = 1
	}
	m.seen.reset(space.Len())
}

func (m *window) hear(o deal.Offer, _ float64) {
	if m.seen.len() >= int(m.size) {
		return
	}
	before := m.seen.len()
	if m.seen.add(o); m.seen.len() == before {
		return
	}
	for i, v := range o {
		m.est.row[i][v]++
	}
}

func (m *window) estimate() *estimate { return &m.est }

// distribution is the model of Tunali, Aydogan and Sanchez-Anguix (2017), "Rethinking frequency opponent
// modeling in automated negotiation", PRIMA, algorithm 1. Offers are taken in windows of k. Between one window and
// the next, an issue whose values are distributed alike (chi-square test at 5%) is one the other holds
// on to; if another issue moved to values of less worth by the present estimate, the other gave
// way, and each issue held on to gains alpha (1 - t^beta) of weight. A value is worth (1 + times offered)^gamma over
// that of the issue's most offered value.
type distribution struct {
	k, alpha, beta, gamma float64

	space    *deal.Space
	est      estimate
	count    [][]float64 // 1 + times offered
	raised   [][]float64 // count^gamma
	top      []float64   // of raised
	now      [][]float64 // counts of the window being filled, and of the one before
	before   [][]float64
	critical []float64
	weight   []float64
	held     []bool
	filled   int
	windows  int
}

func (m *distribution) begin(space *deal.Space) {
	if m.space != space {
		n := space.Len()
		m.space, m.est = space, newEstimate(space)
		m.count, m.now, m.before, m.raised = table(space).Value, table(space).Value, table(space).Value, table(space).Value
		m.top, m.weight, m.critical, m.held = make([]float64, n), make([]float64, n), make([]float64, n), make([]bool, n)
		for i := range space.Issues {
			if v := len(space.Issues[i].Values); v > 1 {
				m.critical[i] = distuv.ChiSquared{K: float64(v - 1)}.Quantile(0.95)
			}
		}
	}
	for i := range m.count {
		for v := range m.count[i] {
			m.count[i][v], m.raised[i][v] = 1, 1
		}
		m.top[i], m.weight[i] = 1, 1/float64(len(m.weight))
		clear(m.now[i])
	}
	m.filled, m.windows = 0, 0
}

func (m *distribution) hear(o deal.Offer, at float64) {
	for i, v := range o {
		c := &m.count[i][v]
		*c++
		r := math.Sqrt(math.Sqrt(*c))
		if m.gamma != 0.25 {
			r = math.Pow(*c, m.gamma)
		}
		m.raised[i][v] = r
		m.top[i] = max(m.top[i], r)
		m.now[i][v]++
	}
	if m.filled++; m.filled < int(m.k) {
		return
	}
	if m.windows > 0 {
		m.compare(at)
	}
	m.windows++
	m.filled = 0
	m.now, m.before = m.before, m.now
	for _, row := range m.now {
		clear(row)
	}
}

// compare weighs two windows against each other.
func (m *distribution) compare(at float64) {
	held, gave := 0, false
	for i := range m.now {
		stat, fell := 0.0, 0.0
		for v, x := range m.now[i] {
			// Laplace's rule keeps the expected counts above 0.
			a, b := m.before[i][v]+1, x+1
			stat += (a - b) * (a - b) / b
			fell += (a - b) * m.raised[i][v] / m.top[i]
		}
		m.held[i] = stat <= m.critical[i]
		if m.held[i] {
			held++
		} else if fell > 0 {
			gave = true
		}
	}
	if held == 0 || held == len(m.held) || !gave {
		return
	}
	gain := m.alpha * (1 - math.Pow(at, m.beta))
	sum := 0.0
	for i := range m.weight {
		if m.held[i] {
			m.weight[i] += gain
		}
		sum += m.weight[i]
	}
	for i := range m.weight {
		m.weight[i] /= sum
	}
}

func (m *distribution) estimate() *estimate {
	for i, row := range m.est.row {
		copy(row, m.raised[i])
		m.est.scale[i] = m.weight[i] / m.top[i]
	}
	return &m.est
}
