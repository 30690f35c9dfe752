package config

func (c *checker) hold() {
	for i := range c.s.Parties {
		p := &c.s.Parties[i]
		if _, hi := p.Discount.Support(); p.Discount.Given() && hi >= 1 {
			c.at(join("party", p.Key)+".discount", "%s reaches 1: then every later year counts as much as this one and no sum is finite; allowed: 0 to below 1", p.Discount.Words())
		}
	}
	h := c.s.Hold
	if h == nil {
		return
	}
	c.eachChoice("hold.unanswered", h.Unanswered, "enforcement", func(lo, hi float64) bool { return lo > 0 && hi <= 1 }, "a share of a year above 0 up to 1")
	if h.Lasts == "duration" {
		switch k := c.s.Issue("duration"); {
		case k < 0:
			c.at("hold.lasts", "the issue \"duration\" is not on the table; allowed: while_kept")
		case len(c.s.Issues[k].Choices) > 0:
			c.at("hold.lasts", "the issue \"duration\" has choices, not years; allowed: while_kept")
		}
	}
	var known []string
	for i := range c.s.Parties {
		for k := range c.s.Parties[i].Interests {
			if key := c.s.Parties[i].Interests[k].Key; indexOf(known, key) < 0 {
				known = append(known, key)
			}
		}
	}
	for _, key := range h.WithPlants {
		if indexOf(known, key) < 0 {
			c.at("hold.with_plants", "%q is not an interest of either party%s", key, suggest(key, known))
		}
	}
}

// byChoice holds a table by choice of an issue to that issue and its choices.
func (c *checker) eachChoice(path string, t *Numbers, by string, ok func(lo, hi float64) bool, what string) {
	if t == nil {
		return
	}
	k := c.s.Issue(by)
	if k < 0 {
		c.at(path, "is by choice of the issue %q, which is not on the table", by)
		return
	}
	choices := c.s.Issues[k].Choices
	for i := range t.Entries {
		x := &t.Entries[i]
		if indexOf(choices, x.Key) < 0 {
			c.atKey(join(path, x.Key), "%q is not a choice of %s; it has %s%s", x.Key, by, listed(choices), suggest(x.Key, choices))
		}
		if lo, hi := x.Support(); !ok(lo, hi) {
			c.at(join(path, x.Key), "%s is not %s", x.Words(), what)
		}
	}
	for _, w := range choices {
		if _, there := t.Get(w); !there {
			c.at(path, "nothing for %s = %s; name every choice", by, w)
		}
	}
}
