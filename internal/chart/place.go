package chart

import "sort"

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
