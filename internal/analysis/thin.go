package analysis

import (
	"math/bits"
	"sort"
)

// maxThin is about how many runs a thinned set holds at most.
const maxThin = 1 << 16

// thin keeps a random part of the runs, chosen by their numbers alone: run r stays while mix(r) ends
// in level zero bits. The level follows from the largest run seen, so any order of runs and of merges
// leaves the same set, and a set of a million runs' last shard is as thin as the whole.
type thin struct {
	limit int64 // at most about this many runs; 0: maxThin
	width int   // numbers a run
	max   int64 // one more than the largest run seen
	level int
	runs  []int64
	cells []float32 // width a run
}

// mix is the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func stays(run int64, level int) bool { return bits.TrailingZeros64(mix(uint64(run))) >= level }

// see takes note of a run and gives the place for its numbers, nil if it does not stay.
func (t *thin) see(run int64) []float32 {
	t.reach(run + 1)
	if !stays(run, t.level) {
		return nil
	}
	t.runs = append(t.runs, run)
	n := len(t.cells)
	for range t.width {
		t.cells = append(t.cells, 0)
	}
	return t.cells[n:]
}

// reach thins the set to what max runs allow.
func (t *thin) reach(runs int64) {
	if runs <= t.max {
		return
	}
	t.max = runs
	limit := t.limit
	if limit == 0 {
		limit = maxThin
	}
	level := t.level
	for t.max > limit<<level {
		level++
	}
	if level == t.level {
		return
	}
	t.level = level
	k := 0
	for i, r := range t.runs {
		if stays(r, level) {
			t.runs[k] = r
			copy(t.cells[k*t.width:(k+1)*t.width], t.cells[i*t.width:])
			k++
		}
	}
	t.runs, t.cells = t.runs[:k], t.cells[:k*t.width]
}

func (t *thin) merge(u *thin) {
	t.reach(u.max)
	for i, r := range u.runs {
		if stays(r, t.level) {
			t.runs = append(t.runs, r)
			t.cells = append(t.cells, u.cells[i*t.width:(i+1)*t.width]...)
		}
	}
}

// each calls f for every run kept, in the order of the runs.
func (t *thin) each(f func(run int64, cells []float32)) {
	order := make([]int, len(t.runs))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(a, b int) bool { return t.runs[order[a]] < t.runs[order[b]] })
	for _, i := range order {
		f(t.runs[i], t.cells[i*t.width:(i+1)*t.width])
	}
}
