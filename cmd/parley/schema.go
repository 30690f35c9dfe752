package main

import (
	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/scenario"
)

func newSchema(s streams) *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of scenario files, for editors",
		GroupID: research,
		Long: `Schema prints the JSON Schema (2020-12) of scenario files. Editors with a TOML language server
(Taplo, Even Better TOML) complete and check a scenario whose first line names it:

  #:schema ./` + schemaFile,
		Example: "  parley schema > " + schemaFile,
		Args:    arguments(),
		RunE: func(*cobra.Command, []string) error {
			text, err := config.Schema(scenario.Known())
			if err != nil {
				return err
			}
			_, err = s.Out.Write(text)
			return err
		},
	}
}
