package experiment

import (
	"context"
	"testing"

	"github.com/parley-sim/parley/internal/store"
)

// BenchmarkRun stores runs of 60 columns, made on the spot, by one worker; its time a run less that of
// BenchmarkRows is what storing costs. Target: under 2.5 us, a twentieth of a run at 20,000 a second.
func BenchmarkRun(b *testing.B) {
	for _, keep := range keeps {
		b.Run("rows="+string(keep), func(b *testing.B) {
			opt := options(b, uint64(b.N))
			opt.ShardSize, opt.Workers, opt.Keep = 0, 1, keep
			b.ResetTimer()
			if _, err := Run(context.Background(), &toy{hash: "wide", cells: 60}, opt); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "runs/s")
		})
	}
}

// BenchmarkRows makes the rows alone.
func BenchmarkRows(b *testing.B) {
	w, err := (&toy{hash: "wide", cells: 60}).NewWorker()
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	if err := w.Shard(context.Background(), 0, uint64(b.N), func(store.Row) error { return nil }); err != nil {
		b.Fatal(err)
	}
}
