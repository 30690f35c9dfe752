package config

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
)

// locate is the second pass over a file: it builds the tree of keys with their places, in the order of
// the file, and reads no values. It is lenient: it stops where it no longer understands, and the first
// parser, which judges the syntax, says why. The error it returns is keys or values nested beyond reason,
// which would keep that parser busy for hours. A key given twice is an error of the syntax too, but that
// parser notices it only at the end of the second value: twice is where it stands.
func locate(root *node, file string, data []byte) (twice *Problem, err error) {
	if i := tooDeep(data); i >= 0 {
		l := locator{file: file, data: data, lines: lineStarts(data)}
		return nil, Problems{{Origin: l.place(i), Msg: fmt.Sprintf("more than %d brackets are open here", maxDepth)}}
	}
	l := locator{file: file, data: data, lines: lineStarts(data)}
	l.parser.Reset(data)
	here := root
	for l.parser.NextExpression() {
		switch e := l.parser.Expression(); e.Kind {
		case unstable.Table:
			here = l.header(root, e)
		case unstable.ArrayTable:
			here = l.header(root, e)
			here.kind = array
			at := here.at
			here = here.add(strconv.Itoa(len(here.kids)), at, at)
		case unstable.KeyValue:
			l.keyValue(here, e)
		}
		if l.err != nil {
			return nil, l.err
		}
	}
	return l.twice, nil
}

// maxDepth is how many brackets may be open at once, and how many parts a dotted key may have.
const maxDepth = 100

// tooDeep is the offset at which more brackets are open than any scenario needs, -1 if none. Brackets
// in strings count too: close enough for a bound.
func tooDeep(data []byte) int {
	open := 0
	for i, c := range data {
		switch c {
		case '[', '{':
			open++
		case ']', '}':
			open = max(open-1, 0)
		}
		if open > maxDepth {
			return i
		}
	}
	return -1
}

type locator struct {
	parser unstable.Parser
	file   string
	data   []byte
	lines  []int    // offset of each line's first byte
	err    error    // a key too long
	twice  *Problem // a key given twice
}

// header walks to the table that a [header] opens, making tables on the way. A table's place is the
// key that first names it.
func (l *locator) header(root *node, e *unstable.Node) *node {
	n := root
	parts := 0
	for it := e.Key(); it.Next() && l.parts(&parts, it.Node()); {
		n = l.step(n, it.Node())
	}
	return n
}

// parts counts the parts of a dotted key; false, and an error, once there are too many.
func (l *locator) parts(n *int, key *unstable.Node) bool {
	if *n++; *n > maxDepth {
		l.err = Problems{{Origin: l.place(int(key.Raw.Offset)), Msg: fmt.Sprintf("a key of more than %d parts", maxDepth)}}
		return false
	}
	return true
}

// step goes from a table to its entry, made if it is not there. Of an array of tables it is the last.
func (l *locator) step(n *node, key *unstable.Node) *node {
	if n.kind == array && len(n.kids) > 0 {
		n = n.kids[len(n.kids)-1]
	}
	name := string(key.Data)
	if k := n.kid(name); k != nil {
		return k
	}
	at := l.place(int(key.Raw.Offset))
	return n.add(name, at, at)
}

func (l *locator) keyValue(n *node, e *unstable.Node) {
	end, parts := 0, 0
	for it := e.Key(); it.Next() && l.parts(&parts, it.Node()); {
		if k := n.kid(string(it.Node().Data)); k != nil && it.IsLast() && l.twice == nil {
			first := k.keyAt
			l.twice = &Problem{Origin: l.place(int(it.Node().Raw.Offset)), Path: k.path, Msg: "given twice, first at " + first.String()}
		}
		n = l.step(n, it.Node())
		end = int(it.Node().Raw.Offset + it.Node().Raw.Length)
	}
	// Arrays carry no place of their own in the parser's tree, so the value's place is read from the
	// text: key, blanks, =, blanks, value.
	at := l.blanks(end)
	if at < len(l.data) && l.data[at] == '=' {
		at = l.blanks(at + 1)
	}
	l.value(n, e.Value(), at)
}

// value places a value that starts at the offset, and all that is in it.
func (l *locator) value(n *node, v *unstable.Node, offset int) {
	n.at = l.place(offset)
	switch v.Kind {
	case unstable.InlineTable:
		for it := v.Children(); it.Next(); {
			if it.Node().Kind == unstable.KeyValue {
				l.keyValue(n, it.Node())
			}
		}
	case unstable.Array:
		n.kind = array
		for it := v.Children(); it.Next(); {
			c := it.Node()
			k := n.add(strconv.Itoa(len(n.kids)), n.at, n.at)
			l.value(k, c, l.start(c, offset))
		}
	}
}

// start is the offset of an array's element. An element that is an array itself starts at the bracket
// before its first element; where that is not to be found (it is empty, or a comment stands between),
// the place of what is known stands in.
func (l *locator) start(v *unstable.Node, outer int) int {
	if v.Kind != unstable.Array {
		return int(v.Raw.Offset)
	}
	c := v.Child()
	if !c.Valid() {
		return outer
	}
	first := l.start(c, outer)
	if i := bytes.LastIndexFunc(l.data[:first], func(r rune) bool { return !strings.ContainsRune(" \t\r\n", r) }); i >= 0 && l.data[i] == '[' {
		return i
	}
	return first
}

func (l *locator) blanks(i int) int {
	for i < len(l.data) && (l.data[i] == ' ' || l.data[i] == '\t') {
		i++
	}
	return i
}

// place turns an offset into line and column, in characters from 1.
func (l *locator) place(offset int) Origin {
	lo, hi := 0, len(l.lines)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; l.lines[mid] <= offset {
			lo = mid
		} else {
			hi = mid
		}
	}
	return Origin{File: l.file, Line: lo + 1, Col: 1 + utf8.RuneCount(l.data[l.lines[lo]:offset])}
}

func lineStarts(data []byte) []int {
	starts := []int{0}
	for i, c := range data {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}
