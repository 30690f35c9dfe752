package config

import (
	"reflect"
	"strings"
)

// Entry is one number of a scenario with what it rests on. The strengths of a shape, the values of a
// table and an audience's likes are one entry each.
type Entry struct {
	Path    string // as in --set: party.us.cost_of_delay
	Label   string // for people: US cost of delay
	Words   string // the value: uniform 0 to 2
	Unit    string
	Source  string
	Assumed string
	Drawn   bool   // differs from run to run
	Origin  Origin // where it was set; zero for a default
}

// Bare reports whether the number has neither a source nor says that it is assumed.
func (e *Entry) Bare() bool { return e.Source == "" && e.Assumed == "" }

// ListNumbers lists every number of the scenario that says something of the world, fixed or drawn, in
// the order of the format: today's values, what no deal brings, weights, shapes, lines, times. Settings
// of the program (runs, seed, years looked ahead) and the values on the table are not among them. A
// number without a source or assumption of its own has that of the table around it; a shape that of its
// interest, or else of the interest's weight.
func (s *Scenario) ListNumbers() []Entry {
	l := lister{s: s}
	v := reflect.ValueOf(s).Elem()
	for _, f := range layoutOf(v.Type()).fields {
		if f.name != "observed" && f.name != "design" {
			l.walk(v.FieldByIndex(f.index), f.name, Backing{})
		}
	}
	return l.list
}

type lister struct {
	s    *Scenario
	list []Entry
}

func (l *lister) walk(v reflect.Value, path string, around Backing) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	switch x := v.Addr().Interface().(type) {
	case *Number:
		l.number(x, path, around)
	case *NamedNumber:
		l.number(&x.Number, path, around)
	case *NoDealValue:
		l.number(&x.Number, path, around)
		l.pick(&x.Choice, path, around)
	case *Pick:
		l.pick(x, path, around)
	case *Risk:
		l.number(&x.Coef, path+"."+x.Kind, around)
		l.number(&x.Base, path+".base", around)
	case *Issue:
		l.issue(x, path)
	case *Interest:
		l.interest(x, path, around)
	case *RedLine:
		b := x.or(around)
		l.number(&x.Costs, path+".costs", b)
		l.number(&x.Holds, path+".holds", b)
	case *Audience:
		b := x.or(around)
		l.number(&x.Share, path+".share", b)
		l.several(x.Likes, path+".likes", b)
		l.number(&x.Agree, path+".agree", b)
		l.number(&x.Noise, path+".noise", b)
	case *Rule:
		l.add(Entry{Path: path, Words: x.write().value.(string)}, around)
	case leaf: // dates and names
	default:
		l.inside(v, path, around)
	}
}

// inside walks the parts of tables.
func (l *lister) inside(v reflect.Value, path string, around Backing) {
	switch {
	case isKeyed(v.Type()):
		key := layoutOf(v.Type().Elem()).key
		for i := range v.Len() {
			l.walk(v.Index(i), join(path, v.Index(i).FieldByIndex(key).String()), around)
		}
	case v.Kind() == reflect.Struct:
		lay := layoutOf(v.Type())
		if f := lay.field("source"); f != nil && lay.field("assumed") != nil {
			around = Backing{
				Source:  v.FieldByIndex(f.index).String(),
				Assumed: v.FieldByIndex(lay.field("assumed").index).String(),
			}.or(around)
		}
		for _, f := range lay.fields {
			l.walk(v.FieldByIndex(f.index), join(path, f.name), around)
		}
		if lay.rest != nil {
			l.inside(v.FieldByIndex(lay.rest.index), path, around)
		}
	}
}

// or is the backing, or what is around it if it says nothing.
func (b Backing) or(around Backing) Backing {
	if b == (Backing{}) {
		return around
	}
	return b
}

func (l *lister) add(e Entry, b Backing) {
	e.Source, e.Assumed = b.Source, b.Assumed
	e.Origin = l.s.origins[e.Path].value
	if e.Label == "" {
		e.Label = l.label(e.Path)
	}
	l.list = append(l.list, e)
}

func (l *lister) number(x *Number, path string, around Backing) {
	if x.Given() {
		l.add(Entry{Path: path, Label: x.Label, Words: x.Words(), Unit: x.Unit, Drawn: x.Drawn()}, x.or(around))
	}
}

func (l *lister) pick(p *Pick, path string, around Backing) {
	if p.Drawn() {
		l.add(Entry{Path: path, Label: p.Label, Words: p.Words(), Drawn: true}, p.or(around))
	}
}

func (l *lister) several(list []NamedNumber, path string, around Backing) {
	if len(list) == 0 {
		return
	}
	words := make([]string, len(list))
	e := Entry{Path: path}
	for i := range list {
		words[i] = list[i].Key + " " + list[i].Words()
		e.Drawn = e.Drawn || list[i].Drawn()
		around = list[i].or(around)
	}
	e.Words = strings.Join(words, ", ")
	l.add(e, around)
}

// issue lists today's number and the yardsticks; what values are on the table is no claim.
func (l *lister) issue(is *Issue, path string) {
	if is.Now.Set && !is.Now.IsName {
		l.add(Entry{Path: path + ".now", Label: l.label(path) + ", today", Words: is.Now.Name, Unit: is.Unit}, is.Backing)
	}
	l.several(is.Marks, path+".marks", is.Backing)
}

func (l *lister) interest(in *Interest, path string, around Backing) {
	l.number(&in.Weight, path+".weight", in.or(around))
	b := in.or(in.Weight.or(around))
	for i := range in.Times {
		f := &in.Times[i]
		l.add(Entry{Path: join(path+".times", f.Issue), Words: f.Words()}, b)
	}
	if in.Table != nil {
		l.add(Entry{Path: path + ".table", Words: "a table over " + strings.Join(in.Table.Issues, ", ")}, b)
	}
}

// label makes words of a path: party.us.interest.security.weight is "US: security".
func (l *lister) label(path string) string {
	keys, err := splitPath(path)
	if err != nil {
		return path
	}
	if i := l.s.Issue(keys[len(keys)-1]); keys[0] == "issue" && i >= 0 && l.s.Issues[i].Label != "" {
		return l.s.Issues[i].Label
	}
	start := ""
	switch keys[0] {
	case "party":
		if i := l.s.Party(keys[1]); i >= 0 {
			start, keys = l.s.Parties[i].Short+": ", keys[2:]
		}
	case "no_deal":
		start, keys = "no deal: ", keys[1:]
	case "issue":
		keys = keys[1:]
	}
	var words []string
	for _, k := range keys {
		switch k {
		case "interest", "negotiator", "audience", "weight", "times", "rule":
		default:
			words = append(words, strings.ReplaceAll(k, "_", " "))
		}
	}
	return start + strings.Join(words, ", ")
}
