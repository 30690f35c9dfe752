package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/external"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

func newPlay(s streams) *cobra.Command {
	var ch chosen
	var as, against, number string
	var allowExec bool
	var deadline time.Duration
	c := &cobra.Command{
		Use:     "play SCENARIO --as PARTY --against AGENT",
		Short:   "Negotiate yourself, at the terminal, against an agent",
		GroupID: understand,
		Long: `Play seats you for one party and an agent for the other. Each offer before you is told in words with what
it is worth to you; you answer

    offer us_tariff=30 control=licence    your last offer (at first today's terms) with these changes
    accept                                take the offer before you
    worth us_tariff=30                    what that would be worth to you, without saying it
    best                                  what is best for you; offer best says it
    show                                  what is on the table
    walk                                  leave without a deal
    help

An empty line makes your last offer again. The other side does not see your worth, nor you its; both are told at
the end, with what could have been had.`,
		Example: `  parley play madrid --as china --against boulware
  parley play quickstart --as exporter --against nice_tit_for_tat --seed 7
  echo accept | parley play madrid --as us --against conceder`,
		Args: arguments("a SCENARIO"),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, _, err := ch.load(args[0])
			if err != nil {
				return err
			}
			model, err := scenario.Compile(c.Context(), cfg, compiling(s, false))
			if err != nil {
				return err
			}
			side, err := sideOf(model, as)
			if err != nil {
				return err
			}
			host := external.NewHost(external.Options{Deadline: deadline})
			defer host.Close()
			rival, err := seatAgent(host, against, allowExec)
			if err != nil {
				return fmt.Errorf("--against: %w", err)
			}
			run := uint64(0)
			if run, err = runNumber(number, run); err != nil {
				return err
			}
			return playTalk(c.Context(), s, model, uint64(cfg.Seed), run, side, rival, against)
		},
	}
	ch.flags(c)
	c.Flags().StringVar(&as, "as", "", "the `PARTY` you play, by its key in the scenario (default: the first)")
	c.Flags().StringVar(&against, "against", "boulware", "the `AGENT` of the other: boulware, hardheaded, boulware+combi+bayesian:concession=0.1 ... (parley list agents)")
	c.Flags().StringVar(&number, "run", "", "the draw to play, as in parley run, `K` >= 0 (default 0)")
	c.Flags().BoolVar(&allowExec, "allow-exec", false, "run the program that --against names (exec:COMMAND)")
	deadlineFlag(c, &deadline)
	return c
}

// seatAgent makes an agent from its spelling on a command line.
func seatAgent(host *external.Host, spec string, allowExec bool) (sim.Negotiator, error) {
	if cmd, ok := strings.CutPrefix(spec, "exec:"); ok {
		if !allowExec {
			return nil, withHint(fmt.Errorf("%s is a program, which is not run unasked", spec), "--allow-exec runs it, with your rights")
		}
		return host.Negotiator(cmd)
	}
	parsed, err := agents.Parse(spec)
	if err != nil {
		return nil, withHint(err, "parley list agents tells them all")
	}
	return agents.New(parsed)
}

// sideOf is the seat of a party by its key; the first if none is named.
func sideOf(m *scenario.Model, key string) (int, error) {
	var keys []string
	for i, p := range m.Config.Parties {
		if p.Key == key || key == "" {
			return i, nil
		}
		keys = append(keys, p.Key)
	}
	err := fmt.Errorf("--as: the scenario has no party %q; it has %s", key, strings.Join(keys, " and "))
	if near := nearest(key, append([]string(nil), keys...)); near != "" {
		return 0, withHint(err, "did you mean --as %s?", near)
	}
	return 0, err
}

func playTalk(ctx context.Context, s streams, m *scenario.Model, seed, run uint64, side int, rival sim.Negotiator, named string) error {
	d := m.NewDraw()
	m.Draw(seed, run, d)
	tell := &teller{w: bufio.NewWriter(s.Out), m: m, t: &scenario.Trace{}, width: min(max(columns(s.Out), 72), 120)}
	for i, p := range m.Config.Parties {
		tell.names[i] = first(p.Short, p.Name, p.Key)
	}
	you := &person{in: bufio.NewScanner(s.In), tell: tell, side: side, ctx: ctx, piped: !isTerminal(s.In)}
	set := sim.Setup{Space: m.Space, First: d.First, Rounds: int32(d.Rounds), Seed: [2]uint64{seed + run, seed - run - 1}}
	var party [2]*deal.Party
	for i := range party {
		party[i] = m.Deal.NewParty(i)
		party[i].Set(d.Terms[i])
		set.Party[i] = m.Deal.NewParty(i)
		set.Party[i].Set(d.Terms[i])
		if i == side {
			set.Negotiator[i] = you
			continue
		}
		set.Negotiator[i] = rival
		if k, ok := rival.(agents.Knower); ok && k.Wants() {
			k.Know(&d.Terms[side])
		}
	}
	you.welcome(named, d.Rounds, d.First == side, party[side])
	var end error
	err := sim.NewPlain().Play(ctx, sim.Once(set), func(_ int, r *sim.Result) error {
		end = you.end(m, r, party)
		return nil
	})
	if err == nil {
		err = end
	}
	if ferr := tell.w.Flush(); err == nil {
		err = ferr
	}
	return err
}
