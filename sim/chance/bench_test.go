package chance

import "testing"

var sink float64

// BenchmarkDraw is one uniform and one quantile. Target: under 200 ns each.
func BenchmarkDraw(b *testing.B) {
	for _, d := range []struct {
		name string
		dist Dist
	}{
		{"const", must(NewConst(1))},
		{"uniform", must(NewUniform(0, 2))},
		{"triangular", must(NewTriangular(0, 1, 4))},
		{"pert", must(NewPert(51.1, 65, 124.1))},
		{"normal", must(NewNormal(0, 1, -4, 4))},
		{"lognormal", must(NewLognormal(1, 0.3, 0, 4))},
		{"beta", must(NewBeta(2, 6, 0, 1))},
		{"choice", must(NewChoice([]string{"a", "b", "c"}, []float64{5, 3, 2}))},
		{"chance", must(NewChance(0.6))},
	} {
		b.Run("dist="+d.name, func(b *testing.B) {
			id, i := ID(d.name), uint64(0)
			for b.Loop() {
				sink += d.dist.Quantile(U(7, i, id, 0))
				i++
			}
		})
	}
}

// BenchmarkSolveBeta is the beta quantile without its table.
func BenchmarkSolveBeta(b *testing.B) {
	i := uint64(0)
	for b.Loop() {
		sink += solve(2, 6, U(7, i, 1, 0))
		i++
	}
}

// BenchmarkNewPert makes the table.
func BenchmarkNewPert(b *testing.B) {
	for b.Loop() {
		sink += must(NewPert(51.1, 65, 124.1)).Quantile(0.5)
	}
}
