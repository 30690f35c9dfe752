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
			for _, name := range m.home.side[s].names {
				add(store.Column{Name: "vote." + m.sides[s].key + "." + name, Kind: store.Int, Role: "home", Label: strings.ReplaceAll(name, "_", " "), Party: m.sides[s].key})
			}
		}
	}
	y := &m.years
	if !y.played {
		return
	}
	l.years = add(store.Column{Name: "years", Kind: store.Int, Role: "years", Label: "whole years in force", Unit: "years"})
	l.brokeYear = add(store.Column{Name: "broke_year", Kind: store.Int, Role: "years", Label: "year in which it ended", Unit: "year"})
	for s := range m.sides {
		at := add(store.Column{Name: "realised." + m.sides[s].key, Kind: store.Float, Role: "delivery", Label: "worth to " + m.sides[s].short + ", all in", Unit: unit, Party: m.sides[s].key})
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
	for _, why := range []keep.Why{keep.Breach, keep.FalseAlarm, keep.Withdrawal} {
		for s := range m.sides {
			l.broke[why][s] = add("broke:", m.sides[s].key, ".", keep.Whys[why])
		}
	}
	l.broke[keep.Expired][0] = add("broke:", keep.Whys[keep.Expired])
}
