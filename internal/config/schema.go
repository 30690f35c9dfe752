package config

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/parley-sim/parley/sim/chance"
)

// Schema is the JSON Schema of scenario files, for editors that complete and check TOML by one. With
// known names it lists them; without, any name is fine.
func Schema(known Known) ([]byte, error) {
	w := schemaWriter{known: known, defs: jsonschema.Definitions{}}
	w.definitions()
	root := w.object(reflect.TypeFor[Scenario]())
	root.Version = jsonschema.Version
	root.Title = "Parley scenario"
	root.Description = "One negotiation between two parties: what is on the table, what each wants, how they talk."
	root.Required = []string{"issue", "party"}
	root.Definitions = w.defs
	out, err := json.MarshalIndent(root, "", "  ")
	return append(out, '\n'), err
}

type schemaWriter struct {
	known Known
	defs  jsonschema.Definitions
}

// of is the schema of values of a type. Structs and numbers are definitions, referred to by name.
func (w *schemaWriter) of(t reflect.Type, check string) *jsonschema.Schema {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if isLeaf(t) {
		return w.leaf(t)
	}
	switch t.Kind() {
	case reflect.String:
		s := &jsonschema.Schema{Type: "string"}
		if check != "" {
			s.Enum = words(strings.Split(check, "|"))
		}
		return s
	case reflect.Bool:
		return &jsonschema.Schema{Type: "boolean"}
	case reflect.Int64:
		return bounded(&jsonschema.Schema{Type: "integer"}, check)
	case reflect.Float64:
		return bounded(&jsonschema.Schema{Type: "number"}, check)
	case reflect.Slice:
		if isKeyed(t) {
			return &jsonschema.Schema{Type: "object", AdditionalProperties: w.of(t.Elem(), "")}
		}
		return &jsonschema.Schema{Type: "array", Items: w.of(t.Elem(), check)}
	}
	if _, done := w.defs[t.Name()]; !done {
		w.defs[t.Name()] = nil // breaks no circle yet; holds the place if one comes
		w.defs[t.Name()] = w.object(t)
	}
	return ref(t.Name())
}

// object is the schema of a struct's table.
func (w *schemaWriter) object(t reflect.Type) *jsonschema.Schema {
	l := layoutOf(t)
	s := &jsonschema.Schema{
		Type: "object", Description: comments()[t.Name()],
		Properties: jsonschema.NewProperties(), AdditionalProperties: jsonschema.FalseSchema,
	}
	for _, f := range l.fields {
		p := w.of(f.typ, f.check)
		if f.name == "protocol" {
			p = enum(p, w.known.Protocols)
		}
		if f.name == "tariffs" || f.name == "farm" || f.name == "inputs" {
			p = enum(p, w.known.Models)
		}
		if text := commentOf(t, f.index); text != "" {
			if p.Ref != "" { // what stands beside a reference holds in this draft
				p = &jsonschema.Schema{Ref: p.Ref}
			}
			p.Description = text
		}
		s.Properties.Set(f.name, p)
	}
	switch {
	case t == reflect.TypeFor[Negotiator]():
		w.negotiator(s)
	case t == reflect.TypeFor[Threats]():
		pickOf(s, "policy", w.known.Policies)
	case l.rest != nil:
		s.AdditionalProperties = w.of(l.rest.typ.Elem(), "")
	}
	return s
}

// negotiator names the strategies that are known, and their parameters.
func (w *schemaWriter) negotiator(s *jsonschema.Schema) {
	for _, part := range []struct {
		key   string
		names []string
	}{{"bidding", w.known.Bidding}, {"accept", w.known.Accept}, {"opponent", w.known.Opponent}} {
		pickOf(s, part.key, part.names)
	}
	if p, ok := s.Properties.Get("bidding"); ok && w.known.Bidding != nil && len(w.known.Before) > 0 {
		var before []string
		for _, b := range w.known.Before {
			before = append(before, regexp.QuoteMeta(b))
		}
		p.AnyOf = append(p.AnyOf, &jsonschema.Schema{Type: "string", Pattern: "^(" + strings.Join(before, "|") + ")"})
	}
	s.AdditionalProperties = ref("Number")
	if w.known.Params != nil {
		s.AdditionalProperties = jsonschema.FalseSchema
		for _, name := range w.known.Params {
			s.Properties.Set(name, ref("Number"))
		}
	}
}

// pickOf names what a key picks from, where that is known.
func pickOf(s *jsonschema.Schema, key string, names []string) {
	if p, ok := s.Properties.Get(key); ok && names != nil {
		s.Properties.Set(key, &jsonschema.Schema{
			Description: p.Description,
			AnyOf:       []*jsonschema.Schema{{Type: "string", Enum: words(names)}, ref("Choice")},
		})
	}
}

// leaf is the schema of a type that reads itself.
func (w *schemaWriter) leaf(t reflect.Type) *jsonschema.Schema {
	text := &jsonschema.Schema{Type: "string"}
	num := &jsonschema.Schema{Type: "number"}
	switch t {
	case reflect.TypeFor[Number](), reflect.TypeFor[NamedNumber]():
		return ref("Number")
	case reflect.TypeFor[Pick]():
		return ref("Pick")
	case reflect.TypeFor[NoDealValue]():
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{ref("Number"), ref("Pick")}}
	case reflect.TypeFor[Factor]():
		return ref("Shape")
	case reflect.TypeFor[Joint]():
		return ref("Joint")
	case reflect.TypeFor[Risk]():
		return ref("Risk")
	case reflect.TypeFor[Date]():
		return &jsonschema.Schema{Type: "string", Format: "date"}
	case reflect.TypeFor[Rule]():
		return &jsonschema.Schema{Type: "string", Pattern: `^\s*(share\s+>=?\s+[0-9.]+|members\s+>=?\s+[0-9.]+\s+of\s+[0-9]+)\s*$`}
	case reflect.TypeFor[Factors]():
		return &jsonschema.Schema{Type: "array"}
	}
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{num, text}} // today's value
}

// definitions writes the forms that are written in several ways.
func (w *schemaWriter) definitions() {
	num, text := &jsonschema.Schema{Type: "number"}, &jsonschema.Schema{Type: "string"}
	list := func(doc string) *jsonschema.Schema {
		return &jsonschema.Schema{Type: "array", Items: num, Description: doc}
	}
	weights := &jsonschema.Schema{Type: "object", AdditionalProperties: bounded(&jsonschema.Schema{Type: "number"}, ">=0"), Description: "Names with their weights."}

	drawn := closed()
	drawn.Properties.Set(fixed, &jsonschema.Schema{Type: "number", Description: "A fixed number, with its source beside it."})
	for _, d := range chance.List() {
		p := list(d.Doc + " " + d.Form)
		switch d.Name {
		case "choice":
			p = &jsonschema.Schema{Type: "object", AdditionalProperties: num, Description: p.Description}
		case "chance":
			p = &jsonschema.Schema{Type: "number", Description: p.Description}
		}
		drawn.Properties.Set(d.Name, p)
	}
	backing := func(s *jsonschema.Schema, keys ...string) {
		for _, key := range keys {
			s.Properties.Set(key, text)
		}
		t := reflect.TypeFor[Backing]()
		for _, f := range layoutOf(t).fields {
			s.Properties.Set(f.name, &jsonschema.Schema{Type: "string", Description: commentOf(t, f.index)})
		}
	}
	drawn.Properties.Set("lo", num)
	drawn.Properties.Set("hi", num)
	backing(drawn, "unit", "label")
	w.defs["Number"] = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{num, drawn}, Description: comments()["Number"]}

	choice := closed()
	choice.Properties.Set("choice", weights)
	backing(choice, "label")
	w.defs["Choice"] = choice
	w.defs["Pick"] = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{text, ref("Choice")}, Description: comments()["Pick"]}

	points := &jsonschema.Schema{Type: "array", Items: list("Number and strength.")}
	shape := &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), AdditionalProperties: num, Description: comments()["Shape"]}
	for _, s := range shapes {
		p := list(s.form)
		if s.name == "piecewise" || s.name == "steps" {
			p = &jsonschema.Schema{Type: points.Type, Items: points.Items, Description: s.form}
		}
		if isYard(s.name) {
			p = &jsonschema.Schema{Type: points.Type, Items: text, Description: s.form}
		}
		shape.Properties.Set(s.name, p)
	}
	w.defs["Shape"] = shape

	joint := closed()
	joint.Description = comments()["Joint"]
	joint.Properties.Set("issues", &jsonschema.Schema{Type: "array", Items: text})
	joint.Properties.Set("strength", &jsonschema.Schema{Type: "array"})
	w.defs["Joint"] = joint

	risk := closed()
	for _, key := range append(risks[1:], "base") {
		risk.Properties.Set(key, ref("Number"))
	}
	w.defs["Risk"] = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string", Enum: words(risks[:1])}, risk}, Description: comments()["Risk"]}
}

func closed() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), AdditionalProperties: jsonschema.FalseSchema}
}

func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/$defs/" + name} }

func words(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// enum closes a schema to the names known, if any are.
func enum(s *jsonschema.Schema, names []string) *jsonschema.Schema {
	if names != nil {
		s.Enum = words(names)
	}
	return s
}

// bounded adds what a number's check says.
func bounded(s *jsonschema.Schema, check string) *jsonschema.Schema {
	switch check {
	case ">=1":
		s.Minimum = "1"
	case ">=0":
		s.Minimum = "0"
	case ">0":
		s.ExclusiveMinimum = "0"
	}
	return s
}
