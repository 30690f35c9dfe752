package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/configs"
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/importer"
	"github.com/parley-sim/parley/internal/scenario"
)

// chosen is what a command line says about the scenario to play.
type chosen struct {
	arg  string // as typed: a name or a path
	sets []string
	seed string

	talk   func() io.Writer // where warnings go
	domain *importer.Domain // of a folder with a benchmark domain; else nil
}

func (ch *chosen) flags(c *cobra.Command) {
	ch.talk = c.ErrOrStderr
	c.Flags().StringArrayVar(&ch.sets, "set", nil, "change a number: `KEY=VALUE`, such as party.us.cost_of_delay=1.5; may be repeated")
	c.Flags().StringVar(&ch.seed, "seed", "", "master seed, a whole number `S` >= 0 (default: the scenario's)")
	c.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return scenarioNames(), cobra.ShellCompDirectiveDefault
	}
}

func scenarioNames() []string {
	var names []string
	for _, s := range configs.Scenarios() {
		names = append(names, s.Name)
	}
	return names
}

// load reads the scenario and lays the command line over it. The name is the scenario's short name.
func (ch *chosen) load(arg string) (cfg *config.Scenario, name string, err error) {
	ch.arg = arg
	for _, set := range ch.sets {
		if key, _, ok := strings.Cut(set, "="); !ok || key == "" {
			return nil, "", withHint(fmt.Errorf("--set %s: it is not KEY=VALUE", set), "such as --set party.us.cost_of_delay=1.5")
		}
	}
	cfg, name, ch.domain, err = scenario.Open(arg, ch.sets)
	var unknown *scenario.UnknownScenario
	switch {
	case errors.As(err, &unknown):
		return nil, "", withHint(err, "parley list scenarios tells what each asks; parley new writes one to edit")
	case err != nil:
		return nil, "", err
	}
	if ch.domain != nil && ch.talk != nil {
		warnOf(ch.talk(), ch.domain)
	}
	if ch.seed != "" {
		if cfg.Seed, err = seedOf(ch.seed); err != nil {
			return nil, "", err
		}
	}
	return cfg, name, nil
}

// seedOf reads a master seed.
func seedOf(value string) (int64, error) {
	n, err := strconv.ParseUint(value, 10, 63)
	if err != nil {
		return 0, fmt.Errorf("--seed: %q is not a whole number from 0 to %d", value, uint64(math.MaxInt64))
	}
	return int64(n), nil
}

// runNumber reads --run: the number of a run, from 0; without is what it is when the flag is not given.
func runNumber(value string, without uint64) (uint64, error) {
	if value == "" {
		return without, nil
	}
	n, err := strconv.ParseUint(value, 10, 63)
	if err != nil {
		return 0, fmt.Errorf("--run: %q is not the number of a run, a whole number from 0", value)
	}
	return n, nil
}

// again is the command line that chooses the same scenario, after the command's name.
func (ch *chosen) again() string {
	words := []string{quote(ch.arg)}
	if ch.seed != "" {
		words = append(words, "--seed "+ch.seed)
	}
	for _, set := range ch.sets {
		words = append(words, "--set "+quote(set))
	}
	return strings.Join(words, " ")
}

// quote makes a word safe for a shell.
func quote(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t\n\"'\\$&|;<>()*?[]#~`{}!") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// count reads a number of runs: whole, from 1. Digits may be grouped by commas or underscores.
func count(flag, value string) (uint64, error) {
	plain := strings.NewReplacer("_", "", ",", "").Replace(value)
	n, err := strconv.ParseUint(plain, 10, 64)
	if err != nil || n == 0 {
		return 0, withHint(fmt.Errorf("--%s: %q is not a whole number of at least 1", flag, value), "such as --%s 10000", flag)
	}
	return n, nil
}

// mostWarnings is how many warnings of a domain are told.
const mostWarnings = 10

// warnOf tells what a domain's files say that is odd.
func warnOf(w io.Writer, d *importer.Domain) {
	for i, text := range d.Warnings {
		if i == mostWarnings {
			fmt.Fprintf(w, "warning: and %d more\n", len(d.Warnings)-mostWarnings)
			break
		}
		fmt.Fprintf(w, "warning: %s\n", text)
	}
}
