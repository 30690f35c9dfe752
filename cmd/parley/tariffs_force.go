package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/scenario"
)

// tariffRuns is how many runs are played again for the picture of tariffs in force.
const tariffRuns = 2000

// tariffsOf draws the tariffs in force over the talks, nil where nobody threatens.
func tariffsOf(ctx context.Context, m *scenario.Model, seed, runs uint64, made chart.Made) (*chart.Tariffs, error) {
	t, err := m.Tariffs(ctx, seed, runs)
	if err != nil || t == nil || t.Runs == 0 {
		return nil, err
	}
	one, err := m.Trace(ctx, seed, t.Told)
	if err != nil {
		return nil, err
	}
	share := func(n uint64) float64 { return 100 * float64(n) / float64(t.Runs) }
	f := &chart.Tariffs{Made: made, Runs: int64(t.Runs), Raised: share(t.Raised), Backed: share(t.Backed), Days: t.Days}
	p := &teller{m: m, t: one}
	for i, party := range m.Config.Parties {
		f.Parties[i] = chart.Party{Name: first(party.Name, party.Key), Short: first(party.Short, party.Name, party.Key)}
		p.names[i] = f.Parties[i].Short
	}
	for k, issue := range t.Issues {
		is := &m.Space.Issues[issue]
		fan := chart.Fan{Side: chart.Side(t.Side[k] + 1), Label: is.Title(), Unit: is.Unit, Now: m.Today(issue)}
		for d, day := range t.Days {
			v := t.Levels[k][d]
			at := func(q float64) float64 { return v[min(len(v)-1, int(q*float64(len(v))))] }
			fan.Low, fan.Mid, fan.High = append(fan.Low, at(0.1)), append(fan.Mid, at(0.5)), append(fan.High, at(0.9))
			fan.One = append(fan.One, one.Level(issue, day))
		}
		fan.Events = happenings(one, t, k, issue)
		f.Fans = append(f.Fans, fan)
	}
	f.Told = fmt.Sprintf("run %d. Ring = threat, dot = what became of it", t.Told)
	if len(one.Threats) == 0 {
		f.Told = fmt.Sprintf("run %d", t.Told)
	}
	if !t.Start.IsZero() {
		clock := &m.Config.Clock
		f.Dates = []chart.Mark{{At: clock.Summit.Sub(clock.Start.Time).Hours() / 24, Label: "summit " + day(clock.Summit.Time)}}
		f.Axis = months(t.Start, t.Days[len(t.Days)-1])
	}
	return f, nil
}

// happenings are what befell one issue in the told talk.
func happenings(one *scenario.Trace, t *scenario.Tariffs, k, issue int) []chart.Happening {
	var out []chart.Happening
	on := func(round int, date time.Time) float64 {
		if date.IsZero() {
			return float64(round)
		}
		return math.Round(date.Sub(t.Start).Hours() / 24)
	}
	words := map[string]string{"threatened": "threat", "imposed": "carried out", "backed_down": "backs down", "met": "taken back", "took_back": "taken back"}
	for i := range one.Threats {
		e := &one.Threats[i]
		text, ok := words[e.Kind]
		if !ok || len(e.Issues) == 0 || !slices.Contains(e.Issues, issue) {
			continue
		}
		d := on(e.Round, e.Date)
		out = append(out, chart.Happening{Day: d, Text: text, Ring: e.Kind == "threatened", Level: one.Level(issue, d)})
	}
	if one.Signed {
		d := on(one.Round, one.Date)
		out = append(out, chart.Happening{Day: d, Text: "deal", Level: one.Level(issue, d)})
	}
	// What falls on one day is one mark: the deed, and not the next threat with it.
	kept := out[:0]
	for _, h := range out {
		if n := len(kept); n > 0 && kept[n-1].Day == h.Day {
			if kept[n-1].Ring || h.Text == "deal" {
				kept[n-1] = h
			}
			continue
		}
		kept = append(kept, h)
	}
	return kept
}

// months are the firsts of the months within days after a start, and the start.
func months(start time.Time, days float64) []chart.Mark {
	out := []chart.Mark{{At: 0, Label: day(start)}}
	for t := time.Date(start.Year(), start.Month()+1, 1, 0, 0, 0, 0, time.UTC); ; t = t.AddDate(0, 1, 0) {
		at := t.Sub(start).Hours() / 24
		if at > days {
			return out
		}
		out = append(out, chart.Mark{At: at, Label: day(t)})
	}
}
