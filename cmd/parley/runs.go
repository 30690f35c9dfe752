package main

import (
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/store"
)

func newRuns(s streams) *cobra.Command {
	return &cobra.Command{
		Use:     "runs",
		Short:   "List what is in " + resultsDir + "/",
		GroupID: understand,
		Long: `Runs lists the experiments in ` + resultsDir + `/ below the current folder: how many runs are whole of
those asked for, the seed, which rows are kept, and when they were last written to. The latest of a
scenario is marked with a star.`,
		Args: arguments(),
		RunE: func(*cobra.Command, []string) error {
			list, err := store.List(resultsDir)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				s.say("there is nothing in %s/ yet; parley run quickstart makes a start", resultsDir)
				return nil
			}
			w := tabwriter.NewWriter(s.Out, 0, 4, 2, ' ', 0)
			fmt.Fprintln(w, "  folder\truns\tof\tseed\trows\twritten")
			for _, e := range list {
				mark := " "
				if e.Latest {
					mark = "*"
				}
				if e.Err != nil {
					fmt.Fprintf(w, "%s %s\t%v\n", mark, e.Dir, e.Err)
					continue
				}
				m := e.Manifest
				when := ""
				if st, err := os.Stat(filepath.Join(e.Dir, store.ManifestFile)); err == nil {
					when = st.ModTime().Format(time.DateTime)
				}
				fmt.Fprintf(w, "%s %s\t%d\t%d\t%d\t%s\t%s\n", mark, e.Dir, m.Runs, m.Asked, m.Seed, m.Rows, when)
			}
			return w.Flush()
		},
	}
}
