package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/study/enforce"
)

func newEnforce(s streams) *cobra.Command {
	var ch chosen
	var runs, delta, format, out string
	var named []string
	c := &cobra.Command{
		Use:     "enforce SCENARIO",
		Short:   "Say which deals hold by themselves, and what it takes",
		GroupID: understand,
		Long: `Enforce asks of the efficient deals whether each side, every year, would rather keep them than break
them. A side that breaks sets what it gives as suits it best, until it is answered; then there is no
deal, and what was invested is a hostage: its owner loses part of it. How far each side looks ahead,
and what a break costs, the scenario says ([hold], party.X.discount).

It prints the shares of deals that would pass at home and that would hold, who would break the fair
deal and when, and what would keep it: a payment, a snapback clause, more or earlier investment, a
longer shadow of the future. In each draw the answer is exact; it is repeated over --runs draws.`,
		Example: `  parley enforce madrid
  parley enforce madrid --deal investment=1000 --deal control=joint_venture
  parley enforce madrid --delta 0.95 --runs 2000
  parley enforce madrid --set hold.punish_years=3 --out enforce --format json`,
		Args: arguments("a SCENARIO"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			opt := enforce.Options{}
			if runs != "" {
				n, err := count("runs", runs)
				if err != nil {
					return err
				}
				if n > 1_000_000 {
					return fmt.Errorf("--runs: %d draws are more than 1,000,000", n)
				}
				opt.Runs = int(n)
			}
			if delta != "" {
				d, err := discount(delta)
				if err != nil {
					return err
				}
				opt.Delta = &d
			}
			for _, d := range named {
				issue, value, ok := strings.Cut(d, "=")
				if !ok || issue == "" || value == "" {
					return withHint(fmt.Errorf("--deal %s: it is not ISSUE=VALUE", d), "such as --deal investment=350; issues not named are as in the fair deal")
				}
				if opt.Deal == nil {
					opt.Deal = map[string]string{}
				}
				opt.Deal[issue] = value
			}
			cfg, name, err := ch.load(args[0])
			if err != nil {
				return err
			}
			opt.Seed = uint64(cfg.Seed)
			model, err := scenario.Compile(c.Context(), cfg, compiling(s, false))
			if err != nil {
				return err
			}
			a, sets, err := enforce.Ask(c.Context(), model, name, opt)
			if err != nil {
				return err
			}
			if out != "" {
				if err := writeEnforce(out, a, sets); err != nil {
					return err
				}
			}
			if format == "json" {
				b, err := enforceText(a)
				if err == nil {
					_, err = s.Out.Write(b)
				}
				return err
			}
			return tellEnforce(s, model, a, out)
		},
	}
	ch.flags(c)
	c.Flags().StringVar(&runs, "runs", "", "how many draws, `N` >= 1 (default 500)")
	c.Flags().StringVar(&delta, "delta", "", "what both sides count the next year for against this one, `X` from 0 to below 1 (default: the scenario's, by side)")
	c.Flags().StringArrayVar(&named, "deal", nil, "judge one more deal: `ISSUE=VALUE`, the others as in the fair deal; may be repeated")
	c.Flags().StringVar(&format, "format", "text", "what to print: `text|json`")
	c.Flags().StringVar(&out, "out", "", "write enforce.json and the chart of the three sets, with its numbers as CSV, to `DIR`")
	return c
}

// discount reads a discount factor.
func discount(value string) (float64, error) {
	d, err := strconv.ParseFloat(value, 64)
	switch {
	case err != nil || !(d >= 0 && d <= 1):
		return 0, withHint(fmt.Errorf("--delta: %q is not a number from 0 to below 1", value), "such as --delta 0.9: next year counts nine tenths of this one")
	case d == 1:
		return 0, withHint(fmt.Errorf("--delta: 1 with a deal without an end: every later year would count as much as this one, and no sum is finite; allowed: 0 to below 1"), "such as --delta 0.99")
	}
	return d, nil
}

// enforceText is the answer as JSON.
func enforceText(a *enforce.Answer) ([]byte, error) {
	b, err := json.MarshalIndent(a, "", "  ")
	return append(b, '\n'), err
}

// writeEnforce writes the answer and the chart.
func writeEnforce(dir string, a *enforce.Answer, sets *chart.Sets) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	b, err := enforceText(a)
	if err != nil {
		return err
	}
	if err := writeFile(dir, "enforce.json", b); err != nil || sets == nil {
		return err
	}
	_, err = chart.Write(dir, []chart.Figure{sets}, []string{"svg", "png"})
	return err
}
