package analysis

import (
	"math"
	"testing"
)

// Brown, Cai & DasGupta (2001), and Newcombe (1998, Table I): 81 of 263 has Wilson's interval 0.2553
// to 0.3662, 15 of 148 0.0624 to 0.1605, 0 of 20 0 to 0.1611, 1 of 29 0.0061 to 0.1718.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		n, of  int64
		lo, hi float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		s := ShareOf(c.n, c.of)
		if math.Abs(s.Lo-c.lo) > 6e-5 || math.Abs(s.Hi-c.hi) > 6e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, published %.4f to %.4f", c.n, c.of, s.Lo, s.Hi, c.lo, c.hi)
		}
	}
	if s := ShareOf(0, 0); s.Lo != 0 || s.Hi != 1 || s.Share != 0 {
		t.Errorf("nothing of nothing is %+v", s)
	}
	if s := ShareOf(20, 20); s.Hi != 1 || s.Lo < 0.8 {
		t.Errorf("all of 20 is %+v", s)
	}
}

// Newcombe (1998b, Table II), method 10: 56/70 - 48/80 has 0.0524 to 0.3339; 9/10 - 3/10 0.1705 to
// 0.8090; 10/10 - 0/20 0.6791 to 1.
func TestNewcombe(t *testing.T) {
	for _, c := range []struct {
		a, m, b, n int64
		lo, hi     float64
	}{{48, 80, 56, 70, 0.0524, 0.3339}, {3, 10, 9, 10, 0.1705, 0.8090}, {0, 20, 10, 10, 0.6791, 1}} {
		lo, hi := difference(ShareOf(c.a, c.m), ShareOf(c.b, c.n))
		if math.Abs(lo-c.lo) > 6e-5 || math.Abs(hi-c.hi) > 6e-5 {
			t.Errorf("%d/%d - %d/%d: %.4f to %.4f, published %.4f to %.4f", c.b, c.n, c.a, c.m, lo, hi, c.lo, c.hi)
		}
	}
}
