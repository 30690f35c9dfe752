package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/home"
)

func newHome(s streams) *cobra.Command {
	var ch chosen
	var number, issues, at, format, winsets, frontiers, tied, talks, tie string
	c := &cobra.Command{
		Use:     "home SCENARIO",
		Short:   "Say who at home must agree, and to what they would",
		GroupID: understand,
		Long: `Home looks at the second level of the talks: the audiences of both sides, their power under the
rule, what they make of a deal (Nash's, or another named by --at), and the exact chance that it
passes. It says whom nothing satisfies, maps which values of two issues would pass on each side (the
win-sets), and compares what can be signed with what would pass.`,
		Example: `  parley home madrid
  parley home madrid --issues us_tariff,investment --win-sets winsets.svg
  parley home madrid --frontiers frontiers.svg --tied tied.svg
  parley home madrid --set party.us.audience.hawks.veto=true --format json`,
		Args: arguments("a SCENARIO"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			if err := oneOf("at", at, "nash", "now"); err != nil {
				return err
			}
			cfg, _, err := ch.load(args[0])
			if err != nil {
				return err
			}
			run := scenario.Typical
			if run, err = runNumber(number, run); err != nil {
				return err
			}
			model, err := scenario.Compile(c.Context(), cfg, compiling(s, false))
			if err != nil {
				return err
			}
			v, err := lookHome(model, uint64(cfg.Seed), run, at, issues)
			if err != nil {
				return err
			}
			v.name = args[0]
			for _, d := range []struct {
				path string
				f    func() chart.Figure
			}{
				{winsets, v.winSets},
				{frontiers, v.frontiers},
				{tied, v.tied},
			} {
				if d.path == "" {
					continue
				}
				if err := drawFigure(d.path, d.f()); err != nil {
					return err
				}
			}
			if talks != "" {
				side := cfg.Party(tie)
				if tie == "" {
					side = 0
				}
				if side < 0 {
					return fmt.Errorf("--tie: %q is not a party", tie)
				}
				f, err := v.tiedTalks(c.Context(), side, compiling(s, false))
				if err != nil {
					return err
				}
				if err := drawFigure(talks, f); err != nil {
					return err
				}
			}
			if format == "json" {
				e := json.NewEncoder(s.Out)
				e.SetIndent("", "  ")
				e.SetEscapeHTML(false)
				return e.Encode(v.answer())
			}
			return v.tell(s)
		},
	}
	ch.flags(c)
	c.Flags().StringVar(&number, "run", "", "as drawn in this run, `K` >= 0 (default: every drawn number at its median)")
	c.Flags().StringVar(&at, "at", "nash", "the deal that is looked at: `nash|now`")
	c.Flags().StringVar(&issues, "issues", "", "the two issues of the win-sets, `X,Y` (default: those over which home divides most)")
	c.Flags().StringVar(&format, "format", "text", "what to print: `text|json`")
	c.Flags().StringVar(&winsets, "win-sets", "", "draw the win-sets to `FILE`.svg, .png or .pdf")
	c.Flags().StringVar(&frontiers, "frontiers", "", "draw both frontiers to `FILE`")
	c.Flags().StringVar(&tied, "tied", "", "draw when tied hands help, in the simplest model, to `FILE`")
	c.Flags().StringVar(&talks, "tied-talks", "", "play the scenario's own talks while home asks for more and more, and draw what they bring to `FILE`")
	c.Flags().StringVar(&tie, "tie", "", "whose hands --tied-talks ties, a `PARTY` (default: the first)")
	return c
}

// homeView is all that parley home says.
type homeView struct {
	m     *scenario.Model
	name  string
	run   uint64
	at    *scenario.AtHome
	deal  deal.Offer
	fair  bool // the deal is Nash's; else all is as today
	why   string
	pair  [2]int
	win   [2][][]bool
	front *scenario.Frontiers
}

// lookHome asks those at home.
func lookHome(m *scenario.Model, seed, run uint64, at, issues string) (*homeView, error) {
	v := &homeView{m: m, run: run}
	var err error
	if v.at, err = m.AtHome(seed, run); err != nil {
		return nil, err
	}
	if v.deal, v.fair, err = v.at.Fair(); err != nil {
		return nil, err
	}
	if at == "now" {
		v.fair = false
		for i := range v.deal {
			v.deal[i] = uint16(max(m.Space.Issues[i].Now, 0))
		}
	} else if !v.fair {
		v.why = "No deal is possible here, so this is everything as it is today."
	}
	if issues == "" {
		v.pair, err = v.divided()
	} else {
		v.pair, err = twoIssues(m.Space, issues)
	}
	if err != nil {
		return nil, err
	}
	if v.pair[1] >= 0 {
		if v.win, err = v.at.WinSets(v.pair[0], v.pair[1], v.deal); err != nil {
			return nil, err
		}
	}
	v.front, err = v.at.Frontiers()
	return v, err
}

// divided finds the two issues over which those at home divide most: where what passes on both sides is
// nearest to half of the pairs of values, the first such two. Without two issues the second is -1.
func (v *homeView) divided() ([2]int, error) {
	best, pair := 2.0, [2]int{0, -1}
	for y := range v.m.Space.Issues {
		for x := range y {
			win, err := v.at.WinSets(x, y, v.deal)
			if err != nil {
				return pair, err
			}
			both, all := 0.0, 0.0
			for j := range win[0] {
				for i := range win[0][j] {
					all++
					if win[0][j][i] && win[1][j][i] {
						both++
					}
				}
			}
			if off := math.Abs(both/all - 0.5); off < best-1e-9 {
				best, pair = off, [2]int{x, y}
			}
		}
	}
	return pair, nil
}

// twoIssues finds the issues that are named.
func twoIssues(space *deal.Space, names string) ([2]int, error) {
	x, y, ok := strings.Cut(names, ",")
	if !ok {
		return [2]int{}, fmt.Errorf("--issues: %q names one issue; name two, X,Y", names)
	}
	var out [2]int
	for k, name := range []string{x, y} {
		i, ok := space.Issue(strings.TrimSpace(name))
		if !ok {
			var known []string
			for i := range space.Issues {
				known = append(known, space.Issues[i].Name)
			}
			err := fmt.Errorf("--issues: no issue is called %q (there are %s)", name, strings.Join(known, ", "))
			if near := nearest(name, known); near != "" {
				return out, withHint(err, "did you mean %s?", near)
			}
			return out, err
		}
		out[k] = i
	}
	if out[0] == out[1] {
		return out, fmt.Errorf("--issues: %s stands twice; name two different issues", x)
	}
	return out, nil
}

func (v *homeView) made() chart.Made { return chart.Made{Source: "Parley, " + filepath.Base(v.name)} }

func (v *homeView) parties() (p chart.Parties) {
	for i, party := range v.m.Config.Parties {
		p[i] = chart.Party{Name: first(party.Name, party.Key), Short: first(party.Short, party.Name, party.Key)}
	}
	return p
}

// setting says which draw is looked at.
func (v *homeView) setting() string {
	if v.run == scenario.Typical {
		return "at the middle of every drawn number"
	}
	return fmt.Sprintf("as drawn in run %d", v.run)
}

// others says how the issues stand that a map leaves alone.
func (v *homeView) others() string {
	if v.fair {
		return "all other issues as in Nash’s deal, " + v.setting()
	}
	return "all other issues as today, " + v.setting()
}

func (v *homeView) winSets() chart.Figure {
	f := &chart.WinSets{Made: v.made(), Parties: v.parties(), Fixed: v.others(), Now: [2]int{-1, -1}}
	if v.pair[1] < 0 {
		return f
	}
	axis := func(i int) chart.Axis {
		is := &v.m.Space.Issues[i]
		a := chart.Axis{Label: is.Title(), Unit: is.Unit, Named: is.Numbers == nil}
		for _, t := range is.Values {
			a.Ticks = append(a.Ticks, strings.ReplaceAll(t, "_", " "))
		}
		return a
	}
	x, y := v.pair[0], v.pair[1]
	f.X, f.Y, f.Passes = axis(x), axis(y), v.win
	f.Now = [2]int{v.m.Space.Issues[x].Now, v.m.Space.Issues[y].Now}
	f.Typical = [2]int{-1, -1}
	if v.fair {
		f.Typical, f.Diamond = [2]int{int(v.deal[x]), int(v.deal[y])}, "Nash’s deal"
	}
	return f
}

func (v *homeView) frontiers() chart.Figure {
	f := &chart.Frontiers{Made: v.made(), Parties: v.parties(), Fixed: v.setting(), Bound: v.front.Bound}
	if v.m.Config.Worth != "unit" {
		f.Unit = "$bn a year over no deal"
	}
	add := func(points []deal.Point) (out []chart.Point) {
		for i := len(points) - 1; i >= 0; i-- {
			out = append(out, chart.Point{First: points[i].U[0], Second: points[i].U[1]})
		}
		return out
	}
	f.Signed, f.Passing = add(v.front.Signed), add(v.front.Passing)
	return f
}

// What the figure of tied hands fixes: how far off guesses are, and what the other's home needs.
const (
	tiedError = 0.1
	tiedOther = 0.2
)

// tied is what a side gets of a pie against what its home needs, by the closed forms of sim/politics/home.
func (v *homeView) tied() chart.Figure {
	f := &chart.Tied{
		Made: v.made(), Parties: v.parties(), Side: chart.FirstSide, Free: 50,
		Fixed: fmt.Sprintf("both patient, the other’s home needs %.0f", 100*tiedOther),
		Gets:  []chart.Bound{{Label: "both know the need"}, {Label: fmt.Sprintf("both guess it, within %.0f", 100*tiedError)}, {Label: "neither knows of it"}},
	}
	for k := 0; k <= 100; k++ {
		c := float64(k) / 100
		f.Need = append(f.Need, float64(k))
		for i, got := range []float64{home.Known(c, tiedOther), home.Estimated(c, tiedOther, tiedError), home.Ignored(c, tiedOther)} {
			f.Gets[i].Of100 = append(f.Gets[i].Of100, math.Round(1e6*100*got)/1e6)
		}
	}
	return f
}

// home draws what would pass at home, at the middle of every drawn number: the win-sets and both
// frontiers, and among all charts when tied hands help.
func (r *reader) home() ([]chart.Figure, error) {
	v, err := lookHome(r.model, r.dir.Manifest.Seed, scenario.Typical, "nash", "")
	if errors.Is(err, scenario.ErrNobodyHome) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v.name = fmt.Sprintf("%s, seed %d", r.dir.Manifest.Scenario, r.dir.Manifest.Seed)
	out := []chart.Figure{v.winSets(), v.frontiers()}
	if r.allCharts {
		out = append(out, v.tied())
	}
	return out, nil
}
