// Command economydata builds the compact tables under configs/data/economy from the files that the
// authors of the trade models published, which are not part of this project:
//
//	go run ./internal/economydata -from ../shared/data/economy -to configs/data/economy [MODEL ...]
//
// Without names it builds every model. Output depends on the input alone, so running it again
// changes nothing.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// builder turns the published files of one model, in folder from, into its tables in folder to.
type builder struct {
	model  string
	folder string // under -from
	build  func(from, to string) error
}

// builders, one file each, in the order they run.
var builders = []builder{
	{"ossa2014", "ossa2014_7x33", buildOssa2014},
}

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(args []string, stderr io.Writer) error {
	fl := flag.NewFlagSet("economydata", flag.ContinueOnError)
	fl.SetOutput(stderr)
	from := fl.String("from", "../shared/data/economy", "folder of the published files")
	to := fl.String("to", "configs/data/economy", "folder of the compact tables")
	if err := fl.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	var known []string
	for _, b := range builders {
		known = append(known, b.model)
	}
	for _, name := range fl.Args() {
		if !slices.Contains(known, name) {
			return fmt.Errorf("unknown model %q; there are %s", name, strings.Join(known, ", "))
		}
	}
	for _, b := range builders {
		if fl.NArg() > 0 && !slices.Contains(fl.Args(), b.model) {
			continue
		}
		dir := filepath.Join(*to, b.model)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := b.build(filepath.Join(*from, b.folder), dir); err != nil {
			return fmt.Errorf("%s: %w", b.model, err)
		}
	}
	return nil
}
