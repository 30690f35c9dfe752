package scenario

import (
	"context"
	"math"
	"runtime"
	"testing"

	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim"
)

func madrid(b testing.TB, sets ...string) *Batch {
	b.Helper()
	cfg, _, err := Load("madrid", sets)
	if err != nil {
		b.Fatal(err)
	}
	m, err := NewBatch(context.Background(), cfg, Options{})
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// benchRuns plays whole runs, drawing, talking, judging and writing rows included.
func benchRuns(b *testing.B, sets ...string) {
	w, err := madrid(b, sets...).NewWorker()
	if err != nil {
		b.Fatal(err)
	}
	const n = 500
	first := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		if err := w.Shard(context.Background(), first, n, func(store.Row) error { return nil }); err != nil {
			b.Fatal(err)
		}
		first += n
	}
	b.ReportMetric(float64(b.N)*n/b.Elapsed().Seconds(), "runs/s")
}

func BenchmarkMadridRuns(b *testing.B)          { benchRuns(b) }
func BenchmarkMadridRunsPlainRows(b *testing.B) { benchRuns(b, "output.share_left=false") }

// BenchmarkMadridDraw draws everything uncertain about a run.
func BenchmarkMadridDraw(b *testing.B) {
	m := madrid(b).Base
	d := m.NewDraw()
	k := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		m.Draw(7, k, d)
		k++
	}
}

// BenchmarkMadridSolve finds ZOPA and solutions of one drawn type, a new one each time.
func BenchmarkMadridSolve(b *testing.B) {
	m := madrid(b).Base
	solver := m.Deal.NewSolver()
	drawn := make([]slot, 256)
	for k := range drawn {
		if err := drawn[k].seat(m, 7, uint64(k)); err != nil {
			b.Fatal(err)
		}
	}
	k := 0
	b.ReportAllocs()
	for b.Loop() {
		s := &drawn[k%len(drawn)]
		if _, err := solver.Solve(s.party[0], s.party[1]); err != nil {
			b.Fatal(err)
		}
		k++
	}
}

// seated is a source of sessions whose runs were drawn and seated before, each played once: it measures
// the table alone, and every table plays the same.
type seated struct {
	m    *Model
	runs []slot
	next int
}

func (s *seated) Next(_ int, out *sim.Setup) bool {
	if s.next == len(s.runs) {
		return false
	}
	s.runs[s.next].setup(s.m, 7, out)
	s.next++
	return true
}

func benchTable(b *testing.B, t sim.Table) {
	m := madrid(b, "clock.days_per_round=1").Base
	src := &seated{m: m, runs: make([]slot, 1024)}
	for k := range src.runs {
		if err := src.runs[k].seat(m, 7, uint64(k)); err != nil {
			b.Fatal(err)
		}
	}
	offers := 0
	play := func() {
		src.next = 0
		err := t.Play(context.Background(), src, func(_ int, r *sim.Result) error {
			offers += int(r.Offers)
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	play()
	offers = 0
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		play()
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(offers)/b.Elapsed().Seconds(), "offers/s")
	b.ReportMetric(math.Floor(1000*float64(after.Mallocs-before.Mallocs)/float64(offers))/1000, "allocs/offer")
}

func BenchmarkMadridHub(b *testing.B)   { benchTable(b, sim.NewHub(sim.HubOptions{Batch: 256})) }
func BenchmarkMadridHub64(b *testing.B) { benchTable(b, sim.NewHub(sim.HubOptions{Batch: 64})) }
func BenchmarkMadridPlain(b *testing.B) { benchTable(b, sim.NewPlain()) }
