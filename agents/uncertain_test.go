package agents

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/parley-sim/parley/sim/deal"
)

// additiveParty is a party of random additive preferences over the space, its best outcome worth 1.
func additiveParty(t *testing.T, seed uint64, dims ...int) *deal.Party {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 77))
	s := space(dims...)
	var p deal.Profile
	weight, sum := make([]float64, len(dims)), 0.0
	for i := range dims {
		weight[i] = 0.1 + rng.Float64()
		sum += weight[i]
	}
	for i, n := range dims {
		tb, top := make([]float64, n), 0.0
		for v := range tb {
			tb[v] = rng.Float64()
			top = max(top, tb[v])
		}
		for v := range tb {
			tb[v] *= weight[i] / sum / top
		}
		p.Interests = append(p.Interests, deal.Interest{Scope: []int{i}, Table: tb})
	}
	m, err := deal.Compile(s, [2]deal.Profile{p, p}, [2]deal.Bounds{}, deal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	party := m.NewParty(0)
	w := make([]float64, len(dims))
	for i := range w {
		w[i] = 1
	}
	party.Set(deal.Terms{Weight: w})
	return party
}

// mind is what an uncertain negotiator comes to believe: the correlation with the truth over all outcomes, and the
// true worth of what it believes is best.
func mind(t *testing.T, party *deal.Party, seed uint64, known, questions float64) (r, best float64) {
	t.Helper()
	n, err := New(Spec{Bidding: "uncertain/boulware", Params: map[string]float64{"known": known, "questions": questions, "question_cost": 0.01}})
	if err != nil {
		t.Fatal(err)
	}
	u := n.(*uncertain)
	u.Begin(party, rand.New(rand.NewPCG(seed, 5)))
	if want := 0.01 * questions; math.Abs(u.Bother()-want) > 1e-12 {
		t.Fatalf("%v questions cost %v, not %v", questions, u.Bother(), want)
	}
	s := party.Model().Space
	o := s.NewOffer()
	var k, sx, sy, sxx, syy, sxy float64
	count, _ := s.Count()
	for i := range count {
		s.At(i, o)
		x, y := party.Utility(o), u.belief.Utility(o)
		k, sx, sy, sxx, syy, sxy = k+1, sx+x, sy+y, sxx+x*x, syy+y*y, sxy+x*y
	}
	u.belief.Best(o)
	return (sxy - sx*sy/k) / math.Sqrt((sxx-sx*sx/k)*(syy-sy*sy/k)), party.Utility(o)
}

// The more it asks, the better it knows its party, and the better what it takes for the best is.
func TestMoreQuestionsHelp(t *testing.T) {
	last, lastBest := 0.0, 0.0
	for _, questions := range []float64{0, 10, 30, 100} {
		r, best := 0.0, 0.0
		const n = 30
		for seed := range uint64(n) {
			a, b := mind(t, additiveParty(t, seed, 5, 5, 5, 5), seed, 10, questions)
			r, best = r+a/n, best+b/n
		}
		t.Logf("%3.0f questions: correlation %.3f, best believed worth %.3f", questions, r, best)
		if r < last || best < lastBest {
			t.Errorf("%v questions: correlation %.3f after %.3f, best %.3f after %.3f", questions, r, last, best, lastBest)
		}
		last, lastBest = r, best
	}
	if last < 0.97 || lastBest < 0.97 {
		t.Errorf("after 100 questions correlation %.3f, best %.3f", last, lastBest)
	}
}

// Where every outcome is in the order and utilities are equally spaced, the fit finds the truth: one issue.
func TestOrderFitOneIssue(t *testing.T) {
	s := space(5)
	var f orderFit
	f.begin(s)
	f.forget()
	truth := []float64{0.25, 1, 0, 0.75, 0.5}
	for v, u := range truth {
		f.add(deal.Offer{uint16(v)}, u)
	}
	f.solve()
	w := make([]float64, 5)
	f.weights(w)
	// The ridge draws towards the middle; the order stays, and the spacing is even.
	for v, u := range truth {
		want := 0.5 + (u-0.5)/(1+ridge)
		if math.Abs(w[v]-want) > 1e-9 {
			t.Errorf("value %d is worth %v, not %v", v, w[v], want)
		}
	}
}

// Pooling adjacent violators against the least-squares monotone fit of a textbook: 1, 3, 2, 4 becomes 1, 2.5, 2.5, 4.
func TestPooling(t *testing.T) {
	f := orderFit{f: []float64{1, 3, 2, 4}, y: make([]float64, 4)}
	f.rise()
	for k, want := range []float64{0, 0.5, 0.5, 1} {
		if math.Abs(f.y[k]-want) > 1e-12 {
			t.Errorf("place %d: %v, not %v", k, f.y[k], want)
		}
	}
}

func TestUncertainSpecs(t *testing.T) {
	for _, bad := range []string{"uncertain/boulwar", "uncertain/uncertain/boulware", "uncertain/boulware:knows=3", "uncertain/boulware:known=1"} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("%s passes", bad)
		}
	}
	s, err := Parse("uncertain/hardheaded:questions=5:floor=0.7")
	if err != nil {
		t.Fatal(err)
	}
	if got := Usual(s); got.Opponent != "frequency" || got.Accept != "own" {
		t.Errorf("%+v", got)
	}
}
