package deal

import (
	"errors"
	"math"
)

// Solver finds frontiers and bargaining solutions of a model's draws. It holds scratch, and belongs to
// one goroutine at a time.
type Solver struct {
	m        *Model
	kept     *engine // looks at the cells that can matter for weights within bounds
	full     *engine
	e        *engine // the one the last run used
	frontier Frontier
	offers   Offer // of the frontier's points
	quick    glance
}

// NewSolver makes a solver.
func (m *Model) NewSolver() *Solver { return &Solver{m: m} }

var errParties = errors.New("deal: a solver needs side 0 and side 1 of its own model, in this order")

// fill puts what the cells are worth to both into an engine. drop are hard lines to leave out.
func (s *Solver) fill(a, b *Party, drop [2]uint64) (*cuts, error) {
	if a.m != s.m || b.m != s.m || a.side != 0 || b.side != 1 {
		return nil, errParties
	}
	if a.within && b.within {
		if s.kept == nil {
			s.kept = newEngine(s.m, true)
		}
		s.e = s.kept
	} else {
		if s.full == nil {
			s.full = newEngine(s.m, false)
		}
		s.e = s.full
	}
	state := lineState{hard: [2]uint64{a.hard &^ drop[0], b.hard &^ drop[1]}, soft: [2]uint64{a.soft, b.soft}}
	cuts, err := s.m.cutsFor(state)
	if err != nil {
		return nil, err
	}
	e := s.e
	for i := range s.m.clusters {
		c := &s.m.clusters[i]
		l := e.layout(i)
		a.fill(e.a[i], c, l)
		b.fill(e.b[i], c, l)
		for side, hard := range state.hard {
			l.forbid(e.a[i], side, hard)
		}
	}
	e.st.tinyA, e.st.tinyB = a.tiny(), b.tiny()
	return cuts, nil
}

// run finds two staircases whose sum is the whole allowed space, filled before.
func (s *Solver) run(a, b *Party, c *cuts) (f, g node) {
	return s.e.run(c, prices(a, b))
}

// prices is what a box's broken lines take off both.
func prices(a, b *Party) func(broken [2]uint64) (da, db float64) {
	return func(broken [2]uint64) (da, db float64) { return -a.price(broken[0]), -b.price(broken[1]) }
}

// Frontier finds the frontier of the outcomes that no hard line of either side forbids, whatever they
// are worth against no deal. What it returns is the solver's own, good until its next call.
func (s *Solver) Frontier(a, b *Party) (*Frontier, error) {
	c, err := s.fill(a, b, [2]uint64{})
	if err != nil {
		return nil, err
	}
	f, g := s.run(a, b, c)
	e := s.e
	e.pairs = append(e.pairs[:0], pair{f: f, g: g})
	all := e.last(e.pairs)
	out := &s.frontier
	out.Points, out.Epsilon, out.Boxes = out.Points[:0], all.eps, c.boxes
	n := s.m.Space.Len()
	if need := all.len() * n; cap(s.offers) < need {
		s.offers = make(Offer, need+need/2)
	}
	for k := range all.len() {
		o := s.offers[k*n : (k+1)*n : (k+1)*n]
		e.outcome(all.from+int32(k), o)
		out.Points = append(out.Points, Point{[2]float64{a.Utility(o), b.Utility(o)}, o})
	}
	out.tidy(s.m.opt.Tolerance, e.st.tinyB)
	return out, nil
}

// tidy sorts the points and makes one of those that are closer than tol in both utilities.
func (f *Frontier) tidy(tol, tiny float64) {
	// Only rounding can have put them out of order.
	ps := f.Points
	for i := 1; i < len(ps); i++ {
		x, j := ps[i], i
		for ; j > 0 && (ps[j-1].U[0] < x.U[0] || ps[j-1].U[0] == x.U[0] && ps[j-1].U[1] < x.U[1]); j-- {
			ps[j] = ps[j-1]
		}
		ps[j] = x
	}
	out := f.Points[:0]
	for _, p := range f.Points {
		n := len(out)
		switch {
		case n == 0:
		case p.U[1] <= out[n-1].U[1]+tiny:
			continue
		case p.U[1]-out[n-1].U[1] < tol && out[n-1].U[0]-p.U[0] < tol:
			continue
		}
		out = append(out, p)
	}
	f.Points = out
}

// Solve finds the solutions without building the last sum of the frontier. The points' outcomes are
// the caller's to keep.
func (s *Solver) Solve(a, b *Party) (Solutions, error) {
	c, err := s.fill(a, b, [2]uint64{})
	if err != nil {
		return Solutions{}, err
	}
	sol := Solutions{NoDeal: [2]float64{a.t.NoDeal, b.t.NoDeal}, Boxes: c.boxes}
	if s.look(a, b, c) == thereIsNone {
		return sol, nil
	}
	f, g := s.run(a, b, c)
	s.e.pairs = append(s.e.pairs[:0], pair{f: f, g: g})
	if total := f.len() * g.len(); total > maxPairs {
		thinned, _, _ := s.e.st.thinPairs(s.e.pairs, total)
		f, g = thinned[0].f, thinned[0].g
	}
	sol.Epsilon = f.eps + g.eps
	q := newSearch(&s.e.st, f, g, a, b)
	if !q.ideal() {
		return sol, nil
	}
	sol.ZOPA = true
	q.seed()
	q.blocks()
	n := s.m.Space.Len()
	offers := make(Offer, 4*n)
	for k, p := range []*Point{&sol.Nash, &sol.KalaiSmorodinsky, &sol.Egalitarian, &sol.Utilitarian} {
		p.Outcome = offers[k*n : (k+1)*n : (k+1)*n]
		s.e.outcome(q.best[k].i, p.Outcome)
		s.e.outcome(q.best[k].j, p.Outcome)
		p.U = [2]float64{a.Utility(p.Outcome), b.Utility(p.Outcome)}
	}
	sol.Ideal, sol.Nadir = q.ideals, q.nadirs
	return sol, nil
}

// ZOPA says whether an outcome that no hard line forbids is worth no deal to both: what Solve says, but
// most times found without a frontier. With a thinned frontier (see Options.MaxPoints) it may miss a
// ZOPA smaller than the bound.
func (s *Solver) ZOPA(a, b *Party) (bool, error) { return s.zopa(a, b, [2]uint64{}) }

// zopa is ZOPA with some hard lines left out.
func (s *Solver) zopa(a, b *Party, drop [2]uint64) (bool, error) {
	c, err := s.fill(a, b, drop)
	if err != nil {
		return false, err
	}
	if got := s.look(a, b, c); got != unsettled {
		return got == thereIs, nil
	}
	f, g := s.run(a, b, c)
	q := newSearch(&s.e.st, f, g, a, b)
	return q.ideal(), nil
}

// look is a glance at what was filled.
func (s *Solver) look(a, b *Party, c *cuts) answer {
	q := &s.quick
	q.e, q.c, q.price = s.e, c, prices(a, b)
	var tiny [2]float64
	for k, p := range [2]*Party{a, b} {
		tiny[k] = p.tiny() + 3e-14*math.Abs(p.t.NoDeal)
	}
	return q.look([2]float64{a.t.NoDeal, b.t.NoDeal}, tiny)
}

// Left is the share of the attainable joint gain that a result worth u does not take: 0 at the
// utilitarian solution, 1 at no deal or worse. Where there is no ZOPA there was nothing to take: 0.
func (s *Solver) Left(sol *Solutions, u [2]float64) float64 { return sol.Left(u) }

// Left is the share of the attainable joint gain that a result worth u does not take; see Solver.Left.
func (sol *Solutions) Left(u [2]float64) float64 {
	if !sol.ZOPA {
		return 0
	}
	most := sol.Utilitarian.U[0] - sol.NoDeal[0] + sol.Utilitarian.U[1] - sol.NoDeal[1]
	if !(most > 0) {
		return 0
	}
	got := u[0] - sol.NoDeal[0] + u[1] - sol.NoDeal[1]
	if math.IsNaN(got) {
		return 1
	}
	return min(1, max(0, 1-got/most))
}
