package chance

import "fmt"

// Const is a number that is not drawn.
type Const struct{ v float64 }

// NewConst is the fixed number v, which must be finite.
func NewConst(v float64) (Const, error) {
	if err := finite("const", param{"value", v}); err != nil {
		return Const{}, err
	}
	return Const{v}, nil
}

// Quantile is the number, whatever p.
func (c Const) Quantile(p float64) float64 { check(p); return c.v }

// Support is the number, twice.
func (c Const) Support() (lo, hi float64) { return c.v, c.v }

// Mean is the number.
func (c Const) Mean() float64 { return c.v }

func (c Const) String() string { return short(c.v) }

// Uniform gives every value between two the same chance.
type Uniform struct{ lo, hi float64 }

// NewUniform is uniform on [lo, hi]; both finite, lo < hi.
func NewUniform(lo, hi float64) (Uniform, error) {
	if err := ordered("uniform", param{"low", lo}, param{"high", hi}); err != nil {
		return Uniform{}, err
	}
	return Uniform{lo, hi}, nil
}

// Quantile is lo + p (hi - lo).
func (u Uniform) Quantile(p float64) float64 { check(p); return between(u.lo, u.hi, p) }

// Support is [lo, hi].
func (u Uniform) Support() (lo, hi float64) { return u.lo, u.hi }

// Mean is the middle.
func (u Uniform) Mean() float64 { return u.lo/2 + u.hi/2 }

func (u Uniform) String() string { return fmt.Sprintf("uniform %s to %s", short(u.lo), short(u.hi)) }

// between is the point at share x of the way from lo to hi, never outside them. The product is rounded
// before it is added, so that no CPU may fuse the two.
func between(lo, hi, x float64) float64 {
	if x >= 1 {
		return hi
	}
	return min(max(lo+float64(x*(hi-lo)), lo), hi)
}
