package store

import (
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestScanProjects(t *testing.T) {
	f := makeFolder(t, t.TempDir(), 2500, 1000, 3, 1)
	if f.Runs() != 2500 || f.Rows() != 2500 {
		t.Fatalf("%d runs, %d rows", f.Runs(), f.Rows())
	}
	want := make(Row, 60)
	next := uint64(0)
	err := f.Scan([]string{"worth.w20", "run", "status"}, func(b *Block) error {
		for i := range b.N {
			fill(want, next, 3)
			if b.Cells[0][i] != want[20] || b.Cells[1][i] != next || b.Cells[2][i] != want[4] {
				t.Fatalf("run %d: %v", next, b.Cells)
			}
			if math.Float64bits(b.F(0, i)) != want[20] {
				t.Fatalf("run %d: F gives %v", next, b.F(0, i))
			}
			next++
		}
		return nil
	})
	if err != nil || next != 2500 {
		t.Fatalf("%d rows, %v", next, err)
	}
	next = 0
	err = f.Each(func(r Row) error {
		fill(want, next, 3)
		if !equal(r, want) {
			t.Fatalf("run %d: %v, want %v", next, r, want)
		}
		next++
		return nil
	})
	if err != nil || next != 2500 {
		t.Fatalf("%d rows, %v", next, err)
	}
	if err := f.Scan([]string{"nope"}, nil); err == nil || !strings.Contains(err.Error(), `"nope"`) {
		t.Errorf("an unknown column gives %v", err)
	}
	stop := errors.New("stop")
	if err := f.Scan(nil, func(*Block) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("an error of the reader gives %v", err)
	}
}

// A folder ends at the first shard that is missing or short.
func TestFolderEndsAtTheFirstGap(t *testing.T) {
	dir := t.TempDir()
	makeFolder(t, dir, 5000, 1000, 1, 1)
	if err := os.Rename(ShardPath(dir, 2), ShardPath(dir, 7)); err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir)
	if err != nil || f.Runs() != 2000 {
		t.Errorf("%v, %v", f, err)
	}
	// A shard in another's place is not read.
	if err := os.Rename(ShardPath(dir, 7), ShardPath(dir, 0)); err != nil {
		t.Fatal(err)
	}
	var d *DamagedError
	if _, err := Open(dir); !errors.As(err, &d) || !strings.Contains(err.Error(), "runs 2000 to 2999") {
		t.Errorf("a shard in the wrong place gives %v", err)
	}
}

// Rows of a sample stand evenly, and shards that kept more are read as if they had not.
func TestSamplesThin(t *testing.T) {
	dir := t.TempDir()
	makeFolder(t, dir, 3000, 1000, 6, 2)
	thin, err := Thin(dir, 1, 8)
	if err != nil || thin.Stride != 8 {
		t.Fatal(thin, err)
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var runs []uint64
	err = f.Each(func(r Row) error {
		want := make(Row, 60)
		fill(want, r[0], 6)
		if !equal(r, want) {
			t.Fatalf("run %d has another's row", r[0])
		}
		runs = append(runs, r[0])
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var want []uint64
	for r := range uint64(3000) {
		if r/6%8 == 0 {
			want = append(want, r)
		}
	}
	if !equal(runs, want) || f.Rows() != uint64(len(want)) {
		t.Errorf("%d rows, %d said, %d wanted", len(runs), f.Rows(), len(want))
	}
	var csv strings.Builder
	if err := f.csv(&csv, f.Rows()); err != nil || strings.Count(csv.String(), "\n") < len(want) {
		t.Errorf("the CSV of a sample: %v", err)
	}
}

func TestManifestComesBack(t *testing.T) {
	dir := t.TempDir()
	m := Manifest{Parley: "v1", Scenario: "madrid", Hash: "abc", Seed: math.MaxUint64, Runs: 3, Points: 2, ShardSize: 10, Rows: Sample, Stride: 4, Schema: wide()}
	m.Brief.Name = "madrid <&>"
	if err := m.Write(dir); err != nil {
		t.Fatal(err)
	}
	got, err := ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got.Seed != m.Seed || got.Rows != Sample || got.Schema.Sum() != m.Schema.Sum() || got.Brief.Name != m.Brief.Name {
		t.Errorf("came back as %+v", got)
	}
	b, err := os.ReadFile(filepath.Join(dir, ManifestFile))
	if err != nil || !strings.Contains(string(b), "madrid <&>") {
		t.Errorf("the manifest is hard to read: %v", err)
	}
	if _, err := ReadManifest(t.TempDir()); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "holds no runs") {
		t.Errorf("no manifest gives %v", err)
	}
}

func TestManifestRefusesNonsense(t *testing.T) {
	good := `{"format":1,"points":1,"shard_size":10,"rows":"all","schema":{"columns":[{"name":"run","kind":"int"}]}}`
	if _, err := decodeManifest([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{
		`"format":1`:       `"format":9`,
		`"points":1`:       `"points":0`,
		`"shard_size":10`:  `"shard_size":0`,
		`"rows":"all"`:     `"rows":"some"`,
		`"kind":"int"`:     `"kind":"text"`,
		`{"name":"run",`:   `{"name":"a,b",`,
		`"kind":"int"}`:    `"kind":"int"},{"name":"run","kind":"int"}`,
		`"kind":"int"}]`:   `"kind":"level"}]`,
		`"format"`:         `format`,
		`]}}`:              `]}}{}`,
		`"schema":{"colum`: `"schema":{"xcolum`,
	} {
		if m, err := decodeManifest([]byte(strings.Replace(good, from, to, 1))); err == nil {
			t.Errorf("%s for %s decodes as %+v", to, from, m)
		}
	}
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte(`{"format":1,"points":1,"shard_size":10,"rows":"all","schema":{"columns":[{"name":"run","kind":"int"}]}}`))
	f.Add([]byte(`{"format":1`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := decodeManifest(b)
		if (m == nil) == (err == nil) {
			t.Fatal("neither a manifest nor an error")
		}
		if err == nil {
			dir := t.TempDir()
			if err := m.Write(dir); err != nil {
				t.Fatal(err)
			}
			if _, err := ReadManifest(dir); err != nil {
				t.Fatalf("a manifest that was read does not read again: %v", err)
			}
		}
	})
}

func TestOthersAreRefusedWithTheReason(t *testing.T) {
	base := Manifest{Scenario: "madrid", Hash: "0123456789abcdef", Seed: 7, Points: 1, Schema: wide()}
	if err := base.Same("d", &base); err != nil {
		t.Fatal(err)
	}
	labelled := base
	labelled.Schema = wide()
	labelled.Schema.Columns[0].Label = "number of the run"
	if err := base.Same("d", &labelled); err != nil {
		t.Errorf("another label: %v", err)
	}
	for name, c := range map[string]struct {
		change func(*Manifest)
		want   []string
	}{
		"scenario": {func(m *Manifest) { m.Scenario = "anac" }, []string{`"madrid"`, `"anac"`}},
		"seed":     {func(m *Manifest) { m.Seed = 8 }, []string{"seed is 7, not 8"}},
		"hash":     {func(m *Manifest) { m.Hash = "fedcba98765432100" }, []string{"0123456789ab", "fedcba987654", "other numbers"}},
		"points":   {func(m *Manifest) { m.Points = 15 }, []string{"1 design points, not 15"}},
		"columns":  {func(m *Manifest) { m.Schema = wide(); m.Schema.Columns[3].Name = "x" }, []string{"column 4 is seed, not x"}},
		"levels":   {func(m *Manifest) { m.Schema = wide(); m.Schema.Columns[4].Levels[0] = "x" }, []string{"other columns"}},
		"fewer":    {func(m *Manifest) { m.Schema.Columns = m.Schema.Columns[:9] }, []string{"60, not 9"}},
	} {
		other := base
		c.change(&other)
		err := base.Same("results/x", &other)
		var o *OtherError
		if !errors.As(err, &o) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, w := range append(c.want, "results/x", "--fresh", "--out") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %q does not say %q", name, err, w)
			}
		}
	}
}

func TestWriteWholeLeavesNothingHalf(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x")
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	if err := WriteWhole(path, text("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := WriteWhole(path, func(w io.Writer) error {
		if err := text(strings.Repeat("new", 1e6))(w); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "old" {
		t.Errorf("the file holds %.20q", b)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("%v is left", entries)
	}
	if err := WriteWhole(path, text("new")); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(path); string(b) != "new" {
		t.Errorf("the file holds %.20q", b)
	}
	if err := WriteWhole(filepath.Join(dir, "no", "such"), text("")); err == nil {
		t.Error("a file in no folder is written")
	}
}

func TestPrepareSweepsAndClearKeepsOthersFiles(t *testing.T) {
	dir := t.TempDir()
	makeFolder(t, dir, 20, 10, 1, 1)
	for _, p := range []string{".part-1", "shards/.part-2", "notes.txt", "shards/readme", "shards/12.shard"} {
		if err := os.WriteFile(filepath.Join(dir, p), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := Prepare(dir); err != nil {
		t.Fatal(err)
	}
	if ks, err := Shards(dir); err != nil || !equal(ks, []uint64{0, 1}) {
		t.Errorf("shards %v, %v", ks, err)
	}
	if err := Clear(dir); err != nil {
		t.Fatal(err)
	}
	var left []string
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			rel, _ := filepath.Rel(dir, p)
			left = append(left, filepath.ToSlash(rel))
		}
		return nil
	})
	if !equal(left, []string{"notes.txt", "shards/12.shard", "shards/readme"}) {
		t.Errorf("left: %v", left)
	}
	if err := Clear(filepath.Join(dir, "none")); err != nil {
		t.Errorf("clearing no folder: %v", err)
	}
}
