package scenario

import (
	"slices"
	"strings"

	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim"
)

// SchemaVersion counts changes to what a row's columns mean.
const SchemaVersion = 2

// Ends of a run, in the order of the status column.
const (
	statusSigned = iota
	statusLasting
	statusBroke
	statusRefused
	statusNoDeal
	statusError
)

var statuses = []string{"signed", "lasting", "broke", "refused", "no_deal", "error"}

// layout is where each column of a row stands.
type layout struct {
	schema store.Schema

	run, point, replication, seed, version int
	status, cause, first, signed, ratified int
	round, date                            int
	issue, worth, ideal                    int // the first of their columns
	left, epsilon                          int
	agent, draw                            int
	wall                                   int    // 1 where a program was late; -1 without programs
	delivery                               int    // the first of its columns; -1 without
	part                                   [2]int // the first column of each side\'s interests
	passes                                 int    // the first of the chances to pass at home
	vote                                   [2]int // the first of a side's answers
	years, brokeYear, ended, realised      int
	paper                                  int // -1: no investment is on the table
	second                                 int // first of the second table's, -1 for none
	strife                                 int // first of the threats' columns, -1 for none

	causes    []string
	noZOPA    int             // no_zopa:interests
	line      [2][]int        // no_zopa:PARTY.LINE
	pair      map[[4]int8]int // no_zopa:PARTY.LINE+PARTY.LINE
	several   int             // no_zopa of three lines or more
	deadline  int
	walkOut   [2]int
	agreed    int
	refused   [2][]int  // refused:PARTY.AUDIENCE
	broke     [5][2]int // by keep.Why: broke:PARTY.WHY
	how       [5][2]int // by keep.Why: of the column ended
	errorSide [2]int
}

func (m *Model) newLayout() *layout {
	l := &layout{pair: map[[4]int8]int{}}
	add := func(c store.Column) int {
		l.schema.Columns = append(l.schema.Columns, c)
		return len(l.schema.Columns) - 1
	}
	l.schema.Version = SchemaVersion
	l.listCauses(m)
	id := func(name string) int { return add(store.Column{Name: name, Kind: store.Int, Role: "id"}) }
	l.run, l.point, l.replication, l.seed, l.version = id("run"), id("point"), id("replication"), id("seed"), id("schema_version")
	l.status = add(store.Column{Name: "status", Kind: store.Level, Role: "end", Levels: statuses})
	l.cause = add(store.Column{Name: "cause", Kind: store.Level, Role: "end", Levels: l.causes})
	keys := []string{m.sides[0].key, m.sides[1].key}
	l.first = add(store.Column{Name: "first", Kind: store.Level, Role: "end", Levels: keys})
	l.signed = add(store.Column{Name: "signed", Kind: store.Int, Role: "end"})
	l.ratified = add(store.Column{Name: "ratified", Kind: store.Int, Role: "end"})
	l.round = add(store.Column{Name: "round", Kind: store.Int, Role: "end"})
	l.date = add(store.Column{Name: "date", Kind: store.Date, Role: "end"})
	for i := range m.Space.Issues {
		is := &m.Space.Issues[i]
		c := store.Column{Name: "issue." + is.Name, Kind: store.Float, Role: "issue", Label: is.Title(), Unit: is.Unit}
		if is.Numbers == nil {
			c.Kind, c.Levels = store.Level, m.full[i].values
		}
		at := add(c)
		if i == 0 {
			l.issue = at
		}
	}
	unit := map[bool]string{true: "$bn a year", false: ""}[m.usd]
	for s := range m.sides {
		at := add(store.Column{Name: "worth." + keys[s], Kind: store.Float, Role: "worth", Label: m.sides[s].name, Unit: unit, Party: keys[s]})
		l.worth = at - s
	}
	for s := range m.sides {
		at := add(store.Column{Name: "ideal." + keys[s], Kind: store.Float, Role: "worth", Label: m.sides[s].name + ", at best", Unit: unit, Party: keys[s]})
		l.ideal = at - s
	}
	l.left = add(store.Column{Name: "share_left", Kind: store.Float, Role: "worth", Label: "left on the table"})
	l.epsilon = add(store.Column{Name: "left_epsilon", Kind: store.Float, Role: "worth", Label: "certified error of the joint gain", Unit: unit})
	for s := range m.sides {
		at := add(store.Column{Name: "agent." + keys[s], Kind: store.Level, Role: "agent", Label: m.sides[s].name + ", bidding", Party: keys[s], Levels: m.sides[s].agent.biddings})
		l.agent = at - s
	}
	l.second = -1
	if m.second != nil {
		l.second = len(l.schema.Columns)
		for _, c := range m.second.columns() {
			add(c)
		}
	}
	l.strife = -1
	if e := m.escalation; e != nil {
		l.strife = len(l.schema.Columns)
		for _, c := range e.columns(m, unit) {
			add(c)
		}
	}
	l.delivery = -1
	if d := m.delivery; d != nil {
		l.delivery = len(l.schema.Columns)
		for _, c := range d.columns() {
			add(c)
		}
	}
	l.after(m, add, unit)
	for side := range m.sides {
		l.part[side] = len(l.schema.Columns)
		for _, c := range m.interestColumns(side) {
			add(c)
		}
	}
	if l.wall = -1; len(m.Programs()) > 0 {
		l.wall = add(store.Column{Name: "wall_clock", Kind: store.Int, Role: "end", Label: "ended by the clock on the wall"})
	}
	l.draw = len(l.schema.Columns)
	for i := range m.vars.list {
		add(m.vars.list[i].column)
	}
	return l
}

// listCauses closes the list of causes: of every set of at most two hard lines that may empty the
// ZOPA, and of the ways to end.
func (l *layout) listCauses(m *Model) {
	add := func(words ...string) int {
		l.causes = append(l.causes, strings.Join(words, ""))
		return len(l.causes) - 1
	}
	l.agreed = add("agreed")
	l.noZOPA = add("no_zopa:interests")
	type ref struct{ side, line int8 }
	var hard []ref
	name := func(r ref) string { return m.sides[r.side].key + "." + m.sides[r.side].lineKeys[r.line] }
	for s := range m.sides {
		l.line[s] = slices.Repeat([]int{-1}, len(m.sides[s].lines))
		for k, line := range m.sides[s].lines {
			if line.hard {
				r := ref{int8(s), int8(k)}
				hard = append(hard, r)
				l.line[s][k] = add("no_zopa:", name(r))
			}
		}
	}
	for i, a := range hard {
		for _, b := range hard[i+1:] {
			l.pair[[4]int8{a.side, a.line, b.side, b.line}] = add("no_zopa:", name(a), "+", name(b))
		}
	}
	l.several = add("no_zopa:several_lines")
	l.deadline = add("deadline")
	for s := range m.sides {
		l.walkOut[s] = add("walk_out:", m.sides[s].key)
	}
	l.laterCauses(m, add)
	for s := range m.sides {
		l.errorSide[s] = add("error:", m.sides[s].key)
	}
}

// cause is why a run ended, from the closed list.
func (l *layout) ending(r *sim.Result) (status, cause int) {
	switch r.Status {
	case sim.Signed:
		return statusSigned, l.agreed
	case sim.Error:
		return statusError, l.errorSide[max(0, int(r.By))]
	}
	if r.Cause == sim.WalkOut && r.By >= 0 {
		return statusNoDeal, l.walkOut[r.By]
	}
	return statusNoDeal, l.deadline
}
