package chart

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// A circle's contour is one ring, every point of it on the circle.
func TestTraceCircle(t *testing.T) {
	var xs []float64
	for i := range 81 {
		xs = append(xs, -2+0.05*float64(i))
	}
	z := make([][]float64, len(xs))
	for j, y := range xs {
		for _, x := range xs {
			z[j] = append(z[j], x*x+y*y)
		}
	}
	paths := trace(xs, xs, z, 1)
	if len(paths) != 1 {
		t.Fatalf("%d lines", len(paths))
	}
	p := paths[0]
	if p[0] != p[len(p)-1] {
		t.Error("the ring does not close")
	}
	around := 0.0
	for i, q := range p {
		if r := math.Hypot(q.x, q.y); math.Abs(r-1) > 0.001 {
			t.Errorf("point %v is %v from the middle", q, r)
		}
		if i > 0 {
			around += math.Hypot(q.x-p[i-1].x, q.y-p[i-1].y)
		}
	}
	if math.Abs(around-2*math.Pi) > 0.01 {
		t.Errorf("length %v, want 2 pi", around)
	}
	if got := trace(xs, xs, z, 9); len(got) != 0 {
		t.Errorf("a level that is nowhere has %d lines", len(got))
	}
	// At 2.25 the circle still closes; at 4.5 it is cut into four by the table's edge.
	if got := trace(xs, xs, z, 4.5); len(got) != 4 {
		t.Errorf("%d arcs in the corners", len(got))
	}
}

// Whatever the table, each crossed edge is on exactly one line, and open lines end at the edge.
func TestTraceUsesEveryCrossing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nx, ny := rapid.IntRange(2, 7).Draw(t, "nx"), rapid.IntRange(2, 7).Draw(t, "ny")
		xs, ys := make([]float64, nx), make([]float64, ny)
		for i := range xs {
			xs[i] = float64(i)
		}
		for j := range ys {
			ys[j] = float64(j)
		}
		z := make([][]float64, ny)
		for j := range z {
			for range xs {
				v := rapid.Float64Range(0.1, 1).Draw(t, "z") // away from the level, so that no two points coincide
				if rapid.Bool().Draw(t, "under") {
					v = -v
				}
				z[j] = append(z[j], v)
			}
		}
		crossed := 0
		for j := range ny {
			for i := range nx {
				if i+1 < nx && (z[j][i] >= 0) != (z[j][i+1] >= 0) {
					crossed++
				}
				if j+1 < ny && (z[j][i] >= 0) != (z[j+1][i] >= 0) {
					crossed++
				}
			}
		}
		points := 0
		for _, p := range trace(xs, ys, z, 0) {
			if first, last := p[0], p[len(p)-1]; first == last && len(p) > 2 {
				points += len(p) - 1
				continue
			} else {
				for _, q := range []pt{first, last} {
					if q.x > 0 && q.x < float64(nx-1) && q.y > 0 && q.y < float64(ny-1) {
						t.Fatalf("a line ends at %v, inside the table", q)
					}
				}
			}
			points += len(p)
		}
		if points != crossed {
			t.Fatalf("%d points on lines, %d edges crossed", points, crossed)
		}
	})
}
