package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/experiment"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/store"
)

// resultsDir is where results go, under the current folder.
const resultsDir = "results"

// runFlags are the flags of parley run.
type runFlags struct {
	chosen
	output
	runs    string
	workers int
	out     string
	name    string
	fresh   bool
	rows    string
	format  string
	quiet   bool
	dryRun  bool
	exec    bool
	patient time.Duration
	yes     bool
}

func newRun(s streams) *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:     "run SCENARIO",
		Short:   "Play a scenario many times, and say what came of it",
		GroupID: simulate,
		Long: `Run plays a scenario many times over, each time with fresh draws of everything uncertain, and
says how often a deal comes out, on what terms, why not, and what decides it.

SCENARIO is the name of a built-in one (parley list scenarios) or the path of a TOML file.

The results are kept in results/SCENARIO/HASH, which results/SCENARIO/latest points at: runs.csv and
runs.parquet with a row for every run, summary.json, charts with their numbers, report.html, the
scenario as it was played. The same command again says that it is complete; with more --runs it
plays only what is missing; after Ctrl-C, or worse, it goes on where it stopped. The same seed gives
the same runs.csv for any number of workers.

Exit codes: 0 fine, 1 some runs are errors, 2 a wrong flag, file or scenario, 130 interrupted.`,
		Example: `  parley run madrid
  parley run madrid --runs 1000000 --rows sample --seed 7
  parley run mine.toml --set party.us.cost_of_delay=1.5 --set 'no_deal.us_tariff={ uniform = [50, 90] }'
  parley run madrid --format json | jq .success`,
		Args: arguments("a SCENARIO"),
		RunE: func(c *cobra.Command, args []string) error { return runScenario(c.Context(), s, &f, args[0]) },
	}
	f.chosen.flags(c)
	fl := c.Flags()
	fl.StringVar(&f.runs, "runs", "", "how many runs, `N` >= 1 (default: the scenario's)")
	fl.IntVar(&f.workers, "workers", 0, "how many workers (`N`) play at once (default: one a core); it changes no result")
	fl.StringVar(&f.out, "out", "", "keep the results in this `DIR` instead")
	fl.StringVar(&f.name, "name", "", "call the results `NAME`, in the summary and in results/NAME, instead of the scenario's name")
	fl.BoolVar(&f.fresh, "fresh", false, "start over: drop the runs that are there")
	fl.StringVar(&f.rows, "rows", "all", "which runs to keep row by row: `all|sample|none`; the summary counts every run")
	fl.StringVar(&f.format, "format", "text", "what to print: `text|json|csv`: the summary, summary.json, the rows")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "print errors only, and what --format json or csv asks for")
	fl.BoolVar(&f.dryRun, "dry-run", false, "say what would be done, how long it would take and how much disk, and stop")
	fl.BoolVarP(&f.yes, "yes", "y", false, "do not ask before a job of over ten minutes or 10 GB")
	fl.BoolVar(&f.exec, "allow-exec", false, "run the programs that the scenario names (bidding = \"exec:COMMAND\")")
	deadlineFlag(c, &f.patient)
	f.output.flags(c)
	_ = c.RegisterFlagCompletionFunc("rows", cobra.FixedCompletions([]string{"all", "sample", "none"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json", "csv"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// job is a run prepared: what is played, how, and where it goes.
type job struct {
	*runFlags
	streams
	batch *scenario.Batch
	name  string
	dir   string
	opt   experiment.Options
	fold  *folder
}

func runScenario(ctx context.Context, s streams, f *runFlags, arg string) error {
	j, err := prepare(ctx, s, f, arg)
	if err != nil {
		return err
	}
	missing, err := j.missing()
	if err != nil {
		return err
	}
	if f.dryRun {
		return j.plan(ctx, missing)
	}
	if err := j.ask(ctx, missing); err != nil {
		return err
	}
	bar := newProgress(s.Err, f.quiet, j.opt.Runs-missing, j.opt.Runs)
	if bar != nil {
		j.opt.Progress = bar.tell
	}
	start := time.Now()
	out, err := experiment.Run(ctx, j.batch, j.opt)
	bar.end()
	if err != nil {
		return j.stopped(out, err)
	}
	if !f.quiet {
		for _, n := range out.Notes {
			s.say("note: %s", n)
		}
	}
	took := time.Duration(0)
	if out.Played > 0 {
		took = time.Since(start)
	} else if !f.quiet {
		s.say("complete: %s are in %s; nothing was played (--fresh starts over)", plural(out.Runs, "run"), j.dir)
	}
	return j.finish(ctx, out.Fold.(*fold).Fold, took)
}

// prepare reads the scenario and the flags.
func prepare(ctx context.Context, s streams, f *runFlags, arg string) (*job, error) {
	j := &job{runFlags: f, streams: s}
	var err error
	for _, check := range []error{
		oneOf("format", f.format, "text", "json", "csv"),
		oneOf("rows", f.rows, string(store.All), string(store.Sample), string(store.None)),
	} {
		if check != nil {
			return nil, check
		}
	}
	if f.format == "csv" && f.rows == string(store.None) {
		return nil, fmt.Errorf("--format csv prints rows, and --rows none keeps none")
	}
	if f.name != "" && folderName(f.name) == "" {
		return nil, withHint(fmt.Errorf("--name: %q has no letter or digit", f.name), `such as --name "the red line always holds"`)
	}
	if f.workers < 0 {
		return nil, fmt.Errorf("--workers: %d is not at least 1", f.workers)
	}
	var runs uint64
	if f.runs != "" {
		if runs, err = count("runs", f.runs); err != nil {
			return nil, err
		}
	}
	cfg, name, err := f.load(arg)
	if err != nil {
		return nil, err
	}
	if runs > 0 {
		cfg.Runs = int64(min(runs, experiment.MostRuns+1))
	}
	opt := compiling(s, f.quiet)
	opt.AllowExec, opt.ExecDeadline = f.exec, f.patient
	if j.batch, err = scenario.NewBatch(ctx, cfg, opt); err != nil {
		return nil, err
	}
	if p := j.batch.Base.Programs(); len(p) > 0 && !f.exec {
		return nil, withHint(&scenario.ProgramError{Command: p[0]}, "--allow-exec runs it, with your rights")
	}
	if runs == 0 {
		runs = j.batch.Runs()
	}
	j.name = first(f.name, name)
	if j.dir = f.out; j.dir == "" {
		j.dir = store.Path(resultsDir, first(folderName(f.name), name), j.batch.Hash())
	}
	brief := j.batch.Brief(j.name)
	if j.fold, err = newFolder(j.batch.Schema(), brief); err != nil {
		return nil, err
	}
	j.opt = experiment.Options{
		Runs: runs, Workers: f.workers, Dir: j.dir, Fresh: f.fresh, Keep: store.Keep(f.rows),
		Points: uint64(j.batch.Points()), Scenario: name, Seed: j.batch.Seed(), Version: version(), Brief: brief, Fold: j.fold,
	}
	return j, nil
}

// folderName is a name as that of a folder: letters and digits, the rest as single dashes.
func folderName(name string) string {
	parts := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	return strings.Join(parts, "-")
}

// missing is about how many runs are still to be played.
func (j *job) missing() (uint64, error) {
	if j.fresh {
		return j.opt.Runs, nil
	}
	m, err := store.ReadManifest(j.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return j.opt.Runs, nil
	case err != nil:
		return 0, err
	}
	if m.Hash != j.batch.Hash() || m.Runs >= j.opt.Runs {
		return 0, nil // refused, or done: the experiment says so
	}
	return j.opt.Runs - m.Runs, nil
}

// What a job may take before somebody must agree.
const (
	longTime  = 10 * time.Minute
	largeDisk = 10_000_000_000 // bytes
	// trifle is a number of runs that are played without an estimate.
	trifle = 1000
)

// ask estimates a job that is not small, and has somebody agree to a large one.
func (j *job) ask(ctx context.Context, missing uint64) error {
	if j.yes || missing <= trifle {
		return nil
	}
	est, err := experiment.Estimate(ctx, j.batch, j.opt)
	if err != nil {
		return err
	}
	took := scale(est.Time, missing, est.Runs)
	if took <= longTime && est.Bytes() <= largeDisk {
		return nil
	}
	what := fmt.Sprintf("%s will take about %s and %s of disk", plural(missing, "run"), about(took), diskSpace(est.Bytes()))
	if !j.interactive() {
		return withHint(errors.New(what), "--yes goes ahead; --rows sample or none takes less disk; --runs fewer")
	}
	yes, err := j.confirm(what + ". Go ahead?")
	if err == nil && !yes {
		j.say("nothing was played")
		return &exitError{code: exitUsage}
	}
	return err
}

func scale(t time.Duration, part, of uint64) time.Duration {
	return time.Duration(float64(t) * float64(part) / float64(max(of, 1)))
}

// plan prints what would be done.
func (j *job) plan(ctx context.Context, missing uint64) error {
	w := j.Out
	fmt.Fprintf(w, "scenario   %s, %s, %s possible deals\n", j.name, plural(uint64(len(j.opt.Brief.Issues)), "issue"), j.opt.Brief.Outcomes)
	if p := j.batch.Points(); p > 1 {
		fmt.Fprintf(w, "design     %s\n", plural(uint64(p), "point"))
	}
	fmt.Fprintf(w, "runs       %d, of which %d are there; seed %d\n", j.opt.Runs, j.opt.Runs-missing, j.opt.Seed)
	fmt.Fprintf(w, "folder     %s\n", j.dir)
	if missing == 0 {
		return nil
	}
	est, err := experiment.Estimate(ctx, j.batch, j.opt)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "time       about %s, at %.0f runs a second\n", about(scale(est.Time, missing, est.Runs)), est.Rate)
	fmt.Fprintf(w, "disk       about %s, of which %s are runs.csv and runs.parquet\n", diskSpace(est.Bytes()), diskSpace(est.Exports))
	return nil
}

// stopped says what is kept when an experiment ends early.
func (j *job) stopped(out *experiment.Outcome, err error) error {
	switch {
	case errors.Is(err, context.Canceled):
		if out == nil {
			return err
		}
		if err := writeFile(j.dir, scenarioFile, j.batch.Base.Config.TOML()); err != nil {
			return err
		}
		j.say("stopped: %d of %s are whole and kept in %s", out.Runs, plural(j.opt.Runs, "run"), j.dir)
		j.say("hint: the same command goes on from there: parley run %s", j.command())
		return &exitError{code: exitInterrupted}
	case errors.Is(err, store.ErrBusy):
		return err
	}
	var damaged *store.DamagedError
	if errors.As(err, &damaged) {
		return withHint(err, "remove that file and repeat the command, or start over with --fresh")
	}
	return err
}

// command repeats the flags that decide what is played and where it goes.
func (j *job) command() string {
	words := []string{j.again()}
	add := func(flag, value string) {
		if value != "" {
			words = append(words, "--"+flag+" "+quote(value))
		}
	}
	add("runs", j.runs)
	add("out", j.out)
	add("name", j.runFlags.name)
	if j.yes {
		words = append(words, "--yes")
	}
	if j.rows != "all" {
		add("rows", j.rows)
	}
	return strings.Join(words, " ")
}

// same is the command that makes the same results, wherever they are kept.
func (j *job) same() string { return fmt.Sprintf("parley run %s --runs %d", j.again(), j.opt.Runs) }

// shown is the path of the folder as a person would give it: through latest where that points at it.
func (j *job) shown() string {
	if j.out != "" {
		return j.dir
	}
	latest := filepath.Join(filepath.Dir(j.dir), "latest")
	a, err1 := os.Stat(latest)
	b, err2 := os.Stat(j.dir)
	if err1 == nil && err2 == nil && os.SameFile(a, b) {
		return latest
	}
	return j.dir
}
