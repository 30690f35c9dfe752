package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/sim/economy"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// economyFlags are the flags of parley economy.
type economyFlags struct {
	tariffs, closure, format string
	raise                    []string
	nash, optimal, talks     string
	enforce                  string
	explained, affected      string
	since                    string
	band                     float64
	uniform                  bool
	delta                    float64
	years                    int
	save                     string
}

func newEconomy(s streams) *cobra.Command {
	var f economyFlags
	c := &cobra.Command{
		Use:     "economy MODEL",
		Short:   "Ask a trade model: tariffs in, welfare and trade out; wars, best tariffs, lasting deals",
		GroupID: research,
		Long: `Economy solves a trade model at the tariffs given and prints what changes in each region. It can
also look for tariffs: the best of one government, a tariff war, what talks could agree, and whether
a deal keeps itself.

Tariffs come from a file (--tariffs) with the columns importer, exporter, sector, change, value and,
where inputs and final goods are told apart, use (all, inputs, finals); change is set (a level), add
(an increment) or scale ((1+t)(1+v)-1). --raise makes further changes, after the file's:
importer:exporter[:sector]=+0.10 adds, =0.10 sets, =x0.10 scales. "*" stands for all; us, china, eu,
farm and others are names of groups, and every case will do.

Governments maximise real income. Where a model has political weights, the same question is also
answered for governments that give sectors those weights; both answers stand side by side.`,
		Example: `  parley economy list
  parley economy liberation2025 --raise us:china=0.475 --raise china:us=0.319
  parley economy ossa2014 --tariffs mine.csv --format csv
  parley economy ossa2014 --nash us,china --uniform
  parley economy liberation2025 --optimal us --uniform --closure lump_sum
  parley economy liberation2025 --talks us,china --raise us:china=0.475 --raise china:us=0.319
  parley economy jmwz2017 --enforce us,china --delta 0.9`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return withHint(errors.New("parley economy needs a MODEL"), "there are %s", strings.Join(economy.Names(), ", "))
			}
			return arguments("a MODEL")(c, args)
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return economy.Names(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, s, args[0]) },
	}
	fl := c.Flags()
	fl.StringVar(&f.tariffs, "tariffs", "", "changes to the model's tariffs, a CSV `FILE`")
	fl.StringArrayVar(&f.raise, "raise", nil, "one more change, `importer:exporter[:sector]=+0.10`; again for another")
	fl.StringVar(&f.closure, "closure", "", "how revenue and balances close the model: a `NAME` of parley economy list (default: the model's)")
	fl.StringVar(&f.format, "format", "text", "what to print: `text|csv|json`")
	fl.StringVar(&f.nash, "nash", "", "the tariff war of `GOVERNMENTS`, each on all others: us,china")
	fl.StringVar(&f.optimal, "optimal", "", "the best tariffs of one `GOVERNMENT`, on all others or on those named: us or us:china")
	fl.StringVar(&f.talks, "talks", "", "the best tariffs for all of `GOVERNMENTS` that gain alike over the tariffs given")
	fl.StringVar(&f.enforce, "enforce", "", "whether the tariffs given keep themselves between `GOVERNMENTS` that could break them")
	fl.StringVar(&f.explained, "explain", "", "what `GOVERNMENTS` must care about if the tariffs given are their best")
	fl.Float64Var(&f.band, "band", 0.02, "with --explain: how exactly the tariffs are known, a fraction up and down")
	fl.StringVar(&f.affected, "effects", "", "what the tariffs given do to all, and whether the two `GOVERNMENTS` give alike")
	fl.StringVar(&f.since, "since", "", "with --effects: the tariffs before, a CSV `FILE` (default: the model's)")
	fl.BoolVar(&f.uniform, "uniform", false, "one surcharge for all sectors instead of a tariff for each; with --optimal for all exporters, too")
	fl.Float64Var(&f.delta, "delta", 0.9, "with --enforce: what next year is worth, 0 <= `D` < 1")
	fl.IntVar(&f.years, "years", 0, "with --enforce: the war lasts `T` years, then the deal holds again (default: for ever)")
	fl.StringVar(&f.save, "save", "", "with --nash, --optimal or --talks: write the tariffs found to a `FILE` that --tariffs reads")
	c.AddCommand(newEconomyList(s))
	return c
}

// check refuses flags that do not go together.
func (f *economyFlags) check(c *cobra.Command) error {
	if err := oneOf("format", f.format, "text", "csv", "json"); err != nil {
		return err
	}
	var asked []string
	for _, name := range []string{"nash", "optimal", "talks", "enforce", "explain", "effects"} {
		if c.Flags().Changed(name) {
			asked = append(asked, "--"+name)
		}
	}
	if len(asked) > 1 {
		return fmt.Errorf("%s are two questions: ask one at a time", strings.Join(asked, " and "))
	}
	needs := func(name string, with ...string) error {
		if !c.Flags().Changed(name) {
			return nil
		}
		for _, w := range with {
			if c.Flags().Changed(w) {
				return nil
			}
		}
		return fmt.Errorf("--%s goes with --%s", name, strings.Join(with, ", --"))
	}
	for _, err := range []error{
		needs("uniform", "nash", "optimal", "talks", "enforce"), needs("delta", "enforce"), needs("years", "enforce"),
		needs("save", "nash", "optimal", "talks"), needs("band", "explain"), needs("since", "effects"),
	} {
		if err != nil {
			return err
		}
	}
	if !(f.delta >= 0 && f.delta < 1) {
		return fmt.Errorf("--delta: %v is not from 0 to below 1", f.delta)
	}
	if f.years < 0 {
		return fmt.Errorf("--years: %d is not a number of years", f.years)
	}
	return nil
}

func (f *economyFlags) run(c *cobra.Command, s streams, name string) error {
	if err := f.check(c); err != nil {
		return err
	}
	m, err := economy.Open(name, f.closure)
	if err != nil {
		return err
	}
	sched, places, err := f.schedule()
	if err != nil {
		return err
	}
	q := &question{m: m, in: m.Info(), closure: f.closure, base: sched, s: s, format: f.format}
	if q.closure == "" && len(q.in.Closures) > 0 {
		q.closure = q.in.Closures[0]
	}
	err = f.ask(c.Context(), q)
	var at *trade.ChangeError
	if errors.As(err, &at) && at.Index < len(places) {
		err = fmt.Errorf("%s: %w", places[at.Index], at.Err)
	}
	var split *trade.NoSplit
	if errors.As(err, &split) {
		return withHint(err, "parley economy list says what each model tells apart")
	}
	return err
}

func (f *economyFlags) ask(ctx context.Context, q *question) error {
	switch {
	case f.enforce != "":
		return f.keep(ctx, q)
	case f.explained != "":
		return f.explain(ctx, q)
	case f.affected != "":
		return f.effects(ctx, q)
	case f.nash != "":
		return f.search(ctx, q, "nash", f.nash)
	case f.talks != "":
		return f.search(ctx, q, "talks", f.talks)
	case f.optimal != "":
		return f.search(ctx, q, "optimal", f.optimal)
	}
	r, err := q.m.Solve(ctx, q.base, nil)
	if err != nil {
		return err
	}
	return q.tell(regionTable(&q.in, r), nil)
}

// schedule reads the changes asked for, and where each stands, for errors.
func (f *economyFlags) schedule() (trade.Schedule, []string, error) {
	var s trade.Schedule
	var places []string
	if f.tariffs != "" {
		var err error
		if s, places, err = readTariffs("tariffs", f.tariffs); err != nil {
			return nil, nil, err
		}
	}
	for _, text := range f.raise {
		c, err := trade.ParseRaise(text)
		if err != nil {
			return nil, nil, fmt.Errorf("--raise %w", err)
		}
		s, places = append(s, c), append(places, "--raise "+text)
	}
	return s, places, nil
}

// readTariffs reads the file of a flag, and where each change stands.
func readTariffs(flag, path string) (trade.Schedule, []string, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil, fmt.Errorf("--%s: there is no file %s", flag, path)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("--%s: %w", flag, err)
	}
	defer file.Close()
	s, lines, err := trade.ReadSchedule(bufio.NewReader(file))
	var line *trade.LineError
	if errors.As(err, &line) {
		return nil, nil, fmt.Errorf("%s:%d: %w", path, line.Line, line.Err)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	var places []string
	for _, l := range lines {
		places = append(places, fmt.Sprintf("%s:%d", path, l))
	}
	return s, places, nil
}

// governments reads a list of regions, us,china.
func (q *question) governments(flag, list string) ([]string, error) {
	var out []string
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		is, err := q.in.RegionsNamed(name)
		if name == "" {
			err = errors.New("a name is empty; governments stand with commas between them: us,china")
		}
		if err != nil {
			return nil, fmt.Errorf("--%s: %w", flag, err)
		}
		for _, i := range is {
			out = append(out, q.in.Regions[i])
		}
	}
	return out, nil
}

func newEconomyList(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the trade models, their closures and what they tell apart",
		Args:  arguments(),
		RunE: func(*cobra.Command, []string) error {
			all, err := economy.List()
			if err != nil {
				return err
			}
			var list []entry
			for k := range all {
				in := &all[k]
				e := entry{name: in.Name, text: in.Title}
				e.more = append(e.more, fmt.Sprintf("%d regions, %s, data of %d", len(in.Regions), counted(len(in.Sectors), "sector"), in.Year))
				var splits []string
				if in.SectorSets["farm"] != nil {
					splits = append(splits, "farm goods from others")
				}
				if in.Uses {
					splits = append(splits, "inputs from final goods")
				}
				if splits != nil {
					e.more = append(e.more, "tells "+strings.Join(splits, ", ")+" apart")
				}
				if in.Closures != nil {
					e.more = append(e.more, "closures: "+strings.Join(in.Closures, ", "))
				}
				if len(in.Regions) <= 40 {
					e.more = append(e.more, "regions: "+strings.Join(in.Regions, " "))
				} else {
					e.more = append(e.more, "regions: ISO 3166 codes of three letters, and the names of countries")
				}
				if 1 < len(in.Sectors) {
					e.more = append(e.more, "sectors: "+strings.Join(in.Sectors, " "))
				}
				list = append(list, e)
			}
			return printEntries(s, list)
		},
	}
}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "one " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
