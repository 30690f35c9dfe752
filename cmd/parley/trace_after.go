package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/politics/keep"
)

// after tells what came of a signed deal: at home, then year by year.
func (p *teller) after() {
	p.home()
	p.years()
}

// truce tells what became of the truce that was in force when talks began.
func (p *teller) truce() {
	t := p.t.Truce
	if t == nil {
		return
	}
	name := "The truce"
	if !t.Until.IsZero() {
		name += " until " + t.Until.Format("2 January 2006")
	}
	deal := p.t.Status == "lasting" || p.t.Status == "broke" || p.t.Status == "signed"
	switch {
	case t.Broke && t.True:
		p.wrapped("", fmt.Sprintf("%s breaks before its end: %s broke it, and %s saw it.", name, p.names[1-t.Accuser], p.names[t.Accuser]))
	case t.Broke:
		p.wrapped("", fmt.Sprintf("%s breaks before its end: %s says that %s broke it; it did not, but the signal %s had says so.", name, p.names[t.Accuser], p.names[1-t.Accuser], p.names[t.Accuser]))
	case deal:
	case t.Lapses:
		p.wrapped("", name+" lapses without a deal.")
	default:
		p.wrapped("", name+" is kept up without a deal.")
	}
}

// home tells how each audience answered.
func (p *teller) home() {
	for side := range p.names {
		var words []string
		chance := 0.0
		for _, v := range p.t.Home {
			if v.Side != side {
				continue
			}
			chance = v.OfSide
			answer := "yes"
			if !v.Yes {
				answer = "no"
			}
			w := fmt.Sprintf("%s %s (score %s, chance %s", strings.ReplaceAll(v.Name, "_", " "), answer, number(v.Score), percent(v.Chance))
			if v.Veto {
				w += ", has a veto"
			}
			words = append(words, w+")")
		}
		if len(words) == 0 {
			continue
		}
		verb := "agrees"
		if p.refusedBy(side) {
			verb = "refuses"
		}
		p.wrapped(fmt.Sprintf("At home, %-8s  ", p.names[side]), fmt.Sprintf("%s; the chance of a yes was %s. %s.", verb, percent(chance), chart.Upper(strings.Join(words, "; "))))
	}
}

// refusedBy reports whether a side's home refused the deal.
func (p *teller) refusedBy(side int) bool { return !p.t.Passed[side] }

// years tells what became of the deal in dated sentences.
func (p *teller) years() {
	y := p.t.Years
	if y == nil {
		return
	}
	p.line("")
	for _, e := range y.Events {
		when := fmt.Sprintf("year %d", e.Year)
		if !e.Date.IsZero() {
			when = fmt.Sprintf("year %d, from %s", e.Year, e.Date.Format("2 Jan 2006"))
		}
		p.wrapped(fmt.Sprintf("%-26s ", when), p.event(e)+".")
	}
	end := fmt.Sprintf("In force for all of the %s looked ahead.", plural(uint64(y.Horizon), "year"))
	if y.Ended != "" {
		end = fmt.Sprintf("In force for %s; then it ended.", plural(uint64(y.InForce), "whole year"))
	}
	p.wrapped("", end+" "+p.promised(y))
}

// promised tells what was promised and what came of it.
func (p *teller) promised(y *scenario.Years) string {
	s := fmt.Sprintf("Worth a year as promised and as it was lived: to %s %s and %s, to %s %s and %s.",
		p.names[0], number(y.Promised[0]), number(y.Realised[0]), p.names[1], number(y.Promised[1]), number(y.Realised[1]))
	if !math.IsNaN(y.Paper) {
		s += fmt.Sprintf(" Of the investment announced %s is built.", percent(y.Paper))
	}
	if n := min(y.Horizon, int(p.m.Config.Output.LastingYears)); n >= 1 && n <= len(y.Survival) {
		s += fmt.Sprintf(" The chance to be in force after %s was %s.", plural(uint64(n), "year"), percent(y.Survival[n-1]))
	}
	return s
}

// event is something that happened in a year, in words.
func (p *teller) event(e scenario.YearEvent) string {
	who, other := "", ""
	if e.Side >= 0 {
		who, other = p.names[e.Side], p.names[1-e.Side]
	}
	switch e.Kind {
	case keep.Broke:
		return who + " breaks its word"
	case keep.Alarmed:
		if e.True {
			return fmt.Sprintf("%s sees it, and says that %s broke the deal", who, other)
		}
		return fmt.Sprintf("%s says that %s broke the deal; it did not, but the signal %s had says so", who, other, who)
	case keep.Answered:
		return who + " answers: " + map[string]string{"protest": "a protest, and no more", "renegotiate": "it asks for new talks", "snapback": "its tariffs return", "collapse": "it ends the deal"}[e.Answer]
	case keep.Suspends:
		return "the deal is suspended for the year, and goes on after it"
	case keep.Left:
		return who + " leaves the deal"
	case keep.Ran:
		return "the deal has run its length at the end of the year and is not renewed"
	case keep.RenewedIt:
		return "the deal has run its length at the end of the year and is renewed"
	case keep.Talks:
		return "the new talks fail, and with them the deal"
	}
	return "something happened"
}
