package inputoutput

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// small draws an economy of n regions and j sectors, made an equilibrium.
func small(t testing.TB, seed uint64, n, j int, scale bool) *Model {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 7))
	e := &Economy{
		Name: "small", N: n, J: j, Theta: make([]float64, j), Beta: make([]float64, n*j),
		Input: make([]float64, n*j*j), Alpha: make([]float64, n*j), Tariff: make([]float64, n*n*j),
		Share: make([]float64, n*n*j), Output: make([]float64, n*j), Added: make([]float64, n), Gap: make([]float64, n),
	}
	info := trade.Info{Name: "small"}
	for k := range n {
		info.Regions = append(info.Regions, string(rune('A'+k)))
		e.Added[k] = 100 * (0.5 + rng.Float64())
		total := 0.0
		for s := range j {
			e.Alpha[k*j+s] = 0.2 + rng.Float64()
			total += e.Alpha[k*j+s]
			e.Beta[k*j+s] = 0.3 + 0.5*rng.Float64()
			e.Output[k*j+s] = 100
			sum := 0.0
			in := e.Input[(k*j+s)*j:][:j]
			for q := range in {
				in[q] = rng.Float64()
				sum += in[q]
			}
			for q := range in {
				in[q] *= (1 - e.Beta[k*j+s]) / sum
			}
		}
		for s := range j {
			e.Alpha[k*j+s] /= total
		}
	}
	for s := range j {
		info.Sectors = append(info.Sectors, string(rune('a'+s)))
		e.Theta[s] = 2 + 5*rng.Float64()
		for k := range n {
			total := 0.0
			for i := range n {
				at := (s*n+i)*n + k
				e.Share[at] = 0.1 + rng.Float64()
				if i == k {
					e.Share[at] += float64(n)
				} else {
					e.Tariff[at] = 0.2 * rng.Float64()
				}
				total += e.Share[at]
			}
			for i := range n {
				e.Share[(s*n+i)*n+k] /= total
			}
		}
	}
	e.Gap[0], e.Gap[1] = 3, -3
	if scale {
		e.Psi = make([]float64, j)
		for s := range j - 1 {
			e.Psi[s] = 0.6 / e.Theta[s] * rng.Float64()
		}
	}
	based, err := e.Rebase(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(info, based, 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestClearing: after any change goods, labour, budgets and trade balances hold, the numeraire
// included, and an empty schedule changes nothing.
func TestClearing(t *testing.T) {
	for seed := range uint64(6) {
		m := small(t, seed, 3, 4, seed%2 == 1)
		r, err := m.Solve(context.Background(), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		for n, w := range r.WelfarePct {
			if math.Abs(w) > 1e-8 {
				t.Errorf("economy %d: region %d moves by %g%% without a change", seed, n, w)
			}
		}
		s, err := m.Solution(context.Background(), trade.Schedule{
			{Importer: "A", Exporter: "*", Sector: "a", Op: trade.Add, Value: 0.3},
			{Importer: "B", Exporter: "C", Sector: "*", Use: trade.Inputs, Op: trade.Set, Value: 0.5},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		e := m.e
		for n := range e.N {
			added, spent, earned := 0.0, 0.0, s.v.wages[n]+e.Gap[n]
			out, in := 0.0, 0.0
			for j := range e.J {
				added += e.Beta[n*e.J+j] * s.Output(n, j)
				spent += e.Alpha[n*e.J+j] * s.v.income[n]
				for k := range e.N {
					for _, u := range []*use{s.v.m, s.v.f} {
						at := m.info.At(k, n, j)
						earned += u.share[at] * (1 - u.keep[at]) * u.demand[n*e.J+j]
						if s.v.f == s.v.m {
							break
						}
					}
					out, in = out+s.Flow(n, k, j), in+s.Flow(k, n, j)
				}
			}
			for what, d := range map[string]float64{
				"labour": added/s.v.wages[n] - 1, "budget": spent/earned - 1, "balance": (in - out - e.Gap[n]) / s.v.wages[n],
			} {
				if math.Abs(d) > 1e-9 {
					t.Errorf("economy %d, region %d: %s is off by %g", seed, n, what, d)
				}
			}
		}
	}
}

// TestOneSector holds the solution to a closed form: with one sector real wages are
// pi^_nn^(-1/(theta beta)), whatever the tariffs (Arkolakis, Costinot & Rodriguez-Clare 2012, with
// goods made of themselves).
func TestOneSector(t *testing.T) {
	m := small(t, 3, 3, 1, false)
	s, err := m.Solution(context.Background(), trade.Schedule{{Importer: "A", Exporter: "B", Op: trade.Set, Value: 0.8}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := range m.e.N {
		at := m.info.At(n, n, 0)
		want := math.Pow(s.v.m.share[at]/m.e.Share[at], -1/(m.e.Theta[0]*m.e.Beta[n]))
		got := s.v.wages[n] / m.e.Added[n] / math.Exp(s.v.m.price[n])
		if math.Abs(got-want) > 1e-10 {
			t.Errorf("region %d: real wage %.12g, want %.12g", n, got, want)
		}
	}
}

// TestGradient compares the adjoint gradient with central differences, political weights and
// revenue included.
func TestGradient(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(6) {
		m := small(t, seed, 3, 4, seed%2 == 1)
		rng := rand.New(rand.NewPCG(seed, 11))
		weights := [][]float64{{1.3, 0.7, 1.1, 0.9}, nil, {0.5, 1, 1, 1.5}}
		p, err := m.NewPoint(weights)
		if err != nil {
			t.Fatal(err)
		}
		n := m.e.N
		vec := func() []float64 { return make([]float64, n) }
		by, now := trade.Measures{Government: vec(), Welfare: vec(), Revenue: vec()}, trade.Measures{Government: vec(), Welfare: vec(), Revenue: vec()}
		for k := range n {
			by.Government[k], by.Welfare[k], by.Revenue[k] = rng.Float64()-0.5, rng.Float64()-0.5, 0.01*(rng.Float64()-0.5)
		}
		at := append([]float64(nil), m.e.Tariff...)
		at[m.info.At(1, 0, 2)] += 0.4
		value := func() float64 {
			if err := p.Solve(ctx, at); err != nil {
				t.Fatal(err)
			}
			p.Measure(now)
			sum := 0.0
			for k := range n {
				sum += by.Government[k]*now.Government[k] + by.Welfare[k]*now.Welfare[k] + by.Revenue[k]*now.Revenue[k]
			}
			return sum
		}
		value()
		grad := make([]float64, len(at))
		if err := p.Gradient(by, grad); err != nil {
			t.Fatal(err)
		}
		for k := range at {
			if i, j := k/n%n, k%n; i == j {
				continue
			}
			const h = 1e-4
			was := at[k]
			at[k] = was + h
			up := value()
			at[k] = was - h
			want := (up - value()) / (2 * h)
			at[k] = was
			if math.Abs(grad[k]-want) > 1e-4*math.Abs(want)+2e-8 {
				t.Errorf("economy %d, cell %d: %g, by differences %g", seed, k, grad[k], want)
			}
		}
	}
}

// TestBadNumbers: what is wrong is named.
func TestBadNumbers(t *testing.T) {
	good := small(t, 1, 3, 4, false).e
	for says, spoil := range map[string]func(e *Economy){
		"trade elasticity 1 is 0":    func(e *Economy) { e.Theta = []float64{1, 0, 1, 1} },
		"value added 0 is NaN":       func(e *Economy) { e.Added = []float64{math.NaN(), 1, 1} },
		"2 of trade deficit for 3":   func(e *Economy) { e.Gap = e.Gap[:2] },
		"2 scale elasticities for 4": func(e *Economy) { e.Psi = []float64{0, 1} },
	} {
		e := *good
		spoil(&e)
		if _, err := e.Rebase(context.Background()); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
	m := small(t, 1, 3, 4, false)
	if _, err := m.NewPoint([][]float64{{1}}); err == nil {
		t.Error("political weights for one region were accepted")
	}
	if _, err := m.NewPoint([][]float64{{1}, nil, nil}); err == nil {
		t.Error("one political weight for four sectors was accepted")
	}
}
