package config

import (
	"slices"
	"strconv"
	"strings"
)

// shapes are the ways to write a shape of one issue; any other table names the issue's choices.
var shapes = []struct{ name, form string }{
	{"linear", "linear = [a, b]: strength a at the lowest number, b at the highest"},
	{"log", "log = [a, b]: 0 at the number a, 1 at b"},
	{"power", "power = [a, b, p]: 0 at the number a, 1 at b"},
	{"peak", "peak = [a, m, b]: 0 at the numbers a and b, 1 at m"},
	{"piecewise", "piecewise = [[number, strength], ...]"},
	{"steps", "steps = [[number, strength], ...]"},
	{"values", "values = [strength, ...], one a value"},
	{"beats", "beats = [yardstick, ...]: the share of these yardsticks of [reference] that the number reaches"},
	{"share_of", "share_of = [yardstick]: the number as a share of a yardstick of [reference], 1 at most"},
}

func shapeNames() []string {
	names := make([]string, len(shapes))
	for i, s := range shapes {
		names[i] = s.name
	}
	return names
}

// read implements leaf.
func (s *Shape) read(d *decoder, n *node, _ string) {
	if n.kind != table || len(n.kids) == 0 {
		d.bad(n, "%s is not a shape; write { linear = [0, 1] }, or one of %s, or a strength for every choice", n.show(), strings.Join(shapeNames(), ", "))
		return
	}
	first := n.kids[0]
	i := indexOf(shapeNames(), first.key)
	if i < 0 {
		s.readChoices(d, n)
		return
	}
	if len(n.kids) > 1 {
		d.badKey(n.kids[1], "unknown key: a shape is one of %s, or a strength for every choice", strings.Join(shapeNames(), ", "))
		return
	}
	if first.key == "piecewise" || first.key == "steps" {
		s.readPoints(d, first)
		return
	}
	if isYard(first.key) {
		s.readYards(d, first)
		return
	}
	p, ok := d.floats(first)
	if !ok {
		return
	}
	why := ""
	switch count := len(p); first.key {
	case "linear":
		if count != 2 {
			why = "two numbers are needed"
		}
	case "log":
		switch {
		case count != 2:
			why = "two numbers are needed"
		case p[0] <= 0 || p[1] <= 0:
			why = "a logarithm needs numbers above 0"
		case p[0] == p[1]:
			why = "empty range: both numbers are the same"
		}
	case "power":
		switch {
		case count != 3:
			why = "three numbers are needed"
		case p[0] == p[1]:
			why = "empty range: both numbers are the same"
		case p[2] <= 0:
			why = "the power " + number(p[2]) + " is not above 0"
		}
	case "peak":
		switch {
		case count != 3:
			why = "three numbers are needed"
		case !(p[0] < p[1] && p[1] < p[2]):
			why = "the three numbers must rise"
		}
	case "values":
		if count == 0 {
			why = "no strengths"
		}
	}
	if why != "" {
		d.bad(first, "%s: %s; write %s", first.show(), why, shapes[i].form)
		return
	}
	s.Kind, s.Params = first.key, p
}

// readChoices reads a strength for every choice. That all are there is checked with the issue.
func (s *Shape) readChoices(d *decoder, n *node) {
	for _, k := range n.kids {
		if k.kind != scalar {
			d.badKey(k, "unknown shape; one of %s, or a strength for every choice%s", strings.Join(shapeNames(), ", "), suggest(k.key, shapeNames()))
			return
		}
		v, ok := d.number(k)
		if !ok {
			return
		}
		s.Names, s.Params = append(s.Names, k.key), append(s.Params, v)
	}
	s.Kind = "choices"
}

func (s *Shape) readPoints(d *decoder, n *node) {
	if n.kind != array || len(n.kids) == 0 {
		d.bad(n, "%s is not a list of points; write [[number, strength], ...]", n.show())
		return
	}
	var points [][2]float64
	for i, k := range n.kids {
		p, ok := d.floats(k)
		if !ok {
			return
		}
		if len(p) != 2 {
			d.bad(k, "%s is not a point; write [number, strength]", k.show())
			return
		}
		if i > 0 && p[0] <= points[i-1][0] {
			d.bad(k, "%s does not lie above %s; the numbers of the points must rise", number(p[0]), number(points[i-1][0]))
			return
		}
		points = append(points, [2]float64{p[0], p[1]})
	}
	s.Kind, s.Points = n.key, points
}

// read implements leaf.
func (j *Joint) read(d *decoder, n *node, _ string) {
	if !d.isTable(n) {
		return
	}
	allowed := []string{"issues", "strength"}
	for _, k := range n.kids {
		d.seen(k)
		switch k.key {
		case "issues":
			if k.kind != array || len(k.kids) < 2 {
				d.bad(k, "%s: name two issues or more; for one, use times", k.show())
				continue
			}
			for _, i := range k.kids {
				j.Issues = append(j.Issues, d.text(i))
			}
		case "strength":
			j.Dims, j.Strength = nil, nil
			if !j.nested(d, k, 0) {
				j.Dims, j.Strength = nil, nil
			}
		default:
			d.badKey(k, "unknown key; allowed: %s%s", strings.Join(allowed, ", "), suggest(k.key, allowed))
		}
	}
	for _, key := range allowed {
		if n.kid(key) == nil {
			d.bad(n, "%s is missing; write { issues = [\"a\", \"b\"], strength = [[...], ...] }", key)
		}
	}
}

// nested reads arrays in arrays row by row; all at one depth must be as long.
func (j *Joint) nested(d *decoder, n *node, depth int) bool {
	if n.kind != array {
		if depth != len(j.Dims) {
			d.bad(n, "%s stands %d arrays deep, others %d", n.show(), depth, len(j.Dims))
			return false
		}
		v, ok := d.number(n)
		j.Strength = append(j.Strength, v)
		return ok
	}
	if len(n.kids) == 0 {
		d.bad(n, "an empty array")
		return false
	}
	if depth == len(j.Dims) {
		if len(j.Strength) > 0 {
			d.bad(n, "%s is an array where others are numbers", n.show())
			return false
		}
		j.Dims = append(j.Dims, len(n.kids))
	}
	if len(n.kids) != j.Dims[depth] {
		d.bad(n, "%s has %d elements, others at this depth %d", n.show(), len(n.kids), j.Dims[depth])
		return false
	}
	for _, k := range n.kids {
		if !j.nested(d, k, depth+1) {
			return false
		}
	}
	return true
}

// risks are the attitudes to risk, with what their table may hold.
var risks = []string{"neutral", "cara", "crra", "power"}

// read implements leaf: "neutral", { cara = 0.01 }, { crra = 2, base = 100 } or { power = 0.88 }.
func (r *Risk) read(d *decoder, n *node, _ string) {
	const form = `write "neutral", { cara = 0.01 }, { crra = 2, base = 100 } or { power = 0.88, base = 0 }`
	if s, ok := n.value.(string); ok {
		if s != "neutral" {
			d.bad(n, "%q is not an attitude to risk; %s", s, form)
			return
		}
		r.Kind = "neutral"
		return
	}
	if n.kind != table {
		d.bad(n, "%s is not an attitude to risk; %s", n.show(), form)
		return
	}
	for _, k := range n.kids {
		switch {
		case k.key == "base":
			d.seen(k)
			r.Base.read(d, k, "")
		case k.key == "neutral" || !slices.Contains(risks, k.key):
			d.badKey(k, "unknown key; %s%s", form, suggest(k.key, append([]string{"base"}, risks[1:]...)))
		case r.Kind != "":
			d.badKey(k, "one attitude to risk only; this has %s already", r.Kind)
		default:
			d.seen(k)
			r.Kind = k.key
			check := ""
			if k.key == "power" {
				check = ">0"
			}
			r.Coef.read(d, k, check)
		}
	}
	if r.Kind == "" {
		d.bad(n, "%s says no attitude to risk; %s", n.show(), form)
	}
	if r.Kind == "cara" && r.Base.Given() {
		d.bad(n, "cara has no base")
	}
}

// read implements leaf: a number, or one of the issue's choices.
func (v *NoDealValue) read(d *decoder, n *node, check string) {
	_, word := n.value.(string)
	if n.kind == table { // a choice between words is a pick, between numbers a number
		if c := n.kid("choice"); c != nil && c.kind == table {
			for _, k := range c.kids {
				if _, err := strconv.ParseFloat(k.key, 64); err != nil {
					word = true
				}
			}
		}
	}
	if word {
		v.Choice.read(d, n, check)
		return
	}
	v.Number.read(d, n, check)
}

// read implements leaf: "share > 0.5", "members > 0.5 of 435".
func (r *Rule) read(d *decoder, n *node, _ string) {
	s, ok := n.value.(string)
	fields := strings.Fields(s)
	members := ok && len(fields) == 5 && fields[0] == "members" && fields[3] == "of"
	if (members || ok && len(fields) == 3 && fields[0] == "share") && (fields[1] == ">" || fields[1] == ">=") {
		if x, err := strconv.ParseFloat(fields[2], 64); err == nil && x >= 0 && x <= 1 {
			r.Threshold, r.Strict = x, fields[1] == ">"
			if !members {
				return
			}
			if r.Members, err = strconv.ParseInt(fields[4], 10, 64); err == nil && r.Members >= 1 && r.Members <= maxMembers {
				return
			}
		}
	}
	d.bad(n, "%s is not a rule; write \"share > 0.5\" or \"share >= 0.5\", with 0 to 1, or \"members > 0.5 of 435\", of 1 to %d", n.show(), maxMembers)
}

// maxMembers bounds a legislature: the largest there is has fewer than 3,000.
const maxMembers = 5000

// read implements leaf: the values of one key, each kept as TOML.
func (f *Factors) read(d *decoder, n *node, _ string) {
	if n.kind != array || len(n.kids) == 0 {
		d.bad(n, "%s is not a list of values; write [a, b, ...]", n.show())
		return
	}
	for _, k := range n.kids {
		d.seen(k)
		f.Values = append(f.Values, k.text())
	}
}
