package enforce

import (
	"math"
	"slices"

	"github.com/parley-sim/parley/internal/analysis"
)

const z95 = 1.959963984540054

// share is n of of with Wilson's interval.
func share(n, of int) Share {
	s := analysis.ShareOf(int64(n), int64(of))
	return Share{N: n, Of: of, Share: s.Share, Lo: s.Lo, Hi: s.Hi}
}

// spread sums numbers up: the mean with its normal 95% interval, the middle, the 10th and 90th percentile.
func spread(xs []float64) Spread {
	if len(xs) == 0 {
		return Spread{}
	}
	n := float64(len(xs))
	mean := 0.0
	for _, x := range xs {
		mean += x / n
	}
	v := 0.0
	for _, x := range xs {
		v += float64((x - mean) * (x - mean))
	}
	half := 0.0
	if n > 1 {
		half = z95 * math.Sqrt(v/(n-1)/n)
	}
	s := slices.Clone(xs)
	slices.Sort(s)
	at := func(p float64) float64 { return tidy(s[min(int(p*n), len(s)-1)]) }
	return Spread{N: len(xs), Mean: tidy(mean), MeanLo: tidy(mean - half), MeanHi: tidy(mean + half), Lo: at(0.1), Middle: at(0.5), Hi: at(0.9)}
}

// maybe is the spread, nil of none.
func maybe(xs []float64) *Spread {
	if len(xs) == 0 {
		return nil
	}
	s := spread(xs)
	return &s
}

// tidy keeps six significant digits.
func tidy(v float64) float64 { return analysis.Tidy(v) }
