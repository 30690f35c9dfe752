package deal

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
)

// bits over issues.
type issueSet []uint64

func newIssueSet(n int) issueSet { return make(issueSet, (n+63)/64) }

func (s issueSet) add(i int)      { s[i>>6] |= 1 << (i & 63) }
func (s issueSet) drop(i int)     { s[i>>6] &^= 1 << (i & 63) }
func (s issueSet) has(i int) bool { return s[i>>6]>>(i&63)&1 == 1 }

func (s issueSet) within(t issueSet) bool {
	for k := range s {
		if s[k]&^t[k] != 0 {
			return false
		}
	}
	return true
}

func (s issueSet) list() []int {
	var l []int
	for k, w := range s {
		for ; w != 0; w &= w - 1 {
			l = append(l, k<<6+bits.TrailingZeros64(w))
		}
	}
	return l
}

func setOf(n int, issues []int) issueSet {
	s := newIssueSet(n)
	for _, i := range issues {
		s.add(i)
	}
	return s
}

// graph joins issues that share an interest.
type graph struct {
	dims []int
	near []issueSet
}

func newGraph(dims []int) *graph {
	g := &graph{dims: dims, near: make([]issueSet, len(dims))}
	for i := range g.near {
		g.near[i] = newIssueSet(len(dims))
	}
	return g
}

func (g *graph) clone() *graph {
	c := &graph{dims: g.dims, near: make([]issueSet, len(g.near))}
	for i := range g.near {
		c.near[i] = slices.Clone(g.near[i])
	}
	return c
}

// join makes a clique of the scope.
func (g *graph) join(scope []int) {
	for _, i := range scope {
		for _, j := range scope {
			if i != j {
				g.near[i].add(j)
			}
		}
	}
}

// bag is a cluster before it is compiled: its issues, the bag it hangs on (-1 for a root).
type bag struct {
	vars   []int // ascending
	set    issueSet
	parent int
	cells  float64
}

// decompose eliminates the issues one by one, each time the one whose neighbours lack the fewest edges
// among themselves (min-fill; Kjaerulff 1990), ties by the smaller table, then by order. The bags form
// a forest in which the bags that hold an issue are connected.
func (g *graph) decompose() []bag {
	n := len(g.dims)
	h := g.clone()
	gone := newIssueSet(n)
	made := make([]int, n) // the bag an issue was eliminated with
	order := make([]int, n)
	var bags []bag
	for step := range n {
		best, bestFill, bestCells := -1, 0, 0.0
		for v := range n {
			if gone.has(v) {
				continue
			}
			fill, cells := h.fill(v)
			if best < 0 || fill < bestFill || fill == bestFill && cells < bestCells {
				best, bestFill, bestCells = v, fill, cells
			}
		}
		near := h.near[best].list()
		h.join(near)
		for _, j := range near {
			h.near[j].drop(best)
		}
		gone.add(best)
		order[best] = step
		set := setOf(n, append(near, best))
		made[best] = len(bags)
		bags = append(bags, bag{vars: set.list(), set: set, parent: -1, cells: bestCells})
	}
	// A bag hangs on that of its other issue eliminated first.
	for v := range n {
		b := &bags[made[v]]
		first := -1
		for _, j := range b.vars {
			if j != v && (first < 0 || order[j] < order[first]) {
				first = j
			}
		}
		if first >= 0 {
			b.parent = made[first]
		}
	}
	return absorb(bags)
}

func (g *graph) fill(v int) (missing int, cells float64) {
	near := g.near[v].list()
	cells = float64(g.dims[v])
	for k, i := range near {
		cells *= float64(g.dims[i])
		for _, j := range near[:k] {
			if !g.near[i].has(j) {
				missing++
			}
		}
	}
	return missing, cells
}

// absorb drops bags that lie within a neighbour.
func absorb(bags []bag) []bag {
	into := make([]int, len(bags))
	for i := range into {
		into[i] = i
	}
	find := func(i int) int {
		for into[i] != i {
			i = into[i]
		}
		return i
	}
	for changed := true; changed; {
		changed = false
		for i := range bags {
			if into[i] != i || bags[i].parent < 0 {
				continue
			}
			p := find(bags[i].parent)
			switch {
			case bags[i].set.within(bags[p].set):
				into[i], changed = p, true
			case bags[p].set.within(bags[i].set): // the parent lies within the child, which takes its place
				bags[i].parent = bags[p].parent
				into[p], changed = i, true
			}
		}
	}
	at := make([]int, len(bags))
	var out []bag
	for i := range bags {
		if into[i] == i {
			at[i] = len(out)
			out = append(out, bags[i])
		}
	}
	for i := range out {
		if out[i].parent >= 0 {
			out[i].parent = at[find(out[i].parent)]
		}
	}
	return out
}

func totalCells(bags []bag) (total, largest float64) {
	for i := range bags {
		total += bags[i].cells
		largest = max(largest, bags[i].cells)
	}
	return total, largest
}

// separators counts the combinations of values that bags share with the bag they hang on.
func (g *graph) separators(bags []bag) float64 {
	total := 0.0
	for i := range bags {
		if bags[i].parent < 0 {
			continue
		}
		n := 1.0
		for _, v := range bags[i].vars {
			if bags[bags[i].parent].set.has(v) {
				n *= float64(g.dims[v])
			}
		}
		total += n
	}
	return total
}

// TiedError says that interests tie so many issues together that no table over them fits.
type TiedError struct {
	Interests [][2]string // party and interest, first party first, in the profile's order; each joins two or more of the issues
	Issues    []string
	Cells     float64 // combinations of the issues' values; at most MaxCells fit
}

func (e *TiedError) Error() string {
	const most = 8 // names that a person reads
	var ties []string
	for _, t := range e.Interests[:min(len(e.Interests), most)] {
		ties = append(ties, t[0]+"."+t[1])
	}
	names := strings.Join(ties, ", ")
	if n := len(e.Interests) - most; n > 0 {
		names = fmt.Sprintf("%s and %d more", names, n)
	}
	return fmt.Sprintf("the interests %s tie %s together: a table of %.3g combinations, at most %d fit; split an interest into a sum over fewer issues, or give an issue fewer values",
		names, strings.Join(e.Issues, ", "), e.Cells, MaxCells)
}

// tooWide names the interests that tie the largest bag together.
func tooWide(s *Space, p *[2]Profile, bags []bag) error {
	big := 0
	for i := range bags {
		if bags[i].cells > bags[big].cells {
			big = i
		}
	}
	err := &TiedError{Cells: bags[big].cells}
	for side := range p {
		for j := range p[side].Interests {
			in := &p[side].Interests[j]
			shared := 0
			for _, i := range in.Scope {
				if bags[big].set.has(i) {
					shared++
				}
			}
			if shared > 1 {
				err.Interests = append(err.Interests, [2]string{p[side].Name, in.Name})
			}
		}
	}
	for _, i := range bags[big].vars {
		err.Issues = append(err.Issues, s.Issues[i].Name)
	}
	return err
}
