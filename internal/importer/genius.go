package importer

import (
	"math"
	"strings"
)

// GENIUS's XML, as GENIUS 10.4 reads it (AdditiveUtilitySpace.loadTreeRecursive, Domain): a domain is
// a negotiation_template, a profile a utility_space whose issues carry evaluations.

// geniusTable reads a domain file.
func geniusTable(root *element) (*rawDomain, error) {
	var pr problems
	out := &rawDomain{at: place{file: root.at.file}}
	root.all("issue", func(e *element) {
		is := geniusIssue(e, &pr)
		e.all("item", func(it *element) {
			v, _ := it.attr("value")
			is.values = append(is.values, v)
		})
		out.issues = append(out.issues, is)
	})
	return out, pr.err()
}

// geniusIssue is what domain and profile files alike say of an issue.
func geniusIssue(e *element, pr *problems) rawIssue {
	is := rawIssue{at: e.at, cuts: cuts}
	is.name, _ = e.attr("name")
	is.index, _ = e.attr("index")
	// NegMAS writes integers that it values item by item as type discrete, vtype integer.
	is.kind = choices
	for _, a := range []string{"type", "etype", "vtype"} {
		word, ok := e.attr(a)
		if !ok {
			continue
		}
		switch strings.ToLower(word) {
		case "discrete":
		case "integer":
			is.kind = integers
		case "real":
			is.kind = reals
		default:
			pr.add(e.at.errorf("issue %q is of type %q; discrete, integer and real are known", short(is.name), short(word)))
		}
		break
	}
	if is.kind == choices {
		return is
	}
	on := e
	if r := e.kid("range"); r != nil {
		on = r
	}
	lo, ok1 := on.attr("lowerbound")
	hi, ok2 := on.attr("upperbound")
	if ok1 && ok2 {
		var err error
		if is.lo, err = finite(on.at, "lowerbound of issue "+short(is.name), lo); err != nil {
			pr.add(err)
		}
		if is.hi, err = finite(on.at, "upperbound of issue "+short(is.name), hi); err != nil {
			pr.add(err)
		}
		is.ranged = true
	}
	return is
}

// geniusProfile reads a profile.
func geniusProfile(root *element, name string, d *Domain) (*rawProfile, error) {
	var pr problems
	out := &rawProfile{at: place{file: root.at.file}, name: name, discount: 1}
	out.reservation = geniusNumber(root, "reservation", 0, &pr)
	if out.discount = geniusNumber(root, "discount_factor", 1, &pr); out.discount < 0 || out.discount > 1 {
		d.warn("%s: the discount factor is %v, not between 0 and 1; 1 is used, as in GENIUS", root.at.file, out.discount)
		out.discount = 1
	}
	geniusLevel(root, out, d, &pr)
	if len(out.issues) == 0 && len(pr.list) == 0 {
		return nil, root.at.errorf("there are no issues in it")
	}
	return out, pr.err()
}

// geniusNumber is the value of the first element of this name, def if there is none.
func geniusNumber(root *element, name string, def float64, pr *problems) float64 {
	var at *element
	root.all(name, func(e *element) {
		if at == nil {
			at = e
		}
	})
	if at == nil {
		return def
	}
	s, ok := at.attr("value")
	if !ok {
		pr.add(at.at.errorf("%s has no value", name))
		return def
	}
	x, err := finite(at.at, name, s)
	pr.add(err)
	return x
}

// geniusLevel reads the issues of one objective, with the weights that stand beside them, and of the
// objectives in it. An objective's own weight is not used, as in GENIUS (AdditiveUtilitySpace.getUtility).
func geniusLevel(e *element, out *rawProfile, d *Domain, pr *problems) {
	weights := map[string]*element{}
	for _, k := range e.kids {
		if k.name != "weight" {
			continue
		}
		index, _ := k.attr("index")
		if weights[index] != nil {
			pr.add(k.at.errorf("issue %s has a second weight", short(index)))
		}
		weights[index] = k
	}
	for _, k := range e.kids {
		switch k.name {
		case "issue":
			u := rawUtility{rawIssue: geniusIssue(k, pr)}
			if w := weights[u.index]; w != nil {
				s, _ := w.attr("value")
				var err error
				if u.weight, err = finite(w.at, "the weight of issue "+short(u.name), s); err != nil {
					pr.add(err)
				}
				if u.weight < 0 {
					d.warn("%s: the weight of issue %q is %v, below 0; it is kept", w.at, short(u.name), u.weight)
				}
			} else {
				d.warn("%s: issue %q has no weight; it counts 0", k.at, short(u.name))
			}
			geniusEvaluation(k, &u, pr)
			out.issues = append(out.issues, u)
		case "objective", "utility_space":
			geniusLevel(k, out, d, pr)
		}
	}
}

// geniusEvaluation reads what an issue's values are worth.
func geniusEvaluation(e *element, u *rawUtility, pr *problems) {
	ev := e.kid("evaluator")
	if u.kind == choices || ev == nil && e.kid("item") != nil {
		u.byMax = true
		for _, it := range e.kids {
			if it.name != "item" {
				continue
			}
			v, _ := it.attr("value")
			s, ok := it.attr("evaluation")
			x := 0.0
			if ok && strings.TrimSpace(s) != "" {
				var err error
				if x, err = finite(it.at, "the evaluation of "+short(v), strings.TrimSpace(s)); err != nil {
					pr.add(err)
				}
			}
			u.items = append(u.items, item{it.at, v, x})
		}
		return
	}
	if ev == nil {
		pr.add(e.at.errorf("issue %q has no evaluator", short(u.name)))
		u.fn = func(float64, float64) float64 { return 0 }
		return
	}
	p := func(name string) float64 {
		s, ok := ev.attr(name)
		if !ok {
			return 0
		}
		x, err := finite(ev.at, name+" of issue "+short(u.name), s)
		pr.add(err)
		return x
	}
	shape, _ := ev.attr("ftype")
	switch strings.ToLower(shape) {
	case "linear", "":
		if _, ok := ev.attr("slope"); ok || u.kind == integers && !has(ev, "parameter1") {
			slope, offset := p("slope"), p("offset")
			u.fn = func(x, lo float64) float64 { return unit(offset + float64(slope*(x-lo))) }
		} else {
			p0, p1 := p("parameter0"), p("parameter1")
			u.fn = func(x, _ float64) float64 { return unit(p0 + float64(p1*x)) }
		}
	case "constant":
		p0 := p("parameter0")
		u.fn = func(float64, float64) float64 { return p0 }
	case "triangular":
		lo, hi, top := p("parameter0"), p("parameter1"), p("parameter2")
		u.fn = func(x, _ float64) float64 { return triangle(x, lo, hi, top, 1) }
	case "triangularvariabletop":
		lo, hi, top, most := p("parameter0"), p("parameter1"), p("parameter2"), p("parameter3")
		u.fn = func(x, _ float64) float64 { return triangle(x, lo, hi, top, most) }
	default:
		pr.add(ev.at.errorf("issue %q has an evaluator of type %q; linear, constant and triangular are known", short(u.name), short(shape)))
		u.fn = func(float64, float64) float64 { return 0 }
	}
}

func has(e *element, attr string) bool {
	_, ok := e.attr(attr)
	return ok
}

// unit holds x to 0..1.
func unit(x float64) float64 { return math.Max(0, math.Min(1, x)) }

// triangle is EVALFUNCTYPE.evalTriangular of GENIUS 10.4: 0 at lo, most at top, 0 at hi.
func triangle(x, lo, hi, top, most float64) float64 {
	switch {
	case x < lo || x >= hi && x >= top:
		return 0
	case x < top:
		return float64(most*(x-lo)) / (top - lo)
	}
	return most * (1 - (x-top)/(hi-top))
}
