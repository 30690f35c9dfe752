package agents_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// vast is an additive domain of 20 issues of 10 values, 10^20 outcomes, worth 0 to 1 at random.
func vast(b *testing.B) (*deal.Model, [2]deal.Terms) {
	r := rand.New(rand.NewPCG(1, 2))
	is := make([]deal.Issue, 20)
	var p [2]deal.Profile
	var terms [2]deal.Terms
	var bounds [2]deal.Bounds
	for i := range is {
		is[i] = deal.Issue{Name: fmt.Sprint("i", i), Now: -1}
		for v := range 10 {
			is[i].Values = append(is[i].Values, fmt.Sprint(v))
		}
		for k := range p {
			t := make([]float64, 10)
			for v := range t {
				t[v] = r.Float64()
			}
			p[k].Interests = append(p[k].Interests, deal.Interest{Name: is[i].Name, Scope: []int{i}, Table: t})
			terms[k].Weight = append(terms[k].Weight, 0.05)
		}
	}
	for k := range bounds {
		bounds[k] = deal.Bounds{Lo: terms[k].Weight, Hi: terms[k].Weight}
	}
	s, err := deal.NewSpace(is)
	if err != nil {
		b.Fatal(err)
	}
	m, err := deal.Compile(s, p, bounds, deal.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return m, terms
}

// BenchmarkVastMicro is MiCRO against itself on 10^20 outcomes for 10,000 rounds, everything made anew.
func BenchmarkVastMicro(b *testing.B) {
	m, terms := vast(b)
	for _, name := range []string{"micro", "negmas/micro"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var peak uint64
			for b.Loop() {
				s := sim.Setup{Rounds: 10_000, Seed: [2]uint64{1, 2}}
				for k := range 2 {
					n, err := agents.New(agents.Spec{Bidding: name})
					if err != nil {
						b.Fatal(err)
					}
					s.Negotiator[k], s.Party[k] = n, m.NewParty(k)
					s.Party[k].Set(terms[k])
				}
				offers := int32(0)
				err := sim.NewPlain().Play(context.Background(), sim.Once(s), func(_ int, r *sim.Result) error {
					offers = r.Offers
					return nil
				})
				if err != nil || offers < 10_000 {
					b.Fatal(offers, err)
				}
			}
			var ms runtime.MemStats
			runtime.ReadMemStats(&ms)
			peak = ms.HeapSys
			b.ReportMetric(float64(peak)/1e6, "MB")
		})
	}
}
