package hindcast

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// The CRPS of a large regular sample is that of the distribution: uniform and normal, in closed form
// (Gneiting & Raftery 2007).
func TestSampleCRPSAgainstClosedForms(t *testing.T) {
	const n = 20_000
	flat, bell := make([]float64, n), make([]float64, n)
	normal := distuv.Normal{Mu: 0.4, Sigma: 0.1}
	for i := range n {
		p := (float64(i) + 0.5) / n
		flat[i], bell[i] = p, normal.Quantile(p)
	}
	for _, y := range []float64{0, 0.1, 0.4, 0.5, 0.77, 1} {
		if got, want := SampleCRPS(flat, y), UniformCRPS(y); math.Abs(got-want) > 1e-8 {
			t.Errorf("uniform at %v: %v, want %v", y, got, want)
		}
		if got, want := SampleCRPS(bell, y), NormalCRPS(0.4, 0.1, y); math.Abs(got-want) > 2e-6 {
			t.Errorf("normal at %v: %v, want %v", y, got, want)
		}
	}
	// The standard normal at its mean: (sqrt 2 - 1) / sqrt pi, their section 4.2.
	if got, want := NormalCRPS(0, 1, 0), (math.Sqrt2-1)/math.Sqrt(math.Pi); math.Abs(got-want) > 1e-15 {
		t.Errorf("standard normal at 0: %v, want %v", got, want)
	}
	if got := UniformCRPS(0.5); math.Abs(got-1.0/12) > 1e-15 {
		t.Errorf("uniform at its middle: %v, want 1/12", got)
	}
}

// The energy form is the integral of the squared distance of distribution functions (their eq. 20).
func TestSampleCRPSIsTheIntegral(t *testing.T) {
	xs, y := []float64{0.1, 0.1, 0.35, 0.6, 0.9}, 0.5
	const steps = 1_000_000
	want := 0.0
	for k := range steps {
		x := (float64(k) + 0.5) / steps
		f := 0.0
		for _, v := range xs {
			if v <= x {
				f += 0.2
			}
		}
		if y <= x {
			f--
		}
		want += f * f / steps
	}
	if got := SampleCRPS(xs, y); math.Abs(got-want) > 1e-6 {
		t.Errorf("%v, want %v", got, want)
	}
}

// On two categories the RPS is the Brier score; on a grid it is the CRPS of the grid's places.
func TestSampleRPS(t *testing.T) {
	if got := SampleRPS([]float64{0.3, 0.7}, 1); math.Abs(got-0.09) > 1e-15 {
		t.Errorf("two categories: %v, want the Brier score .09", got)
	}
	share := []float64{0.2, 0.4, 0.4}
	xs := []float64{0, 0.5, 0.5, 1, 1}
	for y := range share {
		if got, want := SampleRPS(share, y), SampleCRPS(xs, float64(y)/2); math.Abs(got-want) > 1e-15 {
			t.Errorf("category %d: %v, CRPS %v", y, got, want)
		}
	}
}

// The randomised percentile of one more draw is uniform, ties or not.
func TestPercentileIsUniform(t *testing.T) {
	xs := []float64{0, 0, 0, 1, 2}
	if got := percentile(xs, 0, 0.5); math.Abs(got-2.0/6) > 1e-15 {
		t.Errorf("among ties: %v, want 1/3", got)
	}
	if got := percentile(xs, 3, 0.5); got != 5.5/6 {
		t.Errorf("above all: %v", got)
	}
	if lo, hi := quantile(xs, 0.1), upper(xs, 0.1); lo != 0 || hi != 2 {
		t.Errorf("band %v to %v", lo, hi)
	}
	if lo, hi := binomialBand(74, 0.2); lo != 9 || hi != 21 {
		t.Errorf("74 draws, a fifth: %d to %d, want 9 to 21", lo, hi)
	}
	if !slices.IsSorted(xs) {
		t.Error("not sorted")
	}
}
