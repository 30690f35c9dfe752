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
	if len(e.pmf[0]) < n+1 {
		for k := range e.pmf {
			e.pmf[k] = make([]float64, n+1)
		}
	}
}

// Seats are the seats of each audience in the legislature; not to be modified.
func (e *Electorate) Seats() []int { return e.seats }

// house is the chance that enough members agree, and every audience with a veto. The yeses of a bloc are
// binomial, those of all blocs together Poisson-binomial: the blocs' distributions are convolved, all but the
// largest's, of which tails are enough.
func (e *Electorate) house(p []float64) float64 {
	sure, n, largest := 1.0, 0, -1
	for a, q := range p {
		if e.Veto[a] {
			sure *= q
		}
		n += e.seats[a]
		if e.seats[a] > 0 && (largest < 0 || e.seats[a] > e.seats[largest]) {
			largest = a
		}
	}
	if n == 0 || sure == 0 {
		return sure
	}
	f, g, h := e.pmf[0][:1], e.pmf[1], e.pmf[2]
	f[0] = 1
	for a, q := range p {
		if e.seats[a] == 0 || a == largest {
			continue
		}
		bloc := binomials(e.seats[a], q, g)
		sum := h[:len(f)+len(bloc)-1]
		clear(sum)
		for i, x := range f {
			for j, y := range bloc {
				sum[i+j] += float64(x * y)
			}
		}
		f, h = sum, f[:cap(f)]
	}
	tail := binomials(e.seats[largest], p[largest], g)
	for k := len(tail) - 2; k >= 0; k-- {
		tail[k] += tail[k+1]
	}
	need := 0
	for need <= n && !e.Rule.enough(float64(need), float64(n)) {
		need++
	}
	yes := 0.0
	for k, x := range f {
		if rest := need - k; rest < len(tail) {
			yes += float64(x * tail[max(rest, 0)])
		}
	}
	return min(float64(sure*yes), 1)
}

// binomials fills out with the distribution of the yeses of n members of chance q: the terms' ratios, from
// the mode to both sides, then made to add up to 1, so that nothing underflows that matters.
func binomials(n int, q float64, out []float64) []float64 {
	out = out[:n+1]
	clear(out)
	switch {
	case q <= 0:
		out[0] = 1
		return out
	case q >= 1:
		out[n] = 1
		return out
	}
	mode := min(int(float64(n+1)*q), n)
	odds := q / (1 - q)
	out[mode] = 1
	sum := 1.0
	for k := mode; k < n && out[k] > 0; k++ {
		out[k+1] = out[k] * float64(n-k) / float64(k+1) * odds
		sum += out[k+1]
	}
	for k := mode; k > 0 && out[k] > 0; k-- {
		out[k-1] = out[k] * float64(k) / float64(n-k+1) / odds
		sum += out[k-1]
	}
	for k := range out {
		out[k] /= sum
	}
	return out
}

// grow adds a member who agrees with chance q to the distribution of the yeses of n (Barlow & Heidtmann
// 1984, IEEE Transactions on Reliability 33):
//
//	f_j(k) = p_j f_{j-1}(k-1) + (1-p_j) f_{j-1}(k)
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
