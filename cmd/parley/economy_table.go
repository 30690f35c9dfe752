package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/parley-sim/parley/sim/economy"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// question is a model with the tariffs asked about, and where the answer goes.
type question struct {
	m       trade.Model
	in      trade.Info
	closure string
	base    trade.Schedule
	s       streams
	format  string
}

// column is a measure by region; NaN is an empty cell.
type column struct {
	name   string
	values []float64
}

// table is an answer by region or government.
type table struct {
	regions []string
	columns []column
	hidden  map[string]bool // columns that the text leaves out
	facts   []fact          // what holds of the whole; not in CSV
}

// fact is a named number or text beside a table.
type fact struct {
	name  string
	value any
}

// regionTable is what a solve changed, by region.
func regionTable(in *trade.Info, r *trade.Result) *table {
	t := &table{regions: in.Regions, hidden: map[string]bool{}}
	for _, c := range economy.Columns(r) {
		t.columns = append(t.columns, column{c.Name, c.Values})
	}
	for name := range r.Extra {
		t.hidden[name] = name != "government_pct" && name != "first_order_pct"
	}
	t.facts = []fact{{"residual", r.Residual}, {"steps", r.Steps}}
	return t
}

// tell prints a table as asked; lines are what the text says above it.
func (q *question) tell(t *table, lines []string) error {
	switch q.format {
	case "csv":
		return t.csv(q.s)
	case "json":
		return q.json(t)
	}
	return q.text(t, lines)
}

func (t *table) csv(s streams) error {
	w := csv.NewWriter(s.Out)
	row := []string{"region"}
	for _, c := range t.columns {
		row = append(row, c.name)
	}
	if err := w.Write(row); err != nil {
		return err
	}
	for k, r := range t.regions {
		row = append(row[:0], r)
		for _, c := range t.columns {
			cell := ""
			if v := c.values[k]; !math.IsNaN(v) {
				cell = strconv.FormatFloat(v, 'g', -1, 64)
			}
			row = append(row, cell)
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// json prints the model, the facts, and the rows in an array; what is not finite is null.
func (q *question) json(t *table) error {
	out := map[string]any{"model": q.in.Name, "year": q.in.Year, "source": q.in.Source}
	if q.closure != "" {
		out["closure"] = q.closure
	}
	for _, f := range t.facts {
		out[f.name] = finite(f.value)
	}
	rows := make([]map[string]any, len(t.regions))
	for k, r := range t.regions {
		rows[k] = map[string]any{"region": r}
		for _, c := range t.columns {
			rows[k][c.name] = finite(c.values[k])
		}
	}
	out["regions"] = rows
	e := json.NewEncoder(q.s.Out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

func finite(v any) any {
	if x, ok := v.(float64); ok && (math.IsNaN(x) || math.IsInf(x, 0)) {
		return nil
	}
	return v
}

// shownRegions is how many regions the text lists, the largest first to be kept.
const shownRegions = 24

func (q *question) text(t *table, paragraphs []string) error {
	w := bufio.NewWriter(q.s.Out)
	head := q.in.Title
	if q.closure != "" {
		head += "; closure " + q.closure
	}
	fmt.Fprintln(w, head)
	room := min(max(columns(q.s.Out), 72), 110)
	for _, para := range append([]string{q.changes()}, paragraphs...) {
		for _, l := range lines(para, room) {
			fmt.Fprintln(w, l)
		}
	}
	fmt.Fprintln(w)
	rows := make([]int, len(t.regions))
	for k := range rows {
		rows[k] = k
	}
	if len(rows) > shownRegions && len(t.regions) == len(q.in.Regions) && q.in.Income != nil {
		slices.SortStableFunc(rows, func(a, b int) int { return -compareFloats(q.in.Income[a], q.in.Income[b]) })
		rows = rows[:shownRegions]
	}
	name := len("region")
	for _, k := range rows {
		name = max(name, len(t.regions[k]))
	}
	fmt.Fprintf(w, "%-*s", name, "region")
	for _, c := range t.columns {
		if !t.hidden[c.name] {
			fmt.Fprintf(w, "  %*s", textWidth(c.name), c.name)
		}
	}
	fmt.Fprintln(w)
	for _, k := range rows {
		fmt.Fprintf(w, "%-*s", name, t.regions[k])
		for _, c := range t.columns {
			if !t.hidden[c.name] {
				fmt.Fprintf(w, "  %*s", textWidth(c.name), shown(c.values[k]))
			}
		}
		fmt.Fprintln(w)
	}
	if left := len(t.regions) - len(rows); left > 0 {
		fmt.Fprintf(w, "The %d largest; --format csv has all %d.\n", len(rows), len(t.regions))
	}
	return w.Flush()
}

func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func textWidth(name string) int { return max(len(name), 8) }

// shown is a number with the digits worth reading, a dash for none.
func shown(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return "-"
	case math.IsInf(v, 0):
		return "inf"
	case a >= 100:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case a >= 10:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case a >= 0.05:
		return strconv.FormatFloat(v, 'f', 3, 64)
	}
	text := strconv.FormatFloat(v, 'f', 4, 64)
	if strings.Trim(text, "-0.") == "" {
		return "0"
	}
	return text
}

// changes says in words what was changed.
func (q *question) changes() string {
	switch len(q.base) {
	case 0:
		return fmt.Sprintf("Tariffs of %d as they were.", q.in.Year)
	case 1:
		return fmt.Sprintf("One change to the tariffs of %d. Changes are against the model's base.", q.in.Year)
	}
	return fmt.Sprintf("%d changes to the tariffs of %d. Changes are against the model's base.", len(q.base), q.in.Year)
}
