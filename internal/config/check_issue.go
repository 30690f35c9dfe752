package config

import (
	"math"
	"strings"
)

// keywords are words that red lines read as their own.
var keywords = []string{"and", "or", "not", "in", "now"}

func (c *checker) issue(is *Issue) {
	path := join("issue", is.Key)
	c.word(path, is.Key, "issue")
	if indexOf(keywords, strings.ToLower(is.Key)) >= 0 {
		c.atKey(path, "%q cannot name an issue: red lines read it as a word of their own", is.Key)
	}
	kinds := 0
	for _, given := range []bool{c.has(path, "levels"), c.has(path, "range"), c.has(path, "choices")} {
		if given {
			kinds++
		}
	}
	switch {
	case kinds == 0:
		c.at(path, "says not what values it can take; write levels = [10, 20], range = [0, 100] with step, or choices = [\"a\", \"b\"]")
		return
	case kinds > 1:
		c.at(path, "says in more than one way what values it can take; write one of levels, range with step, choices")
		return
	}
	fine := false
	switch {
	case c.has(path, "levels"):
		fine = c.levels(path, is)
	case c.has(path, "range"):
		fine = c.rangeStep(path, is)
	default:
		fine = c.choices(path, is)
	}
	if is.Step != 0 && !c.has(path, "range") {
		c.at(path+".step", "goes with a range only")
	}
	if is.GivenBy != "" && c.s.Party(is.GivenBy) < 0 {
		var names []string
		for i := range c.s.Parties {
			names = append(names, c.s.Parties[i].Key)
		}
		c.at(path+".given_by", "%q is not a party; parties: %s%s", is.GivenBy, strings.Join(names, ", "), suggest(is.GivenBy, names))
	}
	for i := range is.Marks {
		if m := &is.Marks[i]; m.Drawn() {
			c.at(join(path+".marks", m.Key), "a yardstick is a fixed number, this one is drawn (%s)", m.Words())
		}
	}
	if fine {
		c.now(path, is)
	}
}

// has reports whether the file, or an override, gives a key of a table.
func (c *checker) has(path, key string) bool {
	_, ok := c.origins[path+"."+key]
	return ok
}

func (c *checker) levels(path string, is *Issue) bool {
	if c.broken(path + ".levels") {
		return false
	}
	if len(is.Levels) == 0 {
		c.at(path+".levels", "empty; an issue has at least one value")
		return false
	}
	for i, x := range is.Levels[1:] {
		if x <= is.Levels[i] {
			c.at(path+".levels."+number(float64(i+1)), "%s follows %s; levels must rise", number(x), number(is.Levels[i]))
			return false
		}
	}
	return true
}

func (c *checker) rangeStep(path string, is *Issue) bool {
	if c.broken(path+".range") || c.broken(path+".step") {
		return false
	}
	switch r := is.Range; {
	case len(r) != 2:
		c.at(path+".range", "%d numbers; write range = [lowest, highest]", len(r))
	case r[0] >= r[1]:
		c.at(path+".range", "empty range: %s is not below %s", number(r[0]), number(r[1]))
	case !c.has(path, "step"):
		c.at(path, "a range needs a step, such as step = %s", number((r[1]-r[0])/10))
	case is.Step <= 0:
		c.at(path+".step", "%s is not above 0", number(is.Step))
	case (r[1]-r[0])/is.Step >= maxValues-1:
		c.at(path+".step", "%s makes more than %d values of the range", number(is.Step), maxValues)
	case !same(math.Round((r[1]-r[0])/is.Step)*is.Step, r[1]-r[0]):
		n := math.Max(1, math.Round((r[1]-r[0])/is.Step))
		c.at(path+".step", "%s does not divide the range %s to %s; %s would", number(is.Step), number(r[0]), number(r[1]), number((r[1]-r[0])/n))
	default:
		for i, x := range is.AllNumbers() {
			if i > 0 && x <= is.AllNumbers()[i-1] {
				c.at(path+".step", "%s is lost beside %s", number(is.Step), number(x))
				return false
			}
		}
		return true
	}
	return false
}

func (c *checker) choices(path string, is *Issue) bool {
	if c.broken(path + ".choices") {
		return false
	}
	if len(is.Choices) == 0 {
		c.at(path+".choices", "empty; an issue has at least one value")
		return false
	}
	fine := true
	for i, w := range is.Choices {
		at := path + ".choices." + number(float64(i))
		switch {
		case strings.TrimSpace(w) == "" || strings.ContainsAny(w, "\n\r\t\""):
			c.at(at, "%q cannot be a choice; use words", w)
			fine = false
		case indexOf(is.Choices[:i], w) >= 0:
			c.at(at, "%q stands twice", w)
			fine = false
		}
	}
	for _, x := range []struct {
		key string
		p   *float64
	}{{"min", is.Min}, {"max", is.Max}} {
		if x.p != nil {
			c.at(path+"."+x.key, "goes with numbers only; %s has choices", is.Key)
		}
	}
	return fine
}

// now holds today's value, and what is left on the table, to the issue's values.
func (c *checker) now(path string, is *Issue) {
	all := is.AllNumbers()
	if len(is.Choices) == 0 && len(is.Numbers()) == 0 {
		key := "max"
		if is.Max == nil {
			key = "min"
		}
		c.at(path+"."+key, "leaves %s no value; its numbers run from %s to %s", is.Key, number(all[0]), number(all[len(all)-1]))
		return
	}
	if !is.Now.Set || is.NowIndex() >= 0 {
		return
	}
	whole := Issue{Choices: is.Choices, Levels: all}
	words := whole.Values()
	for _, x := range all {
		if !is.Now.IsName && same(x, is.Now.Number) {
			return // today's value is off the table, by min or max
		}
	}
	hint := ""
	if is.Now.IsName {
		hint = suggest(is.Now.Name, words)
	}
	c.at(path+".now", "%s is not one of its values: %s%s", is.Now.Name, listed(words), hint)
}

// broken reports whether something at or under a path is reported already.
func (c *checker) broken(path string) bool {
	for _, p := range c.problems {
		if p.Path == path || strings.HasPrefix(p.Path, path+".") {
			return true
		}
	}
	return false
}
