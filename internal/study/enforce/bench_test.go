package enforce

import (
	"testing"
)

func BenchmarkSets(b *testing.B) {
	m := model(b, "madrid")
	for b.Loop() {
		if _, err := Sets(m, "madrid", Options{Seed: 7}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDraws(b *testing.B) {
	m := model(b, "madrid")
	a, err := newAsker(m, Options{})
	if err != nil {
		b.Fatal(err)
	}
	k := uint64(0)
	for b.Loop() {
		if _, err := a.draw(7, k); err != nil {
			b.Fatal(err)
		}
		k++
	}
}
