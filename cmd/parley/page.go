package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/report"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/internal/study/enforce"
	"github.com/parley-sim/parley/internal/study/surplus"
)

// reader is all that charts and page are made from.
type reader struct {
	dir     *store.Folder
	sum     *analysis.Summary
	cfg     *config.Scenario // as played; nil: unknown
	model   *scenario.Model  // tells one talk; nil: none is told
	command string           // that makes the same results
	trace   string           // that tells one talk
	output
}

// publish draws the charts, each with its numbers beside it, and writes the page.
func (r *reader) publish(ctx context.Context) error {
	m := &r.dir.Manifest
	d := report.Drawing{Seed: m.Seed, All: r.allCharts}
	if r.model != nil && r.model.Playable() {
		talk, err := r.typical(ctx)
		if err != nil {
			return err
		}
		d.Talks = append(d.Talks, talk)
		more, err := r.beyond(ctx)
		if err != nil {
			return err
		}
		d.Talks = append(d.Talks, more...)
		if d.Home, err = r.home(); err != nil {
			return err
		}
		if err := r.economics(ctx, &d); err != nil {
			return err
		}
	}
	d.Models = readModels(r.dir.Dir, m.Hash)
	formats, text := []string{"svg", "png"}, ""
	if r.cfg != nil {
		formats, text = slices.Clone(r.cfg.Output.Charts), string(r.cfg.TOML())
	}
	if r.pdf && !slices.Contains(formats, "pdf") {
		formats = append(formats, "pdf")
	}
	dir := filepath.Join(r.dir.Dir, chartsDir)
	if err := clearCharts(dir); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := chart.Write(dir, report.Figures(r.sum, &m.Brief, d), formats); err != nil {
		return err
	}
	page := report.Build(r.sum, &m.Brief, report.Run{
		Seed: m.Seed, Config: text, Version: m.Parley, Hash: m.Hash, Command: r.command, Drawing: d,
	})
	return store.WriteWhole(filepath.Join(r.dir.Dir, pageFile), func(w io.Writer) error { return page.Write(w) })
}

// beyond is what the model adds to the rows: where the joint gain goes, and which deals would hold.
func (r *reader) beyond(ctx context.Context) ([]chart.Figure, error) {
	m := &r.dir.Manifest
	made := chart.Made{Source: fmt.Sprintf("Parley, %s, seed %d", m.Scenario, m.Seed)}
	var out []chart.Figure
	if f, err := tariffsOf(ctx, r.model, m.Seed, min(m.Runs, tariffRuns), made); err != nil {
		return nil, err
	} else if f != nil {
		out = append(out, f)
	}
	rows, err := surplus.Rows(r.dir, r.model, surplus.Most)
	if err != nil {
		return nil, err
	}
	if len(rows) > 0 {
		a, err := surplus.Make(ctx, r.model, m.Seed, rows)
		if err != nil {
			return nil, err
		}
		out = append(out, a.Figure(r.model, made))
	}
	sets, err := enforce.Sets(r.model, m.Scenario, enforce.Options{Seed: m.Seed})
	if err != nil || sets == nil {
		return out, err
	}
	return append(out, sets), nil
}

// candidates is how many deals are told to find one worth showing.
const candidates = 12

// typical is the dance of one talk: of the dozen deals nearest to the middle of both sides' worth, the
// one in which both sides made the most offers that can be shown. Without a deal it is run 0.
func (r *reader) typical(ctx context.Context) (*chart.Dance, error) {
	m := &r.dir.Manifest
	var best *chart.Dance
	most := -1
	for _, run := range typicalRuns(r.sum) {
		t, err := r.model.Trace(ctx, m.Seed, run)
		if err != nil {
			return nil, err
		}
		d := danceOf(r.model, m.Scenario, t)
		made := [3]int{}
		for _, o := range d.Offers {
			made[o.Side]++
		}
		if n := min(made[chart.FirstSide], made[chart.SecondSide]); n > most {
			best, most = d, n
		}
	}
	best.Source = fmt.Sprintf("Parley, %s, seed %d", m.Scenario, m.Seed)
	best.Of = int64(m.Runs)
	return best, nil
}

// typicalRuns are the deals kept whole that are nearest to the middle, nearest first; never empty.
func typicalRuns(s *analysis.Summary) []uint64 {
	if s.Parallel == nil {
		return []uint64{0}
	}
	away := make(map[int64]float64, len(s.Parallel.Deals))
	deals := slices.Clone(s.Parallel.Deals)
	for _, deal := range deals {
		for i, w := range deal.Worth {
			if i < len(s.Worth) {
				middle := s.Worth[i].Deals
				away[deal.Run] += math.Abs(w-middle.Middle) / max(middle.Hi-middle.Lo, 1e-9)
			}
		}
	}
	slices.SortStableFunc(deals, func(a, b analysis.OneDeal) int { return cmp.Compare(away[a.Run], away[b.Run]) })
	var runs []uint64
	for _, deal := range deals[:min(candidates, len(deals))] {
		runs = append(runs, uint64(deal.Run))
	}
	return runs
}

// ours are the names that charts are written under.
var ours = regexp.MustCompile(`^\d\d-[a-z0-9-]+\.(csv|svg|png|pdf)$`)

// clearCharts removes the charts of an earlier call: their numbers may have moved.
func clearCharts(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if ours.MatchString(e.Name()) {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
