package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/study/learn"
	"github.com/parley-sim/parley/internal/study/tournament"
)

func newLearn(s streams) *cobra.Command {
	var models, teachers []string
	var rounds, seed, format, out string
	c := &cobra.Command{
		Use:     "learn DOMAIN...",
		Short:   "Measure how soon opponent models know what the other wants",
		GroupID: research,
		Long: `Learn has opponent models listen to agents that speak through a whole talk, in both seats of every domain, and
tells by round how well their estimates correlate with the true utility over the outcomes.

DOMAIN is a folder of a benchmark domain (GENIUS, GeniusWeb, NegoLog, NegMAS) or a pattern of such.`,
		Example: `  parley learn 'domains/anac2011_*'
  parley learn domains/* --models bayesian,frequency --against boulware,micro --out learning.svg`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return arguments("a DOMAIN")(c, args)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json", "csv"); err != nil {
				return err
			}
			n, err := count("rounds", rounds)
			if err != nil || n > 1_000_000 {
				return fmt.Errorf("--rounds: %q is not a whole number from 1 to 1000000", rounds)
			}
			master, err := seedOf(seed)
			if err != nil {
				return err
			}
			domains, _, err := tournament.OpenDomains(c.Context(), args, ".", compiling(s, false))
			if err != nil {
				return err
			}
			if len(models) == 0 {
				models = agents.Names(agents.Opponent)[1:]
			}
			r, err := learn.Run(c.Context(), learn.Options{Domains: domains, Models: models, Teachers: teachers, Rounds: int32(n), Seed: uint64(master)})
			if err != nil {
				return err
			}
			if out != "" {
				if err := drawFigure(out, r.Figure(chart.Made{Source: fmt.Sprintf("Parley, seed %d", master)})); err != nil {
					return err
				}
			}
			return printLearning(s, r, format)
		},
	}
	fl := c.Flags()
	fl.StringSliceVar(&models, "models", nil, "opponent models, `A,B...` (default: all)")
	fl.StringSliceVar(&teachers, "against", []string{"boulware", "linear", "conceder", "hardheaded"}, "whom they hear, `A,B...`")
	fl.StringVar(&rounds, "rounds", "1000", "rounds of a talk, `N` >= 1")
	fl.StringVar(&seed, "seed", "1", "master seed, a whole number `S` >= 0")
	fl.StringVar(&format, "format", "text", "what to print: `text|json|csv`")
	fl.StringVar(&out, "chart", "", "draw the curves to `FILE`.svg, .png or .pdf")
	return c
}

func printLearning(s streams, r *learn.Result, format string) error {
	switch format {
	case "json":
		e := json.NewEncoder(s.Out)
		e.SetIndent("", " ")
		return e.Encode(r)
	case "csv":
		return csv.NewWriter(s.Out).WriteAll(r.Figure(chart.Made{}).CSV())
	}
	fmt.Fprintf(s.Out, "Correlation with the true utility after so many rounds of %d: %s with %s on %s, both seats.\n\n", r.Of, plural(uint64(r.Talks), "talk"), strings.Join(r.Teach, ", "), plural(uint64(r.Domains), "domain"))
	fmt.Fprintf(s.Out, "%-14s", "")
	for _, at := range r.Rounds {
		fmt.Fprintf(s.Out, " %6d", at)
	}
	fmt.Fprintln(s.Out)
	for k, name := range r.Models {
		fmt.Fprintf(s.Out, "%-14s", name)
		for i := range r.Rounds {
			fmt.Fprintf(s.Out, " %6.3f", r.Mean[k][i])
		}
		fmt.Fprintln(s.Out)
	}
	return nil
}
