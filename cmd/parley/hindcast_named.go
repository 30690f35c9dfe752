package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/parley-sim/parley/configs"
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/study/hindcast"
)

// playNamed plays the scenarios named, or all that say what came of them.
func playNamed(ctx context.Context, s streams, args []string, records []hindcast.Record, opt hindcast.Options) ([]hindcast.Table, error) {
	all := len(args) == 0
	if all {
		args = nil
		for _, in := range configs.Scenarios() {
			args = append(args, in.Name)
		}
	}
	var list []hindcast.Scenario
	var problems config.Problems
	var missing []error
	for _, arg := range args {
		var ch chosen
		cfg, name, err := ch.load(arg)
		if err != nil {
			return nil, err
		}
		if cfg.Observed == nil || len(cfg.Observed.Values) == 0 {
			if !all {
				missing = append(missing, fmt.Errorf("%s does not say what came of it; write [observed], a line an issue", arg))
			}
			continue
		}
		problems = append(problems, hindcast.Late(cfg)...)
		list = append(list, hindcast.Scenario{Name: name, Config: cfg})
	}
	if len(missing) > 0 {
		return nil, errors.Join(missing...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	cases, err := hindcast.PlayNamed(ctx, list, records, opt, compiling(s, false))
	if err != nil {
		return nil, err
	}
	return []hindcast.Table{{Name: "scenarios", Cases: cases, Totals: hindcast.Total(cases, opt.Seed)}}, nil
}
