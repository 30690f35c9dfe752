package report

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/parley-sim/parley/internal/analysis"
)

// maxTerms is how many issues the terminal shows; the page shows all.
const maxTerms = 16

// dealWords names the successful deals, as "the 29 that last" and as "a lasting deal".
var dealWords = map[string]struct{ those, one string }{
	"signed":   {"ARE SIGNED", "a signed deal"},
	"ratified": {"ARE RATIFIED", "a ratified deal"},
	"lasting":  {"LAST", "a lasting deal"},
}

func (p *screen) terms() {
	if p.s.Success.N == 0 || len(p.s.Terms) == 0 {
		return
	}
	// Columns: label, today, middle, 8 in 10, how often.
	label := min(p.Width-52, 40)
	head := fmt.Sprintf("TERMS OF THE %s THAT %s", of100(p.s.Success), dealWords[p.s.Criterion].those)
	columns := fmt.Sprintf("%9s%9s%17s   %s", "today", "middle", "8 in 10 between", "how often")
	at := 2 + label
	if width(head) > at {
		p.title(head, "")
		p.line(strings.Repeat(" ", at), p.dim(columns))
	} else {
		p.title(head, pad("", at-width(head), false)+p.dim(columns))
	}
	for i, t := range p.s.Terms {
		if i == maxTerms {
			var rest []string
			for _, t := range p.s.Terms[i:] {
				rest = append(rest, t.Key)
			}
			for _, l := range wrap("  (in the report: "+strings.Join(rest, ", ")+")", p.Width, 4) {
				p.line(l)
			}
			return
		}
		if t.Spread != nil {
			p.numericTerm(t, label)
		} else {
			p.choiceTerm(t, label)
		}
	}
}

func (p *screen) numericTerm(t analysis.Term, label int) {
	name := t.Label
	if t.Unit != "" {
		name += whole(", " + t.Unit)
	}
	now := ""
	if t.Now != "" {
		now = t.Now
		for _, l := range t.Levels {
			if l.Now && l.Number != nil {
				now = exact(*l.Number)
			}
		}
	}
	counts := make([]int64, len(t.Levels))
	order := make([]int, len(t.Levels))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return *t.Levels[order[a]].Number < *t.Levels[order[b]].Number })
	for i, k := range order {
		counts[i] = t.Levels[k].Share.N
	}
	lo, hi := exact(*t.Levels[order[0]].Number), exact(*t.Levels[order[len(order)-1]].Number)
	often := spark(counts)
	if w := pad(lo, 3, true) + " " + often + " " + hi; 2+label+38+width(w) <= p.Width {
		often = w
	}
	range80 := exact(t.Spread.Lo) + " - " + exact(t.Spread.Hi)
	switch {
	case t.Spread.Lo == t.Spread.Hi:
		range80 = exact(t.Spread.Lo)
	case t.Spread.Lo < 0:
		range80 = exact(t.Spread.Lo) + " to " + exact(t.Spread.Hi)
	}
	rest := fmt.Sprintf("%9s%9s%17s   %s", now, exact(t.Spread.Middle), range80, often)
	p.labelled(name, label, []string{rest})
}

func (p *screen) choiceTerm(t analysis.Term, label int) {
	type choice struct {
		name string
		n    int64
	}
	var list []choice
	var counts []int64
	for _, l := range t.Levels {
		list = append(list, choice{words(l.Value), l.Share.N})
	}
	sort.SliceStable(list, func(a, b int) bool { return list[a].n > list[b].n })
	for _, c := range list {
		counts = append(counts, c.n)
	}
	var says []string
	for i, n := range apportion(100, counts) {
		says = append(says, whole(list[i].name+" "+orLess(n, counts[i])))
	}
	now := words(t.Now)
	if w := 9; width(now) > w {
		// Longer than its column: it takes part of the room of what follows.
		lines := wrap(strings.Join(says, ", "), p.Width-2-label-4-width(now), 0)
		for i := range lines {
			if i == 0 {
				lines[i] = " " + now + "   " + lines[i]
			} else {
				lines[i] = pad("", width(now)+4, false) + lines[i]
			}
		}
		p.labelled(t.Label, label, lines)
		return
	}
	lines := wrap(strings.Join(says, ", "), p.Width-2-label-12, 0)
	for i := range lines {
		if i > 0 {
			now = ""
		}
		lines[i] = pad(now, 9, true) + "   " + lines[i]
	}
	p.labelled(t.Label, label, lines)
}

// labelled prints lines beside a label, both wrapped.
func (p *screen) labelled(name string, label int, lines []string) {
	names := wrap(name, label, 2)
	for i := range max(len(names), len(lines)) {
		left, right := "", ""
		if i < len(names) {
			left = names[i]
		}
		if i < len(lines) {
			right = lines[i]
		}
		p.line("  ", pad(left, label, false), right)
	}
}

func (p *screen) worth() {
	if len(p.s.Worth) == 0 {
		return
	}
	head := "WORTH OVER NO DEAL, $bn a year"
	if p.s.Unit != "usd_bn_year" {
		head = "WORTH OF A DEAL, 0 to 1"
	}
	var parts []string
	for i, w := range p.s.Worth {
		name := w.Party
		for _, x := range p.b.Parties {
			if x.Key == w.Party && x.Short != "" {
				name = x.Short
			}
		}
		parts = append(parts, fmt.Sprintf("%s %s (%s)", p.style([]string{"1;34", "1;31"}[i%2], name), round(w.Deals.Middle), between(w.Deals)))
	}
	if p.s.Left != nil {
		parts = append(parts, fmt.Sprintf("left on the table %s%%", round(100*p.s.Left.Middle)))
	}
	line := strings.Join(parts, "    ")
	if width(head)+4+width(line) <= p.Width {
		p.title(head, "    "+line)
		return
	}
	p.title(head, "")
	if 2+width(line) <= p.Width {
		p.line("  ", line)
		return
	}
	for _, part := range parts {
		p.line("  ", part)
	}
}

// maxDrivers is how many drawn numbers the terminal shows.
const maxDrivers = 6

func (p *screen) decides() {
	if len(p.s.Decides) == 0 || p.s.Success.N == 0 || p.s.Success.N == p.s.Success.Of {
		return
	}
	beside := fmt.Sprintf("   %s, of 100, with the number in its lowest fifth (o) and its highest (●)", dealWords[p.s.Criterion].one)
	if width("WHAT DECIDES IT"+beside) > p.Width {
		beside = "   deals of 100 in its lowest fifth (o), highest (●)"
	}
	p.title("WHAT DECIDES IT", p.dim(beside))
	var show []analysis.Driver
	rest := 0.0
	for _, d := range p.s.Decides {
		if d.Clear && len(show) < maxDrivers {
			show = append(show, d)
		} else {
			rest = max(rest, math.Abs(d.Swing))
		}
	}
	top, key := p.s.Success.Share, 0
	for _, d := range show {
		top = max(top, d.Low.Share.Share, d.High.Share.Share)
		key = max(key, width(driverName(d.Key)))
	}
	key = min(key, p.Width-46)
	room := p.Width - key - 24
	tail := 0
	for _, d := range show {
		tail = max(tail, width(driverEnds(d)))
	}
	if room-tail >= 24 {
		room -= tail
	}
	scale := float64(min(room, 40)) / max(top, 0.01)
	for _, d := range show {
		p.driver(d, key, scale)
	}
	n := len(p.s.Decides) - len(show)
	switch {
	case len(show) == 0:
		p.line(fmt.Sprintf("  none of %s moves it by more than noise", plural(int64(n), "drawn number")))
	case n > 0:
		p.line(p.dim(fmt.Sprintf("  %s more, each moving it by %s points or less", thousands(fmt.Sprint(n)), atMost(100*rest))))
	}
}

// evidence is what a number rests on, in a word.
var evidence = map[analysis.Evidence]string{analysis.Assumed: "assumed", analysis.Sourced: "sourced", analysis.Bare: "no source"}

// driverName is the path of a number without what most paths share.
func driverName(key string) string { return strings.TrimPrefix(key, "party.") }

func (p *screen) driver(d analysis.Driver, key int, scale float64) {
	at := func(s float64) int { return int(math.Round(s * scale)) }
	a, b := at(d.Low.Share.Share), at(d.High.Share.Share)
	base := at(p.s.Success.Share)
	left, right := min(a, b), max(a, b)
	track := make([]rune, right+1)
	for i := range track {
		switch {
		case i < left:
			track[i] = ' '
		case i == base:
			track[i] = '┼'
		default:
			track[i] = '─'
		}
	}
	track[a], track[b] = 'o', '●'
	lo, hi := d.Low.Share, d.High.Share
	if a > b {
		lo, hi = hi, lo
	}
	// The lesser share stands left of the bar, the greater right of it.
	line := string(track[:left]) + pad(of100(lo), 3, true) + " " + string(track[left:]) + " " + of100(hi)
	names := wrapPath(driverName(d.Key), key)
	ends := driverEnds(d)
	for i, name := range names {
		if i > 0 {
			p.line("  ", name)
			continue
		}
		head := "  " + pad(name, key, false) + "  " + pad(p.dim(evidence[d.Evidence]), 9, false)
		full := head + line
		if w := width(full) + 2 + width(ends); w <= p.Width && ends != "" {
			full += pad(p.dim(ends), p.Width-width(full), true)
		}
		p.line(full)
	}
}

// driverEnds says which runs the two ends are.
func driverEnds(d analysis.Driver) string {
	switch {
	case d.Low.Is != "":
		return words(d.Low.Is) + ", " + words(d.High.Is)
	case d.Low.Below != nil && d.High.Above != nil:
		return fmt.Sprintf("<%s, >%s", short(*d.Low.Below), short(*d.High.Above))
	}
	return ""
}

// wrapPath breaks a dotted path at its dots.
func wrapPath(s string, n int) []string {
	var lines []string
	for width(s) > n {
		cut := strings.LastIndex(s[:min(n, len(s))], ".")
		if cut <= 0 {
			break
		}
		lines = append(lines, s[:cut+1])
		s = "  " + s[cut+1:]
	}
	return append(lines, s)
}
