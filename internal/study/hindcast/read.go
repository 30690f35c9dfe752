package hindcast

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
)

// columns a file of terms must have. The others are optional: group, status, outcome_status,
// recalled_fields, coded_fields, value_type, source, note.
var columns = []string{"episode", "issue", "unit", "status_quo", "demand_a", "demand_b", "threat_no_deal", "outcome"}

// ReadTerms reads a file of terms, one issue a row, in the columns of the shared episodes: episode, issue,
// unit, status_quo, demand_a, demand_b, threat_no_deal, outcome; and, if they are there, group,
// coded_fields, recalled_fields, value_type. An empty cell is unknown. Errors name file:line:column.
// Episodes stand in the order in which they are first named.
func ReadTerms(file string, r io.Reader) ([]Episode, error) {
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	head, err := c.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%s: the file is empty; its first line names the columns %s", file, strings.Join(columns, ", "))
	case err != nil:
		return nil, csvError(file, err)
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	at := map[string]int{}
	for i, h := range head {
		h = strings.TrimSpace(h)
		if _, twice := at[h]; twice {
			return nil, fmt.Errorf("%s:1: the column %q stands twice", file, h)
		}
		at[h] = i
	}
	var errs []error
	for _, name := range columns {
		if _, ok := at[name]; !ok {
			errs = append(errs, fmt.Errorf("%s:1: there is no column %q (there are %s)%s", file, name, strings.Join(head, ", "), meant(name, head)))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	b := &builder{file: file, csv: c, at: at, width: len(head), seen: map[string]string{}}
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.Join(append(b.errs, csvError(file, err))...)
		}
		b.row(row)
	}
	if err := errors.Join(b.errs...); err != nil {
		return nil, err
	}
	if len(b.list) == 0 {
		return nil, fmt.Errorf("%s: there is no row below the names of the columns", file)
	}
	return b.list, nil
}

func csvError(file string, err error) error {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return fmt.Errorf("%s:%d:%d: %w", file, p.Line, p.Column, p.Err)
	}
	return fmt.Errorf("%s: %w", file, err)
}

// meant is the one of names that was perhaps meant, as a question.
func meant(word string, names []string) string {
	best, near := max(len(word)/3, 2)+1, ""
	for _, n := range names {
		n = strings.TrimSpace(n)
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(n)); d < best && n != word {
			best, near = d, n
		}
	}
	if near == "" {
		return ""
	}
	return fmt.Sprintf("; is it %q?", near)
}

// largest number a cell may hold: more is an error of typing, and leaves no digits to scale.
const largest = 1e15

// builder turns rows into episodes.
type builder struct {
	file  string
	csv   *csv.Reader
	at    map[string]int
	width int
	list  []Episode
	seen  map[string]string // episode and issue to the line it stands in
	errs  []error
}

func (b *builder) fail(column string, format string, a ...any) {
	line, col := b.csv.FieldPos(b.at[column])
	b.errs = append(b.errs, fmt.Errorf("%s:%d:%d: %s: %s", b.file, line, col, column, fmt.Sprintf(format, a...)))
}

func (b *builder) row(row []string) {
	line, _ := b.csv.FieldPos(0)
	if len(row) != b.width {
		b.errs = append(b.errs, fmt.Errorf("%s:%d: %d cells under %d columns", b.file, line, len(row), b.width))
		return
	}
	get := func(column string) string {
		if i, ok := b.at[column]; ok {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	id, issue := get("episode"), get("issue")
	if id == "" || issue == "" {
		b.errs = append(b.errs, fmt.Errorf("%s:%d: a row needs an episode and an issue", b.file, line))
		return
	}
	t := Term{Issue: issue, Unit: get("unit"), Place: fmt.Sprintf("%s:%d", b.file, line), Observed: get("outcome")}
	if before, twice := b.seen[id+"\x00"+issue]; twice {
		b.fail("issue", "%s of %s stands in line %s already", issue, id, before)
		return
	}
	b.seen[id+"\x00"+issue] = strconv.Itoa(line)
	first, _, _ := strings.Cut(id, "_")
	t.Own = strings.HasPrefix(strings.ToLower(issue), strings.ToLower(first)+"_")
	kind := get("value_type")
	if kind != "" && kind != "numeric" && kind != "text" && kind != "mixed" {
		b.fail("value_type", "%q is not one of numeric, text, mixed%s", kind, meant(kind, []string{"numeric", "text", "mixed"}))
	}
	t.Text = kind == "text" || kind == "mixed" || strings.EqualFold(t.Unit, "text")
	for _, column := range columns[3:] {
		p := t.cell(column)
		*p = math.NaN()
		cell := get(column)
		if cell == "" || t.Text {
			continue
		}
		x, err := strconv.ParseFloat(cell, 64)
		switch {
		case err == nil && math.Abs(x) <= largest:
			*p = x
		case err == nil && !math.IsNaN(x):
			b.fail(column, "%s is beyond %g", cell, float64(largest))
		case kind == "" && err != nil:
			t.Text = true // words, and nothing said that they would be numbers
		default:
			b.fail(column, "%q is not a number; value_type text is for words", cell)
		}
	}
	for _, list := range []struct {
		column string
		to     *[]string
	}{{"coded_fields", &t.Coded}, {"recalled_fields", &t.Recalled}} {
		for _, name := range strings.FieldsFunc(get(list.column), func(r rune) bool { return r == ' ' || r == ';' || r == ',' }) {
			if _, ok := b.at[name]; !ok {
				b.fail(list.column, "%q is not a column%s", name, meant(name, columns))
			}
			*list.to = append(*list.to, name)
		}
	}
	i := slices.IndexFunc(b.list, func(e Episode) bool { return e.ID == id })
	if i < 0 {
		i = len(b.list)
		b.list = append(b.list, Episode{ID: id, Title: id})
	}
	e := &b.list[i]
	if g := get("group"); g != "" {
		if e.Group != "" && e.Group != g {
			b.fail("group", "%q, but %s was in %q above", g, id, e.Group)
		}
		e.Group = g
	}
	e.Terms = append(e.Terms, t)
}

// Record is one negotiation in a file of outcomes.
type Record struct {
	ID      string  `json:"id"`
	Title   string  `json:"title"`
	Group   string  `json:"group"`
	Class   string  `json:"outcome_class"`
	Parties Parties `json:"parties"`
	Dates   Dates   `json:"dates"`
}

// Parties are the two sides by name, Dates some days of a negotiation. Both only help to group episodes,
// so that what they hold in another form is passed over and no error.
type (
	Parties struct{ A, B string }
	Dates   struct{ End, Agreed string }
)

// UnmarshalJSON implements json.Unmarshaler.
func (p *Parties) UnmarshalJSON(b []byte) error {
	m := words(b)
	p.A, p.B = m["a"], m["b"]
	return nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (d *Dates) UnmarshalJSON(b []byte) error {
	m := words(b)
	d.End, d.Agreed = m["end"], m["agreed"]
	return nil
}

// words are the strings of an object.
func words(b []byte) map[string]string {
	var all map[string]any
	if json.Unmarshal(b, &all) != nil {
		return nil
	}
	out := map[string]string{}
	for k, v := range all {
		if s, ok := v.(string); ok {
			out[k] = s
		}
	}
	return out
}

// OutcomeClasses are how an episode can have ended, and whether that counts as a deal.
var OutcomeClasses = []struct {
	Name string
	Deal bool
}{{"agreed", true}, {"partial", true}, {"extended", true}, {"collapsed", false}, {"never_ratified", false}}

// Deal tells whether an outcome class counts as a deal.
func Deal(class string) (deal, known bool) {
	for _, c := range OutcomeClasses {
		if c.Name == class {
			return c.Deal, true
		}
	}
	return false, false
}

// ReadOutcomes reads a file of outcomes: an array of records, or an object with the array under
// "episodes". Each has id and outcome_class; title, group, parties {a, b} and dates {end} are used if
// they are there. What else it holds (of ratification, say, which would give the end away) is not read.
func ReadOutcomes(file string, data []byte) ([]Record, error) {
	at := func(offset int64) string {
		offset = min(max(offset, 0), int64(len(data)))
		return fmt.Sprintf("%s:%d", file, 1+bytes.Count(data[:offset], []byte("\n")))
	}
	wrap := func(base int64, err error) error {
		var syntax *json.SyntaxError
		var typ *json.UnmarshalTypeError
		switch {
		case errors.As(err, &syntax):
			return fmt.Errorf("%s: %w", at(base+syntax.Offset), err)
		case errors.As(err, &typ):
			return fmt.Errorf("%s: %s is %s, not %s", at(base+typ.Offset), typ.Field, article(typ.Value), typ.Type)
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return fmt.Errorf("%s: the file ends too early", at(int64(len(data))))
		}
		return fmt.Errorf("%s: %w", file, err)
	}
	var raw []json.RawMessage
	trimmed := bytes.TrimLeft(data, " \t\r\n\ufeff")
	base := int64(len(data) - len(trimmed))
	if len(trimmed) > 0 && trimmed[0] == '{' {
		var outer struct {
			Episodes json.RawMessage `json:"episodes"`
		}
		if err := json.Unmarshal(trimmed, &outer); err != nil {
			return nil, wrap(base, err)
		}
		if outer.Episodes == nil {
			return nil, fmt.Errorf("%s: there is no \"episodes\" in it; it is an array of records, or an object with that array", file)
		}
		base += int64(bytes.Index(trimmed, outer.Episodes))
		trimmed = outer.Episodes
	}
	if err := json.Unmarshal(trimmed, &raw); err != nil {
		return nil, wrap(base, err)
	}
	var list []Record
	var errs []error
	seen := map[string]bool{}
	from := 0
	for _, m := range raw {
		start := from + bytes.Index(trimmed[from:], m)
		from = start + len(m)
		place := at(base + int64(start))
		var r Record
		if err := json.Unmarshal(m, &r); err != nil {
			errs = append(errs, wrap(base+int64(start), err))
			continue
		}
		var names []string
		for _, c := range OutcomeClasses {
			names = append(names, c.Name)
		}
		switch _, known := Deal(r.Class); {
		case r.ID == "":
			errs = append(errs, fmt.Errorf("%s: a record without an id", place))
		case seen[r.ID]:
			errs = append(errs, fmt.Errorf("%s: %q stands twice", place, r.ID))
		case !known:
			errs = append(errs, fmt.Errorf("%s: %s: outcome_class: %q is not one of %s%s", place, r.ID, r.Class, strings.Join(names, ", "), meant(r.Class, names)))
		}
		seen[r.ID] = true
		list = append(list, r)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return list, nil
}

func article(word string) string {
	if word != "" && strings.ContainsRune("aeiou", rune(word[0])) {
		return "an " + word
	}
	return "a " + word
}

// Settle lays outcomes over episodes: title, end, deal or not, and the group where none is given. It
// returns the ids on one side that the other does not have.
func Settle(list []Episode, records []Record) (noOutcome, noTerms []string) {
	by := map[string]*Record{}
	for i := range records {
		by[records[i].ID] = &records[i]
	}
	for i := range list {
		e := &list[i]
		r := by[e.ID]
		if r == nil {
			noOutcome = append(noOutcome, e.ID)
			continue
		}
		deal, _ := Deal(r.Class)
		e.Deal, e.When = &deal, r.Dates.End
		if r.Title != "" {
			e.Title = r.Title
		}
		if e.Group == "" {
			e.Group = r.Group
		}
	}
	for i := range records {
		r := &records[i]
		if !slices.ContainsFunc(list, func(e Episode) bool { return e.ID == r.ID }) {
			noTerms = append(noTerms, r.ID)
		}
	}
	Group(list, records)
	return noOutcome, noTerms
}
