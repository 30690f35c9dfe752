package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/configs"
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/scenario"
)

// schemaFile is the name by which the first line of a scenario names its schema.
const schemaFile = "parley.schema.json"

func newNew(s streams) *cobra.Command {
	var from string
	c := &cobra.Command{
		Use:     "new NAME",
		Short:   "Write a scenario file to edit, from a built-in one",
		GroupID: simulate,
		Long: `New writes NAME.toml, a copy of a built-in scenario with its comments, and beside it
` + schemaFile + `, by which editors complete and check it. It overwrites nothing.`,
		Example: `  parley new mine                  from quickstart, the shortest
  parley new mine --from madrid
  parley run mine.toml`,
		Args: arguments("a NAME"),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := configs.Scenario(from)
			if err != nil {
				_, _, err := scenario.Load(from, nil)
				if err == nil {
					err = fmt.Errorf("--from: %q is a file; copy it", from)
				}
				return err
			}
			path := args[0]
			if !strings.HasSuffix(path, ".toml") {
				path += ".toml"
			}
			if err := create(path, text); err != nil {
				return err
			}
			schema, err := config.Schema(scenario.Known())
			if err != nil {
				return err
			}
			if err := create(filepath.Join(filepath.Dir(path), schemaFile), schema); err != nil && !errors.Is(err, fs.ErrExist) {
				return err
			}
			s.say("wrote %s; next: parley check %s; parley run %s", path, quote(path), quote(path))
			return nil
		},
	}
	c.Flags().StringVar(&from, "from", "quickstart", "the built-in `SCENARIO` to copy")
	_ = c.RegisterFlagCompletionFunc("from", cobra.FixedCompletions(scenarioNames(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

// create writes a file that does not exist yet.
func create(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return withHint(fmt.Errorf("%s is there already: %w", path, fs.ErrExist), "choose another name, or remove it first")
	case err != nil:
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	if _, err := f.Write(text); err != nil {
		f.Close()
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return f.Close()
}
