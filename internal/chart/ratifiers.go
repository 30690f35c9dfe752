package chart

import (
	"fmt"
	"strings"
)

// Ratifiers shows who at home agrees to signed deals: a bar an audience.
type Ratifiers struct {
	Made
	Parties Parties
	Deals   int64
	Fixed   string
	Refused float64 // of 100 signed deals, those that one side's home refused
	Groups  []Ratifier
}

// Ratifier is one audience.
type Ratifier struct {
	Label   string // "hawks"
	Side    Side
	Veto    bool
	Yes     float64 // of 100 signed deals, those it agrees to
	Stopped float64 // of 100 signed deals, those it stopped
}

// Name implements Figure.
func (f *Ratifiers) Name() string { return "ratifiers" }

// Check implements Figure.
func (f *Ratifiers) Check() error {
	if len(f.Groups) == 0 || f.Deals == 0 {
		return ErrEmpty
	}
	for _, g := range f.Groups {
		if g.Side != FirstSide && g.Side != SecondSide || !(g.Yes >= 0 && g.Yes <= 100) || !(g.Stopped >= 0 && g.Stopped <= 100) {
			return fmt.Errorf("%s of side %d: agrees to %v of 100, stops %v", g.Label, g.Side, g.Yes, g.Stopped)
		}
	}
	return nil
}

// owner is the audience with its side: "US hawks".
func (f *Ratifiers) owner(g Ratifier) string { return f.Parties.short(g.Side) + " " + g.Label }

// Title implements Figure.
func (f *Ratifiers) Title() string {
	least, most := f.Groups[0], f.Groups[0]
	for _, g := range f.Groups {
		if g.Yes < least.Yes {
			least = g
		}
		if g.Stopped > most.Stopped {
			most = g
		}
	}
	if most.Stopped >= 0.5 {
		return fmt.Sprintf("Of 100 signed deals, those at home refuse %s; most often %s: %s", of100(f.Refused), f.owner(most), of100(most.Stopped))
	}
	refuse := "refuse " + of100(f.Refused)
	if f.Refused < 0.5 {
		refuse = "hardly refuse any"
	}
	return fmt.Sprintf("Of 100 signed deals, those at home %s; the least willing: %s, %s", refuse, f.owner(least), of100(least.Yes))
}

// Subtitle implements Figure.
func (f *Ratifiers) Subtitle() Rich {
	return Plain("Signed deals of 100 that each audience agrees to. " + whole(f.Deals) + " deals" + after("; ", f.Fixed) + ".")
}

// Alt implements Figure.
func (f *Ratifiers) Alt() string {
	s := "Bars. " + f.Title() + ". Agrees to, of 100:"
	for i, g := range f.Groups {
		if i > 0 {
			s += ","
		}
		s += " " + f.owner(g) + " " + of100(g.Yes)
	}
	return s + "."
}

// CSV implements Figure.
func (f *Ratifiers) CSV() [][]string {
	rows := [][]string{{"party", "audience", "veto", "agrees_to_of_100", "stops_of_100"}}
	for _, g := range f.Groups {
		rows = append(rows, []string{f.Parties.short(g.Side), g.Label, fmt.Sprint(g.Veto), raw(g.Yes), raw(g.Stopped)})
	}
	return rows
}

func (f *Ratifiers) draw(s *sheet) {
	x0, x1 := 150.0, s.w-150
	if s.narrow() {
		x0, x1 = 104, s.w-40
	}
	at := func(v float64) float64 { return x0 + v/100*(x1-x0) }
	y := 14.0
	top := y
	var rows []float64
	side := Neither
	for _, g := range f.Groups {
		if g.Side != side {
			if side != Neither {
				y += 14
			}
			side = g.Side
			s.text(0, y, label.strong().in(side.Text()), Upper(strings.TrimPrefix(f.Parties.long(side), "the ")))
			y += 24
		}
		rows = append(rows, y)
		y += 26
		if s.narrow() {
			y += 16
		}
	}
	bottom := y - 12
	for _, v := range []float64{0, 50, 100} {
		s.rule(at(v), top+10, at(v), bottom, 1, Grid)
		s.text(at(v), bottom+17, tick.at(centre), num(v))
	}
	for i, g := range f.Groups {
		y := rows[i]
		s.textMid(x0-10, y, label.at(right), label.fit(g.Label, x0-10))
		s.rect(x0, y-7, at(100)-x0, 14, Pale)
		s.rect(x0, y-7, at(g.Yes)-x0, 14, g.Side.Role())
		w := s.textMid(x1+8, y, label.strong(), of100(g.Yes))
		note := ""
		if g.Veto {
			note = "has a veto"
		}
		if g.Stopped >= 0.05 {
			note += after(map[bool]string{true: ", "}[note != ""], "stops "+of100(g.Stopped))
		}
		switch {
		case note == "":
		case s.narrow():
			s.text(x0, y+20, label.in(Text2), label.fit(note, s.w-x0))
		default:
			s.textMid(x1+8+w+8, y, label.in(Text2), label.fit(note, s.w-x1-16-w))
		}
	}
	s.h = bottom + 24
}
