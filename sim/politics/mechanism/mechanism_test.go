package mechanism

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// traders are a seller and a buyer with n types each, evenly spread over [0, 1], and one good.
func traders(n int) (seller, buyer *Side) {
	seller, buyer = &Side{}, &Side{}
	for i := range n {
		x := (float64(i) + 0.5) / float64(n)
		seller.Chance, buyer.Chance = append(seller.Chance, 1/float64(n)), append(buyer.Chance, 1/float64(n))
		seller.Worth, buyer.Worth = append(seller.Worth, []float64{-x}), append(buyer.Worth, []float64{x})
	}
	return seller, buyer
}

// TestMyersonSatterthwaite: uniform types, ever finer, come to 9/64 of a first best of 1/6 (1983, and
// Chatterjee and Samuelson 1983 whose double auction attains it).
func TestMyersonSatterthwaite(t *testing.T) {
	var second, first []float64
	ns := []int{8, 16, 32}
	if testing.Short() {
		ns = []int{6, 12, 24}
	}
	for _, n := range ns {
		b, err := Solve(traders(n))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%2d types: first best %.6f, second best %.6f", n, b.First, b.Second)
		second, first = append(second, b.Second), append(first, b.First)
		if b.Second >= b.First {
			t.Errorf("%d types: private types cost nothing", n)
		}
	}
	// The error goes with 1/n: two steps of halving, drawn out to n = infinity.
	limit := func(y []float64) float64 { return 2*y[2] - y[1] }
	for i, y := range []float64{1.0 / 6, 9.0 / 64} {
		got := limit([][]float64{first, second}[i])
		near := math.Abs(limit([][]float64{first, second}[i])-y) < 2e-3
		closer := math.Abs([][]float64{first, second}[i][2]-y) < math.Abs([][]float64{first, second}[i][1]-y)
		if !near || !closer {
			t.Errorf("limit %v, want %v", got, y)
		}
	}
}

// TestKnownTypes: with one type each, nothing is private and nothing is lost; a good that is worth less
// to the buyer is not sold.
func TestKnownTypes(t *testing.T) {
	a := &Side{Chance: []float64{1}, Worth: [][]float64{{-2, 5, math.Inf(-1)}}}
	b := &Side{Chance: []float64{1}, Worth: [][]float64{{9, 1, 100}}}
	got, err := Solve(a, b)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got.First-7) > 1e-9 || math.Abs(got.Second-7) > 1e-6 {
		t.Errorf("%+v, want 7 of 7", got)
	}
	b.Worth = [][]float64{{1, -6, 100}}
	if got, err = Solve(a, b); err != nil || got.First != 0 || got.Share() != 1 {
		t.Errorf("%+v, %v: nothing is to be had", got, err)
	}
}

// TestTwoTypes: by hand. A seller of cost 0 or 1-e, a buyer of value 1 or e, even chances, e < 1/2: trade is
// worth 1, e, e and nothing. Ex post budget and interim constraints bind at the pairs (0, 1) and so on;
// selling in the first three pairs at prices that hold both to the truth needs a budget of
// (1-2e)/4 - e/2 from outside if e < 1/4, and none if e >= 1/4.
func TestTwoTypes(t *testing.T) {
	for _, e := range []float64{0.1, 0.2, 0.3, 0.4} {
		seller := &Side{Chance: []float64{0.5, 0.5}, Worth: [][]float64{{0}, {-(1 - e)}}}
		buyer := &Side{Chance: []float64{0.5, 0.5}, Worth: [][]float64{{1}, {e}}}
		b, err := Solve(seller, buyer)
		if err != nil {
			t.Fatal(err)
		}
		// Full trade: q = 1 in (0,1), (0,e), (1-e,1). Rents: the low cost seller can report the high cost, traded
		// at half: U = (1-e)/2; likewise the buyer. Rents on average 2 x (1-e)/4, gains (1+2e)/4.
		full := (1 + 2*e) / 4
		if enough := full >= (1-e)/2; enough != (b.Second > full-1e-6) {
			t.Errorf("e = %v: second best %v of %v", e, b.Second, full)
		}
	}
}

// TestSimplexAgainstGonum: random programmes have the value that gonum's solver finds.
func TestSimplexAgainstGonum(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		m, n := 2+rng.IntN(8), 2+rng.IntN(8)
		p := &programme{m: m, n: n, a: make([]float64, m*n), b: make([]float64, m), c: make([]float64, n)}
		for i := range p.a {
			p.a[i] = rng.Float64()
		}
		for i := range p.b {
			p.b[i] = rng.Float64()
		}
		for j := range p.c {
			p.c[j] = rng.Float64() - 0.2
		}
		got, x, err := p.solve()
		if err != nil {
			t.Fatal(err)
		}
		at := 0.0
		for j := range x {
			at += p.c[j] * x[j]
		}
		if math.Abs(at-got) > 1e-5 {
			t.Errorf("primal %v, dual %v", at, got)
		}
		full := mat.NewDense(m, n+m, nil)
		c := make([]float64, n+m)
		for i := range m {
			for j := range n {
				full.Set(i, j, p.a[i*n+j])
			}
			full.Set(i, n+i, 1)
		}
		for j := range n {
			c[j] = -p.c[j]
		}
		want, _, err := lp.Simplex(c, full, p.b, 0, nil)
		if err != nil {
			continue
		}
		if math.Abs(got+want) > 1e-7 {
			t.Errorf("value %v, gonum's %v", got, -want)
		}
	}
}

func TestRefuses(t *testing.T) {
	good := &Side{Chance: []float64{1}, Worth: [][]float64{{1}}}
	for _, bad := range []*Side{
		{},
		{Chance: []float64{0.5}, Worth: [][]float64{{1}}},
		{Chance: []float64{1}, Worth: [][]float64{{math.NaN()}}},
		{Chance: []float64{1}, Worth: [][]float64{{math.Inf(1)}}},
		{Chance: []float64{1}, Worth: [][]float64{{1, 2}}},
		{Chance: []float64{2, -1}, Worth: [][]float64{{1}, {1}}},
		{Chance: make([]float64, MaxTypes+1), Worth: make([][]float64, MaxTypes+1)},
	} {
		if _, err := Solve(good, bad); err == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	seller, buyer := traders(10)
	for b.Loop() {
		if _, err := Solve(seller, buyer); err != nil {
			b.Fatal(err)
		}
	}
}
