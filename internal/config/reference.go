package config

import "strings"

// Third parties: what others have pledged, and another table at which one of the parties talks.

// Second is another table at which one of the parties talks at once. What is signed there is known here from
// that day on, and is a yardstick here.
type Second struct {
	// The scenario played there: one that the program carries, by name, or a file, by its path from this file's folder ("./eu.toml").
	Scenario string `toml:"scenario"`
	// Who sits at both tables, by the key it has in both. Default: the first party of this scenario.
	Party string `toml:"party"`
	// What of that deal is looked at here: one of its issues, with numbers.
	Issue string `toml:"issue"`
	// The yardstick of [reference] that it moves: what is signed there takes the place of its number.
	Reference string `toml:"reference"`
	Backing
}

// reading of the shapes that go by yardsticks.
var yardShapes = []string{"beats", "share_of"}

// readYards reads the names of yardsticks.
func (s *Shape) readYards(d *decoder, n *node) {
	if n.kind != array || len(n.kids) == 0 || n.key == "share_of" && len(n.kids) > 1 {
		d.bad(n, "%s does not name yardsticks of [reference]; write %s = [\"name\"]", n.show(), n.key)
		return
	}
	for _, k := range n.kids {
		name, ok := k.value.(string)
		if !ok {
			d.bad(k, "%s does not name a yardstick of [reference]", k.show())
			return
		}
		s.Names = append(s.Names, name)
	}
	s.Kind = n.key
}

// Yardstick finds a number of [reference].
func (s *Scenario) Yardstick(name string) *Number {
	for i := range s.References {
		if s.References[i].Key == name {
			return &s.References[i].Number
		}
	}
	return nil
}

// yards holds a shape's yardsticks to those there are.
func (c *checker) yards(path string, s *Shape) {
	var all []string
	for i := range c.s.References {
		all = append(all, c.s.References[i].Key)
	}
	for _, name := range s.Names {
		if c.s.Yardstick(name) == nil {
			c.at(path+"."+s.Kind, "%q is not a yardstick of [reference]; it has %s%s", name, listed(all), suggest(name, all))
		}
	}
}

// references holds yardsticks and the second table to what they can be.
func (c *checker) references() {
	for i := range c.s.References {
		r := &c.s.References[i]
		path := join("reference", r.Key)
		c.word(path, r.Key, "yardstick")
		if r.Drawn() {
			c.at(path, "a yardstick is fixed, this one is drawn (%s)", r.Words())
		} else if r.Given() && !(r.Params[0] > 0) {
			c.at(path, "%s is not above 0", number(r.Params[0]))
		}
	}
	t := c.s.Second
	if t == nil {
		return
	}
	for _, k := range []struct{ key, value string }{{"scenario", t.Scenario}, {"issue", t.Issue}, {"reference", t.Reference}} {
		if k.value == "" && !c.broken("second_table."+k.key) {
			c.at("second_table", "%s is missing", k.key)
		}
	}
	if t.Reference != "" && c.s.Yardstick(t.Reference) == nil {
		var all []string
		for i := range c.s.References {
			all = append(all, c.s.References[i].Key)
		}
		c.at("second_table.reference", "%q is not a yardstick of [reference]; it has %s%s", t.Reference, listed(all), suggest(t.Reference, all))
	}
	if t.Party != "" {
		c.side("second_table.party", t.Party)
	}
}

// isYard reports whether a shape goes by yardsticks.
func isYard(kind string) bool { return indexOf(yardShapes, kind) >= 0 }

// yardWords is such a shape as people read it.
func (s *Shape) yardWords() string {
	return strings.ReplaceAll(s.Kind, "_", " ") + " " + strings.Join(s.Names, ", ")
}

// Marked reports whether a number of the issue is marked already.
func (i *Issue) Marked(x float64) bool {
	for k := range i.Marks {
		if i.Marks[k].Given() && i.Marks[k].Params[0] == x {
			return true
		}
	}
	return false
}
