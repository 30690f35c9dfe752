package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/agents/external"
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/study/duel"
	"github.com/parley-sim/parley/sim"
)

func newDuel(s streams) *cobra.Command {
	var ch chosen
	var who []string
	var rounds, opens, format string
	var trace, allowExec bool
	c := &cobra.Command{
		Use:     "duel SCENARIO --agents A,B",
		Short:   "Seat two agents once, and say what they agree on",
		GroupID: research,
		Long: `Duel plays one negotiation between two agents by alternating offers: A for the first party or profile, B for
the second. SCENARIO may be a folder with a domain of GENIUS, GeniusWeb, NegoLog or NegMAS. Drawn numbers
stand at their medians; threats, audiences and delivery are left out, and no deal is worth what the
party has without one.

An agent is a bidding strategy; after plus signs an acceptance condition and an opponent model; after
colons parameters: boulware, hardheaded+combi, boulware+bayesian:concession=0.1. parley list agents names
all. A round is a turn of each, counted from 1; t is round / (rounds + 1), as in NegMAS and GENIUS.`,
		Example: `  parley duel quickstart --agents boulware,conceder
  parley duel domains/ItexvsCypress --agents negmas/micro,boulware:concession=0.2 --rounds 1000
  parley duel anac --agents hardheaded,agent_k --trace --format json`,
		Args: arguments("a SCENARIO"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			d := &duel.Duel{Trace: trace}
			if err := pairOf(who, d); err != nil {
				return err
			}
			n, err := count("rounds", rounds)
			if rounds != "" && (err != nil || n > math.MaxInt32-1) {
				return fmt.Errorf("--rounds: %q is not a whole number from 1 to %d", rounds, math.MaxInt32-1)
			}
			if opens != "1" && opens != "2" {
				return fmt.Errorf("--opens: %q is not 1 or 2", opens)
			}
			d.First = int(opens[0] - '1')
			cfg, name, err := ch.load(args[0])
			if err != nil {
				return err
			}
			model, err := scenario.Compile(c.Context(), cfg, compiling(s, false))
			if err != nil {
				return err
			}
			draw := model.NewDraw()
			model.Draw(uint64(cfg.Seed), scenario.Typical, draw)
			d.Model, d.Terms, d.Seed, d.Rounds = model.Deal, draw.Terms, uint64(cfg.Seed), int32(draw.Rounds)
			if rounds != "" {
				d.Rounds = int32(n)
			}
			if ch.domain != nil {
				for side := range d.Discount {
					d.Discount[side] = ch.domain.Profiles[side].Discount
				}
			}
			if allowExec {
				host := external.NewHost(external.Options{})
				defer host.Close()
				d.Programs = func(command string) (sim.Negotiator, error) { return host.Negotiator(command) }
			}
			r, err := duel.Play(c.Context(), d)
			switch {
			case errors.Is(err, duel.ErrPrograms):
				return withHint(fmt.Errorf("--agents: %w", err), "--allow-exec runs it, with your rights")
			case err != nil:
				return fmt.Errorf("--agents: %w", err)
			}
			t := &duelTeller{s: s, model: model, ch: &ch, d: d, r: r, name: name, names: partyNames(cfg)}
			if format == "json" {
				e := json.NewEncoder(s.Out)
				e.SetIndent("", "  ")
				e.SetEscapeHTML(false)
				err = e.Encode(t.answer())
			} else {
				err = t.tell()
			}
			if err == nil && r.Status == sim.Error {
				return &exitError{code: exitRunErrors, err: errors.New(r.Err)}
			}
			return err
		},
	}
	ch.flags(c)
	c.Flags().StringArrayVar(&who, "agents", nil, "who plays for the first and for the second party: `A,B`")
	c.Flags().StringVar(&rounds, "rounds", "", "how many rounds they have, `N` >= 1 (default: the scenario's)")
	c.Flags().StringVar(&opens, "opens", "1", "the party that makes the first offer: `1|2`")
	c.Flags().BoolVar(&trace, "trace", false, "tell every move")
	c.Flags().StringVar(&format, "format", "text", "what to print: `text|json`")
	c.Flags().BoolVar(&allowExec, "allow-exec", false, "run the programs that --agents names (exec:COMMAND)")
	return c
}

// pairOf reads the two agents.
func pairOf(who []string, d *duel.Duel) error {
	if len(who) == 1 {
		who = strings.Split(who[0], ",")
	}
	for i := range who {
		who[i] = strings.TrimSpace(who[i])
	}
	if len(who) != 2 || who[0] == "" || who[1] == "" {
		return withHint(fmt.Errorf("--agents: %s; two are needed", plural(uint64(len(who)), "agent")), "such as --agents boulware,conceder; parley list agents names all")
	}
	copy(d.Agents[:], who)
	return nil
}

func partyNames(cfg *config.Scenario) [2]string {
	var names [2]string
	for i := range names {
		p := &cfg.Parties[i]
		names[i] = first(p.Short, p.Name, p.Key)
	}
	return names
}

// duelAnswer is the JSON of parley duel. Utilities are on the scenario's scale: over no deal in $bn a year, or plain.
type duelAnswer struct {
	Agreement  map[string]any `json:"agreement"` // null without a deal
	Round      int32          `json:"round"`     // from 1; without a deal the last
	T          float64        `json:"t"`         // round / (rounds + 1)
	Offers     int32          `json:"offers"`
	Utilities  *[2]float64    `json:"utilities"`            // of no deal without one; null after an error
	Discounted *[2]float64    `json:"discounted,omitempty"` // where the domain discounts
	Status     string         `json:"status"`               // signed, no_deal, error
	Cause      string         `json:"cause"`
	By         *int           `json:"by"` // 1 or 2: who accepted, walked out or is to blame
	Error      string         `json:"error,omitempty"`
	Trace      []duelMove     `json:"trace,omitempty"`
}

type duelMove struct {
	Round   int32          `json:"round"`
	T       float64        `json:"t"`
	By      int            `json:"by"`
	Action  string         `json:"action"` // propose, accept, walk
	Outcome map[string]any `json:"outcome,omitempty"`
	U       *[2]float64    `json:"u,omitempty"`
	Aim     *float64       `json:"aim,omitempty"` // what the maker was ready for
}

// duelTeller has what it takes to tell a duel.
type duelTeller struct {
	s     streams
	model *scenario.Model
	ch    *chosen
	d     *duel.Duel
	r     *duel.Result
	name  string
	names [2]string
}

// worth is a pair of utilities on the scenario's scale, nil where there are none.
func (t *duelTeller) worth(u [2]float64) *[2]float64 {
	for side := range u {
		if t.model.Config.Worth != config.Unit {
			u[side] -= t.d.Terms[side].NoDeal
		}
		if math.IsNaN(u[side]) || math.IsInf(u[side], 0) {
			return nil
		}
	}
	return &u
}

func (t *duelTeller) answer() *duelAnswer {
	r := t.r
	a := &duelAnswer{
		Round: r.Round, T: r.T, Offers: r.Offers, Utilities: t.worth(r.Utility),
		Status: r.Status.String(), Cause: r.Cause.String(), Error: r.Err,
	}
	if r.Offer != nil {
		a.Agreement = outcomeOf(t.model.Space, t.ch.domain, r.Offer)
	}
	if r.By >= 0 {
		by := r.By + 1
		a.By = &by
	}
	if r.Discounted != r.Utility && r.Status == sim.Signed {
		a.Discounted = t.worth(r.Discounted)
	}
	for i := range r.Moves {
		m := &r.Moves[i]
		mv := duelMove{Round: m.Round, T: m.T, By: m.By + 1, Action: m.Kind.String()}
		if m.Offer != nil {
			mv.Outcome, mv.U = outcomeOf(t.model.Space, t.ch.domain, m.Offer), t.worth(m.Utility)
		}
		if m.Kind == sim.Propose && !math.IsNaN(m.Aim) && !math.IsInf(m.Aim, 0) {
			aim := m.Aim
			if t.model.Config.Worth != config.Unit {
				aim -= t.d.Terms[m.By].NoDeal
			}
			mv.Aim = &aim
		}
		a.Trace = append(a.Trace, mv)
	}
	return a
}

// agentWord is an agent as it is told.
func (t *duelTeller) agentWord(side int) string { return t.names[side] + " by " + t.d.Agents[side] }

func roundWord(r, rounds int32) string {
	return "round " + strconv.Itoa(int(r)) + " of " + strconv.Itoa(int(rounds))
}
