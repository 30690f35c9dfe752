package deal

// Statistics are what benchmark studies report of a domain.
type Statistics struct {
	Points     int        // of the frontier, reservation ignored
	Rational   int        // of these, worth at least no deal to both
	Ideal      [2]float64 // the most each side can have at all
	Opposition float64    // distance of the frontier from (1, 1), utilities as they are
	Plain      Solutions  // disagreement = no deal, Kalai-Smorodinsky the largest smaller share
	NegMAS     Solutions  // as NegMAS has them: disagreement = max(no deal, worst), Kalai-Smorodinsky the most equal shares, ties by u1
}

// Measure finds the statistics of a frontier between two parties. Both sets of solutions look at points
// worth at least no deal to both, and take shares of what each side has at most over all outcomes, as
// GENIUS, NegMAS and their studies do; Solver.Solve takes them of the most among those points.
func (f *Frontier) Measure(a, b *Party) Statistics {
	st := Statistics{Points: len(f.Points), Opposition: Opposition(f, [2]float64{}, [2]float64{1, 1})}
	reserve := [2]float64{a.NoDeal(), b.NoDeal()}
	var worst [2]float64
	for k, p := range [2]*Party{a, b} {
		worst[k], st.Ideal[k], _ = p.Range()
	}
	if n := len(f.Points); n > 0 {
		st.Ideal = [2]float64{f.Points[0].U[0], f.Points[n-1].U[1]}
	}
	rules := Rules{Floor: reserve, Disagreement: reserve, Ideal: &st.Ideal, FloorTolerance: Near, Risk: [2]Risk{a.t.Risk, b.t.Risk}}
	st.Plain = f.Solve(rules)
	rules.Disagreement = [2]float64{max(reserve[0], worst[0]), max(reserve[1], worst[1])}
	rules.EqualShares, rules.TiesByU1, rules.Tolerance = true, true, 1e-9
	st.NegMAS = f.Solve(rules)
	for i := range f.Points {
		if u := f.Points[i].U; u[0] >= reserve[0]-Near && u[1] >= reserve[1]-Near {
			st.Rational++
		}
	}
	return st
}

// Near is the distance below which benchmark studies take two utilities for one.
const Near = 1e-9

// Distinct is the frontier with points a rounding error apart taken for one: of two whose first
// utilities differ by less than near the one with more for the second side stays, and the other way
// round. It shares the points' outcomes.
func (f *Frontier) Distinct(near float64) *Frontier {
	out := &Frontier{Epsilon: f.Epsilon, Boxes: f.Boxes}
	for i := range f.Points {
		p := f.Points[i]
		if n := len(out.Points); n > 0 {
			last := &out.Points[n-1]
			if p.U[1]-last.U[1] < near {
				continue
			}
			if last.U[0]-p.U[0] < near {
				*last = p
				continue
			}
		}
		out.Points = append(out.Points, p)
	}
	return out
}
