package importer

import (
	"fmt"
	"math"
	"strconv"

	"github.com/parley-sim/parley/sim/deal"
)

// assemble brings the domain file and two profiles together. Without a domain file the first
// profile says what is on the table.
func assemble(d *Domain, table *rawDomain, profiles [2]*rawProfile) error {
	var pr problems
	if table == nil {
		table = &rawDomain{at: profiles[0].at}
		for i := range profiles[0].issues {
			is := profiles[0].issues[i].rawIssue
			if is.kind == choices && len(is.values) == 0 {
				for _, it := range profiles[0].issues[i].items {
					is.values = append(is.values, it.value)
				}
			}
			table.issues = append(table.issues, is)
		}
	}
	if len(table.issues) == 0 {
		return table.at.errorf("there are no issues in it")
	}
	seen := map[string]bool{}
	fine := true
	for i := range table.issues {
		is := &table.issues[i]
		if seen[is.name] {
			pr.add(is.at.errorf("two issues are called %q", short(is.name)))
			fine = false
		}
		seen[is.name] = true
		out, ok := is.build(&pr)
		fine = fine && ok
		d.Issues = append(d.Issues, out)
		if is.kind == reals && ok && !is.exact {
			d.warn("%s: issue %q is a real number; it is cut into %d values from %v to %v", is.at, is.name, len(out.Values), is.lo, is.hi)
		}
	}
	if !fine {
		return pr.err()
	}
	for k, p := range profiles {
		d.profile(&d.Profiles[k], table, p, &pr)
	}
	return pr.err()
}

// profile fills in one side.
func (d *Domain) profile(out *Profile, table *rawDomain, p *rawProfile, pr *problems) {
	*out = Profile{Name: p.name, File: p.at.file, Bias: p.bias, Reservation: p.reservation, Discount: p.discount}
	used := make([]bool, len(p.issues))
	sum, fine := 0.0, true
	for i := range d.Issues {
		at, ok := find(p, &table.issues[i], used)
		if !ok {
			var names []string
			for j := range p.issues {
				names = append(names, p.issues[j].name)
			}
			pr.add(p.at.errorf("issue %q is missing; the profile has %s%s", short(d.Issues[i].Name), listed(names), meant(d.Issues[i].Name, names)))
			fine = false
			continue
		}
		used[at] = true
		u := &p.issues[at]
		if u.name != d.Issues[i].Name {
			d.warn("%s: issue %s is called %q here and %q in %s", u.at, u.index, short(u.name), short(d.Issues[i].Name), table.at.file)
		}
		ev, ok := d.evals(u, &table.issues[i], &d.Issues[i], pr)
		fine = fine && ok
		out.Weight = append(out.Weight, u.weight)
		out.Eval = append(out.Eval, ev)
		sum += u.weight
	}
	for j := range p.issues {
		if !used[j] {
			pr.add(p.issues[j].at.errorf("issue %q is not on the table of %s", short(p.issues[j].name), table.at.file))
			fine = false
		}
	}
	if !fine {
		return
	}
	if math.Abs(sum-1) > 1e-6 {
		d.warn("%s: the weights add up to %s, not to 1; they are kept as they are", p.at.file, strconv.FormatFloat(sum, 'g', 6, 64))
	}
	if p.outcome != nil {
		out.Reservation = d.reserve(out, p, pr)
	}
	hi := out.Bias
	for i, ev := range out.Eval {
		most := math.Inf(-1)
		for _, x := range ev {
			most = math.Max(most, float64(out.Weight[i]*x))
		}
		hi += most
	}
	if math.IsInf(hi, 0) || math.IsNaN(hi) {
		pr.add(p.at.errorf("its utilities are too large: weights times evaluations add up to %v", hi))
	}
	if out.Reservation > hi {
		d.warn("%s: no outcome is worth the reservation value of %v; the best is worth %.6g", p.at.file, out.Reservation, hi)
	}
}

// find is the profile's entry for an issue: that of its name, else that of its index.
func find(p *rawProfile, is *rawIssue, used []bool) (int, bool) {
	for j := range p.issues {
		if !used[j] && p.issues[j].name == is.name {
			return j, true
		}
	}
	if is.index == "" {
		return 0, false
	}
	for j := range p.issues {
		if !used[j] && p.issues[j].index == is.index {
			return j, true
		}
	}
	return 0, false
}

// evals is what each value of the table's issue is worth in the profile.
func (d *Domain) evals(u *rawUtility, on *rawIssue, is *deal.Issue, pr *problems) ([]float64, bool) {
	ev := make([]float64, len(is.Values))
	if u.fn != nil {
		if is.Numbers == nil {
			return d.byNumbers(u, is, ev, pr)
		}
		if u.ranged && on.ranged && (u.lo != on.lo || u.hi != on.hi) {
			pr.add(u.at.errorf("issue %q runs from %v to %v here and from %v to %v on the table", short(is.Name), u.lo, u.hi, on.lo, on.hi))
			return nil, false
		}
		for v, x := range is.Numbers {
			if ev[v] = u.fn(x, is.Numbers[0]); math.IsNaN(ev[v]) || math.IsInf(ev[v], 0) {
				pr.add(u.at.errorf("issue %q: %v is worth %v, which is not a finite number", short(is.Name), x, ev[v]))
				return nil, false
			}
		}
		return ev, true
	}
	place := make(map[string]int, len(is.Values))
	for v, name := range is.Values {
		place[name] = v
	}
	known, fine, most := make([]bool, len(ev)), true, math.Inf(-1)
	for _, it := range u.items {
		v, ok := place[it.value]
		if !ok && is.Numbers != nil { // "1.0" for 1
			if x, err := strconv.ParseFloat(it.value, 64); err == nil {
				v, ok = place[number(x)]
			}
		}
		switch {
		case !ok:
			pr.add(it.at.errorf("issue %q has no value %q on the table; it has %s%s", short(is.Name), short(it.value), listed(is.Values), meant(it.value, is.Values)))
			fine = false
			continue
		case known[v]:
			pr.add(it.at.errorf("issue %q has the value %q twice", short(is.Name), short(it.value)))
			fine = false
			continue
		}
		known[v], ev[v] = true, it.eval
		most = math.Max(most, it.eval)
	}
	for v, ok := range known {
		if !ok && !u.rest {
			pr.add(u.at.errorf("issue %q: there is no evaluation of %q", short(is.Name), short(is.Values[v])))
			fine = false
		}
	}
	if !fine {
		return nil, false
	}
	if u.byMax {
		if most <= 0 {
			if u.weight != 0 {
				d.warn("%s: no value of issue %q has an evaluation above 0; all are worth 0", u.at, short(is.Name))
			}
			most = math.Inf(1)
		}
		for v := range ev {
			if ev[v] /= most; math.IsInf(most, 1) {
				ev[v] = 0
			}
		}
	}
	return ev, true
}

// byNumbers values choices that are numbers by a function (NegMAS).
func (d *Domain) byNumbers(u *rawUtility, is *deal.Issue, ev []float64, pr *problems) ([]float64, bool) {
	for v, name := range is.Values {
		x, err := finite(u.at, fmt.Sprintf("value of issue %q", short(is.Name)), name)
		if err != nil {
			pr.add(fmt.Errorf("%w, so no function can value it", err))
			return nil, false
		}
		if ev[v] = u.fn(x, x); math.IsNaN(ev[v]) || math.IsInf(ev[v], 0) {
			pr.add(u.at.errorf("issue %q: %s is worth %v, which is not a finite number", short(is.Name), name, ev[v]))
			return nil, false
		}
	}
	return ev, true
}

// reserve is what the reservation outcome is worth (GeniusWeb).
func (d *Domain) reserve(out *Profile, p *rawProfile, pr *problems) float64 {
	o := make(deal.Offer, len(d.Issues))
	for i := range d.Issues {
		is := &d.Issues[i]
		word, ok := p.outcome[is.Name]
		if !ok {
			pr.add(p.at.errorf("the reservation bid says nothing of issue %q", short(is.Name)))
			return 0
		}
		v, ok := is.Value(word)
		if x, err := strconv.ParseFloat(word, 64); !ok && err == nil && is.Numbers != nil {
			v, ok = is.Value(number(x))
		}
		if !ok {
			pr.add(p.at.errorf("the reservation bid has %q for issue %q, which is not on the table", short(word), short(is.Name)))
			return 0
		}
		o[i] = uint16(v)
	}
	return out.Utility(o)
}
