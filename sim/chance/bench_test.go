package chance

import "testing"

var sink float64

func BenchmarkExactBeta(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink += solve(2, 4, U(1, uint64(i), 2, 0)/2)
	}
}
func BenchmarkNewPert(b *testing.B) {
	for i := 0; i < b.N; i++ {
		d, _ := NewPert(0, 1, 2+float64(i%7))
		sink += d.Quantile(.4)
	}
}
func BenchmarkPert(b *testing.B) {
	d, _ := NewPert(0, 1, 4)
	for i := 0; i < b.N; i++ {
		sink += d.Quantile(U(1, uint64(i), 2, 0))
	}
}
func BenchmarkU(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink += U(1, uint64(i), 2, 0)
	}
}
func BenchmarkNormal(b *testing.B) {
	d, _ := NewNormal(0, 1, -4, 4)
	for i := 0; i < b.N; i++ {
		sink += d.Quantile(U(1, uint64(i), 2, 0))
	}
}
