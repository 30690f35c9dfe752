package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/report"
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
			path, err := store.Resolve(args[0])
			if errors.Is(err, fs.ErrNotExist) {
				err = fmt.Errorf("there is no folder %s", args[0])
			}
			if err != nil {
				return withHint(err, "parley runs lists the folders with runs")
			}
			dir, err := store.Open(path)
			if err != nil {
				return err
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
			if err := makePage(c.Context(), dir, sum, o, nil); err != nil {
				return err
			}
			if err := writeFile(path, summaryFile, text); err != nil {
				return err
			}
			if format == "json" {
				_, err = s.Out.Write(text)
			} else {
				err = printSummary(s, sum, &dir.Manifest, report.Terminal{Page: filepath.Join(args[0], pageFile)})
			}
			if err == nil && sum.Runs.Errors > 0 {
				return &exitError{code: exitRunErrors}
			}
			return err
		},
	}
	o.flags(c)
	c.Flags().StringVar(&format, "format", "text", "what to print: `text|json`: the summary, summary.json")
	return c
}
