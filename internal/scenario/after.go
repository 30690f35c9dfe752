package scenario

import (
	"strings"

	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim/politics/keep"
)

// after adds the columns of what comes after the signature, where it is played.
func (l *layout) after(m *Model, add func(store.Column) int, unit string) {
	l.paper = -1
	if m.home.played {
		for s := range m.sides {
			at := add(store.Column{Name: "passes." + m.sides[s].key, Kind: store.Float, Role: "home", Label: "chance that " + m.sides[s].name + " ratifies", Party: m.sides[s].key})
			l.passes = at - s
		}
		for s := range m.sides {
			l.vote[s] = len(l.schema.Columns)
			for k, name := range m.home.side[s].names {
				add(store.Column{Name: "vote." + m.sides[s].key + "." + name, Kind: store.Int, Role: "home", Label: strings.ReplaceAll(name, "_", " "), Party: m.sides[s].key, Unit: map[bool]string{true: "veto"}[m.home.side[s].veto[k]]})
			}
		}
	}
	y := &m.years
	if !y.played {
		return
	}
	l.years = add(store.Column{Name: "years", Kind: store.Int, Role: "years", Label: "whole years in force", Unit: "years"})
	l.brokeYear = add(store.Column{Name: "broke_year", Kind: store.Int, Role: "years", Label: "year in which it ended", Unit: "year"})
	l.ended = add(store.Column{Name: "ended", Kind: store.Level, Role: "years", Label: "how it ended", Levels: l.hows(m)})
	for s := range m.sides {
		at := add(store.Column{Name: "realised." + m.sides[s].key, Kind: store.Float, Role: "years", Label: m.sides[s].name + ", as it was lived", Unit: unit, Party: m.sides[s].key})
		l.realised = at - s
	}
	if d := m.delivery; d != nil && d.investment >= 0 {
		l.paper = add(store.Column{Name: "delivery.paper", Kind: store.Float, Role: "delivery", Label: "paper built " + y.by, Unit: "% of what is announced"})
	}
}

// laterCauses closes the list of what may end a signed deal.
func (l *layout) laterCauses(m *Model, add func(...string) int) {
	if m.home.played {
		for s := range m.sides {
			for _, name := range m.home.side[s].names {
				l.refused[s] = append(l.refused[s], add("refused:", m.sides[s].key, ".", name))
			}
		}
	}
	if !m.years.played {
		return
	}
	for _, why := range doings {
		for s := range m.sides {
			l.broke[why][s] = add("broke:", m.sides[s].key, ".", keep.Whys[why])
		}
	}
	l.broke[keep.Expired][0] = add("broke:", keep.Whys[keep.Expired])
}

// doings are those that are a side's doing.
var doings = []keep.Why{keep.Breach, keep.FalseAlarm, keep.Withdrawal}

// hows lists how a deal's life may end, being in force first.
func (l *layout) hows(m *Model) []string {
	names := []string{"in_force"}
	for _, why := range doings {
		for s := range m.sides {
			l.how[why][s] = len(names)
			names = append(names, m.sides[s].key+"."+keep.Whys[why])
		}
	}
	l.how[keep.Expired][0] = len(names)
	return append(names, keep.Whys[keep.Expired])
}
