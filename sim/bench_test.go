package sim_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// world is a model with terms drawn per session, or the same terms in all (fixed).
type world struct {
	model *deal.Model
	fixed bool
	spec  [2]agents.Spec
	round int32
}

// additive is a space of issues x values with one interest an issue and side, worth 0 to 1 at random.
func additive(issues, values int) *deal.Model {
	rng := rand.New(rand.NewPCG(3, 4))
	is := make([]deal.Issue, issues)
	var p [2]deal.Profile
	for i := range is {
		is[i] = deal.Issue{Name: fmt.Sprint("i", i), Now: -1}
		for v := range values {
			is[i].Values = append(is[i].Values, fmt.Sprint("v", v))
		}
		for k := range p {
			t := make([]float64, values)
			for v := range t {
				t[v] = rng.Float64()
			}
			p[k].Interests = append(p[k].Interests, deal.Interest{Name: is[i].Name, Scope: []int{i}, Table: t})
		}
	}
	s, err := deal.NewSpace(is)
	if err != nil {
		panic(err)
	}
	m, err := deal.Compile(s, p, [2]deal.Bounds{}, deal.Options{})
	if err != nil {
		panic(err)
	}
	return m
}

// source deals n sessions from pools of one party and negotiator a slot and side.
type source struct {
	w      *world
	n, at  int
	slots  []pool
	weight []float64
}

type pool struct {
	party [2]*deal.Party
	neg   [2]agents.Negotiator
}

func newSource(w *world, slots int) *source {
	s := &source{w: w, slots: make([]pool, slots)}
	for i := range s.slots {
		for k := range 2 {
			s.slots[i].party[k] = w.model.NewParty(k)
			n, err := agents.New(w.spec[k])
			if err != nil {
				panic(err)
			}
			s.slots[i].neg[k] = n
			if w.fixed {
				s.set(s.slots[i].party[k], rand.New(rand.NewPCG(uint64(k), 7)))
			}
		}
	}
	return s
}

func (s *source) set(p *deal.Party, rng *rand.Rand) {
	s.weight = s.weight[:0]
	n := len(s.w.model.Profile[p.Side()].Interests)
	for range n {
		s.weight = append(s.weight, (0.2+rng.Float64())/float64(n))
	}
	p.Set(deal.Terms{Weight: s.weight, NoDeal: 0.2})
}

func (s *source) Next(slot int, set *sim.Setup) bool {
	if s.at == s.n {
		return false
	}
	id := uint64(s.at)
	s.at++
	p := &s.slots[slot]
	set.ID, set.Rounds, set.First = id, s.w.round, int(id)&1
	for k := range 2 {
		if !s.w.fixed {
			s.set(p.party[k], rand.New(rand.NewPCG(id, uint64(k))))
		}
		set.Party[k], set.Negotiator[k], set.Seed[k] = p.party[k], p.neg[k], 2*id+uint64(k)
	}
	return true
}

// benchTable plays b.N sessions on as many tables as there are cores, each with its share, as a run does.
// Besides offers a second it gives offers a second of processor time, which is what one core does.
func benchTable(b *testing.B, w *world, table func() sim.Table) {
	cores := runtime.GOMAXPROCS(0)
	tables, sources, offers := make([]sim.Table, cores), make([]*source, cores), make([]int, cores)
	for i := range tables {
		tables[i] = table()
		sources[i] = newSource(w, tables[i].Slots())
	}
	play := func(n int) {
		var all sync.WaitGroup
		for i := range tables {
			all.Go(func() {
				src := sources[i]
				src.at, src.n = i*n/cores, (i+1)*n/cores
				sum := 0
				err := tables[i].Play(context.Background(), src, func(_ int, r *sim.Result) error {
					sum += int(r.Offers)
					if r.Status == sim.Error {
						return fmt.Errorf("%s", r.Err)
					}
					return nil
				})
				if err != nil {
					b.Error(err)
				}
				offers[i] = sum
			})
		}
		all.Wait()
	}
	play(2 * cores * tables[0].Slots())
	b.ReportAllocs()
	b.ResetTimer()
	used := cpu()
	play(b.N)
	used = cpu() - used
	total := 0
	for _, n := range offers {
		total += n
	}
	b.ReportMetric(float64(total)/b.Elapsed().Seconds(), "offers/s")
	b.ReportMetric(float64(total)/used.Seconds(), "offers/cpu-s")
	b.ReportMetric(float64(total)/float64(b.N), "offers/session")
}

func boulwareConceder() [2]agents.Spec {
	return [2]agents.Spec{{Bidding: "boulware"}, {Bidding: "conceder"}}
}

func worlds() map[string]*world {
	return map[string]*world{
		"outcomes=10000/rounds=1000": {model: additive(4, 10), fixed: true, spec: boulwareConceder(), round: 1000},
		"talk":                       {model: additive(4, 10), fixed: true, spec: [2]agents.Spec{{Bidding: "hard_liner"}, {Bidding: "hard_liner"}}, round: 1000},
		"outcomes=4096/rounds=46":    {model: additive(12, 2), fixed: true, spec: boulwareConceder(), round: 46},
	}
}

func BenchmarkPlain(b *testing.B) {
	for name, w := range worlds() {
		b.Run(name, func(b *testing.B) { benchTable(b, w, sim.NewPlain) })
	}
}

func BenchmarkHub(b *testing.B) {
	for name, w := range worlds() {
		for _, batch := range []int{16, 64, 256, 1024} {
			b.Run(fmt.Sprintf("%s/batch=%d", name, batch), func(b *testing.B) {
				benchTable(b, w, func() sim.Table { return sim.NewHub(sim.HubOptions{Batch: batch}) })
			})
		}
	}
}
