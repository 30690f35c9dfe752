package deal

import (
	"cmp"
	"slices"
)

// cluster is a set of issues that are solved together, and what is shared by every draw about the
// combinations of their values, its cells. Given the values of the issues it shares with its parent
// (the separator), what hangs below it is independent of the rest of the space.
type cluster struct {
	vars      []int // ascending
	dims      []int
	stride    []int // row-major over vars, last fastest
	cells     int
	values    []uint16 // of each cell, by issue
	parent    int
	kids      []int
	sep       []int // issues shared with the parent
	nsep      int   // combinations of sep's values, 1 for none
	owns      []int // places in vars of the issues whose additive value is counted here
	interests [2][]int
	lines     [2]uint64 // red lines that lie within it

	full layout // all cells
	kept layout // without cells that no weights within bounds make worth having on a frontier
}

// view is the cells in groups that agree on the separators with the parent and with every kid.
type view struct {
	idx    []int32 // places in the layout, group by group; nil for all in order
	groups []group // by parent separator
	byPS   []int32 // first group of each parent separator, one more at the end
	kidSep []int32 // for each group, each kid's separator value
}

type group struct{ from, to int32 }

// layout is a selection of cells in the order of view's groups, with tables alike.
type layout struct {
	view
	cell   []int32        // row-major number
	table  [2][][]float64 // strength by side and interest
	breaks [2][]breaks    // red lines, by side
}

// breaks is the cells of a layout that break a red line.
type breaks struct {
	line int
	at   []int32
}

// forbid puts -Inf where a hard line is broken.
func (l *layout) forbid(val []float64, side int, hard uint64) {
	for k := range l.breaks[side] {
		if b := &l.breaks[side][k]; hard>>b.line&1 == 1 {
			for _, x := range b.at {
				val[x] = negInf
			}
		}
	}
}

// value is the value of the k-th of the cluster's issues in a cell.
func (c *cluster) value(cell, k int) int { return int(c.values[cell*len(c.vars)+k]) }

// write sets the cluster's issues to a cell's values.
func (c *cluster) write(cell int, out Offer) {
	v := c.values[cell*len(c.vars):]
	for k, i := range c.vars {
		out[i] = v[k]
	}
}

// projector maps a cell to its row-major number over some of the cluster's issues. Issues the cluster
// does not have count as their first value.
func (c *cluster) projector(s *Space, scope []int) func(cell int) int {
	place := make([]int, len(scope))
	for k, i := range scope {
		place[k] = slices.Index(c.vars, i)
	}
	return func(cell int) int {
		at := 0
		for k, i := range scope {
			at *= s.dims[i]
			if place[k] >= 0 {
				at += c.value(cell, place[k])
			}
		}
		return at
	}
}

func (m *Model) newCluster(vars []int) *cluster {
	c := &cluster{vars: vars, cells: 1, parent: -1, nsep: 1, stride: make([]int, len(vars))}
	for k := len(vars) - 1; k >= 0; k-- {
		c.stride[k] = c.cells
		c.cells *= m.Space.dims[vars[k]]
	}
	for _, i := range vars {
		c.dims = append(c.dims, m.Space.dims[i])
	}
	for cell := range c.cells {
		for k := range vars {
			c.values = append(c.values, uint16(cell/c.stride[k]%c.dims[k]))
		}
	}
	return c
}

// lay fills a layout with these cells.
func (m *Model) lay(c *cluster, cells []int32) layout {
	seps := make([]func(int) int, 0, 1+len(c.kids))
	seps = append(seps, c.projector(m.Space, c.sep))
	for _, k := range c.kids {
		seps = append(seps, c.projector(m.Space, m.clusters[k].sep))
	}
	keys := make([][]int32, len(seps))
	for k, f := range seps {
		keys[k] = make([]int32, c.cells)
		for x := range keys[k] {
			keys[k][x] = int32(f(x))
		}
	}
	same := func(x, y int32) int {
		for k := range keys {
			if d := cmp.Compare(keys[k][x], keys[k][y]); d != 0 {
				return d
			}
		}
		return 0
	}
	l := layout{cell: slices.Clone(cells)}
	slices.SortFunc(l.cell, func(x, y int32) int { return cmp.Or(same(x, y), cmp.Compare(x, y)) })
	l.byPS = make([]int32, c.nsep+1)
	for from := 0; from < len(l.cell); {
		to := from + 1
		for to < len(l.cell) && same(l.cell[from], l.cell[to]) == 0 {
			to++
		}
		x := l.cell[from]
		l.groups = append(l.groups, group{int32(from), int32(to)})
		l.byPS[keys[0][x]+1] = int32(len(l.groups))
		for k := range c.kids {
			l.kidSep = append(l.kidSep, keys[1+k][x])
		}
		from = to
	}
	for p := 1; p <= c.nsep; p++ {
		l.byPS[p] = max(l.byPS[p], l.byPS[p-1])
	}
	for side := range l.table {
		for _, j := range c.interests[side] {
			in := &m.Profile[side].Interests[j]
			at := c.projector(m.Space, in.Scope)
			t := make([]float64, len(l.cell))
			for x, cell := range l.cell {
				t[x] = in.Table[at(int(cell))]
			}
			l.table[side] = append(l.table[side], t)
		}
		for j := range m.Profile[side].Lines {
			if c.lines[side]>>j&1 == 0 {
				continue
			}
			at := c.projector(m.Space, m.Profile[side].Lines[j].Scope)
			b := breaks{line: j}
			for x, cell := range l.cell {
				if m.Profile[side].Lines[j].Broken[at(int(cell))] {
					b.at = append(b.at, int32(x))
				}
			}
			l.breaks[side] = append(l.breaks[side], b)
		}
	}
	return l
}

// narrow is the view of those cells whose values the masks allow (nil: all of an issue's values), or
// v itself when that is all of them.
func (l *layout) narrow(c *cluster, mask [][]bool) *view {
	touched := false
	for _, i := range c.vars {
		touched = touched || mask[i] != nil
	}
	if !touched {
		return &l.view
	}
	v := &view{idx: []int32{}, byPS: make([]int32, len(l.byPS))}
	for p := range l.byPS[1:] {
		for g := l.byPS[p]; g < l.byPS[p+1]; g++ {
			from := int32(len(v.idx))
			for x := l.groups[g].from; x < l.groups[g].to; x++ {
				if c.allowed(int(l.cell[x]), mask) {
					v.idx = append(v.idx, x)
				}
			}
			if to := int32(len(v.idx)); to > from {
				v.groups = append(v.groups, group{from, to})
				v.kidSep = append(v.kidSep, l.kidSep[int(g)*len(c.kids):int(g+1)*len(c.kids)]...)
			}
		}
		v.byPS[p+1] = int32(len(v.groups))
	}
	return v
}

func (c *cluster) allowed(cell int, mask [][]bool) bool {
	for k, i := range c.vars {
		if mask[i] != nil && !mask[i][c.value(cell, k)] {
			return false
		}
	}
	return true
}
