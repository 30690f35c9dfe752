package tournament

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/store"
)

// field is the twenty agents of docs/agents.md.
const field = `
domains = ["*"]
repetitions = 10
rounds = 1000
players = ["boulware", "linear", "conceder", "tit_for_tat", "tit_for_tat_averaged", "micro", "trade_off+frequency", "nash_product", "pareto_walk", "hybrid", "agent_k", "hardheaded", "cuhk_agent", "gahboninho", "nice_tit_for_tat", "atlas3", "ponpoko", "caduceus", "boulware+optimal+bayesian", "boulware+combi+distribution"]
`

// BenchmarkField plays pieces of 50 talks from all over the round robin of twenty agents on the 91 domains, one worker. All of it
// is 364,000 talks.
func BenchmarkField(b *testing.B) {
	dir := filepath.Join("..", "..", "..", "..", "shared", "data", "domains")
	if _, err := os.Stat(dir); err != nil {
		b.Skip("the benchmark domains are not here: ", dir)
	}
	c, err := Parse("field.toml", []byte(field))
	if err != nil {
		b.Fatal(err)
	}
	ds, _, err := OpenDomains(context.Background(), c.Domains, dir, scenario.Options{})
	if err != nil {
		b.Fatal(err)
	}
	j, err := New(c, ds, false)
	if err != nil {
		b.Fatal(err)
	}
	w, err := j.NewWorker()
	if err != nil {
		b.Fatal(err)
	}
	const piece = 50
	at := uint64(0)
	b.ResetTimer()
	n := 0
	for b.Loop() {
		err := w.Shard(context.Background(), at, piece, func(store.Row) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
		n += piece
		at = (at + 36_373*7) % (j.Runs() - piece)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "talks/s")
}
