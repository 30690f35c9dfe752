package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/scenario"
)

// findLimit is how many runs are searched for one with a cause.
const findLimit = 200_000

func newTrace(s streams) *cobra.Command {
	var ch chosen
	var number, like, chart string
	var allowExec bool
	c := &cobra.Command{
		Use:     "trace SCENARIO",
		Short:   "Tell one negotiation, move by move",
		GroupID: understand,
		Long: `Trace plays one run again and tells it round by round: each offer in words (what changed since
that side's last one), what it is worth to both, what its maker aimed at, and why the talks ended.
It is the very run that parley run plays under the same number and seed; of a scenario with a design,
the one with nothing varied.`,
		Example: `  parley trace madrid                          run 0
  parley trace madrid --run 4711
  parley trace madrid --like walk_out:china    the first run that ended so
  parley trace madrid --chart dance.svg        also draw the dance of offers`,
		Args: arguments("a SCENARIO"),
		RunE: func(c *cobra.Command, args []string) error {
			if number != "" && like != "" {
				return errors.New("--run and --like: one or the other, not both, says which run to tell")
			}
			cfg, _, err := ch.load(args[0])
			if err != nil {
				return err
			}
			opt := compiling(s, false)
			opt.AllowExec = allowExec
			model, err := scenario.Compile(c.Context(), cfg, opt)
			if err != nil {
				return err
			}
			if p := model.Programs(); len(p) > 0 && !allowExec {
				return withHint(&scenario.ProgramError{Command: p[0]}, "--allow-exec runs it, with your rights")
			}
			seed := uint64(cfg.Seed)
			run := uint64(0)
			if run, err = runNumber(number, run); err != nil {
				return err
			}
			if like != "" {
				run, err = model.Find(c.Context(), seed, like, findLimit)
				var unknown *scenario.UnknownCause
				switch {
				case errors.As(err, &unknown):
					return unknownCause(unknown)
				case errors.Is(err, scenario.ErrNoSuchRun):
					return fmt.Errorf("none of the first %d runs ended with cause %s", findLimit, like)
				case err != nil:
					return err
				}
			}
			t, err := model.Trace(c.Context(), seed, run)
			if err != nil {
				return err
			}
			if chart != "" {
				if err := drawDance(chart, danceOf(model, args[0], t)); err != nil {
					return err
				}
			}
			return tell(c.Context(), s, model, t)
		},
	}
	ch.flags(c)
	c.Flags().StringVar(&number, "run", "", "the run's number, `K` >= 0 (default 0)")
	c.Flags().StringVar(&like, "like", "", "the first run that ended with this `CAUSE`, as in the cause column: deadline, walk_out:us ...")
	c.Flags().BoolVar(&allowExec, "allow-exec", false, "run the programs that the scenario names (bidding = \"exec:COMMAND\")")
	c.Flags().StringVar(&chart, "chart", "", "draw the offers over the frontier to `FILE`.svg, .png or .pdf")
	return c
}

// unknownCause lists the causes that the scenario knows.
func unknownCause(u *scenario.UnknownCause) error {
	err := fmt.Errorf("--like: no run of this scenario can end with cause %q", u.Cause)
	if near := nearest(u.Cause, append([]string(nil), u.Known...)); near != "" {
		return withHint(err, "did you mean --like %s?", near)
	}
	return withHint(err, "one of %s", strings.Join(u.Known, ", "))
}
