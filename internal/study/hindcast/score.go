package hindcast

import (
	"math"
	"slices"
)

// Scores are those of Gneiting & Raftery (2007, "Strictly proper scoring rules, prediction, and
// estimation", JASA 102). All values stand on a term's scale, 0 to 1; so a score is a share of the
// term's range. Less is better.

// SampleCRPS is the continuous ranked probability score of the distribution that gives every number
// of xs the same weight, at what happened, y: their eq. 21,
//
//	CRPS = E|X - y| - E|X - X'| / 2.
//
// xs must rise and not be empty.
func SampleCRPS(xs []float64, y float64) float64 {
	n := float64(len(xs))
	near, spread := 0.0, 0.0
	for i, x := range xs {
		near += math.Abs(x - y)
		spread += float64((2*float64(i) + 1 - n) * x) // the sum of |x - x'| over pairs, i < j
	}
	return near/n - spread/(n*n)
}

// UniformCRPS is that of the uniform distribution over 0 to 1, for y within: y^2 - y + 1/3, the
// integral of (F(x) - 1{x >= y})^2.
func UniformCRPS(y float64) float64 { return y*y - y + 1.0/3 }

// NormalCRPS is that of a normal distribution (their eq. in section 4.2, from Gneiting et al. 2005):
//
//	sd (w (2 Phi(w) - 1) + 2 phi(w) - 1/sqrt(pi)),   w = (y - mean) / sd.
func NormalCRPS(mean, sd, y float64) float64 {
	w := (y - mean) / sd
	phi := math.Exp(-w*w/2) / math.Sqrt(2*math.Pi)
	return sd * (w*math.Erf(w/math.Sqrt2) + 2*phi - 1/math.Sqrt(math.Pi))
}

// SampleRPS is the ranked probability score over ordered categories 0 to k-1 (Epstein 1969), divided by
// k - 1: the mean over the k - 1 thresholds of (F - 1{y <= threshold})^2. share[i] is the chance of
// category i. A scale of one category scores 0.
func SampleRPS(share []float64, y int) float64 {
	if len(share) < 2 {
		return 0
	}
	sum, below := 0.0, 0.0
	for i, p := range share[:len(share)-1] {
		below += p
		d := below
		if y <= i {
			d--
		}
		sum += float64(d * d)
	}
	return sum / float64(len(share)-1)
}

// percentile is where y stands in a rising sample, at random among what equals it, so that it is
// uniform if y is one more draw: (below + u (equal + 1)) / (n + 1), u in (0, 1).
func percentile(xs []float64, y, u float64) float64 {
	lo, _ := slices.BinarySearch(xs, y)
	hi := lo
	for hi < len(xs) && xs[hi] == y {
		hi++
	}
	return (float64(lo) + float64(u*float64(hi-lo+1))) / float64(len(xs)+1)
}

// quantile is the least number of a rising sample with at least a share p at or below it.
func quantile(xs []float64, p float64) float64 {
	i := int(math.Ceil(p*float64(len(xs)))) - 1
	return xs[min(max(i, 0), len(xs)-1)]
}

// upper is the largest number with at least a share p at or above it.
func upper(xs []float64, p float64) float64 {
	i := len(xs) - int(math.Ceil(p*float64(len(xs))))
	return xs[min(max(i, 0), len(xs)-1)]
}
