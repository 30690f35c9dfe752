package agents

import (
	"math"

	"github.com/parley-sim/parley/sim/deal"
)

// bayesian is the opponent model of Hindriks and Tykhonov (2008), "Opponent modelling in automated
// multi-issue negotiation using Bayesian learning", AAMAS, in the form that scales to many issues
// (section 4.3): what is believed of an issue's weight and of its values is updated issue by issue, the
// others at their expectation.
//
// Of a weight there are 11 hypotheses, 0, 0.1, ..., 1, with prior (1 - (j+1)/11)^3. Of the values of an
// issue there are as many as values: the k-th is liked best, and the rest the less the further they
// stand from it in the order, down to 0 at either end (the paper's triangles; the first and
// last are its downhill and uphill functions). An offer b made at time t is as likely under a hypothesis
// h, up to a factor, as
//
//	P(b | h) = exp(-((u' - u(b|h)) / u')^2 / (2 sigma^2)),   u' = 1 - decay t,
//
// (eq. 6 with a relative gap) where u' is what the other should be asking for if it gives way linearly. Offers heard before
// teach nothing new. The estimate is the expectation over both.
//
// The sums over triangles go by prefix sums, and the bell curve comes from a table, so that an offer
// costs a few nanoseconds for each hypothesis.
type bayesian struct {
	decay, sigma float64

	space  *deal.Space
	est    estimate
	chance [][weights]float64 // by issue: of each weight
	peak   [][]float64        // by issue and value: that this value is liked best
	weight []float64          // expected, by issue
	like   []float64          // expected, of the offer's values, by issue
	seen   offerSet
	dirty  bool // est is behind
}

// weights is the number of hypotheses about an issue's weight.
const weights = 11

func (m *bayesian) begin(space *deal.Space) {
	if m.space != space {
		n := space.Len()
		m.space, m.est = space, newEstimate(space)
		m.chance = make([][weights]float64, n)
		m.weight, m.like = make([]float64, n), make([]float64, n)
		m.peak = table(space).Value
	}
	var prior [weights]float64
	sum := 0.0
	for j := range prior {
		x := 1 - float64(j+1)/weights
		prior[j] = x * x * x
		sum += prior[j]
	}
	mean := 0.0
	for j := range prior {
		prior[j] /= sum
		mean += prior[j] * float64(j) / (weights - 1)
	}
	for i := range m.chance {
		m.chance[i], m.weight[i] = prior, mean
		for k := range m.peak[i] {
			m.peak[i][k] = 1 / float64(len(m.peak[i]))
		}
	}
	m.seen.reset(space.Len())
	m.dirty = true
}

// triangle is what the hypothesis that value k of n is liked best says of value v.
func triangle(k, v, n int) float64 {
	switch {
	case v == k:
		return 1
	case v < k:
		return float64(v) / float64(k)
	}
	return float64(n-1-v) / float64(n-1-k)
}

// liked is the expected worth of value v under chances of where the peak is.
func liked(peak []float64, v int) float64 {
	n, sum := len(peak), peak[v]
	for k := 0; k < v; k++ {
		sum += peak[k] * float64(n-1-v) / float64(n-1-k)
	}
	for k := v + 1; k < n; k++ {
		sum += peak[k] * float64(v) / float64(k)
	}
	return sum
}

func (m *bayesian) hear(o deal.Offer, at float64) {
	before := m.seen.len()
	if m.seen.add(o); m.seen.len() == before {
		return
	}
	want := max(1-m.decay*at, 0.05)
	scale := 1 / (want * want * 2 * m.sigma * m.sigma)
	total := 0.0
	for i, v := range o {
		m.like[i] = liked(m.peak[i], int(v))
		total += m.weight[i] * m.like[i]
	}
	for i, v := range o {
		// The weight of this issue, all else as expected.
		rest, like := total-m.weight[i]*m.like[i], m.like[i]
		chance := &m.chance[i]
		sum := 0.0
		for j := range chance {
			gap := want - rest - like*float64(j)/(weights-1)
			chance[j] *= bell(gap * gap * scale)
			sum += chance[j]
		}
		mean := 0.0
		for j := range chance {
			chance[j] /= sum
			mean += chance[j] * float64(j)
		}
		m.weight[i] = mean / (weights - 1)
		// Its values.
		peak, w, n := m.peak[i], m.weight[i], len(m.peak[i])
		sum = 0
		for k := range peak {
			gap := want - rest - w*triangle(k, int(v), n)
			peak[k] *= bell(gap * gap * scale)
			sum += peak[k]
		}
		for k := range peak {
			peak[k] /= sum
		}
		m.like[i] = liked(peak, int(v))
		total = rest + w*m.like[i]
	}
	m.dirty = true
}

func (m *bayesian) estimate() *estimate {
	if !m.dirty {
		return &m.est
	}
	m.dirty = false
	for i, peak := range m.peak {
		m.est.scale[i] = m.weight[i]
		row, n := m.est.row[i], len(peak)
		// From the left: peaks below v; from the right: peaks above it.
		left := 0.0
		for v := range row {
			row[v] = peak[v] + left*float64(n-1-v)
			if v < n-1 {
				left += peak[v] / float64(n-1-v)
			}
		}
		right := 0.0
		for v := n - 1; v >= 0; v-- {
			row[v] += right * float64(v)
			if v > 0 {
				right += peak[v] / float64(v)
			}
		}
	}
	return &m.est
}

// bell is exp(-x), x >= 0, by linear interpolation in a table, with a floor of about 1e-10, so that no
// hypothesis is ever ruled out for good.
func bell(x float64) float64 {
	at := x * bellStep
	if !(at < bellCells) {
		return bellTable[bellCells]
	}
	k := int(at)
	f := at - float64(k)
	return bellTable[k] + f*(bellTable[k+1]-bellTable[k])
}

const (
	bellStep  = 64
	bellCells = 23 * bellStep
)

var bellTable = func() (t [bellCells + 1]float64) {
	for k := range t {
		t[k] = math.Exp(-float64(k) / bellStep)
	}
	return t
}()
