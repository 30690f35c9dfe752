package agents

import (
	"math/rand/v2"
	"testing"
)

// The order in which numpy 2.4.6 leaves k*k*7 mod m for k below n, on a processor with AVX-512; each a checksum
// over the indices, x31 modulo 2^32.
func TestArgsortAsNumpy(t *testing.T) {
	for _, tc := range []struct {
		n, m int
		want uint32
	}{
		{20, 5, 3670352446}, {100, 7, 58926130}, {256, 11, 2359490768}, {300, 13, 2552788952}, {1000, 17, 3286247158}, {5000, 37, 3292166188},
	} {
		keys := make([]float64, tc.n)
		for k := range keys {
			keys[k] = float64(k*k*7%tc.m) / float64(tc.m)
		}
		sum := uint32(0)
		for _, a := range argsort(keys) {
			sum = sum*31 + uint32(a)
		}
		if sum != tc.want {
			t.Errorf("%d keys of %d values: order %d, want %d", tc.n, tc.m, sum, tc.want)
		}
	}
}

// Whatever the keys, argsort sorts, and leaves nothing out.
func TestArgsortSorts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		keys := make([]float64, r.IntN(3000))
		for k := range keys {
			keys[k] = float64(r.IntN(1 + r.IntN(2000)))
		}
		seen := make([]bool, len(keys))
		arg := argsort(keys)
		for i, a := range arg {
			if seen[a] || i > 0 && keys[arg[i-1]] > keys[a] {
				t.Fatalf("%d keys: place %d", len(keys), i)
			}
			seen[a] = true
		}
	}
}

// Java's hash codes: the last is a word known for its code, the lowest there is.
func TestJavaHash(t *testing.T) {
	for s, want := range map[string]int32{"": 0, "a": 97, "hello": 99162322, "polygenelubricants": -1 << 31} {
		if got := javaHash(s); got != want {
			t.Errorf("%q is %d, want %d", s, got, want)
		}
	}
}
