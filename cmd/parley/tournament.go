package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/agents/external"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/experiment"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/internal/study/tournament"
)

// tournamentFile is the resolved tournament beside its results.
const tournamentFile = "tournament.toml"

// tournamentFlags are the flags of parley tournament.
type tournamentFlags struct {
	runs      string
	seed      string
	workers   int
	out       string
	fresh     bool
	format    string
	quiet     bool
	allowExec bool
	deadline  time.Duration
	yes       bool
}

func newTournament(s streams) *cobra.Command {
	var f tournamentFlags
	c := &cobra.Command{
		Use:     "tournament FILE.toml",
		Short:   "Play agents against each other over domains, and say who wins, by how much, how sure",
		GroupID: research,
		Long: `Tournament plays every player of a file against every other, in both seats, on every domain, again and
again, and ranks them: individual and joint score, agreement, distances to the frontier, to Nash and
Kalai-Smorodinsky, with paired intervals and corrected significance; then what would last if what does
better spreads (equilibria, deviations, the replicator's basins).

    title = "The field"
    domains = ["domains/*", "anac"]       # folders of GENIUS, GeniusWeb, NegoLog or NegMAS; scenarios
    repetitions = 10                      # of each pair, in each order, on each domain
    rounds = 1000
    seed = 1
    players = ["boulware", "micro", "hardheaded", "mine"]

    [player.mine]
    bidding = "boulware"
    accept = "optimal"
    opponent = "bayesian"
    params = { concession = 0.1 }

Results are kept in results/tournament-NAME/HASH: runs.csv, summary.json, charts, report.html, the file as it was
played. The same command again says that it is complete, goes on where it stopped, or with more --runs
plays what is missing. The same seed gives the same bytes for any number of workers.`,
		Example: `  parley tournament field.toml
  parley tournament field.toml --runs 2 --format json | jq '.ranking[0]'
  parley tournament field.toml --allow-exec      # players may be programs: exec:python3 agent.py`,
		Args: arguments("a FILE.toml"),
		RunE: func(c *cobra.Command, args []string) error { return playTournament(c.Context(), s, &f, args[0]) },
	}
	fl := c.Flags()
	fl.StringVar(&f.runs, "runs", "", "repetitions of each pair on each domain, `N` >= 1 (default: the file's)")
	fl.StringVar(&f.seed, "seed", "", "master seed, a whole number `S` >= 0 (default: the file's)")
	fl.IntVar(&f.workers, "workers", 0, "how many workers (`N`) play at once (default: one a core); it changes no result")
	fl.StringVar(&f.out, "out", "", "keep the results in this `DIR` instead")
	fl.BoolVar(&f.fresh, "fresh", false, "start over: drop the sessions that are there")
	fl.StringVar(&f.format, "format", "text", "what to print: `text|json|csv`: the ranking, summary.json, the rows")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "print errors only, and what --format json or csv asks for")
	fl.BoolVarP(&f.yes, "yes", "y", false, "do not ask before a job of over ten minutes or 10 GB")
	fl.BoolVar(&f.allowExec, "allow-exec", false, "run the programs that players name (exec:COMMAND)")
	deadlineFlag(c, &f.deadline)
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json", "csv"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func playTournament(ctx context.Context, s streams, f *tournamentFlags, path string) error {
	if err := oneOf("format", f.format, "text", "json", "csv"); err != nil {
		return err
	}
	if f.workers < 0 {
		return fmt.Errorf("--workers: %d is not at least 1", f.workers)
	}
	if f.deadline <= 0 {
		return fmt.Errorf("--exec-deadline: %v is not a time above 0", f.deadline)
	}
	cfg, err := tournament.Load(path)
	if err != nil {
		return err
	}
	if f.runs != "" {
		n, err := count("runs", f.runs)
		if err != nil {
			return err
		}
		cfg.Repetitions = int64(min(n, 1_000_000))
	}
	if f.seed != "" {
		n, err := seedOf(f.seed)
		if err != nil {
			return err
		}
		cfg.Seed = n
	}
	domains, warnings, err := tournament.OpenDomains(ctx, cfg.Domains, cfg.Dir, compiling(s, f.quiet))
	if err != nil {
		return err
	}
	if !f.quiet {
		for k, w := range warnings {
			if k == 5 {
				s.say("note: and %d more like these", len(warnings)-k)
				break
			}
			s.say("note: %s", w)
		}
	}
	job, err := tournament.New(cfg, domains, f.allowExec)
	var exec *tournament.ExecError
	switch {
	case errors.As(err, &exec):
		return withHint(err, "--allow-exec runs it, with your rights")
	case err != nil:
		return err
	}
	if f.allowExec {
		job.NewHost = func() tournament.Host { return external.NewHost(external.Options{Deadline: f.deadline}) }
	}
	name := strings.TrimSuffix(filepath.Base(path), ".toml")
	dir := f.out
	if dir == "" {
		dir = store.Path(resultsDir, "tournament-"+name, job.Hash())
	}
	opt := experiment.Options{
		Runs: job.Runs(), Workers: f.workers, Dir: dir, Fresh: f.fresh, Points: job.Points(), Scenario: "tournament/" + name,
		Seed: uint64(cfg.Seed), Version: version(), Brief: store.Brief{Name: name, Title: cfg.Title, Worth: cfg.Score, Success: "signed"},
		ShardSize: tournamentShard,
	}
	if err := mayTakeLong(ctx, s, job, opt, f.yes); err != nil {
		return err
	}
	bar := newProgress(s.Err, f.quiet, 0, opt.Runs)
	if bar != nil {
		opt.Progress = bar.tell
	}
	out, err := experiment.Run(ctx, job, opt)
	bar.end()
	if err != nil {
		if errors.Is(err, context.Canceled) && out != nil {
			s.say("stopped: %d of %s are whole and kept in %s", out.Runs, plural(opt.Runs, "session"), dir)
			s.say("hint: the same command goes on from there")
			return &exitError{code: exitInterrupted}
		}
		return err
	}
	if out.Played == 0 && !f.quiet {
		s.say("complete: %s are in %s; nothing was played (--fresh starts over)", plural(out.Runs, "session"), dir)
	}
	return finishTournament(s, f, job, name, dir, path)
}

// mayTakeLong has somebody agree to a large job.
func mayTakeLong(ctx context.Context, s streams, job experiment.Job, opt experiment.Options, yes bool) error {
	left := opt.Runs
	if m, err := store.ReadManifest(opt.Dir); err == nil && m.Hash == job.Hash() && !opt.Fresh {
		left -= min(left, m.Runs)
	}
	if yes || left <= trifle {
		return nil
	}
	est, err := experiment.Estimate(ctx, job, opt)
	if err != nil {
		return err
	}
	took := scale(est.Time, left, est.Runs)
	if took <= longTime && est.Bytes() <= largeDisk {
		return nil
	}
	what := fmt.Sprintf("%s will take about %s and %s of disk", plural(left, "session"), about(took), diskSpace(est.Bytes()))
	if !s.interactive() {
		return withHint(errors.New(what), "--yes goes ahead; --runs fewer")
	}
	ok, err := s.confirm(what + ". Go ahead?")
	if err == nil && !ok {
		s.say("nothing was played")
		return &exitError{code: exitUsage}
	}
	return err
}

// tournamentShard is the sessions in a shard: about a second of long talks.
const tournamentShard = 500

// finishTournament writes what is made of the sessions and prints what was asked for.
func finishTournament(s streams, f *tournamentFlags, job *tournament.Job, name, dir, path string) error {
	folder, err := store.Open(dir)
	if err != nil {
		return err
	}
	r, err := tournament.Summarise(job, folder)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		return err
	}
	m := tournament.Made{
		Name: name, Hash: job.Hash(), Version: version(), TOML: string(job.Config.TOML()),
		Command: fmt.Sprintf("parley tournament %s --runs %d --seed %d", quote(path), job.Config.Repetitions, job.Config.Seed),
	}
	if err := writeFile(dir, tournamentFile, []byte(m.TOML)); err != nil {
		return err
	}
	if _, err := folder.WriteCSV(store.CSVLimit); err != nil {
		return err
	}
	charts := filepath.Join(dir, chartsDir)
	if err := clearCharts(charts); err != nil {
		return err
	}
	if _, err := chart.Write(charts, r.Figures(m), []string{"svg", "png"}); err != nil {
		return err
	}
	page := r.Page(m)
	if err := store.WriteWhole(filepath.Join(dir, pageFile), func(w io.Writer) error { return page.Write(w) }); err != nil {
		return err
	}
	if err := writeFile(dir, summaryFile, text.Bytes()); err != nil {
		return err
	}
	if f.out == "" {
		if err := store.MarkLatest(dir); err != nil {
			return err
		}
	}
	switch f.format {
	case "json":
		_, err = s.Out.Write(text.Bytes())
	case "csv":
		err = copyFile(s.Out, folder)
	default:
		if !f.quiet {
			if err = r.Print(s.Out); err == nil {
				s.say("page: %s", filepath.Join(dir, pageFile))
			}
		}
	}
	if err == nil && r.Errors > 0 {
		return &exitError{code: exitRunErrors}
	}
	return err
}

// deadlineFlag lets the user give slow programs more time.
func deadlineFlag(c *cobra.Command, d *time.Duration) {
	c.Flags().DurationVar(d, "exec-deadline", time.Second, "how long a program may take a turn, such as `5s`")
}
