// Command surfacedata solves the payoff surfaces that the scenarios of the program ask for and writes
// them where they are embedded, so that who runs such a scenario waits for nothing:
//
//	go run ./internal/surfacedata [-to configs/data/economy/surfaces] [SCENARIO ...]
//
// Without names it takes every scenario that comes with the program. A surface is kept under a hash of
// its model, the model's data and its grid, so one that fits no longer is not read, and solved anew by
// the program; this command drops it. Output depends on the code and the scenarios alone.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/parley-sim/parley/configs"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/economy"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(args []string, stderr io.Writer) error {
	fl := flag.NewFlagSet("surfacedata", flag.ContinueOnError)
	fl.SetOutput(stderr)
	to := fl.String("to", "configs/data/economy/surfaces", "folder of the surfaces")
	if err := fl.Parse(args); err != nil {
		return err
	}
	names := fl.Args()
	if len(names) == 0 {
		for _, s := range configs.Scenarios() {
			names = append(names, s.Name)
		}
	}
	old, err := filepath.Glob(filepath.Join(*to, "*.json"))
	if err != nil {
		return err
	}
	stale, known := map[string]bool{}, map[string]bool{}
	for _, path := range old {
		stale[path] = true
	}
	for _, name := range names {
		surfaces, err := needed(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, s := range surfaces {
			what := fmt.Sprint(s.Part, s.Asked)
			if known[what] {
				continue
			}
			known[what] = true
			made, err := economy.Build(context.Background(), s.Part, s.Asked, economy.BuildOptions{Anew: true})
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			path, err := economy.Keep(made, 0, *to)
			if err != nil {
				return err
			}
			if err := os.Chmod(path, 0o644); err != nil {
				return err
			}
			delete(stale, path)
			fmt.Fprintf(stderr, "%s: %s, held-out error $%.2gbn a year: %s\n", name, s.Part.Model, made.HeldOut, path)
		}
	}
	if fl.NArg() == 0 {
		for _, path := range old {
			if stale[path] {
				if err := os.Remove(path); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// needed lists the surfaces of a scenario, and of each trade model that it repeats its headline under.
func needed(name string) ([]*economy.Surface, error) {
	cfg, _, err := scenario.Load(name, nil)
	if err != nil || cfg.Economy == nil {
		return nil, err
	}
	var out []*economy.Surface
	for _, model := range append([]string{cfg.Economy.Tariffs}, cfg.Economy.Also...) {
		c, err := cfg.With("economy.tariffs=" + model)
		if err != nil {
			return nil, err
		}
		m, err := scenario.Compile(context.Background(), c, scenario.Options{Cache: "-"})
		if err != nil {
			return nil, err
		}
		if k := m.Composite(); k != nil {
			for _, s := range []*economy.Surface{k.Tariffs, k.Farm, k.Inputs} {
				if s.Part.Model != "linear" { // solved in no time
					out = append(out, s)
				}
			}
			if model == cfg.Economy.Tariffs { // of the report's map of tariffs
				s, err := m.MapSurface(context.Background(), scenario.Options{Cache: "-"})
				if err != nil {
					return nil, err
				}
				out = append(out, s)
			}
		}
	}
	return out, nil
}
