package report

import (
	"strings"

	"github.com/parley-sim/parley/internal/chart"
)

// ratifiers is who at home agrees to signed deals.
func (m *maker) ratifiers() *chart.Ratifiers {
	f := &chart.Ratifiers{Made: m.made, Parties: m.parties, Fixed: m.fixed()}
	h := m.s.Home
	if h == nil {
		return f
	}
	f.Deals = h.Deals
	for _, a := range h.Audiences {
		_, name, _ := strings.Cut(a.Key, ".")
		f.Groups = append(f.Groups, chart.Ratifier{Label: m.proper(name), Side: m.side(a.Party), Veto: a.Veto, Yes: 100 * a.Yes.Share, Stopped: 100 * a.Refused.Share})
		f.Refused += 100 * a.Refused.Share
	}
	return f
}

// kept is what the deals agreed to were worth, as signed and as lived.
func (m *maker) kept() *chart.Kept {
	f := &chart.Kept{Made: m.made, Parties: m.parties, Fixed: m.fixed()}
	y := m.s.Years
	if y == nil || len(y.Worth) != 2 {
		return f
	}
	if u := m.worthUnit(); u != "" {
		f.Unit = u + " over no deal"
	}
	f.Deals, f.Years = y.Deals, len(y.InForce)
	for i, w := range y.Worth {
		f.Promised[i] = chart.Reach{Low: w.Promised.Lo, Mid: w.Promised.Middle, High: w.Promised.Hi}
		f.Lived[i] = chart.Reach{Low: w.Realised.Lo, Mid: w.Realised.Middle, High: w.Realised.Hi}
	}
	return f
}

// survival is what became of the deals agreed to at home, year by year.
func (m *maker) survival() *chart.Survival {
	f := &chart.Survival{Made: m.made, Parties: m.parties, Fixed: m.fixed()}
	y := m.s.Years
	if y == nil || y.Deals == 0 {
		return f
	}
	f.Deals, f.Lasting = y.Deals, y.Lasting
	f.InForce = []float64{100}
	for _, s := range y.InForce {
		f.InForce = append(f.InForce, 100*s.Share)
	}
	if f.Lasting >= len(f.InForce) {
		f.Lasting = 0
	}
	for _, e := range y.Ended {
		end := chart.LifeEnd{Label: e.Words, Side: m.side(e.Party), Of100: []float64{0}}
		n := int64(0)
		for _, k := range e.ByYear {
			n += k
			end.Of100 = append(end.Of100, 100*float64(n)/float64(y.Deals))
		}
		f.Ends = append(f.Ends, end)
	}
	return f
}
