package importer

// NegoLog's JSON: a profile has reservationValue, issueWeights and, by issue, what each value is
// worth. There is no domain file; the first profile's order is the domain's.

func isNegoLog(n *node) bool {
	return n.kid("issueWeights") != nil && n.kid("issues") != nil && n.kid("issues").kind == object
}

func negoLogProfile(n *node, name string) (*rawProfile, error) {
	var pr problems
	out := &rawProfile{at: place{file: n.at.file}, name: name, discount: 1}
	if r := n.kid("reservationValue"); r != nil && r.kind != null {
		var err error
		out.reservation, err = r.num("reservationValue")
		pr.add(err)
	}
	if r := n.first("discountFactor", "discount_factor"); r != nil && r.kind != null {
		var err error
		if out.discount, err = r.num("discountFactor"); err == nil && (out.discount < 0 || out.discount > 1) {
			err = r.at.errorf("discountFactor is %v, not between 0 and 1", out.discount)
		}
		pr.add(err)
	}
	weights, issues := n.kid("issueWeights"), n.kid("issues")
	for i, name := range issues.keys {
		u := rawUtility{rawIssue: rawIssue{at: issues.kids[i].at, name: name}}
		u.weight = weightOf(weights, name, u.at, &pr)
		u.items = itemsOf(issues.kids[i], name, &pr)
		out.issues = append(out.issues, u)
	}
	extraWeights(weights, out, &pr)
	return out, pr.err()
}

// weightOf is an issue's weight in an object of weights by issue.
func weightOf(weights *node, issue string, at place, pr *problems) float64 {
	w := weights.kid(issue)
	if w == nil {
		pr.add(at.errorf("issue %q has no weight", short(issue)))
		return 0
	}
	x, err := w.num("the weight of issue " + short(issue))
	pr.add(err)
	return x
}

// extraWeights reports weights of issues that are not there.
func extraWeights(weights *node, p *rawProfile, pr *problems) {
	if weights.kind != object {
		return
	}
	var names []string
	for i := range p.issues {
		names = append(names, p.issues[i].name)
	}
	known := make(map[string]bool, len(names))
	for _, n := range names {
		known[n] = true
	}
	for i, k := range weights.keys {
		if !known[k] {
			pr.add(weights.kids[i].at.errorf("a weight for issue %q, which the profile has not%s", short(k), meant(k, names)))
		}
	}
}

// itemsOf reads what each value is worth from an object of numbers by value.
func itemsOf(n *node, issue string, pr *problems) []item {
	if n.kind != object {
		pr.add(n.at.errorf("issue %q is %s; a number for every value was expected", short(issue), n.what()))
		return nil
	}
	items := make([]item, 0, len(n.keys))
	for i, v := range n.keys {
		x, err := n.kids[i].num("what " + short(v) + " of issue " + short(issue) + " is worth")
		pr.add(err)
		items = append(items, item{n.kids[i].at, v, x})
	}
	return items
}
