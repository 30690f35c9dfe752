package scenario

import (
	"strings"

	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim/deal"
)

// interestColumns are what each interest of a side adds to what a signed deal is worth, as agreed: over
// no deal on $bn a year, and before red lines' prices, delay and threats.
func (m *Model) interestColumns(side int) []store.Column {
	unit := ""
	if m.usd {
		unit = "$bn a year"
	}
	var out []store.Column
	for _, key := range m.sides[side].interests {
		out = append(out, store.Column{
			Name: "part." + m.sides[side].key + "." + key, Kind: store.Float, Role: "part",
			Label: strings.ReplaceAll(key, "_", " "), Unit: unit, Party: m.sides[side].key,
		})
	}
	return out
}

// writeInterests fills a side's interest columns, from the compiled tables.
func (m *Model) writeInterests(cells store.Row, side int, o deal.Offer, d *Draw) {
	n := len(m.sides[side].interests)
	for k := range n {
		cells.PutF(k, -d.None[side][k])
	}
	for k := range m.components[side] {
		in := &m.profile[side].Interests[k]
		at := 0
		for _, i := range in.Scope {
			at = at*len(m.Space.Issues[i].Values) + int(o[i])
		}
		of := m.components[side][k].interest
		cells.PutF(of, cells.F(of)+float64(d.Terms[side].Weight[k]*in.Table[at]))
	}
}
