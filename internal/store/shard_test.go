package store

import (
	"bytes"
	"errors"
	"io/fs"
	"math"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// cells draws a column of one of the shapes that the forms are made for.
func cells(t *rapid.T, n int) []uint64 {
	out := make([]uint64, n)
	base := rapid.Uint64().Draw(t, "base")
	span := rapid.SampledFrom([]uint64{0, 1, 253, 254, 255, 256, 65534, 65535, 65536, 1<<32 - 2, 1<<32 - 1, 1 << 40, math.MaxUint64}).Draw(t, "span")
	distinct := rapid.SampledFrom([]int{1, 2, 255, 256, 257, 1 << 20}).Draw(t, "distinct")
	gaps := rapid.Bool().Draw(t, "gaps")
	for i := range out {
		v := mix(uint64(i % distinct))
		if span < math.MaxUint64 {
			v %= span + 1
		}
		out[i] = base + v
		if gaps && mix(uint64(i))%7 == 0 {
			out[i] = Missing
		}
	}
	return out
}

func TestColumnsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := cells(t, rapid.IntRange(1, 700).Draw(t, "n"))
		var c columnCoder
		b := c.put(nil, in)
		out := make([]uint64, len(in))
		if err := getColumn(out, b); err != nil {
			t.Fatal(err)
		}
		for i := range in {
			if in[i] != out[i] {
				t.Fatalf("form %d: cell %d is %#x, was %#x", b[0], i, out[i], in[i])
			}
		}
		if most := 8*len(in) + 10; len(b) > most {
			t.Fatalf("%d bytes for %d cells", len(b), len(in))
		}
		for cut := range min(len(b), 40) { // a column cut short never decodes
			if err := getColumn(out, b[:len(b)-1-cut]); err == nil {
				t.Fatal("a column that is cut decodes")
			}
		}
	})
}

// Each kind of column takes the form, and the bytes, meant for it.
func TestColumnForms(t *testing.T) {
	const n = 1000
	column := func(f func(i uint64) uint64) []uint64 {
		out := make([]uint64, n)
		for i := range out {
			out[i] = f(uint64(i))
		}
		return out
	}
	fl := math.Float64bits
	for name, c := range map[string]struct {
		in   []uint64
		form byte
		size int
	}{
		"all missing":     {column(func(uint64) uint64 { return Missing }), formConstant, 9},
		"one seed":        {column(func(uint64) uint64 { return 7 }), formConstant, 9},
		"levels":          {column(func(i uint64) uint64 { return i % 5 }), formNarrow1, 9 + n},
		"levels, gaps":    {column(func(i uint64) uint64 { return []uint64{3, Missing}[i%2] }), formNarrow1, 9 + n},
		"runs":            {column(func(i uint64) uint64 { return 1<<40 + i }), formNarrow2, 9 + 2*n},
		"below nought":    {column(func(i uint64) uint64 { return -i }), formNarrow2, 9 + 2*n},
		"far apart":       {column(func(i uint64) uint64 { return i * 1 << 20 }), formNarrow4, 9 + 4*n},
		"tariffs":         {column(func(i uint64) uint64 { return []uint64{fl(10), fl(41.1), fl(51.1), Missing}[i%4] }), formListed, 2 + 4*8 + n},
		"256 numbers":     {column(func(i uint64) uint64 { return mix(i % 256) }), formListed, 2 + 256*8 + n},
		"draws":           {column(func(i uint64) uint64 { return fl(float64(mix(i)>>11) * 0x1p-53) }), formPlain, 1 + 8*n},
		"ends of the int": {[]uint64{1 << 63, 1<<63 - 1}, formPlain, 17},
	} {
		var coder columnCoder
		b := coder.put(nil, c.in)
		if b[0] != c.form || len(b) != c.size {
			t.Errorf("%s: form %d in %d bytes, want form %d in %d", name, b[0], len(b), c.form, c.size)
		}
		out := make([]uint64, len(c.in))
		if err := getColumn(out, b); err != nil || !equal(out, c.in) {
			t.Errorf("%s: does not come back: %v", name, err)
		}
	}
}

// sample is a shard with its rows.
func sample(first, n, points, stride uint64, fold string) (Header, []uint64, []byte) {
	s := wide()
	h := Header{Hash: "0123456789abcdef", Schema: s.Sum(), First: first, N: n, Points: points, Stride: stride, Fold: fold}
	var rows []uint64
	row := make(Row, len(s.Columns))
	for r := first; r < first+n; r++ {
		if h.Keeps(r) {
			fill(row, r, points)
			rows = append(rows, row...)
		}
	}
	var bytes []byte
	if fold != "" {
		bytes = []byte("what " + fold + " gathered")
	}
	return h, rows, bytes
}

// decode reads all of a shard file.
func decode(file []byte) (Header, []uint64, []byte, error) {
	s, err := readShard(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return Header{}, nil, nil, err
	}
	// Room for the rows is only made for columns that are there and whole.
	rows := []uint64{}
	for k := range s.width() {
		cells := make([]uint64, s.kept)
		if err := s.column(k, cells); err != nil {
			return s.Header, nil, nil, err
		}
		if k == 0 {
			rows = make([]uint64, s.kept*s.width())
		}
		for i, c := range cells {
			rows[i*s.width()+k] = c
		}
	}
	fold, err := s.fold()
	return s.Header, rows, bytes.Clone(fold), err
}

func equal[T comparable](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestShardsComeBack(t *testing.T) {
	var e Encoder
	for _, c := range []struct {
		first, n, points, stride uint64
		fold                     string
	}{
		{0, 1, 1, 1, ""},
		{0, 2000, 1, 1, "sums/1"},
		{4000, 2000, 3, 8, "sums/1"},
		{2000, 17, 1, 0, "sums/1"},
		{1 << 50, 300, 7, 1, ""},
		{0, 2000, 1, 1 << 40, ""},
	} {
		h, rows, fold := sample(c.first, c.n, c.points, c.stride, c.fold)
		file := bytes.Clone(e.Encode(h, 60, rows, fold))
		gh, grows, gfold, err := decode(file)
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		if gh != h || !equal(grows, rows) || !bytes.Equal(gfold, fold) {
			t.Errorf("%+v: another shard came back", c)
		}
		var other Encoder
		if !bytes.Equal(file, other.Encode(h, 60, rows, fold)) {
			t.Errorf("%+v: not the same bytes again", c)
		}
	}
}

// Every byte changed and every cut is noticed.
func TestShardsNoticeDamage(t *testing.T) {
	h, rows, fold := sample(0, 5, 1, 1, "f")
	file := bytes.Clone(new(Encoder).Encode(h, 60, rows, fold))
	for i := range file {
		for _, flip := range []byte{1, 0x80, 0xff} {
			file[i] ^= flip
			if _, _, _, err := decode(file); err == nil {
				t.Fatalf("byte %d of %d changed, and nothing was noticed", i, len(file))
			}
			file[i] ^= flip
		}
	}
	for n := range file {
		if _, _, _, err := decode(file[:n]); err == nil {
			t.Fatalf("cut to %d of %d bytes, and nothing was noticed", n, len(file))
		}
	}
	if _, _, _, err := decode(append(bytes.Clone(file), 0)); err == nil {
		t.Error("a byte too many was not noticed")
	}
	newer := bytes.Clone(file)
	newer[7]++
	if _, _, _, err := decode(newer); err == nil || !strings.Contains(err.Error(), "format 2; this parley reads format 1") {
		t.Errorf("a newer format gives %v", err)
	}
}

func TestDamagedShardIsNamed(t *testing.T) {
	dir := t.TempDir()
	f := makeFolder(t, dir, 5000, 1000, 1, 1)
	path := ShardPath(dir, 3)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, read := range map[string]func() error{
		"scan":    func() error { return f.Scan(nil, func(*Block) error { return nil }) },
		"csv":     func() error { _, err := f.WriteCSV(CSVLimit); return err },
		"parquet": func() error { _, err := f.WriteParquet(); return err },
		"thin":    func() error { _, err := Thin(dir, 3, 4); return err },
	} {
		var d *DamagedError
		if err := read(); !errors.As(err, &d) || d.Path != path || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v does not name %s", name, err, path)
		}
	}
	if err := f.EachOf(2, func(Row) error { return nil }); err != nil {
		t.Errorf("a whole shard beside it: %v", err)
	}
	for _, left := range []string{CSVFile, ParquetFile} {
		if _, err := os.Stat(dir + "/" + left); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s was left half written", left)
		}
	}
	if err := os.Truncate(path, int64(len(b)-1)); err != nil {
		t.Fatal(err)
	}
	var d *DamagedError
	if _, err := Open(dir); !errors.As(err, &d) || d.Path != path {
		t.Errorf("opening with a cut shard gives %v", err)
	}
}

func FuzzShard(f *testing.F) {
	var e Encoder
	h := Header{Hash: "h", N: 3, Points: 1, Stride: 1}
	f.Add(bytes.Clone(e.Encode(h, 2, []uint64{0, 9, 1, Missing, 2, 1 << 50}, nil)))
	h.Stride, h.Fold = 2, "f"
	f.Add(bytes.Clone(e.Encode(h, 1, []uint64{0, 2}, []byte("x"))))
	h.Stride = 0
	f.Add(bytes.Clone(e.Encode(h, 3, nil, []byte("xy"))))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, rows, fold, err := decode(b)
		if err != nil {
			return
		}
		if got := len(rows); got%max(h.Kept(), 1) != 0 {
			t.Fatalf("%d cells for %d rows", got, h.Kept())
		}
		if h.Kept() == 0 {
			return
		}
		// What decodes encodes to the same rows again.
		width := len(rows) / h.Kept()
		h2, rows2, fold2, err := decode(new(Encoder).Encode(h, width, rows, fold))
		if err != nil || h2 != h || !equal(rows, rows2) || !bytes.Equal(fold, fold2) {
			t.Fatalf("a shard does not survive: %v", err)
		}
	})
}

// FuzzShardHeader mends the header's checksum, so that the fuzzer gets behind it.
func FuzzShardHeader(f *testing.F) {
	h := Header{Hash: "h", Fold: "f", N: 3, Points: 1, Stride: 1}
	file := bytes.Clone(new(Encoder).Encode(h, 2, []uint64{0, 9, 1, Missing, 2, 1 << 50}, []byte("x")))
	head := int(file[8])
	f.Add(bytes.Clone(file[12:12+head]), bytes.Clone(file[12+head+4:]))
	f.Add([]byte{0, 0, 0, 0, 255, 255, 255, 255, 15, 1, 1, 1, 0}, []byte{})
	f.Fuzz(func(t *testing.T, head, body []byte) {
		b := append([]byte(magic), byte(len(head)), byte(len(head)>>8), byte(len(head)>>16), 0)
		b = appendSum(append(b, head...), 0)
		_, _, _, _ = decode(append(b, body...))
	})
}

func FuzzColumn(f *testing.F) {
	var c columnCoder
	for _, in := range [][]uint64{{1, 1}, {1, 200, Missing}, {1, 60_000, 2}, {1, 1 << 31, 7}, {1 << 60, 2, 1 << 60, 1 << 60}, {1 << 60, 2, 1 << 61}} {
		f.Add(len(in), c.put(nil, in))
	}
	f.Fuzz(func(t *testing.T, n int, b []byte) {
		if n < 1 || n > 10_000 {
			return
		}
		out := make([]uint64, n)
		if getColumn(out, b) != nil {
			return
		}
		var c columnCoder
		again := make([]uint64, n)
		if err := getColumn(again, c.put(nil, out)); err != nil || !equal(out, again) {
			t.Fatalf("%v does not survive: %v, %v", out, again, err)
		}
	})
}
