package chart

import (
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// sheet is a drawing in the making: pixels from the top left corner, colours by role. It keeps a list
// of strokes, so that the same drawing goes to SVG, PNG and PDF in either theme, and the boxes of its
// texts, so that tests can see what overlaps or is cut off.
type sheet struct {
	w, h  float64
	size  Size
	marks []func(*press)
	texts []box
	err   error // the first thing that went wrong
}

// box is where a text stands.
type box struct {
	rect
	text string
}

// rect is a rectangle, px.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) w() float64          { return r.x1 - r.x0 }
func (r rect) h() float64          { return r.y1 - r.y0 }
func (r rect) grow(d float64) rect { return rect{r.x0 - d, r.y0 - d, r.x1 + d, r.y1 + d} }
func (r rect) hits(q rect) bool    { return r.x0 < q.x1 && q.x0 < r.x1 && r.y0 < q.y1 && q.y0 < r.y1 }

func (r rect) holds(q rect) bool         { return r.x0 <= q.x0 && q.x1 <= r.x1 && r.y0 <= q.y0 && q.y1 <= r.y1 }
func (r rect) shift(dx, dy float64) rect { return rect{r.x0 + dx, r.y0 + dy, r.x1 + dx, r.y1 + dy} }

// pt is a point, px.
type pt struct{ x, y float64 }

// press prints a sheet on a canvas.
type press struct {
	dc     draw.Canvas
	theme  Theme
	ox, oy float64 // where the sheet's origin is
	height float64 // of the canvas
	text   func(p *press, st style, at vg.Point, s string)
}

func (p *press) at(x, y float64) vg.Point {
	return vg.Point{X: vg.Length(p.ox + x), Y: vg.Length(p.height - p.oy - y)}
}

func (s *sheet) put(f func(*press)) { s.marks = append(s.marks, f) }

// narrow tells whether this is the phone's drawing.
func (s *sheet) narrow() bool { return s.size == Narrow }

// include puts another sheet on this one, its corner at (x, y).
func (s *sheet) include(b *sheet, x, y float64) {
	marks := b.marks
	s.put(func(p *press) {
		ox, oy := p.ox, p.oy
		p.ox, p.oy = ox+x, oy+y
		for _, m := range marks {
			m(p)
		}
		p.ox, p.oy = ox, oy
	})
	for _, t := range b.texts {
		t.rect = t.shift(x, y)
		s.texts = append(s.texts, t)
	}
	if s.err == nil {
		s.err = b.err
	}
}

func (p *press) path(pts []pt, closed bool) vg.Path {
	path := make(vg.Path, 0, len(pts)+1)
	for i, q := range pts {
		if i == 0 {
			path.Move(p.at(q.x, q.y))
		} else {
			path.Line(p.at(q.x, q.y))
		}
	}
	if closed {
		path.Close()
	}
	return path
}

func (p *press) stroke(path vg.Path, r Role, width float64, dash []float64) {
	st := draw.LineStyle{Color: r.rgb(p.theme), Width: vg.Length(width)}
	for _, d := range dash {
		st.Dashes = append(st.Dashes, vg.Length(d))
	}
	p.dc.SetLineStyle(st)
	p.dc.Stroke(path)
}

func (p *press) fill(path vg.Path, r Role) {
	p.dc.SetColor(r.rgb(p.theme))
	p.dc.Fill(path)
}

// area fills a polygon.
func (s *sheet) area(r Role, pts ...pt) {
	s.put(func(p *press) { p.fill(p.path(pts, true), r) })
}

// rect fills a rectangle.
func (s *sheet) rect(x, y, w, h float64, r Role) {
	if w <= 0 || h <= 0 {
		return
	}
	s.area(r, pt{x, y}, pt{x + w, y}, pt{x + w, y + h}, pt{x, y + h})
}

// outline draws a rectangle's edge, just inside it. It is filled, as strokes leave a notch where they
// close.
func (s *sheet) outline(x, y, w, h, width float64, r Role) {
	s.rect(x, y, w, width, r)
	s.rect(x, y+h-width, w, width, r)
	s.rect(x, y+width, width, h-2*width, r)
	s.rect(x+w-width, y+width, width, h-2*width, r)
}

// line strokes a polyline; dash is empty for a solid one.
func (s *sheet) line(r Role, width float64, dash []float64, pts ...pt) {
	if len(pts) < 2 {
		return
	}
	s.put(func(p *press) { p.stroke(p.path(pts, false), r, width, dash) })
}

// rule strokes a straight line.
func (s *sheet) rule(x0, y0, x1, y1, width float64, r Role) {
	s.line(r, width, nil, pt{x0, y0}, pt{x1, y1})
}

// disc fills a circle.
func (s *sheet) disc(x, y, radius float64, r Role) {
	s.put(func(p *press) { p.fill(p.circle(x, y, radius), r) })
}

// ring is a circle of the ground with a stroked edge.
func (s *sheet) ring(x, y, radius, width float64, r Role) {
	s.disc(x, y, radius+width/2, BG)
	s.put(func(p *press) { p.stroke(p.circle(x, y, radius), r, width, nil) })
}

func (p *press) circle(x, y, radius float64) vg.Path {
	c := p.at(x, y)
	var path vg.Path
	path.Move(vg.Point{X: c.X + vg.Length(radius), Y: c.Y})
	path.Arc(c, vg.Length(radius), 0, 2*math.Pi)
	path.Close()
	return path
}

// diamond is a filled diamond with an edge, radius to the middle of the edge.
func (s *sheet) diamond(x, y, radius, width float64, fill, edge Role) {
	for i, r := range []float64{radius + width*0.7, radius - width*0.7} {
		s.area([]Role{edge, fill}[i], pt{x, y - r}, pt{x + r, y}, pt{x, y + r}, pt{x - r, y})
	}
}

// square is a filled square with an edge.
func (s *sheet) square(x, y, half, width float64, fill, edge Role) {
	for i, r := range []float64{half + width/2, half - width/2} {
		s.rect(x-r, y-r, 2*r, 2*r, []Role{edge, fill}[i])
	}
}

// extent is where a text would stand.
func (st style) extent(x, y float64, str string) rect {
	w := st.width(str)
	switch st.align {
	case centre:
		x -= w / 2
	case right:
		x -= w
	}
	return rect{x, y - ascent*st.size, x + w, y + descent*st.size}
}

// halo is the ground behind a text.
func (s *sheet) halo(b rect, r Role) { s.rect(b.x0-2, b.y0+1, b.w()+4, b.h()-1, r) }

// text sets a line of text with its baseline at y, and returns its width.
func (s *sheet) text(x, y float64, st style, str string) float64 {
	str = clean(str)
	if str == "" {
		return 0
	}
	b := st.extent(x, y, str)
	if st.halo {
		s.halo(b, st.ground)
	}
	s.texts = append(s.texts, box{b, str})
	s.put(func(p *press) {
		p.dc.SetColor(st.role.rgb(p.theme))
		p.text(p, st, p.at(b.x0, y), str)
	})
	return b.w()
}

// textMid sets a line of text with the middle of its capitals at y.
func (s *sheet) textMid(x, y float64, st style, str string) float64 {
	return s.text(x, y+capital*st.size/2, st, str)
}

// lines sets several lines, the first baseline at y, and returns the baseline after the last.
func (s *sheet) lines(x, y, pitch float64, st style, lines []string) float64 {
	for _, l := range lines {
		s.text(x, y, st, l)
		y += pitch
	}
	return y
}

// word is one word of a Rich text.
type word struct {
	span  int
	text  string
	glued bool // no space before it
	brk   bool // a new line before it
	x     float64
	line  int
}

// words splits a Rich text; a word wider than w is broken between runes.
func (st style) words(r Rich, w float64) []word {
	var ws []word
	glued, brk := true, false
	for i, sp := range r {
		if sp.Text == "\n" {
			brk = len(ws) > 0
			continue
		}
		for j, t := range strings.Split(sp.Text, " ") {
			glued = glued && j == 0 && !sp.Swatch
			if t = clean(t); t == "" {
				continue
			}
			room := w
			if sp.Swatch {
				room -= swatch
			}
			for u := st.of(sp); t != "" && u.width(t) > room; {
				k := u.prefix(t, room)
				ws = append(ws, word{span: i, text: t[:k], glued: glued && !brk, brk: brk})
				glued, brk, t = false, false, t[k:]
			}
			if t == "" {
				continue
			}
			ws = append(ws, word{span: i, text: t, glued: glued && !brk, brk: brk})
			glued, brk = true, false
		}
		glued = glued && !strings.HasSuffix(sp.Text, " ")
	}
	return ws
}

// swatch is the room of a span's square before its text.
const swatch = 13

// of is the style of a span within text of a style.
func (st style) of(sp Span) style {
	st.bold = st.bold || sp.Bold
	if sp.Role != BG {
		st.role = sp.text()
	}
	return st
}

// flow breaks a Rich text into lines no wider than w, and returns how many. Words stay with what is
// glued to them.
func (st style) flow(r Rich, ws []word, w float64) (lines int) {
	at, line, gap := 0.0, 0, st.width(" ")
	for i := 0; i < len(ws); {
		j, need := i, 0.0
		for ; j < len(ws) && (j == i || ws[j].glued); j++ {
			ws[j].x = need
			if r[ws[j].span].Swatch && (j == 0 || ws[j-1].span != ws[j].span) {
				need += swatch
			}
			need += st.of(r[ws[j].span]).width(ws[j].text)
		}
		space := gap
		if i > 0 && r[ws[i].span].Swatch && ws[i-1].span != ws[i].span {
			space += 6
		}
		switch {
		case i == 0:
		case ws[i].brk || at+space+need > w:
			at, line = 0, line+1
		default:
			at += space
		}
		for k := i; k < j; k++ {
			ws[k].x, ws[k].line = at+ws[k].x, line
		}
		at, i = at+need, j
	}
	return line + 1
}

// widest is the width of the widest word.
func (st style) widest(r Rich, ws []word) (w float64) {
	for _, a := range ws {
		w = max(w, st.of(r[a.span]).width(a.text))
	}
	return w
}

// rich sets a Rich text in lines no wider than w and about as long as each other, the first baseline
// at y, and returns the number of lines.
func (s *sheet) rich(x, y, w, pitch float64, st style, r Rich) int {
	ws := st.words(r, w)
	if len(ws) == 0 {
		return 0
	}
	n := st.flow(r, ws, w)
	lo, hi := w/2, w
	for n > 1 && hi-lo > 2 {
		if mid := (lo + hi) / 2; st.flow(r, ws, mid) > n || st.widest(r, ws) > mid {
			lo = mid
		} else {
			hi = mid
		}
	}
	st.flow(r, ws, hi)
	type piece struct {
		x, y float64
		st   style
		text string
	}
	var pieces []piece
	for i := 0; i < len(ws); {
		a, text, j := ws[i], ws[i].text, i+1
		for ; j < len(ws) && ws[j].span == a.span && ws[j].line == a.line; j++ {
			text += " " + ws[j].text
		}
		base := y + float64(a.line)*pitch
		if r[a.span].Swatch && (i == 0 || ws[i-1].span != a.span) {
			s.rect(x+a.x, base-8.5, 8.5, 8.5, r[a.span].Role)
			a.x += swatch
		}
		pieces = append(pieces, piece{x + a.x, base, st.of(r[a.span]), text})
		i = j
	}
	for i, p := range pieces { // grounds first, so that none covers a letter
		if p.st.halo {
			s.halo(p.st.extent(p.x, p.y, p.text), p.st.ground)
			pieces[i].st.halo = false
		}
	}
	for _, p := range pieces {
		s.text(p.x, p.y, p.st, p.text)
	}
	return n
}

// axes maps data to pixels in a frame.
type axes struct {
	rect
	xlo, xhi, ylo, yhi float64
}

func (a axes) x(v float64) float64 { return a.x0 + (v-a.xlo)/(a.xhi-a.xlo)*a.w() }
func (a axes) y(v float64) float64 { return a.y1 - (v-a.ylo)/(a.yhi-a.ylo)*a.h() }
func (a axes) at(x, y float64) pt  { return pt{a.x(x), a.y(y)} }

// plot draws gonum plotters in a frame; make is given the colours of the theme.
func (s *sheet) plot(a axes, make func(ink func(Role) draw.LineStyle) ([]plot.Plotter, error)) {
	s.put(func(p *press) {
		ps, err := make(func(r Role) draw.LineStyle {
			return draw.LineStyle{Color: r.rgb(p.theme), Width: 1}
		})
		if err != nil {
			if s.err == nil {
				s.err = err
			}
			return
		}
		q := plot.New()
		q.X.Min, q.X.Max, q.Y.Min, q.Y.Max = a.xlo, a.xhi, a.ylo, a.yhi
		c := draw.Canvas{Canvas: p.dc.Canvas, Rectangle: vg.Rectangle{Min: p.at(a.x0, a.y1), Max: p.at(a.x1, a.y0)}}
		for _, pl := range ps {
			pl.Plot(c, q)
		}
	})
}
