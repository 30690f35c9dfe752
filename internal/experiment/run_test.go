package experiment

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/parley-sim/parley/internal/store"
)

// toy is a job whose rows are a hash of the run.
type toy struct {
	points uint64
	hash   string
	cells  int
	hook   func(ctx context.Context, first, n uint64) error
	emit   func(i uint64) uint64 // order of the runs in a shard
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

func (t *toy) Hash() string               { return t.hash }
func (t *toy) NewWorker() (Worker, error) { return &toyWorker{t}, nil }

type toyWorker struct{ *toy }

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (t *toyWorker) Shard(ctx context.Context, first, n uint64, emit func(store.Row) error) error {
	if t.hook != nil {
		if err := t.hook(ctx, first, n); err != nil {
			return err
		}
	}
	row := make(store.Row, len(t.Schema().Columns))
	for i := range n {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		run := first + i
		if t.emit != nil {
			run = first + t.emit(i)%n
		}
		t.fillRow(row, run)
		if err := emit(row); err != nil {
			return err
		}
	}
	return nil
}

func (t *toy) fillRow(row store.Row, run uint64) {
	point, rep := Place(run, max(t.points, 1))
	row[0], row[1], row[2] = run, point, rep
	h := mix(run + 1)
	row[3] = h % 3
	row[4] = 20_000 + h>>8%400
	row.PutF(5, []float64{10, 20, 30, 41.1, 51.1, math.NaN()}[h>>16%6])
	for k := 6; k < len(row); k++ {
		row.PutF(k, float64(mix(run<<8+uint64(k))>>11)*0x1p-53)
	}
}

func bytesOf(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[rel] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSmoke(t *testing.T) {
	dir := t.TempDir()
	out, err := Run(context.Background(), &toy{hash: "abc", cells: 60}, Options{Runs: 100_000, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", out)
	f, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	e, err := f.WriteCSV(store.CSVLimit)
	t.Log(e, err)
	e, err = f.WriteParquet()
	t.Log(e, err)
	for n, b := range bytesOf(t, dir) {
		if filepath.Dir(n) == "." {
			t.Log(n, len(b))
		}
	}
}
