package deal

import (
	"math"
	"slices"
)

// candidates are the cells worth keeping for frontiers: those that no other cell of their group beats
// whatever the draw. Cell z beats v when neither side can prefer v under any weights within bounds, z
// breaks no red line that v does not, and the two agree on the separators, so that one can stand in
// for the other. Of cells that are alike the first is kept.
func (m *Model) candidates(c *cluster, b [2]Bounds) []int32 {
	if b[0].Lo == nil || b[1].Lo == nil {
		return c.full.cell
	}
	d := &dominance{c: c, l: &c.full}
	for side := range b {
		for k, j := range c.interests[side] {
			d.terms = append(d.terms, boundedTable{side, c.full.table[side][k], b[side].Lo[j], b[side].Hi[j]})
		}
	}
	for side := range m.Profile {
		for _, br := range c.full.breaks[side] {
			if d.broken[side] == nil {
				d.broken[side] = make([]uint64, len(c.full.cell))
			}
			for _, x := range br.at {
				d.broken[side][x] |= 1 << br.line
			}
		}
		for j := range m.Profile[side].Lines {
			if m.spans[side]>>j&1 == 1 {
				d.addSpanning(m.Space, &m.Profile[side].Lines[j])
			}
		}
	}
	// The likeliest to beat others come first.
	mid := make([]float64, len(c.full.cell))
	for _, t := range d.terms {
		w := t.lo/2 + t.hi/2
		if math.IsInf(w, 0) || math.IsNaN(w) {
			continue
		}
		for x := range mid {
			mid[x] += w * t.strength[x]
		}
	}
	const budget = 20_000_000 // comparisons
	spent := 0
	var keep []int32
	for _, g := range c.full.groups {
		order := make([]int32, 0, g.to-g.from)
		for x := g.from; x < g.to; x++ {
			order = append(order, x)
		}
		slices.SortStableFunc(order, func(x, y int32) int {
			switch {
			case mid[x] > mid[y]:
				return -1
			case mid[x] < mid[y]:
				return 1
			}
			return 0
		})
		var kept []int32
		for _, v := range order {
			beaten := false
			for _, z := range kept {
				if spent >= budget {
					break
				}
				spent++
				if d.beats(z, v) {
					beaten = true
					break
				}
			}
			if !beaten {
				kept = append(kept, v)
			}
		}
		for _, x := range kept {
			keep = append(keep, c.full.cell[x])
		}
	}
	return keep
}

type boundedTable struct {
	side     int
	strength []float64
	lo, hi   float64
}

type dominance struct {
	c      *cluster
	l      *layout
	terms  []boundedTable
	spans  []spanning
	broken [2][]uint64 // lines of the cluster that a cell breaks, by side; nil for none
}

// spanning is a red line that reaches beyond the cluster: for each cell the class of what it leaves to
// the rest, and which classes leave at least as much as others.
type spanning struct {
	class []int32
	free  [][]bool // free[a][b]: a breaks only where b does; nil when there are too many classes to compare
}

func (s *spanning) frees(z, v int32) bool {
	a, b := s.class[z], s.class[v]
	return a == b || s.free != nil && s.free[a][b]
}

func (d *dominance) beats(z, v int32) bool {
	for side := range d.broken {
		if br := d.broken[side]; br != nil && br[z]&^br[v] != 0 {
			return false
		}
	}
	for i := range d.spans {
		if !d.spans[i].frees(z, v) {
			return false
		}
	}
	var gap [2]float64 // the least each side gains by z in place of v
	for i := range d.terms {
		t := &d.terms[i]
		switch x := t.strength[z] - t.strength[v]; {
		case x > 0:
			gap[t.side] += t.lo * x
		case x < 0:
			gap[t.side] += t.hi * x
		}
	}
	return gap[0] >= 0 && gap[1] >= 0
}

func (d *dominance) addSpanning(s *Space, l *Line) {
	var within, beyond []int
	for _, i := range l.Scope {
		if slices.Contains(d.c.vars, i) {
			within = append(within, i)
		} else {
			beyond = append(beyond, i)
		}
	}
	if within == nil {
		return
	}
	inner, outer := 1, 1
	for _, i := range within {
		inner *= s.dims[i]
	}
	for _, i := range beyond {
		outer *= s.dims[i]
	}
	rows := make([][]byte, inner) // what each projection breaks of the rest
	for r := range rows {
		rows[r] = make([]byte, outer)
	}
	value := make([]int, len(s.dims))
	for cell, broken := range l.Broken {
		for k, rest := len(l.Scope)-1, cell; k >= 0; k-- {
			value[l.Scope[k]] = rest % s.dims[l.Scope[k]]
			rest /= s.dims[l.Scope[k]]
		}
		if broken {
			rows[number(s, within, value)][number(s, beyond, value)] = 1
		}
	}
	var kinds [][]byte
	classOf := make([]int32, inner)
	known := map[string]int32{}
	for r, row := range rows {
		k, ok := known[string(row)]
		if !ok {
			k = int32(len(kinds))
			known[string(row)] = k
			kinds = append(kinds, row)
		}
		classOf[r] = k
	}
	sp := spanning{class: make([]int32, len(d.l.cell))}
	at := d.c.projector(s, within)
	for x, cell := range d.l.cell {
		sp.class[x] = classOf[at(int(cell))]
	}
	if len(kinds) <= 256 {
		sp.free = make([][]bool, len(kinds))
	}
	for a := range sp.free {
		sp.free[a] = make([]bool, len(kinds))
		for b := range kinds {
			ok := true
			for k := range kinds[a] {
				ok = ok && kinds[a][k] <= kinds[b][k]
			}
			sp.free[a][b] = ok
		}
	}
	d.spans = append(d.spans, sp)
}

// number is the row-major number of the values over a scope.
func number(s *Space, scope, value []int) int {
	at := 0
	for _, i := range scope {
		at = at*s.dims[i] + value[i]
	}
	return at
}
