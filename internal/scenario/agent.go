package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/external"
	"github.com/parley-sim/parley/internal/config"
)

// agent is who may play for a party, and by which drawn numbers it is tuned.
type agent struct {
	bidding, accept, opponent    value // indices into the lists
	biddings, accepts, opponents []string
	params                       []tuning
	open                         [2]bool // acceptance, opponent model: left open
}

// tuning is one parameter of a negotiator.
type tuning struct {
	name  string
	value value
}

// Defaults of a negotiator that the scenario leaves open.
const (
	defaultBidding  = "boulware"
	defaultAccept   = "next"
	defaultOpponent = "frequency"
)

func (c *compiler) agentOf(p *config.Party) agent {
	n := &p.Negotiator
	names := func(pick *config.Pick, def string) []string {
		if !pick.Given() {
			return []string{def}
		}
		return pick.Names
	}
	a := agent{
		bidding:  c.vars.pick(&n.Bidding, p.Key),
		accept:   c.vars.pick(&n.Accept, p.Key),
		opponent: c.vars.pick(&n.Opponent, p.Key),
		biddings: names(&n.Bidding, defaultBidding), accepts: names(&n.Accept, defaultAccept), opponents: names(&n.Opponent, defaultOpponent),
	}
	a.open = [2]bool{!n.Accept.Given(), !n.Opponent.Given()}
	for k := range n.Params {
		q := &n.Params[k]
		a.params = append(a.params, tuning{q.Key, c.vars.number(&q.Number, 0, p.Key)})
	}
	c.checkAgent(p, &a)
	return a
}

// checkAgent says which names are unknown, and which parameters nobody has or may be drawn where they
// are not allowed: a run must not stumble on either.
func (c *compiler) checkAgent(p *config.Party, a *agent) {
	for _, b := range a.biddings {
		for _, acc := range a.accepts {
			for _, o := range a.opponents {
				if strings.HasPrefix(b, execPrefix) {
					if _, err := external.Split(strings.TrimPrefix(b, execPrefix)); err != nil {
						c.fail("party.%s.negotiator: %s: %v", p.Key, b, err)
					}
					continue
				}
				if _, err := agents.New(a.fill(agents.Spec{Bidding: b, Accept: acc, Opponent: o})); err != nil {
					c.fail("party.%s.negotiator: %v", p.Key, err)
				}
			}
		}
	}
	for _, q := range a.params {
		var known []agents.Param
		for _, in := range agents.List() {
			if slices.Contains(a.of(in.Kind), in.Name) {
				known = append(known, in.Params...)
			}
		}
		at := slices.IndexFunc(known, func(k agents.Param) bool { return k.Name == q.name })
		if at < 0 {
			c.fail("party.%s.negotiator.%s: none of the strategies named there has this parameter (they have %s)", p.Key, q.name, paramNames(known))
			continue
		}
		lo, hi := c.vars.bounds([]value{q.value})
		for _, x := range []float64{lo, hi} {
			if err := known[at].Check(x); err != nil {
				c.fail("party.%s.negotiator.%v", p.Key, err)
				break
			}
		}
	}
}

// fill puts what usually goes with a bidding strategy where the scenario leaves that open and there is
// something that does: an equilibrium player accepts by its own rule.
func (a *agent) fill(spec agents.Spec) agents.Spec {
	u := agents.Usual(agents.Spec{Bidding: spec.Bidding})
	if u.Accept == "next" && u.Opponent == "none" {
		return spec
	}
	if a.open[0] {
		spec.Accept = u.Accept
	}
	if a.open[1] {
		spec.Opponent = u.Opponent
	}
	return spec
}

// spec is the negotiator of a draw.
func (a *agent) spec(drawn []float64) agents.Spec {
	return a.fill(agents.Spec{
		Bidding: a.biddings[int(a.bidding.at(drawn))], Accept: a.accepts[int(a.accept.at(drawn))], Opponent: a.opponents[int(a.opponent.at(drawn))],
	})
}

// of lists the names the party may draw for a part of its negotiator.
func (a *agent) of(k agents.Kind) []string {
	var out []string
	switch k {
	case agents.Bidding:
		return a.biddings
	case agents.Acceptance:
		for _, b := range a.biddings {
			for _, name := range a.accepts {
				out = append(out, a.fill(agents.Spec{Bidding: b, Accept: name}).Accept)
			}
		}
	default:
		for _, b := range a.biddings {
			for _, name := range a.opponents {
				out = append(out, a.fill(agents.Spec{Bidding: b, Opponent: name}).Opponent)
			}
		}
	}
	return out
}

func paramNames(params []agents.Param) string {
	var names []string
	for _, p := range params {
		if !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", ")
}

// takes reports which of the parameters a negotiator made of these parts has.
func (a *agent) takes(spec agents.Spec) []bool {
	out := make([]bool, len(a.params))
	for _, in := range agents.List() {
		if in.Name != map[agents.Kind]string{agents.Bidding: spec.Bidding, agents.Acceptance: spec.Accept, agents.Opponent: spec.Opponent}[in.Kind] {
			continue
		}
		for i, q := range a.params {
			out[i] = out[i] || slices.ContainsFunc(in.Params, func(k agents.Param) bool { return k.Name == q.name })
		}
	}
	return out
}

// bench holds the negotiators that play for one party in one slot, made when first drawn.
type bench struct {
	agent *agent
	made  []agents.Negotiator
	takes [][]bool // which of the params each made one has
	tune  map[string]float64
}

func (a *agent) newBench() *bench {
	n := len(a.biddings) * len(a.accepts) * len(a.opponents)
	return &bench{agent: a, made: make([]agents.Negotiator, n), takes: make([][]bool, n), tune: map[string]float64{}}
}

// call returns the run's negotiator, tuned. Programs come from the host; nil where none may be run.
func (b *bench) call(drawn []float64, host *external.Host) (agents.Negotiator, error) {
	a := b.agent
	i, j, k := int(a.bidding.at(drawn)), int(a.accept.at(drawn)), int(a.opponent.at(drawn))
	at := (i*len(a.accepts)+j)*len(a.opponents) + k
	if b.made[at] == nil {
		spec := a.spec(drawn)
		n, err := seat(spec, host)
		if err != nil {
			return nil, err
		}
		b.made[at] = n
		b.takes[at] = a.takes(spec)
	}
	clear(b.tune)
	for i, p := range a.params {
		if b.takes[at][i] {
			b.tune[p.name] = p.value.at(drawn)
		}
	}
	if err := b.made[at].Tune(b.tune); err != nil {
		return nil, fmt.Errorf("negotiator: %w", err)
	}
	return b.made[at], nil
}
