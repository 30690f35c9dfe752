package store

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"runtime"
	"strconv"
	"time"
)

// Names of the exports in an experiment's folder.
const (
	CSVFile     = "runs.csv"
	ParquetFile = "runs.parquet"
)

// CSVLimit is the most rows of runs.csv: with its header line, an Excel sheet.
const CSVLimit = 1_048_575

// Export is what an export wrote.
type Export struct {
	Path string
	Rows uint64 // rows written
	Kept uint64 // rows the folder keeps
	Runs uint64 // runs the folder holds
}

// Note says in a sentence what the file leaves out; empty if nothing.
func (e Export) Note() string {
	name := filepath.Base(e.Path)
	switch {
	case e.Rows < e.Kept:
		return fmt.Sprintf("%s holds the first %s of %s rows, all that a spreadsheet takes; %s holds them all",
			name, grouped(e.Rows), grouped(e.Kept), ParquetFile)
	case e.Kept < e.Runs:
		return fmt.Sprintf("%s holds an evenly spaced sample, %s of %s runs", name, grouped(e.Rows), grouped(e.Runs))
	}
	return ""
}

// WriteCSV writes the first rows, at most limit (CSVLimit is usual), to runs.csv in the folder. A float
// is printed with the fewest digits that read back the same, a level as its word, a date as 2025-10-30;
// a missing cell is empty.
func (f *Folder) WriteCSV(limit uint64) (Export, error) {
	e := Export{Path: filepath.Join(f.Dir, CSVFile), Rows: min(f.rows, limit), Kept: f.rows, Runs: f.runs}
	err := WriteWhole(e.Path, func(w io.Writer) error { return f.csv(w, e.Rows) })
	return e, err
}

// csv writes the first rows to w, rendering several shards at once.
func (f *Folder) csv(w io.Writer, rows uint64) error {
	var head []byte
	for k, c := range f.Manifest.Schema.Columns {
		if k > 0 {
			head = append(head, ',')
		}
		head = append(head, quoted(c.Name)...)
	}
	if _, err := w.Write(append(head, '\n')); err != nil {
		return err
	}
	before := make([]uint64, len(f.headers)+1) // rows before each shard
	for k, h := range f.headers {
		h.Stride = f.strideOf(h)
		before[k+1] = before[k] + uint64(h.Kept())
	}
	shards := 0
	for shards < len(f.headers) && before[shards] < rows {
		shards++
	}
	return inOrder(shards, runtime.GOMAXPROCS(0), func() (func(k int, buf []byte) ([]byte, error), error) {
		r, err := f.reader(nil)
		if err != nil {
			return nil, err
		}
		p := newPrinter(&f.Manifest.Schema)
		return func(k int, buf []byte) ([]byte, error) {
			b, err := r.read(k)
			if err != nil {
				return nil, err
			}
			return p.rows(buf, b, int(min(uint64(b.N), rows-before[k]))), nil
		}, nil
	}, func(buf []byte) error {
		_, err := w.Write(buf)
		return err
	})
}

// printer renders cells as text. Each column remembers the texts of recent values.
type printer struct {
	schema *Schema
	cache  [][cached]text
	levels [][]string
}

const cached = 64

// text is a value's text; n = 0 if there is none yet.
type text struct {
	v uint64
	n uint8
	s [23]byte
}

func newPrinter(s *Schema) *printer {
	p := &printer{s, make([][cached]text, len(s.Columns)), make([][]string, len(s.Columns))}
	for k, c := range s.Columns {
		for _, l := range c.Levels {
			p.levels[k] = append(p.levels[k], quoted(l))
		}
	}
	return p
}

// rows appends the first n rows of the block.
func (p *printer) rows(buf []byte, b *Block, n int) []byte {
	for i := range n {
		for k, cells := range b.Cells {
			if k > 0 {
				buf = append(buf, ',')
			}
			if v := cells[i]; v != Missing {
				buf = p.cell(buf, k, v)
			}
		}
		buf = append(buf, '\n')
	}
	return buf
}

func (p *printer) cell(buf []byte, k int, v uint64) []byte {
	switch p.schema.Columns[k].Kind {
	case Int:
		return strconv.AppendInt(buf, int64(v), 10)
	case Level:
		if v < uint64(len(p.levels[k])) {
			return append(buf, p.levels[k][v]...)
		}
		return append(buf, noLevel(v)...)
	}
	c := &p.cache[k][slot(v)%cached]
	if c.n > 0 && c.v == v {
		return append(buf, c.s[:c.n]...)
	}
	at := len(buf)
	if p.schema.Columns[k].Kind == Date {
		buf = appendDate(buf, int64(v))
	} else {
		buf = appendFloat(buf, math.Float64frombits(v))
	}
	if n := len(buf) - at; n <= len(c.s) {
		c.v, c.n = v, uint8(n)
		copy(c.s[:], buf[at:])
	}
	return buf
}

// noLevel is the text of a level that the column does not have: shown rather than hidden.
func noLevel(v uint64) string { return fmt.Sprintf("#%d?", v) }

// appendFloat prints v with the fewest digits that read back the same, with an exponent only where plain
// digits would run long.
func appendFloat(buf []byte, v float64) []byte {
	if a := math.Abs(v); a != 0 && (a < 1e-6 || a >= 1e15) {
		return strconv.AppendFloat(buf, v, 'e', -1, 64)
	}
	return strconv.AppendFloat(buf, v, 'f', -1, 64)
}

// appendDate prints days since 1970-01-01 as 2025-10-30.
func appendDate(buf []byte, days int64) []byte {
	return time.Unix(0, 0).UTC().AddDate(0, 0, int(days)).AppendFormat(buf, time.DateOnly)
}

// quoted is a text as a CSV field (RFC 4180).
func quoted(s string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write([]string{s}); err != nil {
		panic("store: writing to memory failed: " + err.Error())
	}
	w.Flush()
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// grouped prints 1048575 as 1,048,575.
func grouped(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
