package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/internal/importer"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/deal"
)

func newFrontier(s streams) *cobra.Command {
	var ch chosen
	var number, format, chart string
	c := &cobra.Command{
		Use:     "frontier SCENARIO",
		Short:   "Show what can be agreed: the frontier and the bargaining solutions",
		GroupID: understand,
		Long: `Frontier shows which outcomes no other outcome beats for both sides, and what Nash, Kalai and
Smorodinsky, the egalitarian and the utilitarian solution pick among those that both prefer to no
deal. It is exact, or says by how much it may be off. Every drawn number stands at its median, or as
drawn in the run that --run names.`,
		Example: `  parley frontier madrid
  parley frontier madrid --run 4711 --format json
  parley frontier madrid --chart frontier.svg`,
		Args: arguments("a SCENARIO"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
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
			f, err := model.Frontier(uint64(cfg.Seed), run)
			if err != nil {
				return err
			}
			if chart != "" {
				if err := drawDance(chart, frontierDance(model, args[0], run, f)); err != nil {
					return err
				}
			}
			if format == "json" {
				e := json.NewEncoder(s.Out)
				e.SetIndent("", "  ")
				e.SetEscapeHTML(false)
				return e.Encode(frontierAnswer(model, f, ch.domain))
			}
			return tellFrontier(s, model, f)
		},
	}
	ch.flags(c)
	c.Flags().StringVar(&number, "run", "", "as drawn in this run, `K` >= 0 (default: every drawn number at its median)")
	c.Flags().StringVar(&format, "format", "text", "what to print: `text|json`")
	c.Flags().StringVar(&chart, "chart", "", "draw the frontier to `FILE`.svg, .png or .pdf")
	return c
}

// answer is the JSON of parley frontier. Utilities are on the scenario's scale: over no deal in
// $bn a year, or plain.
type answer struct {
	Outcomes    string                  `json:"outcomes"` // an exact integer
	Reservation [2]float64              `json:"reservation"`
	Opposition  *float64                `json:"opposition"` // null without a frontier
	ZOPAEmpty   bool                    `json:"zopa_empty"`
	BlockedBy   [][]string              `json:"blocked_by,omitempty"` // smallest sets of red lines whose removal opens the ZOPA; [] = interests
	Epsilon     float64                 `json:"epsilon"`              // 0: exact
	Frontier    []answerPoint           `json:"frontier"`             // by the first utility, descending
	Solutions   map[string]*answerPoint `json:"solutions"`            // null where the ZOPA is empty
}

type answerPoint struct {
	U       [2]float64     `json:"u"`
	Outcome map[string]any `json:"outcome"`
}

// outcomeOf is an outcome by issue: numbers as numbers, choices as words, in the names of the domain that
// the scenario was imported from, if any.
func outcomeOf(space *deal.Space, domain *importer.Domain, o deal.Offer) map[string]any {
	issues := space.Issues
	if domain != nil {
		issues = domain.Issues
	}
	out := make(map[string]any, len(o))
	for i, v := range o {
		is := &issues[i]
		if is.Numbers != nil {
			out[is.Name] = is.Numbers[v]
		} else {
			out[is.Name] = is.Values[v]
		}
	}
	return out
}

func frontierAnswer(m *scenario.Model, f *scenario.Frontier, domain *importer.Domain) *answer {
	a := &answer{Outcomes: m.Space.Size().String(), ZOPAEmpty: !f.Solutions.ZOPA, BlockedBy: f.Blockers, Epsilon: f.Epsilon, Frontier: []answerPoint{}}
	for side := range a.Reservation {
		a.Reservation[side] = worthOf(m, f, side, f.NoDeal[side])
	}
	if !math.IsNaN(f.Opposition) {
		a.Opposition = &f.Opposition
	}
	point := func(p deal.Point) answerPoint {
		out := answerPoint{Outcome: outcomeOf(m.Space, domain, p.Outcome)}
		for side := range out.U {
			out.U[side] = worthOf(m, f, side, p.U[side])
		}
		return out
	}
	for _, p := range f.Points {
		a.Frontier = append(a.Frontier, point(p))
	}
	a.Solutions = map[string]*answerPoint{}
	for _, s := range solutions(f) {
		a.Solutions[s.key] = nil
		if f.Solutions.ZOPA {
			p := point(s.at)
			a.Solutions[s.key] = &p
		}
	}
	return a
}

// solution is a bargaining solution with its names.
type solution struct {
	key, label string
	at         deal.Point
}

func solutions(f *scenario.Frontier) []solution {
	return []solution{
		{"nash", "Nash", f.Solutions.Nash},
		{"kalai_smorodinsky", "Kalai-Smorodinsky", f.Solutions.KalaiSmorodinsky},
		{"egalitarian", "egalitarian", f.Solutions.Egalitarian},
		{"utilitarian", "utilitarian", f.Solutions.Utilitarian},
	}
}

// worthOf is a utility on the scenario's scale: over no deal, except on worth = "unit".
func worthOf(m *scenario.Model, f *scenario.Frontier, side int, u float64) float64 {
	if m.Config.Worth == "unit" {
		return u
	}
	return u - f.NoDeal[side]
}

// shownPoints is how many points of a frontier the text lists.
const shownPoints = 7

// terms heads the column of outcomes.
func (p *teller) terms() string {
	for _, is := range p.m.Space.Issues {
		if is.Now >= 0 {
			return "today's terms but for"
		}
	}
	return "terms"
}

func tellFrontier(s streams, m *scenario.Model, f *scenario.Frontier) error {
	p := &teller{w: bufio.NewWriter(s.Out), m: m, t: &scenario.Trace{Frontier: f}, width: min(max(columns(s.Out), 72), 120)}
	for i, party := range m.Config.Parties {
		p.names[i] = first(party.Short, party.Name, party.Key)
	}
	exact := "exact"
	if f.Epsilon > 0 {
		exact = "within " + number(f.Epsilon)
	}
	p.line("%s possible deals; %d on the frontier, %s; opposition %s", m.Space.Size(), len(f.Points), exact, number(f.Opposition))
	if m.Config.Worth != "unit" {
		p.line("Worth in $bn a year over no deal")
	}
	if !f.Solutions.ZOPA {
		p.wrapped("", "No deal that both prefer to none: "+blockedBy(f.Blockers)+".")
	}
	p.line("")
	p.line("%-18s %9s %9s   %s", "", p.names[0], p.names[1], p.terms())
	row := func(name string, pt deal.Point) {
		var words []string
		for i, v := range pt.Outcome {
			if int(v) != m.Space.Issues[i].Now { // Now is -1 where there is no today
				words = append(words, p.value(i, pt.Outcome))
			}
		}
		if len(words) == 0 {
			words = []string{"nothing"}
		}
		p.wrapped(fmt.Sprintf("%-18s %9s %9s   ", name, number(p.worth(0, pt)), number(p.worth(1, pt))), strings.Join(words, "; "))
	}
	if f.Solutions.ZOPA {
		for _, sol := range solutions(f) {
			row(sol.label, sol.at)
		}
	}
	for k := range min(shownPoints, len(f.Points)) {
		i := k
		if n := len(f.Points); n > shownPoints {
			i = k * (n - 1) / (shownPoints - 1)
		}
		row(fmt.Sprintf("frontier %d", i+1), f.Points[i])
	}
	return p.w.Flush()
}
