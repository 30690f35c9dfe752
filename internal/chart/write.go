package chart

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Formats lists what Write can write, beside the CSV that every figure gets.
var Formats = []string{"svg", "png", "pdf"}

// Write puts figures in a directory, numbered in the order given: 01-funnel.csv; and by format
// 01-funnel.svg and 01-funnel-narrow.svg, 01-funnel.png and 01-funnel-dark.png, 01-funnel.pdf. It
// returns the names written. A figure without data (ErrEmpty) is left out and keeps no number.
func Write(dir string, figs []Figure, formats []string) ([]string, error) {
	for _, f := range formats {
		if !slices.Contains(Formats, f) {
			return nil, fmt.Errorf("chart format: %q is not one of %s", f, strings.Join(Formats, ", "))
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	var names []string
	n := 0
	for _, f := range figs {
		switch err := f.Check(); {
		case errors.Is(err, ErrEmpty):
			continue
		case err != nil:
			return names, fmt.Errorf("chart: %s: %w", f.Name(), err)
		}
		n++
		stem := fmt.Sprintf("%02d-%s", n, f.Name())
		for _, file := range prints(f, formats) {
			b, err := file.make()
			if err != nil {
				return names, err
			}
			name := stem + file.suffix
			if err := replace(filepath.Join(dir, name), b); err != nil {
				return names, err
			}
			names = append(names, name)
		}
	}
	return names, nil
}

type printing struct {
	suffix string
	make   func() ([]byte, error)
}

func prints(f Figure, formats []string) []printing {
	out := []printing{{".csv", func() ([]byte, error) { return CSV(f), nil }}}
	add := func(suffix string, print func(Figure, Style) ([]byte, error), st Style) {
		out = append(out, printing{suffix, func() ([]byte, error) { return print(f, st) }})
	}
	for _, format := range formats {
		switch format {
		case "svg":
			add(".svg", SVG, Style{})
			add("-narrow.svg", SVG, Style{Size: Narrow})
		case "png":
			add(".png", PNG, Style{})
			add("-dark.png", PNG, Style{Theme: Dark})
		case "pdf":
			add(".pdf", PDF, Style{})
		}
	}
	return out
}

// replace writes a file whole or not at all.
func replace(path string, b []byte) error {
	tmp := path + ".tmp"
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		os.Remove(tmp)
		return err
	}
	return os.Rename(tmp, path)
}

// CSV prints a figure's numbers.
func CSV(f Figure) []byte {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.WriteAll(f.CSV()) // a bytes.Buffer takes everything
	return buf.Bytes()
}
