package scenario

import (
	"fmt"
	"strings"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/economy/linear"
)

// Economies are the trade models a scenario may name.
func Economies() []string { return []string{"linear"} }

// openEconomy makes the payoff of the scenario's trade model, nil with the failure noted.
func (c *compiler) openEconomy() Payoff {
	e := c.cfg.Economy
	if e == nil {
		e = &config.Economy{Tariffs: "linear"}
	}
	home := c.homes()
	switch e.Tariffs {
	case "", "linear":
		m, err := linear.New(c.linearParams(e))
		if err != nil {
			c.fail("economy.linear: %v", err)
			return nil
		}
		return func(l [len(levers)]float64) [2]float64 {
			us, china := m.Worth(l[0]/100, l[1]/100, l[2]/100, l[3]/100)
			return inSeats(home, us, china)
		}
	}
	c.fail("economy.tariffs: no trade model is called %q (there are %s)", e.Tariffs, strings.Join(Economies(), ", "))
	return nil
}

// homes says which party is the United States: the one with key us, else the one that is not china,
// else the first. The other is China.
func (c *compiler) homes() (us int) {
	if c.cfg.Parties[1].Key == "us" || c.cfg.Parties[0].Key == "china" {
		return 1
	}
	return 0
}

// inSeats puts a pair of payoffs in the order of the parties.
func inSeats(us int, american, chinese float64) [2]float64 {
	if us == 0 {
		return [2]float64{american, chinese}
	}
	return [2]float64{chinese, american}
}

// linearParams are the stand-in's defaults with what [economy.linear] says instead. They enter tables
// that no run changes, so they are fixed numbers.
func (c *compiler) linearParams(e *config.Economy) linear.Params {
	p := linear.Default()
	for k := range e.Params {
		if e.Params[k].Key != "linear" {
			continue
		}
		for i := range e.Params[k].Entries {
			n := &e.Params[k].Entries[i]
			if n.Drawn() {
				c.fail("economy.linear.%s: a parameter of a trade model is fixed, this one is drawn (%s)", n.Key, n.Words())
				continue
			}
			if err := p.Set(n.Key, n.Params[0]); err != nil {
				c.errs = append(c.errs, fmt.Errorf("economy.linear.%s: %w", n.Key, err))
			}
		}
	}
	return p
}
