package deal

import "math"

// Rules say how to pick solutions from a frontier at hand. Programs differ in them: NegMAS takes for
// disagreement the larger of the reservation and the lowest utility, for Kalai-Smorodinsky the point
// where the two shares of the ideal gain differ least, and for the ideal the most of all outcomes, where
// Kalai and Smorodinsky have the most among those worth no deal to both.
type Rules struct {
	Floor          [2]float64  // only points worth at least this to each side count
	Disagreement   [2]float64  // gains are over this; in most rules the floor
	Ideal          *[2]float64 // shares are of the gain at this; nil for the best among the points that count
	EqualShares    bool        // Kalai-Smorodinsky: smallest difference of the shares in place of the largest smaller one
	TiesByU1       bool        // ties go to the larger u1 at once, not to the larger sum first
	Risk           [2]Risk     // attitudes to risk
	Tolerance      float64     // scores closer than this tie; default 1e-12, of Nash products a share
	FloorTolerance float64     // points short of the floor by this count; default 1e-12
}

// Ties count the points that tie for each solution, 1 where there is no tie.
type Ties struct{ Nash, KalaiSmorodinsky, Egalitarian, Utilitarian int }

// Solve picks the solutions among the points of the frontier and counts what ties. It shares their
// outcomes. Ties go to the larger sum, then to the larger u1, unless the rules say otherwise.
func (f *Frontier) Solve(r Rules) Solutions {
	if r.Tolerance == 0 {
		r.Tolerance = 1e-12
	}
	if r.FloorTolerance == 0 {
		r.FloorTolerance = 1e-12
	}
	sol := Solutions{NoDeal: r.Disagreement, Epsilon: f.Epsilon, Boxes: f.Boxes}
	in := func(p *Point) bool {
		return p.U[0] >= r.Floor[0]-r.FloorTolerance && p.U[1] >= r.Floor[1]-r.FloorTolerance
	}
	for i := range f.Points { // by u1 descending
		p := &f.Points[i]
		if !in(p) {
			continue
		}
		if !sol.ZOPA {
			sol.ZOPA, sol.Ideal[0], sol.Nadir[1] = true, p.U[0], p.U[1]
		}
		sol.Ideal[1], sol.Nadir[0] = p.U[1], p.U[0]
	}
	if !sol.ZOPA {
		return sol
	}
	ideal := sol.Ideal
	if r.Ideal != nil {
		ideal = *r.Ideal
	}
	gain := func(k int, u float64) float64 { return r.Risk[k].Value(u) - r.Risk[k].Value(r.Disagreement[k]) }
	share := func(k int, u float64) float64 {
		if all := gain(k, ideal[k]); all > 0 {
			return gain(k, u) / all
		}
		return 1
	}
	score := [criteria]func(u [2]float64) float64{
		nash: func(u [2]float64) float64 { return max(0, gain(0, u[0])) * max(0, gain(1, u[1])) },
		kalai: func(u [2]float64) float64 {
			if x, y := share(0, u[0]), share(1, u[1]); r.EqualShares {
				return -math.Abs(x - y)
			} else {
				return min(x, y)
			}
		},
		egal: func(u [2]float64) float64 { return min(u[0]-r.Disagreement[0], u[1]-r.Disagreement[1]) },
		util: func(u [2]float64) float64 { return u[0] + u[1] },
	}
	for k, best := range [criteria]*Point{nash: &sol.Nash, kalai: &sol.KalaiSmorodinsky, egal: &sol.Egalitarian, util: &sol.Utilitarian} {
		top := negInf
		for i := range f.Points {
			p := &f.Points[i]
			if !in(p) {
				continue
			}
			x := score[k](p.U)
			tie := r.Tolerance
			if k == nash {
				tie *= top
			}
			sum, was := p.U[0]+p.U[1], best.U[0]+best.U[1]
			better := sum > was+r.Tolerance && !r.TiesByU1 || (sum >= was-r.Tolerance || r.TiesByU1) && p.U[0] > best.U[0]
			switch {
			case best.Outcome == nil || x > top+tie:
				top, *best = x, *p
			case x >= top-tie && better:
				top, *best = max(top, x), *p
			}
		}
		n := 0
		for i := range f.Points {
			if p := &f.Points[i]; in(p) && score[k](p.U) >= top-r.Tolerance {
				n++
			}
		}
		*[criteria]*int{nash: &sol.Ties.Nash, kalai: &sol.Ties.KalaiSmorodinsky, egal: &sol.Ties.Egalitarian, util: &sol.Ties.Utilitarian}[k] = n
	}
	return sol
}
