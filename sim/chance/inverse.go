package chance

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// inverse is the inverse of the regularised incomplete beta function of shapes a and b.
//
// Solving for it takes microseconds, so the middle is kept as polynomials. With t the smaller of p and
// 1-p, each octave of t from 1/2 down to 2^-13 is cut into pieces of equal width, and x(t) on each is
// the quintic that has its value, slope and curvature at both ends (Hermite interpolation; x' = 1/f
// and x" = -f'/f^3 with f the density). Near 0 x goes like t^(1/a), which looks alike in every octave,
// so the error does too. Pieces join where they meet and keep between their ends, so x never falls by
// more than a rounding. Every piece is tried in its middle; shapes that do not come within tolerance
// (some below 0.3) are solved afresh at every draw, as is the last 2^-13 at each end.
type inverse struct {
	a, b      float64
	low, high []piece // by t = p, by t = 1-p; nil if the shapes are solved afresh
}

const (
	octaves   = 12 // kept at each end
	stepBits  = 4  // 2^stepBits pieces an octave
	pieces    = octaves << stepBits
	leastT    = 1.0 / (1 << (octaves + 1))
	origin    = (1023 - (octaves + 1)) << stepBits // the upper bits of leastT
	tolerance = 2e-10                              // tried error of a piece, a fifth of what is promised
)

// piece is x = c[0] + c[1] s + ... + c[5] s^5 for s from 0 to 1, where it ends at end.
type piece struct {
	c   [6]float64
	end float64
	_   float64 // a cache line
}

func newInverse(a, b float64) *inverse {
	low, high := tabulate(a, b), tabulate(b, a)
	if low == nil || high == nil {
		return &inverse{a: a, b: b}
	}
	for i := range high { // x = 1 - y
		c := &high[i].c
		for k := range c {
			c[k] = -c[k]
		}
		c[0]++
		high[i].end = 1 - high[i].end
	}
	// The two sides meet at one half, where each was solved from its own end.
	high[pieces-1].end = low[pieces-1].end
	return &inverse{a, b, low, high}
}

// at is x with I_x(a, b) = p, 0 <= p <= 1.
func (v *inverse) at(p float64) float64 {
	if p <= 0.5 {
		if v.low == nil {
			return solve(v.a, v.b, p)
		}
		if p < leastT {
			return min(solve(v.a, v.b, p), v.low[0].c[0])
		}
		q, s := place(v.low, p)
		return min(max(q.at(s), q.c[0]), q.end)
	}
	t := 1 - p
	if v.high == nil {
		return 1 - solve(v.b, v.a, t)
	}
	if t < leastT {
		return max(1-solve(v.b, v.a, t), v.high[0].c[0])
	}
	q, s := place(v.high, t)
	return max(min(q.at(s), q.c[0]), q.end)
}

// place finds the piece of t, leastT <= t <= 1/2, and where in it t lies, from t's exponent and upper
// digits.
func place(side []piece, t float64) (q *piece, s float64) {
	b := math.Float64bits(t)
	i := int(b>>(52-stepBits)) - origin
	if i >= pieces { // t is one half
		return &side[pieces-1], 1
	}
	return &side[i], math.Float64frombits(b<<stepBits&(1<<52-1)|1023<<52) - 1
}

// knot is the t at which piece i starts.
func knot(i int) float64 { return math.Float64frombits(uint64(i+origin) << (52 - stepBits)) }

// at rounds each product before it is added, so that no CPU may fuse the two.
func (q *piece) at(s float64) float64 {
	c := &q.c
	x := c[5]
	x = c[4] + float64(x*s)
	x = c[3] + float64(x*s)
	x = c[2] + float64(x*s)
	x = c[1] + float64(x*s)
	return c[0] + float64(x*s)
}

// tabulate makes the pieces of t -> x, or nil if one is not within tolerance.
func tabulate(a, b float64) []piece {
	f := density01{a, b, mathext.Lbeta(a, b)}
	side := make([]piece, pieces)
	x0 := solve(a, b, knot(0))
	d0, e0 := f.slopes(x0)
	for i := range side {
		l, r := knot(i), knot(i+1)
		h := r - l
		x1, ok := f.polish(x0+d0*h+e0*h*h/2, r)
		if !ok {
			x1 = solve(a, b, r)
		}
		d1, e1 := f.slopes(x1)
		side[i] = hermite(x0, d0*h, e0*h*h, x1, d1*h, e1*h*h)
		x := side[i].at(0.5)
		if !(x > x0 && x < x1) {
			return nil
		}
		d, _ := f.slopes(x)
		if miss := (mathext.RegIncBeta(a, b, x) - (l + h/2)) * d; !(math.Abs(miss) <= tolerance) {
			return nil
		}
		x0, d0, e0 = x1, d1, e1
	}
	return side
}

// hermite is the quintic with values x, slopes d and curvatures e at s = 0 and s = 1.
func hermite(x0, d0, e0, x1, d1, e1 float64) piece {
	r := x1 - x0 - d0 - e0/2
	q := d1 - d0 - e0
	w := e1 - e0
	return piece{c: [6]float64{x0, d0, e0 / 2, 10*r - 4*q + w/2, -15*r + 7*q - w, 6*r - 3*q + w/2}, end: x1}
}

// density01 is the beta density on 0 to 1.
type density01 struct{ a, b, lbeta float64 }

// slopes are the first and second derivative of the inverse where it is x.
func (f density01) slopes(x float64) (d, e float64) {
	d = math.Exp(f.lbeta - (f.a-1)*math.Log(x) - (f.b-1)*math.Log1p(-x))
	return d, -d * d * ((f.a-1)/x - (f.b-1)/(1-x))
}

// polish improves a guess x of the inverse at t by Halley's method, and says whether it settled.
func (f density01) polish(x, t float64) (float64, bool) {
	for range 6 {
		if !(x > 0 && x < 1) {
			return 0, false
		}
		d, _ := f.slopes(x)
		n := (mathext.RegIncBeta(f.a, f.b, x) - t) * d
		x -= n / (1 - n/2*((f.a-1)/x-(f.b-1)/(1-x)))
		if math.Abs(n) <= 1e-9*x { // the next would be its cube
			return x, x > 0 && x < 1
		}
	}
	return 0, false
}

// solve is x with I_x(a, b) = t.
func solve(a, b, t float64) float64 {
	return distuv.Beta{Alpha: a, Beta: b}.Quantile(t)
}
