package chart

import (
	"math"
	"sort"
	"strings"
)

// caption is a label in the making.
type caption struct {
	at    pt
	head  string
	words string
	role  Role
	must  bool // it is short: try harder
}

// captions are what may be labelled, the most important first: the signature, no deal, both sides'
// first offers, the solutions, then the offers that change most.
func (f *Dance) captions(a axes) []caption {
	var cs []caption
	if o := f.Outcome; o != nil {
		words := o.Words
		if !math.IsNaN(o.Left) {
			words += after("; ", num(math.Round(o.Left))+"% left on the table")
			words = strings.TrimPrefix(words, "; ")
		}
		head := "Signed"
		if o.When != "" {
			head += ", " + o.When
		}
		cs = append(cs, caption{at: a.at(o.At.First, o.At.Second), head: head, words: words, role: Ink, must: true})
	}
	cs = append(cs, caption{at: a.at(f.NoDeal.First, f.NoDeal.Second), head: "no deal", role: Ink, must: true})
	say := func(i int) caption {
		o := f.Offers[i]
		return caption{at: a.at(o.At.First, o.At.Second), head: f.Parties.short(o.Side) + after(", ", o.When), words: o.Words, role: o.Side.Role()}
	}
	type turn struct {
		i    int
		jump float64
	}
	var turns []turn
	last := [3]int{-1, -1, -1}
	for i, o := range f.Offers {
		if j := last[o.Side]; j < 0 {
			c := say(i)
			c.must = true
			cs = append(cs, c)
		} else if o.Words != "" {
			q, c := f.Offers[j].At, a.at(o.At.First, o.At.Second)
			d := a.at(q.First, q.Second)
			turns = append(turns, turn{i, math.Hypot(c.x-d.x, c.y-d.y)})
		}
		last[o.Side] = i
	}
	for _, m := range f.Marks {
		cs = append(cs, caption{at: a.at(m.At.First, m.At.Second), head: m.Label, role: Ink})
	}
	sort.SliceStable(turns, func(i, j int) bool { return turns[i].jump > turns[j].jump })
	for k, t := range turns {
		if k == 4 || t.jump < 12 {
			break
		}
		cs = append(cs, say(t.i))
	}
	return cs
}

// label sets the captions that have room, and returns those whose words stand below the plot.
func (f *Dance) label(s *sheet, a axes, p *placer) (below []Rich) {
	head, words := label.strong(), label.in(Text2)
	width := 190.0
	if s.narrow() {
		width = 120
	}
	for _, c := range f.captions(a) {
		hs := []string{clean(c.head)}
		ws := words.balance(c.words, width)
		if s.narrow() && len(ws) > 0 {
			below = append(below, Rich{{Text: c.head + ": ", Bold: true, Role: c.role}, {Text: c.words}})
			ws = nil
		}
		try := func(ws []string, away float64) bool {
			w := 0.0
			for _, l := range hs {
				w = max(w, head.width(l))
			}
			for _, l := range ws {
				w = max(w, words.width(l))
			}
			h := 16*float64(len(hs)+len(ws)) - 2
			b, ok := p.find(c.at, w, h, away)
			if !ok {
				return false
			}
			end := near(b, c.at)
			if d := math.Hypot(end.x-c.at.x, end.y-c.at.y); d > 20 {
				k := 7 / d
				role := Grey3
				if c.role == Ink {
					role = Ink
				}
				s.rule(c.at.x+(end.x-c.at.x)*k, c.at.y+(end.y-c.at.y)*k, end.x-(end.x-c.at.x)*3/d, end.y-(end.y-c.at.y)*3/d, 1, role)
			}
			p.take(b, c.at)
			al, x := left, b.x0
			if b.x1 <= c.at.x {
				al, x = right, b.x1
			}
			y := b.y0 + 12
			y = s.lines(x, y, 16, head.in(c.role).at(al), hs)
			s.lines(x, y, 16, words.at(al), ws)
			return true
		}
		if try(ws, 155) || len(ws) > 0 && try(words.balance(c.words, width*0.62), 155) || c.must && try(nil, 300) {
			continue
		}
	}
	f.name(s, a, p)
	return below
}

// name labels the frontier where there is room beside it.
func (f *Dance) name(s *sheet, a axes, p *placer) {
	front := thinned(a, f.Frontier)
	if len(front) < 2 {
		return
	}
	text := "exact frontier"
	if f.Epsilon > 0 {
		text = "frontier, within " + num(f.Epsilon)
	}
	st := label.strong()
	w := st.width(text)
	for _, share := range []float64{0.6, 0.7, 0.5, 0.8, 0.4, 0.9, 0.3, 0.2, 0.1} {
		// The point at this share of the way along the drawn line.
		total := 0.0
		for i := 1; i < len(front); i++ {
			total += math.Hypot(front[i].x-front[i-1].x, front[i].y-front[i-1].y)
		}
		want, at := total*share, front[0]
		for i := 1; i < len(front); i++ {
			d := math.Hypot(front[i].x-front[i-1].x, front[i].y-front[i-1].y)
			if want <= d && d > 0 {
				at = pt{front[i-1].x + (front[i].x-front[i-1].x)*want/d, front[i-1].y + (front[i].y-front[i-1].y)*want/d}
				break
			}
			want -= d
		}
		for _, v := range []pt{{0.8, -0.6}, {0.95, -0.3}, {0.3, -0.95}} {
			b := beside(at, v, 9, w, 14)
			if p.free(b, at, 9) {
				p.take(b, at)
				s.text(b.x0, b.y0+12, st, text)
				return
			}
		}
	}
}
