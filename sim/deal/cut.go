package deal

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// factor is a part of the space that shares neither interest nor red line with the rest: a tree of
// clusters, and the red lines that span several of them.
type factor struct {
	order []int // clusters, kids before parents; the root last
	spans [2]uint64
}

// lineState is which spanning red lines a draw has, by side: hard ones that hold, and those at a price.
type lineState struct{ hard, soft [2]uint64 }

// box is a part of a factor in which every issue keeps to some of its values, and every spanning line
// is either broken throughout or nowhere. The boxes of a factor are disjoint and hold all that its
// hard lines allow.
type box struct {
	mask   [][]bool  // by issue; nil for all values
	broken [2]uint64 // lines at a price that it breaks
}

// context is a box as the clusters of a factor see it.
type context struct {
	broken [2]uint64
	mask   [][]bool
	full   []*view // by place in the factor's order
	kept   []*view
	same   []int32 // an earlier context in which the cluster and all below it look alike, -1 if none
}

// cuts are the contexts of every factor for one lineState.
type cuts struct {
	factor [][]context
	boxes  int // of the whole space

	planned sync.Once
	plan    *plan
}

// strip is a piece of a line's truth table: values of each issue of its scope, broken or not throughout.
type strip struct {
	in     [][]bool
	broken bool
}

// strips cuts a truth table into disjoint boxes, taking the order of issues that needs fewest.
func strips(s *Space, l *Line) []strip {
	var best []strip
	perms(len(l.Scope), func(perm []int) {
		if got := stripsIn(s, l, perm); best == nil || len(got) < len(best) {
			best = got
		}
	})
	return best
}

// perms calls f with the orders of n things: all of them up to 4, else each thing first in turn.
func perms(n int, f func([]int)) {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	if n > 4 {
		for i := range p {
			f(append([]int{i}, slices.Delete(slices.Clone(p), i, i+1)...))
		}
		return
	}
	var rec func(k int)
	rec = func(k int) {
		if k == n {
			f(p)
			return
		}
		for i := k; i < n; i++ {
			p[k], p[i] = p[i], p[k]
			rec(k + 1)
			p[k], p[i] = p[i], p[k]
		}
	}
	rec(0)
}

func stripsIn(s *Space, l *Line, perm []int) []strip {
	n := len(l.Scope)
	stride := make([]int, n)
	for k, at := n-1, 1; k >= 0; k-- {
		stride[k] = at
		at *= s.dims[l.Scope[k]]
	}
	// rec cuts the table over perm[k:] that starts at base.
	var rec func(k, base int) []strip
	rec = func(k, base int) []strip {
		if k == n {
			return []strip{{in: make([][]bool, n), broken: l.Broken[base]}}
		}
		// Values that leave the same to the rest make one box.
		var out []strip
		known := map[string]int{}
		var kinds [][]bool
		var first []int
		d := s.dims[l.Scope[perm[k]]]
		for v := range d {
			at := base + v*stride[perm[k]]
			key := tableKey(s, l, perm[k+1:], stride, at)
			g, ok := known[key]
			if !ok {
				g = len(kinds)
				known[key] = g
				kinds = append(kinds, make([]bool, d))
				first = append(first, at)
			}
			kinds[g][v] = true
		}
		for g, in := range kinds {
			for _, t := range rec(k+1, first[g]) {
				if len(kinds) > 1 {
					t.in[perm[k]] = in
				}
				out = append(out, t)
			}
		}
		return out
	}
	return rec(0, 0)
}

func tableKey(s *Space, l *Line, perm []int, stride []int, base int) string {
	var b strings.Builder
	var rec func(k, at int)
	rec = func(k, at int) {
		if k == len(perm) {
			if l.Broken[at] {
				b.WriteByte(1)
			} else {
				b.WriteByte(0)
			}
			return
		}
		for v := range s.dims[l.Scope[perm[k]]] {
			rec(k+1, at+v*stride[perm[k]])
		}
	}
	rec(0, base)
	return b.String()
}

// boxes cuts a factor by its spanning lines. It fails when there are more than the model's cap.
func (m *Model) boxes(f *factor, state lineState) ([]box, error) {
	out := []box{{mask: make([][]bool, m.Space.Len())}}
	var names []string
	for side := range m.Profile {
		for j := range m.Profile[side].Lines {
			bit := uint64(1) << j
			hard, soft := state.hard[side]&bit != 0, state.soft[side]&bit != 0
			if f.spans[side]&bit == 0 || !hard && !soft {
				continue
			}
			l := &m.Profile[side].Lines[j]
			names = append(names, m.Profile[side].Name+"."+l.Name)
			var next []box
			for _, b := range out {
				for _, t := range m.strips[side][j] {
					if t.broken && hard {
						continue
					}
					if nb, ok := b.cut(l, &t); ok {
						if t.broken {
							nb.broken[side] |= bit
						}
						next = append(next, nb)
					}
				}
			}
			if len(next) > m.opt.MaxBoxes {
				return nil, fmt.Errorf("the red lines %s cut the space into more than %d boxes; write one of them over fewer issues or values", strings.Join(names, ", "), m.opt.MaxBoxes)
			}
			out = next
		}
	}
	return out, nil
}

// cut is the part of the box within the strip; ok is false when it is empty.
func (b *box) cut(l *Line, t *strip) (box, bool) {
	out := box{mask: slices.Clone(b.mask), broken: b.broken}
	for k, i := range l.Scope {
		if t.in[k] == nil {
			continue
		}
		if out.mask[i] == nil {
			out.mask[i] = t.in[k]
			continue
		}
		both, some := make([]bool, len(t.in[k])), false
		for v := range both {
			both[v] = out.mask[i][v] && t.in[k][v]
			some = some || both[v]
		}
		if !some {
			return box{}, false
		}
		out.mask[i] = both
	}
	return out, true
}

// cutsFor finds the contexts for a draw's lines. They are kept, so that a state met before costs a look-up.
func (m *Model) cutsFor(state lineState) (*cuts, error) {
	for side := range state.hard {
		state.hard[side] &= m.spans[side]
		state.soft[side] &= m.spans[side]
	}
	m.mu.RLock()
	got := m.cuts[state]
	m.mu.RUnlock()
	if got != nil {
		return got, nil
	}
	got, err := m.makeCuts(state)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.cuts) < 1<<12 {
		m.cuts[state] = got
	}
	return got, nil
}

func (m *Model) makeCuts(state lineState) (*cuts, error) {
	out := &cuts{boxes: 1}
	for f := range m.factors {
		fa := &m.factors[f]
		boxes, err := m.boxes(fa, state)
		if err != nil {
			return nil, err
		}
		out.boxes *= len(boxes)
		var contexts []context
		seen := make([]map[string]int32, len(fa.order))
		for i := range boxes {
			ctx := context{broken: boxes[i].broken, mask: boxes[i].mask}
			below := map[int]string{} // what the masks say about a cluster and all below it
			for k, ci := range fa.order {
				c := &m.clusters[ci]
				ctx.full = append(ctx.full, c.full.narrow(c, ctx.mask))
				ctx.kept = append(ctx.kept, c.kept.narrow(c, ctx.mask))
				sig := signature(c, ctx.mask)
				for _, kid := range c.kids {
					sig += "(" + below[kid] + ")"
				}
				below[ci] = sig
				if seen[k] == nil {
					seen[k] = map[string]int32{}
				}
				if at, ok := seen[k][sig]; ok {
					ctx.same = append(ctx.same, at)
				} else {
					seen[k][sig] = int32(i)
					ctx.same = append(ctx.same, -1)
				}
			}
			contexts = append(contexts, ctx)
		}
		out.factor = append(out.factor, contexts)
	}
	return out, nil
}

func signature(c *cluster, mask [][]bool) string {
	var b []byte
	for _, i := range c.vars {
		b = binary.AppendVarint(b, int64(len(mask[i])))
		for _, in := range mask[i] {
			if in {
				b = append(b, 1)
			} else {
				b = append(b, 0)
			}
		}
	}
	return string(b)
}
