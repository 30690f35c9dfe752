package economy

import (
	"context"
	"testing"
)

// madridLike are the models and a grid of the size that the built-in scenario asks for.
func madridLike(b *testing.B) (Parts, Grid) {
	axis := func(values []float64, from, to float64) Axis {
		a, err := NewAxis(values, from, to)
		if err != nil {
			b.Fatal(err)
		}
		return a
	}
	return Parts{Tariffs: Part{Model: "liberation2025"}, Farm: Part{Model: "ossa2014"}, Inputs: Part{Model: "jmwz2017"}}, Grid{
		axis([]float64{0.1, 0.2, 0.3, 0.374, 0.511}, 0.511, 1.241), axis([]float64{0.072, 0.15, 0.25, 0.326}, 0.326, 1.25),
		axis([]float64{0, 0.05, 0.1, 0.15}, 0, 0), axis([]float64{0, 0.25, 0.5, 0.75, 1}, 0, 0),
	}
}

// BenchmarkSurfaces is what trade is worth over all tariffs: solved on all cores, and read back.
func BenchmarkSurfaces(b *testing.B) {
	parts, grid := madridLike(b)
	ctx := context.Background()
	dir := b.TempDir()
	b.Run("first", func(b *testing.B) {
		for range b.N {
			if _, err := BuildComposite(ctx, parts, grid, BuildOptions{Dir: "-"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	if _, err := BuildComposite(ctx, parts, grid, BuildOptions{Dir: dir}); err != nil {
		b.Fatal(err)
	}
	b.Run("cached", func(b *testing.B) {
		for range b.N {
			if _, err := BuildComposite(ctx, parts, grid, BuildOptions{Dir: dir, Progress: func(int, int) { b.Error("solved again") }}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
