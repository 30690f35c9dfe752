package experiment

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/parley-sim/parley/internal/store"
)

var keeps = []store.Keep{store.All, store.Sample, store.None}

func TestAnyNumberOfWorkersGivesTheSameBytes(t *testing.T) {
	for _, keep := range keeps {
		for _, size := range []uint64{1, 7, 100, 5000} {
			one, seven := options(t, 1234), options(t, 1234)
			one.Keep, seven.Keep = keep, keep
			one.ShardSize, seven.ShardSize = size, size
			one.Workers, seven.Workers = 1, 7
			if size < 10 {
				one.Runs, seven.Runs = 30*size, 30*size
			}
			a := run(t, plain, one)
			// The seven also hand in their rows in another order.
			shuffled := *plain
			shuffled.order = func(i, n uint64) uint64 { return n - 1 - i }
			b := run(t, &shuffled, seven)
			export(t, one.Dir)
			export(t, seven.Dir)
			same(t, fmt.Sprint(keep, " ", size), seven.Dir, one.Dir)
			if *a.Fold.(*sum) != *b.Fold.(*sum) || a.Fold.(*sum).N != one.Runs {
				t.Errorf("folds %+v and %+v", a.Fold, b.Fold)
			}
			if a.Played != one.Runs || a.Runs != one.Runs || len(a.Notes) != 0 {
				t.Errorf("outcome %+v", a)
			}
		}
	}
}

// The rows are the job's own, in order, with their place in the design.
func TestRowsAreTheJobs(t *testing.T) {
	opt := options(t, 1000)
	opt.Points = 6
	out := run(t, gridOf, opt)
	f, err := store.Open(opt.Dir)
	if err != nil {
		t.Fatal(err)
	}
	next, want := uint64(0), make(store.Row, 9)
	err = f.Each(func(r store.Row) error {
		gridOf.fill(want, next)
		for k := range want {
			if r[k] != want[k] {
				return fmt.Errorf("run %d, cell %d is %#x, not %#x", next, k, r[k], want[k])
			}
		}
		if r[2]*6+r[1] != next {
			return fmt.Errorf("run %d stands at point %d, replication %d", next, r[1], r[2])
		}
		next++
		return nil
	})
	if err != nil || next != 1000 {
		t.Errorf("%d rows, %v", next, err)
	}
	if len(out.Notes) != 1 || !strings.Contains(out.Notes[0], "6 design points") {
		t.Errorf("notes %q on an uneven design", out.Notes)
	}
}

// Stopped before any of its shards, an experiment continues to the same bytes.
func TestResumeAfterEveryShard(t *testing.T) {
	const runs = 1050
	for _, keep := range keeps {
		whole := options(t, runs)
		whole.Keep = keep
		run(t, plain, whole)
		export(t, whole.Dir)
		for stopAt := range uint64(11) {
			opt := options(t, runs)
			opt.Keep = keep
			opt.Workers = int(stopAt%3) + 1
			ctx, cancel := context.WithCancel(context.Background())
			job := *plain
			job.hook = func(_ context.Context, first, _ uint64) error {
				if first/100 == stopAt {
					cancel()
				}
				return nil
			}
			var out *Outcome
			var err error
			synctest.Test(t, func(*testing.T) { out, err = Run(ctx, &job, opt) }) // fails if a goroutine is left
			if !errors.Is(err, context.Canceled) || out == nil || out.Complete || out.Fold != nil {
				t.Fatalf("stopped at shard %d: %+v, %v", stopAt, out, err)
			}
			f, err := store.Open(opt.Dir)
			if err != nil || f.Runs() != out.Runs {
				t.Fatalf("stopped at shard %d: %v, %v", stopAt, f, err)
			}
			again := run(t, plain, opt)
			if again.Played != runs-out.Played {
				t.Errorf("stopped at shard %d: %d runs played, then %d", stopAt, out.Played, again.Played)
			}
			export(t, opt.Dir)
			same(t, fmt.Sprint(keep, ", stopped at shard ", stopAt), opt.Dir, whole.Dir)
		}
	}
}

// Stopped in the midst of any shard, it continues to the same bytes too.
func TestResumeAfterAnyRow(t *testing.T) {
	whole := options(t, 1050)
	run(t, plain, whole)
	for _, at := range []uint64{0, 1, 99, 100, 555, 1049} {
		opt := options(t, 1050)
		ctx, cancel := context.WithCancel(context.Background())
		job := *plain
		job.tamper = func(r store.Row, emit func(store.Row) error) error {
			if r[0] == at {
				cancel()
			}
			if err := ctx.Err(); err != nil && at%2 == 1 { // a worker may stop at once, or end its shard
				return err
			}
			return emit(r)
		}
		if _, err := Run(ctx, &job, opt); !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped at run %d: %v", at, err)
		}
		run(t, plain, opt)
		same(t, fmt.Sprint("stopped at run ", at), opt.Dir, whole.Dir)
	}
}

func TestExtendingIsRunningAtOnce(t *testing.T) {
	for _, keep := range keeps {
		for _, steps := range [][]uint64{{1, 2}, {50, 99, 100, 101}, {100, 1000}, {150, 1000, 1001}, {999, 1050}} {
			at := options(t, steps[len(steps)-1])
			at.Keep = keep
			want := run(t, plain, at)
			opt := at
			opt.Dir = t.TempDir()
			var out *Outcome
			for _, opt.Runs = range steps {
				out = run(t, plain, opt)
				if out.Runs != opt.Runs {
					t.Fatalf("%d runs, asked %d", out.Runs, opt.Runs)
				}
			}
			same(t, fmt.Sprint(keep, steps), opt.Dir, at.Dir)
			if *out.Fold.(*sum) != *want.Fold.(*sum) {
				t.Errorf("folds %+v and %+v", out.Fold, want.Fold)
			}
		}
	}
}

// A sample keeps whole replications, evenly spaced, and is the same however it came to its length.
func TestSampleExtends(t *testing.T) {
	for _, points := range []uint64{6, 1} {
		if points == 1 && testing.Short() {
			continue
		}
		job := &toy{hash: "abc", cells: 7, points: points}
		opt := options(t, 0)
		opt.Keep, opt.Points, opt.ShardSize = store.Sample, points, 2000
		at := opt
		at.Dir, at.Runs = t.TempDir(), 270_000
		run(t, job, at)
		for _, opt.Runs = range []uint64{90_000, 150_000, 270_000} {
			run(t, job, opt)
			f, err := store.Open(opt.Dir)
			if err != nil {
				t.Fatal(err)
			}
			if f.Rows() > sampleRows || f.Rows() < sampleRows/2 && opt.Runs >= sampleRows {
				t.Errorf("a sample of %d runs keeps %d rows", opt.Runs, f.Rows())
			}
			n, every := uint64(0), f.Manifest.Stride
			err = f.Scan([]string{"run", "replication"}, func(b *store.Block) error {
				for i := range b.N {
					if want := n / points * every; b.Cells[1][i] != want || b.Cells[0][i] != want*points+n%points {
						return fmt.Errorf("row %d of the sample is run %d", n, b.Cells[0][i])
					}
					n++
				}
				return nil
			})
			if err != nil || n != f.Rows() {
				t.Errorf("%d rows, said %d: %v", n, f.Rows(), err)
			}
		}
		export(t, opt.Dir)
		export(t, at.Dir)
		same(t, fmt.Sprint(points, " points"), opt.Dir, at.Dir)
	}
}

func TestStride(t *testing.T) {
	for _, c := range []struct {
		keep               store.Keep
		runs, points, want uint64
	}{
		{store.All, 1e9, 1, 1},
		{store.None, 10, 1, 0},
		{store.Sample, 1, 1, 1},
		{store.Sample, 100_000, 1, 1},
		{store.Sample, 100_001, 1, 2},
		{store.Sample, 1_000_000, 1, 16},
		{store.Sample, 1_000_000, 15, 16},
		{store.Sample, 300_000, 300_000, 1}, // never less than a replication
		{store.Sample, 900_000, 300_000, 4},
		{store.Sample, MostRuns, 1, 1 << 34},
	} {
		if got := stride(c.keep, c.runs, c.points); got != c.want {
			t.Errorf("%s of %d runs over %d points: stride %d, want %d", c.keep, c.runs, c.points, got, c.want)
		}
	}
}

func TestRepeatingIsFree(t *testing.T) {
	opt := options(t, 1000)
	run(t, plain, opt)
	before := contents(t, opt.Dir)
	job := *plain
	job.start = func() error { return errors.New("nothing was to be played") }
	for _, runs := range []uint64{1000, 300} {
		opt.Runs = runs
		out := run(t, &job, opt)
		if out.Played != 0 || out.Runs != 1000 || out.Fold.(*sum).N != 1000 {
			t.Errorf("repeated with %d: %+v", runs, out)
		}
		if (len(out.Notes) > 0) != (runs < 1000) {
			t.Errorf("repeated with %d: notes %q", runs, out.Notes)
		}
	}
	after := contents(t, opt.Dir)
	delete(before, store.ManifestFile) // says how many were asked for last
	for name := range before {
		if before[name] != after[name] {
			t.Errorf("%s changed", name)
		}
	}
	opt.Runs, opt.Fresh = 300, true
	if out := run(t, plain, opt); out.Runs != 300 || out.Played != 300 {
		t.Errorf("fresh: %+v", out)
	}
}

func TestOthersFoldersAreRefused(t *testing.T) {
	opt := options(t, 1000)
	run(t, plain, opt)
	before := contents(t, opt.Dir)
	for name, c := range map[string]struct {
		change func(*Options, *toy)
		want   string
	}{
		"hash":     {func(_ *Options, j *toy) { j.hash = "abd" }, "identity abc, not abd"},
		"scenario": {func(o *Options, _ *toy) { o.Scenario = "other" }, `scenario "toy", not "other"`},
		"seed":     {func(o *Options, _ *toy) { o.Seed = 8 }, "seed is 7, not 8"},
		"points":   {func(o *Options, _ *toy) { o.Points = 2 }, "1 design points, not 2"},
		"columns":  {func(_ *Options, j *toy) { j.cells = 8 }, "9, not 8"},
		"shards":   {func(o *Options, _ *toy) { o.ShardSize = 50 }, "100 runs, not 50"},
		"version":  {func(o *Options, _ *toy) { o.Version, o.Runs = "v2", 2000 }, `"v1", and this is "v2"`},
	} {
		o, job := opt, *plain
		c.change(&o, &job)
		_, err := Run(context.Background(), &job, o)
		var other *store.OtherError
		if !errors.As(err, &other) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), opt.Dir) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if fmt.Sprint(contents(t, opt.Dir)) != fmt.Sprint(before) {
		t.Error("a refusal changed the folder")
	}
	o := opt
	o.Version, o.ShardSize = "v2", 0 // nothing to play, and the shards' size is the folder's
	run(t, plain, o)
	if fmt.Sprint(contents(t, opt.Dir)) != fmt.Sprint(before) {
		t.Error("a newer version that had nothing to play changed the folder")
	}
	o.Fresh = true
	job := *plain
	job.hash = "abd"
	if out := run(t, &job, o); out.Played != 1000 {
		t.Errorf("fresh: %+v", out)
	}
}

func TestKeepingMoreOrLess(t *testing.T) {
	at := options(t, 1000)
	run(t, plain, at)
	none := options(t, 1000)
	none.Keep = store.None
	run(t, plain, none)
	if f, err := store.Open(none.Dir); err != nil || f.Rows() != 0 || f.Runs() != 1000 {
		t.Fatal(f, err)
	}
	// Asked for rows later, a folder without them plays again.
	none.Keep = store.All
	if out := run(t, plain, none); out.Played != 1000 {
		t.Errorf("none, then all: %+v", out)
	}
	same(t, "none, then all", none.Dir, at.Dir)
	// Asked for fewer, one with all of them keeps them.
	none.Keep, none.Runs = store.None, 1100
	out := run(t, plain, none)
	if out.Played != 100 || len(out.Notes) != 1 || !strings.Contains(out.Notes[0], "keeps all rows") {
		t.Errorf("all, then none: %+v", out)
	}
	if f, err := store.Open(none.Dir); err != nil || f.Rows() != 1100 {
		t.Error(f, err)
	}
}

// A fold of another kind is made from the rows if they are there, and played again if not.
func TestFoldsAreRemade(t *testing.T) {
	opt := options(t, 1050)
	want := run(t, plain, opt).Fold.(*sum)
	opt.Fold = sums{"sums/2"}
	out := run(t, plain, opt)
	if out.Played != 0 || *out.Fold.(*sum) != *want {
		t.Errorf("from rows: %+v, %+v", out, out.Fold)
	}
	opt = options(t, 1050)
	opt.Keep, opt.Fold = store.None, nil
	if out := run(t, plain, opt); out.Fold != nil {
		t.Errorf("a fold that no one asked for: %+v", out.Fold)
	}
	opt.Fold = sums{"sums/1"}
	out = run(t, plain, opt)
	if out.Played != 1050 || *out.Fold.(*sum) != *want {
		t.Errorf("without rows: %+v, %+v", out, out.Fold)
	}
	opt.Fold = nil // and are left alone by one who does not want them
	if out := run(t, plain, opt); out.Played != 0 {
		t.Errorf("without a fold: %+v", out)
	}
}

func TestTwoAtOnce(t *testing.T) {
	opt := options(t, 1000)
	var second error
	var once atomic.Bool
	job := *plain
	job.hook = func(ctx context.Context, _, _ uint64) error {
		if !once.Swap(true) {
			_, second = Run(ctx, plain, opt)
		}
		return nil
	}
	run(t, &job, opt)
	if !errors.Is(second, store.ErrBusy) || !strings.Contains(second.Error(), opt.Dir) {
		t.Errorf("the second gives %v", second)
	}
}

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(t, 1000)
		run(t, plain, opt)
		opt.Runs = 3000
		last, calls := uint64(0), 0
		opt.Progress = func(done, total uint64) {
			if done < last || done > total || total != 3000 || calls == 0 && done < 1000 {
				t.Errorf("progress went from %d to %d of %d", last, done, total)
			}
			last = done
			calls++
		}
		job := *plain
		job.hook = func(context.Context, uint64, uint64) error {
			time.Sleep(90 * time.Millisecond) // 20 shards by two players: 900 ms
			return nil
		}
		run(t, &job, opt)
		if last != 3000 || calls < 8 || calls > 10 {
			t.Errorf("%d calls, the last with %d", calls, last)
		}
		calls, last = 0, 0
		run(t, plain, opt)
		if calls != 1 || last != 3000 {
			t.Errorf("of a complete folder: %d calls, the last with %d", calls, last)
		}
	})
}

func TestBadOptions(t *testing.T) {
	for _, c := range []struct {
		change func(*Options)
		want   string
	}{
		{func(o *Options) { o.Runs = 0 }, "runs: 0 is not from 1"},
		{func(o *Options) { o.Runs = math.MaxUint64 }, "runs: 18446744073709551615"},
		{func(o *Options) { o.Workers = -1 }, "workers: -1"},
		{func(o *Options) { o.ShardSize = 1 << 40 }, "shard size: 1099511627776"},
		{func(o *Options) { o.Keep = "some" }, `"some" is not all, sample or none`},
		{func(o *Options) { o.Dir = "" }, "no folder"},
	} {
		opt := options(t, 10)
		c.change(&opt)
		if out, err := Run(context.Background(), plain, opt); err == nil || out != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q wanted: %v, %v", c.want, out, err)
		}
	}
}

func TestBadWorkers(t *testing.T) {
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		change func(*toy)
		want   string
	}{
		"start":  {func(j *toy) { j.start = func() error { return broken } }, "broken"},
		"stop":   {func(j *toy) { j.stop = func() error { return broken } }, "broken"},
		"shard":  {func(j *toy) { j.hook = func(_ context.Context, first, _ uint64) error { return broken } }, "runs "},
		"panic":  {func(j *toy) { j.hook = func(_ context.Context, first, _ uint64) error { panic("ouch") } }, "ouch"},
		"twice":  {func(j *toy) { j.order = func(i, _ uint64) uint64 { return i / 2 } }, "came twice"},
		"beyond": {func(j *toy) { j.order = func(i, _ uint64) uint64 { return i + 1 } }, "not of this shard"},
		"few": {func(j *toy) {
			j.tamper = func(r store.Row, emit func(store.Row) error) error {
				if r[0]%100 == 99 {
					return nil
				}
				return emit(r)
			}
		}, "not every run came: 99 of 100"},
		"narrow": {func(j *toy) {
			j.tamper = func(r store.Row, emit func(store.Row) error) error { return emit(r[:8]) }
		}, "8 cells, not 9"},
	} {
		opt := options(t, 1000)
		job := *plain
		c.change(&job)
		var out *Outcome
		var err error
		synctest.Test(t, func(*testing.T) { out, err = Run(context.Background(), &job, opt) }) // fails if a goroutine is left
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		var p *PanicError
		if errors.As(err, &p) != (name == "panic") || p != nil && len(p.Stack) == 0 {
			t.Errorf("%s: %#v", name, err)
		}
		if name != "stop" && (out == nil || out.Runs != 0) {
			t.Errorf("%s: %+v", name, out)
		}
		if out := run(t, plain, opt); out.Runs != 1000 { // and the folder is fit for use
			t.Errorf("%s, then well: %+v", name, out)
		}
	}
}

func TestDamagedShardsAreNamed(t *testing.T) {
	opt := options(t, 1000)
	opt.Keep = store.None
	run(t, plain, opt)
	want := contents(t, opt.Dir)
	path := store.ShardPath(opt.Dir, 4)
	for name, change := range map[string]func([]byte) []byte{
		"header": func(b []byte) []byte { b[20] ^= 1; return b },
		"cut":    func(b []byte) []byte { return b[:len(b)-1] },
		"fold":   func(b []byte) []byte { b[len(b)-6] ^= 1; return b },
		"empty":  func([]byte) []byte { return nil },
	} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, change(b), 0o644); err != nil {
			t.Fatal(err)
		}
		var d *store.DamagedError
		if _, err := Run(context.Background(), plain, opt); !errors.As(err, &d) || d.Path != path || !strings.Contains(err.Error(), "delete it") {
			t.Errorf("%s: %v", name, err)
		}
		if err := os.Remove(path); err != nil { // as the error says
			t.Fatal(err)
		}
		if out := run(t, plain, opt); out.Played != 100 {
			t.Errorf("%s, deleted: %+v", name, out)
		}
		if fmt.Sprint(contents(t, opt.Dir)) != fmt.Sprint(want) {
			t.Errorf("%s: not the same bytes again", name)
		}
	}
}

// The schema must start with the run.
func TestFirstColumnIsTheRun(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a job without a run column does not panic")
		}
	}()
	Run(context.Background(), other{plain}, options(t, 10))
}

type other struct{ *toy }

func (o other) Schema() store.Schema {
	s := o.toy.Schema()
	s.Columns[0].Name = "n"
	return s
}

func TestEstimate(t *testing.T) {
	opt := options(t, 50_000)
	opt.ShardSize, opt.Workers = 0, 1
	dir := opt.Dir
	opt.Dir = ""
	f, err := Estimate(context.Background(), plain, opt)
	if err != nil {
		t.Fatal(err)
	}
	opt.Dir = dir
	run(t, plain, opt)
	export(t, dir)
	var shards, exports uint64
	for name, b := range contents(t, dir) {
		switch {
		case strings.HasPrefix(name, "shards/"):
			shards += uint64(len(b))
		case filepath.Ext(name) == ".csv", filepath.Ext(name) == ".parquet":
			exports += uint64(len(b))
		}
	}
	near := func(what string, got, want uint64) {
		t.Helper()
		if r := float64(got) / float64(want); r < 0.8 || r > 1.25 {
			t.Errorf("%s: %d bytes expected, %d written", what, got, want)
		}
	}
	near("shards", f.Shards, shards)
	near("exports", f.Exports, exports)
	if f.Runs != 50_000 || f.Sampled != DefaultShardSize || f.Rate <= 0 || f.Time <= 0 || f.Bytes() != f.Shards+f.Exports {
		t.Errorf("forecast %+v", f)
	}
	opt.Runs, opt.Dir = 1_000_000_000_000, ""
	if f, err = Estimate(context.Background(), plain, opt); err != nil || f.Time.Hours() < 1 || f.Bytes() < 1e13 {
		t.Errorf("of 10^12 runs: %+v, %v", f, err)
	}
	opt.Keep = store.None
	if f, err = Estimate(context.Background(), plain, opt); err != nil || f.Exports != 0 || f.Shards > 1e12 {
		t.Errorf("of 10^12 runs without rows: %+v, %v", f, err)
	}
	opt.Runs = 0
	if _, err = Estimate(context.Background(), plain, opt); err == nil {
		t.Error("an estimate of 0 runs")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	opt.Runs = 10
	if _, err = Estimate(ctx, plain, opt); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
