package config

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
)

// TOML writes the whole scenario as it is read: defaults filled in, overrides applied, comments gone.
// Reading it back gives the same scenario.
func (s *Scenario) TOML() []byte {
	head := SchemaLine + "\n"
	if s.name != "" {
		head += "# " + strings.Join(strings.Fields(s.name), " ") + ", resolved: defaults filled in, overrides applied.\n"
	}
	return append([]byte(head), s.Canonical()...)
}

// Canonical is TOML without its two lines of comment, so without the file's name: two scenarios that say
// the same have the same bytes, whatever their files are called and however they are laid out.
func (s *Scenario) Canonical() []byte {
	var b bytes.Buffer
	printTable(&b, nil, encode(reflect.ValueOf(s).Elem()))
	return b.Bytes()
}

// SchemaLine is the first line of a scenario file: where editors find the schema (the form taplo reads).
const SchemaLine = "#:schema ./parley.schema.json"

// ownHeader reports whether the table at this path has a [header]; others are written inline.
func ownHeader(path []string) bool {
	switch len(path) {
	case 1:
		return path[0] != "party"
	case 2:
		return path[0] == "party" || path[0] == "economy" || path[0] == "design"
	case 3:
		return path[0] == "party" && slices.Contains([]string{"interest", "red_line", "negotiator", "audience"}, path[2])
	}
	return false
}

// printTable writes a table's plain entries, keys aligned, and then the tables with a header of their own.
func printTable(b *bytes.Buffer, path []string, n *node) {
	var inline, headed []*node
	for _, k := range n.kids {
		sub := append(slices.Clone(path), k.key)
		if k.kind == table && (ownHeader(sub) || len(path) == 0) {
			headed = append(headed, k)
		} else {
			inline = append(inline, k)
		}
	}
	if len(path) > 0 && ownHeader(path) {
		keys := make([]string, len(path))
		for i, p := range path {
			keys[i] = quoteKey(p)
		}
		b.WriteString("\n[" + strings.Join(keys, ".") + "]\n")
	}
	width := 0
	for _, k := range inline {
		width = max(width, len(quoteKey(k.key)))
	}
	for _, k := range inline {
		key := quoteKey(k.key)
		b.WriteString(key + strings.Repeat(" ", width-len(key)) + " = " + k.text() + "\n")
	}
	for _, k := range headed {
		printTable(b, append(slices.Clone(path), k.key), k)
	}
}
