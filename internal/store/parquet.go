package store

import (
	"bytes"
	"io"
	"math"
	"path/filepath"

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

// parquetWriter writes blocks of rows, column by column.
type parquetWriter struct {
	w      *parquet.Writer
	schema *Schema
	levels [][]parquet.Value
	values []parquet.Value
	rows   int // in the row group under way
}

func newParquetWriter(w io.Writer, s *Schema) *parquetWriter {
	p := &parquetWriter{schema: s, levels: make([][]parquet.Value, len(s.Columns))}
	for k, c := range s.Columns {
		for _, l := range c.Levels {
			p.levels[k] = append(p.levels[k], parquet.ValueOf(l).Level(0, 1, k))
		}
	}
	p.w = parquet.NewWriter(w, parquetSchema(s),
		parquet.CreatedBy("parley", "", ""),
		parquet.Compression(&parquet.Snappy),
		parquet.DictionaryMaxBytes(1<<14))
	return p
}

func (p *parquetWriter) block(b *Block) error {
	columns := p.w.ColumnWriters()
	if cap(p.values) < b.N {
		p.values = make([]parquet.Value, b.N)
	}
	values := p.values[:b.N]
	for k, cells := range b.Cells {
		for i, v := range cells {
			values[i] = p.value(k, v)
		}
		if _, err := columns[k].WriteRowValues(values); err != nil {
			return err
		}
	}
	if p.rows += b.N; p.rows >= rowGroup {
		p.rows = 0
		return p.w.Flush()
	}
	return nil
}

func (p *parquetWriter) close() error { return p.w.Close() }

func (p *parquetWriter) value(k int, v uint64) parquet.Value {
	if v == Missing {
		return parquet.NullValue().Level(0, 0, k)
	}
	switch p.schema.Columns[k].Kind {
	case Int:
		return parquet.Int64Value(int64(v)).Level(0, 1, k)
	case Float:
		return parquet.DoubleValue(math.Float64frombits(v)).Level(0, 1, k)
	case Date:
		return parquet.Int32Value(int32(int64(v))).Level(0, 1, k)
	}
	if v < uint64(len(p.levels[k])) {
		return p.levels[k][v]
	}
	return parquet.ValueOf(noLevel(v)).Level(0, 1, k)
}

func parquetSchema(s *Schema) *parquet.Schema {
	g := &orderedGroup{Group: parquet.Group{}}
	for _, c := range s.Columns {
		var n parquet.Node
		switch c.Kind {
		case Int:
			n = parquet.Int(64)
		case Float:
			n = parquet.Encoded(parquet.Leaf(parquet.DoubleType), &parquet.RLEDictionary)
		case Date:
			n = parquet.Date()
		default:
			n = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
		}
		g.Group[c.Name] = parquet.Optional(n)
		g.names = append(g.names, c.Name)
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
