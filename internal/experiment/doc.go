// Package experiment runs a job many times over: it cuts the runs into shards, plays the shards on a
// pool of goroutines, stores each whole or not at all, and takes up where an earlier process stopped.
//
// A run's row is a pure function of the job and the run's number, so the results are the same bytes for
// any number of workers, any order, and any number of interruptions. Shard boundaries lie at multiples of
// the shard size, whatever the number of runs; asking for more runs extends, and only the last, partial
// shard is played again. Memory does not grow with the number of runs.
//
// A design of several points plays its replications outermost: run r is replication r / points of point
// r mod points, so that a sweep stopped early is balanced. See Place.
//
// It knows rows and columns; what a run means is the job's affair.
package experiment

import (
	"context"
	"encoding"

	"github.com/parley-sim/parley/internal/store"
)

// Job is what is run. Its methods may be called from several goroutines.
type Job interface {
	// Schema is the columns of its rows. The first is the Int column "run".
	Schema() store.Schema

	// Hash is the experiment's identity: equal for two jobs if and only if they give the same row for
	// every run. It covers the scenario, its numbers, the seed and the design, and not the number of runs.
	Hash() string

	// NewWorker makes a worker. Each goroutine has its own and keeps it for shard after shard.
	NewWorker() (Worker, error)
}

// Worker plays shards, one at a time.
type Worker interface {
	// Shard plays runs first to first+n-1 and hands the row of each to emit exactly once, in any order,
	// from one goroutine at a time. emit copies the row; its first cell is the run. An error of emit is
	// to be returned. A run that fails is a row that says so; an error ends the experiment.
	//
	// When ctx is done, Shard returns soon with ctx.Err(); what it emitted is dropped. All it started has
	// ended when it returns.
	Shard(ctx context.Context, first, n uint64, emit func(store.Row) error) error
}

// Closer is a Worker with something to let go of when its goroutine ends.
type Closer interface{ Close() error }

// Folder makes folds: summaries that are gathered row by row, so that an experiment that keeps no rows
// can still be summarised.
type Folder interface {
	// Name stands for what the fold gathers and how its bytes are laid out; change it with either.
	Name() string

	// New is an empty fold.
	New() Fold
}

// Fold is a summary of some runs. Its bytes are a function of the rows added, in their order.
type Fold interface {
	// Add takes in a row, which is valid during the call. Rows come in the order of their runs.
	Add(row store.Row)

	// Merge takes in a fold of the same Folder over runs that follow.
	Merge(next Fold) error

	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler // into an empty fold
}

// Place is the design point and the replication of a run, among points >= 1 design points.
func Place(run, points uint64) (point, replication uint64) { return run % points, run / points }
