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
	var from, format string
	c := &cobra.Command{
		Use:     "new NAME",
		Short:   "Write a scenario file to edit, from a built-in one or another program's domain",
		GroupID: simulate,
		Long: `New writes NAME.toml, a copy of a built-in scenario with its comments, and beside it
` + schemaFile + `, by which editors complete and check it. From a folder with a domain of GENIUS,
GeniusWeb, NegoLog or NegMAS it writes that domain as such a file. With --format genius it writes
the folder NAME instead, with GENIUS XML: a domain file and a profile for each side, from such a folder or
from a scenario whose interests are in one issue each, drawn numbers at their medians. It overwrites
nothing.`,
		Example: `  parley new mine                  from quickstart, the shortest
  parley new mine --from madrid
  parley run mine.toml
  parley new itex --from domains/ItexvsCypress
  parley new shop --from shop.toml --format genius`,
		Args: arguments("a NAME"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "toml", "genius"); err != nil {
				return err
			}
			if format == "genius" {
				return newGenius(c, s, args[0], from)
			}
			text, err := newText(s, from)
			if err != nil {
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
	c.Flags().StringVar(&from, "from", "quickstart", "the built-in `SCENARIO`, or folder with a domain, to copy")
	c.Flags().StringVar(&format, "format", "toml", "what to write: `toml|genius`")
	_ = c.RegisterFlagCompletionFunc("from", cobra.FixedCompletions(scenarioNames(), cobra.ShellCompDirectiveDefault))
	return c
}

// newText is the text of the scenario to copy.
func newText(s streams, from string) ([]byte, error) {
	text, err := configs.Scenario(from)
	if err == nil {
		return text, nil
	}
	_, _, domain, err := scenario.Open(from, nil)
	switch {
	case err != nil:
		return nil, err
	case domain == nil:
		return nil, fmt.Errorf("--from: %q is a scenario file; copy it", from)
	}
	warnOf(s.Err, domain)
	return domain.TOML(), nil
}

// newGenius writes a folder of GENIUS XML.
func newGenius(c *cobra.Command, s streams, dir, from string) error {
	cfg, name, domain, err := scenario.Open(from, nil)
	if err != nil {
		return err
	}
	if domain != nil {
		warnOf(s.Err, domain)
	} else {
		model, err := scenario.Compile(c.Context(), cfg, compiling(s, false))
		if err != nil {
			return err
		}
		if domain, err = model.Domain(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	files, err := domain.Genius(filepath.Base(dir))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if there, err := os.ReadDir(dir); err != nil || len(there) > 0 {
		if err == nil {
			err = withHint(fmt.Errorf("%s is not empty: %w", dir, fs.ErrExist), "choose another name, or empty it first")
		}
		return err
	}
	for _, f := range files {
		if err := create(filepath.Join(dir, f.Name), f.Text); err != nil {
			return err
		}
	}
	s.say("wrote %s: %s; next: parley frontier ./%s", dir, plural(uint64(len(files)), "file"), filepath.Base(dir))
	return nil
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
