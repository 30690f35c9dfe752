package deal

import "math"

// Solutions are the bargaining solutions among the allowed outcomes worth at least no deal to both
// sides (the ZOPA). Ties go to the larger sum, then to the larger u1.
type Solutions struct {
	ZOPA   bool       // there is such an outcome; without one all below but NoDeal is zero
	NoDeal [2]float64 // the disagreement point
	Ideal  [2]float64 // the most each side can have in the ZOPA
	Nadir  [2]float64 // what each has where the other has its ideal

	Nash             Point // largest product of gains (Nash 1950), risk attitudes applied
	KalaiSmorodinsky Point // largest smaller share of the ideal gain (Kalai and Smorodinsky 1975), risk attitudes applied
	Egalitarian      Point // largest smaller gain (Kalai 1977)
	Utilitarian      Point // largest sum

	Ties Ties // points that tie for each; counted by Frontier.Solve only

	Epsilon float64 // 0 when exact; else each side's best possible u1 at a given u2 is higher by at most this
	Boxes   int     // boxes the red lines cut the space into
}

// The criteria, in the order of search.best.
const (
	nash = iota
	kalai
	egal
	util
	criteria
)

// search looks for the best sums of a point of f and a point of g without building them.
type search struct {
	f, g   []pt
	fromF  int32
	fromG  int32
	d      [2]float64 // no deal
	tiny   [2]float64
	ideals [2]float64
	nadirs [2]float64
	risk   [2]Risk
	flat   bool       // both neutral
	vd     [2]float64 // risk value of no deal
	span   [2]float64 // ideal gain in risk value; 0 where there is none
	best   [criteria]found
	need   [criteria]float64 // below this a score neither betters nor ties the best
	fair   [2]float64        // need of kalai as gains
}

// found is the best so far by one criterion.
type found struct {
	score, sum, u1 float64
	i, j           int32 // arena places
}

func newSearch(st *stairs, f, g node, a, b *Party) search {
	q := search{
		f: st.points(f), g: st.points(g), fromF: f.from, fromG: g.from,
		d: [2]float64{a.t.NoDeal, b.t.NoDeal}, risk: [2]Risk{a.t.Risk, b.t.Risk},
	}
	q.flat = q.risk[0].neutral() && q.risk[1].neutral()
	for k, p := range [2]*Party{a, b} {
		q.tiny[k] = p.tiny() + 3e-14*math.Abs(q.d[k])
		q.vd[k] = q.value(k, q.d[k])
	}
	for k := range q.best {
		q.best[k].score, q.need[k] = negInf, negInf
	}
	q.fair = [2]float64{negInf, negInf}
	return q
}

// value is what utility u is worth to side k with its attitude to risk.
func (q *search) value(k int, u float64) float64 {
	if q.flat {
		return u
	}
	return q.risk[k].Value(u)
}

// ideal finds the ends of the ZOPA; false when it is empty. Both staircases have a falling and b rising,
// so for each point of g the first point of f with enough b is found by walking on.
func (q *search) ideal() bool {
	q.ideals = [2]float64{negInf, negInf}
	if len(q.f) == 0 || len(q.g) == 0 {
		return false
	}
	i := len(q.f)
	for _, y := range q.g { // b of y rises, so the b needed of f falls
		for i > 0 && q.f[i-1].b+y.b >= q.d[1]-q.tiny[1] {
			i--
		}
		if i == len(q.f) {
			continue
		}
		u := [2]float64{q.f[i].a + y.a, q.f[i].b + y.b}
		if u[0] >= q.d[0]-q.tiny[0] && (u[0] > q.ideals[0] || u[0] == q.ideals[0] && u[1] > q.nadirs[1]) {
			q.ideals[0], q.nadirs[1] = u[0], u[1]
		}
	}
	if q.ideals[0] == negInf {
		return false
	}
	i = -1
	for n := len(q.g) - 1; n >= 0; n-- { // a of y rises
		y := q.g[n]
		for i+1 < len(q.f) && q.f[i+1].a+y.a >= q.d[0]-q.tiny[0] {
			i++
		}
		if i < 0 {
			continue
		}
		u := [2]float64{q.f[i].a + y.a, q.f[i].b + y.b}
		if u[1] >= q.d[1]-q.tiny[1] && (u[1] > q.ideals[1] || u[1] == q.ideals[1] && u[0] > q.nadirs[0]) {
			q.ideals[1], q.nadirs[0] = u[1], u[0]
		}
	}
	for k := range q.span {
		if q.ideals[k]-q.d[k] > q.tiny[k] {
			q.span[k] = q.value(k, q.ideals[k]) - q.vd[k]
		}
	}
	return true
}

// scores are the criteria at utilities (x, y).
func (q *search) scores(x, y float64) (s [criteria]float64) {
	gx, gy := x-q.d[0], y-q.d[1]
	vx, vy := gx, gy
	if !q.flat {
		vx, vy = q.value(0, x)-q.vd[0], q.value(1, y)-q.vd[1]
	}
	s[nash] = max(vx, 0) * max(vy, 0)
	sx, sy := 1.0, 1.0
	if q.span[0] > 0 {
		sx = vx / q.span[0]
	}
	if q.span[1] > 0 {
		sy = vy / q.span[1]
	}
	s[kalai] = min(sx, sy)
	s[egal] = min(gx, gy)
	s[util] = x + y
	return s
}

// ties is how much two scores may differ by rounding.
func (q *search) ties() (t [criteria]float64) {
	t[nash] = 1e-12 * max(0, q.best[nash].score)
	t[kalai] = 1e-12
	t[egal] = q.tiny[0] + q.tiny[1]
	t[util] = t[egal]
	return t
}

// try offers the sum of f[i] and g[j].
func (q *search) try(i, j int) {
	x, y := q.f[i].a+q.g[j].a, q.f[i].b+q.g[j].b
	if x < q.d[0]-q.tiny[0] || y < q.d[1]-q.tiny[1] {
		return
	}
	s, t := q.scores(x, y), q.ties()
	same := q.tiny[0] + q.tiny[1]
	for k := range s {
		b := &q.best[k]
		switch {
		case s[k] > b.score+t[k]:
		case s[k] < b.score-t[k] || x+y < b.sum-same || x+y <= b.sum+same && x <= b.u1+q.tiny[0]:
			continue
		}
		*b = found{s[k], x + y, x, q.fromF + int32(i), q.fromG + int32(j)}
		switch q.need[k] = s[k] - 2*t[k] - 1e-12*math.Abs(s[k]); {
		case k == nash && s[k] == 0:
			q.need[k] = negInf
		case k == kalai:
			q.fair = [2]float64{q.need[k]*q.span[0] - q.tiny[0], q.need[k]*q.span[1] - q.tiny[1]}
		}
	}
}

// seed walks along the sum of the two upper envelopes, near which good points lie.
func (q *search) seed() {
	i, j := 0, 0
	for {
		q.try(i, j)
		switch {
		case i+1 == len(q.f) && j+1 == len(q.g):
			return
		case i+1 == len(q.f):
			j++
		case j+1 == len(q.g):
			i++
		default:
			// The step that gains more b for the a it gives up.
			fi, gj := &q.f[i], &q.g[j]
			fn, gn := &q.f[i+1], &q.g[j+1]
			if (fn.b-fi.b)*(gj.a-gn.a) >= (gn.b-gj.b)*(fi.a-fn.a) {
				i++
			} else {
				j++
			}
		}
	}
}

// blocks looks at all sums, block by block. A block is skipped when its corner, the highest a with the
// highest b, and its highest sum better nothing.
func (q *search) blocks() {
	const size = 16
	sums := func(p []pt) (most float64) {
		most = negInf
		for i := range p {
			most = max(most, p[i].a+p[i].b)
		}
		return most
	}
	for j0 := 0; j0 < len(q.g); j0 += size {
		g := q.g[j0:min(j0+size, len(q.g))]
		gs := sums(g)
		for i0 := 0; i0 < len(q.f); i0 += size {
			f := q.f[i0:min(i0+size, len(q.f))]
			if !q.hopeful(f[0].a+g[0].a, f[len(f)-1].b+g[len(g)-1].b, math.Inf(1)) {
				continue
			}
			fs := sums(f)
			if !q.hopeful(f[0].a+g[0].a, f[len(f)-1].b+g[len(g)-1].b, fs+gs) {
				continue
			}
			for j := range g {
				if !q.hopeful(f[0].a+g[j].a, f[len(f)-1].b+g[j].b, fs+g[j].a+g[j].b) {
					continue
				}
				for i := range f {
					if x, y := f[i].a+g[j].a, f[i].b+g[j].b; q.hopeful(x, y, x+y) {
						q.try(i0+i, j0+j)
					}
				}
			}
		}
	}
}

// hopeful says whether a point at or below (x, y) whose sum is at most sum could better the best by
// some criterion, or win a tie.
func (q *search) hopeful(x, y, sum float64) bool {
	gx, gy := x-q.d[0], y-q.d[1]
	if gx < -q.tiny[0] || gy < -q.tiny[1] {
		return false
	}
	if q.flat && gx*gy < q.need[nash] && sum < q.need[util] && (gx < q.need[egal] || gy < q.need[egal]) &&
		(gx < q.fair[0] || gy < q.fair[1]) {
		return false
	}
	return q.betters(x, y, sum)
}

// betters is hopeful with ties looked at.
func (q *search) betters(x, y, sum float64) bool {
	sum = min(sum, x+y)
	same := q.tiny[0] + q.tiny[1]
	s, t := q.scores(x, y), q.ties()
	s[util] = sum
	for k := range s {
		b := &q.best[k]
		if s[k] > b.score+t[k] {
			return true
		}
		if s[k] >= b.score-t[k] && (sum > b.sum+same || sum >= b.sum-same && x > b.u1+q.tiny[0]) {
			return true
		}
	}
	return false
}
