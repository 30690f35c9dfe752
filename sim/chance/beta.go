package chance

import "fmt"

// Beta is a beta distribution, stretched from 0..1 to a range.
type Beta struct {
	a, b, lo, hi float64
	inv          *inverse
}

// NewBeta has the shapes a and b (both > 0 and at most 1e6) on [lo, hi], lo < hi; 0 and 1 for a share.
// Its mean is a share a / (a+b) of the way.
func NewBeta(a, b, lo, hi float64) (Beta, error) {
	for _, s := range []param{{"first shape", a}, {"second shape", b}} {
		if err := above("beta", s, "2 is a gentle hump, 1 flat"); err != nil {
			return Beta{}, err
		}
		if s.value > 1e6 || s.value < 1e-3 {
			return Beta{}, fmt.Errorf("beta: %s %s is outside 0.001 to 1000000; so extreme a beta is all but a fixed number or a coin: write that instead", s.name, short(s.value))
		}
	}
	if err := ordered("beta", param{"low", lo}, param{"high", hi}); err != nil {
		return Beta{}, err
	}
	return Beta{a, b, lo, hi, newInverse(a, b)}, nil
}

// Quantile is lo + (hi-lo) x, x the inverse of the regularised incomplete beta function at p, within
// 1e-9 of the true one.
func (d Beta) Quantile(p float64) float64 {
	check(p)
	return between(d.lo, d.hi, d.inv.at(p))
}

// Support is [lo, hi].
func (d Beta) Support() (lo, hi float64) { return d.lo, d.hi }

// Mean is lo + (hi-lo) a / (a+b).
func (d Beta) Mean() float64 { return between(d.lo, d.hi, d.a/(d.a+d.b)) }

func (d Beta) String() string {
	s := fmt.Sprintf("beta %s and %s", short(d.a), short(d.b))
	if d.lo != 0 || d.hi != 1 {
		s += fmt.Sprintf(", %s to %s", short(d.lo), short(d.hi))
	}
	return s
}

// Pert is the smooth cousin of the triangular: an expert's low, likely and high.
type Pert struct {
	lo, likely, hi float64
	inv            *inverse
}

// NewPert needs finite numbers, lo <= likely <= hi and lo < hi. It is a beta on [lo, hi] of shapes
// 1 + 4 (likely-lo)/(hi-lo) and 1 + 4 (hi-likely)/(hi-lo) (Vose 2008, "Risk Analysis", section III.7.2:
// the PERT of Malcolm, Roseboom, Clark & Fazar 1959 with weight 4).
func NewPert(lo, likely, hi float64) (Pert, error) {
	if err := peaked("pert", lo, likely, hi); err != nil {
		return Pert{}, err
	}
	m := (likely - lo) / (hi - lo)
	return Pert{lo, likely, hi, newInverse(1+4*m, 5-4*m)}, nil
}

// Quantile is that of the beta, within 1e-9 of the width.
func (d Pert) Quantile(p float64) float64 {
	check(p)
	return between(d.lo, d.hi, d.inv.at(p))
}

// Support is [lo, hi].
func (d Pert) Support() (lo, hi float64) { return d.lo, d.hi }

// Mean is (lo + 4 likely + hi) / 6.
func (d Pert) Mean() float64 { return d.lo/6 + d.likely*2/3 + d.hi/6 }

func (d Pert) String() string {
	return fmt.Sprintf("pert %s to %s, likely %s", short(d.lo), short(d.hi), short(d.likely))
}
