package agents

import (
	"math"

	"github.com/parley-sim/parley/sim/deal"
)

// climber looks for a bid that suits an estimated other among those worth a target to its own party, by
// changing one issue at a time. The exact answer (deal.Party.BestFor) costs a frontier for every bid;
// this costs a look at every value of every issue, and less where the target barely moved.
//
// It stands on an outcome, at first the party's best. Where that is worth less than the target it
// takes: of all single changes the one that gains most for each unit it costs the other, again and
// again. Where it is worth more it gives, likewise: the change that gives the other most for each unit of
// its own utility and keeps to the target. And when the estimate is new it trades: the best change
// that takes together with the change elsewhere that then gives most, as long as the other gains.
//
// How a change of an issue moves the party's utility is kept until that issue, or one that shares an
// interest or a line with it, is changed.
type climber struct {
	u       float64 // exactly the party's utility of at
	wake    float64 // no change gives anything while the target is above this and the estimate the same
	version int32   // of the estimate it last looked at; 0 = none
	at      deal.Offer

	land  *land
	t     *talk
	tiny  float64   // more than rounding can do
	cell  []int32   // by interest, then by line: the place of at in the table
	du    []float64 // by issue and value, at land.first
	stale []bool    // by issue
}

// land is what a model says of a side: which tables hang on each issue. It does not change.
type land struct {
	model *deal.Model
	side  int
	first []int32     // by issue: where its values begin in a list of all values; at the end their number
	hangs [][]hanging // by issue
	near  [][]int32   // by issue: those that share a table with it, and itself
	joins []bool      // by issue and issue
}

func (l *land) joined(i, j int) bool { return l.joins[i*len(l.hangs)+j] }

type hanging struct {
	table  int32 // an interest, or the number of interests + a line
	stride int32 // how far a step of the issue leads in it
}

func survey(m *deal.Model, side int) *land {
	n := m.Space.Len()
	l := &land{model: m, side: side, first: make([]int32, n+1), hangs: make([][]hanging, n), near: make([][]int32, n), joins: make([]bool, n*n)}
	for i := range n {
		l.first[i+1] = l.first[i] + int32(len(m.Space.Issues[i].Values))
	}
	hang := func(table int, scope []int) {
		stride := 1
		for k := len(scope) - 1; k >= 0; k-- {
			i := scope[k]
			l.hangs[i] = append(l.hangs[i], hanging{int32(table), int32(stride)})
			stride *= len(m.Space.Issues[i].Values)
			for _, j := range scope {
				l.joins[i*n+j] = true
			}
		}
	}
	pr := &m.Profile[side]
	for j := range pr.Interests {
		hang(j, pr.Interests[j].Scope)
	}
	for j := range pr.Lines {
		hang(len(pr.Interests)+j, pr.Lines[j].Scope)
	}
	for i := range n {
		for j := range n {
			l.joins[i*n+i] = true
			if l.joined(i, j) {
				l.near[i] = append(l.near[i], int32(j))
			}
		}
	}
	return l
}

// begin stands on the party's best outcome.
func (c *climber) begin(t *talk) {
	if m := t.p.Model(); c.land == nil || c.land.model != m || c.land.side != t.p.Side() {
		c.land = survey(m, t.p.Side())
		n := len(c.land.hangs)
		c.at, c.stale = make(deal.Offer, n), make([]bool, n)
		c.du = make([]float64, c.land.first[n])
		pr := &m.Profile[t.p.Side()]
		c.cell = make([]int32, len(pr.Interests)+len(pr.Lines))
	}
	c.t = t
	c.tiny = 1e-12 * (math.Abs(t.hi) + math.Abs(t.worst))
	c.reset()
}

func (c *climber) reset() {
	copy(c.at, c.t.best)
	c.u, c.version, c.wake = c.t.hi, 0, math.Inf(1)
	clear(c.cell)
	for i, hangs := range c.land.hangs {
		c.stale[i] = true
		for _, h := range hangs {
			c.cell[h.table] += int32(c.at[i]) * h.stride
		}
	}
}

// rests reports whether find would stay where it is. The version tells whether the estimate is the
// one of the last find.
func (c *climber) rests(target float64, version int32) bool {
	return version == c.version && target > c.wake && target <= c.u
}

// find goes to a bid worth at least the target and returns its utility.
func (c *climber) find(target float64, e *estimate, version int32) float64 {
	for c.u < target {
		i, v := c.take(e)
		if i < 0 {
			c.reset()
			return c.u
		}
		c.move(i, v)
		c.version = 0
	}
	fresh := c.version != version
	c.version = version
	for range 2 * len(c.at) {
		i, v := c.give(target, e)
		if i < 0 && fresh {
			i, v = c.trade(target, e)
		}
		if i < 0 {
			break
		}
		c.move(i, v)
		fresh = true
	}
	if c.u < target { // cannot be but by rounding
		c.reset()
	}
	return c.u
}

// give is the change that keeps to the target and gives the other most for each unit given up; changes
// that cost nothing come first. i < 0 if none gives anything; then wake is the target at which one will.
func (c *climber) give(target float64, e *estimate) (i, v int) {
	room := target - c.u + c.tiny
	best, bi, bv := 0.0, -1, 0
	least := math.Inf(-1)
	for i, row := range e.row {
		du := c.slopes(i)[:len(row)]
		here, scale := row[c.at[i]], e.scale[i]
		for v, x := range row {
			if x <= here {
				continue
			}
			if du[v] < room {
				least = max(least, du[v])
				continue
			}
			if r := scale * (x - here) / max(-du[v], c.tiny); r > best {
				best, bi, bv = r, i, v
			}
		}
	}
	if bi < 0 {
		c.wake = c.u + least
	}
	return bi, bv
}

// take is the change that gains most for each unit it costs the other; i < 0 if none gains.
func (c *climber) take(e *estimate) (i, v int) {
	best, bi, bv := 0.0, -1, 0
	for i, row := range e.row {
		du := c.slopes(i)[:len(row)]
		here, scale := row[c.at[i]], e.scale[i]
		for v, x := range row {
			if du[v] <= c.tiny {
				continue
			}
			if r := du[v] / max(scale*(here-x), 1e-12); r > best {
				best, bi, bv = r, i, v
			}
		}
	}
	return bi, bv
}

// trade makes the best change that takes and returns the one that then gives the other most, if it gives
// more than was taken and keeps to the target. Changes of issues that share a table with the first
// are left out, since their slopes would no longer hold.
func (c *climber) trade(target float64, e *estimate) (i, v int) {
	ti, tv := c.take(e)
	if ti < 0 {
		return -1, 0
	}
	best, bi, bv := e.scale[ti]*(e.row[ti][c.at[ti]]-e.row[ti][tv])+1e-12, -1, 0
	room := target - c.u - c.slopes(ti)[tv] + c.tiny
	for i, row := range e.row {
		du := c.slopes(i)[:len(row)]
		here, scale := row[c.at[i]], e.scale[i]
		for v, x := range row {
			if du[v] >= room && scale*(x-here) > best && !c.land.joined(ti, i) {
				best, bi, bv = scale*(x-here), i, v
			}
		}
	}
	if bi >= 0 {
		c.move(ti, tv)
	}
	return bi, bv
}

// slopes are the changes of utility by value of an issue.
func (c *climber) slopes(i int) []float64 {
	du := c.du[c.land.first[i]:c.land.first[i+1]]
	if c.stale[i] {
		c.stale[i] = false
		c.measure(i, du)
	}
	return du
}

func (c *climber) measure(i int, du []float64) {
	pr := &c.land.model.Profile[c.land.side]
	terms := c.t.p.Terms()
	here := int(c.at[i])
	clear(du)
	for _, h := range c.land.hangs[i] {
		k, at, step := int(h.table), int(c.cell[h.table]), int(h.stride)
		from := at - here*step
		if k < len(pr.Interests) {
			table, w := pr.Interests[k].Table, terms.Weight[k]
			now := table[at]
			for v := range du {
				du[v] += w * (table[from+v*step] - now)
			}
			continue
		}
		k -= len(pr.Interests)
		cost := terms.Cost[k]
		if cost == 0 {
			continue
		}
		broken := pr.Lines[k].Broken
		for v := range du {
			switch {
			case broken[from+v*step] && !broken[at]:
				du[v] -= cost
			case !broken[from+v*step] && broken[at]:
				du[v] += cost
			}
		}
	}
}

// move changes one issue.
func (c *climber) move(i, v int) {
	by := int32(v) - int32(c.at[i])
	c.at[i] = uint16(v)
	for _, h := range c.land.hangs[i] {
		c.cell[h.table] += by * h.stride
	}
	for _, j := range c.land.near[i] {
		c.stale[j] = true
	}
	c.u = c.t.p.Utility(c.at)
	c.wake = math.Inf(1) // not known until a look finds nothing to give
}
