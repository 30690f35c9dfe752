package scenario

import (
	"slices"
	"sync"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
)

// priors are what negotiators may believe of a side before the talks: finitely many types, drawn as the
// scenario says the side may be, each number at evenly spaced quantiles in an order of its own (a Latin
// hypercube), and the same in every run. Made when first asked for.
type priors struct {
	mu   sync.Mutex
	made map[[2]int][]deal.Terms // by side and number of types
}

// typesSeed sets the orders. It is not the master seed: the prior is common knowledge and no part of a run's luck.
const typesSeed = 0x7e57_ab1e

// typesOf is n types of a side.
func (m *Model) typesOf(side, n int) []deal.Terms {
	m.prior.mu.Lock()
	defer m.prior.mu.Unlock()
	key := [2]int{side, n}
	if t, ok := m.prior.made[key]; ok {
		return t
	}
	rank := make([][]int, len(m.vars.list))
	for v := range rank {
		rank[v] = order(n, m.vars.list[v].id)
	}
	out := make([]deal.Terms, n)
	for k := range out {
		d := m.NewDraw()
		for v := range d.Values {
			d.Values[v] = m.vars.list[v].draw((float64(rank[v][k]) + 0.5) / float64(n))
		}
		m.follow(d)
		out[k] = d.Terms[side]
	}
	if m.prior.made == nil {
		m.prior.made = map[[2]int][]deal.Terms{}
	}
	m.prior.made[key] = out
	return out
}

// order is a shuffle of 0 to n-1, by uniforms of a variable.
func order(n int, id uint64) []int {
	u := make([]float64, n)
	out := make([]int, n)
	for k := range out {
		u[k], out[k] = chance.U(typesSeed, uint64(k), id, 1), k
	}
	slices.SortFunc(out, func(a, b int) int {
		switch {
		case u[a] < u[b]:
			return -1
		case u[a] > u[b]:
			return 1
		}
		return a - b
	})
	return out
}

// inform tells a negotiator what it asks to know of the other side: its terms (yardsticks only), or a
// prior over its types.
func (s *slot) inform(m *Model, side int) {
	n := s.sat[side]
	if k, ok := n.(agents.Knower); ok && k.Wants() {
		k.Know(&s.draw.Terms[1-side])
	}
	if b, ok := n.(agents.Supposer); ok {
		if count := b.Supposes(); count > 0 {
			b.Suppose(m.Deal, 1-side, m.typesOf(1-side, count))
		}
	}
}
