package importer

import (
	"math"
	"strings"
)

// NegMAS's YAML and JSON (negmas.inout.Scenario.dumpas, 0.16): an outcome space has a list of issues,
// a utility function a type, weights and a value function for every issue, by position or by name. A
// reserved value of minus infinity, NegMAS's default, is read as 0 here, as in its own benchmarks.

// negmasType is the last word of a type: negmas.preferences.value_fun.TableFun is TableFun.
func negmasType(n *node) string {
	if n.kind != object {
		return ""
	}
	t := n.text("type")
	if t == "" {
		t = n.text("__python_class__")
	}
	return t[strings.LastIndexByte(t, '.')+1:]
}

func isNegmasTable(n *node) bool {
	is := n.kid("issues")
	return is != nil && is.kind == array && (negmasType(n) == "" || strings.Contains(negmasType(n), "OutcomeSpace"))
}

func isNegmasProfile(n *node) bool {
	t := strings.ToLower(negmasType(n))
	return strings.Contains(t, "ufun") || strings.Contains(t, "utility") || strings.HasSuffix(t, "function")
}

func negmasTable(n *node) (*rawDomain, error) {
	var pr problems
	out := &rawDomain{at: place{file: n.at.file}, name: n.text("name")}
	for _, e := range n.kid("issues").kids {
		out.issues = append(out.issues, negmasIssue(e, &pr))
	}
	return out, pr.err()
}

func negmasIssue(e *node, pr *problems) rawIssue {
	is := rawIssue{at: e.at, name: e.text("name")}
	vs := e.kid("values")
	if vs == nil {
		pr.add(e.at.errorf("issue %q has no values", short(is.name)))
		return is
	}
	t := negmasType(e)
	span := vs.kind == array && len(vs.kids) == 2
	switch {
	case vs.kind == scalar: // values: 5 is 0, 1, 2, 3, 4
		x, err := vs.num("values of issue " + short(is.name))
		if err != nil || x < 1 || x != math.Trunc(x) {
			pr.add(vs.at.errorf("issue %q: values is %s; a list or a whole number was expected", short(is.name), short(vs.value)))
			return is
		}
		is.kind, is.lo, is.hi, is.ranged = integers, 0, x-1, true
	case span && strings.Contains(t, "Continuous"), span && strings.Contains(t, "Contiguous"):
		lo, err1 := vs.kids[0].num("lowest value of issue " + short(is.name))
		hi, err2 := vs.kids[1].num("highest value of issue " + short(is.name))
		pr.add(err1)
		pr.add(err2)
		is.lo, is.hi, is.ranged, is.kind = lo, hi, err1 == nil && err2 == nil, integers
		if strings.Contains(t, "Continuous") {
			is.kind, is.cuts = reals, 10 // NegMAS's default
			if l := e.kid("n_levels"); l != nil && l.kind == scalar {
				x, err := l.num("n_levels of issue " + short(is.name))
				pr.add(err)
				if err == nil && x >= 1 && x <= maxValues {
					is.cuts = int(x)
				}
			}
		}
	case vs.kind == array:
		for _, v := range vs.kids {
			if v.kind != scalar {
				pr.add(v.at.errorf("issue %q has a value that is %s; words and numbers are read", short(is.name), v.what()))
				continue
			}
			is.values = append(is.values, v.value)
		}
	default:
		pr.add(vs.at.errorf("issue %q: values is %s; a list was expected", short(is.name), vs.what()))
	}
	return is
}

// negmasProfile reads a utility function over the issues of the table.
func negmasProfile(n *node, name string, table *rawDomain, d *Domain) (*rawProfile, error) {
	var pr problems
	out := &rawProfile{at: place{file: n.at.file}, name: name, discount: 1}
	t := negmasType(n)
	switch t {
	case "LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction", "AffineUtilityFunction", "LinearUtilityFunction":
	default:
		return nil, n.at.errorf("a utility function of type %s is not read; LinearAdditiveUtilityFunction, LinearUtilityFunction and AffineUtilityFunction are", short(t))
	}
	if table == nil {
		return nil, n.at.errorf("a NegMAS utility function needs the file of its outcome space in the folder")
	}
	if r := n.kid("reserved_value"); r != nil && r.kind != null {
		if x, err := r.num("reserved_value"); err == nil {
			out.reservation = x
		} else if v := strings.ToLower(r.value); v != "-.inf" && v != "-infinity" && v != "-inf" {
			pr.add(err)
		} else {
			d.warn("%s: the reserved value is minus infinity; 0 is used", n.at.file)
		}
	}
	if b := n.kid("bias"); b != nil && b.kind != null {
		var err error
		out.bias, err = b.num("bias")
		pr.add(err)
	}
	values, weights := n.kid("values"), n.kid("weights")
	for i := range table.issues {
		is := &table.issues[i]
		u := rawUtility{rawIssue: rawIssue{at: n.at, name: is.name}, weight: 1}
		if w := entry(weights, i, is.name); w != nil {
			u.at = w.at
			var err error
			u.weight, err = w.num("the weight of issue " + short(is.name))
			pr.add(err)
		} else if weights != nil && weights.kind != null {
			pr.add(weights.at.errorf("issue %q has no weight", short(is.name)))
		}
		f := entry(values, i, is.name)
		switch {
		case f != nil:
			u.at = f.at
			negmasFun(&u, f, &pr)
		case strings.HasPrefix(t, "LinearAdditive") || strings.HasPrefix(t, "LinearUtilityAggregation"):
			pr.add(n.at.errorf("issue %q is missing: there is no value function for it", short(is.name)))
			continue
		default:
			u.fn = func(x, _ float64) float64 { return x }
		}
		out.issues = append(out.issues, u)
	}
	for _, list := range []*node{values, weights} {
		if list != nil && (list.kind == array || list.kind == object) && len(list.kids) > len(table.issues) {
			pr.add(list.at.errorf("%d entries for %d issues", len(list.kids), len(table.issues)))
		}
	}
	return out, pr.err()
}

// entry is what a list or an object by name has for issue i.
func entry(n *node, i int, name string) *node {
	switch {
	case n == nil:
		return nil
	case n.kind == array && i < len(n.kids):
		return n.kids[i]
	case n.kind == object:
		return n.kid(name)
	}
	return nil
}

// negmasFun reads a value function (negmas.preferences.value_fun).
func negmasFun(u *rawUtility, f *node, pr *problems) {
	t := negmasType(f)
	if t == "" && f.kind == object { // a mapping written out
		u.items = itemsOf(f, u.name, pr)
		return
	}
	p := func(key string, def float64) float64 {
		v := f.kid(key)
		if v == nil || v.kind == null {
			return def
		}
		x, err := v.num(key + " of issue " + short(u.name))
		pr.add(err)
		return x
	}
	bias := p("bias", 0)
	switch t {
	case "TableFun":
		m := f.kid("mapping")
		if m == nil {
			pr.add(f.at.errorf("issue %q: a TableFun without a mapping", short(u.name)))
			return
		}
		u.items = itemsOf(m, u.name, pr)
	case "IdentityFun":
		u.fn = func(x, _ float64) float64 { return x }
	case "ConstFun":
		u.fn = func(float64, float64) float64 { return bias }
	case "LinearFun", "AffineFun":
		slope := p("slope", 1)
		u.fn = func(x, _ float64) float64 { return float64(x*slope) + bias }
	case "QuadraticFun":
		a2, a1 := p("a2", 0), p("a1", 0)
		u.fn = func(x, _ float64) float64 { return float64(a2*x*x) + float64(a1*x) + bias }
	case "TriangularFun":
		lo, top, hi, scale := p("start", 0), p("middle", 0), p("end", 0), p("scale", 1)
		u.fn = func(x, _ float64) float64 {
			switch {
			case x < lo || x > hi:
				return bias
			case x == top:
				return bias + scale
			case x < top:
				return bias + float64(scale*(x-lo))/(top-lo)
			}
			return bias + float64(scale*(hi-x))/(hi-top)
		}
	default:
		pr.add(f.at.errorf("issue %q is valued by a %s; TableFun, IdentityFun, ConstFun, LinearFun, AffineFun, QuadraticFun and TriangularFun are read", short(u.name), short(t)))
	}
}
