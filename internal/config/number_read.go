package config

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// kinds are the ways to write a number, with how many parameters each has.
var kinds = []struct {
	name  string
	form  string
	count int
	trunc bool // may have lo and hi
}{
	{"value", "value = 30", 0, false},
	{"uniform", "uniform = [a, b]", 2, false},
	{"triangular", "triangular = [low, likely, high]", 3, false},
	{"pert", "pert = [low, likely, high]", 3, false},
	{"normal", "normal = [mean, sd]", 2, true},
	{"lognormal", "lognormal = [median, sigma]", 2, true},
	{"beta", "beta = [a, b]", 2, true},
	{"choice", "choice = { 3 = 1, 5 = 2 }", 0, false},
	{"chance", "chance = 0.7", 0, false},
}

func kindNames() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

// numberKeys are the further keys of a number's table.
var numberKeys = []string{"lo", "hi", "unit", "label", "source", "assumed"}

// read implements leaf: a plain number, or a table that says how it is drawn and what it rests on.
func (x *Number) read(d *decoder, n *node, check string) {
	*x = Number{Path: n.path}
	if n.kind != table {
		if v, ok := d.number(n); ok {
			x.fix(d, n, v, check)
		}
		return
	}
	var kind *node
	at := 0
	for _, k := range n.kids {
		switch k.key {
		case "lo":
			x.Lo = d.pointer(k)
		case "hi":
			x.Hi = d.pointer(k)
		case "unit":
			x.Unit = d.text(k)
		case "label":
			x.Label = d.text(k)
		case "source":
			x.Source = d.text(k)
		case "assumed":
			x.Assumed = d.text(k)
		default:
			i := indexOf(kindNames(), k.key)
			switch {
			case i < 0:
				all := append(kindNames(), numberKeys...)
				d.badKey(k, "unknown key of a number; allowed: %s%s", strings.Join(all, ", "), suggest(k.key, all))
			case kind != nil:
				d.badKey(k, "a number is drawn in one way, this one already by %s", kind.key)
			default:
				kind, at = k, i
			}
		}
		d.origins[k.path] = k.at
	}
	if kind == nil {
		d.bad(n, "%s says no number; write 30, or a table with one of %s", n.show(), strings.Join(kindNames(), ", "))
		return
	}
	x.readKind(d, n, kind, at, check)
	if !kinds[at].trunc && (x.Lo != nil || x.Hi != nil) {
		d.bad(n, "lo and hi cut off normal, lognormal and beta only, not %s", kind.key)
	}
}

func (x *Number) readKind(d *decoder, n, kind *node, at int, check string) {
	switch kind.key {
	case "value":
		if v, ok := d.number(kind); ok {
			x.fix(d, kind, v, check)
		}
		return
	case "chance":
		if v, ok := d.number(kind); ok {
			if v < 0 || v > 1 {
				d.bad(kind, "%s is not a chance, 0 to 1", kind.show())
				return
			}
			x.Kind, x.Params = "chance", []float64{v}
		}
		return
	case "choice":
		x.readChoice(d, kind)
	default:
		p, ok := d.floats(kind)
		if !ok {
			return
		}
		if len(p) != kinds[at].count {
			d.bad(kind, "%s has %d parameters; write %s", kind.show(), len(p), kinds[at].form)
			return
		}
		if why := parameters(kind.key, p, x.Lo, x.Hi); why != "" {
			d.bad(kind, "%s: %s", kind.show(), why)
			return
		}
		x.Kind, x.Params = kind.key, p
	}
	if x.Kind == "" {
		return
	}
	if check == "chance" {
		d.bad(kind, "%s: this is a chance; write 0.7 or { chance = 0.7 }", kind.show())
		return
	}
	if lo, hi := x.Support(); !within(lo, hi, check) {
		allowed := check
		if check == "share" {
			allowed = "a share, 0 to 1"
		}
		d.bad(kind, "%s reaches from %s to %s, which is not %s", kind.show(), number(lo), number(hi), allowed)
	}
}

// fix makes it a fixed number. A plain number where a chance belongs is that chance.
func (x *Number) fix(d *decoder, n *node, v float64, check string) {
	switch {
	case !within(v, v, check):
		allowed := check
		if check == "share" || check == "chance" {
			allowed = "a " + check + ", 0 to 1"
		}
		d.bad(n, "%s is not %s", n.show(), allowed)
	case check == "chance" && v > 0 && v < 1:
		x.Kind, x.Params = "chance", []float64{v}
	default:
		x.Kind, x.Params = "fixed", []float64{v}
	}
}

func (x *Number) readChoice(d *decoder, n *node) {
	names, weights, ok := d.weights(n)
	if !ok {
		return
	}
	values := make([]float64, len(names))
	for i, name := range names {
		v, err := strconv.ParseFloat(name, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			d.badKey(n.kid(name), "%q is not a number; this choice is between numbers: { 3 = 1, \"2.5\" = 2 }", name)
			return
		}
		if slices.Contains(values[:i], v) {
			d.badKey(n.kid(name), "%s is among the choices twice", number(v))
			return
		}
		values[i] = v
	}
	x.Kind, x.Params, x.Values = "choice", weights, values
}

// weights reads names with weights, which are 0 or more and not all 0.
func (d *decoder) weights(n *node) (names []string, weights []float64, ok bool) {
	if n.kind != table || len(n.kids) == 0 {
		d.bad(n, "%s is not a choice; write { a = 3, b = 1 }: names with their weights", n.show())
		return nil, nil, false
	}
	sum, ok := 0.0, true
	for _, k := range n.kids {
		w, fine := d.number(k)
		if fine && w < 0 {
			d.bad(k, "the weight %s is below 0", k.show())
			fine = false
		}
		ok = ok && fine
		names, weights, sum = append(names, k.key), append(weights, w), sum+w
	}
	if ok && sum == 0 {
		d.bad(n, "%s: all weights are 0", n.show())
		ok = false
	}
	if ok && math.IsInf(sum, 0) {
		d.bad(n, "%s: the weights add up to more than a number can hold", n.show())
		ok = false
	}
	return names, weights, ok
}

// parameters says what is wrong with the parameters of a kind, as many as it has.
func parameters(kind string, p []float64, lo, hi *float64) string {
	if lo != nil && hi != nil && *lo >= *hi {
		return "empty range: lo = " + number(*lo) + " is not below hi = " + number(*hi)
	}
	for _, x := range p {
		if math.Abs(x) > 1e300 {
			return number(x) + " is beyond 1e300"
		}
	}
	switch kind {
	case "uniform":
		if p[0] >= p[1] {
			return "empty range: " + number(p[0]) + " is not below " + number(p[1]) + "; a fixed number is written plainly"
		}
	case "triangular", "pert":
		if p[0] >= p[2] {
			return "empty range: " + number(p[0]) + " is not below " + number(p[2]) + "; a fixed number is written plainly"
		}
		if p[1] < p[0] || p[1] > p[2] {
			return "the likely value " + number(p[1]) + " is not between " + number(p[0]) + " and " + number(p[2])
		}
	case "normal":
		if p[1] <= 0 {
			return "the standard deviation " + number(p[1]) + " is not above 0"
		}
	case "lognormal":
		switch {
		case p[0] <= 0:
			return "the median " + number(p[0]) + " is not above 0"
		case p[1] <= 0:
			return "sigma " + number(p[1]) + " is not above 0"
		case hi != nil && *hi <= 0:
			return "a lognormal lies above 0, hi = " + number(*hi) + " does not"
		}
	case "beta":
		if p[0] <= 0 || p[1] <= 0 {
			return "both parameters must be above 0"
		}
		l, h := 0.0, 1.0
		if lo != nil {
			l = *lo
		}
		if hi != nil {
			h = *hi
		}
		if l >= h {
			return "empty range: lo = " + number(l) + " is not below hi = " + number(h)
		}
	}
	return ""
}

// Support is the range the number can take; either end may be infinite.
func (x *Number) Support() (lo, hi float64) {
	switch x.Kind {
	case "fixed":
		return x.Params[0], x.Params[0]
	case "uniform":
		return x.Params[0], x.Params[1]
	case "triangular", "pert":
		return x.Params[0], x.Params[2]
	case "normal":
		lo, hi = math.Inf(-1), math.Inf(1)
	case "lognormal":
		lo, hi = 0, math.Inf(1)
	case "beta":
		lo, hi = 0, 1
	case "chance":
		switch x.Params[0] {
		case 0:
			return 0, 0
		case 1:
			return 1, 1
		}
		return 0, 1
	case "choice":
		lo, hi = math.Inf(1), math.Inf(-1)
		for i, v := range x.Values {
			if x.Params[i] > 0 {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
		return lo, hi
	default:
		return 0, 0
	}
	if x.Lo != nil && (x.Kind == "beta" || *x.Lo > lo) {
		lo = *x.Lo
	}
	if x.Hi != nil {
		hi = *x.Hi
	}
	return lo, hi
}

// read implements leaf: a name, or a choice of names.
func (p *Pick) read(d *decoder, n *node, _ string) {
	*p = Pick{Path: n.path}
	if s, ok := n.value.(string); ok {
		p.Names, p.Weights = []string{s}, []float64{1}
		return
	}
	if n.kind != table {
		d.bad(n, "%s is %s; write a name, or { choice = { a = 3, b = 1 } }", n.show(), n.what())
		return
	}
	allowed := []string{"choice", "label", "source", "assumed"}
	for _, k := range n.kids {
		d.origins[k.path] = k.at
		switch k.key {
		case "choice":
			if names, weights, ok := d.weights(k); ok {
				if len(names) == 1 {
					weights[0] = 1
				}
				p.Names, p.Weights = names, weights
			}
		case "label":
			p.Label = d.text(k)
		case "source":
			p.Source = d.text(k)
		case "assumed":
			p.Assumed = d.text(k)
		default:
			d.badKey(k, "unknown key of a choice; allowed: %s%s", strings.Join(allowed, ", "), suggest(k.key, allowed))
		}
	}
	if n.kid("choice") == nil {
		d.bad(n, "%s says no name; write a name, or { choice = { a = 3, b = 1 } }", n.show())
	}
}

// number reads a finite number and notes its place.
func (d *decoder) number(n *node) (float64, bool) {
	d.origins[n.path] = n.at
	return d.float(n)
}

func (d *decoder) pointer(n *node) *float64 {
	if v, ok := d.number(n); ok {
		return &v
	}
	return nil
}

// text reads a string.
func (d *decoder) text(n *node) string {
	s, ok := n.value.(string)
	if !ok {
		d.bad(n, "%s is %s; write a string, in quotes", n.show(), n.what())
	}
	return s
}

// floats reads an array of finite numbers.
func (d *decoder) floats(n *node) ([]float64, bool) {
	if n.kind != array {
		d.bad(n, "%s is %s; write an array of numbers", n.show(), n.what())
		return nil, false
	}
	list, ok := make([]float64, len(n.kids)), true
	for i, k := range n.kids {
		v, fine := d.number(k)
		list[i], ok = v, ok && fine
	}
	return list, ok
}

func indexOf(words []string, w string) int {
	for i := range words {
		if words[i] == w {
			return i
		}
	}
	return -1
}
