package config

import (
	"fmt"
	"sort"
	"strings"
)

// Origin is where something was set: a place in a file, or an override.
type Origin struct {
	File      string
	Line, Col int    // from 1; 0 unknown. Col counts characters
	Set       string // the override as given, such as party.us.cost_of_delay=1.5; empty if from a file
	order     int    // place among overrides
}

// String is file:line:col, or --set path=value.
func (o Origin) String() string {
	switch {
	case o.Set != "":
		return "--set " + o.Set
	case o.Line == 0:
		return o.File
	case o.Col == 0:
		return fmt.Sprintf("%s:%d", o.File, o.Line)
	}
	return fmt.Sprintf("%s:%d:%d", o.File, o.Line, o.Col)
}

// IsZero reports whether nobody set it: a default.
func (o Origin) IsZero() bool { return o.File == "" && o.Set == "" }

func (o Origin) before(p Origin) bool {
	switch {
	case (o.Set == "") != (p.Set == ""):
		return o.Set == ""
	case o.Set != "":
		return o.order < p.order
	case o.Line != p.Line:
		return o.Line < p.Line
	}
	return o.Col < p.Col
}

// Problem is one thing wrong with a scenario.
type Problem struct {
	Origin Origin
	Path   string // the key, such as party.us.cost_of_delay; may be empty
	Msg    string // the bad value; what is allowed; a suggestion
}

// Error is place: key: message.
func (p Problem) Error() string {
	var b strings.Builder
	if s := p.Origin.String(); s != "" {
		b.WriteString(s + ": ")
	}
	if p.Path != "" && !strings.HasPrefix(p.Origin.Set, p.Path+"=") {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Msg)
	return b.String()
}

// Problems is everything wrong with a scenario, in the order of the file; overrides come last.
type Problems []Problem

// Error is one problem a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

func (ps Problems) sorted() Problems {
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].Origin.before(ps[j].Origin) })
	out := ps[:0]
	for i, p := range ps {
		if i == 0 || p != ps[i-1] {
			out = append(out, p)
		}
	}
	return out
}
