package store

import (
	"fmt"
	"math"
	"testing"
)

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// wide is a schema like that of the main scenario: 60 columns, 28 of them drawn numbers.
func wide() Schema {
	s := Schema{Version: 1, Columns: []Column{
		{Name: "run", Kind: Int, Role: "id"},
		{Name: "point", Kind: Int, Role: "id"},
		{Name: "replication", Kind: Int, Role: "id"},
		{Name: "seed", Kind: Int, Role: "id"},
		{Name: "status", Kind: Level, Role: "end", Levels: []string{"lasting", "broke", "refused", "no_deal", "error"}},
		{Name: "cause", Kind: Level, Role: "end", Levels: []string{"no_zopa:interests", "no_zopa:us.taiwan", "dead, \"line\"", "line\nbreak"}},
		{Name: "round", Kind: Int, Role: "end"},
		{Name: "date", Kind: Date, Role: "end"},
	}}
	for i := range 12 {
		c := Column{Name: fmt.Sprintf("issue.i%d", i), Kind: Float, Role: "issue"}
		if i%3 == 2 {
			c.Kind, c.Levels = Level, []string{"as_today", "fast_track", "by_sector", "open"}
		}
		s.Columns = append(s.Columns, c)
	}
	for len(s.Columns) < 24 {
		s.Columns = append(s.Columns, Column{Name: fmt.Sprintf("worth.w%d", len(s.Columns)), Kind: Float, Role: "worth"})
	}
	for len(s.Columns) < 52 {
		s.Columns = append(s.Columns, Column{Name: fmt.Sprintf("draw.d%d", len(s.Columns)), Kind: Float, Role: "draw"})
	}
	for len(s.Columns) < 60 {
		s.Columns = append(s.Columns, Column{Name: fmt.Sprintf("home.h%d", len(s.Columns)), Kind: Int, Role: "home"})
	}
	return s
}

// fill makes the row of a run of the wide schema.
func fill(row Row, run, points uint64) {
	h := mix(run + 1)
	row[0], row[1], row[2], row[3] = run, run%points, run/points, 7
	row[4], row[5] = h%5, h>>8%4
	row[6], row[7] = h>>16%46, 20_345+h>>16%46
	signed := h%5 < 3
	for k := 8; k < 20; k++ {
		v := mix(h+uint64(k)) % 21
		switch {
		case !signed:
			row[k] = Missing
		case (k-8)%3 == 2:
			row[k] = v % 4
		default:
			row.PutF(k, float64(v)*50)
		}
	}
	for k := 20; k < 52; k++ {
		row.PutF(k, float64(mix(h+uint64(k))>>11)*0x1p-53*100)
	}
	if !signed {
		row.PutF(20, math.NaN())
	}
	for k := 52; k < 60; k++ {
		row[k] = Missing
	}
}

// make a folder of runs rows in shards of size.
func makeFolder(tb testing.TB, dir string, runs, size, points, stride uint64) *Folder {
	tb.Helper()
	s := wide()
	m := Manifest{Parley: "test", Scenario: "wide", Hash: "0123456789abcdef", Seed: 7, Runs: runs, Points: points, ShardSize: size, Rows: All, Stride: stride, Schema: s}
	if err := Prepare(dir); err != nil {
		tb.Fatal(err)
	}
	if err := m.Write(dir); err != nil {
		tb.Fatal(err)
	}
	var e Encoder
	width := len(s.Columns)
	rows := make([]uint64, 0, int(size)*width)
	row := make(Row, width)
	for k := uint64(0); k*size < runs; k++ {
		h := Header{Hash: m.Hash, Schema: s.Sum(), First: k * size, N: min(size, runs-k*size), Points: points, Stride: stride}
		rows = rows[:0]
		for r := h.First; r < h.First+h.N; r++ {
			if h.Keeps(r) {
				fill(row, r, points)
				rows = append(rows, row...)
			}
		}
		if err := WriteShard(dir, k, e.Encode(h, width, rows, nil)); err != nil {
			tb.Fatal(err)
		}
	}
	f, err := Open(dir)
	if err != nil {
		tb.Fatal(err)
	}
	return f
}
