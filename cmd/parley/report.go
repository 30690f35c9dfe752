package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/report"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/store"
)

func newReport(s streams) *cobra.Command {
	var o output
	var format string
	c := &cobra.Command{
		Use:     "report DIR",
		Short:   "Sum up kept runs again: summary, charts, page",
		GroupID: understand,
		Long: `Report makes summary.json, the charts and report.html again from the runs in a folder, and
prints the summary. DIR is a folder that parley run wrote, or results/SCENARIO, whose latest is
meant. The runs may be incomplete: what is whole is counted.`,
		Example: `  parley report results/madrid
  parley report results/madrid/latest --all-charts --pdf`,
		Args: arguments("a DIR"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			return reportOn(c.Context(), s, args[0], o, format)
		},
	}
	o.flags(c)
	c.Flags().StringVar(&format, "format", "text", "what to print: `text|json`: the summary, summary.json")
	return c
}

func reportOn(ctx context.Context, s streams, arg string, o output, format string) error {
	path, err := store.Resolve(arg)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("there is no folder %s", arg)
	}
	if err != nil {
		return withHint(err, "parley runs lists the folders with runs")
	}
	dir, err := store.Open(path)
	if err != nil {
		return err
	}
	if strings.HasPrefix(dir.Manifest.Scenario, "tournament/") {
		return withHint(fmt.Errorf("%s holds a tournament", arg), "the same parley tournament command makes its charts and page again")
	}
	fold, err := gather(dir)
	if err != nil {
		return err
	}
	sum := fold.Summary()
	text, err := summaryText(sum)
	if err != nil {
		return err
	}
	r := &reader{dir: dir, sum: sum, output: o}
	if err := r.find(ctx, s); err != nil {
		return err
	}
	if err := r.publish(ctx); err != nil {
		return err
	}
	if err := writeFile(path, summaryFile, text); err != nil {
		return err
	}
	if format == "json" {
		_, err = s.Out.Write(text)
	} else {
		err = printSummary(s, sum, &dir.Manifest, report.Terminal{Models: readModels(path, dir.Manifest.Hash), Page: filepath.Join(path, pageFile), Trace: r.trace})
	}
	if err == nil && sum.Runs.Errors > 0 {
		return &exitError{code: exitRunErrors}
	}
	return err
}

// find reads the scenario that lies beside the runs, and how to play it again. A run that was killed
// may not have left one: then no talk is told.
func (r *reader) find(ctx context.Context, s streams) error {
	m := &r.dir.Manifest
	path := filepath.Join(r.dir.Dir, scenarioFile)
	cfg, _, err := scenario.Load(path, nil)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return withHint(err, "the scenario beside the runs cannot be read by this version; run it again with --fresh")
	}
	batch, err := scenario.NewBatch(ctx, cfg, compiling(s, false))
	if err != nil {
		return err
	}
	if !describes(batch.Brief(m.Brief.Name), m.Brief) {
		return withHint(fmt.Errorf("%s is not the scenario of these runs: it was edited, or belongs to another version", path), "remove it, or run it as an experiment of its own")
	}
	r.cfg = cfg
	if batch.Points() == 1 {
		r.model = batch.Base
	}
	r.command, r.trace = fmt.Sprintf("parley run %s --runs %d", quote(path), m.Runs), "parley trace "+quote(path)
	if isBuiltIn(m.Scenario, cfg) {
		r.command = fmt.Sprintf("parley run %s --seed %d --runs %d", m.Scenario, m.Seed, m.Runs)
		r.trace = fmt.Sprintf("parley trace %s --seed %d", m.Scenario, m.Seed)
	}
	return nil
}

// isBuiltIn reports whether a resolved scenario is a built-in one with nothing changed but how often it
// is played and from what seed.
func isBuiltIn(name string, cfg *config.Scenario) bool {
	if !slices.Contains(scenarioNames(), name) {
		return false
	}
	known, _, err := scenario.Load(name, nil)
	if err != nil {
		return false
	}
	known.Seed, known.Runs = cfg.Seed, cfg.Runs
	return bytes.Equal(settings(known), settings(cfg))
}

// settings is a resolved scenario without its comments, which name the file it came from.
func settings(cfg *config.Scenario) []byte {
	var out []byte
	for line := range bytes.Lines(cfg.TOML()) {
		if !bytes.HasPrefix(line, []byte("#")) {
			out = append(out, line...)
		}
	}
	return out
}

// describes reports whether a scenario has the numbers, issues and calendar that runs were played with.
func describes(now, then store.Brief) bool {
	for _, b := range []*store.Brief{&now, &then} {
		b.Numbers = slices.Clone(b.Numbers)
		for i := range b.Numbers {
			b.Numbers[i].Origin = "" // another file, the same number
		}
	}
	return reflect.DeepEqual(now.Numbers, then.Numbers) && reflect.DeepEqual(now.Issues, then.Issues) && now.Clock == then.Clock
}
