package config

import (
	"fmt"
	"reflect"
	"strconv"
)

// encode is a value as a tree without places; nil if there is nothing to write. Reading the tree back
// gives the same value.
func encode(v reflect.Value) *node {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	if v.CanAddr() {
		if l, ok := v.Addr().Interface().(leaf); ok {
			return l.write()
		}
	}
	switch v.Kind() {
	case reflect.String:
		if v.String() == "" {
			return nil
		}
		return &node{kind: scalar, value: v.String()}
	case reflect.Bool:
		return &node{kind: scalar, value: v.Bool()}
	case reflect.Int64:
		return &node{kind: scalar, value: v.Int()}
	case reflect.Float64:
		return &node{kind: scalar, value: v.Float()}
	case reflect.Slice:
		return encodeSlice(v)
	case reflect.Struct:
		n := &node{kind: table}
		n.encodeFields(v)
		return n
	}
	panic("config: no way to write a " + v.Type().String())
}

func encodeSlice(v reflect.Value) *node {
	if v.Len() == 0 {
		return nil
	}
	n := &node{kind: array}
	var key []int
	if isKeyed(v.Type()) {
		n.kind, key = table, layoutOf(v.Type().Elem()).key
	}
	for i := range v.Len() {
		e := encode(v.Index(i))
		if e == nil {
			continue
		}
		name := strconv.Itoa(i)
		if key != nil {
			name = v.Index(i).FieldByIndex(key).String()
		}
		n.put(name, e)
	}
	return n
}

// encodeFields puts a struct's fields into a table, source and assumed last.
func (n *node) encodeFields(v reflect.Value) {
	l := layoutOf(v.Type())
	for i := range l.fields {
		f := &l.fields[i]
		if f.name == "source" || f.name == "assumed" {
			continue
		}
		fv := v.FieldByIndex(f.index)
		if fv.Kind() == reflect.Bool && !fv.Bool() && f.check != "always" {
			continue
		}
		if (fv.Kind() == reflect.Float64 || fv.Kind() == reflect.Int64) && fv.IsZero() && f.check != ">=0" {
			continue // step, where there is no range; rounds, where there are dates
		}
		if e := encode(fv); e != nil {
			n.put(f.name, e)
		}
	}
	if l.rest != nil {
		if e := encode(v.FieldByIndex(l.rest.index)); e != nil {
			for _, k := range e.kids {
				n.put(k.key, k)
			}
		}
	}
	for _, name := range []string{"source", "assumed"} {
		if f := l.field(name); f != nil {
			n.word(name, v.FieldByIndex(f.index).String())
		}
	}
}

// put appends an entry under a key.
func (n *node) put(key string, e *node) {
	e.key = key
	n.kids = append(n.kids, e)
}

// word appends a string unless it is empty.
func (n *node) word(key, s string) {
	if s != "" {
		n.put(key, &node{kind: scalar, value: s})
	}
}

func floatNode(x float64) *node { return &node{kind: scalar, value: x} }

func floatsNode(list []float64) *node {
	n := &node{kind: array}
	for _, x := range list {
		n.kids = append(n.kids, floatNode(x))
	}
	return n
}

func weightsNode(names []string, weights []float64) *node {
	n := &node{kind: table}
	for i, name := range names {
		n.put(name, floatNode(weights[i]))
	}
	return n
}

func (x *Number) write() *node {
	if !x.Given() {
		return nil
	}
	n := &node{kind: table}
	switch x.Kind {
	case "fixed":
		n.put(fixed, floatNode(x.Params[0]))
	case "chance":
		n.put("chance", floatNode(x.Params[0]))
	case "choice":
		c := &node{kind: table}
		for i, v := range x.Values {
			c.put(number(v), floatNode(x.Params[i]))
		}
		n.put("choice", c)
	default:
		n.put(x.Kind, floatsNode(x.Params))
	}
	n.word("unit", x.Unit)
	n.word("label", x.Label)
	n.word("source", x.Source)
	n.word("assumed", x.Assumed)
	if x.Kind == "fixed" && len(n.kids) == 1 {
		return n.kids[0] // a plain number says it all
	}
	return n
}

func (p *Pick) write() *node {
	if !p.Given() {
		return nil
	}
	if len(p.Names) == 1 && p.Label == "" && p.Source == "" && p.Assumed == "" {
		return &node{kind: scalar, value: p.Names[0]}
	}
	n := &node{kind: table}
	n.put("choice", weightsNode(p.Names, p.Weights))
	n.word("label", p.Label)
	n.word("source", p.Source)
	n.word("assumed", p.Assumed)
	return n
}

func (t *Date) write() *node {
	if t.IsZero() {
		return nil
	}
	return &node{kind: scalar, value: bare(t.String())}
}

func (v *Value) write() *node {
	switch {
	case !v.Set:
		return nil
	case v.IsName:
		return &node{kind: scalar, value: v.Name}
	}
	return floatNode(v.Number)
}

func (v *NoDealValue) write() *node {
	if v.Choice.Given() {
		return v.Choice.write()
	}
	return v.Number.write()
}

func (s *Shape) write() *node {
	n := &node{kind: table}
	switch s.Kind {
	case "":
		return nil
	case "choices":
		return weightsNode(s.Names, s.Params)
	case "beats", "share_of":
		names := &node{kind: array}
		for _, name := range s.Names {
			names.kids = append(names.kids, &node{kind: scalar, value: name})
		}
		n.put(s.Kind, names)
	case "piecewise", "steps":
		points := &node{kind: array}
		for _, p := range s.Points {
			points.kids = append(points.kids, floatsNode(p[:]))
		}
		n.put(s.Kind, points)
	default:
		n.put(s.Kind, floatsNode(s.Params))
	}
	return n
}

func (j *Joint) write() *node {
	names := &node{kind: array}
	for _, i := range j.Issues {
		names.kids = append(names.kids, &node{kind: scalar, value: i})
	}
	n := &node{kind: table}
	n.put("issues", names)
	rest := j.Strength
	n.put("strength", nestedNode(j.Dims, &rest))
	return n
}

func nestedNode(dims []int, rest *[]float64) *node {
	n := &node{kind: array}
	for range dims[0] {
		if len(dims) > 1 {
			n.kids = append(n.kids, nestedNode(dims[1:], rest))
			continue
		}
		n.kids = append(n.kids, floatNode((*rest)[0]))
		*rest = (*rest)[1:]
	}
	return n
}

func (r *Risk) write() *node {
	switch r.Kind {
	case "":
		return nil
	case "neutral":
		return &node{kind: scalar, value: "neutral"}
	}
	n := &node{kind: table}
	n.put(r.Kind, r.Coef.write())
	if b := r.Base.write(); b != nil {
		n.put("base", b)
	}
	return n
}

func (r *Rule) write() *node {
	op := ">="
	if r.Strict {
		op = ">"
	}
	if r.Members > 0 {
		return &node{kind: scalar, value: fmt.Sprintf("members %s %s of %d", op, number(r.Threshold), r.Members)}
	}
	return &node{kind: scalar, value: fmt.Sprintf("share %s %s", op, number(r.Threshold))}
}

func (f *Factors) write() *node {
	n := &node{kind: array}
	for _, v := range f.Values {
		n.kids = append(n.kids, &node{kind: scalar, value: bare(v)})
	}
	return n
}

// bare is text that stands in TOML as it is: a date, a value kept as written.
type bare string
