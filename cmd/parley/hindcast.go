package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/study/hindcast"
)

// hindcastFlags are the flags of parley hindcast.
type hindcastFlags struct {
	episodes, outcomes string
	runs, seed         string
	format, out        string
	fit                bool
}

func newHindcast(s streams) *cobra.Command {
	var f hindcastFlags
	c := &cobra.Command{
		Use:     "hindcast [SCENARIO...]",
		Short:   "Hold forecasts against what really happened",
		GroupID: research,
		Long: `Hindcast plays negotiations that took place with what was known before, and scores the forecasts
against what came of them.

Without --episodes it plays scenarios: those named, or every built-in one that says what came of it
([observed]). Each is played as it stands on its as_of; a source dated later, or remembered and not
read, is refused.

With --episodes FILE.csv it builds each negotiation from a row a term (status quo, demands, value
without a deal), by one rule that never looks at the outcome, and plays a session a term. Whether an
episode ended in a deal comes from --outcomes FILE.json alone.

Scores are the CRPS as a share of each term's range, fixed beforehand, beside those of uniform, status
quo, threat, mid-point, climatology and "classes with a uniform draw", the ablation that leaves the
game out. With --out the tables, the numbers and the chart go to a folder.`,
		Example: `  parley hindcast
  parley hindcast phase_one_2020 busan_2025 --runs 5000
  parley hindcast --episodes terms.csv --outcomes episodes.json --format json
  parley hindcast --episodes terms.csv --outcomes episodes.json --out hindcast`,
		RunE: func(c *cobra.Command, args []string) error { return runHindcast(c.Context(), s, &f, args) },
		ValidArgsFunction: func(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return scenarioNames(), cobra.ShellCompDirectiveDefault
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.episodes, "episodes", "", "play the negotiations of this `FILE.csv`, a row a term")
	fl.StringVar(&f.outcomes, "outcomes", "", "how episodes ended: a `FILE.json` of records with id and outcome_class")
	fl.StringVar(&f.runs, "runs", "2000", "how many talks an episode, `N` >= 1")
	fl.StringVar(&f.seed, "seed", "1", "master seed, a whole number `S` >= 0")
	fl.StringVar(&f.format, "format", "text", "what to print: `text|json`")
	fl.BoolVar(&f.fit, "fit", false, "fit two of the rule's numbers on the other groups of episodes, instead of its priors; kept in results/hindcast by hash")
	fl.StringVar(&f.out, "out", "", "also write tables, numbers and the chart into this `DIR`")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func runHindcast(ctx context.Context, s streams, f *hindcastFlags, args []string) error {
	if err := oneOf("format", f.format, "text", "json"); err != nil {
		return err
	}
	runs, err := count("runs", f.runs)
	if err != nil {
		return err
	}
	if runs > hindcast.MostRuns {
		return fmt.Errorf("--runs: %d is more than %d", runs, hindcast.MostRuns)
	}
	seed, err := strconv.ParseUint(f.seed, 10, 63)
	if err != nil {
		return fmt.Errorf("--seed: %q is not a whole number from 0 to %d", f.seed, uint64(math.MaxInt64))
	}
	opt := hindcast.Options{Runs: int(runs), Seed: seed}
	var records []hindcast.Record
	if f.outcomes != "" {
		data, err := readInput("outcomes", f.outcomes)
		if err != nil {
			return err
		}
		if records, err = hindcast.ReadOutcomes(f.outcomes, data); err != nil {
			return err
		}
	}
	var tables []hindcast.Table
	if f.episodes != "" {
		if len(args) > 0 {
			return withHint(fmt.Errorf("--episodes plays a file, so the scenario %s is one too many", args[0]), "leave out one of the two")
		}
		tables, err = playEpisodes(ctx, s, f, records, opt)
	} else if f.fit {
		return fmt.Errorf("--fit goes with --episodes: scenarios have the priors they are written with")
	} else {
		tables, err = playNamed(ctx, s, args, records, opt)
	}
	if err != nil {
		return err
	}
	return f.tell(s, tables, opt)
}

// readInput reads a file that a flag names.
func readInput(flag, path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--%s: there is no file %s: %w", flag, path, fs.ErrNotExist)
	}
	if err != nil {
		return nil, fmt.Errorf("--%s: %w", flag, err)
	}
	return data, nil
}

func playEpisodes(ctx context.Context, s streams, f *hindcastFlags, records []hindcast.Record, opt hindcast.Options) ([]hindcast.Table, error) {
	data, err := readInput("episodes", f.episodes)
	if err != nil {
		return nil, err
	}
	list, err := hindcast.ReadTerms(f.episodes, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	unknown, extra := hindcast.Settle(list, records)
	if f.outcomes == "" {
		s.say("note: without --outcomes it is not known which episodes ended in a deal")
	} else if len(unknown) > 0 {
		s.say("note: %s does not say how these ended: %s", f.outcomes, strings.Join(unknown, ", "))
	}
	if len(extra) > 0 {
		s.say("note: %s has no row of these: %s", f.episodes, strings.Join(extra, ", "))
	}
	var tables []hindcast.Table
	for _, v := range []struct {
		name  string
		blank func(*hindcast.Term) []string
		has   func(*hindcast.Term) bool
	}{
		{"all cells", nil, nil},
		{"coded cells blanked", hindcast.Coded, func(t *hindcast.Term) bool { return len(t.Coded) > 0 }},
		{"coded and remembered cells blanked", hindcast.Strict, func(t *hindcast.Term) bool { return len(t.Recalled) > 0 }},
	} {
		if v.has != nil && !slices.ContainsFunc(list, func(e hindcast.Episode) bool {
			return slices.ContainsFunc(e.Terms, func(t hindcast.Term) bool { return v.has(&t) })
		}) {
			continue
		}
		opt.Blank = v.blank
		cases, err := f.play(ctx, s, list, opt)
		if err != nil {
			return nil, err
		}
		tables = append(tables, hindcast.Table{Name: v.name, Cases: cases, Totals: hindcast.Total(cases, opt.Seed)})
	}
	return tables, nil
}

// play plays episodes with the priors, or fitted.
func (f *hindcastFlags) play(ctx context.Context, s streams, list []hindcast.Episode, opt hindcast.Options) ([]hindcast.Case, error) {
	if !f.fit {
		return hindcast.Play(ctx, list, opt)
	}
	dir := filepath.Join(resultsDir, "hindcast")
	name := "fit-" + hindcast.FitHash(list, opt) + ".json"
	var stored *hindcast.Fit
	data, err := os.ReadFile(filepath.Join(dir, name))
	switch {
	case err == nil:
		stored = new(hindcast.Fit)
		if err := json.Unmarshal(data, stored); err != nil {
			return nil, withHint(fmt.Errorf("%s: %w", filepath.Join(dir, name), err), "remove that file; it is made again")
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	cases, fit, err := hindcast.PlayFitted(ctx, list, opt, stored)
	if err != nil {
		return nil, err
	}
	if stored != nil && stored.Hash == fit.Hash {
		return cases, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(fit, "", "  ")
	if err != nil {
		return nil, err
	}
	s.say("fitted on the other groups; kept in %s", filepath.Join(dir, name))
	return cases, writeFile(dir, name, append(text, '\n'))
}

// tell prints what was asked for, and fills the folder.
func (f *hindcastFlags) tell(s streams, tables []hindcast.Table, opt hindcast.Options) error {
	main := &tables[0]
	if main.Totals.Clamped > 0 {
		for _, c := range main.Cases {
			for _, r := range c.Terms {
				if r.Clamped {
					s.say("note: %s.%s: what happened, %v, lies outside %g to %g and counts as its end", c.ID, r.Issue, r.Observed, r.Lo, r.Hi)
				}
			}
		}
	}
	var answer bytes.Buffer
	e := json.NewEncoder(&answer)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(hindcast.NewAnswer(main.Cases, main.Totals)); err != nil {
		return err
	}
	if f.out != "" {
		if err := f.write(tables, answer.Bytes(), opt); err != nil {
			return err
		}
		s.say("written to %s", f.out)
	}
	if f.format == "json" {
		_, err := s.Out.Write(answer.Bytes())
		return err
	}
	return hindcast.WriteText(s.Out, tables)
}

// write makes the folder: the answer, the tables as printed, and the chart with its numbers.
func (f *hindcastFlags) write(tables []hindcast.Table, answer []byte, opt hindcast.Options) error {
	if err := os.MkdirAll(f.out, 0o755); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	var text bytes.Buffer
	if err := hindcast.WriteText(&text, tables); err != nil {
		return err
	}
	if err := writeFile(f.out, "hindcast.json", answer); err != nil {
		return err
	}
	if err := writeFile(f.out, "hindcast.txt", text.Bytes()); err != nil {
		return err
	}
	dir := filepath.Join(f.out, chartsDir)
	if err := clearCharts(dir); err != nil {
		return err
	}
	fig := hindcast.Figure(tables[0].Cases, tables[0].Totals, opt.Runs, opt.Seed)
	_, err := chart.Write(dir, []chart.Figure{fig}, []string{"svg", "png"})
	return err
}
