package config

import (
	"strings"
	"testing"
)

// find walks a tree by a path.
func find(t *testing.T, root *node, path string) *node {
	t.Helper()
	keys, err := splitPath(path)
	if err != nil {
		t.Fatal(err)
	}
	n := root
	for _, k := range keys {
		if n = n.kid(k); n == nil {
			t.Fatalf("%s: no %s", path, k)
		}
	}
	return n
}

// A place is marked in the text: ‹ before the key, ‣ before the value.
func TestPlaces(t *testing.T) {
	for _, c := range []struct{ name, path, text string }{
		{"top level", `runs`, "# first\n‹runs = ‣5\n"},
		{"spaces", `runs`, "  ‹runs  =   ‣5\n"},
		{"named table", `party`, "[‹party.us]\nname = 'x'\n"},
		{"second part of a header", `party.us`, "[ party . ‹us ]\nname = 'x'\n"},
		{"in a named table", `party.us.name`, "[party.us]\n‹name = ‣'x'\n"},
		{"inline table", `issue.a`, "[issue]\n‹a = ‣{ levels = [1, 2] }\n"},
		{"in an inline table", `issue.a.now`, "[issue]\na = { levels = [1, 2], ‹now = ‣2 }\n"},
		{"deep in inline tables", `a.b.c`, "a = { x = 1, b = { y = [{z=1}], ‹c = ‣\"}\" } }\n"},
		{"an array", `a.b`, "[a]\n‹b = ‣[1, 2]\n"},
		{"an element", `a.b.1`, "[a]\nb = [1,  ‣22, 3]\n"},
		{"an element on its own line", `b.2`, "b = [1, # one, with ] in it\n  2,\n    ‣3,\n]\n"},
		{"an array in an array", `s.1`, "s = [[0, -1], ‣[550, 0]]\n"},
		{"an element of that", `s.1.0`, "s = [[0, -1], [‣550, 0]]\n"},
		{"an array of inline tables", `s.1.x`, "s = [{x = 1}, {‹x = ‣2}]\n"},
		{"dotted key", `a.b.c`, "a.b.‹c = ‣1\n"},
		{"the start of a dotted key", `a`, "‹a.b.c = 1\n"},
		{"dotted key in an inline table", `x.a.b`, "x = { a.‹b = ‣1 }\n"},
		{"dotted key under a header", `t.a.b`, "[t]\na . ‹b = ‣1\n"},
		{"quoted key", `v."issue.x.max"`, "[v]\n‹\"issue.x.max\" = ‣[1]\n"},
		{"literal quoted key", `v.'a b'.c`, "v.'a b'.‹c = ‣1\n"},
		{"escaped key", `"a\tb"`, "‹\"a\\tb\" = ‣1\n"},
		{"after letters of two bytes", `b`, "a = \"ü\"\n‹b = ‣1\n"},
		{"columns count characters", `x.b`, "x = { a = \"üé漢\", ‹b = ‣1 }\n"},
		{"after a multiline string", `b`, "a = '''\nx = 1\n'''\n‹b = ‣\"\"\"\nq\"\"\"\n"},
		{"after a carriage return", `b`, "a = 1\r\n‹b = ‣2\r\n"},
		{"a date", `d`, "‹d = ‣2025-10-05\n"},
		{"a table after its own", `p.w`, "[p.q]\ny = 1\n[p]\n‹w = ‣1\n"},
		{"its place is the first header", `p`, "[‹p.q]\ny = 1\n[p]\nw = 1\n"},
		{"inline table over several lines", `a.c`, "a = {\n  b = 1, # one\n  ‹c = ‣2,\n}\n"},
		{"array of tables", `a.1.b`, "[[a]]\nb = 1\n[[a]]\n‹b = ‣2\n"},
		{"below an array of tables", `a.1.c.d`, "[[a]]\n[a.c]\nd = 1\n[[a]]\n[a.c]\n‹d = ‣2\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.NewReplacer("‹", "", "‣", "").Replace(c.text)
			root, err := read("f", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			n := find(t, root, c.path)
			if want := mark(c.text, "‹"); want != "" && n.keyAt.String() != want {
				t.Errorf("key at %s, want %s", n.keyAt, want)
			}
			if want := mark(c.text, "‣"); want != "" && n.at.String() != want {
				t.Errorf("value at %s, want %s", n.at, want)
			}
			if n.path != c.path && !strings.ContainsAny(c.path, "'\\") {
				t.Errorf("path %s, want %s", n.path, c.path)
			}
		})
	}
}

// mark is the place of a mark as f:line:col, empty if there is none.
func mark(text, m string) string {
	other := map[string]string{"‹": "‣", "‣": "‹"}[m]
	before, _, ok := strings.Cut(strings.ReplaceAll(text, other, ""), m)
	if !ok {
		return ""
	}
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return Origin{File: "f", Line: 1 + strings.Count(before, "\n"), Col: 1 + len([]rune(line))}.String()
}

func TestOrderOfTheFile(t *testing.T) {
	root, err := read("f", []byte("[party.us]\n[z]\nq = 1\n[a]\n[party.china]\n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, k := range root.kids {
		got = append(got, k.key)
	}
	for _, k := range root.kids[0].kids {
		got = append(got, k.key)
	}
	if s := strings.Join(got, " "); s != "party z a us china" {
		t.Errorf("order %s", s)
	}
}

func TestSyntaxErrorHasPlace(t *testing.T) {
	for text, want := range map[string]string{
		"a = 1\nb = = 2\n":                "f:2:5: ",
		"a = 1\na = 2\n":                  "f:2:1: ",
		"[x]\ny = 1\n[x]\n":               "f:3:2: ",
		"a = \"no end":                    "f:1:",
		"a = [1,\n 2":                     "f:2:",
		"x = 01\n":                        "f:1:",
		"= 1\n":                           "f:1:1: ",
		strings.Repeat("[", 200):          "more than 100 brackets are open here",
		strings.Repeat("a.", 200) + "b=1": "a key of more than 100 parts",
	} {
		_, err := read("f", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", text, err, want)
		}
	}
}
