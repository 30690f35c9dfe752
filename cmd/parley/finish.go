package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/report"
	"github.com/parley-sim/parley/internal/store"
)

// Files of an experiment's folder that are made here.
const (
	scenarioFile = "scenario.toml"
	summaryFile  = "summary.json"
	pageFile     = "report.html"
	chartsDir    = "charts"
)

// output are the flags about what is made of the runs.
type output struct {
	allCharts bool
	pdf       bool
}

func (o *output) flags(c *cobra.Command) {
	c.Flags().BoolVar(&o.allCharts, "all-charts", false, "also draw violins, cumulative distributions and parallel coordinates")
	c.Flags().BoolVar(&o.pdf, "pdf", false, "also draw every chart as PDF")
}

// finish writes what is made of the runs and prints what was asked for. The exit code is 1 if some
// runs are errors.
func (j *job) finish(ctx context.Context, f *analysis.Fold, took time.Duration) error {
	sum := f.Summary()
	dir, err := store.Open(j.dir)
	if err != nil {
		return err
	}
	text, err := summaryText(sum)
	if err != nil {
		return err
	}
	cfg := j.batch.Base.Config
	fresh := took > 0 || j.allCharts || j.pdf || !upToDate(j.dir, text, cfg.Output.Rows, j.opt.Keep)
	if fresh {
		if err := j.write(ctx, dir, sum, text); err != nil {
			return err
		}
	}
	if j.out == "" {
		if err := store.MarkLatest(j.dir); err != nil {
			return err
		}
	}
	if err := j.print(dir, sum, text, took); err != nil {
		return err
	}
	if sum.Runs.Errors > 0 {
		if !j.quiet && j.format != "text" { // the summary in text says it
			j.say("note: %s ended in an error", plural(uint64(sum.Runs.Errors), "run"))
		}
		return &exitError{code: exitRunErrors}
	}
	return nil
}

// summaryText is summary.json.
func summaryText(s *analysis.Summary) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	err := e.Encode(s)
	return b.Bytes(), err
}

// upToDate reports whether the folder holds all that is made of the runs. summary.json is written last,
// so that it stands for the rest.
func upToDate(dir string, summary []byte, rows []string, keep store.Keep) bool {
	have, err := os.ReadFile(filepath.Join(dir, summaryFile))
	if err != nil || !bytes.Equal(have, summary) {
		return false
	}
	names := []string{scenarioFile, pageFile}
	if keep != store.None && slices.Contains(rows, "csv") {
		names = append(names, store.CSVFile)
	}
	if keep != store.None && slices.Contains(rows, "parquet") {
		names = append(names, store.ParquetFile)
	}
	for _, name := range names {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return true
}

// write makes all files but the shards and the manifest. The summary goes first and comes last.
func (j *job) write(ctx context.Context, dir *store.Folder, sum *analysis.Summary, text []byte) error {
	if err := os.Remove(filepath.Join(j.dir, summaryFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	cfg := j.batch.Base.Config
	if err := writeFile(j.dir, scenarioFile, cfg.TOML()); err != nil {
		return err
	}
	if dir.Rows() > 0 {
		if err := j.exportRows(ctx, dir, cfg.Output.Rows); err != nil {
			return err
		}
	}
	if _, err := j.repeat(ctx, sum); err != nil {
		return err
	}
	r := &reader{dir: dir, sum: sum, cfg: cfg, command: j.same(), output: j.output}
	if j.batch.Points() == 1 {
		r.model = j.batch.Base
	}
	if err := r.publish(ctx); err != nil {
		return err
	}
	return writeFile(j.dir, summaryFile, text)
}

func (j *job) exportRows(ctx context.Context, dir *store.Folder, formats []string) error {
	for _, format := range formats {
		if err := ctx.Err(); err != nil {
			return err
		}
		var e store.Export
		var err error
		switch format {
		case "csv":
			e, err = dir.WriteCSV(store.CSVLimit)
		case "parquet":
			e, err = dir.WriteParquet()
		}
		if err != nil {
			return err
		}
		if note := e.Note(); note != "" && !j.quiet {
			j.say("note: %s", note)
		}
	}
	return nil
}

// print puts the data that was asked for on stdout.
func (j *job) print(dir *store.Folder, sum *analysis.Summary, text []byte, took time.Duration) error {
	switch j.format {
	case "json":
		_, err := j.Out.Write(text)
		return err
	case "csv":
		return copyFile(j.Out, dir)
	}
	if j.quiet {
		return nil
	}
	trace := "parley trace " + j.again()
	return printSummary(j.streams, sum, &dir.Manifest, report.Terminal{Models: readModels(j.dir, j.batch.Hash()), Took: took, Page: filepath.Join(j.shown(), pageFile), Trace: trace})
}

func printSummary(s streams, sum *analysis.Summary, m *store.Manifest, t report.Terminal) error {
	t.Width, t.Colour, t.Seed = columns(s.Out), styled(s.Out), m.Seed
	return t.Summary(s.Out, sum, &m.Brief)
}

// copyFile prints runs.csv, which it makes if the scenario did not ask for it.
func copyFile(w io.Writer, dir *store.Folder) error {
	path := filepath.Join(dir.Dir, store.CSVFile)
	if _, err := os.Stat(path); err != nil {
		if _, err := dir.WriteCSV(store.CSVLimit); err != nil {
			return err
		}
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

func writeFile(dir, name string, data []byte) error {
	return store.WriteWhole(filepath.Join(dir, name), func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// plural is a count with its noun.
func plural(n uint64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
