package importer

import "math"

// GeniusWeb's JSON (Jonker et al., geniusweb.profile.utilityspace): a domain has issuesValues; a profile
// is a LinearAdditiveUtilitySpace with issueUtilities, issueWeights and a reservationBid, whose utility
// is the reservation value. Values that a profile does not list are worth 0.

const additiveSpace = "LinearAdditiveUtilitySpace"

func isGeniusWebTable(n *node) bool { return n.kid("issuesValues") != nil }

func isGeniusWebProfile(n *node) bool { return n.kid(additiveSpace) != nil }

func geniusWebTable(n *node) (*rawDomain, error) {
	var pr problems
	out := &rawDomain{at: place{file: n.at.file}, name: n.text("name")}
	all := n.kid("issuesValues")
	if all.kind != object {
		return nil, all.at.errorf("issuesValues is %s; a list of issues by name was expected", all.what())
	}
	for i, name := range all.keys {
		out.issues = append(out.issues, geniusWebIssue(name, all.kids[i], &pr))
	}
	return out, pr.err()
}

func geniusWebIssue(name string, n *node, pr *problems) rawIssue {
	is := rawIssue{at: n.at, name: name}
	if vs := n.kid("values"); vs != nil && vs.kind == array {
		for _, v := range vs.kids {
			if v.kind != scalar {
				pr.add(v.at.errorf("issue %q has a value that is %s", short(name), v.what()))
				continue
			}
			is.values = append(is.values, v.value)
		}
		return is
	}
	r := n.kid("range")
	if r == nil || r.kind != array || len(r.kids) != 3 {
		pr.add(n.at.errorf("issue %q has neither values nor a range of lowest, highest, step", short(name)))
		return is
	}
	var x [3]float64
	for k, v := range r.kids {
		var err error
		if x[k], err = v.num("range of issue " + short(name)); err != nil {
			pr.add(err)
			return is
		}
	}
	is.steps(x[0], x[1], x[2], r.at, pr)
	return is
}

// steps makes an issue of the numbers lo, lo + step, ... up to hi.
func (is *rawIssue) steps(lo, hi, step float64, at place, pr *problems) {
	n := math.Floor((hi-lo)/step+1e-9) + 1
	if !(step > 0) || !(hi >= lo) || !(n <= maxValues) {
		pr.add(at.errorf("issue %q: from %v to %v by %v is no range of 1 to %d values", short(is.name), lo, hi, step, maxValues))
		return
	}
	is.kind, is.ranged, is.lo, is.hi, is.cuts = reals, true, lo, lo+(n-1)*step, int(n)
	if step == 1 && lo == math.Trunc(lo) {
		is.kind = integers
	}
	is.exact = true
}

func geniusWebProfile(n *node, name string) (*rawProfile, *rawDomain, error) {
	var pr problems
	s := n.kid(additiveSpace)
	out := &rawProfile{at: place{file: n.at.file}, name: name, discount: 1}
	var table *rawDomain
	if d := s.kid("domain"); d != nil && isGeniusWebTable(d) {
		var err error
		if table, err = geniusWebTable(d); err != nil {
			return nil, nil, err
		}
	}
	weights, issues := s.kid("issueWeights"), s.kid("issueUtilities")
	if weights == nil || issues == nil || issues.kind != object {
		return nil, nil, s.at.errorf("%s lacks issueWeights or issueUtilities", additiveSpace)
	}
	for i, name := range issues.keys {
		u := rawUtility{rawIssue: rawIssue{at: issues.kids[i].at, name: name}, rest: true}
		u.weight = weightOf(weights, name, u.at, &pr)
		geniusWebUtility(&u, issues.kids[i], &pr)
		out.issues = append(out.issues, u)
	}
	extraWeights(weights, out, &pr)
	if bid := s.kid("reservationBid"); bid != nil {
		if vs := bid.first("issuevalues", "issueValues"); vs != nil && vs.kind == object && len(vs.keys) > 0 {
			out.outcome = map[string]string{}
			for i, k := range vs.keys {
				out.outcome[k] = vs.kids[i].value
			}
		}
	}
	return out, table, pr.err()
}

func geniusWebUtility(u *rawUtility, n *node, pr *problems) {
	if d := n.first("DiscreteValueSetUtilities", "discreteutils"); d != nil {
		if vs := d.kid("valueUtilities"); vs != nil {
			u.items = itemsOf(vs, u.name, pr)
			for _, it := range u.items {
				u.values = append(u.values, it.value)
			}
			return
		}
	}
	d := n.first("NumberValueSetUtilities", "numberutils")
	if d == nil {
		pr.add(n.at.errorf("issue %q is valued neither by DiscreteValueSetUtilities nor by NumberValueSetUtilities", short(u.name)))
		return
	}
	var x [4]float64
	for k, key := range []string{"lowValue", "lowUtility", "highValue", "highUtility"} {
		v := d.kid(key)
		if v == nil {
			pr.add(d.at.errorf("issue %q has no %s", short(u.name), key))
			return
		}
		var err error
		if x[k], err = v.num(key + " of issue " + short(u.name)); err != nil {
			pr.add(err)
			return
		}
	}
	if x[0] >= x[2] {
		pr.add(d.at.errorf("issue %q: highValue %v is not above lowValue %v", short(u.name), x[2], x[0]))
		return
	}
	// Outside of its range a number is worth 0 (NumberValueSetUtilities.getUtility).
	u.fn = func(v, _ float64) float64 {
		const slack = 1e-9
		if span := x[2] - x[0]; v < x[0]-slack*span || v > x[2]+slack*span {
			return 0
		}
		return x[1] + float64((v-x[0])/(x[2]-x[0])*(x[3]-x[1]))
	}
}
