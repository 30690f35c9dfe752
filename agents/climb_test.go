package agents

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/parley-sim/parley/sim/deal"
)

func TestQuality(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, shape := range [][2]int{{4, 5}, {6, 6}, {10, 4}, {12, 5}} {
		for pairs := range 3 {
			ratio, n, exact := 0.0, 0, 0
			for range 30 {
				var is []deal.Issue
				var p deal.Profile
				for i := range shape[0] {
					is = append(is, deal.Issue{Name: fmt.Sprint(i), Now: -1})
					for v := range shape[1] {
						is[i].Values = append(is[i].Values, fmt.Sprint(v))
					}
					tb := make([]float64, shape[1])
					for v := range tb {
						tb[v] = rng.Float64()
					}
					p.Interests = append(p.Interests, deal.Interest{Name: fmt.Sprint(i), Scope: []int{i}, Table: tb})
				}
				for k := range pairs {
					tb := make([]float64, shape[1]*shape[1])
					for v := range tb {
						tb[v] = rng.Float64()
					}
					p.Interests = append(p.Interests, deal.Interest{Name: fmt.Sprint("p", k), Scope: []int{2 * k, 2*k + 1}, Table: tb})
				}
				s, _ := deal.NewSpace(is)
				m, err := deal.Compile(s, [2]deal.Profile{p, p}, [2]deal.Bounds{}, deal.Options{})
				if err != nil {
					t.Fatal(err)
				}
				q := m.NewParty(0)
				w := make([]float64, len(p.Interests))
				for j := range w {
					w[j] = 0.2 + rng.Float64()
				}
				q.Set(deal.Terms{Weight: w})
				var tk talk
				tk.begin(q, rng)
				est := newEstimate(s)
				for i := range est.row {
					est.scale[i] = rng.Float64()
					for v := range est.row[i] {
						est.row[i][v] = rng.Float64()
					}
				}
				var c climber
				c.begin(&tk)
				out := s.NewOffer()
				var lo, hi float64
				for i := range est.row {
					a, b := 9.0, 0.0
					for _, x := range est.row[i] {
						a, b = min(a, x*est.scale[i]), max(b, x*est.scale[i])
					}
					lo += a
					hi += b
				}
				for k := range 20 {
					target := tk.level(1 - float64(k)/20)
					c.find(target, &est, 1)
					got := est.additive().Utility(c.at)
					if !q.BestFor(est.additive(), target, out) {
						t.Fatal("none")
					}
					want := est.additive().Utility(out)
					if got > want+1e-9 {
						t.Fatal("better than exact")
					}
					ratio += (got - lo) / (want - lo)
					n++
					if got > want-1e-9 {
						exact++
					}
				}
			}
			t.Log(shape, pairs, ratio/float64(n), float64(exact)/float64(n))
		}
	}
}
