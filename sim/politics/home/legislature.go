package home

import "math"

// seat gives every audience its seats: by share, the rest to the largest remainders (Hamilton's
// method), earlier audiences first where they are equal. Who has a veto stands outside the legislature,
// as a president does; if all have one, there is no legislature.
func (e *Electorate) seat() {
	n := e.Rule.Members
	left, inside := n, 0.0
	for a, s := range e.Share {
		if !e.Veto[a] {
			inside += s
		}
	}
	clear(e.seats)
	if inside == 0 {
		return
	}
	for a, s := range e.Share {
		if e.Veto[a] {
			e.p[a] = -1
			continue
		}
		quota := s / inside * float64(n)
		e.seats[a] = int(quota + slack)
		e.p[a] = quota - float64(e.seats[a])
		left -= e.seats[a]
	}
	for ; left > 0; left-- {
		best := 0
		for a := range e.p {
			if e.p[a] > e.p[best] {
				best = a
			}
		}
		e.seats[best]++
		e.p[best]--
	}
	if cap(e.pmf) < n+1 {
		e.pmf = make([]float64, n+1)
	}
}

// Seats are the seats of each audience in the legislature; not to be modified.
func (e *Electorate) Seats() []int { return e.seats }

// house is the chance that enough members agree, and every audience with a veto: the number of yeses
// of independent members with chances of their own has the Poisson-binomial distribution, built member
// by member (Barlow & Heidtmann 1984, IEEE Transactions on Reliability 33):
//
//	f_j(k) = p_j f_{j-1}(k-1) + (1-p_j) f_{j-1}(k)
func (e *Electorate) house(p []float64) float64 {
	f := e.pmf[:e.Rule.Members+1]
	clear(f)
	f[0] = 1
	n, sure := 0, 1.0
	for a, q := range p {
		if e.Veto[a] {
			sure *= q
		}
		for range e.seats[a] {
			grow(f, n, q)
			n++
		}
	}
	if n == 0 {
		return sure
	}
	sum := 0.0
	for k := n; k >= 0 && e.Rule.enough(float64(k), float64(n)); k-- {
		sum += f[k]
	}
	return min(float64(sure*sum), 1)
}

// grow adds a member who agrees with chance q to the distribution of the yeses of n.
func grow(f []float64, n int, q float64) {
	for k := n; k >= 0; k-- {
		f[k+1] += float64(f[k] * q)
		f[k] *= 1 - q
	}
}

// PoissonBinomial is the distribution of the number of yeses of independent members with these chances:
// len(p) + 1 probabilities.
func PoissonBinomial(p []float64) []float64 {
	f := make([]float64, len(p)+1)
	f[0] = 1
	for n, q := range p {
		grow(f, n, q)
	}
	return f
}

// binomial is the quantile at u of the number of yeses among n members of chance q: the cumulated terms
// (n choose k) q^k (1-q)^(n-k), each from the one before.
func binomial(n int, q, u float64) int {
	switch {
	case q <= 0:
		return 0
	case q >= 1:
		return n
	case q > 0.5: // the tail that does not underflow
		return n - binomial(n, 1-q, 1-u)
	}
	term := math.Exp(float64(n) * math.Log1p(-q))
	odds := q / (1 - q)
	sum := term
	k := 0
	for sum < u && k < n {
		term *= float64(n-k) / float64(k+1) * odds
		k++
		sum += term
	}
	return k
}
