package scenario

import (
	"math"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/deal"
)

// redLine is a red line's terms: whether it holds in a run, and what breaking it costs.
type redLine struct {
	hard  bool
	holds value
	costs value
}

// cost is the line's entry in deal.Terms.
func (l *redLine) cost(drawn []float64) float64 {
	switch {
	case l.holds.at(drawn) == 0:
		return 0
	case l.hard:
		return math.Inf(1)
	}
	return l.costs.at(drawn)
}

// lines compiles a party's red lines into truth tables.
func (c *compiler) lines(p *config.Party) ([]deal.Line, []redLine) {
	var lines []deal.Line
	var terms []redLine
	for k := range p.RedLines {
		l := &p.RedLines[k]
		expr, err := deal.ParseExpr(c.space, l.Expr())
		if err != nil {
			c.fail("party.%s.red_line.%s: %v", p.Key, l.Key, err)
			continue
		}
		line, err := expr.Line(l.Key)
		if err != nil {
			c.fail("party.%s.red_line.%s: %v", p.Key, l.Key, err)
			continue
		}
		lines = append(lines, line)
		terms = append(terms, redLine{
			hard:  l.Hard(),
			holds: c.vars.number(&l.Holds, 1, p.Key),
			costs: c.vars.number(&l.Costs, 0, p.Key),
		})
	}
	return lines, terms
}
