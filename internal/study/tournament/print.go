package tournament

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Print writes the result for a terminal.
func (r *Result) Print(w io.Writer) error {
	b := bufio.NewWriter(w)
	said := r.Said()
	fmt.Fprintf(b, "%s.\n", said.Headline)
	for _, s := range said.Sentences {
		fmt.Fprintf(b, "%s\n", s.String())
	}
	wide := len("player")
	for _, p := range r.Players {
		wide = max(wide, len(p))
	}
	fmt.Fprintf(b, "\n%3s  %-*s %7s %16s %8s %7s %7s %7s %8s %8s\n", "", wide, "player", "score", "95% interval", "p", "other", "joint", "agree", "to front", "to Nash")
	for _, l := range r.Ranking {
		mark := " "
		if l.Tied {
			mark = "="
		}
		p := pValue(l.P)
		if l.Place == 1 {
			p = ""
		}
		fmt.Fprintf(b, "%3d%s %-*s %7s %7s to %6s %8s %7s %7s %6.1f%% %8s %8s\n", l.Place, mark, wide, l.Player, num3(l.Score), num3(l.Lo), num3(l.Hi),
			strings.Replace(p, "below ", "<", 1), num3(l.Other), num3(l.Joint), percent(l.Agreement), num3(l.ToFrontier), num3(l.ToNash))
	}
	fmt.Fprintf(b, "\n= cannot be told from the first at 5%%. Scores in %s over %s", r.scoreWord(), count(r.Units, "unit"))
	if r.Unit != "domain" {
		fmt.Fprintf(b, " (%s)", r.Unit)
	}
	fmt.Fprintf(b, ", %d sessions.\n", r.Sessions)
	if n := len(r.Game.Symmetric); n > 0 {
		fmt.Fprintf(b, "\nWould last:\n")
		for k := range r.Game.Symmetric {
			e := &r.Game.Symmetric[k]
			stable := ""
			if e.Stable {
				stable = ", stable"
			}
			fmt.Fprintf(b, "  equilibrium  %s (payoff %s%s)\n", e.words(), num3(e.Payoff), stable)
		}
	}
	for k := range r.Game.Basins {
		if k == 5 {
			break
		}
		m := &r.Game.Basins[k]
		fmt.Fprintf(b, "  %3.0f%% of starts end at %s\n", percent(m.Share), m.words())
	}
	if r.Errors > 0 {
		fmt.Fprintf(b, "\n%s ended in an error:\n", count(int(r.Errors), "session"))
		for _, l := range r.Ranking {
			if l.Errors > 0 {
				fmt.Fprintf(b, "  %d by %s\n", l.Errors, l.Player)
			}
		}
	}
	return b.Flush()
}
