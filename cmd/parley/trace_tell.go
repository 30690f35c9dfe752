package main

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/deal"
)

// teller writes one negotiation as a person would read it.
type teller struct {
	w     *bufio.Writer
	m     *scenario.Model
	t     *scenario.Trace
	names [2]string
	width int
}

// tell prints the trace: who plays how, what they know of today, the moves, the end.
func tell(ctx context.Context, s streams, m *scenario.Model, t *scenario.Trace) error {
	p := &teller{w: bufio.NewWriter(s.Out), m: m, t: t, width: min(max(columns(s.Out), 72), 120)}
	for i, party := range m.Config.Parties {
		p.names[i] = first(party.Short, party.Name, party.Key)
	}
	p.opening()
	p.moves()
	p.end(ctx)
	return p.w.Flush()
}

func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

func (p *teller) line(format string, a ...any) {
	fmt.Fprintf(p.w, format, a...)
	p.w.WriteByte('\n')
}

// wrapped prints text after a head, further lines indented as far as the head.
func (p *teller) wrapped(head, text string) {
	room := max(p.width-len([]rune(head)), 30)
	for _, l := range lines(text, room) {
		p.line("%s%s", head, l)
		head = strings.Repeat(" ", len([]rune(head)))
	}
}

// lines breaks text at spaces into lines of at most n columns.
func lines(text string, n int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len([]rune(line))+1+len([]rune(word)) > n:
			out = append(out, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(out, line)
}

func (p *teller) opening() {
	t := p.t
	p.line("Run %d of %s, seed %d", t.Run, p.m.Config.Name(), t.Seed)
	for i, n := range p.names {
		opens := ""
		if p.m.Config.Parties[i].Key == t.First {
			opens = "; makes the first offer"
		}
		if t.Heeds[i] {
			opens += "; with those at home in mind"
		}
		p.line("%-8s bargains by %s%s", n, t.Agents[i], opens)
	}
	unit := ""
	if p.m.Config.Worth != "unit" {
		unit = " in $bn a year over no deal"
	}
	p.wrapped("", fmt.Sprintf("Each offer is told by what changed since that side's last one; its first by what differs from today. Worth is to %s and %s%s; aim is what the maker was ready for.", p.names[0], p.names[1], unit))
	p.elsewhere()
	p.line("")
}

func (p *teller) moves() {
	w := max(len(p.names[0]), len(p.names[1]), 4)
	p.line("%-8s %-*s %9s %9s %9s   %s", "when", w, "who", p.names[0], p.names[1], "aim", "what")
	same, seen, told := 0, [2]bool{}, 0
	flush := func() {
		if same > 0 {
			p.line("%-8s %s", "", plural(uint64(same), "offer")+" like that side's last")
			same = 0
		}
	}
	for i := range p.t.Moves {
		mv := &p.t.Moves[i]
		if told < len(p.t.Threats) && p.t.Threats[told].Round <= mv.Round {
			flush()
			told = p.before(mv.Round, told, w)
		}
		if mv.Seat >= 0 && mv.Kind == "propose" && !mv.Vote && len(mv.Changed) == 0 && seen[mv.Seat] {
			same++
			continue
		}
		flush()
		who := "mediator"
		if mv.Seat >= 0 {
			who = p.names[mv.Seat]
		}
		worth := [2]string{"", ""}
		if mv.Offer != nil {
			worth = [2]string{number(mv.Worth[0]), number(mv.Worth[1])}
		}
		aim := ""
		if !math.IsNaN(mv.Aim) && mv.Seat >= 0 {
			aim = number(mv.Aim)
		}
		p.wrapped(fmt.Sprintf("%-8s %-*s %9s %9s %9s   ", p.when(mv), w, who, worth[0], worth[1], aim), p.what(mv, seen))
		if mv.Seat >= 0 && mv.Kind == "propose" {
			seen[mv.Seat] = true
		}
	}
	flush()
	p.line("")
}

func (p *teller) when(mv *scenario.Move) string {
	if mv.Date.IsZero() {
		return fmt.Sprintf("round %d", mv.Round)
	}
	return mv.Date.Format("2 Jan")
}

// what is a move in words.
func (p *teller) what(mv *scenario.Move, seen [2]bool) string {
	switch {
	case mv.Kind == "walk" || mv.Kind == "walk_out" || mv.Kind == "leave":
		return "walks out"
	case mv.Kind == "accept" && mv.Vote:
		return "votes for the draft"
	case mv.Vote:
		return "votes against the draft"
	case mv.Kind == "accept":
		return "accepts"
	}
	if len(mv.Changed) == 0 {
		if mv.Seat >= 0 && seen[mv.Seat] {
			return "the same again"
		}
		return "everything as it is today"
	}
	changes := make([]string, len(mv.Changed))
	for k, i := range mv.Changed {
		changes[k] = p.value(i, mv.Offer)
	}
	return strings.Join(changes, "; ")
}

// value is one issue of an offer: us_tariff 41.1 %.
func (p *teller) value(i int, o deal.Offer) string {
	is := &p.m.Space.Issues[i]
	return p.issue(is.Name) + " " + withUnit(strings.ReplaceAll(is.Values[o[i]], "_", " "), is.Unit)
}

// issue is an issue's key in words, a party's key in it as that party's short name: US tariff.
func (p *teller) issue(key string) string {
	words := strings.Split(key, "_")
	for k, w := range words {
		for _, party := range p.m.Config.Parties {
			if w == party.Key {
				words[k] = first(party.Short, w)
			}
		}
	}
	return strings.Join(words, " ")
}

// withUnit is a value with its unit as people write it: 30%, $350bn, $25bn a year, 4 years.
func withUnit(v, unit string) string {
	switch {
	case unit == "":
		return v
	case strings.HasPrefix(unit, "%"):
		return v + unit
	case strings.HasPrefix(unit, "$"):
		return "$" + v + unit[1:]
	}
	return v + " " + unit
}

func (p *teller) end(ctx context.Context) {
	t := p.t
	when := ""
	if !t.Date.IsZero() {
		when = " on " + t.Date.Format("2 January 2006")
	} else {
		when = fmt.Sprintf(" in round %d", t.Round)
	}
	p.wrapped("", p.why()+when+".")
	if t.Error != "" {
		p.wrapped("  ", t.Error)
	}
	if t.Signed {
		all := make([]string, len(t.Outcome))
		for i := range t.Outcome {
			all[i] = p.value(i, t.Outcome)
		}
		p.wrapped("The deal  ", strings.Join(all, "; "))
		for side, parts := range t.Parts {
			var words []string
			for _, part := range parts {
				if math.Abs(part.Worth) >= 0.005 {
					words = append(words, strings.ReplaceAll(part.Key, "_", " ")+" "+number(part.Worth))
				}
			}
			sum := 0.0
			for _, part := range parts {
				sum += part.Worth
			}
			p.wrapped(fmt.Sprintf("Worth to %-8s %7s  ", p.names[side], number(sum)), strings.Join(words, ", "))
		}
		p.came()
		p.others(ctx)
		p.after()
	}
	p.truce()
	f := t.Frontier
	switch {
	case f == nil:
	case !f.Solutions.ZOPA:
		p.wrapped("", "No deal was possible: "+blockedBy(f.Blockers)+".")
	case t.Signed && !math.IsNaN(t.Left):
		p.wrapped("", fmt.Sprintf("%s of the joint gain that was there is left on the table.", percent(t.Left)))
	case !t.Signed:
		n := f.Solutions.Nash
		p.wrapped("", fmt.Sprintf("A deal was possible: Nash's would have been worth %s to %s and %s to %s.",
			number(p.worth(0, n)), p.names[0], number(p.worth(1, n)), p.names[1]))
	}
	p.line("")
	p.drawn()
}

// worth is a point's worth to a side on the scenario's scale.
func (p *teller) worth(side int, pt deal.Point) float64 {
	return worthOf(p.m, p.t.Frontier, side, pt.U[side])
}

func (p *teller) why() string {
	head, who, _ := strings.Cut(p.t.Cause, ":")
	switch {
	case p.t.Signed:
		return "Signed"
	case p.t.Status == "error":
		return "The run is an error"
	case head == "walk_out":
		for i, party := range p.m.Config.Parties {
			if party.Key == who {
				return p.names[i] + " walked out"
			}
		}
		return "A side walked out"
	case head == "deadline", head == "no_zopa":
		return "Time ran out without a deal"
	}
	return "Ended without a deal (" + p.t.Cause + ")"
}

// blockedBy names what keeps a deal from being possible.
func blockedBy(sets [][]string) string {
	var words []string
	for _, set := range sets {
		if len(set) == 0 {
			return "the two sides' interests are too far apart"
		}
		words = append(words, strings.Join(set, " and "))
	}
	if len(words) == 0 {
		return "the two sides' interests are too far apart"
	}
	return "it takes the removal of the red lines " + strings.Join(words, ", or ")
}

// drawn lists what was drawn for the run, in as many columns as fit.
func (p *teller) drawn() {
	if len(p.t.Drawn) == 0 {
		return
	}
	p.line("Drawn in this run")
	key, value := 0, 0
	values := make([]string, len(p.t.Drawn))
	for i, d := range p.t.Drawn {
		if values[i] = strings.ReplaceAll(d.Name, "_", " "); d.Name == "" {
			values[i] = strconv.FormatFloat(d.Value, 'g', 3, 64)
		}
		key, value = max(key, len(driverKey(d.Path))), max(value, len(values[i]))
	}
	across := max(p.width/(key+value+5), 1)
	down := (len(values) + across - 1) / across
	for row := range down {
		line := ""
		for i := row; i < len(values); i += down {
			line += fmt.Sprintf("  %-*s  %-*s ", key, driverKey(p.t.Drawn[i].Path), value, values[i])
		}
		p.line("%s", strings.TrimRight(line, " "))
	}
}

// driverKey is the path of a number without what most paths share.
func driverKey(path string) string { return strings.TrimPrefix(path, "party.") }

// number is a measured number for reading, three significant digits or so.
func number(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return "-"
	case math.IsInf(v, 0):
		return "forbidden"
	case a < 0.0005:
		return "0"
	case a < 1:
		return fmt.Sprintf("%.3f", v)
	case a < 10:
		return fmt.Sprintf("%.2f", v)
	case a < 100:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

func percent(share float64) string { return fmt.Sprintf("%.0f%%", 100*share) }

// day is a date for a chart: 10 Oct.
func day(d time.Time) string { return d.Format("2 Jan") }
