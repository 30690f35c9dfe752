package config

func (c *checker) delivery() {
	v := c.s.Delivery
	if v == nil {
		return
	}
	if v.Years > 50 {
		c.at("delivery.years", "%d is not 1 to 50", v.Years)
	}
	for _, t := range []struct {
		key, by string
		of      *Numbers
		whole   bool // every choice must be named
		drawn   bool // may be drawn once a run
	}{
		{"cleared", "screening", v.Cleared, true, true},
		{"by_sector", "screening", v.BySector, false, false},
		{"eased", "control", v.Eased, false, false},
		{"stake", "control", v.Stake, false, false},
		{"sale_risk", "control", v.SaleRisk, false, false},
		{"know_how", "control", v.KnowHow, false, false},
	} {
		if t.of != nil {
			c.byChoice("delivery."+t.key, t.by, t.of, t.whole, t.drawn)
		}
	}
	for _, f := range []struct {
		key string
		n   *Number
	}{
		{"greenfield", &v.Greenfield},
		{"project_size", &v.ProjectSize},
		{"project_spread", &v.ProjectSpread},
		{"over", &v.Over},
		{"pace", &v.Pace},
		{"sensitive", &v.Sensitive},
		{"mitigated", &v.Mitigated},
		{"blocked", &v.Blocked},
		{"forced_sale", &v.ForcedSale},
		{"shock", &v.Shock},
		{"value_per_job", &v.ValuePerJob},
		{"sales", &v.Sales},
		{"sales_spread", &v.SalesSpread},
	} {
		if f.n.Drawn() {
			c.at("delivery."+f.key, "is the same in every run; write a number, not %s", f.n.Words())
		}
	}
	if v.Records != nil {
		for i := range v.Records.Entries {
			if x := &v.Records.Entries[i]; x.Drawn() {
				c.at(join("delivery.records", x.Key), "a yardstick is a number, not %s", x.Words())
			} else if !(x.Params[0] > 0) {
				c.at(join("delivery.records", x.Key), "%s is not > 0", x.Words())
			}
		}
	}
	c.lag("delivery.plant_lag", v.PlantLag)
	c.lag("delivery.takeover_lag", v.TakeoverLag)
}

// byChoice checks shares that are given by choice of an issue.
func (c *checker) byChoice(path, by string, of *Numbers, whole, drawn bool) {
	k := c.s.Issue(by)
	if k < 0 {
		c.at(path, "is by choice of the issue %q, which is not on the table", by)
		return
	}
	choices := c.s.Issues[k].Choices
	for i := range of.Entries {
		x := &of.Entries[i]
		at := join(path, x.Key)
		if indexOf(choices, x.Key) < 0 {
			c.atKey(at, "%q is not a choice of %s; it has %s%s", x.Key, by, listed(choices), suggest(x.Key, choices))
		}
		if lo, hi := x.Support(); lo < 0 || hi > 1 {
			c.at(at, "%s is not a share, 0 to 1", x.Words())
		}
		if x.Drawn() && !drawn {
			c.at(at, "is the same in every run; write a number, not %s", x.Words())
		}
	}
	for _, w := range choices {
		if _, ok := of.Get(w); !ok && whole {
			c.at(path, "no share for %s = %s; name every choice", by, w)
		}
	}
}

// deliveryStreams are what an interest can ask of delivery besides issues of that name.
var deliveryStreams = []string{"owned", "know_how", "jobs", "output"}

// lagKeys are the parts of a lag, in order.
var lagKeys = []string{"shortest", "likely", "longest"}

// lag checks a lag: three fixed numbers that do not fall.
func (c *checker) lag(path string, of *Numbers) {
	if of == nil {
		return
	}
	for i := range of.Entries {
		x := &of.Entries[i]
		switch {
		case indexOf(lagKeys, x.Key) < 0:
			c.atKey(join(path, x.Key), "%q is not one of %s%s", x.Key, listed(lagKeys), suggest(x.Key, lagKeys))
			return
		case x.Drawn():
			c.at(join(path, x.Key), "is the same in every run; write a number, not %s", x.Words())
			return
		}
	}
	last := 0.0
	for _, key := range lagKeys {
		x, ok := of.Get(key)
		if !ok {
			c.at(path, "has no %s; write shortest, likely and longest, in years", key)
			return
		}
		if v := x.Params[0]; !(v >= last) {
			c.at(join(path, key), "%v is less than %v; the three ascend from 0, in years", v, last)
			return
		}
		last = x.Params[0]
	}
	if first, _ := of.Get("shortest"); !(first.Params[0] < last) {
		c.at(path, "shortest and longest are the same; let them differ a little")
	}
}
