package agenttest

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/parley-sim/parley/sim/deal"
)

// World is a space with preferences to test agents on.
type World struct {
	Name  string
	Model *deal.Model
	// Terms are a side's in session k, new each time.
	Terms func(k, side int) deal.Terms
}

// Worlds are the spaces of the suite, made anew.
func Worlds() []*World {
	return []*World{
		pie(), one(), Benchmark(5, 4, 5), lined(), tied(), hopeless(), drawn(),
	}
}

func issues(values ...int) []deal.Issue {
	out := make([]deal.Issue, len(values))
	for i, n := range values {
		out[i] = deal.Issue{Name: fmt.Sprint("issue", i), Now: -1}
		for v := range n {
			out[i].Values = append(out[i].Values, fmt.Sprint("v", v))
		}
	}
	return out
}

// fixed compiles a model whose weights are all 1 and do not vary, as in benchmark domains.
func fixed(name string, is []deal.Issue, p [2]deal.Profile, noDeal [2]float64, cost [2][]float64) *World {
	s, err := deal.NewSpace(is)
	if err != nil {
		panic(err)
	}
	var b [2]deal.Bounds
	for side := range p {
		for range p[side].Interests {
			b[side].Lo, b[side].Hi = append(b[side].Lo, 1), append(b[side].Hi, 1)
		}
	}
	m, err := deal.Compile(s, p, b, deal.Options{})
	if err != nil {
		panic(err)
	}
	return &World{Name: name, Model: m, Terms: func(_, side int) deal.Terms {
		t := deal.Terms{NoDeal: noDeal[side], Cost: append([]float64{}, cost[side]...)}
		for range p[side].Interests {
			t.Weight = append(t.Weight, 1)
		}
		return t
	}}
}

func pie() *World {
	is := issues(21)
	var p [2]deal.Profile
	for side := range p {
		t := make([]float64, 21)
		for v := range t {
			t[v] = float64(v) / 20
			if side == 1 {
				t[v] = 1 - t[v]
			}
		}
		p[side] = deal.Profile{Name: fmt.Sprint(side), Interests: []deal.Interest{{Name: "share", Scope: []int{0}, Table: t}}}
	}
	return fixed("pie", is, p, [2]float64{0.1, 0}, [2][]float64{})
}

func one() *World {
	p := deal.Profile{Interests: []deal.Interest{{Name: "all", Scope: []int{0}, Table: []float64{0.5}}}}
	return fixed("one outcome", issues(1, 1), [2]deal.Profile{p, p}, [2]float64{0, 0.5}, [2][]float64{})
}

// Benchmark is a space of so many issues and values with additive preferences of fixed weights that
// add up to 1, as benchmark domains have them; no deal is worth 0.
func Benchmark(seed uint64, n, values int) *World {
	rng := rand.New(rand.NewPCG(seed, 4))
	dims := make([]int, n)
	for i := range dims {
		dims[i] = values
	}
	var p [2]deal.Profile
	for side := range p {
		weight, sum := make([]float64, n), 0.0
		for i := range weight {
			weight[i] = 0.1 + rng.Float64()
			sum += weight[i]
		}
		for i := range n {
			t, most := make([]float64, values), 0.0
			for v := range t {
				t[v] = rng.Float64()
				most = math.Max(most, t[v])
			}
			for v := range t {
				t[v] *= weight[i] / sum / most
			}
			p[side].Interests = append(p[side].Interests, deal.Interest{Name: fmt.Sprint("issue", i), Scope: []int{i}, Table: t})
		}
	}
	return fixed("benchmark", issues(dims...), p, [2]float64{}, [2][]float64{})
}

// lined has interests over two issues and red lines, hard and at a price.
func lined() *World {
	rng := rand.New(rand.NewPCG(21, 22))
	dims := []int{4, 3, 5, 4}
	scopes := [][]int{{0}, {1}, {2}, {3}, {0, 1}, {2, 3}}
	var p [2]deal.Profile
	cell := func(scope []int) int {
		n := 1
		for _, i := range scope {
			n *= dims[i]
		}
		return n
	}
	for side := range p {
		for k, scope := range scopes {
			t := make([]float64, cell(scope))
			for x := range t {
				t[x] = rng.Float64()
			}
			p[side].Interests = append(p[side].Interests, deal.Interest{Name: fmt.Sprint("i", k), Scope: scope, Table: t})
		}
		for k, scope := range [][]int{{1, 2}, {0, 3}} {
			b := make([]bool, cell(scope))
			for x := range b {
				b[x] = rng.Float64() < 0.4
			}
			p[side].Lines = append(p[side].Lines, deal.Line{Name: fmt.Sprint("line", k), Scope: scope, Broken: b})
		}
	}
	return fixed("red lines", issues(dims...), p, [2]float64{1.2, 1}, [2][]float64{{math.Inf(1), 0.3}, {0.2, math.Inf(1)}})
}

func tied() *World {
	rng := rand.New(rand.NewPCG(31, 32))
	dims := []int{3, 3, 3}
	var p [2]deal.Profile
	for side := range p {
		for i, n := range dims {
			t := make([]float64, n)
			for v := range t {
				t[v] = float64(rng.IntN(2))
			}
			p[side].Interests = append(p[side].Interests, deal.Interest{Name: fmt.Sprint("i", i), Scope: []int{i}, Table: t})
		}
	}
	return fixed("ties", issues(dims...), p, [2]float64{0, 1}, [2][]float64{})
}

func hopeless() *World {
	w := Benchmark(41, 3, 3)
	w.Name = "hopeless"
	terms := w.Terms
	w.Terms = func(k, side int) deal.Terms {
		t := terms(k, side)
		if (k+side)%3 == 0 {
			t.NoDeal = 5
		}
		return t
	}
	return w
}

func drawn() *World {
	dims := []int{5, 6, 4, 3, 5}
	rng := rand.New(rand.NewPCG(51, 52))
	var p [2]deal.Profile
	for side := range p {
		for i, n := range dims {
			t := make([]float64, n)
			for v := range t {
				t[v] = rng.Float64()*2 - 0.5
			}
			p[side].Interests = append(p[side].Interests, deal.Interest{Name: fmt.Sprint("i", i), Scope: []int{i}, Table: t})
		}
	}
	s, err := deal.NewSpace(issues(dims...))
	if err != nil {
		panic(err)
	}
	m, err := deal.Compile(s, p, [2]deal.Bounds{}, deal.Options{})
	if err != nil {
		panic(err)
	}
	return &World{Name: "drawn terms", Model: m, Terms: func(k, side int) deal.Terms {
		rng := rand.New(rand.NewPCG(uint64(k), uint64(side)))
		t := deal.Terms{NoDeal: rng.Float64()}
		for range dims {
			t.Weight = append(t.Weight, rng.Float64()*3)
		}
		return t
	}}
}
