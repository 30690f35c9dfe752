package main

import (
	"context"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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

// say tells the user something beside the data.
func (s streams) say(format string, a ...any) { fmt.Fprintf(s.Err, format+"\n", a...) }

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
		Args:          knownCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.SetFlagErrorFunc(flagError)
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error { return noEmptyFlags(c) }
	root.CompletionOptions.HiddenDefaultCmd = false
	root.AddGroup(
		&cobra.Group{ID: simulate, Title: "Simulate:"},
		&cobra.Group{ID: understand, Title: "Understand:"},
		&cobra.Group{ID: research, Title: "Research:"},
		&cobra.Group{ID: operate, Title: "Operate:"},
	)
	root.SetHelpCommandGroupID(operate)
	root.SetCompletionCommandGroupID(operate)
	root.AddCommand(
		newRun(s), newNew(s), newCheck(s),
		newTrace(s), newFrontier(s), newReport(s), newRuns(s),
		newEnforce(s),
		newHome(s),
		newTournament(s),
		newDuel(s),
		newPlay(s),
		newLearn(s),
		newHindcast(s),
		newList(s), newSchema(s),
		newEconomy(s),
		newMan(s), newVersion(s),
	)
	return root
}

// knownCommand refuses a command that does not exist.
func knownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("there is no command %q", args[0])
	var names []string
	for _, sub := range c.Commands() {
		names = append(names, sub.Name())
	}
	if near := nearest(args[0], names); near != "" {
		return withHint(err, "did you mean parley %s?", near)
	}
	return withHint(err, "parley --help lists the commands")
}

// flagError adds what was perhaps meant to pflag's message.
func flagError(c *cobra.Command, err error) error {
	const unknown = "unknown flag: --"
	name, ok := strings.CutPrefix(err.Error(), unknown)
	if !ok {
		return withHint(err, "%s --help lists the flags", c.CommandPath())
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := nearest(name, names); near != "" {
		return withHint(fmt.Errorf("%s has no flag --%s", c.CommandPath(), name), "did you mean --%s?", near)
	}
	return withHint(fmt.Errorf("%s has no flag --%s", c.CommandPath(), name), "%s --help lists the flags", c.CommandPath())
}

// noEmptyFlags refuses a flag that is given nothing, as by a shell variable that is not set: it would
// pass for the default.
func noEmptyFlags(c *cobra.Command) error {
	var err error
	c.Flags().Visit(func(f *pflag.Flag) {
		if err == nil && f.Value.Type() == "string" && f.Value.String() == "" {
			err = withHint(fmt.Errorf("--%s: an empty value", f.Name), "leave --%s out for its default", f.Name)
		}
	})
	return err
}

// nearest is the one of names that was perhaps meant, empty if none is near.
func nearest(word string, names []string) string {
	sort.Strings(names)
	best, near := max(len(word)/3, 2)+1, ""
	for _, n := range names {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), n); d < best {
			best, near = d, n
		}
	}
	return near
}

// arguments refuses a number of arguments other than that of names, in words.
func arguments(names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return withHint(fmt.Errorf("%s needs %s", c.CommandPath(), strings.Join(names[len(args):], " and ")), "%s", usage(c))
		case len(args) > len(names):
			return withHint(fmt.Errorf("%s: %q is one argument too many", c.CommandPath(), args[len(names)]), "%s", usage(c))
		}
		return nil
	}
}

func usage(c *cobra.Command) string { return c.UseLine() }

// oneOf refuses a value of a flag that is none of those allowed.
func oneOf(flag, value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	err := fmt.Errorf("--%s: %q is not one of %s", flag, value, strings.Join(allowed, ", "))
	if near := nearest(value, append([]string(nil), allowed...)); near != "" {
		return withHint(err, "did you mean --%s %s?", flag, near)
	}
	return err
}
