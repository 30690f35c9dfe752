package agents

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

func space(dims ...int) *deal.Space {
	var is []deal.Issue
	for i, n := range dims {
		is = append(is, deal.Issue{Name: fmt.Sprint("i", i), Now: -1})
		for v := range n {
			is[i].Values = append(is[i].Values, fmt.Sprint("v", v))
		}
	}
	s, err := deal.NewSpace(is)
	if err != nil {
		panic(err)
	}
	return s
}

// The prefix sums give what the sum over hypotheses gives.
func TestBayesianExpectation(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	s := space(7, 2, 1, 4)
	m := &bayesian{decay: 0.3, sigma: 0.25}
	m.begin(s)
	for range 20 {
		o := s.NewOffer()
		for i := range o {
			o[i] = uint16(rng.IntN(len(s.Issues[i].Values)))
		}
		m.hear(o, rng.Float64())
	}
	e := m.estimate()
	for i, peak := range m.peak {
		sum := 0.0
		for _, p := range peak {
			sum += p
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("issue %d: chances add up to %v", i, sum)
		}
		for v := range peak {
			want := 0.0
			for k, p := range peak {
				want += p * triangle(k, v, len(peak))
			}
			if math.Abs(want-e.row[i][v]) > 1e-12 || math.Abs(want-liked(peak, v)) > 1e-12 {
				t.Errorf("issue %d value %d: %v and %v for %v", i, v, e.row[i][v], liked(peak, v), want)
			}
		}
	}
}

// One update against Bayes' rule written out (Hindriks and Tykhonov 2008, eqs 5 and 6): one issue of two values and a
// second of one, by hand.
func TestBayesianRule(t *testing.T) {
	s := space(2, 1)
	m := &bayesian{decay: 0.3, sigma: 0.25}
	m.begin(s)
	prior := 0.0
	var p [11]float64
	for j := range p {
		x := 1 - float64(j+1)/11
		p[j] = x * x * x
		prior += p[j]
	}
	mean := 0.0
	for j := range p {
		mean += p[j] / prior * float64(j) / 10
	}
	m.hear(deal.Offer{0, 0}, 0)
	// Weight of issue 0: its value is worth 1/2 in expectation, the other issue mean x 1.
	sum, post := 0.0, 0.0
	for j := range p {
		gap := 1 - mean - 0.5*float64(j)/10
		w := p[j] * math.Exp(-gap*gap/(2*0.25*0.25))
		sum += w
		post += w * float64(j) / 10
	}
	if got := m.weight[0]; math.Abs(got-post/sum) > 1e-4 {
		t.Errorf("weight %v, not %v", got, post/sum)
	}
}

func TestBell(t *testing.T) {
	for x := 0.0; x < 22; x += 0.0137 {
		if d := math.Abs(bell(x) - math.Exp(-x)); d > 4e-5 {
			t.Fatalf("bell(%v) is off by %v", x, d)
		}
	}
	if bell(1e9) <= 0 {
		t.Error("a hypothesis can be ruled out")
	}
}

// With offers uniform on [0, 1] the values are v_n = (1 + v_{n-1}^2) / 2 (Baarslag and Hindriks 2013,
// proposition 1): 0, 1/2, 5/8, 89/128.
func TestOptimalStoppingUniform(t *testing.T) {
	c := &acOptimal{}
	c.begin(nil)
	c.solve(200)
	want := 0.0
	for n, got := range c.value {
		if math.Abs(got-want) > 1e-12 {
			t.Fatalf("v_%d = %v, not %v", n, got, want)
		}
		want = (1 + want*want) / 2
	}
}

// Against a brute-force expectation where offers are not uniform.
func TestOptimalStoppingEstimated(t *testing.T) {
	c := &acOptimal{recent: 50}
	c.begin(nil)
	tk := &talk{lo: 0, hi: 1}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 80 {
		tk.worth = rng.Float64() * rng.Float64()
		c.hear(tk, nil)
	}
	c.solve(20)
	const grid = 64 * 200
	v := 0.0
	for n := range 21 {
		if math.Abs(c.value[n]-v) > 1e-4 {
			t.Fatalf("v_%d = %v, not %v", n, c.value[n], v)
		}
		next := 0.0
		for k := range grid {
			x := (float64(k) + 0.5) / grid
			p := (c.bins[k*stopBins/grid] + 1.0/stopBins) / 51
			next += p * stopBins / grid * max(x, v)
		}
		v = next
	}
}

// Atlas3's limit where the best offer heard is worth 0.5: q = 1/3, target = 2/3.
func TestAtlas3Limit(t *testing.T) {
	b := &atlas3{}
	b.begin(nil)
	s := space(101)
	table := make([]float64, 101)
	for v := range table {
		table[v] = float64(v) / 100
	}
	p := deal.Profile{Interests: []deal.Interest{{Scope: []int{0}, Table: table}}}
	m, err := deal.Compile(s, [2]deal.Profile{p, p}, [2]deal.Bounds{}, deal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	party := m.NewParty(0)
	party.Set(deal.Terms{Weight: []float64{1}})
	tk := &talk{}
	tk.begin(party, rand.New(rand.NewPCG(1, 1)))
	tk.hear(&sim.View{Round: 50, Rounds: 101, Has: true, Fresh: true, Theirs: deal.Offer{50}})
	b.next(tk, &sim.View{Round: 51, Rounds: 101})
	if want := 2.0/3 + (1-2.0/3)*0.5; math.Abs(b.threshold-want) > 1e-12 {
		t.Errorf("threshold %v, not %v", b.threshold, want)
	}
}

// Each model learns: over random additive preferences and a conceding opponent the correlation with the truth
// rises well above nothing.
func TestModelsLearn(t *testing.T) {
	for name, floor := range map[string]float64{"frequency": 0.5, "bayesian": 0.35, "smith": 0.5, "window": 0.45, "distribution": 0.4} {
		sum, n := 0.0, 0
		for seed := range uint64(20) {
			sum += learn(t, name, seed, 300)
			n++
		}
		t.Logf("%s: %.3f", name, sum/float64(n))
		if sum/float64(n) < floor {
			t.Errorf("%s: correlation %v after 300 rounds, not %v", name, sum/float64(n), floor)
		}
	}
}

// learn is a model's correlation with the truth after some rounds of a linear opponent.
func learn(t *testing.T, name string, seed uint64, rounds int) float64 {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 9))
	s := space(5, 5, 5, 5)
	var p deal.Profile
	for i := range s.Issues {
		w, top := 0.1+rng.Float64(), 0.0
		tb := make([]float64, 5)
		for v := range tb {
			tb[v] = rng.Float64()
			top = max(top, tb[v])
		}
		for v := range tb {
			tb[v] *= w / top
		}
		p.Interests = append(p.Interests, deal.Interest{Name: fmt.Sprint(i), Scope: []int{i}, Table: tb})
	}
	m, err := deal.Compile(s, [2]deal.Profile{p, p}, [2]deal.Bounds{}, deal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	party := m.NewParty(0)
	party.Set(deal.Terms{Weight: []float64{1, 1, 1, 1}})
	part, err := find(models, Opponent, name)
	if err != nil {
		t.Fatal(err)
	}
	om, knobs := part.make()
	for i, k := range knobs {
		*k = part.Params[i].Default
	}
	om.begin(s)
	o, last := s.NewOffer(), s.NewOffer()
	lo, hi, _ := party.Range()
	for r := range rounds {
		at := float64(r) / float64(rounds-1)
		party.AtLeast(hi-at*(hi-lo)*0.6, o)
		if r == 0 || !o.Equal(last) {
			om.hear(o, at)
		}
		copy(last, o)
	}
	e := om.estimate()
	var n, sx, sy, sxx, syy, sxy float64
	count, _ := s.Count()
	for k := range count {
		s.At(k, o)
		x, y := party.Utility(o), 0.0
		for i, v := range o {
			y += e.scale[i] * e.row[i][v]
		}
		n++
		sx, sy, sxx, syy, sxy = sx+x, sy+y, sxx+x*x, syy+y*y, sxy+x*y
	}
	return (sxy - sx*sy/n) / math.Sqrt((sxx-sx*sx/n)*(syy-sy*sy/n))
}

func BenchmarkModel(b *testing.B) {
	for _, name := range []string{"bayesian", "frequency", "smith", "window", "distribution"} {
		for _, dims := range [][2]int{{5, 5}, {8, 6}, {6, 20}} {
			b.Run(fmt.Sprintf("%s/issues=%d/values=%d", name, dims[0], dims[1]), func(b *testing.B) {
				is := make([]int, dims[0])
				for i := range is {
					is[i] = dims[1]
				}
				s := space(is...)
				part, _ := find(models, Opponent, name)
				m, knobs := part.make()
				for i, k := range knobs {
					*k = part.Params[i].Default
				}
				rng := rand.New(rand.NewPCG(1, 2))
				offers := make([]deal.Offer, 1000)
				for k := range offers {
					offers[k] = s.NewOffer()
					for i := range offers[k] {
						offers[k][i] = uint16(rng.IntN(dims[1]))
					}
				}
				b.ReportAllocs()
				for n := 0; b.Loop(); n++ {
					if n%1000 == 0 {
						m.begin(s)
					}
					m.hear(offers[n%1000], float64(n%1000)/1000)
					m.estimate()
				}
			})
		}
	}
}

// Three offers by hand: (0,0), (0,1), (0,2) over issues of 2 and 3 values.
func TestCountsByHand(t *testing.T) {
	s := space(2, 3)
	offers := []deal.Offer{{0, 0}, {0, 1}, {0, 2}}
	hear := func(m model) *estimate {
		m.begin(s)
		for _, o := range offers {
			m.hear(o, 0.5)
		}
		return m.estimate()
	}
	worth := func(e *estimate, i, v int) float64 { return e.scale[i] * e.row[i][v] }
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s is %v, not %v", what, got, want)
		}
	}
	// Smith: shares of the most offered values are 3/3 and 1/3, so the weights 3/4 and 1/4; values 1, 0 and 1, 1, 1.
	e := hear(&smith{})
	near("smith, first issue", worth(e, 0, 0), 0.75)
	near("smith, value never offered", worth(e, 0, 1), 0)
	near("smith, second issue", worth(e, 1, 2), 0.25)
	// CUHK's window of two different offers: counts of those two only.
	e = hear(&window{size: 2})
	near("window, first issue", worth(e, 0, 0), 2)
	near("window, after it is full", worth(e, 1, 2), 0)
	// HardHeaded: e = 0.2/2 = 0.1. Each of the two changes leaves issue 0: its weight goes 0.5 -> 0.6/1.1 -> (0.6/1.1 + 0.1)/1.1;
	// a value is worth (1 + times offered) over that of the most offered, 4 and 2.
	e = hear(&frequency{learning: 0.2})
	w := (0.6/1.1 + 0.1) / 1.1
	near("frequency, first issue", worth(e, 0, 0), w)
	near("frequency, value never offered", worth(e, 0, 1), w/4)
	near("frequency, second issue", worth(e, 1, 0), 0.5/1.1/1.1)
}

// Two windows of four by hand (Tunali et al. 2017): issue 0 stays, issue 1 moves from its first value to its second, which was
// offered less; so issue 0 was held on to and gains alpha (1 - t^beta).
func TestDistributionByHand(t *testing.T) {
	s := space(2, 2)
	m := &distribution{k: 20, alpha: 10, beta: 5, gamma: 0.25}
	m.begin(s)
	for k := range 60 {
		o := deal.Offer{uint16(k % 2), 0}
		if k >= 40 {
			o[1] = 1
		}
		m.hear(o, 0.5)
	}
	gain := 10 * (1 - math.Pow(0.5, 5))
	want := (0.5 + gain) / (1 + gain)
	e := m.estimate()
	if got := m.weight[0]; math.Abs(got-want) > 1e-12 {
		t.Errorf("weight %v, not %v", got, want)
	}
	if got, want := e.row[1][1]/e.row[1][0], math.Pow(21.0/41, 0.25); math.Abs(got-want) > 1e-12 {
		t.Errorf("a value offered 20 times is worth %v of one offered 40 times, not %v", got, want)
	}
}
