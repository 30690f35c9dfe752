package experiment

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/parley-sim/parley/internal/store"
)

// Forecast is what an experiment is likely to take.
type Forecast struct {
	Runs    uint64        // runs asked about
	Sampled uint64        // runs played to find out
	Rate    float64       // runs a second, all workers together
	Time    time.Duration // to play them
	Shards  uint64        // bytes of shard files
	Exports uint64        // bytes of runs.csv and runs.parquet
}

// Bytes is all of the disk it takes.
func (f Forecast) Bytes() uint64 { return f.Shards + f.Exports }

// sampling is how long an estimate plays runs, at least.
const sampling = 300 * time.Millisecond

// Estimate plays runs from the middle of the experiment by one worker, for about a third of a second and at
// most one shard, and reckons what opt.Runs of them take on opt.Workers workers. It writes nothing.
// opt.Dir may be empty.
func Estimate(ctx context.Context, job Job, opt Options) (*Forecast, error) {
	if opt.Dir == "" {
		opt.Dir = "."
	}
	opt, err := opt.fill()
	if err != nil {
		return nil, err
	}
	w, err := job.NewWorker()
	if err != nil {
		return nil, err
	}
	if c, ok := w.(Closer); ok {
		defer c.Close()
	}
	schema := job.Schema()
	width := len(schema.Columns)
	size := opt.ShardSize
	if size == 0 {
		size = DefaultShardSize
	}
	// Not from the start: a fold may keep more of the first runs than of the rest.
	first := opt.Runs / 2 / size * size
	b := &buffer{}
	var took time.Duration
	for n := uint64(1); ; n = min(4*n, opt.Runs, size) {
		b.reset(0, store.Header{Hash: job.Hash(), First: first, N: n, Points: opt.Points, Stride: 1}, width, new(atomic.Uint64))
		start := time.Now()
		err := w.Shard(ctx, first, n, b.put)
		if err == nil {
			err = b.finish(opt.Fold)
		}
		if took = time.Since(start); err != nil {
			return nil, fmt.Errorf("runs %d to %d: %w", first, first+n-1, err)
		}
		if took >= sampling || n == min(opt.Runs, size) {
			break
		}
	}
	n := b.h.N
	players := min(uint64(min(opt.Workers, runtime.GOMAXPROCS(0))), (opt.Runs+size-1)/size)
	f := &Forecast{Runs: opt.Runs, Sampled: n, Rate: float64(n) / max(took.Seconds(), 1e-9) * float64(players)}
	f.Time = time.Duration(min(float64(opt.Runs)/f.Rate*1e9, math.MaxInt64/2))

	kept := float64(opt.Runs)
	if s := stride(opt.Keep, opt.Runs, opt.Points); s == 0 {
		kept = 0
	} else {
		kept /= float64(s)
	}
	csv, parquet, err := store.Sizes(&schema, b.rows)
	if err != nil {
		return nil, err
	}
	rows := float64(len(new(store.Encoder).Encode(b.h, width, b.rows, nil)))
	f.Shards = uint64(rows/float64(n)*kept + float64(len(b.fold))*float64((opt.Runs+size-1)/size))
	f.Exports = uint64((float64(csv)*min(kept, store.CSVLimit) + float64(parquet)*kept) / float64(n))
	return f, nil
}
