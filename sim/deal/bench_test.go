package deal

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// madrid has the structure of the scenario of that name: 12 issues, 72.6 million outcomes, two clusters
// joined by input relief, lines within and across them. Its numbers are made up.
type madrid struct {
	m  *Model
	lo [2][]float64
	hi [2][]float64
}

func newMadrid(t testing.TB, opt Options) *madrid {
	t.Helper()
	numbers := func(name string, x ...float64) Issue {
		is := Issue{Name: name, Numbers: x, Now: 0}
		for _, v := range x {
			is.Values = append(is.Values, fmt.Sprint(v))
		}
		return is
	}
	var invest []float64
	for x := 0.0; x <= 1000; x += 50 {
		invest = append(invest, x)
	}
	us := numbers("us_tariff", 10, 20, 30, 41.1, 51.1)
	us.Now = 4
	s, err := NewSpace([]Issue{
		us, numbers("cn_tariff", 8, 16.5, 21.2, 32.6), numbers("farm_tariff", 0, 5, 10, 15),
		numbers("input_relief", 0, 25, 50, 75, 100), numbers("investment", invest...),
		{Name: "screening", Values: []string{"as_today", "fast_track", "by_sector", "open"}},
		{Name: "control", Values: []string{"chinese_owned", "joint_venture", "us_controlled", "licence"}},
		numbers("purchases", 0, 10, 25, 50, 100),
		{Name: "taiwan", Values: []string{"unchanged", "softened", "opposes"}},
		{Name: "export_curbs", Values: []string{"as_today", "paused", "eased"}},
		{Name: "enforcement", Values: []string{"none", "consultation", "snapback"}},
		numbers("duration", 1, 2, 4, 10),
	})
	if err != nil {
		t.Fatal(err)
	}
	over := func(name string, f func(v map[string]float64, k map[string]int) float64, issues ...string) Interest {
		in := Interest{Name: name}
		for _, n := range issues {
			i, ok := s.Issue(n)
			if !ok {
				t.Fatal(n)
			}
			in.Scope = append(in.Scope, i)
		}
		for c := range size(s, in.Scope) {
			v, k := map[string]float64{}, map[string]int{}
			for n, rest := len(in.Scope)-1, c; n >= 0; n-- {
				is := &s.Issues[in.Scope[n]]
				k[is.Name] = rest % len(is.Values)
				if is.Numbers != nil {
					v[is.Name] = is.Numbers[k[is.Name]]
				}
				rest /= len(is.Values)
			}
			in.Table = append(in.Table, f(v, k))
		}
		return in
	}
	times := func(name string, f map[string]Shape) Interest {
		in, err := Times(s, name, f)
		if err != nil {
			t.Fatal(err)
		}
		return in
	}
	line := func(name, text string) Line {
		e, err := ParseExpr(s, text)
		if err != nil {
			t.Fatal(err)
		}
		l, err := e.Line(name)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	trade := func(sign float64) Interest {
		return over("trade", func(v map[string]float64, _ map[string]int) float64 {
			a, b, f, r := v["us_tariff"]/100, v["cn_tariff"]/100, v["farm_tariff"]/100, v["input_relief"]/100
			us := 240*a*(1-0.9*a) - 110*b - 45*f*(1+b) - 6*r*a*(1-r/3)
			cn := 60*b*(1-b) - 190*a*(1-0.3*a) + 25*f*(1-f) + 9*r*a
			if sign > 0 {
				return us
			}
			return cn
		}, "us_tariff", "cn_tariff", "farm_tariff", "input_relief")
	}
	plants := func(sign float64) Interest {
		return over("plants", func(v map[string]float64, k map[string]int) float64 {
			x, r := v["investment"]/1000, v["input_relief"]/100
			clear := []float64{0.45, 0.75, 0.7, 0.95}[k["screening"]]
			own := []float64{1, 0.7, 0.35, 0.3}[k["control"]]
			built := x * clear * (0.4 + 0.6*own) * (0.6 + 0.4*r)
			if sign > 0 {
				return 90 * built * (1 - 0.3*built)
			}
			return 45*built*own*(1+0.3*r) - 12*x
		}, "input_relief", "investment", "control", "screening")
	}
	control := func(a, b, c, d float64) Shape {
		return Table{"chinese_owned": a, "joint_venture": b, "us_controlled": c, "licence": d}
	}
	curbs := Table{"as_today": 0, "paused": 0.4, "eased": 1}
	md := &madrid{}
	p := [2]Profile{
		{Name: "us", Interests: []Interest{
			trade(1), plants(1), times("purchases", map[string]Shape{"purchases": Linear{0, 100, 0, 0}}),
			times("security", map[string]Shape{"investment": Linear{0, 1, 0, 0}, "control": control(1, 0.6, 0.25, 0.15), "screening": Table{"as_today": 0.4, "fast_track": 0.7, "by_sector": 0.6, "open": 1}}),
			times("curbs", map[string]Shape{"export_curbs": curbs}),
			times("taiwan", map[string]Shape{"taiwan": Table{"unchanged": 0, "softened": 0.3, "opposes": 1}}),
			times("standing", map[string]Shape{"investment": Steps{{0, -1}, {550, 0}, {600, 0.3}, {1000, 1}}}),
			times("certainty", map[string]Shape{"duration": Log{1, 10}, "enforcement": Table{"none": 0.3, "consultation": 0.6, "snapback": 1}}),
		}, Lines: []Line{
			line("taiwan", "taiwan = opposes"),
			line("chips", "control = chinese_owned and screening = open and investment > 200"),
			line("eased", "export_curbs = eased"),
		}},
		{Name: "china", Interests: []Interest{
			trade(-1), plants(-1), times("purchases", map[string]Shape{"purchases": Linear{0, 100, 0, 0}}),
			times("sovereignty", map[string]Shape{"control": control(0, 0.3, 1, 0.5), "investment": Linear{0, 1, 0, 0}}),
			times("taiwan", map[string]Shape{"taiwan": Table{"unchanged": 0, "softened": 0.4, "opposes": 1}}),
			times("curbs", map[string]Shape{"export_curbs": curbs}),
			times("certainty", map[string]Shape{"duration": Log{1, 10}, "enforcement": Table{"none": 1, "consultation": 0.8, "snapback": 0.4}}),
		}, Lines: []Line{
			line("know_how", "control = us_controlled and investment > 600"),
			line("one_way", "us_tariff = now and investment > 0"),
		}},
	}
	md.lo = [2][]float64{{1, 1, 0.1, -60, -30, -200, 0, 0}, {1, 0.5, -0.3, -50, 10, 0, 0}}
	md.hi = [2][]float64{{1, 1, 0.4, -5, 20, -20, 15, 8}, {1, 1, -0.05, -5, 150, 30, 10}}
	md.m, err = Compile(s, p, [2]Bounds{{md.lo[0], md.hi[0]}, {md.lo[1], md.hi[1]}}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return md
}

func (md *madrid) draw(r *rand.Rand, side int, t *Terms) {
	t.Weight, t.Cost = t.Weight[:0], t.Cost[:0]
	for j, lo := range md.lo[side] {
		t.Weight = append(t.Weight, lo+(md.hi[side][j]-lo)*r.Float64())
	}
	hard := func(chance float64) float64 {
		if r.Float64() < chance {
			return math.Inf(1)
		}
		return 0
	}
	if side == 0 {
		t.Cost = append(t.Cost, hard(0.9), math.Inf(1), 40*math.Round(r.Float64()*0.7+0.35))
		t.NoDeal = -40 - 20*r.Float64()
	} else {
		t.Cost = append(t.Cost, hard(0.6), math.Inf(1))
		t.NoDeal = -70 - 20*r.Float64()
	}
}

// types are draws made ahead, so that drawing is not measured.
func (md *madrid) types(n int) (out [2][]Terms) {
	r := rand.New(rand.NewPCG(7, 7))
	for range n {
		for side := range out {
			var t Terms
			md.draw(r, side, &t)
			out[side] = append(out[side], t)
		}
	}
	return out
}

func BenchmarkSolveMadrid(b *testing.B) {
	md := newMadrid(b, Options{})
	types := md.types(256)
	p, q, s := md.m.NewParty(0), md.m.NewParty(1), md.m.NewSolver()
	zopa, k, pf, pg := 0, 0, 0, 0
	b.ReportAllocs()
	for b.Loop() {
		p.Set(types[0][k%256])
		q.Set(types[1][k%256])
		sol, err := s.Solve(p, q)
		if err != nil {
			b.Fatal(err)
		}
		if sol.ZOPA {
			zopa++
		}
		f, g := s.e.fold()
		pf += f.len()
		pg += g.len()
		k++
	}
	b.ReportMetric(float64(zopa)/float64(k), "zopa")
	b.ReportMetric(float64(pf)/float64(k), "f")
	b.ReportMetric(float64(pg)/float64(k), "g")
}

func BenchmarkFrontierMadrid(b *testing.B) {
	md := newMadrid(b, Options{})
	types := md.types(256)
	p, q, s := md.m.NewParty(0), md.m.NewParty(1), md.m.NewSolver()
	k, points := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		p.Set(types[0][k%256])
		q.Set(types[1][k%256])
		f, err := s.Frontier(p, q)
		if err != nil {
			b.Fatal(err)
		}
		points += len(f.Points)
		k++
	}
	b.ReportMetric(float64(points)/float64(k), "points")
}

func BenchmarkSetMadrid(b *testing.B) {
	md := newMadrid(b, Options{Resolution: 1e-3})
	types := md.types(256)
	p := md.m.NewParty(0)
	out := md.m.Space.NewOffer()
	k := 0
	b.ReportAllocs()
	for b.Loop() {
		p.Set(types[0][k%256])
		best, no := p.Best(out), p.NoDeal()
		for i := range 16 {
			p.AtLeast(no+(best-no)*float64(16-i)/16, out)
		}
		k++
	}
}

// additive is n issues of d values each, one interest an issue and side.
func additive(t testing.TB, r *rand.Rand, n, d int, kind string, fixed bool) (*Model, [2]Terms) {
	t.Helper()
	var issues []Issue
	for i := range n {
		is := Issue{Name: fmt.Sprint("i", i), Now: -1}
		for v := range d {
			is.Values = append(is.Values, fmt.Sprint(v))
		}
		issues = append(issues, is)
	}
	s, err := NewSpace(issues)
	if err != nil {
		t.Fatal(err)
	}
	var p [2]Profile
	var terms [2]Terms
	for i := range n {
		w := [2]float64{r.Float64() / float64(n), r.Float64() / float64(n)}
		c := r.Float64()
		switch kind {
		case "random":
			w = [2]float64{1 / float64(n), 1 / float64(n)}
		case "zero-sum":
			w[1] = w[0]
		case "within 5%":
			w[1] = w[0] * (1 + 0.05*r.Float64())
		}
		var tab [2][]float64
		for v := range d {
			q := float64(v) / float64(d-1)
			switch kind {
			case "random":
				tab[0], tab[1] = append(tab[0], r.Float64()), append(tab[1], r.Float64())
			case "curved":
				tab[0], tab[1] = append(tab[0], math.Pow(q, 0.5+c)), append(tab[1], math.Pow(1-q, 1.5-c))
			default:
				tab[0], tab[1] = append(tab[0], q), append(tab[1], 1-q)
			}
		}
		for k := range p {
			p[k].Interests = append(p[k].Interests, Interest{fmt.Sprint("x", i), []int{i}, tab[k]})
			terms[k].Weight = append(terms[k].Weight, w[k])
		}
	}
	var b [2]Bounds
	if fixed {
		for k := range b {
			b[k] = Bounds{terms[k].Weight, terms[k].Weight}
		}
	}
	m, err := Compile(s, p, b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m, terms
}

func BenchmarkFrontier20x10(b *testing.B) {
	for _, what := range []string{"frontier", "solutions"} {
		b.Run(what, func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			m, terms := additive(b, r, 20, 10, "random", false)
			p, q, s := m.NewParty(0), m.NewParty(1), m.NewSolver()
			p.Set(terms[0])
			q.Set(terms[1])
			points := 0
			b.ReportAllocs()
			for b.Loop() {
				if what == "frontier" {
					f, err := s.Frontier(p, q)
					if err != nil || f.Epsilon != 0 {
						b.Fatal(err, f.Epsilon)
					}
					points = len(f.Points)
				} else if _, err := s.Solve(p, q); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(points), "points")
		})
	}
}

func BenchmarkZeroSum(b *testing.B) {
	for _, kind := range []string{"zero-sum", "within 5%", "opposed", "curved"} {
		for _, what := range []string{"frontier", "solutions"} {
			b.Run(kind+"/"+what, func(b *testing.B) {
				r := rand.New(rand.NewPCG(1, 2))
				m, terms := additive(b, r, 20, 10, kind, false)
				p, q, s := m.NewParty(0), m.NewParty(1), m.NewSolver()
				p.Set(terms[0])
				q.Set(terms[1])
				points, eps := 0, 0.0
				b.ReportAllocs()
				for b.Loop() {
					if what == "frontier" {
						f, err := s.Frontier(p, q)
						if err != nil {
							b.Fatal(err)
						}
						points, eps = len(f.Points), f.Epsilon
					} else {
						sol, err := s.Solve(p, q)
						if err != nil {
							b.Fatal(err)
						}
						eps = sol.Epsilon
					}
				}
				b.ReportMetric(float64(points), "points")
				b.ReportMetric(eps/(p.Best(m.Space.NewOffer())-p.Worst()), "epsilon")
			})
		}
	}
}

func BenchmarkDescend(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	m, terms := additive(b, r, 20, 10, "random", false)
	p := m.NewParty(0)
	p.Set(terms[0])
	out := m.Space.NewOffer()
	b.ReportAllocs()
	for b.Loop() {
		d := p.Descend()
		for range 10_000 {
			d.Next(out)
		}
	}
}

// Thresholds come down as a bidder's do; the party is prepared.
func BenchmarkAtLeast(b *testing.B) {
	for _, c := range []struct {
		name  string
		n, d  int
		fixed bool
	}{
		{"drawn/outcomes=10^4", 4, 10, false},
		{"fixed/outcomes=10^4", 4, 10, true},
		{"fixed/outcomes=390625", 8, 5, true},
		{"drawn/outcomes=390625", 8, 5, false},
		{"drawn/outcomes=10^7", 7, 10, false},
		{"drawn/outcomes=10^20", 20, 10, false},
	} {
		b.Run(c.name, func(b *testing.B) {
			m, terms := additive(b, rand.New(rand.NewPCG(1, 2)), c.n, c.d, "random", c.fixed)
			benchAtLeast(b, m, terms[0])
		})
	}
	b.Run("madrid/resolution=0.001", func(b *testing.B) {
		md := newMadrid(b, Options{Resolution: 1e-3})
		benchAtLeast(b, md.m, md.types(1)[0][0])
	})
	b.Run("madrid/exact", func(b *testing.B) {
		md := newMadrid(b, Options{})
		benchAtLeast(b, md.m, md.types(1)[0][0])
	})
}

func benchAtLeast(b *testing.B, m *Model, t Terms) {
	p := m.NewParty(0)
	p.Set(t)
	out := m.Space.NewOffer()
	lo, hi, _ := p.Range()
	p.AtLeast(lo, out)
	k := 0
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		k++
		p.AtLeast(hi-(hi-lo)*0.7*float64(k%1000)/1000, out)
	}
	b.ReportMetric(p.Resolution()/(hi-lo), "resolution")
}

func BenchmarkBestForMadrid(b *testing.B) {
	md := newMadrid(b, Options{Resolution: 1e-3})
	p := md.m.NewParty(0)
	p.Set(md.types(1)[0][0])
	r := rand.New(rand.NewPCG(3, 3))
	var est Additive
	for _, d := range md.m.Space.dims {
		v := make([]float64, d)
		for k := range v {
			v[k] = r.Float64()
		}
		est.Value = append(est.Value, v)
	}
	out := md.m.Space.NewOffer()
	lo, hi, _ := p.Range()
	k := 0
	b.ReportAllocs()
	for b.Loop() {
		k++
		est.Value[k%12][0] = r.Float64() // the estimate changes, as an opponent model's does
		p.BestFor(est, hi-(hi-lo)*0.5*float64(k%100)/100, out)
	}
}

func BenchmarkSolveMadridRisk(b *testing.B) {
	md := newMadrid(b, Options{})
	types := md.types(256)
	for side := range types {
		for k := range types[side] {
			types[side][k].Risk = Risk{Kind: CARA, Coef: 0.01}
		}
	}
	p, q, s := md.m.NewParty(0), md.m.NewParty(1), md.m.NewSolver()
	k := 0
	b.ReportAllocs()
	for b.Loop() {
		p.Set(types[0][k%256])
		q.Set(types[1][k%256])
		if _, err := s.Solve(p, q); err != nil {
			b.Fatal(err)
		}
		k++
	}
}

func BenchmarkUtilityMadrid(b *testing.B) {
	md := newMadrid(b, Options{})
	p := md.m.NewParty(0)
	p.Set(md.types(1)[0][0])
	out := md.m.Space.NewOffer()
	b.ReportAllocs()
	for b.Loop() {
		p.Utility(out)
	}
}
