package economy

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestClimbQuadratic: a concave quadratic over a box has its maximum where the slopes of free
// variables vanish and those of the others point outwards.
func TestClimbQuadratic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		a := make([][]float64, n) // negative definite: -(b'b + 0.1)
		b := make([]float64, n*n)
		for k := range b {
			b[k] = rapid.Float64Range(-1, 1).Draw(t, "b")
		}
		peak, u, lo, hi := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		for r := range a {
			a[r] = make([]float64, n)
			for c := range n {
				for k := range n {
					a[r][c] -= b[k*n+r] * b[k*n+c]
				}
			}
			a[r][r] -= 0.1
			peak[r] = rapid.Float64Range(-3, 3).Draw(t, "peak")
			lo[r], hi[r] = -1, 1
		}
		f := func(u, grad []float64) (float64, error) {
			v := 0.0
			for r := range n {
				grad[r] = 0
				for c := range n {
					grad[r] += a[r][c] * (u[c] - peak[c])
				}
				v += grad[r] * (u[r] - peak[r]) / 2
			}
			return v, nil
		}
		got, err := climb(f, u, lo, hi, climbing{flat: 1e-8, gain: 1e-18})
		if err != nil {
			t.Fatal(err)
		}
		grad := make([]float64, n)
		v, _ := f(u, grad)
		if v != got.value {
			t.Errorf("value %v reported, %v there", got.value, v)
		}
		for k, g := range grad {
			held := u[k] == lo[k] && g <= 0 || u[k] == hi[k] && g >= 0
			if !held && math.Abs(g) > 1e-6 {
				t.Errorf("slope %v at u[%d] = %v is free", g, k, u[k])
			}
		}
	})
}

// TestClimbRosenbrock: the banana valley (Rosenbrock 1960), and the same cut off at x <= 0.5, where
// the best is (0.5, 0.25).
func TestClimbRosenbrock(t *testing.T) {
	f := func(u, grad []float64) (float64, error) {
		x, y := u[0], u[1]
		grad[0] = 2*(1-x) + 400*x*(y-x*x)
		grad[1] = -200 * (y - x*x)
		return -(1-x)*(1-x) - 100*(y-x*x)*(y-x*x), nil
	}
	for _, c := range []struct{ top, x, y float64 }{{2, 1, 1}, {0.5, 0.5, 0.25}} {
		u := []float64{-1.2, 1}
		got, err := climb(f, u, []float64{-2, -2}, []float64{c.top, 2}, climbing{flat: 1e-8, gain: 1e-16})
		if err != nil || math.Abs(u[0]-c.x) > 1e-6 || math.Abs(u[1]-c.y) > 1e-6 {
			t.Errorf("reached %v, %+v, %v, want %v, %v", u, got, err, c.x, c.y)
		}
	}
}

// TestClimbStepsBack: where there is no equilibrium the search turns back.
func TestClimbStepsBack(t *testing.T) {
	f := func(u, grad []float64) (float64, error) {
		if u[0] >= 1 {
			return 0, errors.New("no equilibrium")
		}
		grad[0] = 1/u[0] - 1/(1-u[0])
		return math.Log(u[0]) + math.Log(1-u[0]), nil
	}
	u := []float64{0.01}
	if _, err := climb(f, u, []float64{0.001}, []float64{10}, climbing{}); err != nil || math.Abs(u[0]-0.5) > 1e-6 {
		t.Errorf("reached %v, %v, want 0.5", u, err)
	}
}
