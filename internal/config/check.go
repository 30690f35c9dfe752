package config

import (
	"fmt"
	"slices"
	"strings"
)

// checker holds what the parts of a scenario say against each other. Each rule stands alone, so that
// all problems are found at once; a rule is silent where what it needs is itself reported already.
type checker struct {
	*decoder
	s    *Scenario
	root *node
}

// at reports a problem at the place of a path, or of the nearest table around it.
func (c *checker) at(path, format string, a ...any) {
	c.problems = append(c.problems, Problem{Origin: c.s.Origin(path), Path: path, Msg: fmt.Sprintf(format, a...)})
}

// atKey is at, at the place of the key: it is the key that is wrong.
func (c *checker) atKey(path, format string, a ...any) {
	c.problems = append(c.problems, Problem{Origin: c.s.place(path).key, Path: path, Msg: fmt.Sprintf(format, a...)})
}

// reported says whether something is wrong with the key itself.
func (c *checker) reported(path string) bool {
	return slices.ContainsFunc(c.problems, func(p Problem) bool { return p.Path == path || strings.HasPrefix(p.Origin.Set, path+"=") })
}

func (c *checker) scenario() {
	s := c.s
	if len(s.Issues) == 0 && c.root.kid("issue") == nil {
		c.at("issue", "there is nothing on the table; write [issue] and a line for each issue")
	} else if len(s.Issues) == 0 {
		c.at("issue", "there is nothing on the table; write a line for each issue, such as tariff = { levels = [10, 20], now = 20 }")
	}
	for i := range s.Issues {
		c.issue(&s.Issues[i])
	}
	c.parties()
	c.noDeal()
	c.clock()
	c.ratify()
	c.escalation()
	c.references()
	c.economy()
	c.delivery()
	c.hold()
	c.observed()
	c.lines()
	c.design()
}

func (c *checker) parties() {
	s := c.s
	if n := len(s.Parties); n != 2 {
		var there []string
		for i := range s.Parties {
			there = append(there, s.Parties[i].Key)
		}
		what := "none"
		if n > 0 {
			what = fmt.Sprintf("%d (%s)", n, strings.Join(there, ", "))
		}
		c.at("party", "%s; a negotiation has two parties, [party.NAME] each", what)
	}
	moves := 0
	for i := range s.Parties {
		p := &s.Parties[i]
		c.party(p)
		if p.MovesFirst.Given() {
			moves++
		}
	}
	if len(s.Parties) == 2 && moves == 2 {
		c.at(join("party", s.Parties[1].Key)+".moves_first", "said of both parties; say it of one, the other moves first otherwise")
	}
}

func (c *checker) party(p *Party) {
	path := join("party", p.Key)
	c.word(path, p.Key, "party")
	if p.NoDeal.Given() && c.s.Worth == USDBnYear && !c.reported("worth") {
		c.at(path+".no_deal", "worth is \"%s\": no deal is worth 0, and [no_deal] says what it brings; a party's no_deal is for worth = \"%s\"", USDBnYear, Unit)
	}
	if len(p.Interests) == 0 {
		c.at(path+".interest", "%s has no interests, so no deal is worth anything to it; write [%s.interest]", p.Key, path)
	}
	zero := len(p.Interests) > 0
	for i := range p.Interests {
		in := &p.Interests[i]
		c.interest(p, in)
		lo, hi := in.Weight.Support()
		zero = zero && lo == 0 && hi == 0
	}
	if zero {
		c.at(path+".interest", "every weight is 0, so no deal is worth anything to %s; give an interest a weight", p.Key)
	}
	for i := range p.RedLines {
		c.redLine(p, &p.RedLines[i])
	}
	n := &p.Negotiator
	c.pick(&n.Bidding, path+".negotiator.bidding", c.known.Bidding, c.known.Before...)
	c.pick(&n.Accept, path+".negotiator.accept", c.known.Accept)
	c.pick(&n.Opponent, path+".negotiator.opponent", c.known.Opponent)
	for i := range n.Params {
		if key := n.Params[i].Key; c.known.Params != nil && indexOf(c.known.Params, key) < 0 {
			all := append([]string{"bidding", "accept", "opponent"}, c.known.Params...)
			c.atKey(path+".negotiator."+quoteKey(key), "unknown key; allowed: %s%s", strings.Join(all, ", "), suggest(key, all))
		}
	}
	c.audiences(p)
}

// pick holds names to those the program knows, and those that begin as others may.
func (c *checker) pick(p *Pick, path string, known []string, before ...string) {
	for _, name := range p.Names {
		if slices.ContainsFunc(before, func(b string) bool { return strings.HasPrefix(name, b) }) {
			continue
		}
		if known != nil && indexOf(known, name) < 0 {
			at, report := path, c.at
			if p.Drawn() {
				at, report = join(path+".choice", name), c.atKey
			}
			report(at, "%q is not one of %s%s", name, strings.Join(known, ", "), suggest(name, known))
		}
	}
}

// word holds a key to what columns and red lines can name.
func (c *checker) word(path, key, what string) {
	for i, r := range key {
		if !(r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || i > 0 && '0' <= r && r <= '9') {
			c.atKey(path, "%q cannot name %s; use letters, digits and _, a letter first", key, article(what))
			return
		}
	}
	if key == "" {
		c.at(path, "an empty key cannot name %s", article(what))
	}
}

func article(what string) string {
	if strings.ContainsRune("aeiou", rune(what[0])) {
		return "an " + what
	}
	return "a " + what
}

func (c *checker) interest(p *Party, in *Interest) {
	path := join(join("party", p.Key)+".interest", in.Key)
	c.word(path, in.Key, "interest")
	switch in.From {
	case "economy", "leverage":
		if c.s.Economy == nil {
			c.at(path+".from", "comes from the economy, but there is no [economy]; write one, with tariffs = \"linear\" or another trade model")
		}
		if c.s.Worth == Unit {
			c.at(path+".from", "the economy is in $bn a year, but worth is \"%s\"; write worth = \"%s\"", Unit, USDBnYear)
		}
	case "delivery":
		if c.s.Delivery == nil {
			c.at(path+".from", "comes from delivery, but there is no [delivery]; write one")
		}
		if indexOf(deliveryStreams, in.Of) >= 0 {
			if i := c.s.Issue("investment"); i < 0 || len(c.s.Issues[i].Choices) > 0 {
				c.at(path+".of", "%s is of the issue investment, in numbers, which is not on the table", in.Of)
			}
		} else if i := c.s.Issue(in.Of); i < 0 {
			c.unknownIssue(path+".of", in.Of, "the issue that is delivered")
		} else if len(c.s.Issues[i].Choices) > 0 {
			c.at(path+".of", "%s has no numbers, so nothing of it can be delivered", in.Of)
		}
	case "":
		if len(in.Times) == 0 && in.Table == nil {
			c.at(path, "has no strength; write times = { ISSUE = { linear = [0, 1] } }, or from = \"economy\" or \"delivery\"")
		}
		if in.Of != "" {
			c.at(path+".of", "goes with from = \"delivery\" only")
		}
	}
	if in.Table != nil && len(in.Times) > 0 {
		c.at(path+".table", "goes without times: a table gives the whole strength")
	}
	for i := range in.Times {
		f := &in.Times[i]
		at := join(path+".times", f.Issue)
		if k := c.s.Issue(f.Issue); k < 0 {
			c.unknownIssue(at, f.Issue, "an interest's shape")
		} else {
			c.shape(at, &f.Shape, &c.s.Issues[k])
		}
	}
	if in.Table != nil {
		c.joint(path+".table", in.Table)
	}
}

// unknownIssue reports the name of an issue that is none: a key where the path ends in it, else a value.
func (c *checker) unknownIssue(path, key, what string) {
	if len(c.s.Issues) == 0 {
		return // there are none to name: reported
	}
	names := make([]string, len(c.s.Issues))
	for i := range c.s.Issues {
		names[i] = c.s.Issues[i].Key
	}
	report := c.at
	if strings.HasSuffix(path, "."+quoteKey(key)) {
		report = c.atKey
	}
	report(path, "%s names %q, which is not on the table; issues: %s%s", what, key, strings.Join(names, ", "), suggest(key, names))
}

// shape holds a shape to its issue.
func (c *checker) shape(path string, s *Shape, is *Issue) {
	all := is.AllNumbers()
	switch {
	case s.Kind == "" || all == nil && len(is.Choices) == 0: // reported already
		return
	case s.Kind == "values":
		if n := max(len(all), len(is.Choices)); len(s.Params) != n {
			c.at(path+".values", "%d strengths for the %d values of %s", len(s.Params), n, is.Key)
		}
	case s.Kind == "choices":
		words := is.Choices
		if len(words) == 0 {
			words = (&Issue{Levels: all}).Values()
		}
		for _, name := range s.Names {
			if indexOf(words, name) < 0 {
				c.atKey(join(path, name), "%q is not a value of %s; it has %s, and shapes are %s%s", name, is.Key, listed(words), strings.Join(shapeNames(), ", "), suggest(name, append(words, shapeNames()...)))
			}
		}
		for _, w := range words {
			if indexOf(s.Names, w) < 0 {
				c.at(path, "no strength for %s = %s; name every value", is.Key, w)
			}
		}
	case len(is.Choices) > 0:
		c.at(path, "%s has no numbers for %s; give every choice a strength: { %s = 0, ... }", is.Key, s.Kind, is.Choices[0])
	case isYard(s.Kind):
		c.yards(path, s)
	case s.Kind == "log" && all[0] <= 0:
		c.at(path+".log", "a logarithm needs numbers above 0, and %s starts at %s", is.Key, number(all[0]))
	case s.Kind == "power":
		for _, x := range all {
			if (x-s.Params[0])/(s.Params[1]-s.Params[0]) < 0 {
				c.at(path+".power", "from %s to %s, but %s of %s lies beyond %s", number(s.Params[0]), number(s.Params[1]), number(x), is.Key, number(s.Params[0]))
				return
			}
		}
	}
}

func (c *checker) joint(path string, j *Joint) {
	if len(j.Issues) < 2 || j.Strength == nil {
		return
	}
	if len(j.Issues) != len(j.Dims) {
		c.at(path+".strength", "nested %d deep for %d issues", len(j.Dims), len(j.Issues))
		return
	}
	for i, key := range j.Issues {
		k := c.s.Issue(key)
		if k < 0 {
			c.unknownIssue(path+".issues", key, "a table")
			continue
		}
		if indexOf(j.Issues[:i], key) >= 0 {
			c.at(path+".issues", "%s stands twice", key)
		}
		is := &c.s.Issues[k]
		if n := max(len(is.AllNumbers()), len(is.Choices)); n > 0 && n != j.Dims[i] {
			c.at(path+".strength", "%d strengths along %s, which has %d values", j.Dims[i], key, n)
		}
	}
}

// maxAudiences bounds a party's audiences: every combination of their answers is counted.
const maxAudiences = 16

func (c *checker) audiences(p *Party) {
	sum := 0.0
	var names []string
	for i := range p.Interests {
		names = append(names, p.Interests[i].Key)
	}
	for i := range p.Audiences {
		a := &p.Audiences[i]
		path := join(join("party", p.Key)+".audience", a.Key)
		c.word(path, a.Key, "audience")
		if _, hi := a.Share.Support(); hi > 0 {
			sum += hi
		}
		for k := range a.Likes {
			if key := a.Likes[k].Key; indexOf(names, key) < 0 {
				c.atKey(join(path+".likes", key), "%s has no such interest; it has %s%s", p.Key, strings.Join(names, ", "), suggest(key, names))
			}
		}
	}
	if n := len(p.Audiences); n > maxAudiences {
		c.at(join("party", p.Key)+".audience", "%d audiences are more than %d", n, maxAudiences)
	}
	if len(p.Audiences) > 0 && sum == 0 {
		c.at(join("party", p.Key)+".audience", "all shares are 0; give an audience a share")
	}
}

// listed is up to twelve words with commas.
func listed(words []string) string {
	const most = 12
	if len(words) > most {
		return strings.Join(words[:most], ", ") + ", ..."
	}
	return strings.Join(words, ", ")
}
