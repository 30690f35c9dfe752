package config

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"
)

// decoder reads a tree into structs and collects what is wrong.
type decoder struct {
	problems Problems
	origins  map[string]places
	known    Known
	dists    *dists
}

// places are where a key and its value stand.
type places struct{ key, value Origin }

// seen notes where a key and its value stand.
func (d *decoder) seen(n *node) { d.origins[n.path] = places{n.keyAt, n.at} }

// bad reports a problem with a value.
func (d *decoder) bad(n *node, format string, a ...any) {
	d.problems = append(d.problems, Problem{Origin: n.at, Path: n.path, Msg: fmt.Sprintf(format, a...)})
}

// badKey reports a problem with a key.
func (d *decoder) badKey(n *node, format string, a ...any) {
	d.problems = append(d.problems, Problem{Origin: n.keyAt, Path: n.path, Msg: fmt.Sprintf(format, a...)})
}

// into reads a node into a value of the type its field has.
func (d *decoder) into(n *node, v reflect.Value, check string) {
	d.seen(n)
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		d.into(n, v.Elem(), check)
		return
	}
	if l, ok := v.Addr().Interface().(leaf); ok {
		l.read(d, n, check)
		return
	}
	switch v.Kind() {
	case reflect.String:
		d.str(n, v, check)
	case reflect.Bool:
		if b, ok := n.value.(bool); ok {
			v.SetBool(b)
		} else {
			d.bad(n, "%s is %s; write true or false", n.show(), n.what())
		}
	case reflect.Int64:
		if i, ok := d.integer(n); ok {
			v.SetInt(i)
			d.bounds(n, float64(i), check)
		}
	case reflect.Float64:
		if x, ok := d.float(n); ok {
			v.SetFloat(x)
			d.bounds(n, x, check)
		}
	case reflect.Slice:
		if isKeyed(v.Type()) {
			if d.isTable(n) {
				d.keyed(n.kids, v)
			}
			return
		}
		d.list(n, v, check)
	case reflect.Struct:
		if d.isTable(n) {
			d.fields(n, v)
		}
	default:
		panic("config: no way to read a " + v.Type().String())
	}
}

// fields reads a table into a struct. What was there before stays where the table says nothing.
func (d *decoder) fields(n *node, v reflect.Value) {
	l := layoutOf(v.Type())
	var rest []*node
	for _, k := range n.kids {
		switch f := l.field(k.key); {
		case f != nil:
			d.into(k, v.FieldByIndex(f.index), f.check)
		case l.rest != nil:
			rest = append(rest, k)
		default:
			d.badKey(k, "unknown key; allowed: %s%s", strings.Join(l.names(), ", "), suggest(k.key, l.names()))
		}
	}
	if l.rest != nil {
		d.keyed(rest, v.FieldByIndex(l.rest.index))
	}
}

// keyed reads the entries of a table into a slice, one element an entry.
func (d *decoder) keyed(kids []*node, v reflect.Value) {
	elem := v.Type().Elem()
	key := layoutOf(elem).key
	list := reflect.MakeSlice(v.Type(), 0, len(kids))
	for _, k := range kids {
		e := reflect.New(elem).Elem()
		e.FieldByIndex(key).SetString(k.key)
		d.into(k, e, "")
		list = reflect.Append(list, e)
	}
	if len(kids) > 0 {
		v.Set(list)
	}
}

// list reads an array of scalars.
func (d *decoder) list(n *node, v reflect.Value, check string) {
	if n.kind != array {
		d.bad(n, "%s is %s; write an array, [ ... ]", n.show(), n.what())
		return
	}
	list := reflect.MakeSlice(v.Type(), len(n.kids), len(n.kids))
	for i, k := range n.kids {
		d.into(k, list.Index(i), check)
	}
	v.Set(list)
}

func (d *decoder) isTable(n *node) bool {
	if n.kind == array && len(n.kids) > 0 && n.kids[0].kind == table {
		d.bad(n, "tables are named here: write [%s.NAME], not [[%s]]", n.path, n.path)
		return false
	}
	if n.kind != table {
		d.bad(n, "%s is %s; write a table, [%s] or { ... }", n.show(), n.what(), n.path)
		return false
	}
	return true
}

func (d *decoder) str(n *node, v reflect.Value, check string) {
	s, ok := n.value.(string)
	if !ok {
		d.bad(n, "%s is %s; write a string, in quotes", n.show(), n.what())
		return
	}
	v.SetString(s)
	if check != "" {
		d.oneOf(n, s, strings.Split(check, "|"))
	}
}

// oneOf reports a word that is not among those allowed.
func (d *decoder) oneOf(n *node, s string, allowed []string) bool {
	for _, a := range allowed {
		if s == a {
			return true
		}
	}
	d.bad(n, "%q is not one of %s%s", s, strings.Join(allowed, ", "), suggest(s, allowed))
	return false
}

// integer reads a whole number; 1e6 is one too.
func (d *decoder) integer(n *node) (int64, bool) {
	switch x := n.value.(type) {
	case int64:
		return x, true
	case float64:
		if x == math.Trunc(x) && math.Abs(x) <= 1<<53 {
			return int64(x), true
		}
	}
	d.bad(n, "%s is not a whole number", n.show())
	return 0, false
}

// float reads a finite number.
func (d *decoder) float(n *node) (float64, bool) {
	switch x := n.value.(type) {
	case int64:
		return float64(x), true
	case float64:
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			return x, true
		}
		d.bad(n, "%s is not a finite number", n.show())
		return 0, false
	}
	d.bad(n, "%s is %s, not a number", n.show(), n.what())
	return 0, false
}

// bounds holds a fixed number to what its field allows.
func (d *decoder) bounds(n *node, x float64, check string) {
	if !within(x, x, check) {
		d.bad(n, "%s is not %s", n.show(), allowed(check))
	}
}

// within reports whether numbers from lo to hi are all allowed.
func within(lo, hi float64, check string) bool {
	switch check {
	case ">=1":
		return lo >= 1
	case ">=0":
		return lo >= 0
	case ">0":
		return lo > 0
	case "share", "chance":
		return lo >= 0 && hi <= 1
	}
	return true
}

// read implements leaf: a TOML date, or a string that is one.
func (t *Date) read(d *decoder, n *node, _ string) {
	switch v := n.value.(type) {
	case time.Time:
		t.Time = time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC)
		return
	case string:
		if v == "" {
			t.Time = time.Time{}
			return
		}
		if day, err := time.Parse(time.DateOnly, v); err == nil {
			t.Time = day
			return
		}
	}
	d.bad(n, "%s is not a date; write 2025-10-05, without quotes", n.show())
}

// read implements leaf: a number or a word. Whether it is one of the values is checked with the issue.
func (v *Value) read(d *decoder, n *node, _ string) {
	switch x := n.value.(type) {
	case string:
		*v = Value{Set: true, IsName: true, Name: x}
	default:
		if f, ok := d.float(n); ok {
			*v = Value{Set: true, Number: f, Name: number(f)}
		}
	}
}
