package main

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// person is a negotiator whose moves are read from an input.
type person struct {
	in   *bufio.Scanner
	tell *teller
	side int
	ctx  context.Context

	piped  bool // the input is no terminal
	p      *deal.Party
	best   deal.Offer
	top    float64
	mine   deal.Offer // its last offer, or what it would change from
	made   bool
	theirs deal.Offer // the last offer heard
	heard  bool
	left   bool // the input has ended
}

func (h *person) line(format string, a ...any) { h.tell.line(format, a...) }

// worth is a utility as it is told: over no deal, except on worth = "unit".
func (h *person) worth(u float64) string { return number(h.over(u)) }

func (h *person) over(u float64) float64 {
	if h.tell.m.Config.Worth == "unit" {
		return u
	}
	return u - h.p.NoDeal()
}

func (h *person) welcome(rival string, rounds int, opens bool, p *deal.Party) {
	m := h.tell.m
	h.start(p)
	unit := "in $bn a year over no deal"
	if m.Config.Worth == "unit" {
		unit = fmt.Sprintf("no deal is worth %s", number(p.NoDeal()))
	}
	h.line("You are %s. %s bargains by %s. There are %s; worth is %s.", h.tell.names[h.side], h.tell.names[1-h.side], rival, plural(uint64(rounds), "round"), unit)
	if math.IsInf(h.top, -1) {
		h.line("Your red lines forbid every deal; all you can do is walk.")
	} else {
		h.line("Your best deal is worth %s: %s.", h.worth(h.top), h.words(h.best))
	}
	if opens {
		h.line("You make the first offer.")
	}
	h.line("Answer: offer ISSUE=VALUE ..., accept, worth ISSUE=VALUE ..., best, show, walk, help.")
}

func (h *person) start(p *deal.Party) {
	h.p, h.made, h.heard = p, false, false
	s := p.Model().Space
	h.best, h.mine, h.theirs = s.NewOffer(), s.NewOffer(), s.NewOffer()
	h.top = p.Best(h.best)
	for i := range h.mine {
		h.mine[i] = uint16(max(0, s.Issues[i].Now))
	}
}

// words is an offer in words: what differs from today, or all where there is no today.
func (h *person) words(o deal.Offer) string {
	var out []string
	for i, v := range o {
		if int(v) != h.tell.m.Space.Issues[i].Now {
			out = append(out, h.tell.value(i, o))
		}
	}
	if len(out) == 0 {
		return "everything as it is today"
	}
	return strings.Join(out, "; ")
}

// Begin implements sim.Negotiator.
func (h *person) Begin(p *deal.Party, _ *rand.Rand) { h.start(p) }

// Respond implements sim.Negotiator.
func (h *person) Respond(v *sim.View, out deal.Offer) sim.Kind {
	h.line("")
	if v.Has {
		what := h.words(v.Theirs)
		if h.heard {
			what = h.changes(v.Theirs)
		}
		copy(h.theirs, v.Theirs)
		h.heard = true
		verb := "offers"
		if v.Text != nil {
			verb = "has before it, and you vote on (accept = yes, an empty line = no),"
		}
		h.tell.wrapped(fmt.Sprintf("Round %d of %d. ", v.Round, v.Rounds), fmt.Sprintf("%s %s: %s. Worth to you: %s.", h.tell.names[1-h.side], verb, what, h.worth(h.p.Utility(v.Theirs))))
	} else {
		h.line("Round %d of %d.", v.Round, v.Rounds)
	}
	for {
		fmt.Fprint(h.tell.w, "> ")
		h.tell.w.Flush()
		if h.ctx.Err() != nil || h.left || !h.in.Scan() {
			h.left = true
			h.line("")
			h.line("The input has ended: you walk out.")
			return sim.Walk
		}
		text := strings.TrimSpace(h.in.Text())
		h.echo(text)
		if k := h.act(text, v, out); k != sim.Silent {
			return k
		}
	}
}

// echo repeats what was read where nobody typed it at a terminal.
func (h *person) echo(text string) {
	if h.piped {
		h.line("%s", text)
	}
}

// changes is what differs from the other's last offer.
func (h *person) changes(o deal.Offer) string {
	var out []string
	for i := range o {
		if o[i] != h.theirs[i] {
			out = append(out, h.tell.value(i, o))
		}
	}
	if len(out) == 0 {
		return "the same again"
	}
	return "now " + strings.Join(out, "; ")
}

// act carries out a line; Silent asks for another.
func (h *person) act(text string, v *sim.View, out deal.Offer) sim.Kind {
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch strings.ToLower(word) {
	case "":
		if !h.made && v.Text == nil {
			h.line("You have made no offer yet: offer ISSUE=VALUE ..., or offer best.")
			return sim.Silent
		}
		copy(out, h.mine)
		return sim.Propose
	case "accept", "yes":
		switch {
		case !v.Has:
			h.line("There is no offer to accept.")
			return sim.Silent
		case h.p.Breaks(v.Theirs) >= 0:
			h.line("Your red line forbids it: %s.", h.redLine(v.Theirs))
			return sim.Silent
		}
		return sim.Accept
	case "walk", "quit", "exit":
		return sim.Walk
	case "offer", "propose":
		o, ok := h.read(rest)
		switch {
		case !ok:
			return sim.Silent
		case h.p.Breaks(o) >= 0:
			h.line("Your red line forbids it: %s.", h.redLine(o))
			return sim.Silent
		}
		copy(h.mine, o)
		copy(out, o)
		h.made = true
		h.tell.wrapped("", fmt.Sprintf("You offer: %s. Worth to you: %s.", h.words(o), h.worth(h.p.Utility(o))))
		return sim.Propose
	case "worth":
		if o, ok := h.read(rest); ok {
			h.tell.wrapped("", fmt.Sprintf("%s: worth %s to you.", h.words(o), h.worth(h.p.Utility(o))))
		}
	case "best":
		h.tell.wrapped("", fmt.Sprintf("Your best: %s; worth %s.", h.words(h.best), h.worth(h.top)))
	case "show":
		h.show()
	case "help", "?":
		h.line("offer ISSUE=VALUE ...   your last offer (at first today's terms) with these changes; offer best")
		h.line("an empty line           your last offer again")
		h.line("accept                  take the offer before you")
		h.line("worth ISSUE=VALUE ...   what that would be worth to you; the other does not hear it")
		h.line("best, show, walk        what is best for you; what is on the table; leave without a deal")
	default:
		h.line("%q is none of offer, accept, worth, best, show, walk, help.", word)
	}
	return sim.Silent
}

func (h *person) redLine(o deal.Offer) string {
	return h.p.Model().Profile[h.side].Lines[h.p.Breaks(o)].Name
}

// read is an offer from its changes.
func (h *person) read(text string) (deal.Offer, bool) {
	space := h.p.Model().Space
	if text == "best" {
		return append(deal.Offer(nil), h.best...), true
	}
	values := map[string]string{}
	for i, v := range h.mine {
		values[space.Issues[i].Name] = space.Issues[i].Values[v]
	}
	for _, word := range strings.Fields(text) {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			h.line("%q is not ISSUE=VALUE, such as %s=%s.", word, space.Issues[0].Name, space.Issues[0].Values[0])
			return nil, false
		}
		values[name] = value
	}
	o, err := space.Parse(values)
	if err != nil {
		for _, l := range strings.Split(err.Error(), "\n") {
			h.line("%s", l)
		}
		return nil, false
	}
	return o, true
}

// show lists the issues with their values.
func (h *person) show() {
	space := h.p.Model().Space
	for i := range space.Issues {
		is := &space.Issues[i]
		values := is.Values
		if n := len(values); n > 12 {
			values = append(append([]string{}, values[:5]...), "...", values[n-1])
		}
		now := ""
		if is.Now >= 0 {
			now = ", today " + is.Values[is.Now]
		}
		h.tell.wrapped(is.Name+"  ", fmt.Sprintf("%s (%d values%s)", strings.Join(values, " "), len(is.Values), now))
	}
}

// end tells what came of it.
func (h *person) end(m *scenario.Model, r *sim.Result, party [2]*deal.Party) error {
	h.line("")
	who := func(seat int8) string {
		if int(seat) == h.side {
			return "you"
		}
		return h.tell.names[1-h.side]
	}
	names := [2]string{}
	for i := range names {
		names[i] = h.tell.names[i]
	}
	names[h.side] = "you"
	over := func(i int, u float64) string {
		if m.Config.Worth != "unit" {
			u -= party[i].NoDeal()
		}
		return number(u)
	}
	switch r.Status {
	case sim.Signed:
		h.tell.wrapped("", fmt.Sprintf("A deal in round %d, taken by %s: %s.", r.Round, who(r.By), h.words(r.Offer)))
		h.line("Worth: %s to you, %s to %s.", over(h.side, r.Utility[h.side]), over(1-h.side, r.Utility[1-h.side]), names[1-h.side])
	case sim.NoDeal:
		if r.Cause == sim.WalkOut {
			h.line("No deal: %s walked out in round %d.", who(r.By), r.Round)
		} else {
			h.line("No deal: the rounds ran out.")
		}
	default:
		h.line("The talk ended in an error: %s.", r.Err)
		return &exitError{code: exitRunErrors}
	}
	sol, err := m.Deal.NewSolver().Solve(party[0], party[1])
	if err != nil {
		return err
	}
	if !sol.ZOPA {
		h.line("There was no deal that both sides prefer to none.")
		return nil
	}
	h.tell.wrapped("", fmt.Sprintf("Nash would have had: %s; worth %s to you, %s to %s.", h.words(sol.Nash.Outcome), over(h.side, sol.Nash.U[h.side]), over(1-h.side, sol.Nash.U[1-h.side]), names[1-h.side]))
	h.line("Left on the table: %s of what both together could gain.", percent(sol.Left(r.Utility)))
	return nil
}
