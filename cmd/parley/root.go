package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"
)

// Exit codes, the same for every command.
const (
	exitFine        = 0
	exitRunErrors   = 1   // the work was done, but some runs are errors
	exitUsage       = 2   // a wrong flag, argument, configuration or file
	exitInterrupted = 130 // Ctrl-C or SIGTERM; what was done is kept
)

// streams are where a command reads and writes. Out carries data only, Err all talk.
type streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// The groups of the commands, in the order of the help.
const (
	simulate   = "simulate"
	understand = "understand"
	research   = "research"
	operate    = "operate"
)

// run carries out one command line and gives its exit code.
func run(ctx context.Context, s streams, args []string) int {
	root := newRoot(s)
	root.SetArgs(args)
	if err := root.ExecuteContext(ctx); err != nil {
		return fail(s.Err, err)
	}
	return exitFine
}

func newRoot(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "parley",
		Short: "Play a trade negotiation 100,000 times and see what decides it",
		Long: `Parley plays a negotiation between two sides 100,000 times under uncertainty and shows
which deals come out, how often there is none and why, and which assumption decides it.`,
		Example: `  parley run madrid                       play the built-in scenario
  parley trace madrid --like deadline     tell one talk that ran out of time, move by move
  parley new mine --from madrid           write a copy to edit; then: parley run mine.toml`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.AddGroup(
		&cobra.Group{ID: simulate, Title: "Simulate:"},
		&cobra.Group{ID: understand, Title: "Understand:"},
		&cobra.Group{ID: research, Title: "Research:"},
		&cobra.Group{ID: operate, Title: "Operate:"},
	)
	root.SetHelpCommandGroupID(operate)
	root.SetCompletionCommandGroupID(operate)
	root.AddCommand(newVersion(s))
	return root
}
