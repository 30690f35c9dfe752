package scenario

import (
	"strings"

	"github.com/parley-sim/parley/sim/chance"
)

// DrawPrivate draws what one side alone knows, party.KEY.*, as in a run; all else stands in the middle. Only
// that side's Terms are to be used.
func (m *Model) DrawPrivate(seed, replication uint64, side int, d *Draw) {
	d.Replication = replication
	m.vars.fill(seed, Typical, d.Values)
	prefix := "party." + m.sides[side].key + "."
	for i := range m.vars.list {
		if v := &m.vars.list[i]; strings.HasPrefix(v.path, prefix) {
			d.Values[i] = v.draw(chance.U(seed, replication, v.id, 0))
		}
	}
	m.lapse(d)
	m.terms(side, d)
}
