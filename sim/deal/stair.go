package deal

import "math"

// pt is a point of a staircase: what some part of an outcome is worth to both sides, and where it comes
// from. A sum of two points has their places in the arena; a cell of a cluster has i = ^(its place in the
// layout) and j = the cluster.
type pt struct {
	a, b float64
	i, j int32
}

// node is a staircase: points a[from:to] of the arena, a falling and b rising. No part it stands for
// betters some point of it by more than eps in a, or at all in b.
type node struct {
	from, to int32
	eps      float64
}

func (n node) len() int { return int(n.to - n.from) }

// pair stands for all sums of a point of f and a point of g, moved by (da, db).
type pair struct {
	f, g   node
	da, db float64
}

// stairs builds staircases in one arena. The points that survive are found by buckets of a: a point
// stays if it betters all points in higher buckets; what stays is sorted by bucket and swept. Points that
// lie within rounding (tinyA, tinyB) of a better one are dropped with the dominated.
type stairs struct {
	arena        []pt
	tinyA, tinyB float64
	maxPoints    int // of a staircase
	maxPairs     int // looked at in one union

	cand, sorted []pt
	key          []int32
	top          []float64 // best b by bucket, then from the bucket upwards
	count        []int32
	arg          []argPair
	thinned      []pair
}

// nothing is the empty sum: the arena's first point.
var nothing = node{from: 0, to: 1}

const nowhere = math.MinInt32

// argPair says which points of which pair have the best b of a bucket; pair is -1 where a higher bucket
// has as good a b.
type argPair struct{ i, j, pair int32 }

func (s *stairs) reset() {
	s.arena = append(s.arena[:0], pt{0, 0, nowhere, nowhere})
	s.cand = s.cand[:0]
}

func (s *stairs) points(n node) []pt { return s.arena[n.from:n.to] }

// front makes the staircase of the gathered candidates.
func (s *stairs) front() node {
	c := s.cand
	if len(c) > 24 {
		lo, hi := math.Inf(1), math.Inf(-1)
		for i := range c {
			lo, hi = min(lo, c[i].a), max(hi, c[i].a)
		}
		sc := s.buckets(hi-lo, len(c))
		top := s.top
		for i := range c {
			k := int((c[i].a - lo) * sc)
			if c[i].b > top[k] {
				top[k] = c[i].b
			}
		}
		suffixMax(top)
		s.key = s.key[:0]
		n := 0
		for i := range c {
			k := int((c[i].a - lo) * sc)
			if c[i].b > top[k+1] {
				c[n] = c[i]
				n++
				s.key = append(s.key, int32(k))
			}
		}
		s.cand = c[:n]
	}
	return s.finish()
}

// buckets makes ready about one bucket for every few of n points over a range of a, and returns the
// buckets per unit. The last one stays empty.
func (s *stairs) buckets(width float64, n int) float64 {
	nb := 64
	for nb < n/4 && nb < 4096 {
		nb *= 2
	}
	return s.bucketsOf(width, nb)
}

func (s *stairs) bucketsOf(width float64, nb int) float64 {
	if cap(s.top) < nb+2 {
		s.top = make([]float64, nb+2)
	}
	s.top = s.top[:nb+2]
	for i := range s.top {
		s.top[i] = math.Inf(-1)
	}
	if sc := float64(nb-1) / width; width > 0 && !math.IsInf(sc, 1) {
		return sc
	}
	return 0
}

func suffixMax(top []float64) {
	for k := len(top) - 2; k >= 0; k-- {
		if top[k+1] > top[k] {
			top[k] = top[k+1]
		}
	}
}

// finish sorts the candidates (by their buckets where they have keys) and sweeps them into the arena.
func (s *stairs) finish() node {
	c := s.cand
	if len(c) > 24 && len(s.key) == len(c) {
		nb := len(s.top)
		if cap(s.count) < nb {
			s.count = make([]int32, nb)
		}
		s.count = s.count[:nb]
		clear(s.count)
		for _, k := range s.key {
			s.count[k]++
		}
		at := int32(0)
		for k := nb - 1; k >= 0; k-- {
			s.count[k], at = at, at+s.count[k]
		}
		if cap(s.sorted) < len(c) {
			s.sorted = make([]pt, len(c), 2*len(c))
		}
		d := s.sorted[:len(c)]
		for i, k := range s.key {
			d[s.count[k]] = c[i]
			s.count[k]++
		}
		c = d
	}
	for i := 1; i < len(c); i++ {
		x := c[i]
		j := i - 1
		for j >= 0 && (c[j].a < x.a || c[j].a == x.a && c[j].b < x.b) {
			c[j+1] = c[j]
			j--
		}
		c[j+1] = x
	}
	out := node{from: int32(len(s.arena))}
	best := math.Inf(-1)
	for i := range c {
		if c[i].b <= best+s.tinyB {
			continue
		}
		best = c[i].b
		if n := len(s.arena); n > int(out.from) && s.arena[n-1].a-c[i].a <= s.tinyA {
			s.arena[n-1] = c[i]
		} else {
			s.arena = append(s.arena, c[i])
		}
	}
	out.to = int32(len(s.arena))
	s.cand, s.key = s.cand[:0], s.key[:0]
	return out
}

// union is the staircase of everything the pairs stand for.
func (s *stairs) union(pairs []pair) node {
	total := 0
	eps := 0.0
	for i := range pairs {
		total += pairs[i].f.len() * pairs[i].g.len()
		eps = max(eps, pairs[i].f.eps+pairs[i].g.eps)
	}
	if total > s.maxPairs {
		pairs, total, eps = s.thinPairs(pairs, total)
	}
	var out node
	if total <= 24 {
		for i := range pairs {
			s.gather(&pairs[i])
		}
		out = s.finish()
	} else {
		out = s.large(pairs, total)
	}
	out = s.thin(out, s.maxPoints)
	out.eps += eps
	return out
}

func (s *stairs) gather(p *pair) {
	for i := p.f.from; i < p.f.to; i++ {
		for j := p.g.from; j < p.g.to; j++ {
			f, g := &s.arena[i], &s.arena[j]
			s.cand = append(s.cand, pt{f.a + g.a + p.da, f.b + g.b + p.db, i, j})
		}
	}
}

// large is union by buckets.
func (s *stairs) large(pairs []pair, total int) node {
	lo, hi := math.Inf(1), math.Inf(-1)
	size := 0
	for i := range pairs {
		p := &pairs[i]
		if p.f.len() == 0 || p.g.len() == 0 {
			continue
		}
		if p.f.len() < p.g.len() {
			p.f, p.g = p.g, p.f
		}
		hi = max(hi, s.arena[p.f.from].a+s.arena[p.g.from].a+p.da)
		lo = min(lo, s.arena[p.f.to-1].a+s.arena[p.g.to-1].a+p.da)
		size += p.f.len() + p.g.len()
	}
	var sc float64
	many := total > 1<<17 // few enough to sort whatever stays
	if many {
		sc = s.argBuckets(pairs, lo, hi)
	} else {
		sc = s.buckets(hi-lo, min(total, 2*size))
		top := s.top
		for n := range pairs {
			p := &pairs[n]
			f := s.points(p.f)
			for _, y := range s.points(p.g) {
				ya, yb := y.a+p.da-lo, y.b+p.db
				for i := range f {
					k := uint((f[i].a + ya) * sc)
					if k < uint(len(top)) {
						if v := f[i].b + yb; v > top[k] {
							top[k] = v
						}
					}
				}
			}
		}
		suffixMax(top)
	}
	top := s.top
	const block = 8
	for n := range pairs {
		p := &pairs[n]
		f := s.points(p.f)
		for yi, y := range s.points(p.g) {
			ya, yb := y.a+p.da-lo, y.b+p.db
			for i := 0; i < len(f); i += block {
				j := min(i+block, len(f))
				if kh := int((f[i].a + ya) * sc); f[j-1].b+yb <= top[kh+1] {
					continue
				}
				for x := i; x < j; x++ {
					k := int((f[x].a + ya) * sc)
					if v := f[x].b + yb; v > top[k+1] {
						s.cand = append(s.cand, pt{f[x].a + y.a + p.da, v, p.f.from + int32(x), p.g.from + int32(yi)})
						s.key = append(s.key, int32(k))
					}
				}
			}
			if many && len(s.cand) > 2*s.maxPoints {
				return s.coarse(pairs, lo, sc)
			}
		}
	}
	return s.finish()
}

// argBuckets finds the best b in each of maxPoints buckets of a and which points have it, then takes top
// from the bucket upwards, as buckets and suffixMax do.
func (s *stairs) argBuckets(pairs []pair, lo, hi float64) float64 {
	nb := s.maxPoints
	sc := s.bucketsOf(hi-lo, nb)
	if cap(s.arg) < nb+2 {
		s.arg = make([]argPair, nb+2)
	}
	s.arg = s.arg[:nb+2]
	top, arg := s.top, s.arg[:len(s.top)]
	for n := range pairs {
		p := &pairs[n]
		f := s.points(p.f)
		for yi, y := range s.points(p.g) {
			ya, yb := y.a+p.da-lo, y.b+p.db
			for i := range f {
				k := uint((f[i].a + ya) * sc)
				if k < uint(len(top)) {
					if v := f[i].b + yb; v > top[k] {
						top[k] = v
						arg[k] = argPair{p.f.from + int32(i), p.g.from + int32(yi), int32(n)}
					}
				}
			}
		}
	}
	arg[len(top)-1].pair = -1
	for k := len(top) - 2; k >= 0; k-- {
		if top[k+1] >= top[k] {
			top[k], arg[k].pair = top[k+1], -1
		}
	}
	return sc
}

// coarse keeps the best b in each bucket: what it drops is bettered in b by a point that gives up less
// than a bucket's width in a. The best for a is kept exactly.
func (s *stairs) coarse(pairs []pair, lo, sc float64) node {
	s.cand, s.key = s.cand[:0], s.key[:0]
	add := func(i, j int32, p *pair) {
		f, g := &s.arena[i], &s.arena[j]
		s.cand = append(s.cand, pt{f.a + g.a + p.da, f.b + g.b + p.db, i, j})
		s.key = append(s.key, int32((s.cand[len(s.cand)-1].a-lo)*sc))
	}
	for n := range pairs {
		if p := &pairs[n]; p.f.len() > 0 && p.g.len() > 0 {
			add(p.f.from, p.g.from, p)
		}
	}
	for k := range s.arg {
		if a := &s.arg[k]; a.pair >= 0 {
			add(a.i, a.j, &pairs[a.pair])
		}
	}
	out := s.finish()
	if sc > 0 {
		out.eps += 1 / sc
	}
	return out
}

// thin keeps at most k points (and the two ends): every point dropped has a kept one better in b that
// gives up at most eps in a, and eps is the most given up.
func (s *stairs) thin(n node, k int) node {
	p := s.points(n)
	if len(p) <= k || k < 2 {
		return n
	}
	width := (p[0].a - p[len(p)-1].a) / float64(k-1)
	eps := 0.0
	out := node{from: int32(len(s.arena))}
	s.cand = append(s.cand[:0], p[len(p)-1])
	last := p[len(p)-1].a
	for i := len(p) - 2; i >= 0; i-- {
		if give := p[i].a - last; give <= width && i > 0 {
			eps = max(eps, give)
			continue
		}
		last = p[i].a
		s.cand = append(s.cand, p[i])
	}
	for i := len(s.cand) - 1; i >= 0; i-- {
		s.arena = append(s.arena, s.cand[i])
	}
	s.cand = s.cand[:0]
	out.to = int32(len(s.arena))
	out.eps = n.eps + eps
	return out
}

// thinPairs thins operands until the pairs are few enough.
func (s *stairs) thinPairs(pairs []pair, total int) ([]pair, int, float64) {
	s.thinned = append(s.thinned[:0], pairs...)
	limit := 0
	for i := range pairs {
		limit = max(limit, pairs[i].f.len(), pairs[i].g.len())
	}
	for total > s.maxPairs && limit > 2 {
		limit = max(2, limit*3/4)
		total = 0
		for i := range s.thinned {
			total += min(pairs[i].f.len(), limit) * min(pairs[i].g.len(), limit)
		}
	}
	total = 0
	eps := 0.0
	for i := range s.thinned {
		p := &s.thinned[i]
		p.f, p.g = s.thin(p.f, limit), s.thin(p.g, limit)
		total += p.f.len() * p.g.len()
		eps = max(eps, p.f.eps+p.g.eps)
	}
	return s.thinned, total, eps
}
