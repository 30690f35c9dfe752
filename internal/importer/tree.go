package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// node is one value of a JSON or YAML file: an object with its keys in file order, an array, or a
// scalar as it was written.
type node struct {
	at    place
	keys  []string // of objects, one a kid
	kids  []*node  // of objects and arrays
	kind  nodeKind
	value string
}

type nodeKind uint8

const (
	scalar nodeKind = iota
	object
	array
	null
)

// kid is an entry of an object, nil if there is none.
func (n *node) kid(key string) *node {
	if n == nil || n.kind != object {
		return nil
	}
	for i, k := range n.keys {
		if k == key {
			return n.kids[i]
		}
	}
	return nil
}

// first is the first of these entries that is there, nil if none is.
func (n *node) first(keys ...string) *node {
	for _, k := range keys {
		if e := n.kid(k); e != nil {
			return e
		}
	}
	return nil
}

// text is a scalar entry as written, empty if it is not there.
func (n *node) text(key string) string {
	if k := n.kid(key); k != nil && k.kind == scalar {
		return k.value
	}
	return ""
}

// what names the type for people.
func (n *node) what() string {
	return [...]string{scalar: "a word or number", object: "an object", array: "an array", null: "null"}[n.kind]
}

// num is a finite number.
func (n *node) num(what string) (float64, error) {
	if n.kind != scalar {
		return 0, n.at.errorf("%s is %s, not a number", what, n.what())
	}
	switch word := strings.ToLower(n.value); word {
	case ".inf", "+.inf", "-.inf", ".nan": // YAML's
		return finite(n.at, what, strings.Replace(word, ".", "", 1))
	}
	return finite(n.at, what, n.value)
}

// limits counts what is read.
type limits struct {
	file  string
	count int
}

func (l *limits) check(at place, depth int) error {
	if depth > maxDepth {
		return at.errorf("values are nested more than %d deep", maxDepth)
	}
	if l.count++; l.count > maxElements {
		return at.errorf("more than %d values", maxElements)
	}
	return nil
}

// parseJSON reads a file into a tree. Python's NaN and Infinity, which are not JSON, are read as words.
func parseJSON(file string, data []byte) (*node, error) {
	data = words(data)
	r := &jsonReader{limits: limits{file: file}, data: data}
	r.dec = json.NewDecoder(bytes.NewReader(data))
	r.dec.UseNumber()
	n, err := r.value(1)
	if err == nil {
		if _, more := r.dec.Token(); more != io.EOF {
			return nil, r.here().errorf("something follows the end; this is not JSON")
		}
		return n, nil
	}
	return nil, err
}

// words puts quotes around the bare words that Python's json module writes for numbers that are not
// finite. Bytes keep their lines.
func words(data []byte) []byte {
	for _, w := range []string{"-Infinity", "Infinity", "NaN"} {
		if bytes.Contains(data, []byte(w)) {
			return quoteWords(data)
		}
	}
	return data
}

func quoteWords(data []byte) []byte {
	out := make([]byte, 0, len(data)+64)
	quoted := false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\' && i+1 < len(data):
			out = append(out, c, data[i+1])
			i++
			continue
		case c == '"':
			quoted = !quoted
		case !quoted:
			found := ""
			for _, w := range []string{"-Infinity", "Infinity", "NaN"} {
				if bytes.HasPrefix(data[i:], []byte(w)) {
					found = w
					break
				}
			}
			if found != "" {
				out = append(append(append(out, '"'), found...), '"')
				i += len(found) - 1
				continue
			}
		}
		out = append(out, data[i])
	}
	return out
}

type jsonReader struct {
	limits
	data []byte
	dec  *json.Decoder
	seen int64 // bytes whose lines are counted
	line int
}

// here is the line the decoder stands at.
func (r *jsonReader) here() place {
	off := min(r.dec.InputOffset(), int64(len(r.data)))
	if off > r.seen {
		r.line += bytes.Count(r.data[r.seen:off], []byte{'\n'})
		r.seen = off
	}
	return place{r.file, r.line + 1}
}

func (r *jsonReader) fail(err error) error {
	var se *json.SyntaxError
	switch {
	case errors.As(err, &se):
		at := min(max(se.Offset, 0), int64(len(r.data)))
		return place{r.file, 1 + bytes.Count(r.data[:at], []byte{'\n'})}.errorf("%s; this is not JSON", short(se.Error()))
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return r.here().errorf("the file ends too early; this is not JSON")
	}
	return r.here().errorf("%s; this is not JSON", short(err.Error()))
}

func (r *jsonReader) value(depth int) (*node, error) {
	t, err := r.dec.Token()
	if err != nil {
		return nil, r.fail(err)
	}
	return r.of(t, depth)
}

func (r *jsonReader) of(t json.Token, depth int) (*node, error) {
	n := &node{at: r.here()}
	if err := r.check(n.at, depth); err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case nil:
		n.kind = null
	case string:
		n.value = t
	case json.Number:
		n.value = t.String()
	case bool:
		if n.value = "false"; t {
			n.value = "true"
		}
	case json.Delim:
		if n.kind = array; t == '{' {
			n.kind = object
		}
		for r.dec.More() {
			if n.kind == object {
				k, err := r.dec.Token()
				if err != nil {
					return nil, r.fail(err)
				}
				key := k.(string)
				n.keys = append(n.keys, key)
			}
			kid, err := r.value(depth + 1)
			if err != nil {
				return nil, err
			}
			n.kids = append(n.kids, kid)
		}
		if _, err := r.dec.Token(); err != nil {
			return nil, r.fail(err)
		}
		return n, n.twice()
	}
	return n, nil
}

// twice reports a key that stands twice in an object.
func (n *node) twice() error {
	if n.kind != object {
		return nil
	}
	seen := make(map[string]bool, len(n.keys))
	for i, k := range n.keys {
		if seen[k] {
			return n.kids[i].at.errorf("%q stands twice", short(k))
		}
		seen[k] = true
	}
	return nil
}

// maxYAML is how much YAML is read: its library keeps some 100 bytes for every byte.
const maxYAML = 4 << 20

// parseYAML reads a file into a tree. Aliases are refused: a few lines of them can stand for more than
// any machine holds.
func parseYAML(file string, data []byte) (*node, error) {
	if len(data) > maxYAML {
		return nil, place{file: file}.errorf("%d bytes; at most %d of YAML are read", len(data), maxYAML)
	}
	if at, deep := deepFlow(data); deep {
		return nil, place{file, at}.errorf("values are nested more than %d deep", maxDepth)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, place{file: file}.errorf("%s; this is not YAML", short(strings.TrimPrefix(err.Error(), "yaml: ")))
	}
	if len(doc.Content) == 0 {
		return nil, place{file: file}.errorf("there is nothing in it")
	}
	l := &limits{file: file}
	return l.yaml(doc.Content[0], 1)
}

// deepFlow looks for brackets nested beyond any domain before the library takes minutes over them.
// Brackets in quotes are counted too; no file has that many.
func deepFlow(data []byte) (line int, deep bool) {
	depth, line := 0, 1
	for _, c := range data {
		switch c {
		case '\n':
			line++
		case '[', '{':
			if depth++; depth > 20*maxDepth {
				return line, true
			}
		case ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return 0, false
}

func (l *limits) yaml(y *yaml.Node, depth int) (*node, error) {
	n := &node{at: place{l.file, y.Line}}
	if err := l.check(n.at, depth); err != nil {
		return nil, err
	}
	switch y.Kind {
	case yaml.AliasNode:
		return nil, n.at.errorf("aliases (*%s) are not read; write the value out", short(y.Value))
	case yaml.ScalarNode:
		if n.value = y.Value; y.Tag == "!!null" {
			n.kind = null
		}
	case yaml.MappingNode:
		n.kind = object
		for i := 0; i+1 < len(y.Content); i += 2 {
			if y.Content[i].Kind != yaml.ScalarNode {
				return nil, place{l.file, y.Content[i].Line}.errorf("a key is not a word or number")
			}
			kid, err := l.yaml(y.Content[i+1], depth+1)
			if err != nil {
				return nil, err
			}
			n.keys, n.kids = append(n.keys, y.Content[i].Value), append(n.kids, kid)
		}
		return n, n.twice()
	case yaml.SequenceNode:
		n.kind = array
		for _, c := range y.Content {
			kid, err := l.yaml(c, depth+1)
			if err != nil {
				return nil, err
			}
			n.kids = append(n.kids, kid)
		}
	}
	return n, nil
}
