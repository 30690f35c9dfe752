package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/scenario"
)

func newCheck(s streams) *cobra.Command {
	var ch chosen
	c := &cobra.Command{
		Use:     "check SCENARIO",
		Short:   "Check a scenario, and list the numbers that rest on nothing",
		GroupID: simulate,
		Long: `Check reads a scenario and reports everything that is wrong with it, each with its place. Where
nothing is, it says what the scenario holds and lists the numbers that have neither a source nor say
that they are assumed.`,
		Example: `  parley check mine.toml
  parley check madrid --set party.us.cost_of_delay=1.5`,
		Args: arguments("a SCENARIO"),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, name, err := ch.load(args[0])
			if err != nil {
				return err
			}
			batch, err := scenario.NewBatch(c.Context(), cfg, compiling(s, false))
			if err != nil {
				return err
			}
			b := batch.Brief(name)
			var assumed, sourced, drawn int
			var bare []string
			w := tabwriter.NewWriter(s.Out, 0, 4, 2, ' ', 0)
			for _, n := range b.Numbers {
				if n.Drawn {
					drawn++
				}
				switch {
				case n.Assumed != "":
					assumed++
				case n.Source != "":
					sourced++
				default:
					bare = append(bare, fmt.Sprintf("%s\t%s\t%s", n.Origin, n.Key, n.Value))
				}
			}
			fmt.Fprintf(s.Out, "%s is fine: %s, %s possible deals; %d numbers, %d drawn; %d sourced, %d assumed, %d neither\n",
				name, plural(uint64(len(b.Issues)), "issue"), b.Outcomes, len(b.Numbers), drawn, sourced, assumed, len(bare))
			if len(bare) > 0 {
				fmt.Fprintln(s.Out, "\nNeither a source nor assumed:")
				for _, l := range bare {
					fmt.Fprintln(w, "  "+l)
				}
			}
			return w.Flush()
		},
	}
	ch.flags(c)
	return c
}
