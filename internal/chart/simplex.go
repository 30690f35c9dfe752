package chart

import (
	"fmt"
	"math"
)

// Simplex shows how the shares of three strategies change under the replicator's rule: paths in the
// triangle whose corners are all of one strategy.
type Simplex struct {
	Made
	Names [3]string
	Fixed string
	Paths [][][3]float64 // shares from the start to the end of each path
	Rests []Rest         // points that stay where they are
}

// Rest is a mixture that does not change.
type Rest struct {
	At     [3]float64
	Stable bool
}

// Name implements Figure.
func (f *Simplex) Name() string { return "simplex" }

// Check implements Figure.
func (f *Simplex) Check() error {
	if len(f.Paths) == 0 {
		return ErrEmpty
	}
	ok := func(p [3]float64) bool {
		sum := p[0] + p[1] + p[2]
		return p[0] >= -1e-9 && p[1] >= -1e-9 && p[2] >= -1e-9 && math.Abs(sum-1) < 1e-6
	}
	for _, path := range f.Paths {
		for _, p := range path {
			if !ok(p) {
				return fmt.Errorf("shares %v do not add up to 1", p)
			}
		}
	}
	for _, r := range f.Rests {
		if !ok(r.At) {
			return fmt.Errorf("shares %v do not add up to 1", r.At)
		}
	}
	return nil
}

// ends counts the paths that end with nine in ten of one strategy.
func (f *Simplex) ends() (n [3]int, mixed int) {
	for _, path := range f.Paths {
		if len(path) == 0 {
			continue
		}
		p, won := path[len(path)-1], false
		for k, v := range p {
			if v >= 0.9 {
				n[k]++
				won = true
			}
		}
		if !won {
			mixed++
		}
	}
	return n, mixed
}

// Title implements Figure.
func (f *Simplex) Title() string {
	n, mixed := f.ends()
	best := 0
	for k := range n {
		if n[k] > n[best] {
			best = k
		}
	}
	all := len(f.Paths)
	switch {
	case n[best] == all:
		return upper(f.Names[best]) + " drives out the others from every start"
	case mixed == all:
		return "No strategy drives out the others"
	case n[best] > 0:
		return fmt.Sprintf("%s takes over from %d of %d starts", upper(f.Names[best]), n[best], all)
	}
	return "Where the mixture of strategies goes"
}

// Subtitle implements Figure.
func (f *Simplex) Subtitle() Rich {
	return Plain("Shares of three strategies when those that do better spread. A path a start" + after("; ", f.Fixed) + ". Filled: stays when pushed; hollow: does not.")
}

// Alt implements Figure.
func (f *Simplex) Alt() string {
	n, mixed := f.ends()
	return fmt.Sprintf("Triangle of paths. %s. Of %d paths, %d end at %s, %d at %s, %d at %s and %d in a mixture.",
		f.Title(), len(f.Paths), n[0], f.Names[0], n[1], f.Names[1], n[2], f.Names[2], mixed)
}

// CSV implements Figure.
func (f *Simplex) CSV() [][]string {
	rows := [][]string{{"path", "step", f.Names[0], f.Names[1], f.Names[2]}}
	for i, path := range f.Paths {
		for k, p := range path {
			rows = append(rows, []string{fmt.Sprint(i + 1), fmt.Sprint(k), raw(p[0]), raw(p[1]), raw(p[2])})
		}
	}
	return rows
}

func (f *Simplex) draw(s *sheet) {
	side := 440.0
	if s.narrow() {
		side = s.w - 20
	}
	height := side * math.Sqrt(3) / 2
	x0, y0 := (s.w-side)/2, 26.0
	corner := [3]pt{{x0 + side/2, y0}, {x0, y0 + height}, {x0 + side, y0 + height}}
	at := func(p [3]float64) pt {
		return pt{p[0]*corner[0].x + p[1]*corner[1].x + p[2]*corner[2].x, p[0]*corner[0].y + p[1]*corner[1].y + p[2]*corner[2].y}
	}
	s.area(Pale, corner[0], corner[1], corner[2])
	for _, share := range []float64{0.25, 0.5, 0.75} {
		rest := 1 - share
		s.line(Grid, 1, nil, at([3]float64{share, rest, 0}), at([3]float64{share, 0, rest}))
		s.line(Grid, 1, nil, at([3]float64{rest, share, 0}), at([3]float64{0, share, rest}))
		s.line(Grid, 1, nil, at([3]float64{rest, 0, share}), at([3]float64{0, rest, share}))
	}
	s.line(Grey3, 1.2, nil, corner[0], corner[1], corner[2], corner[0])
	for _, path := range f.Paths {
		var pts []pt
		for _, p := range path {
			q := at(p)
			if n := len(pts); n > 0 && math.Hypot(q.x-pts[n-1].x, q.y-pts[n-1].y) < 1 {
				continue
			}
			pts = append(pts, q)
		}
		s.line(Text2, 1.2, nil, pts...)
		if n := len(pts); n > 3 {
			s.arrow(pts[n/3], pts[n/3+1], Text2)
		}
		if len(pts) > 0 {
			s.disc(pts[0].x, pts[0].y, 2, Text2)
		}
	}
	for _, r := range f.Rests {
		c := at(r.At)
		if r.Stable {
			s.disc(c.x, c.y, 7, BG)
			s.disc(c.x, c.y, 5.5, Ink)
		} else {
			s.ring(c.x, c.y, 5, 2, Ink)
		}
	}
	st := label.strong()
	s.text(corner[0].x, y0-10, st.at(centre), st.fit("all "+f.Names[0], s.w))
	s.text(max(0, corner[1].x-20), corner[1].y+22, st, st.fit("all "+f.Names[1], s.w/2-6))
	s.text(min(s.w, corner[2].x+20), corner[2].y+22, st.at(right), st.fit("all "+f.Names[2], s.w/2-6))
	s.h = y0 + height + 28
}

// arrow is a small head on the way from one point to another.
func (s *sheet) arrow(a, b pt, r Role) {
	d := math.Hypot(b.x-a.x, b.y-a.y)
	if d == 0 {
		return
	}
	u := pt{(b.x - a.x) / d, (b.y - a.y) / d}
	s.area(r, pt{a.x + 5*u.x, a.y + 5*u.y}, pt{a.x - 3*u.x - 3.5*u.y, a.y - 3*u.y + 3.5*u.x}, pt{a.x - 3*u.x + 3.5*u.y, a.y - 3*u.y - 3.5*u.x})
}
