package chart

import (
	"math"
	"sort"
)

// spread moves labels on a line apart: it returns their centres, as near as can be to the wanted ones
// (least squares), at least gap between their edges, in the order of the wanted ones, within lo to hi
// as far as they fit. It pools neighbours that touch (pool adjacent violators).
func spread(want, size []float64, lo, hi, gap float64) []float64 {
	order := make([]int, len(want))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return want[order[a]] < want[order[b]] })
	type pool struct {
		first, n   int     // in order
		start, len float64 // left edge and extent
		sum        float64 // of the left edges that its members want for the pool
	}
	var pools []pool
	fit := func(p *pool) { p.start = min(max(p.sum/float64(p.n), lo), hi-p.len) }
	for k, i := range order {
		p := pool{first: k, n: 1, len: size[i], sum: want[i] - size[i]/2}
		fit(&p)
		for len(pools) > 0 {
			q := pools[len(pools)-1]
			if q.start+q.len+gap <= p.start {
				break
			}
			q.sum += p.sum - float64(p.n)*(q.len+gap)
			q.n += p.n
			q.len += gap + p.len
			fit(&q)
			p, pools = q, pools[:len(pools)-1]
		}
		pools = append(pools, p)
	}
	out := make([]float64, len(want))
	for _, p := range pools {
		x := p.start
		for k := p.first; k < p.first+p.n; k++ {
			i := order[k]
			out[i] = x + size[i]/2
			x += size[i] + gap
		}
	}
	return out
}

// placer finds room for labels among marks, lines and each other. Labels are offered in order of
// importance; one for which there is no room is left out.
type placer struct {
	bounds rect    // labels stay within
	taken  []rect  // labels and marks
	lines  [][2]pt // that no label may cover
	leads  [][2]pt // leaders: no label may cover one, and they do not cross
}

// mark keeps a disc's box free.
func (p *placer) mark(c pt, r float64) {
	p.taken = append(p.taken, rect{c.x - r, c.y - r, c.x + r, c.y + r})
}

// line keeps a polyline free.
func (p *placer) line(pts ...pt) {
	for i := 0; i+1 < len(pts); i++ {
		p.lines = append(p.lines, [2]pt{pts[i], pts[i+1]})
	}
}

// directions of a label from its mark, the preferred first.
var directions = func() (d []pt) {
	for _, deg := range []float64{-20, 20, 160, 200, 0, 180, -45, 45, 135, 225, -70, 70, 110, 250, -90, 90} {
		sin, cos := math.Sincos(deg * math.Pi / 180)
		d = append(d, pt{cos, sin})
	}
	return d
}()

// find returns where a label of w by h goes beside a mark, and whether there is room. From near to
// far, the first free place wins; away is how far the leader may be at most.
func (p *placer) find(at pt, w, h, away float64) (rect, bool) {
	for _, d := range []float64{9, 16, 24, 32, 42, 54, 68, 84, 102, 124, 150, 180, 215} {
		if d > away {
			break
		}
		for _, v := range directions {
			b := beside(at, v, d, w, h)
			if p.free(b, at, d) {
				return b, true
			}
		}
	}
	return rect{}, false
}

// beside is the box whose nearest point lies d from the mark in a direction.
func beside(at, v pt, d, w, h float64) rect {
	x, y := at.x+v.x*d, at.y+v.y*d
	switch {
	case v.x > 0.5:
		y -= h / 2 * (1 - v.y)
	case v.x < -0.5:
		x, y = x-w, y-h/2*(1-v.y)
	default:
		x -= w / 2 * (1 - v.x)
		if v.y < 0 {
			y -= h
		}
	}
	return rect{x, y, x + w, y + h}
}

// near is the point of a box nearest to a mark.
func near(b rect, at pt) pt {
	return pt{min(max(at.x, b.x0), b.x1), min(max(at.y, b.y0), b.y1)}
}

func (p *placer) free(b rect, at pt, d float64) bool {
	if !p.bounds.holds(b) {
		return false
	}
	pad := b.grow(3)
	for _, t := range p.taken {
		if pad.hits(t) {
			return false
		}
	}
	for _, l := range p.lines {
		if pad.cut(l[0], l[1]) {
			return false
		}
	}
	for _, l := range p.leads {
		if pad.cut(l[0], l[1]) {
			return false
		}
	}
	if d <= 16 {
		return true
	}
	// A leader may cross lines, but no label, mark or other leader.
	end := near(b, at)
	for _, t := range p.taken {
		if t.cut(at, end) && !t.grow(12).cut(at, at) { // its own mark and those it half covers do not count
			return false
		}
	}
	for _, l := range p.leads {
		if cross(at, end, l[0], l[1]) {
			return false
		}
	}
	return true
}

// take keeps a label and its leader.
func (p *placer) take(b rect, at pt) {
	p.taken = append(p.taken, b)
	p.leads = append(p.leads, [2]pt{at, near(b, at)})
}

// cut tells whether a segment touches the box (Liang & Barsky 1984).
func (r rect) cut(a, b pt) bool {
	t0, t1 := 0.0, 1.0
	dx, dy := b.x-a.x, b.y-a.y
	for _, e := range [4][2]float64{{-dx, a.x - r.x0}, {dx, r.x1 - a.x}, {-dy, a.y - r.y0}, {dy, r.y1 - a.y}} {
		switch {
		case e[0] == 0:
			if e[1] < 0 {
				return false
			}
		case e[0] < 0:
			t0 = max(t0, e[1]/e[0])
		default:
			t1 = min(t1, e[1]/e[0])
		}
		if t0 > t1 {
			return false
		}
	}
	return true
}

// cross tells whether two segments cross, ends apart.
func cross(a, b, c, d pt) bool {
	turn := func(p, q, r pt) float64 { return (q.x-p.x)*(r.y-p.y) - (q.y-p.y)*(r.x-p.x) }
	return turn(a, b, c)*turn(a, b, d) < 0 && turn(c, d, a)*turn(c, d, b) < 0
}
