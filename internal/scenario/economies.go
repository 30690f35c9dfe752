package scenario

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/economy"
)

// Economies are the trade models a scenario may name. A model that can return its revenue in several
// ways is also known with the way behind a colon: "liberation2025:lump_sum".
func Economies() []string {
	var out []string
	for _, name := range economy.Names() {
		out = append(out, name)
		for _, closure := range economy.Closures(name) {
			out = append(out, name+":"+closure)
		}
	}
	return out
}

// Options say how a scenario is compiled. The zero value is usable.
type Options struct {
	// Progress is told how many of a trade model's solves are done, where they are not in the cache.
	Progress func(done, total int)
	// Cache is the folder of payoff surfaces; empty is parley/economy in the user's cache folder, "-" none.
	Cache string
	// Say is told what the user should know of the cache: a file that was no use, a folder that cannot
	// be written. May be nil.
	Say func(string)
	// AllowExec lets the scenario's programs (bidding = "exec:COMMAND") be run. Without it such a scenario compiles, and
	// playing it is a *ProgramError.
	AllowExec bool
	// ExecDeadline is how long a program may take a turn; 0 = 1 s.
	ExecDeadline time.Duration
}

// economies opens composites, each once: the points of a design share them.
type economies struct {
	ctx  context.Context
	opt  Options
	made map[string]*economy.Composite
}

func newEconomies(ctx context.Context, opt Options) *economies {
	return &economies{ctx: ctx, opt: opt, made: map[string]*economy.Composite{}}
}

func (e *economies) open(p economy.Parts, grid economy.Grid) (*economy.Composite, error) {
	key := fmt.Sprint(p, grid)
	if c, ok := e.made[key]; ok {
		return c, nil
	}
	c, err := economy.BuildComposite(e.ctx, p, grid, economy.BuildOptions{Progress: e.opt.Progress, Dir: e.opt.Cache})
	if err != nil {
		return nil, err
	}
	e.made[key] = c
	if e.opt.Say != nil {
		for _, n := range c.Notes() {
			e.opt.Say(n)
		}
	}
	return c, nil
}

// openEconomy builds what trade is worth, nil with the failure noted.
func (c *compiler) openEconomy() *economy.Composite {
	e := c.cfg.Economy
	if e == nil {
		e = &config.Economy{Tariffs: "linear"}
	}
	parts := economy.Parts{Tariffs: c.part(e, e.Tariffs), Farm: c.part(e, e.Farm), Inputs: c.part(e, e.Inputs)}
	grid, err := c.grid()
	if err != nil {
		c.fail("economy: %v", err)
		return nil
	}
	if len(c.errs) > 0 {
		return nil // do not solve for a scenario that will not run
	}
	out, err := c.economies.open(parts, grid)
	if err != nil {
		c.fail("%w", err)
	}
	return out
}

// part is a model as the scenario names it, with the parameters that [economy.MODEL] sets. They enter
// tables that no run changes, so they are fixed numbers.
func (c *compiler) part(e *config.Economy, name string) economy.Part {
	if name == "" {
		return economy.Part{}
	}
	model, closure, _ := strings.Cut(name, ":")
	p := economy.Part{Model: model, Closure: closure}
	for k := range e.Params {
		if e.Params[k].Key != model {
			continue
		}
		for i := range e.Params[k].Entries {
			n := &e.Params[k].Entries[i]
			if n.Drawn() {
				c.fail("economy.%s.%s: a parameter of a trade model is fixed, this one is drawn (%s)", model, n.Key, n.Words())
				continue
			}
			p.Params = append(p.Params, economy.Param{Name: n.Key, Value: n.Params[0]})
		}
	}
	return p
}

// grid lists the values of each lever: all of its issue's, today's, and where no deal may lead.
func (c *compiler) grid() (economy.Grid, error) {
	var g economy.Grid
	for l, key := range levers {
		i, ok := c.space.Issue(key)
		if !ok {
			g[l] = economy.Axis{0}
			continue
		}
		values := []float64{c.now[i] / 100}
		for _, x := range c.full[i].numbers {
			values = append(values, x/100)
		}
		from, to := 0.0, 0.0
		for _, n := range c.noDeals {
			if n.issue != i || n.choice != nil {
				continue
			}
			lo, hi := c.vars.bounds([]value{n.number})
			from, to = lo/100, hi/100
			if lo == hi {
				values = append(values, from)
			}
		}
		if high := c.reach(i) / 100; high > c.now[i]/100 {
			if from >= to {
				from, to = c.now[i]/100, high
			}
			from, to = min(from, c.now[i]/100), max(to, high)
		}
		axis, err := economy.NewAxis(values, from, to)
		if err != nil {
			return g, fmt.Errorf("%s: %w", key, err)
		}
		g[l] = axis
	}
	return g, nil
}

// homes says which party is the United States: the one with key us, else the one that is not china,
// else the first. The other is China.
func (c *compiler) homes() (us int) {
	if c.cfg.Parties[1].Key == "us" || c.cfg.Parties[0].Key == "china" {
		return 1
	}
	return 0
}
