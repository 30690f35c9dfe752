package scenario

import (
	"fmt"

	"github.com/parley-sim/parley/internal/importer"
	"github.com/parley-sim/parley/sim/deal"
)

// Domain is the scenario as a benchmark domain of other programs: every drawn number at its median,
// what an issue's values are worth to each side, the reservation value. It exists only for sums of
// interests in one issue each, without red lines or an attitude to risk; the error says what stands in the way.
func (m *Model) Domain(name string) (*importer.Domain, error) {
	d := m.NewDraw()
	m.Draw(uint64(m.Config.Seed), Typical, d)
	out := &importer.Domain{Name: name}
	for _, is := range m.Space.Issues {
		if is.Label != "" {
			is.Name, is.Label = is.Label, ""
		}
		is.Now = -1
		out.Issues = append(out.Issues, is)
	}
	if _, err := deal.NewSpace(append([]deal.Issue(nil), out.Issues...)); err != nil { // two labels alike
		for i := range out.Issues {
			out.Issues[i].Name = m.Space.Issues[i].Name
		}
	}
	for side := range out.Profiles {
		p := &out.Profiles[side]
		*p = importer.Profile{Name: m.sides[side].key, Reservation: d.Terms[side].NoDeal, Discount: 1}
		if n := len(m.profile[side].Lines); n > 0 {
			return nil, fmt.Errorf("party %s has red lines (%s), which other programs' domains cannot say", p.Name, m.profile[side].Lines[0].Name)
		}
		if d.Terms[side].Risk != (deal.Risk{}) {
			return nil, fmt.Errorf("party %s has an attitude to risk, which other programs' domains cannot say", p.Name)
		}
		for i := range out.Issues {
			p.Eval = append(p.Eval, make([]float64, len(out.Issues[i].Values)))
			p.Weight = append(p.Weight, 1)
		}
		for k, in := range m.profile[side].Interests {
			if len(in.Scope) != 1 {
				return nil, fmt.Errorf("party %s: interest %s is in %d issues at once, and other programs' domains are sums over issues", p.Name, in.Name, len(in.Scope))
			}
			for v, x := range in.Table {
				p.Eval[in.Scope[0]][v] += float64(d.Terms[side].Weight[k] * x)
			}
		}
	}
	return out, nil
}
