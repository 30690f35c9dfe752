package chart

import (
	"fmt"
	"math"
	"strings"
)

// WinSets shows which deals on two issues would pass at home on each side, all other issues fixed: a
// cell a pair of levels (Putnam 1988).
type WinSets struct {
	Made
	Parties Parties
	X, Y    Axis
	Passes  [2][][]bool // a side each: [y][x]
	Fixed   string      // "all other issues as in the typical deal"
	Now     [2]int      // today's cell: x, y; -1, -1: none
	Typical [2]int      // another deal's; -1, -1: none
	Diamond string      // what deal that is: "Nash's deal"
}

// Name implements Figure.
func (f *WinSets) Name() string { return "win-sets" }

// Check implements Figure.
func (f *WinSets) Check() error {
	nx, ny := len(f.X.Ticks), len(f.Y.Ticks)
	if nx == 0 || ny == 0 {
		return ErrEmpty
	}
	for side, rows := range f.Passes {
		if len(rows) != ny {
			return fmt.Errorf("%s: %d rows for %d levels of %s", f.Parties.short(Side(side+1)), len(rows), ny, f.Y.Label)
		}
		for _, row := range rows {
			if len(row) != nx {
				return fmt.Errorf("%s: %d cells for %d levels of %s", f.Parties.short(Side(side+1)), len(row), nx, f.X.Label)
			}
		}
	}
	for _, c := range [][2]int{f.Now, f.Typical} {
		if c[0] >= nx || c[1] >= ny {
			return fmt.Errorf("cell %v is not on the map", c)
		}
	}
	return nil
}

// counts are how many cells would pass on both sides, on the first only, on the second only.
func (f *WinSets) counts() (both, first, second, all int) {
	for y := range f.Y.Ticks {
		for x := range f.X.Ticks {
			all++
			switch a, b := f.Passes[0][y][x], f.Passes[1][y][x]; {
			case a && b:
				both++
			case a:
				first++
			case b:
				second++
			}
		}
	}
	return both, first, second, all
}

// Title implements Figure.
func (f *WinSets) Title() string {
	both, first, second, all := f.counts()
	if both == 0 {
		switch {
		case first+second == 0:
			return "None of these deals would pass on either side"
		case first == 0:
			return fmt.Sprintf("None of these deals would pass in %s", f.Parties.The(FirstSide))
		case second == 0:
			return fmt.Sprintf("None of these deals would pass in %s", f.Parties.The(SecondSide))
		}
		return "The two win-sets do not meet"
	}
	return fmt.Sprintf("%d of %d pairs of %s and %s would pass on both sides", both, all, lower(f.X.short(), f.Parties.names()...), lower(f.Y.short(), f.Parties.names()...))
}

// Subtitle implements Figure.
func (f *WinSets) Subtitle() Rich {
	return Rich{
		{Text: "Which deals would pass at home" + after("; ", f.Fixed) + "."},
		{Text: "\n"},
		{Text: "Would pass in"},
		{Text: f.Parties.The(FirstSide) + " only", Role: First, Bold: true, Swatch: true},
		{Text: " "},
		{Text: f.Parties.The(SecondSide) + " only", Role: Second, Bold: true, Swatch: true},
		{Text: " "},
		{Text: "both", Role: Ink, Bold: true, Swatch: true},
	}
}

// Alt implements Figure.
func (f *WinSets) Alt() string {
	both, first, second, all := f.counts()
	return fmt.Sprintf("Map of two win-sets by %s and %s. %s. Of %d pairs, both sides would pass %d, %s only %d, %s only %d.", lower(f.X.Label, f.Parties.names()...), lower(f.Y.Label, f.Parties.names()...), f.Title(),
		all, both, f.Parties.The(FirstSide), first, f.Parties.The(SecondSide), second)
}

// CSV implements Figure.
func (f *WinSets) CSV() [][]string {
	rows := [][]string{{f.X.Label, f.Y.Label, "passes_" + slug(f.Parties.short(FirstSide)), "passes_" + slug(f.Parties.short(SecondSide))}}
	for y, ty := range f.Y.Ticks {
		for x, tx := range f.X.Ticks {
			rows = append(rows, []string{tx, ty, fmt.Sprint(f.Passes[0][y][x]), fmt.Sprint(f.Passes[1][y][x])})
		}
	}
	return rows
}

func (f *WinSets) draw(s *sheet) {
	nx, ny := len(f.X.Ticks), len(f.Y.Ticks)
	x0 := 0.0
	for _, t := range f.Y.Ticks {
		x0 = max(x0, tick.width(t)+12)
	}
	x0 = min(x0, 130)
	x1 := min(s.w, x0+620)
	cw := (x1 - x0) / float64(nx)
	ch := min(max(340/float64(ny), 18), 40)
	if s.narrow() {
		ch = min(max(260/float64(ny), 16), 36)
	}
	y0 := s.lines(0, 13, 16, label.in(Text2), label.wrap(withUnit(f.Y.Label, f.Y.Unit), s.w)) - 6
	for y, t := range f.Y.Ticks {
		py := y0 + ch*float64(ny-1-y)
		if ch >= 14 || y%2 == 0 {
			s.textMid(x0-9, py+ch/2, tick.at(right), tick.fit(t, x0-10))
		}
		for x := range f.X.Ticks {
			px := x0 + cw*float64(x)
			fill := Pale
			switch a, b := f.Passes[0][y][x], f.Passes[1][y][x]; {
			case a && b:
				fill = Ink
			case a:
				fill = First
			case b:
				fill = Second
			}
			s.rect(px+0.5, py+0.5, cw-1, ch-1, fill)
			c := pt{px + cw/2, py + ch/2}
			if f.Typical == [2]int{x, y} {
				s.diamond(c.x, c.y, 6, 2, BG, Ink)
			}
			if f.Now == [2]int{x, y} {
				s.ring(c.x, c.y, 4.5, 2, Text2)
			}
		}
	}
	widest := 0.0
	for _, t := range f.X.Ticks {
		widest = max(widest, tick.width(t))
	}
	step := max(1, int(math.Ceil((widest+6)/cw)))
	bottom := y0 + ch*float64(ny)
	for x, t := range f.X.Ticks {
		if x%step == 0 {
			w := tick.width(t) / 2
			s.text(min(max(x0+cw*(float64(x)+0.5), w), s.w-w), bottom+17, tick.at(centre), t)
		}
	}
	y := bottom + 38
	for _, l := range label.wrap(withUnit(f.X.Label, f.X.Unit), x1) {
		s.text(x1, y, label.in(Text2).at(right), l)
		y += 16
	}
	s.h = y - 10
	var key []string
	if f.Now[0] >= 0 && f.Now[1] >= 0 {
		key = append(key, "circle: today")
	}
	if f.Typical[0] >= 0 && f.Typical[1] >= 0 {
		key = append(key, "diamond: "+f.Diamond)
	}
	if len(key) > 0 {
		s.text(0, y+4, label.in(Text2), upper(strings.Join(key, ", "))+".")
		s.h = y + 10
	}
}
