package deal

import (
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Options bound the work of a Model; the zero value is sensible.
type Options struct {
	// MaxPoints is how many points a frontier may have before it is thinned, with a certified bound. Default 16384.
	MaxPoints int
	// MaxBoxes is how many boxes red lines may cut a part of the space into. Default 256.
	MaxBoxes int
	// Resolution, a share of a party's range of utility, is how far above the lowest utility AtLeast may
	// stay, and buys speed in large spaces. Default 0: exact wherever that can be done.
	Resolution float64
	// Tolerance: frontier points closer than this are one. Default 1e-9.
	Tolerance float64
	// Once says that terms are used for a talk or two: then a small space with fixed terms is not sorted as a
	// whole, which pays from some hundred talks on. It changes no result.
	Once bool
}

const (
	defaultPoints    = 1 << 14
	defaultBoxes     = 256
	defaultTolerance = 1e-9
)

// Model is a space with both sides' profiles, compiled. It does not change, and may be shared by any
// number of goroutines.
type Model struct {
	Space    *Space
	Profile  [2]Profile
	opt      Options
	bounds   [2]Bounds
	clusters []cluster
	factors  []factor
	place    []int   // of a cluster in its factor's order
	msgAt    []int32 // of a cluster among one number for each separator value of each cluster
	msgLen   int
	open     *cuts     // by no red line
	spans    [2]uint64 // red lines that no cluster holds, by side
	strips   [2][][]strip
	scorer   [2]scorer
	noPlan   bool // for tests: AtLeast by rounded sums in any space,
	rungs    int  // of so many to a list

	shelves [2]shelf

	mu   sync.RWMutex
	cuts map[lineState]*cuts
}

// Compile checks the profiles and prepares what every draw shares: the tree of clusters, its tables,
// the cells that can matter. The error names the interests that tie too many issues together, or the
// red lines that cut the space into too many boxes.
func Compile(s *Space, p [2]Profile, b [2]Bounds, opt Options) (*Model, error) {
	var errs []error
	for k := range p {
		errs = append(errs, s.checkProfile(&p[k], &b[k]))
	}
	switch {
	case opt.MaxPoints < 0 || opt.MaxPoints == 1:
		errs = append(errs, fmt.Errorf("deal: MaxPoints %d is not >= 2 (0 for the default)", opt.MaxPoints))
	case opt.MaxBoxes < 0:
		errs = append(errs, fmt.Errorf("deal: MaxBoxes %d is not >= 1 (0 for the default)", opt.MaxBoxes))
	case !(opt.Resolution >= 0 && opt.Resolution <= 1):
		errs = append(errs, fmt.Errorf("deal: Resolution %v is not in [0, 1]", opt.Resolution))
	case !(opt.Tolerance >= 0):
		errs = append(errs, fmt.Errorf("deal: Tolerance %v is not >= 0", opt.Tolerance))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if opt.MaxPoints == 0 {
		opt.MaxPoints = defaultPoints
	}
	if opt.MaxBoxes == 0 {
		opt.MaxBoxes = defaultBoxes
	}
	if opt.Tolerance == 0 {
		opt.Tolerance = defaultTolerance
	}
	m := &Model{Space: s, Profile: p, bounds: b, opt: opt, cuts: map[lineState]*cuts{}}
	for side := range p {
		m.scorer[side] = newScorer(s, &p[side])
		m.strips[side] = make([][]strip, len(p[side].Lines))
		if n, ok := s.Count(); ok && n <= ladderOutcomes {
			m.shelves[side].fixed = b[side].fixed() && !opt.Once
		}
	}
	bags, err := m.decompose()
	if err != nil {
		return nil, err
	}
	m.plant(bags)
	for i := range m.clusters {
		c := &m.clusters[i]
		all := make([]int32, c.cells)
		for x := range all {
			all[x] = int32(x)
		}
		c.full = m.lay(c, all)
	}
	for i := range m.clusters {
		c := &m.clusters[i]
		if keep := m.candidates(c, b); len(keep) < c.cells {
			c.kept = m.lay(c, keep)
		} else {
			c.kept = c.full
		}
	}
	m.open, err = m.cutsFor(lineState{})
	return m, err
}

// decompose finds the bags. Interests always join their issues. A red line joins its own only where
// that costs next to nothing, or where the boxes would be too many: a line that spans clusters cuts
// the space into boxes rather than merge the clusters.
func (m *Model) decompose() ([]bag, error) {
	g := newGraph(m.Space.dims)
	for side := range m.Profile {
		for j := range m.Profile[side].Interests {
			g.join(m.Profile[side].Interests[j].Scope)
		}
	}
	bags := g.decompose()
	if _, largest := totalCells(bags); largest > MaxCells {
		return nil, tooWide(m.Space, &m.Profile, bags)
	}
	const slack, free = 1.25, 256 // of cells
	for side := range m.Profile {
		for j := range m.Profile[side].Lines {
			g, bags = m.tryJoin(g, bags, m.Profile[side].Lines[j].Scope, slack, free)
		}
	}
	for {
		m.findSpans(bags)
		err := m.checkBoxes(bags)
		if err == nil {
			return bags, nil
		}
		// Too many boxes: let the line whose join costs least join after all.
		var bestG *graph
		var best []bag
		for side := range m.Profile {
			for j := range m.Profile[side].Lines {
				if m.spans[side]>>j&1 == 0 {
					continue
				}
				g2, b2 := m.tryJoin(g, bags, m.Profile[side].Lines[j].Scope, 0, MaxCells)
				if g2 == g {
					continue
				}
				if t2, _ := totalCells(b2); best == nil || t2 < first(totalCells(best)) {
					bestG, best = g2, b2
				}
			}
		}
		if best == nil {
			return nil, err
		}
		g, bags = bestG, best
	}
}

func first(a, _ float64) float64 { return a }

// tryJoin adds a clique unless the cells then pass slack x what they were + free, or a table grows too
// large, or (with slack) clusters come to share more issues.
func (m *Model) tryJoin(g *graph, bags []bag, scope []int, slack, free float64) (*graph, []bag) {
	set := setOf(m.Space.Len(), scope)
	for i := range bags {
		if set.within(bags[i].set) {
			return g, bags
		}
	}
	h := g.clone()
	h.join(scope)
	got := h.decompose()
	total, largest := totalCells(got)
	was, _ := totalCells(bags)
	if total > slack*was+free || largest > MaxCells || slack > 0 && g.separators(got) > g.separators(bags) {
		return g, bags
	}
	return h, got
}

func (m *Model) findSpans(bags []bag) {
	m.spans = [2]uint64{}
	for side := range m.Profile {
		for j := range m.Profile[side].Lines {
			if home(m.Space, bags, m.Profile[side].Lines[j].Scope) < 0 {
				m.spans[side] |= 1 << j
				if m.strips[side][j] == nil {
					m.strips[side][j] = strips(m.Space, &m.Profile[side].Lines[j])
				}
			}
		}
	}
}

// home is the smallest bag that holds the scope, -1 if none does.
func home(s *Space, bags []bag, scope []int) int {
	set := setOf(s.Len(), scope)
	best := -1
	for i := range bags {
		if set.within(bags[i].set) && (best < 0 || bags[i].cells < bags[best].cells) {
			best = i
		}
	}
	return best
}

// checkBoxes counts the boxes with every line at a price, the most there can be.
func (m *Model) checkBoxes(bags []bag) error {
	for _, f := range m.split(bags) {
		if _, err := m.boxes(&factor{spans: f.spans}, lineState{soft: m.spans}); err != nil {
			return err
		}
	}
	return nil
}

// part is a set of bags that interests or spanning lines connect.
type part struct {
	bags  []int
	spans [2]uint64
}

func (m *Model) split(bags []bag) []part {
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
	join := func(i, j int) {
		i, j = find(i), find(j)
		into[max(i, j)] = min(i, j)
	}
	owner := make([]int, m.Space.Len())
	for i := len(bags) - 1; i >= 0; i-- {
		if bags[i].parent >= 0 {
			join(i, bags[i].parent)
		}
		for _, v := range bags[i].vars {
			owner[v] = i
		}
	}
	for side := range m.Profile {
		for j := range m.Profile[side].Lines {
			if m.spans[side]>>j&1 == 1 {
				scope := m.Profile[side].Lines[j].Scope
				for _, v := range scope {
					join(owner[v], owner[scope[0]])
				}
			}
		}
	}
	at := map[int]int{}
	var parts []part
	for i := range bags {
		r := find(i)
		if _, ok := at[r]; !ok {
			at[r] = len(parts)
			parts = append(parts, part{})
		}
		p := &parts[at[r]]
		p.bags = append(p.bags, i)
	}
	for side := range m.Profile {
		for j := range m.Profile[side].Lines {
			if m.spans[side]>>j&1 == 1 {
				parts[at[find(owner[m.Profile[side].Lines[j].Scope[0]])]].spans[side] |= 1 << j
			}
		}
	}
	return parts
}

// plant makes the clusters: each part a tree with its largest bag for root, trees that only a line
// connects hung below it with nothing between.
func (m *Model) plant(bags []bag) {
	near := make([][]int, len(bags))
	for i := range bags {
		m.clusters = append(m.clusters, *m.newCluster(bags[i].vars))
		if p := bags[i].parent; p >= 0 {
			near[i] = append(near[i], p)
			near[p] = append(near[p], i)
		}
	}
	for _, p := range m.split(bags) {
		byCells := slices.Clone(p.bags)
		slices.SortStableFunc(byCells, func(i, j int) int { return m.clusters[j].cells - m.clusters[i].cells })
		f := factor{spans: p.spans}
		seen := map[int]bool{}
		var kids []int // roots of the part's other trees
		var visit func(i int)
		visit = func(i int) {
			seen[i] = true
			for _, j := range near[i] {
				if !seen[j] {
					m.hang(j, i)
					visit(j)
				}
			}
			f.order = append(f.order, i)
		}
		root := byCells[0]
		for _, i := range byCells[1:] {
			if !connected(near, root, i) {
				top := true
				for _, k := range kids {
					top = top && !connected(near, k, i)
				}
				if top {
					kids = append(kids, i)
				}
			}
		}
		for _, k := range kids {
			m.hang(k, root)
			visit(k)
		}
		visit(root)
		m.factors = append(m.factors, f)
	}
	m.place = make([]int, len(bags))
	for i := range m.factors {
		for k, c := range m.factors[i].order {
			m.place[c] = k
		}
	}
	for i := range m.clusters {
		m.msgAt = append(m.msgAt, int32(m.msgLen))
		m.msgLen += m.clusters[i].nsep
	}
	m.assign(bags)
}

func connected(near [][]int, a, b int) bool {
	seen := map[int]bool{a: true}
	for todo := []int{a}; len(todo) > 0; {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if i == b {
			return true
		}
		for _, j := range near[i] {
			if !seen[j] {
				seen[j] = true
				todo = append(todo, j)
			}
		}
	}
	return false
}

func (m *Model) hang(kid, parent int) {
	k := &m.clusters[kid]
	k.parent = parent
	k.sep = nil
	k.nsep = 1
	for _, v := range k.vars {
		if slices.Contains(m.clusters[parent].vars, v) {
			k.sep = append(k.sep, v)
			k.nsep *= m.Space.dims[v]
		}
	}
	m.clusters[parent].kids = append(m.clusters[parent].kids, kid)
}

// assign gives every interest, local line and issue one cluster.
func (m *Model) assign(bags []bag) {
	for side := range m.Profile {
		for j := range m.Profile[side].Interests {
			c := &m.clusters[home(m.Space, bags, m.Profile[side].Interests[j].Scope)]
			c.interests[side] = append(c.interests[side], j)
		}
		for j := range m.Profile[side].Lines {
			if m.spans[side]>>j&1 == 0 {
				m.clusters[home(m.Space, bags, m.Profile[side].Lines[j].Scope)].lines[side] |= 1 << j
			}
		}
	}
	for v := range m.Space.dims {
		c := &m.clusters[home(m.Space, bags, []int{v})]
		c.owns = append(c.owns, slices.Index(c.vars, v))
	}
}

// Boxes is how many boxes the red lines cut the space into when all of them matter: 1 if none spans
// clusters.
func (m *Model) Boxes() int {
	c, err := m.cutsFor(lineState{soft: m.spans})
	if err != nil {
		return m.opt.MaxBoxes
	}
	return c.boxes
}

// Clusters are the sets of issues that are solved together, for people who wonder what costs time.
func (m *Model) Clusters() [][]int {
	var out [][]int
	for i := range m.clusters {
		out = append(out, slices.Clone(m.clusters[i].vars))
	}
	return out
}
