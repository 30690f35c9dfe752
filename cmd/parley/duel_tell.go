package main

import (
	"bufio"
	"fmt"
	"math"
	"strings"

	"github.com/parley-sim/parley/internal/study/duel"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// tell prints the duel for a person: who sat, the moves if asked for, the end and how near it came to the frontier.
func (t *duelTeller) tell() error {
	w := bufio.NewWriter(t.s.Out)
	line := func(format string, a ...any) { fmt.Fprintf(w, format+"\n", a...) }
	width := min(max(columns(t.s.Out), 72), 120)
	wrapped := func(head, text string) {
		for _, l := range lines(text, max(width-len([]rune(head)), 30)) {
			line("%s%s", head, l)
			head = strings.Repeat(" ", len([]rune(head)))
		}
	}
	r := t.r
	line("%s v %s; %s, seed %d", t.agentWord(0), t.agentWord(1), plural(uint64(t.d.Rounds), "round"), t.d.Seed)
	if len(r.Moves) > 0 {
		line("")
		who := max(len([]rune(t.names[0])), len([]rune(t.names[1])), 4)
		line("%6s  %-*s %9s %9s %9s   %s", "round", who, "who", t.names[0], t.names[1], "aim", "what")
		var last [2]deal.Offer
		same := 0
		flush := func() {
			if same > 0 {
				line("%6s  %s", "", plural(uint64(same), "offer")+" like that side's last")
			}
			same = 0
		}
		for i := range r.Moves {
			m := &r.Moves[i]
			if m.Kind == sim.Propose && last[m.By].Equal(m.Offer) {
				same++
				continue
			}
			flush()
			var u [2]string
			if m.Offer != nil {
				if worth := t.worth(m.Utility); worth != nil {
					u = [2]string{number(worth[0]), number(worth[1])}
				}
			}
			aim, what := "", "walks out"
			switch m.Kind {
			case sim.Propose:
				if !math.IsNaN(m.Aim) && !math.IsInf(m.Aim, 0) {
					aim = number(m.Aim)
				}
				what = t.words(m.Offer, last[m.By])
				last[m.By] = m.Offer
			case sim.Accept:
				what = "accepts"
			}
			wrapped(fmt.Sprintf("%6d  %-*s %9s %9s %9s   ", m.Round, who, t.names[m.By], u[0], u[1], aim), what)
		}
		flush()
		line("")
	}
	end := map[sim.Status]string{sim.Signed: "Signed", sim.NoDeal: "No deal", sim.Error: "Error"}[r.Status]
	why := r.Cause.String()
	if r.By >= 0 {
		why = t.names[r.By] + " " + map[sim.Cause]string{sim.Accepted: "accepted", sim.WalkOut: "walked out"}[r.Cause]
	} else if r.Cause == sim.Deadline {
		why = "time ran out"
	}
	if r.Status == sim.Error {
		why = r.Err
	}
	line("%s in %s (t = %.3f) after %s: %s", end, roundWord(r.Round, t.d.Rounds), r.T, plural(uint64(r.Offers), "offer"), why)
	if u := t.worth(r.Utility); u != nil {
		line("%s %s, %s %s%s", t.names[0], number(u[0]), t.names[1], number(u[1]), t.near(r))
	}
	if r.Offer != nil {
		wrapped("", t.words(r.Offer, nil))
		if u := t.worth(r.Discounted); u != nil && r.Discounted != r.Utility {
			line("discounted: %s %s, %s %s", t.names[0], number(u[0]), t.names[1], number(u[1]))
		}
	}
	return w.Flush()
}

// words is an offer, or what of it differs from an earlier one.
func (t *duelTeller) words(o, was deal.Offer) string {
	issues := t.model.Space.Issues
	if t.ch.domain != nil {
		issues = t.ch.domain.Issues
	}
	var out []string
	for i, v := range o {
		if was == nil || was[i] != v {
			out = append(out, issues[i].Title()+" "+issues[i].Words(int(v)))
		}
	}
	return strings.Join(out, "; ")
}

// near says how far a deal is from the frontier and from Nash's solution, where they can be had.
func (t *duelTeller) near(r *duel.Result) string {
	if r.Offer == nil {
		return ""
	}
	a, b := t.d.Model.NewParty(0), t.d.Model.NewParty(1)
	a.Set(t.d.Terms[0])
	b.Set(t.d.Terms[1])
	solver := t.d.Model.NewSolver()
	f, err := solver.Frontier(a, b)
	if err != nil || f.Epsilon > 0 {
		return ""
	}
	front := f.Distance(r.Utility)
	sol, err := solver.Solve(a, b)
	if err != nil || !sol.ZOPA {
		return ""
	}
	at := "on the frontier"
	if front > 1e-9 {
		at = number(front) + " from the frontier"
	}
	return fmt.Sprintf("; %s, %s from Nash's solution", at, number(deal.Distance(r.Utility, sol.Nash.U)))
}
