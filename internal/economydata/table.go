package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// read reads a published CSV file with a header into columns by name, and counts its rows. Columns
// of one name are joined, left to right.
func read(dir, name string) (map[string][]string, int, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", name, err)
	}
	if len(rows) < 2 {
		return nil, 0, fmt.Errorf("%s has no rows", name)
	}
	columns := make(map[string][]string, len(rows[0]))
	for c, h := range rows[0] {
		for _, row := range rows[1:] {
			columns[h] = append(columns[h], row[c])
		}
	}
	return columns, len(rows) - 1, nil
}

// compact shortens a published number to nine significant digits, far below what the models resolve.
func compact(s string) (string, error) {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		return "", fmt.Errorf("%q is not a number", s)
	}
	return strconv.FormatFloat(v, 'g', 9, 64), nil
}

// write writes one compact table: the notes as # lines, the header, the rows.
func write(dir, name string, notes []string, header []string, rows [][]string) error {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	for _, n := range notes {
		fmt.Fprintln(b, "# "+n)
	}
	w := csv.NewWriter(b)
	if err := w.Write(header); err != nil {
		return err
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return f.Close()
}
