package agents

import "github.com/parley-sim/parley/sim"

// acOptimal is optimal stopping against estimated offers (Baarslag and Hindriks 2013, "Accepting
// optimally in automated negotiation with incomplete information", AAMAS). With n offers still to come,
// each drawn alike, waiting is worth
//
//	v_0 = 0,    v_n = E max(X, v_{n-1})
//
// (their eq. 1, the dynamic programme of optimal stopping; for X uniform on [0, 1], v_n = (1 + v_{n-1}^2) / 2,
// their proposition 1), and an offer is taken if and only if it is worth at least v_n. Worth is the share of
// the range from no deal to the best.
//
// The distribution of offers to come is estimated from the last ones received, which count
// `recent` at most, smoothed by one uniform observation; with memory = 0 it stays uniform. AC_next is asked
// as well: what the negotiator would itself offer next, it takes.
type acOptimal struct {
	recent float64

	bins  [stopBins]float64 // how many of the ring fell in each
	ring  []uint8
	at    int
	n     int
	value []float64 // v by offers to come
	at0   int       // offers heard when it was made
	total int       // offers heard
}

const stopBins = 64

func (c *acOptimal) begin(*talk) {
	clear(c.bins[:])
	c.ring, c.at, c.n, c.at0, c.total = c.ring[:0], 0, 0, -1, 0
}

func (c *acOptimal) hear(t *talk, _ *sim.View) {
	c.total++
	size := int(c.recent)
	if size == 0 {
		return
	}
	b := uint8(min(int(t.heard()*stopBins), stopBins-1))
	if len(c.ring) < size {
		c.ring = append(c.ring, b)
	} else {
		c.bins[c.ring[c.at]]--
		c.ring[c.at] = b
	}
	c.at = (c.at + 1) % size
	c.bins[b]++
}

func (c *acOptimal) accept(t *talk, v *sim.View, b bid) bool {
	if t.worth >= b.bar {
		return true
	}
	left := int(max(v.Rounds-v.Round, 0))
	// The estimate is renewed when a fifth more was heard: that is a few dozen times a talk.
	if c.at0 < 0 || c.total > c.at0+c.at0/5 || left >= len(c.value) {
		c.solve(left)
		c.at0 = c.total
	}
	return t.share(t.worth) >= c.value[left]
}

// solve fills v_0 to v_n.
func (c *acOptimal) solve(n int) {
	// Chances by bin, the mass and the mean above each edge; within a bin offers are uniform.
	var above, beyond [stopBins + 1]float64
	total := 1.0
	for _, x := range c.bins {
		total += x
	}
	for k := stopBins - 1; k >= 0; k-- {
		p := (c.bins[k] + 1.0/stopBins) / total
		above[k] = above[k+1] + p
		beyond[k] = beyond[k+1] + p*(float64(k)+0.5)/stopBins
	}
	c.value = c.value[:0]
	w := 0.0
	for range n + 1 {
		c.value = append(c.value, w)
		k := min(int(w*stopBins), stopBins-1)
		// E max(X, w) = w P(X <= w) + E[X; X > w]: in bin k the part above w.
		p := above[k] - above[k+1]
		edge := float64(k+1) / stopBins
		part := p * (edge - w) * stopBins
		up := above[k+1] + part
		w = w*(1-up) + beyond[k+1] + part*(w+edge)/2
	}
}
