package importer

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/parley-sim/parley/internal/shareddata"
	"github.com/parley-sim/parley/sim/deal"
)

// measure finds all statistics of a domain from its tables: frontier, opposition, both programs' solutions
// with their ties.
func measure(b *testing.B, d *Domain) {
	m, terms, err := d.CompileWith(deal.Options{Once: true})
	if err != nil {
		b.Fatal(err)
	}
	p, q := m.NewParty(0), m.NewParty(1)
	p.Set(terms[0])
	q.Set(terms[1])
	f, err := m.NewSolver().Frontier(p, q)
	if err != nil {
		b.Fatal(err)
	}
	if st := f.Distinct(deal.Near).Measure(p, q); st.Points == 0 {
		b.Fatal("no frontier")
	}
}

// BenchmarkStatistics measures a domain of the size of the ANAC 2011 Energy domain, 8 issues of 5 values or 390,625
// outcomes, each side's evaluations drawn evenly and their issues' weights too.
func BenchmarkStatistics(b *testing.B) {
	r := rand.New(rand.NewPCG(11, 12))
	d := &Domain{Name: "made"}
	for i := range 8 {
		is := deal.Issue{Name: fmt.Sprint("issue", i), Now: -1}
		for v := range 5 {
			is.Values = append(is.Values, fmt.Sprint(v))
		}
		d.Issues = append(d.Issues, is)
		for k := range d.Profiles {
			p := &d.Profiles[k]
			ev := make([]float64, 5)
			for v := range ev {
				ev[v] = r.Float64()
			}
			p.Eval, p.Weight, p.Discount = append(p.Eval, ev), append(p.Weight, r.Float64()/4), 1
		}
	}
	for b.Loop() {
		measure(b, d)
	}
}

// BenchmarkEnergy measures the ANAC 2011 Energy domain itself, from the tables and from the files.
func BenchmarkEnergy(b *testing.B) {
	dir := filepath.Join(shareddata.Path(b, "data/domains"), "anac2011_Energy")
	open := func() *Domain {
		d, err := Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		return d
	}
	b.Run("statistics", func(b *testing.B) {
		d := open()
		for b.Loop() {
			measure(b, d)
		}
	})
	b.Run("files", func(b *testing.B) {
		for b.Loop() {
			measure(b, open())
		}
	})
}
