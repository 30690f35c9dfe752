package store

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// small is a folder of a few rows that shows every kind of cell.
func small(t *testing.T) *Folder {
	t.Helper()
	s := Schema{Version: 1, Columns: []Column{
		{Name: "run", Kind: Int},
		{Name: "status", Kind: Level, Levels: []string{"lasting", "no deal, \"yet\"", " two\nlines"}},
		{Name: "date", Kind: Date},
		{Name: "worth", Kind: Float},
	}}
	dir := t.TempDir()
	m := Manifest{Hash: "h", Points: 1, ShardSize: 10, Rows: All, Schema: s}
	f := math.Float64bits
	rows := []uint64{
		0, 0, 20391, f(0.1),
		1, 1, uint64(math.MaxUint64), f(-1e-7),
		2, 2, 0, f(51.1),
		3, Missing, Missing, Missing,
		math.MaxUint64, 9, 11016, f(1.0 / 3),
		5, 0, 19417, f(1e15),
		6, 0, 19417, f(123456789),
		7, 0, 19417, f(math.Copysign(0, -1)),
	}
	if err := errors.Join(Prepare(dir), m.Write(dir),
		WriteShard(dir, 0, new(Encoder).Encode(Header{Hash: "h", Schema: s.Sum(), N: 8, Points: 1, Stride: 1}, 4, rows, nil))); err != nil {
		t.Fatal(err)
	}
	folder, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestCSVText(t *testing.T) {
	f := small(t)
	e, err := f.WriteCSV(CSVLimit)
	if err != nil || e.Rows != 8 || e.Note() != "" {
		t.Fatal(e, err)
	}
	b, err := os.ReadFile(e.Path)
	if err != nil {
		t.Fatal(err)
	}
	want := `run,status,date,worth
0,lasting,2025-10-30,0.1
1,"no deal, ""yet""",1969-12-31,-1e-07
2," two
lines",1970-01-01,51.1
3,,,
-1,#9?,2000-02-29,0.3333333333333333
5,lasting,2023-03-01,1e+15
6,lasting,2023-03-01,123456789
7,lasting,2023-03-01,-0
`
	if string(b) != want {
		t.Errorf("got\n%s\nwant\n%s", b, want)
	}
}

func TestCSVStopsAtTheLimit(t *testing.T) {
	f := makeFolder(t, t.TempDir(), 3500, 1000, 1, 1)
	var whole strings.Builder
	if err := f.csv(&whole, 3500); err != nil {
		t.Fatal(err)
	}
	all := readCSV(t, strings.NewReader(whole.String()))
	for _, limit := range []uint64{0, 1, 999, 1000, 1001, 3499, 3500, 9999} {
		e, err := f.WriteCSV(limit)
		if err != nil || e.Rows != min(limit, 3500) {
			t.Fatal(e, err)
		}
		file, err := os.Open(e.Path)
		if err != nil {
			t.Fatal(err)
		}
		got := readCSV(t, file)
		file.Close()
		if len(got) != int(e.Rows)+1 || fmt.Sprint(got) != fmt.Sprint(all[:len(got)]) {
			t.Errorf("limit %d: %d lines", limit, len(got))
		}
		if cut := e.Note() != ""; cut != (limit < 3500) {
			t.Errorf("limit %d: note %q", limit, e.Note())
		}
	}
	e := Export{"d/runs.csv", CSVLimit, 2_000_000, 2_000_000}
	if got, want := e.Note(), "runs.csv holds the first 1,048,575 of 2,000,000 rows, all that a spreadsheet takes; runs.parquet holds them all"; got != want {
		t.Errorf("note %q, want %q", got, want)
	}
	e = Export{"d/runs.csv", 62_500, 62_500, 1_000_000}
	if got, want := e.Note(), "runs.csv holds an evenly spaced sample, 62,500 of 1,000,000 runs"; got != want {
		t.Errorf("note %q, want %q", got, want)
	}
}

func readCSV(t *testing.T, r io.Reader) [][]string {
	t.Helper()
	out, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// runs.parquet, read by the library's own reader, holds the rows of the shards, and runs.csv the same.
func TestExportsAgree(t *testing.T) {
	size := uint64(1000)
	for _, runs := range []uint64{0, 1, 3500, rowGroup + 5000} {
		if runs > 10_000 && testing.Short() {
			continue
		}
		f := makeFolder(t, t.TempDir(), runs, size, 3, 1)
		c, err := f.WriteCSV(CSVLimit)
		if err != nil {
			t.Fatal(err)
		}
		p, err := f.WriteParquet()
		if err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(c.Path)
		if err != nil {
			t.Fatal(err)
		}
		lines := readCSV(t, file)
		file.Close()
		text := readParquet(t, p.Path, f.Schema())
		if len(lines) != len(text) || len(lines) != int(runs)+1 {
			t.Fatalf("%d runs: %d lines, %d rows", runs, len(lines), len(text))
		}
		for i := range lines {
			if strings.Join(lines[i], "|") != strings.Join(text[i], "|") {
				t.Fatalf("row %d is\n%q in CSV and\n%q in Parquet", i, lines[i], text[i])
			}
		}
		row := make(Row, 60)
		for i := range runs { // the CSV reads back to the very same bits
			fill(row, i, 3)
			for k, s := range lines[i+1] {
				v := uint64(Missing)
				switch c := f.Schema().Columns[k]; {
				case s == "":
				case c.Kind == Float:
					x, err := strconv.ParseFloat(s, 64)
					if err != nil {
						t.Fatal(err)
					}
					v = math.Float64bits(x)
				default:
					v = row[k]
				}
				if v != row[k] {
					t.Fatalf("run %d, column %d: %q is not %#x", i, k, s, row[k])
				}
			}
		}
	}
}

// readParquet gives the cells as the CSV prints them, column names first.
func readParquet(t *testing.T, path string, s *Schema) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	st, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	pf, err := parquet.OpenFile(file, st.Size())
	if err != nil {
		t.Fatal(err)
	}
	var head []string
	for _, c := range pf.Schema().Columns() {
		head = append(head, strings.Join(c, "/"))
	}
	out := [][]string{head}
	for _, g := range pf.RowGroups() {
		rows := g.Rows()
		buf := make([]parquet.Row, 500)
		for {
			n, err := rows.ReadRows(buf)
			for _, r := range buf[:n] {
				line := make([]string, len(r))
				for _, v := range r {
					line[v.Column()] = parquetText(v, s.Columns[v.Column()].Kind)
				}
				out = append(out, line)
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		rows.Close()
	}
	return out
}

func parquetText(v parquet.Value, k Kind) string {
	switch {
	case v.IsNull():
		return ""
	case k == Int:
		return strconv.FormatInt(v.Int64(), 10)
	case k == Float:
		return string(appendFloat(nil, v.Double()))
	case k == Date:
		return string(appendDate(nil, int64(v.Int32())))
	}
	return string(v.ByteArray())
}

func TestParquetOfEveryKind(t *testing.T) {
	f := small(t)
	p, err := f.WriteParquet()
	if err != nil {
		t.Fatal(err)
	}
	got := readParquet(t, p.Path, f.Schema())
	var text strings.Builder
	if err := f.csv(&text, 8); err != nil {
		t.Fatal(err)
	}
	if want := readCSV(t, strings.NewReader(text.String())); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("Parquet holds %q, the CSV %q", got, want)
	}
}

// Exports do not depend on when or by how many goroutines they are made.
func TestExportsRepeat(t *testing.T) {
	f := makeFolder(t, t.TempDir(), 3500, 1000, 1, 1)
	var first [2]string
	for i := range 3 {
		if _, err := f.WriteCSV(CSVLimit); err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteParquet(); err != nil {
			t.Fatal(err)
		}
		for k, name := range []string{CSVFile, ParquetFile} {
			b, err := os.ReadFile(filepath.Join(f.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				first[k] = string(b)
			}
			if string(b) != first[k] {
				t.Errorf("%s is not the same again", name)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	f := makeFolder(t, t.TempDir(), 1000, 1000, 1, 1)
	_, rows, _ := sample(0, 1000, 1, 1, "")
	c, p, err := Sizes(f.Schema(), rows)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := f.csv(&text, 1000); err != nil {
		t.Fatal(err)
	}
	e, err := f.WriteParquet()
	if err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(e.Path)
	if err != nil {
		t.Fatal(err)
	}
	if head := strings.Index(text.String(), "\n") + 1; c != text.Len()-head || p != int(st.Size()) {
		t.Errorf("%d and %d bytes said, %d and %d written", c, p, text.Len()-head, st.Size())
	}
}
