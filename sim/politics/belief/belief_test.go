package belief_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/parley-sim/parley/sim/politics/belief"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, not %v within %v", what, got, want, within)
	}
}

// Bayes' rule on a case done by hand: a test with 90% hits and 5% false alarms of what one in a hundred has.
func TestUpdate(t *testing.T) {
	b, err := belief.New([]float64{1, 99})
	if err != nil {
		t.Fatal(err)
	}
	b.Update([]float64{0.9, 0.05})
	near(t, "after one hit", b.At(0), 0.009/(0.009+0.0495), 1e-15)
	if b.Update([]float64{0, 0}) {
		t.Error("news that nobody can have made is taken in")
	}
	near(t, "unchanged", b.At(0), 0.009/(0.009+0.0495), 1e-15)
	b.Reset()
	near(t, "the prior", b.At(0), 0.01, 1e-15)
	for _, bad := range [][]float64{nil, {0, 0}, {-1, 2}, {math.NaN()}, {math.Inf(1)}} {
		if _, err := belief.New(bad); err == nil {
			t.Errorf("%v passes", bad)
		}
	}
}

// The order of the news does not matter, nor its scale, and probabilities stay probabilities.
func TestUpdateIsOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "types")
		numbers := rapid.SliceOfN(rapid.Float64Range(0.01, 1), n, n)
		a, _ := belief.New(numbers.Draw(t, "prior"))
		x, y := numbers.Draw(t, "x"), numbers.Draw(t, "y")
		a.Update(x)
		a.Update(y)
		var one []float64
		sum := 0.0
		for i := range n {
			one = append(one, a.At(i))
			sum += a.At(i)
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Fatalf("they sum to %v", sum)
		}
		a.Reset()
		for i := range y {
			y[i] *= 3
		}
		a.Update(y)
		a.Update(x)
		for i := range n {
			if math.Abs(a.At(i)-one[i]) > 1e-12 {
				t.Fatalf("type %d: %v, the other way round %v", i, one[i], a.At(i))
			}
		}
	})
}

// even is n types' costs, uniform between 0 and top.
func even(n int, top float64) []float64 {
	c := make([]float64, n)
	for i := range c {
		c[i] = (float64(i) + 0.5) / float64(n) * top
	}
	return c
}

// The row fearon_risk_return of the theory table: p = 0.5, cA = 0.1, cB uniform on [0, 0.4]; the demand is
// p + 0.15 and the chance of war 0.375. It comes out of the search among all demands.
func TestFearon(t *testing.T) {
	const n = 4000
	c := belief.Crisis{P: 0.5, CostA: 0.1, Costs: even(n, 0.4)}
	share, war := c.Demand(belief.Even(n))
	near(t, "the demand over p", share-0.5, 0.15, 0.4/n)
	near(t, "the chance of war", war, 0.375, 1.0/n)
	// With cbar <= cA there is nothing to gain by risk: no war.
	c = belief.Crisis{P: 0.5, CostA: 0.5, Costs: even(n, 0.4)}
	share, war = c.Demand(belief.Even(n))
	near(t, "the safe demand over p", share-0.5, 0, 0.4/n)
	near(t, "the chance of war", war, 0, 1.0/n)
}

// Both mix so that the other is indifferent; a dearer retreat makes threats more believed.
func TestBluff(t *testing.T) {
	last := 1.0
	for _, audience := range []float64{0.1, 0.5, 2, 10} {
		b := belief.Bluff{Prior: 0.2, Gain: 3, Audience: audience, Give: 1, Hurt: 2}
		bluffs, firm, meant := b.Solve()
		near(t, "a bluffer's gain", (1-firm)*b.Gain-firm*b.Audience, 0, 1e-12)
		near(t, "what standing firm costs", meant*b.Hurt, b.Give, 1e-12)
		near(t, "the belief", b.Prior/(b.Prior+(1-b.Prior)*bluffs), meant, 1e-12)
		if firm >= last {
			t.Errorf("at an audience cost of %v the other stands firm %v of the time, before %v", audience, firm, last)
		}
		last = firm
	}
	if bluffs, firm, _ := (&belief.Bluff{Prior: 0.7, Gain: 3, Audience: 1, Give: 1, Hurt: 2}).Solve(); bluffs != 1 || firm != 0 {
		t.Error("a threat that is mostly meant is resisted")
	}
	if bluffs, firm, _ := (&belief.Bluff{Prior: 0.7, Gain: 3, Audience: 1, Give: 2, Hurt: 1}).Solve(); bluffs != 0 || firm != 1 {
		t.Error("giving way is dearer than the sanction, and done")
	}
}

func TestResolve(t *testing.T) {
	r := belief.Resolve{Keeps: 0.9, Bluffs: 0.1}
	near(t, "carried out", r.After(0.5, true), 0.9, 1e-15)
	near(t, "backed down from", r.After(0.5, false), 0.1, 1e-15)
	near(t, "one of each", r.After(r.After(0.3, true), false), 0.3, 1e-15)
	near(t, "the next", r.Carried(0.5), 0.5, 1e-15)
	near(t, "certain", belief.Resolve{Keeps: 1}.After(1, false), 1, 0)
}

// The row chatterjee_samuelson: bids 2v/3 + 1/12, asks 2c/3 + 1/4, trade with chance 9/32, gains 9/64
// against 1/6 at best. The lines come out of best responses; nobody could gain by another bid.
func TestChatterjeeSamuelson(t *testing.T) {
	a := belief.Auction{N: 2000, Share: 0.5}
	buyer, seller := a.Solve()
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"the buyer's slope", buyer.Slope, 2.0 / 3},
		{"the buyer's base", buyer.Base, 1.0 / 12},
		{"the seller's slope", seller.Slope, 2.0 / 3},
		{"the seller's base", seller.Base, 1.0 / 4},
	} {
		near(t, c.what, c.got, c.want, 2e-3)
	}
	chance, gains := a.Trade(buyer, seller)
	near(t, "the chance of trade", chance, 9.0/32, 2e-3)
	near(t, "the gains", gains, 9.0/64, 1e-3)
	_, best := a.Trade(belief.Line{Slope: 1}, belief.Line{Slope: 1})
	near(t, "the gains at best", best, 1.0/6, 1e-3)
	if r := a.Regret(buyer, seller); r > 1e-3 {
		t.Errorf("somebody could gain %v", r)
	}
	if r := a.Regret(belief.Line{Slope: 1}, belief.Line{Slope: 1}); r < 0.05 {
		t.Errorf("telling the truth is an equilibrium, within %v", r)
	}
}
