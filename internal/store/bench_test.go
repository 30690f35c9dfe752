package store

import (
	"io"
	"testing"
)

const benchRows = 100_000

func BenchmarkEncode(b *testing.B) {
	s := wide()
	rows := make([]uint64, 2000*len(s.Columns))
	for i := range 2000 {
		fill(Row(rows[i*60:(i+1)*60]), uint64(i), 1)
	}
	h := Header{N: 2000, Points: 1, Stride: 1}
	var e Encoder
	n := 0
	for b.Loop() {
		n = len(e.Encode(h, 60, rows, nil))
	}
	b.ReportMetric(2000*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
	b.ReportMetric(float64(n)/2000, "B/row")
}

func BenchmarkWriteShard(b *testing.B) {
	s := wide()
	rows := make([]uint64, 2000*len(s.Columns))
	for i := range 2000 {
		fill(Row(rows[i*60:(i+1)*60]), uint64(i), 1)
	}
	h := Header{N: 2000, Points: 1, Stride: 1}
	var e Encoder
	dir := b.TempDir()
	Prepare(dir)
	k := uint64(0)
	for b.Loop() {
		if err := WriteShard(dir, k%10, e.Encode(h, 60, rows, nil)); err != nil {
			b.Fatal(err)
		}
		k++
	}
	b.ReportMetric(2000*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

func BenchmarkScan(b *testing.B) {
	f := makeFolder(b, b.TempDir(), benchRows, 2000, 1, 1)
	for _, c := range []struct {
		name    string
		columns []string
	}{{"columns=3", []string{"status", "issue.i0", "worth.w20"}}, {"columns=60", nil}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if err := f.Scan(c.columns, func(*Block) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(benchRows*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
	}
}

func BenchmarkCSV(b *testing.B) {
	f := makeFolder(b, b.TempDir(), benchRows, 2000, 1, 1)
	for b.Loop() {
		if err := f.csv(io.Discard, benchRows); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(benchRows*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

func BenchmarkParquet(b *testing.B) {
	f := makeFolder(b, b.TempDir(), benchRows, 2000, 1, 1)
	for b.Loop() {
		p := newParquetWriter(io.Discard, f.Schema())
		if err := f.Scan(nil, p.block); err != nil {
			b.Fatal(err)
		}
		if err := p.close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(benchRows*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}
