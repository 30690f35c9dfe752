package scenario

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/economy"
)

// Model is a compiled scenario. It does not change, and serves any number of goroutines.
type Model struct {
	Config *config.Scenario
	Space  *deal.Space
	Deal   *deal.Model

	clock   clock
	vars    variables
	sides   [2]side
	full    []fullIssue
	first   value // 1 if party firstOf makes the first offer; between 0 and 1 its chance
	firstOf int

	noDeal     []noDeal // issues that no deal moves
	lapses     value
	usd        bool // worth is in $bn a year over no deal
	now        []float64
	components [2][]component
	composite  *economy.Composite
	delivery   *delivery
	leverages  [2]*Leverage
	us         int     // the seat of the United States
	levers     setting // the issues that trade models price
	profile    [2]deal.Profile
	protocol   sim.Protocol
	home       ratification
	years      years
	truce      truce
	value      [2]valuer
	escalation *escalation // nil where nobody threatens
	prior      priors
	second     *second // nil without a second table
	layout     *layout
	allowExec  bool
	patience   time.Duration // with programs
}

// side is what the structure fixes of a party.
type side struct {
	key, name, short string
	interests        []string // keys
	lines            []redLine
	lineKeys         []string
	delay            value
	noDeal           value // on worth = "unit"
	risk             [2]value
	riskKind         deal.RiskKind
	agent            agent
}

// noDeal is an issue that the lack of a deal moves.
type noDeal struct {
	issue  int
	number value
	choice []float64 // of choices: the index behind each name of the pick
}

type compiler struct {
	cfg   *config.Scenario
	space *deal.Space
	full  []fullIssue
	now   []float64
	vars  variables

	economies *economies
	composite *economy.Composite // what trade is worth; nil until an interest asks
	delivery  *delivery          // nil without [delivery]
	leverages [2]*Leverage
	noDeals   []noDeal
	second    *second
	yardAt    *float64 // while components are made: where the yardstick stands; nil = as named
	errs      []error
}

// fail takes a problem. One that starts with the key it is about, and a colon, gets its place in the file.
func (c *compiler) fail(format string, a ...any) {
	err := fmt.Errorf(format, a...)
	if key, _, ok := strings.Cut(err.Error(), ": "); ok && !strings.ContainsAny(key, " \t") {
		err = c.place(key, err)
	}
	c.errs = append(c.errs, err)
}

// place puts before a problem where in the file its key, or the nearest table around it, stands.
func (c *compiler) place(key string, err error) error {
	if at := c.cfg.Origin(key).String(); at != "" {
		return fmt.Errorf("%s: %w", at, err)
	}
	return err
}

// Compile turns a checked scenario into a model. It reports every problem it finds. Where trade models
// must be solved, and are not in the cache, it takes a while; ctx ends it.
func Compile(ctx context.Context, cfg *config.Scenario, opt Options) (*Model, error) {
	return compile(cfg, newEconomies(ctx, opt))
}

func compile(cfg *config.Scenario, e *economies) (*Model, error) {
	if len(cfg.Parties) != 2 {
		return nil, fmt.Errorf("a negotiation has two parties, the scenario %d", len(cfg.Parties))
	}
	c := &compiler{cfg: cfg, economies: e}
	c.vars.entries = map[string]config.Entry{}
	for _, e := range cfg.ListNumbers() {
		c.vars.entries[e.Path] = e
	}
	c.issues()
	if c.space == nil {
		return nil, errors.Join(c.errs...)
	}
	m := &Model{allowExec: e.opt.AllowExec, patience: e.opt.ExecDeadline, Config: cfg, Space: c.space, full: c.full, now: c.now, usd: cfg.Worth != config.Unit}
	c.noDeal(m)
	c.delivery = c.deliveryOf()
	m.delivery = c.delivery
	c.second = c.secondTable()
	m.second = c.second
	var profiles [2]deal.Profile
	var bounds [2]deal.Bounds
	for s := range m.sides {
		profiles[s], bounds[s] = c.side(m, s)
	}
	c.firstMover(m)
	m.clock = c.clockOf(&cfg.Clock)
	m.escalation = c.escalation()
	m.protocol = c.protocol()
	c.ratification(m)
	c.yearsOf(m)
	c.truceOf(m)
	if err := errors.Join(append(c.errs, c.vars.errs...)...); err != nil {
		return nil, err
	}
	m.vars = c.vars
	m.us, m.levers = c.homes(), c.setting()
	m.profile, m.composite, m.leverages = profiles, c.composite, c.leverages
	m.escalation.link(m)
	m.layout = m.newLayout()
	for s := range m.value {
		m.value[s] = newValuer(c.space, m.components[s], &profiles[s], len(m.sides[s].interests))
	}
	var err error
	if m.Deal, err = deal.Compile(c.space, profiles, bounds, deal.Options{}); err != nil {
		if tied := (*deal.TiedError)(nil); errors.As(err, &tied) && len(tied.Interests) > 0 {
			err = c.place("party."+tied.Interests[0][0]+".interest."+tied.Interests[0][1], err)
		}
		return nil, err
	}
	m.stakes()
	return m, nil
}

// protocol is the rules of talk, alternating offers if the scenario leaves them open.
func (c *compiler) protocol() sim.Protocol {
	name := c.cfg.Clock.Protocol
	if name == "" {
		return sim.AlternatingOffers()
	}
	p, err := sim.ProtocolNamed(name)
	if err != nil {
		c.fail("clock.protocol: %v", err)
	}
	return p
}

// side compiles a party's interests, lines and the rest of its terms.
func (c *compiler) side(m *Model, s int) (deal.Profile, deal.Bounds) {
	p := &c.cfg.Parties[s]
	out := &m.sides[s]
	out.key, out.name, out.short = p.Key, p.Name, p.Short
	if out.name == "" {
		out.name = p.Key
	}
	if out.short == "" {
		out.short = out.name
	}
	moved := make([]bool, len(c.space.Issues))
	for _, n := range m.noDeal {
		moved[n.issue] = true
	}
	prof := deal.Profile{Name: p.Key}
	var b deal.Bounds
	for k := range p.Interests {
		out.interests = append(out.interests, p.Interests[k].Key)
		for _, part := range c.components(s, k) {
			table, err := c.table(&part)
			if err != nil {
				c.fail("party.%s.interest.%s: %v", p.Key, p.Interests[k].Key, err)
				continue
			}
			part.today = part.strength(c.now)
			for _, i := range part.scope {
				part.moves = part.moves || moved[i]
			}
			m.components[s] = append(m.components[s], part)
			prof.Interests = append(prof.Interests, deal.Interest{Name: part.name, Scope: part.scope, Table: table})
			lo, hi := c.vars.bounds(part.weight)
			if part.when > 0 {
				lo, hi = min(lo, 0), max(hi, 0)
			}
			b.Lo, b.Hi = append(b.Lo, lo), append(b.Hi, hi)
		}
	}
	prof.Lines, out.lines = c.lines(p)
	for _, l := range prof.Lines {
		out.lineKeys = append(out.lineKeys, l.Name)
	}
	out.delay = c.vars.number(&p.CostOfDelay, 0, p.Key)
	out.noDeal = c.vars.number(&p.NoDeal, 0, p.Key)
	out.risk[0] = c.vars.number(&p.Risk.Coef, 0, p.Key)
	out.risk[1] = c.vars.number(&p.Risk.Base, 0, p.Key)
	out.riskKind = map[string]deal.RiskKind{"cara": deal.CARA, "crra": deal.CRRA, "power": deal.RiskPower}[p.Risk.Kind]
	out.agent = c.agentOf(p)
	return prof, b
}

// firstMover is the chance that the party it names makes the first offer.
func (c *compiler) firstMover(m *Model) {
	x, of := c.cfg.FirstMover()
	p := &c.cfg.Parties[of]
	m.first, m.firstOf = c.vars.number(x, 0.5, p.Key), of
}

// noDeal compiles what follows when talks end without a deal.
func (c *compiler) noDeal(m *Model) {
	nd := &c.cfg.NoDeal
	m.lapses = c.vars.number(&nd.TruceLapses, 1, "")
	for k := range nd.Values {
		v := &nd.Values[k]
		i, ok := c.space.Issue(v.Issue)
		if !ok {
			c.fail("no_deal.%s: no issue is called %q", v.Issue, v.Issue)
			continue
		}
		n := noDeal{issue: i}
		if c.full[i].numbers != nil {
			n.number = c.vars.number(&v.Number, c.now[i], "")
		} else {
			n.number = c.vars.pick(&v.Choice, "")
			for _, name := range v.Choice.Names {
				at := -1
				for x, choice := range c.full[i].values {
					if choice == name {
						at = x
					}
				}
				if at < 0 {
					c.fail("no_deal.%s: %q is not one of %s", v.Issue, name, strings.Join(c.full[i].values, ", "))
				}
				n.choice = append(n.choice, float64(at))
			}
		}
		m.noDeal = append(m.noDeal, n)
	}
	c.noDeals = m.noDeal
}
