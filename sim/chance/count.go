package chance

import (
	"math/bits"
	"math/rand/v2"
)

// What a block of random words is for stands in its counter, so that a variable and a stream of the
// same name never share words.
const (
	forUniform = 0
	forStream  = 1
)

// ID is the number that stands for a named variable or role in the key of its draws. Equal names have
// equal IDs for ever: results written by one version are continued by the next.
//
// It is FNV-1a over the bytes (Fowler, Noll & Vo 1991, 64 bit), then the finaliser of SplitMix64
// (Steele, Lea & Flood 2014, figure 16, with Stafford's variant 13 constants), so that names which
// differ in one letter differ in half their bits.
func ID(name string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 0x100000001b3
	}
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// U is one uniform, strictly inside (0,1), for a named variable: id is ID(name), index counts the
// rounds, years or repeats of that variable within a run, 0 if there is only one. It is pure.
//
// The value is (k + 1/2) / 2^52 with k the upper 52 bits of the key's Philox block, so the least is
// 2^-53 and the greatest 1 - 2^-53.
func U(seed, replication, id, index uint64) float64 {
	w, _ := philox(replication, index, forUniform, seed, id)
	return unit(w)
}

func unit(w uint64) float64 { return (float64(w>>12) + 0.5) * 0x1p-52 }

// Seed starts pcg on the stream of (seed, replication, id, index): the draws of an agent, say, whose
// role has the ID id. Nothing is allocated. Streams of different keys, and the uniforms of U, have no
// words in common.
func Seed(pcg *rand.PCG, seed, replication, id, index uint64) {
	pcg.Seed(philox(replication, index, forStream, seed, id))
}

// philox is the first two words of the block at counter (c0, c1, c2, 0) under key (k0, k1).
func philox(c0, c1, c2, k0, k1 uint64) (uint64, uint64) {
	x0, x1, _, _ := philox4x64(c0, c1, c2, 0, k0, k1)
	return x0, x1
}

// philox4x64 is Philox4x64-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1,
// 2, 3", section 3.3 and table 2).
func philox4x64(x0, x1, x2, x3, k0, k1 uint64) (uint64, uint64, uint64, uint64) {
	const (
		m0 = 0xd2e7470ee14c6c93
		m1 = 0xca5a826395121157
		w0 = 0x9e3779b97f4a7c15 // the golden ratio
		w1 = 0xbb67ae8584caa73b // sqrt 3 - 1
	)
	for range 10 {
		h0, l0 := bits.Mul64(m0, x0)
		h1, l1 := bits.Mul64(m1, x2)
		x0, x1, x2, x3 = h1^x1^k0, l1, h0^x3^k1, l0
		k0 += w0
		k1 += w1
	}
	return x0, x1, x2, x3
}
