package report

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/store"
)

// Page is report.html: one file that needs nothing else. It holds no time of day and no host, so the
// same results give the same bytes.
type Page struct {
	Title    string         // "Madrid, autumn 2025"
	Question string         // stands small above the answer
	When     string         // what was run: "madrid, seed 7, 100,000 talks"
	Said     Said           //
	Figures  []chart.Figure // in order; those without data are left out
	Tables   []Table        // between the figures and the numbers
	Numbers  []store.Number // every number of the scenario
	Config   string         // the resolved scenario, TOML
	Made     []Fact         // how it was made: what, then the value
	Notes    []string       // limits, in words
}

// Table is a small table of the page.
type Table struct {
	Title string
	Note  string
	Head  []string
	Rows  [][]string
}

// Run is what Build must know beside the summary.
type Run struct {
	Seed    uint64
	Config  string // the resolved scenario, TOML
	Version string // of Parley
	Hash    string // of the experiment
	Command string // that makes the same results: "parley run madrid --runs 100000 --seed 7"
	Drawing Drawing
}

// Build makes the page of a summary.
func Build(s *analysis.Summary, b *store.Brief, r Run) *Page {
	r.Drawing.Seed = r.Seed
	title := b.Title
	if title == "" {
		title = chart.Upper(words(b.Name))
	}
	p := &Page{
		Title: title, Question: b.Question,
		When:    fmt.Sprintf("%s, seed %d, %s talks", s.Scenario, r.Seed, chart.Num(float64(s.Runs.Total))),
		Said:    Answer(s, b).across(r.Drawing.Models),
		Figures: Figures(s, b, r.Drawing),
		Numbers: b.Numbers, Config: r.Config, Notes: b.Notes,
	}
	if b.AsOf != "" {
		p.When = "as of " + readable(b.AsOf) + ", " + p.When
	}
	if t := strategies(s, b); len(t.Rows) > 1 {
		p.Tables = append(p.Tables, t)
	}
	var parties []chart.Party
	for _, q := range b.Parties {
		parties = append(parties, chart.Party{Name: q.Name, Short: q.Short})
	}
	if t := modelTable(r.Drawing.Models, parties); len(t.Rows) > 1 {
		p.Tables = append(p.Tables, t)
	}
	p.Tables = append(p.Tables, r.Drawing.Tables...)
	p.Notes = append(slices.Clone(p.Notes), r.Drawing.Notes...)
	add := func(what, value string) {
		if value != "" {
			p.Made = append(p.Made, Fact{what, value})
		}
	}
	add("Scenario", s.Scenario)
	add("Talks", chart.Num(float64(s.Runs.Total)))
	if s.Runs.Errors > 0 {
		add("Ended in an error, left out", chart.Num(float64(s.Runs.Errors)))
	}
	add("Seed", fmt.Sprint(r.Seed))
	add("Success", string(s.Criterion))
	add("Possible deals", digits(b.Outcomes))
	add("Protocol", words(b.Clock.Protocol))
	add("Worth from", strings.Join(b.Models, ", "))
	add("Experiment", r.Hash)
	add("Parley", r.Version)
	add("The same again", r.Command)
	return p
}

// readable is an ISO date as a reader writes it: "5 Oct 2025".
func readable(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return t.Format("2 Jan 2006")
}

// digits puts commas into a whole number of any length.
func digits(s string) string {
	for _, r := range s {
		if r < '0' || r > '9' {
			return s
		}
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// strategies is the table of success by pair of strategies.
func strategies(s *analysis.Summary, b *store.Brief) Table {
	t := Table{Title: "Success by pair of strategies", Note: "Of 100 talks played by the pair; in brackets the 95% interval of simulation noise.", Head: []string{}}
	for _, p := range b.Parties {
		t.Head = append(t.Head, p.Short)
	}
	t.Head = append(t.Head, "talks", "success of 100")
	for _, g := range s.Strategies {
		if len(g.Agents) != len(b.Parties) {
			continue
		}
		var row []string
		for _, a := range g.Agents {
			row = append(row, words(a))
		}
		row = append(row, chart.Num(float64(g.Success.Of)), fmt.Sprintf("%s (%s to %s)", chart.Of100(100*g.Success.Share), chart.Of100(100*g.Success.Lo), chart.Of100(100*g.Success.Hi)))
		t.Rows = append(t.Rows, row)
	}
	return t
}

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

//go:embed page.js
var pageJS string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{"rich": richHTML}).Parse(pageHTML))

// richHTML prints coloured words.
func richHTML(r chart.Rich) template.HTML {
	var b strings.Builder
	for _, s := range r {
		text := template.HTMLEscapeString(s.Text)
		switch {
		case s.Text == "\n":
			text = "<br>"
		case s.Swatch:
			text = fmt.Sprintf(` <span class="k"><i style="background:var(--%s)"></i><b class="%s">%s</b></span>`, s.Role.CSS(), s.Role.CSS(), text)
		case s.Bold && s.Role != chart.BG:
			text = fmt.Sprintf(`<b class="%s">%s</b>`, s.Role.CSS(), text)
		case s.Bold:
			text = "<b>" + text + "</b>"
		}
		b.WriteString(text)
	}
	return template.HTML(b.String())
}

// figureView is a figure as the template sees it.
type figureView struct {
	ID           string
	Number       int
	Title        string
	Subtitle     chart.Rich
	Wide, Narrow template.HTML
	File         string
	Href         template.URL
	Head         []string
	Rows         [][]string
	More         int // rows that only the file holds
}

// tableRows is how many rows of a figure's data the page shows; the file holds all.
const tableRows = 60

func view(n int, f chart.Figure) (figureView, error) {
	wide, err := chart.SVG(f, chart.Style{Bare: true})
	if err != nil {
		return figureView{}, err
	}
	narrow, err := chart.SVG(f, chart.Style{Bare: true, Size: chart.Narrow})
	if err != nil {
		return figureView{}, err
	}
	rows := f.CSV()
	v := figureView{
		ID: fmt.Sprintf("figure-%d", n), Number: n, Title: f.Title(), Subtitle: f.Subtitle(),
		Wide: template.HTML(wide), Narrow: template.HTML(narrow), // made here, and escaped there
		File: fmt.Sprintf("%02d-%s.csv", n, f.Name()),
		Href: template.URL("data:text/csv;charset=utf-8;base64," + base64.StdEncoding.EncodeToString(chart.CSV(f))),
		Head: rows[0], Rows: rows[1:],
	}
	if len(v.Rows) > tableRows {
		v.Rows, v.More = v.Rows[:tableRows], len(v.Rows)-tableRows
	}
	return v, nil
}

// numberView is a group of the scenario's numbers.
type numberView struct {
	ID, Title, Why string
	Numbers        []store.Number
}

// grouped splits the numbers by what they rest on.
func grouped(ns []store.Number) []numberView {
	groups := []numberView{
		{ID: "assumed", Title: "Assumed", Why: "Why"},
		{ID: "sourced", Title: "From a source", Why: "Source"},
		{ID: "neither", Title: "Neither sourced nor declared as assumed", Why: ""},
	}
	for _, n := range ns {
		k := 2
		switch {
		case n.Assumed != "":
			k = 0
		case n.Source != "":
			k = 1
		}
		groups[k].Numbers = append(groups[k].Numbers, n)
	}
	var out []numberView
	for _, g := range groups {
		if len(g.Numbers) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// Write prints the page. An error names the figure that could not be drawn, or is the writer's.
func (p *Page) Write(w io.Writer) error {
	var figures []figureView
	for _, f := range p.Figures {
		v, err := view(len(figures)+1, f)
		switch {
		case errors.Is(err, chart.ErrEmpty):
			continue
		case err != nil:
			return fmt.Errorf("report: %w", err)
		}
		figures = append(figures, v)
	}
	var buf bytes.Buffer
	err := pageTemplate.Execute(&buf, struct {
		*Page
		Figures []figureView
		Numbers []numberView
		CSS     template.CSS
		JS      template.JS
	}{p, figures, grouped(p.Numbers), template.CSS(chart.CSS() + pageCSS), template.JS(pageJS)})
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err = w.Write(buf.Bytes())
	return err
}
