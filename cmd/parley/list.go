package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/configs"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/politics/threat"
)

// entry is one thing of a list: its name, what it is, and lines beneath.
type entry struct {
	name, text string
	more       []string
	part       string // heads the entries that follow
}

// lists are what parley list can list.
var lists = []struct {
	name, title string
	entries     func() []entry
}{
	{"agents", "the parts of negotiators: bidding, acceptance, opponent model", agentEntries},
	{"protocols", "the rules of talk", protocolEntries},
	{"policies", "ways with threats, for [escalation]", policyEntries},
	{"interests", "the shapes of interests", interestEntries},
	{"distributions", "how a number can be drawn", distributionEntries},
	{"scenarios", "the built-in scenarios", scenarioEntries},
}

func newList(s streams) *cobra.Command {
	var names []string
	long := "List tells what a scenario can name:\n"
	for _, l := range lists {
		names = append(names, l.name)
		long += fmt.Sprintf("\n  %-14s %s", l.name, l.title)
	}
	return &cobra.Command{
		Use:       "list " + strings.Join(names, "|"),
		Short:     "List agents, protocols, policies, interests, distributions, scenarios",
		GroupID:   research,
		Long:      long,
		Example:   "  parley list agents\n  parley list scenarios",
		ValidArgs: names,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				for _, n := range names {
					if n == args[0] {
						return nil
					}
				}
				err := fmt.Errorf("parley list knows no %q: it lists %s", args[0], strings.Join(names, ", "))
				if near := nearest(args[0], append([]string(nil), names...)); near != "" {
					return withHint(err, "did you mean parley list %s?", near)
				}
				return err
			}
			return arguments("one of "+strings.Join(names, ", "))(c, args)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			for _, l := range lists {
				if l.name == args[0] {
					return printEntries(s, l.entries())
				}
			}
			return nil
		},
	}
}

// spelling tells how the parts make an agent.
const spelling = "boulware+optimal+bayesian:concession=0.1 is a bidding strategy with an acceptance condition, an opponent model and a parameter; exec:COMMAND a program (--allow-exec)"

func printEntries(s streams, list []entry) error {
	w := bufio.NewWriter(s.Out)
	name := 0
	for _, e := range list {
		name = max(name, len(e.name))
	}
	room := min(max(columns(s.Out), 72), 110) - name - 2
	for _, e := range list {
		if e.part != "" {
			fmt.Fprintf(w, "%s\n", e.part)
		}
		head := e.name
		for _, text := range append([]string{e.text}, e.more...) {
			for _, l := range lines(text, room) {
				fmt.Fprintf(w, "%-*s  %s\n", name, head, l)
				head = ""
			}
		}
	}
	return w.Flush()
}

func scenarioEntries() []entry {
	var list []entry
	for _, s := range configs.Scenarios() {
		list = append(list, entry{name: s.Name, text: s.Question})
	}
	return list
}

func agentEntries() []entry {
	var list []entry
	var kind agents.Kind
	for _, a := range agents.List() {
		e := entry{name: "  " + a.Name, text: a.Description + sourced(a.Source)}
		if a.Kind != kind {
			e.part, kind = string(a.Kind), a.Kind
		}
		if u := agents.Usual(agents.Spec{Bidding: a.Name}); a.Kind == agents.Bidding && (u.Accept != "next" || u.Opponent != "none") {
			e.more = append(e.more, fmt.Sprintf("usually %s+%s+%s", a.Name, u.Accept, u.Opponent))
		}
		for _, p := range a.Params {
			whole := ""
			if p.Whole {
				whole = ", whole"
			}
			e.more = append(e.more, fmt.Sprintf("%s = %v (%v to %v%s): %s", p.Name, p.Default, p.Min, p.Max, whole, p.Doc))
		}
		list = append(list, e)
	}
	return append(list, entry{name: "  spelled", text: spelling, part: "together"})
}

func sourced(paper string) string {
	if paper == "" {
		return ""
	}
	return " [" + paper + "]"
}

func policyEntries() []entry {
	var list []entry
	for _, p := range threat.List() {
		e := entry{name: p.Name, text: p.Description + sourced(p.Source)}
		for _, q := range p.Params {
			e.more = append(e.more, q.Name+": "+q.Doc)
		}
		list = append(list, e)
	}
	list = append(list, entry{name: "all of them", text: "threaten to raise what they give, step by step", more: []string{
		"size: what a step adds, in the unit of the issue", "most_steps: how many steps at most, 1 to 4",
		"aimed_at: the issue that is raised; without it, broadly, all that no deal moves",
	}})
	return list
}

func protocolEntries() []entry {
	var list []entry
	for _, p := range sim.Protocols() {
		e := entry{name: p.Name, text: p.Description + sourced(p.Source)}
		if p.Round != "" {
			e.more = append(e.more, "a round: "+p.Round)
		}
		if p.Knows != "" {
			e.more = append(e.more, "who knows what: "+p.Knows)
		}
		list = append(list, e)
	}
	return list
}
