package config

import (
	"fmt"
	"strings"
)

func (c *checker) redLine(p *Party, l *RedLine) {
	path := join(join("party", p.Key)+".red_line", l.Key)
	c.word(path, l.Key, "red line")
	switch {
	case l.Never == "" && l.When == "":
		c.at(path, "forbids nothing; write never = \"ISSUE = VALUE\", or when = \"...\" with costs")
	case l.Never != "" && l.When != "":
		c.at(path+".when", "goes without never: a line is hard (never) or has a price (when, costs)")
	case l.Never != "" && l.Costs.Given():
		c.at(path+".costs", "goes with when: a line with a price is written when = \"...\", costs = ...")
	case l.When != "" && !l.Costs.Given() && !c.broken(path+".costs"):
		c.at(path+".when", "needs costs, the price of breaking the line; what is never signed is written never = \"...\"")
	}
}

// lines has every red line read by who knows the language, once the issues stand.
func (c *checker) lines() {
	if c.known.CheckLine == nil || len(c.s.Issues) == 0 || c.broken("issue") {
		return
	}
	for i := range c.s.Parties {
		p := &c.s.Parties[i]
		for k := range p.RedLines {
			l := &p.RedLines[k]
			key := "never"
			if !l.Hard() {
				key = "when"
			}
			if l.Expr() == "" {
				continue
			}
			if err := c.known.CheckLine(c.s.Issues, l.Expr()); err != nil {
				c.at(join(join("party", p.Key)+".red_line", l.Key)+"."+key, "%q: %v", l.Expr(), err)
			}
		}
	}
}

func (c *checker) truce() {
	t := c.s.NoDeal.Truce
	switch {
	case t == nil:
	case !t.From.IsZero() && !t.Until.IsZero() && !t.From.Before(t.Until.Time):
		c.at("no_deal.truce.until", "%s is not after the start, %s: the truce ends before it starts", t.Until, t.From)
	case t.Watched && (c.s.Escalation == nil || c.s.Escalation.Breach == nil):
		c.at("no_deal.truce.watched", "needs [escalation.breach]: what is seen, and how it is answered")
	case t.Watched && (t.Until.IsZero() || c.s.Clock.Start.IsZero()):
		c.at("no_deal.truce.watched", "needs until, and clock.start: how long it is watched")
	}
}

func (c *checker) noDeal() {
	c.truce()
	for i := range c.s.NoDeal.Values {
		v := &c.s.NoDeal.Values[i]
		path := join("no_deal", v.Issue)
		if c.s.Worth == Unit {
			c.at(path, "worth is \"%s\": what no deal is worth stands with each party, no_deal = 0.2", Unit)
			continue
		}
		k := c.s.Issue(v.Issue)
		if k < 0 {
			c.unknownIssue(path, v.Issue, "no_deal")
			continue
		}
		is := &c.s.Issues[k]
		switch {
		case len(is.Choices) > 0 && v.Number.Given():
			c.at(path, "%s has choices, not numbers: %s", is.Key, listed(is.Choices))
		case len(is.Choices) == 0 && v.Choice.Given():
			c.at(path, "%s has numbers, not words", is.Key)
		case len(is.Choices) > 0:
			c.pick(&v.Choice, path, is.Choices)
		}
	}
}

func (c *checker) clock() {
	k := &c.s.Clock
	if c.known.Protocols != nil && indexOf(c.known.Protocols, k.Protocol) < 0 {
		c.at("clock.protocol", "%q is not one of %s%s", k.Protocol, strings.Join(c.known.Protocols, ", "), suggest(k.Protocol, c.known.Protocols))
	}
	dates := !k.Start.IsZero() || !k.Summit.IsZero()
	switch {
	case dates && k.Rounds != 0:
		c.at("clock.rounds", "goes without start and summit: both say when talks end")
	case dates && k.Start.IsZero() && !c.broken("clock.start"):
		c.at("clock.summit", "needs a start")
	case dates && k.Summit.IsZero() && !c.broken("clock.summit"):
		c.at("clock.start", "needs a summit")
	case dates && !k.Start.IsZero() && !k.Summit.IsZero() && !k.Start.Before(k.Summit.Time):
		c.at("clock.summit", "%s is not after the start, %s", k.Summit, k.Start)
	case dates && !k.Start.IsZero() && !k.Summit.IsZero():
		days := k.Summit.Sub(k.Start.Time).Hours() / 24
		if _, hi := k.DaysPerRound.Support(); hi > days {
			c.at("clock.days_per_round", "up to %s days a round leave no round between %s and %s", number(hi), k.Start, k.Summit)
		}
	}
	if !dates && k.Extended != nil {
		c.at("clock.extended", "needs start and summit: without dates there is no day to move")
	}
	if !dates && k.DaysPerRound.Given() {
		c.at("clock.days_per_round", "needs start and summit; without dates say rounds")
	}
	if e := k.Extended; e != nil {
		if !e.Chance.Given() && !c.broken("clock.extended.chance") {
			c.at("clock.extended", "chance is missing")
		}
		if !e.Days.Given() && !c.broken("clock.extended.days") {
			c.at("clock.extended", "days is missing")
		}
	}
}

// side reports whether a key names a party, and if not says so.
func (c *checker) side(path, key string, more ...string) bool {
	if c.s.Party(key) >= 0 {
		return true
	}
	names := more
	for i := range c.s.Parties {
		names = append(names, c.s.Parties[i].Key)
	}
	c.atKey(path, "%q is not a party; allowed: %s%s", key, strings.Join(names, ", "), suggest(key, names))
	return false
}

func (c *checker) ratify() {
	if c.s.Ratify == nil {
		return
	}
	for i := range c.s.Ratify.Rule {
		key := c.s.Ratify.Rule[i].Party
		c.side(join("ratify.rule", key), key)
	}
}

// answers are what a side may do about a breach that it sees; sim/politics/keep knows what they do.
var answers = []string{"protest", "renegotiate", "snapback", "collapse"}

func (c *checker) escalation() {
	if c.s.Escalation == nil {
		return
	}
	if b := c.s.Escalation.Breach; b != nil {
		c.pick(&b.Answer, "escalation.breach.answer", answers)
	}
	for i := range c.s.Escalation.Sides {
		t := &c.s.Escalation.Sides[i]
		path := join("escalation", t.Key)
		if !c.side(path, t.Key, "breach") {
			continue
		}
		if t.Policy.Given() && c.known.Policies != nil {
			c.pick(&t.Policy, path+".policy", c.known.Policies)
		}
		if t.MostSteps > 4 {
			c.at(path+".most_steps", "%d is not 1 to 4", t.MostSteps)
		}
		if t.AimedAt == "" {
			continue
		}
		k := c.s.Issue(t.AimedAt)
		switch {
		case k < 0:
			c.unknownIssue(path+".aimed_at", t.AimedAt, "an answer")
		case len(c.s.Issues[k].Choices) > 0:
			c.at(path+".aimed_at", "%s has choices; what is raised step by step needs numbers", t.AimedAt)
		case c.s.Issues[k].GivenBy != "" && c.s.Issues[k].GivenBy != t.Key:
			c.at(path+".aimed_at", "%s is given by %s: %s cannot raise it", t.AimedAt, c.s.Issues[k].GivenBy, t.Key)
		}
	}
}

func (c *checker) economy() {
	e := c.s.Economy
	if e == nil {
		return
	}
	model := func(path, name string) {
		if name != "" && c.known.Models != nil && indexOf(c.known.Models, name) < 0 {
			c.at(path, "%q is not one of %s%s", name, strings.Join(c.known.Models, ", "), suggest(name, c.known.Models))
		}
	}
	if e.Tariffs == "" && !c.broken("economy") {
		c.at("economy", "no trade model; write tariffs = \"linear\" or another")
	}
	model("economy.tariffs", e.Tariffs)
	model("economy.farm", e.Farm)
	model("economy.inputs", e.Inputs)
	for i, name := range e.Also {
		model(fmt.Sprintf("economy.also.%d", i), name)
	}
	for i := range e.Params {
		model(join("economy", e.Params[i].Key), e.Params[i].Key)
	}
}

func (c *checker) observed() {
	if c.s.Observed == nil {
		return
	}
	for i := range c.s.Observed.Values {
		v := &c.s.Observed.Values[i]
		path := join("observed", v.Issue)
		k := c.s.Issue(v.Issue)
		if k < 0 {
			c.unknownIssue(path, v.Issue, "observed")
			continue
		}
		is := &c.s.Issues[k]
		switch {
		case len(is.Choices) > 0 && indexOf(is.Choices, v.Name) < 0:
			c.at(path, "%s is not one of %s%s", v.Name, listed(is.Choices), suggest(v.Name, is.Choices))
		case len(is.Choices) == 0 && v.IsName:
			c.at(path, "%q is not a number", v.Name)
		case len(is.Choices) == 0:
			if all := is.AllNumbers(); len(all) > 0 && (v.Number < all[0] || v.Number > all[len(all)-1]) {
				c.at(path, "%s lies outside what is on the table for %s, %s to %s; widen issue.%s, or correct it", number(v.Number), v.Issue, number(all[0]), number(all[len(all)-1]), v.Issue)
			}
		}
	}
}

// maxVaried bounds the points a design may have that are tried when it is read.
const maxVaried = 10_000

// design tries every value of every factor, one at a time, so that a point that cannot be is found
// before the first run.
func (c *checker) design() {
	g := c.s.Design
	if g == nil || len(c.problems) > 0 {
		return
	}
	tried := 0
	for i := range g.Vary {
		f := &g.Vary[i]
		path := join("design.vary", f.Path)
		if keys, err := splitPath(f.Path); err != nil || keys[0] == "design" {
			c.at(path, "%q is not the path of something to vary; write one as in --set: \"issue.investment.max\"", f.Path)
			continue
		}
		for k, v := range f.Values {
			if tried++; tried > maxVaried {
				c.at("design.vary", "more than %d values", maxVaried)
				return
			}
			t := c.root.clone()
			t.drop("design")
			_, err := parse(t, c.s.name, c.known, c.dists, []string{f.Path + "=" + v}, 0)
			if ps, ok := err.(Problems); ok {
				for _, p := range ps {
					p.Origin = c.s.Origin(fmt.Sprintf("%s.%d", path, k))
					c.problems = append(c.problems, p)
				}
			}
		}
	}
}
