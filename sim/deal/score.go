package deal

import "math"

var negInf = math.Inf(-1)

// scorer is a profile laid flat, so that an outcome is scored without chasing pointers.
type scorer struct {
	table [][]float64
	most  []float64 // largest |strength| of each interest
	upto  []int32   // end of each interest's steps
	step  []step
	lines []lineTable
	plain bool // every interest is in one issue
}

// step is one issue's contribution to a row-major number.
type step struct{ issue, stride int32 }

type lineTable struct {
	broken []bool
	step   []step
}

func steps(s *Space, scope []int) []step {
	out := make([]step, len(scope))
	for k, at := len(scope)-1, 1; k >= 0; k-- {
		out[k] = step{int32(scope[k]), int32(at)}
		at *= s.dims[scope[k]]
	}
	return out
}

func newScorer(s *Space, p *Profile) scorer {
	var sc scorer
	for j := range p.Interests {
		most := 0.0
		for _, x := range p.Interests[j].Table {
			most = max(most, math.Abs(x))
		}
		sc.most = append(sc.most, most)
		sc.table = append(sc.table, p.Interests[j].Table)
		sc.step = append(sc.step, steps(s, p.Interests[j].Scope)...)
		sc.upto = append(sc.upto, int32(len(sc.step)))
	}
	sc.plain = len(sc.step) == len(sc.table)
	for j := range p.Interests {
		sc.plain = sc.plain && len(p.Interests[j].Scope) == 1
	}
	for j := range p.Lines {
		sc.lines = append(sc.lines, lineTable{p.Lines[j].Broken, steps(s, p.Lines[j].Scope)})
	}
	return sc
}

func (l *lineTable) breaks(o Offer) bool {
	at := 0
	for _, s := range l.step {
		at += int(o[s.issue]) * int(s.stride)
	}
	return l.broken[at]
}

// utility adds the interests in their order and takes off the lines' costs in theirs: the one order of
// summation that every result goes by.
func (sc *scorer) utility(t *Terms, active []int32, o Offer) float64 {
	u := 0.0
	if sc.plain {
		w, step := t.Weight[:len(sc.table)], sc.step[:len(sc.table)]
		for j, table := range sc.table {
			u += float64(w[j] * table[o[step[j].issue]])
		}
		if len(active) == 0 {
			return u
		}
		return sc.less(t, active, o, u)
	}
	k := int32(0)
	for j, table := range sc.table {
		at := 0
		for _, s := range sc.step[k:sc.upto[j]] {
			at += int(o[s.issue]) * int(s.stride)
		}
		k = sc.upto[j]
		u += float64(t.Weight[j] * table[at])
	}
	return sc.less(t, active, o, u)
}

// less is utility u less the costs of the lines that the outcome breaks.
func (sc *scorer) less(t *Terms, active []int32, o Offer, u float64) float64 {
	for _, j := range active {
		if sc.lines[j].breaks(o) {
			if c := t.Cost[j]; math.IsInf(c, 1) {
				return math.Inf(-1)
			} else {
				u -= c
			}
		}
	}
	return u
}
