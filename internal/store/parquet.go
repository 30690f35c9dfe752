package store

import (
	"bytes"
	"errors"
	"io"
	"math"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/parquet-go/parquet-go"
)

// rowGroup is about how many rows stand in one row group of runs.parquet: large enough to compress, small
// enough that one fits in memory with room to spare.
const rowGroup = 1 << 16

// WriteParquet writes all rows to runs.parquet in the folder. Columns have the names and the order of the
// schema; int is INT64, float DOUBLE, level a STRING, date a DATE; a missing cell is null.
func (f *Folder) WriteParquet() (Export, error) {
	e := Export{Path: filepath.Join(f.Dir, ParquetFile), Rows: f.rows, Kept: f.rows, Runs: f.runs}
	err := WriteWhole(e.Path, func(w io.Writer) error {
		p := newParquetWriter(w, &f.Manifest.Schema)
		if err := f.Scan(nil, p.block); err != nil {
			return err
		}
		return p.close()
	})
	return e, err
}

// parquetWriter writes blocks of rows, column by column, several columns at once.
type parquetWriter struct {
	out    io.Writer
	w      *parquet.GenericWriter[any] // made at the first block, which tells how to encode the columns
	schema *Schema
	levels [][]parquet.Value
	values [][]parquet.Value // one a goroutine
	errs   []error
	rows   int // in the row group under way
}

func newParquetWriter(out io.Writer, s *Schema) *parquetWriter {
	p := &parquetWriter{out: out, schema: s, levels: make([][]parquet.Value, len(s.Columns))}
	p.values = make([][]parquet.Value, min(runtime.GOMAXPROCS(0), len(s.Columns)))
	p.errs = make([]error, len(p.values))
	for k, c := range s.Columns {
		for _, l := range c.Levels {
			p.levels[k] = append(p.levels[k], present(parquet.ValueOf(l)))
		}
	}
	return p
}

func (p *parquetWriter) start(first *Block) {
	p.w = parquet.NewGenericWriter[any](p.out, parquetSchema(p.schema, first),
		parquet.CreatedBy("parley", "", ""),
		parquet.Compression(&parquet.Snappy),
		parquet.DictionaryMaxBytes(1<<14))
}

func (p *parquetWriter) block(b *Block) error {
	if p.w == nil {
		p.start(b)
	}
	columns := p.w.ColumnWriters()
	var wg sync.WaitGroup
	for g := range p.values {
		wg.Go(func() {
			for k := g; k < len(b.Cells) && p.errs[g] == nil; k += len(p.values) {
				p.values[g] = p.column(p.values[g][:0], k, b.Cells[k])
				_, p.errs[g] = columns[k].WriteRowValues(p.values[g])
			}
		})
	}
	wg.Wait()
	if err := errors.Join(p.errs...); err != nil {
		return err
	}
	if p.rows += b.N; p.rows >= rowGroup {
		p.rows = 0
		return p.w.Flush()
	}
	return nil
}

func (p *parquetWriter) close() error {
	if p.w == nil {
		p.start(&Block{Cells: make([][]uint64, len(p.schema.Columns))})
	}
	return p.w.Close()
}

// present is a value that is not null, in an optional column.
func present(v parquet.Value) parquet.Value {
	v.SetDefinitionLevel(1)
	return v
}

// column appends the values of a column's cells.
func (p *parquetWriter) column(out []parquet.Value, k int, cells []uint64) []parquet.Value {
	kind, levels := p.schema.Columns[k].Kind, p.levels[k]
	for _, c := range cells {
		switch {
		case c == Missing:
			out = append(out, parquet.Value{})
		case kind == Float:
			out = append(out, present(parquet.DoubleValue(math.Float64frombits(c))))
		case kind == Int:
			out = append(out, present(parquet.Int64Value(int64(c))))
		case kind == Date:
			out = append(out, present(parquet.Int32Value(int32(int64(c)))))
		case c < uint64(len(levels)):
			out = append(out, levels[c])
		default:
			out = append(out, present(parquet.ValueOf(noLevel(c))))
		}
	}
	return out
}

// parquetSchema says how each column is stored. Numbers that repeat in the first block are stored as a
// dictionary, as levels are.
func parquetSchema(s *Schema, first *Block) *parquet.Schema {
	g := &orderedGroup{Group: parquet.Group{}}
	var c columnCoder
	for k, col := range s.Columns {
		var n parquet.Node
		switch col.Kind {
		case Int:
			n = parquet.Int(64)
		case Float:
			n = parquet.Leaf(parquet.DoubleType)
		case Date:
			n = parquet.Date()
		default:
			n = parquet.String()
		}
		if col.Kind == Level || c.list(first.Cells[k]) {
			n = parquet.Encoded(n, &parquet.RLEDictionary)
		}
		g.Group[col.Name] = parquet.Optional(n)
		g.names = append(g.names, col.Name)
	}
	return parquet.NewSchema("runs", g)
}

// orderedGroup is a group whose fields keep their order; a plain one sorts them by name.
type orderedGroup struct {
	parquet.Group
	names []string
}

// Fields are the columns in the order of the schema.
func (g *orderedGroup) Fields() []parquet.Field {
	byName := make(map[string]parquet.Field, len(g.names))
	for _, f := range g.Group.Fields() {
		byName[f.Name()] = f
	}
	fields := make([]parquet.Field, len(g.names))
	for i, n := range g.names {
		fields[i] = byName[n]
	}
	return fields
}

// Sizes are the bytes that rows take in runs.csv, without its header, and in runs.parquet. rows stand one
// after the other; there is at least one.
func Sizes(s *Schema, rows []uint64) (csv, pq int, err error) {
	width := len(s.Columns)
	b := &Block{N: len(rows) / width, Cells: make([][]uint64, width)}
	for k := range b.Cells {
		b.Cells[k] = make([]uint64, b.N)
		for i := range b.N {
			b.Cells[k][i] = rows[i*width+k]
		}
	}
	var buf bytes.Buffer
	p := newParquetWriter(&buf, s)
	if err := p.block(b); err != nil {
		return 0, 0, err
	}
	if err := p.close(); err != nil {
		return 0, 0, err
	}
	return len(newPrinter(s).rows(nil, b, b.N)), buf.Len(), nil
}
