package deal

import "math"

// Point is an outcome and what it is worth to each side (before any attitude to risk).
type Point struct {
	U       [2]float64
	Outcome Offer
}

// Frontier is the set of allowed outcomes that no other allowed outcome improves on for both sides.
type Frontier struct {
	Points  []Point // by u1 descending, so u2 ascending
	Epsilon float64 // 0 when exact; else no allowed outcome betters some point by more than this on both sides
	Boxes   int     // boxes the red lines cut the space into
}

// Distance is the Euclidean distance of u from the nearest point of the frontier, +Inf when it is empty.
func (f *Frontier) Distance(u [2]float64) float64 {
	best := math.Inf(1)
	for i := range f.Points {
		best = min(best, Distance(f.Points[i].U, u))
	}
	return best
}

// Distance is the Euclidean distance between two pairs of utilities, >= 0, in their unit: on one scale
// only, so bring both sides to 0..1 first where their scales differ.
func Distance(a, b [2]float64) float64 { return math.Hypot(a[0]-b[0], a[1]-b[1]) }

// Opposition is the smallest distance of a frontier point from the ideal (1, 1), each utility first
// taken to (u - lo)/(hi - lo). With lo = (0, 0) and hi = (1, 1) utilities stand as they are, as in
// GENIUS and NegMAS. From 0 (both can have their best) to sqrt(2); sqrt(1/2) where the frontier is the
// straight line between the two bests. NaN for an empty frontier.
func Opposition(f *Frontier, lo, hi [2]float64) float64 {
	best := math.NaN()
	for i := range f.Points {
		var gap [2]float64
		for k := range gap {
			if span := hi[k] - lo[k]; span > 0 {
				gap[k] = 1 - (f.Points[i].U[k]-lo[k])/span
			}
		}
		if d := math.Hypot(gap[0], gap[1]); !(d >= best) {
			best = d
		}
	}
	return best
}
