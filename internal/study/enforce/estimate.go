package enforce

import (
	"math"
	"slices"
	"strconv"
)

const z95 = 1.959963984540054

// share is n of of with Wilson's interval (Wilson 1927; Brown, Cai & DasGupta 2001, eq. 4).
func share(n, of int) Share {
	if of == 0 {
		return Share{Hi: 1}
	}
	m, p := float64(of), float64(n)/float64(of)
	zz := z95 * z95 / m
	mid := (p + zz/2) / (1 + zz)
	half := z95 * math.Sqrt(p*(1-p)/m+zz/(4*m)) / (1 + zz)
	s := Share{N: n, Of: of, Share: tidy(p), Lo: tidy(mid - half), Hi: tidy(mid + half)}
	if n == 0 {
		s.Lo = 0
	}
	if n == of {
		s.Hi = 1
	}
	return s
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
func tidy(v float64) float64 {
	t, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	if err != nil || t == 0 {
		return 0 // no negative zero
	}
	return t
}
