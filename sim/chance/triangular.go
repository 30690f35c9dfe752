package chance

import (
	"fmt"
	"math"
)

// Triangular has a density that rises in a straight line from lo to likely and falls to hi.
type Triangular struct{ lo, likely, hi float64 }

// NewTriangular needs finite numbers, lo <= likely <= hi and lo < hi.
func NewTriangular(lo, likely, hi float64) (Triangular, error) {
	if err := peaked("triangular", lo, likely, hi); err != nil {
		return Triangular{}, err
	}
	return Triangular{lo, likely, hi}, nil
}

// Quantile inverts the two parabolas of the distribution function (Kotz & van Dorp 2004, "Beyond
// Beta", equation 1.3): below F = (likely-lo)/(hi-lo) it is lo + sqrt(p (hi-lo)(likely-lo)).
func (t Triangular) Quantile(p float64) float64 {
	check(p)
	switch p { // the formulas below may miss the ends by a rounding
	case 0:
		return t.lo
	case 1:
		return t.hi
	}
	w := t.hi - t.lo
	if p*w < t.likely-t.lo {
		return min(t.lo+math.Sqrt(p*w*(t.likely-t.lo)), t.likely)
	}
	return max(t.hi-math.Sqrt((1-p)*w*(t.hi-t.likely)), t.likely)
}

// Support is [lo, hi].
func (t Triangular) Support() (lo, hi float64) { return t.lo, t.hi }

// Mean is (lo + likely + hi) / 3.
func (t Triangular) Mean() float64 { return t.lo/3 + t.likely/3 + t.hi/3 }

func (t Triangular) String() string {
	return fmt.Sprintf("triangular %s to %s, likely %s", short(t.lo), short(t.hi), short(t.likely))
}
