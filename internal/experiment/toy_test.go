package experiment

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/parley-sim/parley/internal/store"
)

// toy is a job whose rows are a hash of the run.
type toy struct {
	points uint64
	hash   string
	cells  int
	order  func(i, n uint64) uint64                              // the i-th run a shard emits
	hook   func(ctx context.Context, first, n uint64) error      // called before a shard
	tamper func(row store.Row, emit func(store.Row) error) error // in place of emit
	start  func() error                                          // called for a new worker
	stop   func() error                                          // called when it closes
}

func (t *toy) Schema() store.Schema {
	s := store.Schema{Version: 1, Columns: []store.Column{
		{Name: "run", Kind: store.Int, Role: "id"},
		{Name: "point", Kind: store.Int, Role: "id"},
		{Name: "replication", Kind: store.Int, Role: "id"},
		{Name: "status", Kind: store.Level, Role: "end", Levels: []string{"lasting", "no_deal", "say, \"what\"?"}},
		{Name: "date", Kind: store.Date, Role: "end"},
		{Name: "issue.tariff", Kind: store.Float, Role: "issue"},
	}}
	for i := len(s.Columns); i < t.cells; i++ {
		s.Columns = append(s.Columns, store.Column{Name: "draw." + string(rune('a'+i/26)) + string(rune('a'+i%26)), Kind: store.Float, Role: "draw"})
	}
	return s
}

func (t *toy) Hash() string { return t.hash }

func (t *toy) NewWorker() (Worker, error) {
	if t.start != nil {
		if err := t.start(); err != nil {
			return nil, err
		}
	}
	return &toyWorker{t, make(store.Row, len(t.Schema().Columns))}, nil
}

type toyWorker struct {
	*toy
	row store.Row
}

func (w *toyWorker) Close() error {
	if w.stop != nil {
		return w.stop()
	}
	return nil
}

func (w *toyWorker) Shard(ctx context.Context, first, n uint64, emit func(store.Row) error) error {
	if w.hook != nil {
		if err := w.hook(ctx, first, n); err != nil {
			return err
		}
	}
	for i := range n {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		run := first + i
		if w.order != nil {
			run = first + w.order(i, n)
		}
		w.fill(w.row, run)
		send := emit
		if w.tamper != nil {
			send = func(r store.Row) error { return w.tamper(r, emit) }
		}
		if err := send(w.row); err != nil {
			return err
		}
	}
	return nil
}

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// fill makes the row of a run.
func (t *toy) fill(row store.Row, run uint64) {
	point, rep := Place(run, max(t.points, 1))
	h := mix(run + 1)
	row[0], row[1], row[2] = run, point, rep
	row[3] = h % 3
	row[4] = 20_000 + h>>8%400
	row.PutF(5, []float64{10, 20, 30, 41.1, 51.1, math.NaN()}[h>>16%6])
	for k := 6; k < len(row); k++ {
		row.PutF(k, float64(mix(run<<8+uint64(k))>>11)*0x1p-53)
	}
}

// sums is a fold that tells every row, and the order of the rows, apart.
type sums struct{ name string }

func (s sums) Name() string { return s.name }
func (s sums) New() Fold    { return &sum{} }

type sum struct {
	N, Chain uint64
	Sum      float64
}

func (s *sum) Add(row store.Row) {
	s.N++
	s.Sum += row.F(6)
	s.Chain += row[0] * row[0] * (row[3] + 1)
}

func (s *sum) Merge(next Fold) error {
	o := next.(*sum)
	s.N += o.N
	s.Sum += o.Sum
	s.Chain = s.Chain*3 + o.Chain
	return nil
}

func (s *sum) MarshalBinary() ([]byte, error) { return binary.Append(nil, binary.LittleEndian, s) }

func (s *sum) UnmarshalBinary(b []byte) error {
	if len(b) != 24 {
		return errors.New("not 24 bytes")
	}
	_, err := binary.Decode(b, binary.LittleEndian, s)
	return err
}

// contents are the files of a folder by name, the lock apart.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".lock" {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// same fails the test unless two folders hold the same files with the same bytes.
func same(t testing.TB, what, got, want string) {
	t.Helper()
	g, w := contents(t, got), contents(t, want)
	names := map[string]bool{}
	for n := range g {
		names[n] = true
	}
	for n := range w {
		names[n] = true
	}
	var differ []string
	for n := range names {
		if g[n] != w[n] {
			differ = append(differ, n)
		}
	}
	sort.Strings(differ)
	if len(differ) > 0 {
		t.Fatalf("%s: not the same bytes in %v", what, differ)
	}
}

// export writes both exports.
func export(t testing.TB, dir string) {
	t.Helper()
	f, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteCSV(store.CSVLimit); err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteParquet(); err != nil {
		t.Fatal(err)
	}
}

// run runs a job that must not fail.
func run(t testing.TB, job Job, opt Options) *Outcome {
	t.Helper()
	out, err := Run(context.Background(), job, opt)
	if err != nil {
		t.Fatal(err)
	}
	if !out.Complete || out.Runs < opt.Runs {
		t.Fatalf("not complete: %+v", out)
	}
	return out
}

// options are those of a small experiment in a new folder.
func options(t testing.TB, runs uint64) Options {
	return Options{Runs: runs, Dir: t.TempDir(), ShardSize: 100, Scenario: "toy", Seed: 7, Version: "v1", Workers: 2, Fold: sums{"sums/1"}}
}

var (
	plain  = &toy{hash: "abc", cells: 9}
	gridOf = &toy{hash: "abc", cells: 9, points: 6}
)
