package analysis

import (
	"math"
	"strconv"
)

// z95 is the 97.5th percentile of the standard normal distribution.
const z95 = 1.959963984540054

// ShareOf is n of of with Wilson's interval (Wilson 1927; as in Brown, Cai & DasGupta 2001, eq. 4):
//
//	(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)
func ShareOf(n, of int64) Share {
	if of <= 0 {
		return Share{Hi: 1}
	}
	m := float64(of)
	p := float64(n) / m
	zz := z95 * z95 / m
	mid := (p + zz/2) / (1 + zz)
	half := z95 * math.Sqrt(max(0, p*(1-p)/m+zz/(4*m))) / (1 + zz) // n > of, in a damaged summary, would make it negative
	s := Share{N: n, Of: of, Share: Tidy(p), Lo: Tidy(mid - half), Hi: Tidy(mid + half)}
	// At the ends the interval touches 0 or 1 exactly; rounding must not leave it beside them.
	if n == 0 {
		s.Lo = 0
	}
	if n == of {
		s.Hi = 1
	}
	return s
}

// difference is the 95% interval of b's share less a's, by Newcombe (1998), method 10: the Wilson
// intervals of both, combined.
func difference(a, b Share) (lo, hi float64) {
	d := b.Share - a.Share
	lo = d - math.Hypot(b.Share-b.Lo, a.Hi-a.Share)
	hi = d + math.Hypot(b.Hi-b.Share, a.Share-a.Lo)
	return Tidy(lo), Tidy(hi)
}

// Tidy keeps six significant digits, so that the last bits of a machine's arithmetic stay out of
// summary.json.
func Tidy(v float64) float64 {
	t, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	if err != nil || t == 0 {
		return 0 // no negative zero
	}
	return t
}
