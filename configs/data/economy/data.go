// Package economydata embeds the compact tables behind the trade models, one folder a model. Each
// file begins with # lines that name its source, year and units; package internal/economydata
// builds them. What is here is what the models use, in a layout of its own; the published files
// stay with their publishers. Folder surfaces holds payoffs solved with those models, for the scenarios
// of the program; internal/surfacedata makes them.
package economydata

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed */*
var files embed.FS

// Files returns the embedded tree: "ossa2014/sectors.csv" and so on.
func Files() fs.FS { return files }

// Table is one embedded CSV file.
type Table struct {
	Path   string
	Source string     // the # lines, without their marks
	Header []string   // the first row
	Rows   [][]string // the others, as wide as Header
}

// Open reads the table at path, "MODEL/FILE.csv". Embedded files are part of the program, so an
// error means that the program was built wrong.
func Open(path string) (*Table, error) {
	b, err := files.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("economy data: %w", err)
	}
	t := &Table{Path: path}
	for line := range strings.Lines(string(b)) {
		note, ok := strings.CutPrefix(line, "#")
		if !ok {
			break
		}
		t.Source += strings.TrimPrefix(note, " ")
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("economy data: %s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("economy data: %s is empty", path)
	}
	t.Header, t.Rows = rows[0], rows[1:]
	return t, nil
}

// Column returns the place of the named column.
func (t *Table) Column(name string) (int, error) {
	for c, h := range t.Header {
		if h == name {
			return c, nil
		}
	}
	return 0, fmt.Errorf("economy data: %s has no column %q", t.Path, name)
}

// Text returns the named column.
func (t *Table) Text(name string) ([]string, error) {
	c, err := t.Column(name)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(t.Rows))
	for r, row := range t.Rows {
		out[r] = row[c]
	}
	return out, nil
}

// Floats returns the named column as numbers; an empty cell is 0.
func (t *Table) Floats(name string) ([]float64, error) {
	c, err := t.Column(name)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(t.Rows))
	for r := range t.Rows {
		if out[r], err = t.number(r, c); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Block returns the numbers from column first to the last, row by row; an empty cell is 0.
func (t *Table) Block(first int) ([]float64, error) {
	out := make([]float64, 0, len(t.Rows)*(len(t.Header)-first))
	for r := range t.Rows {
		for c := first; c < len(t.Header); c++ {
			v, err := t.number(r, c)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
	}
	return out, nil
}

func (t *Table) number(r, c int) (float64, error) {
	cell := t.Rows[r][c]
	if cell == "" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return 0, fmt.Errorf("economy data: %s, row %d, %s: %q is not a number", t.Path, r+1, t.Header[c], cell)
	}
	return v, nil
}
