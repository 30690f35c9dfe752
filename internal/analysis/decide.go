package analysis

import (
	"math"
	"sort"
	"strconv"

	"github.com/parley-sim/parley/internal/store"
)

// minEnd is how many runs an end of a driver must hold.
const minEnd = 30

// decide fills Decides and Levers.
func (f *Fold) decide(s *Summary) {
	s.Decides = []Driver{}
	place := map[string]int{}
	for i := range f.draws {
		if d, ok := f.driver(i); ok {
			place[d.Key] = i
			s.Decides = append(s.Decides, d)
		}
	}
	sort.SliceStable(s.Decides, func(i, j int) bool {
		return math.Abs(s.Decides[i].Swing) > math.Abs(s.Decides[j].Swing)
	})
	// What a design sets on purpose comes first, then numbers that take many values, then the rest.
	var levers []int
	for rank := range 3 {
		for _, d := range s.Decides {
			i := place[d.Key]
			switch {
			case f.isFactor(i) && rank == 0,
				!f.isFactor(i) && d.Low.Is == "" && rank == 1,
				!f.isFactor(i) && d.Low.Is != "" && rank == 2:
				levers = append(levers, i)
			}
		}
	}
	if len(levers) >= 2 {
		s.Levers = f.lever(levers[0], levers[1])
	}
}

func (f *Fold) isFactor(i int) bool { return f.l.schema.Columns[f.l.draws[i]].Role == "factor" }

// driver sets the success at one end of a drawn number against that at the other, by given data: the
// runs are those of the main experiment, sorted by the number. A fifth is the set of lowest (highest)
// bins whose count comes nearest to a fifth of all, and at least one bin. ok is false if the number
// took one value only, or an end has fewer than 30 runs.
func (f *Fold) driver(i int) (Driver, bool) {
	col := &f.l.schema.Columns[f.l.draws[i]]
	d := Driver{Label: col.Label, Unit: col.Unit, Party: col.Party, Kind: "number"}
	d.Key, d.Evidence = numberOf(f.l.brief, col)
	var ok bool
	if levels := f.draws[i].levels; levels != nil {
		d.Kind = "level"
		d.Low, d.High, ok = levelEnds(levels, col.Levels)
	} else {
		steps, distinct := f.draws[i].steps()
		d.Low, d.High, ok = fifths(steps, distinct, yesNo(col, steps))
	}
	if !ok {
		return d, false
	}
	d.Swing = Tidy(d.High.Share.Share - d.Low.Share.Share)
	d.SwingLo, d.SwingHi = difference(d.Low.Share, d.High.Share)
	d.Clear = d.SwingLo > 0 || d.SwingHi < 0
	return d, true
}

// levelEnds takes the levels of least and of most success among those with enough runs.
func levelEnds(levels []bin, names []string) (lo, hi End, ok bool) {
	a, b := -1, -1
	at := func(i int) float64 { return float64(levels[i].won) / float64(levels[i].n) }
	for i, v := range levels {
		if v.n < minEnd {
			continue
		}
		if a < 0 || at(i) < at(a) {
			a = i
		}
		if b < 0 || at(i) >= at(b) {
			b = i
		}
	}
	if a < 0 || a == b {
		return lo, hi, false
	}
	lo = End{Is: names[a], Share: ShareOf(levels[a].won, levels[a].n)}
	hi = End{Is: names[b], Share: ShareOf(levels[b].won, levels[b].n)}
	return lo, hi, true
}

// fifths takes the lowest and the highest fifth of ascending steps.
func fifths(steps []bin, distinct, yesNo bool) (lo, hi End, ok bool) {
	if len(steps) < 2 {
		return lo, hi, false
	}
	var all int64
	for _, b := range steps {
		all += b.n
	}
	fifth := float64(all) / 5
	// i is one past the lowest fifth, j the first of the highest.
	i := nearest(len(steps), fifth, func(k int) int64 { return steps[k].n })
	j := len(steps) - nearest(len(steps), fifth, func(k int) int64 { return steps[len(steps)-1-k].n })
	if i > j {
		i, j = 1, len(steps)-1 // two heavy values: the ends are the two outermost
	}
	lo, hi = endOf(steps[:i]), endOf(steps[j:])
	if lo.Share.Of < minEnd || hi.Share.Of < minEnd {
		return lo, hi, false
	}
	switch {
	case yesNo:
		lo.Is, hi.Is = "no", "yes"
	case distinct && i == 1 && j == len(steps)-1:
		lo.Is, hi.Is = number(steps[0].at), number(steps[len(steps)-1].at)
	default:
		below, above := edge(steps[i-1].at, steps[i].at), edge(steps[j-1].at, steps[j].at)
		lo.Below, hi.Above = &below, &above
	}
	return lo, hi, true
}

// nearest is how many of n steps, at least one, come nearest to a count.
func nearest(n int, want float64, count func(int) int64) int {
	have := 0.0
	for k := range n {
		c := float64(count(k))
		if have+c >= want {
			if k > 0 && want-have < have+c-want {
				return k
			}
			return k + 1
		}
		have += c
	}
	return n
}

func endOf(steps []bin) End {
	var n, won int64
	for _, b := range steps {
		n += b.n
		won += b.won
	}
	return End{Share: ShareOf(won, n)}
}

// edge is a number between two neighbouring bins, the shortest within the width of a bin.
func edge(a, b float64) float64 {
	mid := a + (b-a)/2
	for digits := 1; digits < 6; digits++ {
		v, err := strconv.ParseFloat(strconv.FormatFloat(mid, 'g', digits, 64), 64)
		if err == nil && math.Abs(v-mid) <= 2*accuracy*math.Abs(mid) {
			return v
		}
	}
	return Tidy(mid)
}

func number(v float64) string { return strconv.FormatFloat(Tidy(v), 'f', -1, 64) }

// yesNo reports whether a number is a chance: 0 or 1 and without a unit.
func yesNo(col *store.Column, steps []bin) bool {
	if col.Unit != "" || len(steps) > 2 {
		return false
	}
	for _, b := range steps {
		if b.at != 0 && b.at != 1 {
			return false
		}
	}
	return true
}

// eighths is the number of cells of an axis of the two-lever map.
const eighths = 8

// lever is success by two drawn numbers, from the thinned set of runs.
func (f *Fold) lever(x, y int) *Map {
	m := &Map{Thin: f.thin.level > 0}
	var cutX, cutY func(float32) int
	m.X, cutX = f.axis(x)
	m.Y, cutY = f.axis(y)
	nx, ny := m.X.cells(), m.Y.cells()
	n, won := make([]int64, nx*ny), make([]int64, nx*ny)
	first := keptRest + len(f.l.issues)
	f.thin.each(func(_ int64, r []float32) {
		i, j := cutX(r[first+x]), cutY(r[first+y])
		if i < 0 || j < 0 {
			return
		}
		n[j*nx+i]++
		won[j*nx+i] += one(stage(r[keptStage]) >= f.l.goal)
		m.Rows++
	})
	for j := range ny {
		row := make([]Share, nx)
		for i := range row {
			row[i] = ShareOf(won[j*nx+i], n[j*nx+i])
		}
		m.Cells = append(m.Cells, row)
	}
	return m
}

func (a *Axis) cells() int {
	if len(a.Levels) > 0 {
		return len(a.Levels)
	}
	return len(a.Edges) - 1
}

// axis cuts a drawn number into its levels, or into eighths of the runs.
func (f *Fold) axis(i int) (Axis, func(float32) int) {
	col := &f.l.schema.Columns[f.l.draws[i]]
	a := Axis{Label: col.Label, Unit: col.Unit, Party: col.Party, Set: f.isFactor(i)}
	a.Key, a.Evidence = numberOf(f.l.brief, col)
	d := &f.draws[i]
	if d.levels != nil {
		a.Levels = col.Levels
		return a, func(v float32) int {
			if v >= 0 && int(v) < len(col.Levels) {
				return int(v)
			}
			return -1
		}
	}
	steps, distinct := d.steps()
	if distinct && len(steps) <= eighths {
		for _, b := range steps {
			a.Levels = append(a.Levels, number(b.at))
		}
		if yesNo(col, steps) {
			a.Levels = []string{"no", "yes"}
		}
		return a, func(v float32) int {
			for k, b := range steps {
				if float32(b.at) == v {
					return k
				}
			}
			return -1
		}
	}
	a.Edges = append(a.Edges, Tidy(d.all.lo))
	for k := 1; k < eighths; k++ {
		if e := d.all.at(float64(k) / eighths); e > a.Edges[len(a.Edges)-1] {
			a.Edges = append(a.Edges, e)
		}
	}
	if top := Tidy(d.all.hi); top > a.Edges[len(a.Edges)-1] {
		a.Edges = append(a.Edges, top)
	}
	inner := a.Edges[1 : len(a.Edges)-1]
	return a, func(v float32) int {
		if v != v {
			return -1
		}
		return sort.Search(len(inner), func(k int) bool { return float64(v) < inner[k] })
	}
}
