package experiment

import (
	"fmt"
	"runtime"

	"github.com/parley-sim/parley/internal/store"
)

// DefaultShardSize is the runs in a shard: a second or less of work, a megabyte or less of rows.
const DefaultShardSize = 2000

// MostRuns is the most runs an experiment can have.
const MostRuns = 1_000_000_000_000_000

// sampleRows is the most rows that a sample keeps, unless there are more design points than that.
const sampleRows = 100_000

// Options say how to run a job. None but Runs, Points and Keep changes what is stored.
type Options struct {
	Runs      uint64     // runs wanted in all, 1 to MostRuns
	Workers   int        // goroutines that play; 0 is one a core
	Dir       string     // the experiment's folder; made if need be
	Fresh     bool       // start over: remove the runs and exports that are there
	Keep      store.Keep // which rows to store; empty is all
	Points    uint64     // design points; 0 is 1
	ShardSize uint64     // runs a shard; 0 is what the folder has, else DefaultShardSize

	// What the manifest says of the experiment. A folder with another scenario, seed or identity is
	// refused; one of another version is refused unless nothing is left to run.
	Scenario string
	Seed     uint64
	Version  string // of the program
	Brief    store.Brief

	// Progress, if set, is told about ten times a second how many runs of total are done, those of
	// earlier processes included, and once at the end. One call at a time, from another goroutine.
	Progress func(done, total uint64)

	// Fold, if set, gathers a summary of every run; it is stored with the shards and in Outcome.Fold.
	Fold Folder
}

// fill checks the options and fills in the defaults.
func (o Options) fill() (Options, error) {
	if o.Runs == 0 || o.Runs > MostRuns {
		return o, fmt.Errorf("runs: %d is not from 1 to 10^15; try 1000", o.Runs)
	}
	if o.Workers < 0 || o.Workers > 4096 {
		return o, fmt.Errorf("workers: %d is not from 1 to 4096; leave it out for one a core", o.Workers)
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.ShardSize > store.MaxShard {
		return o, fmt.Errorf("shard size: %d is not from 1 to %d; leave it out for %d", o.ShardSize, store.MaxShard, DefaultShardSize)
	}
	if o.Dir == "" {
		return o, fmt.Errorf("no folder is given for the results")
	}
	var err error
	if o.Keep, err = store.ParseKeep(string(o.Keep)); err != nil {
		return o, err
	}
	o.Points = max(o.Points, 1)
	return o, nil
}

// stride is the distance between the replications whose rows are kept: 1 for all, 0 for none, and for a
// sample the least power of two that keeps at most sampleRows rows, so that a longer experiment's
// sample is part of a shorter one's.
func stride(k store.Keep, runs, points uint64) uint64 {
	switch k {
	case store.All:
		return 1
	case store.None:
		return 0
	}
	s, replications := uint64(1), (runs+points-1)/points
	for replications > 1 && replications*points > sampleRows {
		s *= 2
		replications = (replications + 1) / 2
	}
	return s
}

// richer is the one of two ways of keeping rows that keeps more.
func richer(a, b store.Keep) store.Keep {
	for _, k := range []store.Keep{store.All, store.Sample} {
		if a == k || b == k {
			return k
		}
	}
	return store.None
}

// Outcome is what Run leaves behind.
type Outcome struct {
	Dir      string
	Runs     uint64   // whole runs in the folder, from 0 without a gap
	Asked    uint64   // runs asked for
	Played   uint64   // runs played and stored by this call
	Complete bool     // Runs >= Asked
	Fold     Fold     // of the Runs; nil without Options.Fold or if not Complete
	Notes    []string // what a person should know: more runs than asked, say
}
