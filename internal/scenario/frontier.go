package scenario

import (
	"github.com/parley-sim/parley/sim/deal"
)

// Frontier is what can be agreed at one draw: the exact frontier and the bargaining solutions. Worths
// are on the scenario's scale; over no deal on "usd_bn_year". On "unit" Kalai-Smorodinsky takes shares of
// the most each side has over all outcomes, as benchmark studies do; else of the most within the ZOPA.
type Frontier struct {
	Space      *deal.Space
	NoDeal     [2]float64 // raw utility without a deal: what the worths are over, except on "unit"
	Points     []deal.Point
	Epsilon    float64 // 0: exact
	Boxes      int
	Solutions  deal.Solutions
	Blockers   [][]string // where the ZOPA is empty: smallest sets of red lines, as PARTY.LINE; one empty set = interests
	Opposition float64
}

// Frontier solves one run, or with Typical the middle of every distribution.
func (m *Model) Frontier(seed, replication uint64) (*Frontier, error) {
	d := m.NewDraw()
	m.Draw(seed, replication, d)
	var party [2]*deal.Party
	for side := range party {
		party[side] = m.Deal.NewParty(side)
		party[side].Set(d.Terms[side])
	}
	return m.frontier(m.Deal.NewSolver(), party)
}

func (m *Model) frontier(solver *deal.Solver, party [2]*deal.Party) (*Frontier, error) {
	f, err := solver.Frontier(party[0], party[1])
	if err != nil {
		return nil, err
	}
	f = f.Distinct(deal.Near)
	out := &Frontier{Space: m.Space, NoDeal: [2]float64{party[0].NoDeal(), party[1].NoDeal()}, Epsilon: f.Epsilon, Boxes: f.Boxes}
	lo, hi := [2]float64{}, [2]float64{1, 1}
	for side, p := range party {
		if m.usd {
			lo[side], hi[side] = p.NoDeal(), p.Best(m.Space.NewOffer())
		}
	}
	out.Opposition = deal.Opposition(f, lo, hi)
	for _, p := range f.Points {
		p.Outcome = append(deal.Offer(nil), p.Outcome...)
		out.Points = append(out.Points, p)
	}
	sol, err := solver.Solve(party[0], party[1])
	if err != nil {
		return nil, err
	}
	if !m.usd && f.Epsilon == 0 {
		sol = f.Measure(party[0], party[1]).Plain
	}
	for _, p := range []*deal.Point{&sol.Nash, &sol.KalaiSmorodinsky, &sol.Egalitarian, &sol.Utilitarian} {
		p.Outcome = append(deal.Offer(nil), p.Outcome...)
	}
	out.Solutions = sol
	if !sol.ZOPA {
		for _, set := range solver.Blockers(party[0], party[1]) {
			names := []string{}
			for _, r := range set {
				names = append(names, m.sides[r.Side].key+"."+m.sides[r.Side].lineKeys[r.Line])
			}
			out.Blockers = append(out.Blockers, names)
		}
	}
	return out, nil
}
