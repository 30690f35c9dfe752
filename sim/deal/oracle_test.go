package deal

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// The oracle enumerates. Everything the package computes on the tree of clusters is held against it on
// random small spaces: interests and red lines over up to three issues, lines that span clusters, hubs,
// ties, issues of one value, spaces of one outcome, no ZOPA, lines that forbid everything.

type oracle struct {
	m       *Model
	p       [2]*Party
	offers  []Offer
	u       [][2]float64 // -Inf for what the side's own hard lines forbid
	allowed []int        // by both sides
}

func newOracle(m *Model, a, b *Party) *oracle {
	o := &oracle{m: m, p: [2]*Party{a, b}}
	n, _ := m.Space.Count()
	for i := range n {
		x := m.Space.NewOffer()
		m.Space.At(i, x)
		u := [2]float64{o.utility(0, x), o.utility(1, x)}
		o.offers, o.u = append(o.offers, x), append(o.u, u)
		if u[0] > negInf && u[1] > negInf {
			o.allowed = append(o.allowed, int(i))
		}
	}
	return o
}

// utility is written apart from the package's.
func (o *oracle) utility(side int, x Offer) float64 {
	pr, t := &o.m.Profile[side], o.p[side].Terms()
	sum := 0.0
	for j, in := range pr.Interests {
		sum += float64(t.Weight[j] * in.Table[rowMajor(o.m.Space, in.Scope, x)])
	}
	for l, line := range pr.Lines {
		if line.Broken[rowMajor(o.m.Space, line.Scope, x)] && t.Cost[l] != 0 {
			sum -= t.Cost[l]
		}
	}
	return sum
}

func (o *oracle) frontier(tol float64) [][2]float64 {
	var ps [][2]float64
	for _, i := range o.allowed {
		ps = append(ps, o.u[i])
	}
	slices.SortFunc(ps, func(x, y [2]float64) int { return cmp.Or(cmp.Compare(y[0], x[0]), cmp.Compare(y[1], x[1])) })
	var out [][2]float64
	for _, p := range ps {
		if n := len(out); n == 0 || p[1] > out[n-1][1]+tol {
			if n > 0 && out[n-1][0]-p[0] < tol {
				out = out[:n-1]
			}
			out = append(out, p)
		}
	}
	return out
}

// solve is the solutions' utilities and whether there is a ZOPA.
func (o *oracle) solve() (sol [criteria][2]float64, ideal [2]float64, zopa bool) {
	d := [2]float64{o.p[0].NoDeal(), o.p[1].NoDeal()}
	var in [][2]float64
	for _, i := range o.allowed {
		if u := o.u[i]; u[0] >= d[0]-1e-12 && u[1] >= d[1]-1e-12 {
			in = append(in, u)
		}
	}
	if in == nil {
		return sol, ideal, false
	}
	ideal = in[0]
	for _, u := range in {
		ideal[0], ideal[1] = max(ideal[0], u[0]), max(ideal[1], u[1])
	}
	v := func(k int, u float64) float64 {
		return o.p[k].Terms().Risk.Value(u) - o.p[k].Terms().Risk.Value(d[k])
	}
	share := func(k int, u float64) float64 {
		if ideal[k]-d[k] < 1e-11 {
			return 1
		}
		return v(k, u) / v(k, ideal[k])
	}
	score := [criteria]func(u [2]float64) float64{
		nash:  func(u [2]float64) float64 { return max(0, v(0, u[0])) * max(0, v(1, u[1])) },
		kalai: func(u [2]float64) float64 { return min(share(0, u[0]), share(1, u[1])) },
		egal:  func(u [2]float64) float64 { return min(u[0]-d[0], u[1]-d[1]) },
		util:  func(u [2]float64) float64 { return u[0] + u[1] },
	}
	const tie = 1e-10
	for k := range score {
		best := in[0]
		for _, u := range in[1:] {
			x, y := score[k](u), score[k](best)
			if x > y+tie || x > y-tie && (u[0]+u[1] > best[0]+best[1]+tie || u[0]+u[1] > best[0]+best[1]-tie && u[0] > best[0]) {
				best = u
			}
		}
		sol[k] = best
	}
	return sol, ideal, true
}

// zopaWithout says whether some outcome suits both when some hard lines are left out.
func (o *oracle) zopaWithout(drop map[LineRef]bool) bool {
next:
	for i, x := range o.offers {
		_ = i
		for side := range o.p {
			pr, t := &o.m.Profile[side], o.p[side].Terms()
			u := 0.0
			for j, in := range pr.Interests {
				u += float64(t.Weight[j] * in.Table[rowMajor(o.m.Space, in.Scope, x)])
			}
			for l, line := range pr.Lines {
				if line.Broken[rowMajor(o.m.Space, line.Scope, x)] && !drop[LineRef{side, l}] && t.Cost[l] != 0 {
					u -= t.Cost[l]
				}
			}
			if !(u >= t.NoDeal-1e-12) {
				continue next
			}
		}
		return true
	}
	return false
}

func (o *oracle) blockers() [][]LineRef {
	var lines []LineRef
	for side := range o.p {
		for l, c := range o.p[side].Terms().Cost {
			if math.IsInf(c, 1) {
				lines = append(lines, LineRef{side, l})
			}
		}
	}
	if o.zopaWithout(nil) {
		return nil
	}
	for size := 0; size <= len(lines); size++ {
		var found [][]LineRef
		for set := range 1 << len(lines) {
			if bits.OnesCount(uint(set)) != size {
				continue
			}
			drop, refs := map[LineRef]bool{}, []LineRef{}
			for i, l := range lines {
				if set>>i&1 == 1 {
					drop[l] = true
					refs = append(refs, l)
				}
			}
			if o.zopaWithout(drop) {
				found = append(found, refs)
			}
		}
		if found != nil {
			return found
		}
	}
	return [][]LineRef{{}}
}

// randomModel is a space of a few hundred outcomes with everything that makes trouble.
func randomModel(t testing.TB, r *rand.Rand, opt Options) (*Model, [2]Bounds) {
	n := 1 + r.IntN(6)
	var issues []Issue
	cells := 1
	for i := range n {
		is := Issue{Name: fmt.Sprintf("i%d", i), Now: -1}
		for v := range 1 + r.IntN(5) {
			is.Values = append(is.Values, fmt.Sprint(v))
		}
		if cells*len(is.Values) > 1000 {
			is.Values = is.Values[:1]
		}
		cells *= len(is.Values)
		issues = append(issues, is)
	}
	s, err := NewSpace(issues)
	if err != nil {
		t.Fatal(err)
	}
	hub := -1
	if r.IntN(4) == 0 {
		hub = r.IntN(n)
	}
	scope := func(most int) []int {
		sc := r.Perm(n)[:r.IntN(min(n, most)+1)]
		if hub >= 0 && !slices.Contains(sc, hub) {
			sc = append(sc, hub)
		}
		return slices.Clone(sc)
	}
	ties := r.IntN(3) == 0
	var p [2]Profile
	var b [2]Bounds
	bounded, fixed := r.IntN(3) > 0, r.IntN(4) == 0
	for side := range p {
		p[side].Name = []string{"us", "cn"}[side]
		for j := range 1 + r.IntN(5) {
			in := Interest{Name: fmt.Sprint("x", j), Scope: scope(3)}
			for range size(s, in.Scope) {
				x := r.NormFloat64()
				if ties {
					x = float64(r.IntN(4))
				}
				in.Table = append(in.Table, x)
			}
			p[side].Interests = append(p[side].Interests, in)
			if bounded {
				lo := float64(r.IntN(5) - 2)
				b[side].Lo = append(b[side].Lo, lo)
				b[side].Hi = append(b[side].Hi, lo+float64(r.IntN(3)))
				if fixed {
					b[side].Hi[j] = lo
				}
			}
		}
		for j := range r.IntN(4) {
			l := Line{Name: fmt.Sprint("l", j), Scope: scope(3)}
			often := r.Float64()
			for range size(s, l.Scope) {
				l.Broken = append(l.Broken, r.Float64() < often)
			}
			p[side].Lines = append(p[side].Lines, l)
		}
	}
	m, err := Compile(s, p, b, opt)
	if err != nil {
		t.Fatal(err)
	}
	return m, b
}

func size(s *Space, scope []int) int {
	n := 1
	for _, i := range scope {
		n *= s.dims[i]
	}
	return n
}

func randomTerms(r *rand.Rand, m *Model, side int, b Bounds) Terms {
	t := Terms{Weight: make([]float64, len(m.Profile[side].Interests)), Cost: make([]float64, len(m.Profile[side].Lines))}
	whole := r.IntN(3) == 0
	for j := range t.Weight {
		t.Weight[j] = r.Float64()*4 - 1
		if b.Lo != nil && r.IntN(20) > 0 {
			t.Weight[j] = b.Lo[j] + (b.Hi[j]-b.Lo[j])*r.Float64()
		}
		if whole {
			t.Weight[j] = math.Round(t.Weight[j])
		}
	}
	for l := range t.Cost {
		t.Cost[l] = []float64{0, math.Inf(1), math.Inf(1), float64(1 + r.IntN(2))}[r.IntN(4)]
	}
	t.NoDeal = r.NormFloat64()
	if whole {
		t.NoDeal = math.Round(t.NoDeal)
	}
	switch r.IntN(4) {
	case 0:
		t.Risk = Risk{Kind: CARA, Coef: r.Float64()}
	case 1:
		t.Risk = Risk{Kind: CRRA, Coef: r.Float64() * 2, Base: 1 - t.NoDeal}
	}
	return t
}

func near(a, b, tol float64) bool { return a == b || math.Abs(a-b) <= tol }

func TestAgainstEnumeration(t *testing.T) {
	spaces, draws := 400, 4
	if testing.Short() {
		spaces = 150
	}
	for seed := range uint64(spaces) {
		r := rand.New(rand.NewPCG(seed, 1))
		opt := Options{}
		if seed%5 == 1 {
			opt.Resolution = 0.1 * r.Float64()
		}
		m, b := randomModel(t, r, opt)
		if m.noPlan = seed%5 >= 3; seed%5 == 4 {
			m.rungs = 2 + r.IntN(20)
		}
		pa, pb, s := m.NewParty(0), m.NewParty(1), m.NewSolver()
		for range draws {
			pa.Set(randomTerms(r, m, 0, b[0]))
			pb.Set(randomTerms(r, m, 1, b[1]))
			o := newOracle(m, pa, pb)
			for side, p := range o.p {
				checkParty(t, r, o, side, p)
			}
			checkSolver(t, o, s)
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
	}
}

func checkParty(t *testing.T, r *rand.Rand, o *oracle, side int, p *Party) {
	t.Helper()
	var own []int
	for i, u := range o.u {
		if got := p.Utility(o.offers[i]); got != u[side] {
			t.Errorf("utility %v, want %v", got, u[side])
		}
		if breaks := p.Breaks(o.offers[i]); (breaks >= 0) != (u[side] == negInf) {
			t.Errorf("breaks %d at %v", breaks, u[side])
		}
		if u[side] > negInf {
			own = append(own, i)
		}
	}
	slices.SortFunc(own, func(i, j int) int { return cmp.Or(cmp.Compare(o.u[j][side], o.u[i][side]), cmp.Compare(i, j)) })
	out := o.m.Space.NewOffer()
	if len(own) == 0 {
		if best := p.Best(out); best != negInf {
			t.Errorf("best %v of nothing", best)
		}
		if worst := p.Worst(); worst != math.Inf(1) {
			t.Errorf("worst %v of nothing", worst)
		}
		if _, ok := p.AtLeast(-1e9, out); ok {
			t.Error("at least: found in nothing")
		}
		if _, ok := p.Descend().Next(out); ok {
			t.Error("descend: found in nothing")
		}
		return
	}
	tiny := p.tiny() + 1e-15
	if got, want := p.Best(out), o.u[own[0]][side]; !near(got, want, tiny) || p.Utility(out) != got {
		t.Errorf("best %v, want %v", got, want)
	}
	if got, want := p.Worst(), o.u[own[len(own)-1]][side]; !near(got, want, tiny) {
		t.Errorf("worst %v, want %v", got, want)
	}
	d := p.Descend()
	for k, i := range own {
		u, ok := d.Next(out)
		if !ok || u != o.u[i][side] || !out.Equal(o.offers[i]) {
			t.Errorf("descend %d: %v %v %v, want %v %v", k, u, out, ok, o.u[i][side], o.offers[i])
			break
		}
	}
	if _, ok := d.Next(out); ok {
		t.Error("descend goes on after the last")
	}
	for range 12 {
		k := r.IntN(len(own))
		u := o.u[own[k]][side]
		switch r.IntN(3) {
		case 0:
			u += r.NormFloat64() * 0.3
		case 1:
			u = o.u[own[0]][side] + 1e-6*float64(r.IntN(3)-1)
		}
		want := math.Inf(1)
		for _, i := range own {
			if v := o.u[i][side]; v >= u {
				want = v
			}
		}
		got, ok := p.AtLeast(u, out)
		if ok != (want < math.Inf(1)) || ok && (got < u || !near(got, want, tiny+p.Resolution()) || p.Utility(out) != got) {
			t.Errorf("at least %v: %v %v, want %v", u, got, ok, want)
		}
		checkBestFor(t, r, o, side, p, u)
	}
}

func checkBestFor(t *testing.T, r *rand.Rand, o *oracle, side int, p *Party, u float64) {
	t.Helper()
	var est Additive
	for _, d := range o.m.Space.dims {
		v := make([]float64, d)
		for k := range v {
			v[k] = float64(r.IntN(5)) / 4
		}
		est.Value = append(est.Value, v)
	}
	want, most := negInf, negInf // of those worth u, and of those worth u but for rounding
	for i, x := range o.offers {
		if o.u[i][side] >= u {
			want = max(want, est.Utility(x))
		}
		if o.u[i][side] >= u-p.tiny() {
			most = max(most, est.Utility(x))
		}
	}
	out := o.m.Space.NewOffer()
	ok := p.BestFor(est, u, out)
	got := est.Utility(out)
	if !ok && want > negInf || ok && (got < want-1e-12 || got > most+1e-12 || p.Utility(out) < u-p.tiny()) {
		t.Errorf("best for other at %v: %v %v, want %v", u, got, ok, want)
	}
}

func checkSolver(t *testing.T, o *oracle, s *Solver) {
	t.Helper()
	f, err := s.Frontier(o.p[0], o.p[1])
	if err != nil {
		t.Fatal(err)
	}
	want := o.frontier(1e-9)
	if len(f.Points) != len(want) || f.Epsilon != 0 {
		t.Errorf("frontier has %d points (epsilon %v), want %d", len(f.Points), f.Epsilon, len(want))
		return
	}
	for k, p := range f.Points {
		for side := range p.U {
			if !near(p.U[side], want[k][side], 1e-9) || o.utility(side, p.Outcome) != p.U[side] {
				t.Errorf("frontier point %d is %v, want %v", k, p, want[k])
			}
		}
	}
	sol, err := s.Solve(o.p[0], o.p[1])
	if err != nil {
		t.Fatal(err)
	}
	points, ideal, zopa := o.solve()
	if sol.ZOPA != zopa {
		t.Errorf("zopa %v, want %v", sol.ZOPA, zopa)
		return
	}
	if zopa {
		for k, p := range []Point{nash: sol.Nash, kalai: sol.KalaiSmorodinsky, egal: sol.Egalitarian, util: sol.Utilitarian} {
			for side := range p.U {
				if !near(p.U[side], points[k][side], 1e-9) || o.utility(side, p.Outcome) != p.U[side] {
					t.Errorf("solution %d is %v, want %v", k, p, points[k])
				}
			}
		}
		if !near(sol.Ideal[0], ideal[0], 1e-9) || !near(sol.Ideal[1], ideal[1], 1e-9) {
			t.Errorf("ideal %v, want %v", sol.Ideal, ideal)
		}
	}
	if got, want := s.Blockers(o.p[0], o.p[1]), o.blockers(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("blockers %v, want %v", got, want)
	}
}
