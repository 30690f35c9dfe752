package scenario

import (
	"errors"
	"fmt"
	"math"
	"sort"

	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/home"
)

// ErrNobodyHome says that a scenario has nobody at home to ask.
var ErrNobodyHome = errors.New("nobody at home is asked: the scenario has no audiences; write [party.NAME.audience]")

// AtHome looks at one draw's deals with the eyes of those at home on both sides. It belongs to one
// goroutine at a time.
type AtHome struct {
	m      *Model
	draw   *Draw
	seat   [2]*homeSeat
	party  [2]*deal.Party
	solver *deal.Solver
}

// AtHome draws a run, or with Typical the middle of every distribution.
func (m *Model) AtHome(seed, replication uint64) (*AtHome, error) {
	if !m.home.played || len(m.home.side[0].names)+len(m.home.side[1].names) == 0 {
		return nil, ErrNobodyHome
	}
	h := &AtHome{m: m, draw: m.NewDraw(), solver: m.Deal.NewSolver()}
	m.Draw(seed, replication, h.draw)
	for s := range h.seat {
		h.seat[s] = m.newHomeSeat(s)
		h.seat[s].fill(&m.home.side[s], h.draw.Values)
		h.party[s] = m.Deal.NewParty(s)
		h.party[s].Set(h.draw.Terms[s])
	}
	return h, nil
}

// Chance is the exact chance that a side's home agrees to an outcome.
func (h *AtHome) Chance(side int, o deal.Offer) float64 {
	h.m.read(side, h.seat[side], h.draw, o)
	return h.seat[side].e.ChanceOf(h.seat[side].score)
}

// Passes reports whether an outcome would pass on both sides: home.Likely on each.
func (h *AtHome) Passes(o deal.Offer) bool {
	return h.Chance(0, o) >= home.Likely && h.Chance(1, o) >= home.Likely
}

// Group is an audience as it stands in a draw.
type Group struct {
	Name         string
	Veto         bool
	Share        float64 // of all shares, 0 to 1
	Seats        int     // in a legislature
	Agree, Noise float64
	Power        float64 // chance that its answer decides when the others' are even chances (Banzhaf)
	Most         float64 // the highest score that an outcome no red line forbids gives it
	Score        float64 // of the outcome asked about
	Chance       float64
}

// Groups are a side's audiences, with what they make of an outcome.
func (h *AtHome) Groups(side int, o deal.Offer) []Group {
	a, seat := &h.m.home.side[side], h.seat[side]
	h.m.read(side, seat, h.draw, o)
	seat.e.Chances(seat.score, seat.p)
	sum := 0.0
	for _, s := range seat.e.Share {
		sum += s
	}
	out := make([]Group, len(a.names))
	for k, name := range a.names {
		out[k] = Group{
			Name: name, Veto: a.veto[k], Share: seat.e.Share[k] / sum, Seats: seat.e.Seats()[k], Agree: seat.e.Agree[k], Noise: seat.e.Noise[k],
			Score: seat.score[k], Chance: seat.p[k],
		}
	}
	for k := range out {
		out[k].Power, out[k].Most = seat.e.Power(k), h.most(side, k)
	}
	return out
}

// most is the highest score that an allowed outcome gives an audience: the best of a party that has its
// likes for weights. Exact.
func (h *AtHome) most(side, audience int) float64 {
	terms := h.draw.Terms[side]
	terms.Weight = h.weights(side, func(k int) float64 {
		if k == audience {
			return 1
		}
		return 0
	}, 0)
	p := h.m.Deal.NewParty(side)
	terms.Cost = hard(terms.Cost)
	p.Set(terms)
	best := p.Best(h.m.Space.NewOffer())
	for _, l := range h.m.home.side[side].likes[audience] {
		best -= l.times.at(h.draw.Values) * h.draw.None[side][l.interest]
	}
	return best
}

// hard is the costs of lines with prices left out.
func hard(cost []float64) []float64 {
	out := append([]float64(nil), cost...)
	for i, c := range out {
		if !math.IsInf(c, 1) {
			out[i] = 0
		}
	}
	return out
}

// weights is the party's weights times own, and each audience's score at a weight of its own.
func (h *AtHome) weights(side int, l func(audience int) float64, own float64) []float64 {
	a := &h.m.home.side[side]
	more := make([]float64, len(h.m.sides[side].interests))
	for k := range a.names {
		for _, like := range a.likes[k] {
			more[like.interest] += l(k) * like.times.at(h.draw.Values)
		}
	}
	out := append([]float64(nil), h.draw.Terms[side].Weight...)
	for k := range out {
		out[k] *= own + more[h.m.components[side][k].interest]
	}
	return out
}

// Fair is the outcome of Nash's solution, all as today where no deal is possible.
func (h *AtHome) Fair() (o deal.Offer, possible bool, err error) {
	sol, err := h.solver.Solve(h.party[0], h.party[1])
	if err != nil {
		return nil, false, err
	}
	o = h.m.Space.NewOffer()
	if !sol.ZOPA {
		for i := range o {
			o[i] = uint16(max(h.m.Space.Issues[i].Now, 0))
		}
		return o, false, nil
	}
	copy(o, sol.Nash.Outcome)
	return o, true, nil
}

// Worth is what an outcome is worth to both over no deal; -Inf over a red line that holds.
func (h *AtHome) Worth(o deal.Offer) (w [2]float64) {
	for s, p := range h.party {
		w[s] = p.Utility(o)
		if h.m.usd {
			w[s] -= p.NoDeal()
		}
	}
	return w
}

// WinSets says of every pair of values of issues x and y, all others as in the outcome base, whether it
// would pass on each side: passes[side][y][x].
func (h *AtHome) WinSets(x, y int, base deal.Offer) (passes [2][][]bool, err error) {
	n := len(h.m.Space.Issues)
	if x < 0 || y < 0 || x >= n || y >= n || x == y {
		return passes, fmt.Errorf("win-sets need two different issues")
	}
	o := append(deal.Offer(nil), base...)
	for s := range passes {
		passes[s] = make([][]bool, len(h.m.Space.Issues[y].Values))
		for j := range passes[s] {
			passes[s][j] = make([]bool, len(h.m.Space.Issues[x].Values))
			for i := range passes[s][j] {
				o[x], o[y] = uint16(i), uint16(j)
				passes[s][j][i] = h.Chance(s, o) >= home.Likely
			}
		}
	}
	return passes, nil
}

// Frontiers are the efficient outcomes of all that can be signed, and of those found that pass at home,
// by worth to the first side, descending; worths over no deal.
type Frontiers struct {
	Signed, Passing []deal.Point
	// Bound is how far beyond what was found an outcome that passes may lie at most: for every weight t
	// from 0 to 1, none that passes has t u1 + (1-t) u2 above the best found by more.
	Bound float64
}

// Frontiers finds both. Passing depends on the scores of all audiences, so its frontier is none of worth
// alone: it is searched among the efficient outcomes of parties that count their audiences' scores
// beside their own worth, at many weights, and pruned on what passes. The bound is Lagrange's: what passes
// has every veto player's score at what it agrees from, or above, so that for multipliers l >= 0 the best of
//
//	t (u1 + sum l_a (s_a - agree_a)) + (1-t) (u2 + ...)
//
// over all outcomes is no less than the best of t u1 + (1-t) u2 over those that pass.
func (h *AtHome) Frontiers() (*Frontiers, error) {
	out := &Frontiers{}
	var heed [2][]float64
	for s, seat := range h.seat {
		heed[s] = make([]float64, len(seat.p))
		seat.e.Heed(max(h.m.home.stake[s], 1), heed[s])
	}
	steps := []float64{0, 0.25, 1, 4, 16}
	const weights = 41
	bound := make([]float64, weights)
	for t := range bound {
		bound[t] = math.Inf(1)
	}
	var found []deal.Point
	try := func(l [2]func(int) float64, veto bool) error {
		var q [2]*deal.Party
		var shift [2]float64
		for s := range q {
			terms := h.draw.Terms[s]
			terms.Weight = h.weights(s, l[s], 1)
			q[s] = h.m.Deal.NewParty(s)
			q[s].Set(terms)
			// No deal's part of the scores, and what the audiences agree from.
			for k, seat := 0, h.seat[s]; k < len(seat.p); k++ {
				shift[s] += l[s](k) * seat.e.Agree[k]
				for _, like := range h.m.home.side[s].likes[k] {
					shift[s] += l[s](k) * like.times.at(h.draw.Values) * h.draw.None[s][like.interest]
				}
			}
		}
		f, err := h.solver.Frontier(q[0], q[1])
		if err != nil {
			return err
		}
		none := [2]float64{h.party[0].NoDeal(), h.party[1].NoDeal()}
		if !h.m.usd {
			none = [2]float64{}
		}
		top := make([]float64, weights)
		for t := range top {
			top[t] = math.Inf(-1)
		}
		for i := range f.Points {
			p := &f.Points[i]
			for t := range top {
				w := float64(t) / (weights - 1)
				top[t] = max(top[t], w*(p.U[0]-shift[0]-none[0])+(1-w)*(p.U[1]-shift[1]-none[1])+f.Epsilon)
			}
			o := append(deal.Offer(nil), p.Outcome...)
			if h.Passes(o) {
				found = append(found, deal.Point{U: h.Worth(o), Outcome: o})
			}
		}
		if veto {
			for t := range bound {
				bound[t] = min(bound[t], top[t])
			}
		}
		return nil
	}
	f, err := h.solver.Frontier(h.party[0], h.party[1])
	if err != nil {
		return nil, err
	}
	for i := range f.Points {
		o := append(deal.Offer(nil), f.Points[i].Outcome...)
		out.Signed = append(out.Signed, deal.Point{U: h.Worth(o), Outcome: o})
	}
	for _, a := range steps {
		for _, b := range steps {
			times := [2]float64{a, b}
			var all, vetoes [2]func(int) float64
			for s := range all {
				veto := h.m.home.side[s].veto
				all[s] = func(k int) float64 { return times[s] * heed[s][k] }
				vetoes[s] = func(k int) float64 {
					if veto[k] {
						return times[s] * max(heed[s][k], 0.05)
					}
					return 0
				}
			}
			if err := try(vetoes, true); err != nil {
				return nil, err
			}
			if a+b > 0 {
				if err := try(all, false); err != nil {
					return nil, err
				}
			}
		}
	}
	out.Passing = efficient(found)
	for t := range bound {
		w := float64(t) / (weights - 1)
		best := math.Inf(-1)
		for _, p := range out.Passing {
			best = max(best, w*p.U[0]+(1-w)*p.U[1])
		}
		if gap := bound[t] - best; gap > 1e-9*(1+math.Abs(best)) {
			out.Bound = max(out.Bound, gap)
		}
	}
	return out, nil
}

// efficient keeps the points that no other betters for both, by the first side's worth, descending.
func efficient(points []deal.Point) []deal.Point {
	sort.SliceStable(points, func(i, j int) bool {
		if points[i].U[0] != points[j].U[0] {
			return points[i].U[0] > points[j].U[0]
		}
		return points[i].U[1] > points[j].U[1]
	})
	var out []deal.Point
	top := math.Inf(-1)
	for _, p := range points {
		if p.U[1] > top+1e-9 {
			out = append(out, p)
			top = p.U[1]
		}
	}
	return out
}
