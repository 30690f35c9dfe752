package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	shardDir    = "shards"
	shardSuffix = ".shard"
)

// ShardPath is where shard number k of an experiment's folder stands.
func ShardPath(dir string, k uint64) string {
	return filepath.Join(dir, shardDir, fmt.Sprintf("%09d%s", k, shardSuffix))
}

// WriteShard writes shard number k whole.
func WriteShard(dir string, k uint64, file []byte) error {
	return WriteWhole(ShardPath(dir, k), func(w io.Writer) error {
		_, err := w.Write(file)
		return err
	})
}

// ReadHeader reads the header of shard number k. The error wraps fs.ErrNotExist if there is none, or is
// a *DamagedError.
func ReadHeader(dir string, k uint64) (Header, error) {
	s, f, err := openShard(ShardPath(dir, k))
	if err != nil {
		return Header{}, err
	}
	defer f.Close()
	return s.Header, nil
}

// Create makes a folder if need be, so that it can be locked.
func Create(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return explain(dir, err)
	}
	return nil
}

// Prepare makes a folder ready for shards, and removes what a killed process left half written. The
// folder's lock must be held.
func Prepare(dir string) error {
	shards := filepath.Join(dir, shardDir)
	if err := Create(shards); err != nil {
		return err
	}
	for _, d := range []string{dir, shards} {
		if err := sweep(d); err != nil {
			return err
		}
	}
	return nil
}

// Clear removes the runs and exports of a folder, and nothing else of it.
func Clear(dir string) error {
	// The manifest goes first: without it the rest is not taken for an experiment's runs.
	for _, name := range []string{ManifestFile, CSVFile, ParquetFile} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return explain(filepath.Join(dir, name), err)
		}
	}
	shards, err := Shards(dir)
	if err != nil {
		return err
	}
	for _, k := range shards {
		if err := os.Remove(ShardPath(dir, k)); err != nil {
			return explain(ShardPath(dir, k), err)
		}
	}
	return nil
}

// Shards are the numbers of the shard files in a folder, rising. No folder has no shards.
func Shards(dir string) ([]uint64, error) {
	entries, err := os.ReadDir(filepath.Join(dir, shardDir))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, err
	}
	var ks []uint64
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), shardSuffix)
		if k, err := strconv.ParseUint(name, 10, 64); ok && err == nil && ShardPath(dir, k) == filepath.Join(dir, shardDir, e.Name()) {
			ks = append(ks, k)
		}
	}
	slices.Sort(ks)
	return ks, nil
}

// Folder is an experiment's folder, for reading. What it reads is whole shards, from the first run on
// without a gap; shards written while it is open are not seen. Several goroutines may read it at once.
type Folder struct {
	Dir      string
	Manifest Manifest

	headers []Header // of shards 0, 1, ...
	stride  uint64   // the widest of the shards
	runs    uint64
	rows    uint64
}

// Open opens a folder for reading. A folder with a manifest but no whole shard yet has 0 runs.
func Open(dir string) (*Folder, error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	f := &Folder{Dir: dir, Manifest: *m}
	ks, err := Shards(dir)
	if err != nil {
		return nil, err
	}
	sum := m.Schema.Sum()
	for i, k := range ks {
		if k != uint64(i) {
			break
		}
		h, err := ReadHeader(dir, k)
		if err != nil {
			return nil, err
		}
		if err := m.Owns(&h, k, sum); err != nil {
			return nil, &DamagedError{ShardPath(dir, k), err}
		}
		f.headers = append(f.headers, h)
		f.runs += h.N
		f.stride = max(f.stride, h.Stride)
		if h.N < m.ShardSize {
			break
		}
	}
	for i := range f.headers {
		h := f.headers[i]
		h.Stride = f.strideOf(h)
		f.rows += uint64(h.Kept())
	}
	return f, nil
}

// Owns is an error unless shard number k with header h belongs to the manifest's experiment; sum is
// m.Schema.Sum().
func (m *Manifest) Owns(h *Header, k, sum uint64) error {
	switch {
	case h.Hash != m.Hash:
		return fmt.Errorf("it is of another experiment (identity %s, not %s)", cut(h.Hash), cut(m.Hash))
	case h.Schema != sum:
		return errors.New("its rows have other columns")
	case h.First != k*m.ShardSize || h.N > m.ShardSize || h.Points != m.Points:
		return fmt.Errorf("it holds runs %d to %d, not those of shard %d", h.First, h.First+h.N-1, k)
	}
	return nil
}

// strideOf is the stride at which a shard's rows are read: a sample that was thinned while some shards
// kept more is read as thin everywhere.
func (f *Folder) strideOf(h Header) uint64 {
	if h.Stride == 0 {
		return 0
	}
	return f.stride
}

// Runs is the number of whole runs, from run 0 without a gap.
func (f *Folder) Runs() uint64 { return f.runs }

// Rows is the number of rows kept of those runs; fewer than Runs for a sample.
func (f *Folder) Rows() uint64 { return f.rows }

// Schema is the columns of the rows.
func (f *Folder) Schema() *Schema { return &f.Manifest.Schema }

// Block is the rows of one shard, as columns. It is valid during the call that hands it out.
type Block struct {
	Shard int
	N     int        // rows
	Cells [][]uint64 // a slice of N cells for each column asked for, in that order
}

// F is cell i of the k-th column asked for, as a float64; NaN if it is missing.
func (b *Block) F(k, i int) float64 { return Row(b.Cells[k]).F(i) }

// Scan hands out the rows in the order of their runs, a shard at a time, with the named columns only; all
// columns if none is named. Memory does not grow with the number of runs. An error of fn ends the scan.
func (f *Folder) Scan(columns []string, fn func(b *Block) error) error {
	r, err := f.reader(columns)
	if err != nil {
		return err
	}
	for k := range f.headers {
		b, err := r.read(k)
		if err != nil {
			return err
		}
		if b.N == 0 {
			continue
		}
		if err := fn(b); err != nil {
			return err
		}
	}
	return nil
}

// Each hands out whole rows in the order of their runs; the row is valid during the call.
func (f *Folder) Each(fn func(Row) error) error {
	return f.Scan(nil, func(b *Block) error { return b.each(fn) })
}

func (b *Block) each(fn func(Row) error) error {
	row := make(Row, len(b.Cells))
	for i := range b.N {
		for k := range row {
			row[k] = b.Cells[k][i]
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	return nil
}

// EachOf hands out the rows of shard k alone.
func (f *Folder) EachOf(k uint64, fn func(Row) error) error {
	r, err := f.reader(nil)
	if err != nil {
		return err
	}
	b, err := r.read(int(k))
	if err != nil {
		return err
	}
	return b.each(fn)
}

// reader reads shards of a folder, one at a time.
type reader struct {
	f       *Folder
	columns []int
	block   Block
}

func (f *Folder) reader(columns []string) (*reader, error) {
	r := &reader{f: f}
	if len(columns) == 0 {
		for k := range f.Manifest.Schema.Columns {
			r.columns = append(r.columns, k)
		}
	}
	for _, name := range columns {
		k := f.Manifest.Schema.Index(name)
		if k < 0 {
			return nil, fmt.Errorf("%s has no column %q", f.Dir, name)
		}
		r.columns = append(r.columns, k)
	}
	r.block.Cells = make([][]uint64, len(r.columns))
	return r, nil
}

// read reads shard k; the block is valid until the next call.
func (r *reader) read(k int) (*Block, error) {
	path := ShardPath(r.f.Dir, uint64(k))
	s, file, err := openShard(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	want := r.f.headers[k]
	if s.Header != want || s.width() != len(r.f.Manifest.Schema.Columns) {
		// Another process may have replaced it by a longer one since the folder was opened.
		return nil, fmt.Errorf("shard file %s has changed since it was opened; repeat the command", path)
	}
	b := &r.block
	b.Shard = k
	for j, c := range r.columns {
		if cap(b.Cells[j]) < s.kept {
			b.Cells[j] = make([]uint64, s.kept, max(s.kept, int(r.f.Manifest.ShardSize)))
		}
		b.Cells[j] = b.Cells[j][:s.kept]
		if err := s.column(c, b.Cells[j]); err != nil {
			return nil, &DamagedError{path, err}
		}
	}
	b.N = s.kept
	if stride := r.f.strideOf(want); stride != want.Stride {
		b.thin(want, stride)
	}
	return b, nil
}

// thin drops the rows that a wider stride does not keep.
func (b *Block) thin(h Header, stride uint64) {
	wide := h
	wide.Stride = stride
	n, i := 0, 0
	for run := h.First; run < h.First+h.N; run++ {
		if !h.Keeps(run) {
			continue
		}
		if wide.Keeps(run) {
			for j := range b.Cells {
				b.Cells[j][n] = b.Cells[j][i]
			}
			n++
		}
		i++
	}
	b.N = n
	for j := range b.Cells {
		b.Cells[j] = b.Cells[j][:n]
	}
}

// Folds hands out the folds of the shards in order, with their headers; the bytes, nil if the shard has
// none, are valid during the call.
func (f *Folder) Folds(fn func(h Header, fold []byte) error) error {
	for k := range f.headers {
		path := ShardPath(f.Dir, uint64(k))
		s, file, err := openShard(path)
		if err != nil {
			return err
		}
		b, err := s.fold()
		if err == nil && s.Header != f.headers[k] {
			err = errors.New("it has changed since it was opened")
		}
		file.Close()
		if err != nil {
			return &DamagedError{path, err}
		}
		if err := fn(s.Header, b); err != nil {
			return err
		}
	}
	return nil
}

// Thin rewrites shard number k of a folder to keep only the rows of every stride-th replication, and
// returns its new header. The stride must be a multiple of the shard's.
func Thin(dir string, k, stride uint64) (Header, error) {
	path := ShardPath(dir, k)
	s, file, err := openShard(path)
	if err != nil {
		return Header{}, err
	}
	defer file.Close()
	if s.Stride == 0 || stride%s.Stride != 0 {
		panic("store: a shard can only be thinned")
	}
	b := Block{N: s.kept, Cells: make([][]uint64, s.width())}
	for j := range b.Cells {
		b.Cells[j] = make([]uint64, s.kept)
		if err := s.column(j, b.Cells[j]); err != nil {
			return Header{}, &DamagedError{path, err}
		}
	}
	fold, err := s.fold()
	if err != nil {
		return Header{}, &DamagedError{path, err}
	}
	b.thin(s.Header, stride)
	h := s.Header
	h.Stride = stride
	rows := make([]uint64, 0, b.N*s.width())
	err = b.each(func(r Row) error {
		rows = append(rows, r...)
		return nil
	})
	if err != nil {
		return Header{}, err
	}
	return h, WriteShard(dir, k, new(Encoder).Encode(h, s.width(), rows, fold))
}
