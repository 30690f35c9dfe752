package config

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/parley-sim/parley/sim/chance"
)

// fixed is the key of a plain number in a table of its own: { value = 30, source = "..." }.
const fixed = "value"

// kinds are the keys that say how a number is drawn, or that it is fixed.
var kinds = func() []string {
	names := []string{fixed}
	for _, d := range chance.List() {
		names = append(names, d.Name)
	}
	return names
}()

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
	var kind, lo, hi *node
	for _, k := range n.kids {
		d.seen(k)
		switch k.key {
		case "lo":
			lo = k
		case "hi":
			hi = k
		case "unit":
			x.Unit = d.text(k)
		case "label":
			x.Label = d.text(k)
		case "source":
			x.Source = d.text(k)
		case "assumed":
			x.Assumed = d.text(k)
		default:
			switch {
			case indexOf(kinds, k.key) < 0:
				all := append(slices.Clone(kinds), numberKeys...)
				d.badKey(k, "unknown key of a number; allowed: %s%s", strings.Join(all, ", "), suggest(k.key, all))
			case kind != nil:
				d.badKey(k, "a number is drawn in one way, this one already by %s", kind.key)
			default:
				kind = k
			}
		}
	}
	switch {
	case kind == nil:
		d.bad(n, "%s says no number; write 30, or a table with one of %s", n.show(), strings.Join(kinds, ", "))
	case kind.key == fixed:
		if v, ok := d.number(kind); ok {
			x.fix(d, kind, v, check)
		}
	case check == "chance" && kind.key != "chance":
		d.bad(kind, "%s: this is a chance; write 0.7 or { chance = 0.7 }", kind.show())
	case kind.key == "choice":
		x.readChoice(d, kind)
	default:
		x.readDrawn(d, n, kind, lo, hi)
	}
	if kind != nil && (lo != nil || hi != nil) && !slices.Contains([]string{"normal", "lognormal", "beta"}, kind.key) {
		d.bad(n, "lo and hi cut off normal, lognormal and beta only, not %s", kind.key)
	}
	if x.Kind != "" && x.Kind != "fixed" {
		if lo, hi := x.Support(); !within(lo, hi, check) {
			d.bad(kind, "%s reaches from %s to %s, which is not %s", kind.show(), number(lo), number(hi), allowed(check))
		}
	}
}

// readDrawn reads a number that is drawn from its parameters.
func (x *Number) readDrawn(d *decoder, n, kind, lo, hi *node) {
	var p []float64
	ok := false
	if kind.key == "chance" {
		var v float64
		v, ok = d.number(kind)
		p = []float64{v}
	} else {
		p, ok = d.floats(kind)
	}
	for _, end := range []*node{lo, hi} { // the same as a third and a fourth number
		if end != nil {
			v, fine := d.number(end)
			p, ok = append(p, v), ok && fine
		}
	}
	if !ok {
		return
	}
	dist, err := d.dist(kind.key, p)
	if err != nil {
		d.problems = append(d.problems, Problem{Origin: kind.at, Path: n.path, Msg: err.Error()})
		return
	}
	x.Kind, x.Params = kind.key, p
	if kind.key != "chance" { // which is made in no time
		x.dist = dist
	}
}

// allowed is a rule for numbers in words.
func allowed(check string) string {
	if check == "share" || check == "chance" {
		return "a " + check + ", 0 to 1"
	}
	return check
}

// fix makes it a fixed number. A plain number where a chance belongs is that chance.
func (x *Number) fix(d *decoder, n *node, v float64, check string) {
	switch {
	case !within(v, v, check):
		d.bad(n, "%s is not %s", n.show(), allowed(check))
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
		d.seen(k)
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
	d.seen(n)
	return d.float(n)
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
