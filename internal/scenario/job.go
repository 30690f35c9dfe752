package scenario

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/experiment"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim/economy"
)

// Batch is a scenario as an experiment: its points, each a model, under one seed. Without a design it
// is one point. Points share their random numbers: replication k of one point draws what replication
// k of another does.
type Batch struct {
	Base   *Model
	points []point
	schema store.Schema
	factor int // the first factor column
}

// point is one setting of a design.
type point struct {
	model  *Model
	levels []uint64 // the cells of its factor columns
	column []int    // of each of its drawn variables; -1: the base scenario draws no such number
}

// NewBatch compiles a scenario and every point of its design.
func NewBatch(ctx context.Context, cfg *config.Scenario, opt Options) (*Batch, error) {
	trade := newEconomies(ctx, opt)
	base, err := compile(cfg, trade)
	if err != nil {
		return nil, err
	}
	b := &Batch{Base: base, schema: base.layout.schema}
	if cfg.Design == nil || len(cfg.Design.Vary) == 0 {
		b.points = []point{{model: base, column: b.columns(base)}}
		return b, nil
	}
	b.factor = len(b.schema.Columns)
	vary := cfg.Design.Vary
	for _, f := range vary {
		b.schema.Columns = append(b.schema.Columns, store.Column{Name: "factor." + f.Path, Kind: store.Level, Role: "factor", Label: f.Path, Levels: f.Values})
	}
	at := make([]int, len(vary))
	for {
		var p point
		var sets []string
		for k, f := range vary {
			sets = append(sets, f.Path+"="+f.Values[at[k]])
			p.levels = append(p.levels, uint64(at[k]))
		}
		c, err := cfg.With(sets...)
		if err != nil {
			return nil, fmt.Errorf("design point %s: %w", strings.Join(sets, ", "), err)
		}
		if p.model, err = compile(c, trade); err != nil {
			return nil, fmt.Errorf("design point %s: %w", strings.Join(sets, ", "), err)
		}
		if p.model.layout.draw != base.layout.draw {
			return nil, fmt.Errorf("design point %s: its rows have other columns than the scenario's own; a program can play in all points or in none", strings.Join(sets, ", "))
		}
		p.column = b.columns(p.model)
		b.points = append(b.points, p)
		if !step(at, vary) {
			return b, nil
		}
	}
}

// step moves to the next combination, the last factor fastest.
func step(at []int, vary []config.Factors) bool {
	for k := len(at) - 1; k >= 0; k-- {
		if at[k]++; at[k] < len(vary[k].Values) {
			return true
		}
		at[k] = 0
	}
	return false
}

// columns finds the base scenario's column of every variable that a point draws.
func (b *Batch) columns(m *Model) []int {
	out := make([]int, len(m.vars.list))
	for i := range m.vars.list {
		out[i] = -1
		if k, ok := b.Base.vars.at[m.vars.list[i].path]; ok {
			out[i] = b.Base.layout.draw + k
		}
	}
	return out
}

// Points is the number of design points.
func (b *Batch) Points() int { return len(b.points) }

// Runs is how many runs the scenario asks for: of its design, or as a plain batch.
func (b *Batch) Runs() uint64 {
	if d := b.Base.Config.Design; d != nil && len(d.Vary) > 0 {
		return uint64(d.RunsEach) * uint64(len(b.points))
	}
	return uint64(b.Base.Config.Runs)
}

// Seed is the master seed.
func (b *Batch) Seed() uint64 { return uint64(b.Base.Config.Seed) }

// Schema implements experiment.Job.
func (b *Batch) Schema() store.Schema { return b.schema }

// Hash implements experiment.Job: it covers all that decides a row's bytes, not how many there are nor
// in what formats they are written.
func (b *Batch) Hash() string {
	c := *b.Base.Config
	c.Runs = 1
	if c.Design != nil {
		d := *c.Design
		d.RunsEach = 1
		c.Design = &d
	}
	c.Output.Rows, c.Output.Charts, c.Observed = nil, nil, nil
	h := sha256.New()
	fmt.Fprintf(h, "parley rows %d\n", SchemaVersion)
	h.Write(c.Canonical())
	if x := b.Base.second; x != nil {
		h.Write(x.model.Config.Canonical())
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// NewWorker implements experiment.Job.
func (b *Batch) NewWorker() (experiment.Worker, error) {
	w := &batchWorker{b: b, of: make([]*worker, len(b.points)), row: make(store.Row, len(b.schema.Columns))}
	for k := range b.points {
		w.of[k] = b.points[k].model.newWorker(b.Seed(), b.Base.Config.Output.ShareLeft)
	}
	return w, nil
}

// Close implements experiment.Closer.
func (w *batchWorker) Close() error {
	for _, pw := range w.of {
		pw.close()
	}
	return nil
}

// batchWorker plays shards over all points.
type batchWorker struct {
	b   *Batch
	of  []*worker
	row store.Row
}

// Shard implements experiment.Worker. Run r is replication r / points of point r mod points.
func (w *batchWorker) Shard(ctx context.Context, first, n uint64, emit func(store.Row) error) error {
	points := uint64(len(w.of))
	for k, pw := range w.of {
		p := uint64(k)
		from := (first + points - 1 - p) / points // the least replication with replication*points + p >= first
		to := (first + n + points - 1 - p) / points
		if from >= to {
			continue
		}
		if err := pw.play(ctx, p, from, to-from); err != nil {
			return err
		}
		for r := from; r < to; r++ {
			if err := emit(w.widen(k, pw.row(r), r*points+p)); err != nil {
				return err
			}
		}
	}
	return nil
}

// widen turns a point's row into the experiment's: its run number, factors, and drawn numbers in the
// base scenario's columns.
func (w *batchWorker) widen(k int, row store.Row, run uint64) store.Row {
	l := w.b.Base.layout
	row[l.run] = run
	if w.b.factor == 0 {
		return row
	}
	for i := range w.row {
		w.row[i] = store.Missing
	}
	copy(w.row, row[:l.draw])
	p := &w.b.points[k]
	for i, col := range p.column {
		if col >= 0 {
			w.row[col] = row[l.draw+i]
		}
	}
	copy(w.row[w.b.factor:], p.levels)
	return w.row
}

// Brief is what a reader of the rows must know.
func (b *Batch) Brief(name string) store.Brief {
	m := b.Base
	cfg := m.Config
	out := store.Brief{
		Name: name, Question: cfg.Question, AsOf: cfg.AsOf.String(), Worth: cfg.Worth, Success: cfg.Output.Success,
		Outcomes: m.Space.Size().String(), Numbers: b.numbers(),
	}
	if c := m.composite; c != nil {
		for _, s := range []*economy.Surface{c.Tariffs, c.Farm, c.Inputs} {
			if n := modelName(s.Part); !slices.Contains(out.Models, n) {
				out.Models = append(out.Models, n)
			}
		}
	}
	if d := cfg.Delivery; d != nil {
		out.Horizon = int(d.Years)
		if d.Records != nil {
			out.Records = map[string]float64{}
			for _, r := range d.Records.Entries {
				out.Records[r.Key] = r.Params[0]
			}
		}
	}
	if m.years.played {
		out.Lasting, out.Horizon = m.years.lasting, m.years.horizon
	}
	for s := range m.sides {
		p := store.BriefParty{Key: m.sides[s].key, Name: m.sides[s].name, Short: m.sides[s].short, Lines: map[string]string{}}
		for k := range cfg.Parties[s].RedLines {
			l := &cfg.Parties[s].RedLines[k]
			p.Lines[l.Key] = l.Expr()
		}
		out.Parties = append(out.Parties, p)
	}
	for i := range m.Space.Issues {
		is := &m.Space.Issues[i]
		bi := store.BriefIssue{Key: is.Name, Label: is.Title(), Unit: is.Unit, Values: is.Values, Numbers: is.Numbers, Now: is.Now, GivenBy: is.GivenBy}
		for _, mark := range cfg.Issues[i].Marks {
			if bi.Marks == nil {
				bi.Marks = map[string]float64{}
			}
			bi.Marks[mark.Key] = mark.Params[0]
		}
		for name, x := range m.yardMarks(i) {
			if bi.Marks == nil {
				bi.Marks = map[string]float64{}
			}
			bi.Marks[name] = x
		}
		out.Issues = append(out.Issues, bi)
	}
	typical := m.NewDraw()
	m.Draw(0, Typical, typical)
	out.Clock = store.BriefClock{Protocol: m.protocol.Name(), Rounds: typical.Rounds}
	if m.clock.dated() {
		out.Clock.Start, out.Clock.Summit = cfg.Clock.Start.String(), cfg.Clock.Summit.String()
		out.Clock.DaysPerRound = m.clock.days.at(typical.Values)
	}
	return out
}

func (b *Batch) numbers() []store.Number {
	var out []store.Number
	for _, n := range b.Base.Config.ListNumbers() {
		out = append(out, store.Number{Key: n.Path, Label: n.Label, Value: n.Words, Unit: n.Unit, Source: n.Source, Assumed: n.Assumed, Drawn: n.Drawn, Origin: n.Origin.String()})
	}
	return out
}
