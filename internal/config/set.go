package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// apply lays one override over the tree: path=value, the value in TOML, or a bare word for a string.
// It may set any key of the format and replace whole tables. Entries of named tables (a party, an issue,
// a red line) can be replaced or added whole, but a path that reaches into one that is not there is an
// error: it is nearly always a typing error.
func (d *decoder) apply(root *node, set string, order int) {
	at := Origin{Set: set, order: order}
	fail := func(format string, a ...any) {
		d.problems = append(d.problems, Problem{Origin: at, Msg: fmt.Sprintf(format, a...)})
	}
	path, value, ok := cutSet(set)
	if !ok {
		fail("an override is path=value, such as party.us.cost_of_delay=1.5")
		return
	}
	keys, err := splitPath(path)
	if err != nil {
		fail("%q is not a path; write keys with dots between, such as party.us.cost_of_delay", path)
		return
	}
	v, err := parseValue(value)
	if err != nil {
		fail("%s", err)
		return
	}
	n, typ := root, reflect.TypeFor[Scenario]()
	for i, key := range keys[:len(keys)-1] {
		next, why := descend(n, typ, key)
		if why != "" {
			fail("%s%s", prefix(n.path), why)
			return
		}
		k := n.kid(key)
		if k == nil {
			k = n.add(key, at, at)
		}
		if k.kind != table {
			if !holdsNumber(next) {
				fail("%s is %s, so it has no %s", k.path, k.what(), keys[i+1])
				return
			}
			// A plain number gets its table: holds.assumed="..." on holds = 0.5.
			plain := &node{key: fixed, path: join(k.path, fixed), kind: k.kind, value: k.value, kids: k.kids, keyAt: k.keyAt, at: k.at}
			k.kind, k.value, k.kids = table, nil, []*node{plain}
		}
		n, typ = k, next
	}
	last := keys[len(keys)-1]
	next, why := descend(n, typ, last)
	if why != "" && !entry(typ) {
		fail("%s%s", prefix(n.path), why)
		return
	}
	if holdsNumber(typ) && indexOf(kinds, last) >= 0 { // another way to draw it, or other parameters
		for _, key := range append([]string{"lo", "hi", "source", "assumed"}, kinds...) {
			if key != last {
				n.drop(key)
			}
		}
		n.add("assumed", at, at).take(&node{kind: scalar, value: overridden}, at)
	}
	old := n.kid(last)
	if old == nil {
		old = n.add(last, at, at)
	}
	if holdsNumber(next) {
		v = withBacking(v, old)
	}
	old.keyAt = at
	old.take(v, at)
}

func prefix(path string) string {
	if path == "" {
		return ""
	}
	return path + ": "
}

// overridden is what a number that was set by an override rests on.
const overridden = "set by an override"

// withBacking gives a number that replaces another the unit and the words it had, and says that it is
// assumed: what the old number rested on does not hold up the new one.
func withBacking(v, old *node) *node {
	if v.kind == array || v.kind == scalar && !isNumber(v.value) {
		return v // not a number, and reported as such
	}
	t := v
	if v.kind == scalar {
		t = &node{kind: table}
		t.put(fixed, v)
	}
	for _, key := range []string{"unit", "label"} {
		if k := old.kid(key); k != nil && t.kid(key) == nil {
			t.put(key, k.clone())
		}
	}
	if t.kid("source") == nil && t.kid("assumed") == nil {
		t.word("assumed", overridden)
	}
	return t
}

func isNumber(v any) bool {
	switch v.(type) {
	case int64, float64:
		return true
	}
	return false
}

// take makes n hold what v holds, placed at the override.
func (n *node) take(v *node, at Origin) {
	n.kind, n.value, n.at = v.kind, v.value, at
	n.kids = nil
	for _, k := range v.kids {
		n.add(k.key, at, at).take(k, at)
	}
}

// descend is the type under a key of a table that holds a value of this type. The second result says
// why there is none.
func descend(n *node, typ reflect.Type, key string) (reflect.Type, string) {
	for typ != nil && typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch {
	case typ == nil: // inside a number, a shape: what may stand there its reader knows
		return nil, ""
	case isKeyed(typ):
		return inKeyed(n, typ.Elem(), key)
	case typ.Kind() != reflect.Struct || isLeaf(typ):
		return nil, ""
	}
	l := layoutOf(typ)
	if f := l.field(key); f != nil {
		return f.typ, ""
	}
	if l.rest != nil {
		return inKeyed(n, l.rest.typ.Elem(), key)
	}
	return nil, fmt.Sprintf("%q is an unknown key; allowed: %s%s", key, strings.Join(l.names(), ", "), suggest(key, l.names()))
}

func inKeyed(n *node, elem reflect.Type, key string) (reflect.Type, string) {
	if isLeaf(elem) || n.kid(key) != nil {
		return elem, ""
	}
	var there []string
	for _, k := range n.kids {
		there = append(there, k.key)
	}
	if len(there) == 0 {
		return nil, fmt.Sprintf("there is no %q here to reach into; set it whole", key)
	}
	return nil, fmt.Sprintf("there is no %q here; there are %s%s", key, strings.Join(there, ", "), suggest(key, there))
}

// entry reports whether tables of this type take entries of any name, so that a new one can be set whole.
func entry(typ reflect.Type) bool {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	return isKeyed(typ) || typ.Kind() == reflect.Struct && !isLeaf(typ) && layoutOf(typ).rest != nil
}

// holdsNumber reports whether a value of this type is written as a number.
func holdsNumber(typ reflect.Type) bool {
	return typ == reflect.TypeFor[Number]() || typ == reflect.TypeFor[NamedNumber]() || typ == reflect.TypeFor[NoDealValue]()
}

// cutSet splits path=value at the first = outside quotes.
func cutSet(set string) (path, value string, ok bool) {
	var quoted rune
	for i, r := range set {
		switch {
		case quoted != 0:
			if r == quoted {
				quoted = 0
			}
		case r == '"' || r == '\'':
			quoted = r
		case r == '=':
			return strings.TrimSpace(set[:i]), strings.TrimSpace(set[i+1:]), true
		}
	}
	return "", "", false
}

var errPath = errors.New("not a path")

// splitPath reads a dotted key as TOML does: issue.investment.max, design.vary."a.b".
func splitPath(path string) ([]string, error) {
	if strings.ContainsAny(path, "\n\r#=[]{}") && !strings.ContainsAny(path, `"'`) {
		return nil, errPath
	}
	root, err := read("", []byte(path+" = 0"))
	if err != nil {
		return nil, errPath
	}
	var keys []string
	for n := root; n.kind == table; n = n.kids[0] {
		if len(n.kids) != 1 {
			return nil, errPath
		}
		keys = append(keys, n.kids[0].key)
	}
	return keys, nil
}

// parseValue reads a value as TOML; what is not TOML is a string, unless it starts like something else.
func parseValue(s string) (*node, error) {
	root, err := read("", []byte("x = "+s))
	if err == nil && len(root.kids) == 1 && root.kids[0].key == "x" && !slices.ContainsFunc([]byte(s), func(c byte) bool { return c == '\n' }) {
		return root.kids[0], nil
	}
	if s == "" {
		return nil, errors.New("no value after the =; an empty string is \"\"")
	}
	if err != nil && strings.ContainsRune(`[{"'`, rune(s[0])) {
		var pe toml.ParseError
		msg := "not TOML"
		if ps := Problems(nil); errors.As(err, &ps) && len(ps) == 1 {
			msg = ps[0].Msg
		} else if errors.As(err, &pe) {
			msg = pe.Message
		}
		return nil, fmt.Errorf("%s: %s", s, msg)
	}
	return &node{kind: scalar, value: s}, nil
}
