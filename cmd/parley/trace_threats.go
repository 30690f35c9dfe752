package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/parley-sim/parley/internal/scenario"
)

// before tells what happened around the talks up to a round, in dated sentences, from the k-th event
// on, and returns how far it came.
func (p *teller) before(round, k, width int) int {
	for ; k < len(p.t.Threats) && p.t.Threats[k].Round <= round; k++ {
		e := &p.t.Threats[k]
		who := "clock"
		if e.By >= 0 {
			who = p.names[e.By]
		}
		p.wrapped(fmt.Sprintf("%-8s %-*s %9s %9s %9s   ", p.on(e.Round, e.Date), width, who, "", "", ""), p.threat(e))
	}
	return k
}

func (p *teller) on(round int, date time.Time) string {
	if date.IsZero() {
		return fmt.Sprintf("round %d", round)
	}
	return date.Format("2 Jan")
}

// threat is an event in words.
func (p *teller) threat(e *scenario.Threat) string {
	due := p.on(e.Due, e.DueOn)
	switch e.Kind {
	case "extended":
		return "the last day is moved to " + due
	case "threatened":
		condition := "unless there is a deal"
		switch e.Demand {
		case "take_back":
			condition = "unless the other takes a tariff back"
		case "desist":
			condition = "if the other does as it has said"
		}
		return fmt.Sprintf("threatens to raise %s on %s %s", p.raised(e, true), due, condition)
	case "met":
		if e.Demand == "desist" {
			return "need not do as it said: the other has not either"
		}
		if e.Size == 0 {
			return "has what it asked for: the other's tariffs are back where they were"
		}
		return fmt.Sprintf("has its way: %s takes back, to %s", p.names[1-e.By], p.raised(e, false))
	case "imposed":
		if e.Since == 0 {
			return "raises " + p.raised(e, true)
		}
		return "does as it said: raises " + p.raised(e, true)
	case "backed_down":
		cost := ""
		if e.Cost > 0 {
			cost = ", which costs it " + number(e.Cost) + " at home"
		}
		return "lets the date pass and backs down" + cost
	case "took_back":
		return "takes back, to " + p.raised(e, false)
	}
	return e.Kind
}

// raised says what stands for the issues that move: US tariff by 10 to 61.1%.
func (p *teller) raised(e *scenario.Threat, by bool) string {
	var out []string
	for k, i := range e.Issues {
		is := &p.m.Space.Issues[i]
		level := e.Level[k]
		if e.Kind == "threatened" {
			level += e.Size
		}
		words := p.issue(is.Name)
		if by {
			words += " by " + brief(e.Size) + " to"
		}
		out = append(out, words+" "+withUnit(brief(level), is.Unit))
	}
	return strings.Join(out, " and ")
}

// brief is a number with one decimal at most.
func brief(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

// elsewhere tells of the second table.
func (p *teller) elsewhere() {
	e := p.t.Elsewhere
	if e == nil {
		return
	}
	if !e.Signed {
		p.line("At the other table nothing is signed.")
		return
	}
	when, known := "", fmt.Sprintf("known here from round %d", e.Round)
	if !e.Date.IsZero() {
		when = " on " + e.Date.Format("2 January 2006")
	}
	if e.Round > p.t.Rounds {
		known = "too late to be known here"
	} else if e.Round <= 1 {
		known = "known here from the start"
	}
	p.wrapped("", fmt.Sprintf("At the other table a deal is signed%s, with %s %s: %s.", when, p.issue(e.Issue), withUnit(brief(e.Value), e.Unit), known))
}
