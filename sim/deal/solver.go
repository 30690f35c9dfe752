package deal

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Solutions are the bargaining solutions among the outcomes worth at least no deal to both sides.
type Solutions struct {
	ZOPA             bool       // there is such an outcome; without one the points below are empty
	NoDeal           [2]float64 // the disagreement point
	Ideal            [2]float64 // the most each can have in the ZOPA
	Nadir            [2]float64 // what each has where the other has its ideal
	Nash             Point      // largest product of gains
	KalaiSmorodinsky Point      // largest smaller share of the ideal gain (max-min)
	Egalitarian      Point      // largest smaller gain
	Utilitarian      Point      // largest sum
	Epsilon          float64    // 0 when exact; else no outcome betters a solution's terms by more than this
	Boxes            int        // boxes the red lines cut the space into
}

// Solver finds frontiers and solutions. It holds scratch, and belongs to one goroutine at a time.
type Solver struct{ m *Model }

// NewSolver makes a solver.
func (m *Model) NewSolver() *Solver { return &Solver{m: m} }

// Frontier finds the frontier of the outcomes that no hard line of either side forbids. What it returns
// is the solver's own, good until its next call.
func (s *Solver) Frontier(a, b *Party) (*Frontier, error) {
	a.prepare()
	b.prepare()
	var ps []Point
	for _, i := range a.sorted {
		if b.u[i] > math.Inf(-1) {
			o := s.m.Space.NewOffer()
			s.m.Space.At(uint64(i), o)
			ps = append(ps, Point{[2]float64{a.u[i], b.u[i]}, o})
		}
	}
	slices.SortStableFunc(ps, func(x, y Point) int {
		return cmp.Or(cmp.Compare(y.U[0], x.U[0]), cmp.Compare(y.U[1], x.U[1]))
	})
	f := &Frontier{Boxes: 1}
	best := math.Inf(-1)
	for _, p := range ps {
		if p.U[1] > best+s.m.opt.Tolerance {
			f.Points = append(f.Points, p)
			best = p.U[1]
		}
	}
	return f, nil
}

// Solve finds the solutions.
func (s *Solver) Solve(a, b *Party) (Solutions, error) {
	f, err := s.Frontier(a, b)
	if err != nil {
		return Solutions{}, err
	}
	sol := Solutions{NoDeal: [2]float64{a.t.NoDeal, b.t.NoDeal}, Boxes: f.Boxes, Epsilon: f.Epsilon}
	d := sol.NoDeal
	var in []Point
	for _, p := range f.Points {
		if p.U[0] >= d[0]-1e-12 && p.U[1] >= d[1]-1e-12 {
			in = append(in, p)
		}
	}
	if len(in) == 0 {
		return sol, nil
	}
	sol.ZOPA = true
	first, last := in[0].U, in[len(in)-1].U
	sol.Ideal, sol.Nadir = [2]float64{first[0], last[1]}, [2]float64{last[0], first[1]}
	risk := [2]Risk{a.t.Risk, b.t.Risk}
	v := func(p Point, k int) float64 { return risk[k].Value(p.U[k]) - risk[k].Value(d[k]) }
	pick := func(score func(Point) float64) Point {
		best, at := math.Inf(-1), in[0]
		for _, p := range in {
			x := score(p)
			if x > best || x == best && (p.U[0]+p.U[1] > at.U[0]+at.U[1]) {
				best, at = x, p
			}
		}
		return at
	}
	share := func(p Point, k int) float64 {
		top := risk[k].Value(sol.Ideal[k]) - risk[k].Value(d[k])
		if top <= 0 {
			return 1
		}
		return v(p, k) / top
	}
	sol.Nash = pick(func(p Point) float64 { return v(p, 0) * v(p, 1) })
	sol.KalaiSmorodinsky = pick(func(p Point) float64 { return min(share(p, 0), share(p, 1)) })
	sol.Egalitarian = pick(func(p Point) float64 { return min(p.U[0]-d[0], p.U[1]-d[1]) })
	sol.Utilitarian = pick(func(p Point) float64 { return p.U[0] + p.U[1] })
	return sol, nil
}

// Left is the share of the attainable joint gain that a result worth u does not take: 0 at the
// utilitarian solution, 1 at no deal or worse, 0 where there is no ZOPA and so nothing to take.
func (s *Solver) Left(sol *Solutions, u [2]float64) float64 {
	if !sol.ZOPA {
		return 0
	}
	most := sol.Utilitarian.U[0] - sol.NoDeal[0] + sol.Utilitarian.U[1] - sol.NoDeal[1]
	if most <= 0 {
		return 0
	}
	got := u[0] - sol.NoDeal[0] + u[1] - sol.NoDeal[1]
	return min(1, max(0, 1-got/most))
}

// Blockers are the smallest sets of hard lines whose removal opens the ZOPA, in order of side and
// line; one empty set when the interests alone leave none; nil when there is a ZOPA.
func (s *Solver) Blockers(a, b *Party) [][]LineRef {
	var hard []LineRef
	for side, p := range [2]*Party{a, b} {
		for l, c := range p.t.Cost {
			if math.IsInf(c, 1) {
				hard = append(hard, LineRef{side, l})
			}
		}
	}
	open := func(set uint) bool {
		var q [2]*Party
		for side, p := range [2]*Party{a, b} {
			q[side] = s.m.NewParty(side)
			q[side].Set(p.t)
		}
		for i, r := range hard {
			if set>>i&1 == 1 {
				q[r.Side].t.Cost[r.Line] = 0
			}
		}
		sol, err := s.Solve(q[0], q[1])
		return err == nil && sol.ZOPA
	}
	if open(0) {
		return nil
	}
	if !open(1<<len(hard) - 1) {
		return [][]LineRef{{}}
	}
	for size := 1; ; size++ {
		var found [][]LineRef
		for set := uint(1); set < 1<<len(hard); set++ {
			if bits.OnesCount(set) == size && open(set) {
				var refs []LineRef
				for i, r := range hard {
					if set>>i&1 == 1 {
						refs = append(refs, r)
					}
				}
				found = append(found, refs)
			}
		}
		if found != nil {
			return found
		}
	}
}
