package chance

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// The known answers of Random123's kat_vectors file: philox4x64, 10 rounds.
func TestPhiloxKnownAnswers(t *testing.T) {
	const ff = math.MaxUint64
	for _, c := range []struct {
		ctr  [4]uint64
		key  [2]uint64
		want [4]uint64
	}{
		{want: [4]uint64{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b}},
		{
			[4]uint64{ff, ff, ff, ff},
			[2]uint64{ff, ff},
			[4]uint64{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0},
		},
		{
			[4]uint64{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
			[2]uint64{0x452821e638d01377, 0xbe5466cf34e90c6c},
			[4]uint64{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6},
		},
	} {
		var got [4]uint64
		got[0], got[1], got[2], got[3] = philox4x64(c.ctr[0], c.ctr[1], c.ctr[2], c.ctr[3], c.key[0], c.key[1])
		if got != c.want {
			t.Errorf("philox(%x, %x) = %x, want %x", c.ctr, c.key, got, c.want)
		}
	}
}

func TestUnitIsStrictlyInside(t *testing.T) {
	if got := unit(0); got != 0x1p-53 {
		t.Errorf("least uniform %g, want 2^-53", got)
	}
	if got := unit(math.MaxUint64); got != 1-0x1p-53 || got >= 1 {
		t.Errorf("greatest uniform %g, want 1-2^-53", got)
	}
}

// IDs and uniforms are part of the format of results: these values must never change.
func TestCountedDrawsAreForEver(t *testing.T) {
	if got, want := ID("party.us.cost_of_delay"), uint64(0xcf116fee48e04be0); got != want {
		t.Errorf("ID is %#x, was %#x", got, want)
	}
	if got, want := U(7, 12345, ID("party.us.cost_of_delay"), 3), 0.44333969651322025; got != want {
		t.Errorf("U is %v, was %v", got, want)
	}
	var pcg rand.PCG
	Seed(&pcg, 7, 12345, ID("party.us.negotiator"), 0)
	if got, want := pcg.Uint64(), uint64(0xd249e726d69f780f); got != want {
		t.Errorf("the stream starts with %#x, was %#x", got, want)
	}
}

func TestIDsDoNotCollide(t *testing.T) {
	seen := map[uint64]string{}
	add := func(name string) {
		if other, ok := seen[ID(name)]; ok {
			t.Fatalf("%q and %q have the same ID", name, other)
		}
		seen[ID(name)] = name
	}
	add("")
	for _, party := range []string{"us", "china", "a", "b"} {
		for _, part := range []string{"interest", "red_line", "audience", "negotiator", "issue"} {
			for i := range 20_000 {
				add(fmt.Sprintf("party.%s.%s.%d", party, part, i))
			}
		}
	}
	// Names that differ in one letter share no pattern of bits: about half differ.
	sum := 0
	const n = 2000
	for i := range n {
		a, b := ID(fmt.Sprintf("draw.%d.x", i)), ID(fmt.Sprintf("draw.%d.y", i))
		for x := a ^ b; x != 0; x &= x - 1 {
			sum++
		}
	}
	if mean := float64(sum) / n; math.Abs(mean-32) > 0.5 { // sd of the mean: 4/sqrt(2000) = 0.09
		t.Errorf("%.2f bits differ on average, not 32", mean)
	}
}

// draws are uniforms along one part of the key, the others fixed.
var draws = map[string]func(i uint64) float64{
	"seed":        func(i uint64) float64 { return U(i, 3, ID("x"), 0) },
	"replication": func(i uint64) float64 { return U(7, i, ID("x"), 0) },
	"name":        func(i uint64) float64 { return U(7, 3, ID(fmt.Sprintf("draw.v%d", i)), 0) },
	"small id":    func(i uint64) float64 { return U(7, 3, i, 0) },
	"index":       func(i uint64) float64 { return U(7, 3, ID("x"), i) },
}

// The Kolmogorov-Smirnov distance of n uniforms stays under 2.3/sqrt(n), which an honest generator passes
// 99.995 times in 100 (2 exp(-2 2.3^2)); the draws are fixed, so the test cannot flicker.
func TestUniformsAreUniform(t *testing.T) {
	const n = 50_000
	for name, draw := range draws {
		u := make([]float64, n)
		for i := range u {
			u[i] = draw(uint64(i))
		}
		sort.Float64s(u)
		d := 0.0
		for i, x := range u {
			d = max(d, math.Abs(x-float64(i)/n), math.Abs(x-float64(i+1)/n))
		}
		if d > 2.3/math.Sqrt(n) {
			t.Errorf("along %s: Kolmogorov-Smirnov distance %.5f", name, d)
		}
	}
}

// Neighbours along any part of the key fill a 16 x 16 table evenly: chi-squared on 255 degrees of freedom
// stays in its central 99.99%.
func TestNeighboursAreIndependent(t *testing.T) {
	const n, side = 50_000, 16
	chi := distuv.ChiSquared{K: side*side - 1}
	for name, draw := range draws {
		for _, lag := range []uint64{1, 2, 256} {
			var table [side * side]float64
			for i := range uint64(n) {
				a, b := int(draw(i)*side), int(draw(i+lag)*side)
				table[a*side+b]++
			}
			sum := 0.0
			for _, c := range table {
				const want = float64(n) / (side * side)
				sum += (c - want) * (c - want) / want
			}
			if p := chi.CDF(sum); p < 5e-5 || p > 1-5e-5 {
				t.Errorf("along %s, lag %d: chi-squared %.0f", name, lag, sum)
			}
		}
	}
	// Exchanging two parts of the key gives another number.
	if U(1, 2, 3, 4) == U(2, 1, 3, 4) || U(1, 2, 3, 4) == U(1, 2, 4, 3) || U(1, 2, 3, 4) == U(1, 3, 2, 4) || U(1, 2, 3, 4) == U(3, 2, 1, 4) {
		t.Error("parts of the key are interchangeable")
	}
}

func TestStreamsDiffer(t *testing.T) {
	first := map[uint64]string{}
	var pcg rand.PCG
	for seed := range uint64(3) {
		for rep := range uint64(300) {
			for id := range uint64(3) {
				for index := range uint64(3) {
					Seed(&pcg, seed, rep, id, index)
					x := pcg.Uint64()
					key := fmt.Sprint(seed, rep, id, index)
					if other, ok := first[x]; ok {
						t.Fatalf("streams %s and %s start alike", key, other)
					}
					first[x] = key
				}
			}
		}
	}
	Seed(&pcg, 1, 2, 3, 4)
	a := pcg.Uint64()
	pcg.Uint64()
	Seed(&pcg, 1, 2, 3, 4)
	if pcg.Uint64() != a {
		t.Error("the same key gives another stream")
	}
}

func TestDrawsDoNotAllocate(t *testing.T) {
	var pcg rand.PCG
	pert, err := NewPert(0, 1, 4)
	if err != nil {
		t.Fatal(err)
	}
	n := testing.AllocsPerRun(100, func() {
		Seed(&pcg, 1, 2, 3, 4)
		sink += pert.Quantile(U(1, 2, 3, 4))
	})
	if n != 0 {
		t.Errorf("%v allocations a draw", n)
	}
}
