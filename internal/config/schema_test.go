package config

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write configs/parley.schema.json again")

func schema(t *testing.T, known Known) map[string]any {
	t.Helper()
	text, err := Schema(known)
	if err != nil {
		t.Fatal(err)
	}
	var s map[string]any
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// The schema that the scenarios' first lines name lies beside them.
func TestSchemaFile(t *testing.T) {
	path := filepath.Join("..", "..", "configs", "parley.schema.json")
	want, err := Schema(Known{})
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("configs/parley.schema.json is not what the structs say; run go test ./internal/config -update")
	}
}

func TestScenariosFitTheSchema(t *testing.T) {
	s := schema(t, Known{})
	texts := scenarios(t)
	for name, text := range texts {
		if why := fits(s, text); why != "" {
			t.Errorf("%s: %s", name, why)
		}
		resolved, err := Parse(name, text, Options{Priors: carried})
		if err != nil {
			t.Fatal(err)
		}
		if why := fits(s, resolved.TOML()); why != "" {
			t.Errorf("%s, resolved: %s", name, why)
		}
	}
}

func TestTheExampleFitsTheSchema(t *testing.T) {
	if why := fits(schema(t, Known{}), example(t)); why != "" {
		t.Error(why)
	}
}

// What the schema must catch in an editor.
func TestSchemaRefuses(t *testing.T) {
	s := schema(t, names)
	for _, c := range [][2]string{
		{"runs = 100", "rnus = 100"},
		{"runs = 100", "runs = 0"},
		{"runs = 100", `runs = "100"`},
		{"cost_of_delay = 1", "cost_of_dely = 1"},
		{"uniform = [1, 5]", "unifrom = [1, 5]"},
		{"pert = [30, 40, 90]", `pert = [30, "40", 90]`},
		{`bidding = "boulware"`, `bidding = "bolware"`},
		{"concession = 0.2", "concesion = 0.2"},
		{"linear = [0, 1]", "linear = 1"},
		{"[clock]\n", "[clock]\nprotocol = \"none\"\n"},
		{"[clock]\n", "[output]\nsuccess = \"lastng\"\n[clock]\n"},
		{"[clock]\n", "[ratify]\nrule = { us = \"most\" }\n[clock]\n"},
	} {
		text := strings.Replace(base, c[0], c[1], 1)
		if text == base {
			t.Fatalf("the base has no %q", c[0])
		}
		if fits(s, []byte(text)) == "" {
			t.Errorf("%q passes the schema", c[1])
		}
	}
	if why := fits(s, []byte(base)); why != "" {
		t.Error(why)
	}
}

// Every key has its words, so that an editor can show them.
func TestSchemaDescribesEveryKey(t *testing.T) {
	var walk func(path string, s map[string]any)
	walk = func(path string, s map[string]any) {
		for key, v := range object(s["properties"]) {
			p := v.(map[string]any)
			known := slices.Contains([]string{"lo", "hi", "unit", "label"}, key) // of a number
			if p["description"] == nil && !known && !strings.HasSuffix(path, "Joint") && !strings.HasSuffix(path, "Risk") {
				t.Errorf("%s.%s has no description", path, key)
			}
			walk(path+"."+key, p)
		}
	}
	s := schema(t, Known{})
	walk("", s)
	for name, d := range object(s["$defs"]) {
		walk(name, d.(map[string]any))
	}
}

func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// fits says why a scenario does not fit a schema, by the words of JSON Schema used here.
func fits(s map[string]any, text []byte) string {
	root, err := read("f", text)
	if err != nil {
		return err.Error()
	}
	return fit(s, s, root)
}

func fit(root, s map[string]any, n *node) string {
	if r, ok := s["$ref"].(string); ok {
		def := object(object(root["$defs"])[strings.TrimPrefix(r, "#/$defs/")])
		if def == nil {
			return "no definition " + r
		}
		return fit(root, def, n)
	}
	if any, ok := s["anyOf"].([]any); ok {
		why := ""
		for _, alt := range any {
			one := fit(root, object(alt), n)
			if one == "" {
				return ""
			}
			why += "; " + one
		}
		return why
	}
	wrong := fmt.Sprintf("%s: %s is not %v", n.path, n.show(), s["type"])
	switch typ := s["type"]; n.kind {
	case table:
		if typ != "object" {
			return wrong
		}
		for _, k := range n.kids {
			sub, ok := object(s["properties"])[k.key].(map[string]any)
			if !ok {
				if sub, ok = s["additionalProperties"].(map[string]any); !ok {
					return k.path + " is not allowed"
				}
			}
			if why := fit(root, sub, k); why != "" {
				return why
			}
		}
	case array:
		if typ != "array" {
			return wrong
		}
		if items := object(s["items"]); items != nil {
			for _, k := range n.kids {
				if why := fit(root, items, k); why != "" {
					return why
				}
			}
		}
	default:
		return fitScalar(s, n, wrong)
	}
	return ""
}

func fitScalar(s map[string]any, n *node, wrong string) string {
	switch v := n.value.(type) {
	case string:
		if s["type"] != "string" || s["format"] != nil {
			return wrong
		}
		if enum, ok := s["enum"].([]any); ok && !slices.Contains(enum, any(v)) {
			return fmt.Sprintf("%s: %s is not one of %v", n.path, v, enum)
		}
		if p, ok := s["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(v) {
			return fmt.Sprintf("%s: %s does not match %s", n.path, v, p)
		}
	case int64:
		if s["type"] != "number" && s["type"] != "integer" {
			return wrong
		}
		if least, ok := s["minimum"].(float64); ok && float64(v) < least {
			return fmt.Sprintf("%s: %d is below %v", n.path, v, least)
		}
	case float64:
		if s["type"] != "number" {
			return wrong
		}
	case bool:
		if s["type"] != "boolean" {
			return wrong
		}
	default: // a date
		if s["format"] != "date" {
			return wrong
		}
	}
	return ""
}
