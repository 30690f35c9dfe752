package config

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// maxBytes bounds a scenario file. A table over several issues may be long; nobody edits 16 MiB.
const maxBytes = 16 << 20

// node is one value of the file with its place: a table, an array or a scalar. Tables keep the order
// of the file.
type node struct {
	key   string
	path  string
	kind  nodeKind
	value any     // scalar: string, int64, float64, bool or time.Time
	kids  []*node // of tables and arrays
	keyAt Origin  // of its key, or of the table's header
	at    Origin  // of its value; of a table with a header, the header
}

type nodeKind uint8

const (
	table nodeKind = iota
	array
	scalar
)

// read turns TOML into a tree with places. The only errors it returns are those of the syntax.
func read(file string, data []byte) (*node, error) {
	whole := Origin{File: file}
	if len(data) > maxBytes {
		return nil, Problems{{Origin: whole, Msg: fmt.Sprintf("%d bytes; a scenario has at most %d", len(data), maxBytes)}}
	}
	root := &node{keyAt: whole, at: whole}
	twice, err := locate(root, file, data)
	if err != nil {
		return nil, err
	}
	var values map[string]any
	if err := toml.Unmarshal(data, &values); err != nil {
		if twice != nil && strings.Contains(err.Error(), "already been defined") {
			return nil, Problems{*twice}
		}
		return nil, Problems{syntax(file, err)}
	}
	root.fill(values)
	return root, nil
}

// syntax turns an error of the TOML library into a Problem with its place.
func syntax(file string, err error) Problem {
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		return Problem{Origin: Origin{File: file}, Msg: strings.TrimPrefix(err.Error(), "toml: ")}
	}
	msg := pe.Message
	if msg == "" { // an error without a short form: the long one repeats the line
		msg = strings.TrimPrefix(pe.Error(), "toml: ")
	}
	return Problem{Origin: Origin{File: file, Line: pe.Position.Line, Col: max(pe.Position.Col, 1)}, Msg: strings.TrimSuffix(msg, ".") + "; this is not TOML"}
}

// fill gives the located tree its values. What the second pass did not see (it is lenient) joins its
// table with the table's place.
func (n *node) fill(v any) {
	switch v := v.(type) {
	case map[string]any:
		n.kind = table
		n.kids = slices.DeleteFunc(n.kids, func(k *node) bool { _, ok := v[k.key]; return !ok })
		var more []string
		for key := range v {
			if n.kid(key) == nil {
				more = append(more, key)
			}
		}
		sort.Strings(more)
		for _, key := range more {
			n.add(key, n.at, n.at)
		}
		for _, k := range n.kids {
			k.fill(v[k.key])
		}
	case []any:
		n.fillArray(len(v), func(i int) any { return v[i] })
	case []map[string]any:
		n.fillArray(len(v), func(i int) any { return v[i] })
	default:
		n.kind, n.value, n.kids = scalar, v, nil
	}
}

func (n *node) fillArray(size int, at func(int) any) {
	n.kind = array
	for i := range size {
		if i == len(n.kids) {
			n.add(strconv.Itoa(i), n.at, n.at)
		}
		n.kids[i].fill(at(i))
	}
	n.kids = n.kids[:size]
}

// kid is the entry of a table with this key, nil if there is none.
func (n *node) kid(key string) *node {
	for _, k := range n.kids {
		if k.key == key {
			return k
		}
	}
	return nil
}

// drop takes the entry with this key out of a table.
func (n *node) drop(key string) {
	n.kids = slices.DeleteFunc(n.kids, func(k *node) bool { return k.key == key })
}

// add appends an entry to a table, or an element to an array.
func (n *node) add(key string, keyAt, at Origin) *node {
	k := &node{key: key, path: join(n.path, key), keyAt: keyAt, at: at}
	n.kids = append(n.kids, k)
	return k
}

// clone copies the tree, so that overrides leave the original alone.
func (n *node) clone() *node {
	c := *n
	c.kids = make([]*node, len(n.kids))
	for i, k := range n.kids {
		c.kids[i] = k.clone()
	}
	return &c
}

// join appends a key to a path, quoted where TOML needs quotes.
func join(path, key string) string {
	key = quoteKey(key)
	if path == "" {
		return key
	}
	return path + "." + key
}

func quoteKey(key string) string {
	bare := key != ""
	for _, r := range key {
		bare = bare && (r == '_' || r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	}
	if bare {
		return key
	}
	return quote(key)
}

// quote writes a TOML basic string.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// text writes a value as TOML on one line.
func (n *node) text() string {
	switch n.kind {
	case table:
		if len(n.kids) == 0 {
			return "{}"
		}
		parts := make([]string, len(n.kids))
		for i, k := range n.kids {
			parts[i] = quoteKey(k.key) + " = " + k.text()
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	case array:
		parts := make([]string, len(n.kids))
		for i, k := range n.kids {
			parts[i] = k.text()
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	switch v := n.value.(type) {
	case string:
		return quote(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return number(v)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return dateText(v)
	case bare:
		return string(v)
	}
	return fmt.Sprint(n.value)
}

// number writes a float the short way: 30, 41.1, 1e+30.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// dateText writes a date or time as TOML. BurntSushi/toml marks local dates and times by the name of
// their zone.
func dateText(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return t.Format(time.DateOnly)
	case "time-local":
		return t.Format("15:04:05.999999999")
	case "datetime-local":
		return t.Format("2006-01-02T15:04:05.999999999")
	}
	return t.Format(time.RFC3339Nano)
}

// show is text cut to what an error message can hold.
func (n *node) show() string {
	const most = 60
	s := n.text()
	if r := []rune(s); len(r) > most {
		return string(r[:most-3]) + "..."
	}
	return s
}

// what names the type of a value for people.
func (n *node) what() string {
	switch n.kind {
	case table:
		return "a table"
	case array:
		return "an array"
	}
	switch n.value.(type) {
	case string:
		return "a string"
	case int64:
		return "an integer"
	case float64:
		return "a number"
	case bool:
		return "a boolean"
	case time.Time:
		return "a date or time"
	}
	return "nothing known"
}
