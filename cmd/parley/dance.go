package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/deal"
)

// danceOf turns one negotiation into the chart of its offers over its frontier.
func danceOf(m *scenario.Model, name string, t *scenario.Trace) *chart.Dance {
	d := frontierDance(m, name, t.Run, t.Frontier)
	p := &teller{m: m, t: t}
	d.Setting = fmt.Sprintf("run %d’s own draw of every number", t.Run)
	seen := [2]bool{}
	for i := range t.Moves {
		mv := &t.Moves[i]
		if mv.Seat < 0 || mv.Offer == nil || mv.Kind != "propose" || mv.Vote || math.IsInf(mv.Worth[0], 0) || math.IsInf(mv.Worth[1], 0) {
			continue
		}
		when := fmt.Sprintf("round %d", mv.Round)
		if !mv.Date.IsZero() {
			when = day(mv.Date)
		}
		words := p.what(mv, seen)
		if len(mv.Changed) > 3 {
			words = ""
		}
		seen[mv.Seat] = true
		d.Offers = append(d.Offers, chart.Offer{Side: chart.Side(mv.Seat + 1), At: chart.Point{First: mv.Worth[0], Second: mv.Worth[1]}, When: when, Words: words})
	}
	when := fmt.Sprintf("round %d", t.Round)
	if !t.Date.IsZero() {
		when = day(t.Date)
	}
	if t.Signed {
		left := math.NaN()
		if !math.IsNaN(t.Left) {
			left = 100 * t.Left
		}
		// As offers and frontier are: what waiting cost is not taken off.
		at := t.Worth
		if n := len(t.Moves); n > 0 {
			at = t.Moves[n-1].Worth
		}
		d.Outcome = &chart.Signing{At: chart.Point{First: at[0], Second: at[1]}, When: when, Left: left}
	} else {
		for i, party := range m.Config.Parties {
			p.names[i] = first(party.Short, party.Name, party.Key)
		}
		d.End = strings.ToLower(p.why()[:1]) + p.why()[1:] + ", " + when
	}
	return d
}

// frontierDance is the chart of a frontier alone.
func frontierDance(m *scenario.Model, name string, run uint64, f *scenario.Frontier) *chart.Dance {
	d := &chart.Dance{
		Made: chart.Made{Source: "Parley, " + filepath.Base(name)}, Talk: -1, Unit: "utility, 0 to 1",
		Setting: "every drawn number at its median", Epsilon: f.Epsilon,
	}
	if m.Config.Worth != "unit" {
		d.Unit = "$bn a year over no deal"
	}
	if run != scenario.Typical {
		d.Talk = int64(run)
		d.Setting = fmt.Sprintf("run %d’s own draw of every number", run)
	}
	for i, p := range m.Config.Parties {
		d.Parties[i] = chart.Party{Name: first(p.Name, p.Key), Short: first(p.Short, p.Name, p.Key)}
	}
	at := func(p deal.Point) chart.Point {
		return chart.Point{First: worthOf(m, f, 0, p.U[0]), Second: worthOf(m, f, 1, p.U[1])}
	}
	d.NoDeal = at(deal.Point{U: f.NoDeal})
	for i := len(f.Points) - 1; i >= 0; i-- { // ascending by the first side's worth
		d.Frontier = append(d.Frontier, at(f.Points[i]))
	}
	if f.Solutions.ZOPA {
		for _, s := range solutions(f) {
			d.Marks = append(d.Marks, chart.Solution{Label: s.label, At: at(s.at)})
		}
	}
	return d
}

// drawDance writes the chart in the format that the file's name ends in.
func drawDance(path string, d *chart.Dance) error { return drawFigure(path, d) }

// drawFigure draws a figure into a file, in the format of its ending.
func drawFigure(path string, d chart.Figure) error {
	var b []byte
	var err error
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".svg":
		b, err = chart.SVG(d, chart.Style{})
	case ".png":
		b, err = chart.PNG(d, chart.Style{})
	case ".pdf":
		b, err = chart.PDF(d, chart.Style{})
	default:
		return fmt.Errorf("--chart: %q ends in none of .svg, .png, .pdf", path)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}
