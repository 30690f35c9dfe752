// Package belief is what a side makes of what it cannot see: a prior over finitely many types of the
// other side, updated exactly by Bayes' rule, and what follows from it where the answer is known.
//
//   - Belief: the probabilities and their update by a likelihood, whatever the news is: an offer, an
//     offer turned down, a threat, a threat carried out or not, a walk-out.
//   - Ultimatum: the offer that trades the risk of a refusal against its terms (Fearon 1995).
//   - Bluff: how often a side that would not carry out its threat makes one all the same, and how often it is
//     believed, in equilibrium.
//   - Resolve: what a record of threats kept and not kept says of the next.
//   - Auction: the double auction with private values (Chatterjee and Samuelson 1983), by best responses.
//
// It knows no sessions; agents use it in theirs.
package belief

import (
	"errors"
	"fmt"
	"math"
)

// Belief is a probability for each of finitely many types. It belongs to one goroutine at a time.
type Belief struct {
	p     []float64
	prior []float64
}

// New makes a belief from weights >= 0, which need not sum to 1; the sum must be above 0 and finite.
func New(weights []float64) (*Belief, error) {
	if len(weights) == 0 {
		return nil, errors.New("a belief needs a type")
	}
	sum := 0.0
	for i, w := range weights {
		if !(w >= 0) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("the weight of type %d, %v, is not finite and >= 0", i, w)
		}
		sum += w
	}
	if !(sum > 0) || math.IsInf(sum, 0) {
		return nil, fmt.Errorf("the weights sum to %v, not to a finite number above 0", sum)
	}
	b := &Belief{p: make([]float64, len(weights)), prior: make([]float64, len(weights))}
	for i, w := range weights {
		b.prior[i] = w / sum
	}
	b.Reset()
	return b, nil
}

// Even makes a belief in which n types are equally likely.
func Even(n int) *Belief {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1
	}
	b, err := New(w)
	if err != nil {
		panic("belief: Even needs a type")
	}
	return b
}

// Reset goes back to the prior.
func (b *Belief) Reset() { copy(b.p, b.prior) }

// Len is how many types there are.
func (b *Belief) Len() int { return len(b.p) }

// At is the probability of a type.
func (b *Belief) At(i int) float64 { return b.p[i] }

// Update is Bayes' rule: p_i becomes proportional to p_i times how likely the news is from type i. Only
// the ratios of likelihoods matter. News that no type can have made changes nothing, and ok is false: Bayes'
// rule is silent there.
func (b *Belief) Update(likelihood []float64) (ok bool) {
	if len(likelihood) != len(b.p) {
		panic("belief: as many likelihoods as types")
	}
	sum := 0.0
	for i, l := range likelihood {
		sum += float64(b.p[i] * l)
	}
	if !(sum > 0) || math.IsInf(sum, 0) {
		return false
	}
	for i, l := range likelihood {
		b.p[i] = float64(b.p[i]*l) / sum
	}
	return true
}

// Mean is the expectation of x over the types.
func (b *Belief) Mean(x []float64) float64 {
	sum := 0.0
	for i, v := range x {
		sum += float64(b.p[i] * v)
	}
	return sum
}
