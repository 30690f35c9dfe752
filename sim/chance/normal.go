package chance

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// leastMass is the least share of a normal that its range may keep. Below it the range is surely a slip.
const leastMass = 1e-6

// Normal is a normal cut to a range: values outside it are as if never drawn.
type Normal struct {
	mean, sd, lo, hi float64
	z                slice
}

// NewNormal cuts the normal of the given mean and standard deviation (> 0) to [lo, hi], lo < hi. The
// range must keep at least a millionth of it.
func NewNormal(mean, sd, lo, hi float64) (Normal, error) {
	if err := finite("normal", param{"mean", mean}); err != nil {
		return Normal{}, err
	}
	if err := above("normal", param{"sd", sd}, "write the number itself if it is not drawn"); err != nil {
		return Normal{}, err
	}
	if err := ordered("normal", param{"low", lo}, param{"high", hi}); err != nil {
		return Normal{}, err
	}
	z := newSlice((lo-mean)/sd, (hi-mean)/sd)
	if !(z.mass >= leastMass) {
		return Normal{}, fmt.Errorf("normal: low %s to high %s holds less than a millionth of mean %s, sd %s; choose a range within 4 sd of the mean, such as %s to %s",
			short(lo), short(hi), short(mean), short(sd), short(mean-4*sd), short(mean+4*sd))
	}
	return Normal{mean, sd, lo, hi, z}, nil
}

// Quantile is mean + sd z, z the quantile of the standard normal cut to the range.
func (n Normal) Quantile(p float64) float64 {
	check(p)
	switch p {
	case 0:
		return n.lo
	case 1:
		return n.hi
	}
	return min(max(n.mean+float64(n.sd*n.z.quantile(p)), n.lo), n.hi)
}

// Support is [lo, hi].
func (n Normal) Support() (lo, hi float64) { return n.lo, n.hi }

// Mean is mean + sd (phi(a) - phi(b)) / (Phi(b) - Phi(a)) (Johnson, Kotz & Balakrishnan 1994, volume
// 1, equation 13.134).
func (n Normal) Mean() float64 {
	m := n.mean + n.sd*(density(n.z.a)-density(n.z.b))/n.z.mass
	return min(max(m, n.lo), n.hi)
}

func (n Normal) String() string {
	return fmt.Sprintf("normal %s, sd %s, within %s to %s", short(n.mean), short(n.sd), short(n.lo), short(n.hi))
}

// Lognormal is a variable whose logarithm is normal, cut to a range.
type Lognormal struct {
	median, sigma, lo, hi float64
	mu                    float64
	z                     slice
}

// NewLognormal cuts the lognormal of the given median (> 0) and standard deviation of the natural
// logarithm, sigma (> 0; about the relative spread when small: 0.2 is 20% either way), to [lo, hi],
// 0 <= lo < hi. The median is that before the cut. The range must keep at least a millionth of it.
func NewLognormal(median, sigma, lo, hi float64) (Lognormal, error) {
	if err := above("lognormal", param{"median", median}, "a lognormal is positive; use normal for a number of either sign"); err != nil {
		return Lognormal{}, err
	}
	if err := above("lognormal", param{"sigma", sigma}, "sigma is the relative spread, such as 0.2 for 20%"); err != nil {
		return Lognormal{}, err
	}
	if err := ordered("lognormal", param{"low", lo}, param{"high", hi}); err != nil {
		return Lognormal{}, err
	}
	if lo < 0 {
		return Lognormal{}, fmt.Errorf("lognormal: low %s is not >= 0; a lognormal is positive, so use 0", short(lo))
	}
	mu := math.Log(median)
	z := newSlice((math.Log(lo)-mu)/sigma, (math.Log(hi)-mu)/sigma)
	if !(z.mass >= leastMass) {
		return Lognormal{}, fmt.Errorf("lognormal: low %s to high %s holds less than a millionth of median %s, sigma %s; choose a range about the median, such as %s to %s",
			short(lo), short(hi), short(median), short(sigma), short(median*math.Exp(-4*sigma)), short(median*math.Exp(4*sigma)))
	}
	return Lognormal{median, sigma, lo, hi, mu, z}, nil
}

// Quantile is exp(mu + sigma z), mu the logarithm of the median, z the quantile of the standard
// normal cut to the range.
func (l Lognormal) Quantile(p float64) float64 {
	check(p)
	switch p {
	case 0:
		return l.lo
	case 1:
		return l.hi
	}
	return min(max(math.Exp(l.mu+float64(l.sigma*l.z.quantile(p))), l.lo), l.hi)
}

// Support is [lo, hi].
func (l Lognormal) Support() (lo, hi float64) { return l.lo, l.hi }

// Mean is exp(mu + sigma^2/2) (Phi(b-sigma) - Phi(a-sigma)) / (Phi(b) - Phi(a)) (Johnson, Kotz &
// Balakrishnan 1994, volume 1, section 14.10: the moments of the truncated lognormal).
func (l Lognormal) Mean() float64 {
	m := math.Exp(l.mu+l.sigma*l.sigma/2) * newSlice(l.z.a-l.sigma, l.z.b-l.sigma).mass / l.z.mass
	return min(max(m, l.lo), l.hi)
}

func (l Lognormal) String() string {
	return fmt.Sprintf("lognormal median %s, sigma %s, within %s to %s", short(l.median), short(l.sigma), short(l.lo), short(l.hi))
}

// slice is the standard normal between a and b.
type slice struct {
	a, b float64
	mass float64 // Phi(b) - Phi(a)
	tail float64 // Phi(a), or 1 - Phi(a) if flip
	flip bool    // all above 0: work in the upper tail, where probabilities keep their digits
}

func newSlice(a, b float64) slice {
	s := slice{a: a, b: b, flip: a > 0}
	if s.flip {
		s.tail = below(-a)
		s.mass = s.tail - below(-b)
	} else {
		s.tail = below(a)
		s.mass = below(b) - s.tail
	}
	return s
}

// quantile is for 0 < p < 1.
func (s *slice) quantile(p float64) float64 {
	if s.flip {
		return -distuv.UnitNormal.Quantile(s.tail - float64(p*s.mass))
	}
	return distuv.UnitNormal.Quantile(min(s.tail+float64(p*s.mass), 1))
}

// below is Phi(z), the chance that a standard normal is under z.
func below(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// density is phi(z), the density of a standard normal.
func density(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }
