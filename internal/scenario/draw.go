package scenario

import (
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
)

// Draw is everything uncertain about one run. Its slices are reused by the next draw.
type Draw struct {
	Replication uint64
	Values      []float64     // of every variable, in the order of the model
	Point       []float64     // every issue without a deal
	Terms       [2]deal.Terms // what each side plays for
	None        [2][]float64  // what no deal is worth to each side, by interest; 0 on worth = "unit"
	Delay       [2]float64    // what each week of talks costs it
	First       int           // who makes the first offer
	Rounds      int           // the last round, as announced
	Limit       int           // the last round there really is
	Yard        int           // where the yardstick that a second table moves stands
	Lapsed      bool          // no deal leads away from today's values
	TruceBroke  bool          // a breach that was seen ended the truce while they talked
}

// NewDraw makes room for a draw.
func (m *Model) NewDraw() *Draw {
	d := &Draw{Values: make([]float64, len(m.vars.list)), Point: make([]float64, len(m.now))}
	for s := range d.Terms {
		d.Terms[s].Weight = make([]float64, len(m.components[s]))
		d.Terms[s].Cost = make([]float64, len(m.sides[s].lines))
		d.None[s] = make([]float64, len(m.sides[s].interests))
	}
	return d
}

// Draw draws a run, or with Typical the run in the middle of every distribution. It is a pure function
// of the seed and the replication, and allocates nothing.
func (m *Model) Draw(seed, replication uint64, d *Draw) {
	d.Replication, d.Yard = replication, asNamed
	m.vars.fill(seed, replication, d.Values)
	d.TruceBroke = m.truce.breaks(m, seed, replication, d.Values)
	m.follow(d)
	d.Rounds, d.Limit = m.clock.span(d.Values)
	d.First = m.whoFirst(seed, replication, d.Values)
}

// follow works out what follows from a run's drawn values for what its sides play for.
func (m *Model) follow(d *Draw) {
	m.lapse(d)
	for s := range m.sides {
		m.terms(s, d)
	}
}

// whoFirst turns the chance that one party moves first into who does. A chance between 0 and 1 that is
// not itself drawn is settled by a uniform of its own.
func (m *Model) whoFirst(seed, replication uint64, drawn []float64) int {
	p := m.first.at(drawn)
	if p > 0 && (p >= 1 || chance.U(seed, replication, firstID, 0) < p) {
		return m.firstOf
	}
	return 1 - m.firstOf
}

var firstID = chance.ID("run.first")

// lapse sets the point that no deal leads to: today's values, or those of a lapsed truce.
func (m *Model) lapse(d *Draw) {
	copy(d.Point, m.now)
	d.Lapsed = m.lapses.at(d.Values) != 0 || d.TruceBroke
	if !d.Lapsed {
		return
	}
	for _, n := range m.noDeal {
		x := n.number.at(d.Values)
		if n.choice != nil {
			x = n.choice[int(x)]
		}
		d.Point[n.issue] = x
	}
}

// terms fills a side's weights, lines and what no deal is worth.
func (m *Model) terms(s int, d *Draw) {
	t := &d.Terms[s]
	sd := &m.sides[s]
	none := 0.0
	clear(d.None[s])
	for k := range m.components[s] {
		c := &m.components[s][k]
		w := 1.0
		for _, f := range c.weight {
			w *= f.at(d.Values)
		}
		if c.when > 0 && c.when != 1+d.Yard {
			w = 0
		}
		t.Weight[k] = w
		strength := c.today
		if c.moves && d.Lapsed {
			strength = c.strength(d.Point)
		}
		none += float64(w * strength)
		if m.usd {
			d.None[s][c.interest] += float64(w * strength)
		}
	}
	for l := range sd.lines {
		t.Cost[l] = sd.lines[l].cost(d.Values)
	}
	if !m.usd {
		none = sd.noDeal.at(d.Values)
	}
	t.NoDeal = none
	t.Risk = deal.Risk{Kind: sd.riskKind, Coef: sd.risk[0].at(d.Values), Base: sd.risk[1].at(d.Values)}
	d.Delay[s] = sd.delay.at(d.Values)
}

// worth is what a result is worth to a side on the scenario's scale, days after the first: its utility,
// of the deal or of no deal as that stands in the end, over no deal as it stood on the first day.
func (m *Model) worth(s int, utility, days float64, d *Draw) float64 {
	if !m.usd {
		return utility
	}
	return utility - d.Terms[s].NoDeal - float64(d.Delay[s]*days/7)
}
