package main

import (
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newMan(s streams) *cobra.Command {
	return &cobra.Command{
		Use:     "man [DIR]",
		Short:   "Write the manual pages",
		GroupID: operate,
		Long:    "Man writes a manual page for every command to DIR, or prints that of parley itself.",
		Example: `  parley man | man -l -
  parley man ~/.local/share/man/man1`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			date := time.Unix(0, 0).UTC() // the same pages on every day
			header := &doc.GenManHeader{Title: "PARLEY", Section: "1", Source: "Parley", Manual: "Parley", Date: &date}
			if len(args) == 0 {
				return doc.GenMan(c.Root(), header, s.Out)
			}
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			header.Title = "" // each page has its own
			return doc.GenManTree(c.Root(), header, args[0])
		},
	}
}
