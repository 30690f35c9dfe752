package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/report"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/store"
)

// modelsFile keeps the headline under each further trade model beside the runs.
const modelsFile = "models.json"

// alsoRuns is how many talks are played under a further model: enough to see where models disagree.
const alsoRuns = 2000

// variant is a scenario with something else behind its payoffs.
type variant struct {
	name string
	sets []string
}

// variants are a scenario's further trade models and, where a tariff is worth something as such, its
// own with governments that want welfare alone.
func variants(cfg *config.Scenario) (out []variant) {
	e := cfg.Economy
	if e == nil {
		return nil
	}
	var pure []string
	for p := range cfg.Parties {
		for _, in := range cfg.Parties[p].Interests {
			if in.From == "leverage" {
				pure = append(pure, fmt.Sprintf("party.%s.interest.%s.weight=0", cfg.Parties[p].Key, in.Key))
			}
		}
	}
	if pure != nil {
		out = append(out, variant{e.Tariffs + ", pure welfare", pure})
	}
	for _, name := range e.Also {
		if name != e.Tariffs {
			out = append(out, variant{name, []string{"economy.tariffs=" + name}})
		}
	}
	return out
}

// repeated is what modelsFile holds.
type repeated struct {
	Of      string               `json:"of"` // the experiment's hash
	Answers []report.ModelAnswer `json:"answers"`
}

// repeat plays the headline again under the scenario's further models, on the same random numbers, and
// keeps it beside the runs. It returns nil for a scenario without any.
func (j *job) repeat(ctx context.Context, sum *analysis.Summary) ([]report.ModelAnswer, error) {
	cfg := j.batch.Base.Config
	list := variants(cfg)
	if len(list) == 0 || j.batch.Points() != 1 {
		return nil, nil
	}
	n := uint64(min(sum.Runs.Total, alsoRuns))
	all := make([]report.ModelAnswer, 1+len(list))
	all[0] = report.AnswerOf(cfg.Economy.Tariffs, sum)
	if known := readModels(j.dir, j.batch.Hash()); len(known) == len(all) && known[1].Runs == int64(n) {
		copy(all[1:], known[1:])
	} else {
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(runtime.GOMAXPROCS(0))
		for k, v := range list {
			g.Go(func() (err error) {
				all[1+k], err = playVariant(ctx, cfg, v, n, compiling(j.streams, true))
				return err
			})
		}
		if err := g.Wait(); err != nil {
			return nil, err
		}
	}
	text, err := json.MarshalIndent(repeated{j.batch.Hash(), all}, "", "  ")
	if err != nil {
		return nil, err
	}
	return all, writeFile(j.dir, modelsFile, append(text, '\n'))
}

// playVariant is the headline of n runs of a variant.
func playVariant(ctx context.Context, cfg *config.Scenario, v variant, n uint64, opt scenario.Options) (report.ModelAnswer, error) {
	fail := func(err error) (report.ModelAnswer, error) {
		return report.ModelAnswer{}, fmt.Errorf("economy.also: %s: %w", v.name, err)
	}
	other, err := cfg.With(append([]string{"output.share_left=false"}, v.sets...)...)
	if err != nil {
		return fail(err)
	}
	batch, err := scenario.NewBatch(ctx, other, opt)
	if err != nil {
		return fail(err)
	}
	fold, err := analysis.New(batch.Schema(), batch.Brief(v.name))
	if err != nil {
		return fail(err)
	}
	w, err := batch.NewWorker()
	if err != nil {
		return fail(err)
	}
	err = w.Shard(ctx, 0, n, func(r store.Row) error {
		fold.Add(r)
		return nil
	})
	if err != nil {
		return fail(err)
	}
	return report.AnswerOf(v.name, fold.Summary()), nil
}

// readModels are the answers kept beside the runs of an experiment, nil if there are none.
func readModels(dir, hash string) []report.ModelAnswer {
	b, err := os.ReadFile(filepath.Join(dir, modelsFile))
	if errors.Is(err, fs.ErrNotExist) || err != nil {
		return nil
	}
	var r repeated
	if json.Unmarshal(b, &r) != nil || r.Of != hash {
		return nil
	}
	return r.Answers
}
