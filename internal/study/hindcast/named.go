package hindcast

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim/chance"
)

// Scenario is a scenario file to be played as it stands.
type Scenario struct {
	Name   string
	Config *config.Scenario
}

// EpisodeID is the scenario's name in a file of outcomes.
func (s *Scenario) EpisodeID() string {
	if o := s.Config.Observed; o != nil && o.Episode != "" {
		return o.Episode
	}
	return s.Name
}

// PlayNamed plays scenarios and scores what came of the issues that [observed] names. A run without a deal
// counts with its values of no deal, or with what threats during the talks raised them to. As in the rule for episodes, a share of every forecast lies
// anywhere in its range (the scenario may be wrong about the kind of term), and where nobody at home is
// asked ([ratify]) a share of what is signed falls. Issues with words count as ordered, in the order of
// their choices, and so they should be written. The ablation is the rule's, made from today's values
// and those of no deal alone.
func PlayNamed(ctx context.Context, list []Scenario, records []Record, opt Options, compile scenario.Options) ([]Case, error) {
	r := opt.rule
	if r == nil {
		r = &prior
	}
	var cases []Case
	for i := range list {
		s := &list[i]
		c, err := playScenario(ctx, s, r, opt, compile)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
		class := s.Config.Observed.OutcomeClass
		for k := range records {
			if id := records[k].ID; id == s.Name || id == s.EpisodeID() {
				class, c.When = records[k].Class, records[k].Dates.End
			}
		}
		if deal, known := Deal(class); known {
			c.Deal = &deal
		}
		cases = append(cases, *c)
	}
	Score(cases, opt.Seed)
	return cases, nil
}

func playScenario(ctx context.Context, s *Scenario, r *rule, opt Options, compile scenario.Options) (*Case, error) {
	cfg := *s.Config
	cfg.Design, cfg.Output.ShareLeft, cfg.Seed, cfg.Runs = nil, false, int64(opt.Seed), int64(opt.Runs)
	batch, err := scenario.NewBatch(ctx, &cfg, compile)
	if err != nil {
		return nil, err
	}
	c := &Case{ID: s.Name, Title: title(s.Name), Group: cfg.Observed.Group, When: cfg.AsOf.String()}
	if c.Group == "" {
		c.Group = s.Name
	}
	var frames []frame
	var names []string
	for i := range cfg.Issues {
		is := &cfg.Issues[i]
		res, ok := observedTerm(&cfg, is)
		if !ok {
			continue
		}
		c.Terms = append(c.Terms, res)
		frames, names = append(frames, res.frame), append(names, is.Key)
	}
	g, err := newGame(s.Name, names, frames)
	if err != nil {
		return nil, err
	}
	values, deal, err := gather(ctx, batch, &cfg, names, r, opt)
	if err != nil {
		return nil, err
	}
	c.Chance = deal
	plain, _ := r.forecast(g, nil, opt.Seed, opt.Runs, true)
	for i := range c.Terms {
		t := &c.Terms[i]
		for k, x := range values[i] {
			z := t.at(x)
			if run := uint64(k); chance.U(opt.Seed^g.id, run, idWiden, g.names[i]) < r.widened {
				z = t.anywhere(chance.U(opt.Seed^g.id, run, idWhere, g.names[i]))
			}
			if !math.IsNaN(z) {
				t.z = append(t.z, z)
			}
		}
		slices.Sort(t.z)
		if len(t.z) == 0 {
			t.z, t.Skip = nil, "no run has a value for it: today's is not given"
		}
		t.plain = plain[i]
		if t.Choices != nil {
			for k := range t.plain {
				t.plain[k] = t.anywhere(t.plain[k])
			}
			slices.Sort(t.plain)
		}
	}
	return c, nil
}

// at is the place of an issue's value, or of the index of its choice.
func (r *Result) at(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case len(r.Choices) > 1:
		return x / float64(len(r.Choices)-1)
	case r.Choices != nil:
		return 0
	}
	z, _ := r.frame.scale(x)
	return z
}

// anywhere turns a uniform into a place of the range, or of one of the choices.
func (r *Result) anywhere(u float64) float64 {
	if n := len(r.Choices); n > 1 {
		return float64(min(int(u*float64(n)), n-1)) / float64(n-1)
	} else if n == 1 {
		return 0
	}
	return u
}

// observedTerm makes the term of an issue that [observed] names. Its anchors are today's value and that
// of no deal, at its median; its range is what is on the table.
func observedTerm(cfg *config.Scenario, is *config.Issue) (Result, bool) {
	at := slices.IndexFunc(cfg.Observed.Values, func(v config.ObservedValue) bool { return v.Issue == is.Key })
	if at < 0 {
		return Result{}, false
	}
	seen := &cfg.Observed.Values[at]
	t := Term{Issue: is.Key, Unit: is.Unit, StatusQuo: math.NaN(), Threat: math.NaN(), DemandA: math.NaN(), DemandB: math.NaN(), Outcome: math.NaN()}
	t.Own = len(cfg.Parties) > 0 && is.GivenBy == cfg.Parties[0].Key
	r := Result{Issue: is.Key, Label: is.Label, Unit: is.Unit}
	if r.Label == "" {
		r.Label = label(is.Key)
	}
	lapse := slices.IndexFunc(cfg.NoDeal.Values, func(v config.NoDealValue) bool { return v.Issue == is.Key })
	if len(is.Choices) > 0 {
		r.Choices, r.Class, r.Scale, r.Observed = is.Choices, Ordered, "ordered", seen.Name
		r.quo, r.lapse = math.NaN(), math.NaN()
		if is.Now.Set {
			r.quo = r.at(float64(slices.Index(is.Choices, is.Now.Name)))
			r.lapse = r.quo
		}
		if lapse >= 0 && len(cfg.NoDeal.Values[lapse].Choice.Names) == 1 {
			r.lapse = r.at(float64(slices.Index(is.Choices, cfg.NoDeal.Values[lapse].Choice.Names[0])))
		}
		r.m = (r.quo + r.lapse) / 2
		r.y = r.at(float64(slices.Index(is.Choices, seen.Name)))
		r.frame = frame{class: Ordered, hi: 1, to: 1}
		return r, true
	}
	if is.Now.Set {
		t.StatusQuo = is.Now.Number
	}
	if lapse >= 0 {
		if d, err := cfg.NoDeal.Values[lapse].Number.Dist(); err == nil {
			t.Threat = d.Quantile(0.5)
		} else if p := cfg.NoDeal.Values[lapse].Number.Params; len(p) > 0 {
			t.Threat = p[0]
		}
	}
	f := frameOf(&t)
	all := is.AllNumbers()
	if f.skip != "" {
		f = frame{class: Open, s: all[0], t: all[0]}
	}
	f.lo, f.hi, f.log = all[0], all[len(all)-1], false
	if f.hi <= f.lo {
		f.hi = f.lo + 1
	}
	r.frame, r.Class, r.Scale, r.Lo, r.Hi = f, f.class, f.scaleName(), f.lo, f.hi
	r.quo, _ = f.scale(f.s)
	r.lapse, _ = f.scale(f.t)
	r.m, _ = f.scale((f.s + f.t) / 2)
	r.Observed = seen.Number
	r.y, r.Clamped = f.scale(seen.Number)
	return r, true
}

// gather plays the batch and collects, by issue, every run's value, and the chance of a deal.
func gather(ctx context.Context, b *scenario.Batch, cfg *config.Scenario, issues []string, r *rule, opt Options) ([][]float64, float64, error) {
	w, err := b.NewWorker()
	if err != nil {
		return nil, 0, err
	}
	schema := b.Schema()
	col := func(name string) int {
		return slices.IndexFunc(schema.Columns, func(c store.Column) bool { return c.Name == name })
	}
	status, replication := col("status"), col("replication")
	var ends [3]uint64 // no_deal, refused, error
	for k, name := range []string{"no_deal", "refused", "error"} {
		ends[k] = uint64(slices.Index(schema.Columns[status].Levels, name))
	}
	raised := raises(cfg, issues, col)
	cols, at := make([]int, len(issues)), make([]int, len(issues))
	for i, name := range issues {
		cols[i] = col("issue." + name)
		at[i] = cfg.Issue(name)
	}
	values := make([][]float64, len(issues))
	for i := range values {
		values[i] = make([]float64, opt.Runs)
	}
	d := b.Base.NewDraw()
	deals, played := 0, 0
	err = w.Shard(ctx, 0, uint64(opt.Runs), func(row store.Row) error {
		k := row[replication]
		end := row[status]
		if end == ends[2] {
			for i := range values {
				values[i][k] = math.NaN()
			}
			return nil
		}
		played++
		deal := end != ends[0] && end != ends[1]
		if cfg.Ratify == nil && chance.U(opt.Seed, k, idRefused, chance.ID(cfg.Question)) < r.refused {
			deal = false
		}
		if deal {
			deals++
		} else {
			b.Base.Draw(b.Seed(), k, d)
		}
		for i, c := range cols {
			switch {
			case !deal:
				values[i][k] = d.Point[at[i]]
				if raised[i] >= 0 {
					values[i][k] = max(values[i][k], cfg.Issues[at[i]].Now.Number+math.Float64frombits(row[raised[i]]))
				}
			case schema.Columns[c].Kind == store.Level:
				values[i][k] = float64(row[c])
			default:
				values[i][k] = math.Float64frombits(row[c])
			}
		}
		return nil
	})
	return values, float64(deals) / float64(max(played, 1)), err
}

// raises finds, by issue, the column that tells how far threats raised it, -1 for none. The rows keep the
// peak of a side's tariffs over today's, not each of them: it stands for the issue that the side aims at, or
// else for those of its issues that no deal moves.
func raises(cfg *config.Scenario, issues []string, col func(string) int) []int {
	out := slices.Repeat([]int{-1}, len(issues))
	if cfg.Escalation == nil {
		return out
	}
	for i, name := range issues {
		is := &cfg.Issues[cfg.Issue(name)]
		if len(is.Choices) > 0 || !is.Now.Set {
			continue
		}
		moved := slices.ContainsFunc(cfg.NoDeal.Values, func(v config.NoDealValue) bool { return v.Issue == name })
		for k := range cfg.Escalation.Sides {
			if s := &cfg.Escalation.Sides[k]; s.AimedAt == name || s.AimedAt == "" && is.GivenBy == s.Key && moved {
				out[i] = col("peak_raise." + s.Key)
			}
		}
	}
	return out
}
