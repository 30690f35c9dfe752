package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/store"
)

// Terminal says how the summary is printed and what to print beside it. The zero value prints plain
// text 100 columns wide.
type Terminal struct {
	Width  int           // columns; 0 is 100; what is below 72 is taken as 72, above 110 as 110
	Colour bool          // ANSI styles
	Seed   uint64        //
	Took   time.Duration // playing, by this call; 0: nothing was played
	Page   string        // path of report.html; empty: none
	Models []ModelAnswer // the headline under each trade model, the main one first; nil: not said
	Trace  string        // the command that tells one run, without its flags: "parley trace madrid"; empty: none
}

// Summary prints the summary for a person: what came of 100 talks, why not, on what terms, what it is
// worth and what decides it. Parts without data are left out. The error is the writer's.
func (t Terminal) Summary(w io.Writer, s *analysis.Summary, b *store.Brief) error {
	if t.Width == 0 {
		t.Width = 100
	}
	t.Width = min(max(t.Width, 72), 110)
	p := &screen{Terminal: t, s: s, b: b}
	p.header()
	if s.Runs.Counted > 0 {
		p.stages()
		p.losses()
		p.terms()
		p.worth()
		p.decides()
	}
	p.footer()
	_, err := w.Write(p.out.Bytes())
	return err
}

// screen is a summary being printed.
type screen struct {
	Terminal
	s   *analysis.Summary
	b   *store.Brief
	out bytes.Buffer
}

func (p *screen) line(parts ...string) {
	p.out.WriteString(strings.TrimRight(strings.Join(parts, ""), " "))
	p.out.WriteByte('\n')
}

// title starts a part: an empty line, then its name in bold and what stands beside it.
func (p *screen) title(name, beside string) {
	p.line()
	p.line(p.bold(name), beside)
}

func (p *screen) header() {
	head := p.b.Name
	if q := p.b.Question; q != "" {
		head += "  " + q
	}
	for i, l := range wrap(head, p.Width, len(p.b.Name)+2) {
		if i == 0 {
			l = p.bold(p.b.Name) + strings.TrimPrefix(l, p.b.Name)
		}
		p.line(l)
	}
	facts := fmt.Sprintf("%s, seed %d; %s, %s possible deal", plural(p.s.Runs.Total, "talk"), p.Seed, plural(int64(len(p.b.Issues)), "issue"), thousands(p.b.Outcomes))
	if p.b.Outcomes != "1" {
		facts += "s"
	}
	if p.Took > 0 {
		facts += "; " + duration(p.Took)
	}
	for _, l := range wrap(facts, p.Width, 2) {
		p.line(l)
	}
}

// stageWords are the stages as the rows of the first part, with the heading of what is lost by then.
var stageWords = map[string]struct{ row, lost string }{
	"possible": {"a deal is possible", "HAVE NO DEAL TO FIND"},
	"signed":   {"signed", "ARE NOT SIGNED"},
	"ratified": {"ratified by both", "ARE NOT RATIFIED"},
	"lasting":  {"in force in the end", "DO NOT LAST"},
}

// maxDelivery is how many quantities delivered the screen has room for.
const maxDelivery = 4

func (p *screen) stages() {
	right := ""
	for _, st := range p.s.Stages {
		if st.Range != nil {
			right = "range over strategies"
		}
	}
	p.line()
	p.line(p.bold("OF 100 TALKS"), pad(p.dim(right), p.Width-len("OF 100 TALKS"), true))
	full := p.Width - 50 // columns of a bar of 100
	for _, st := range p.s.Stages[1:] {
		label := stageWords[st.Key].row
		if st.Key == "lasting" && p.b.Lasting > 0 {
			label = fmt.Sprintf("in force in year %d", p.b.Lasting)
		}
		row := fmt.Sprintf("  %-22s%4s  ", label, of100(st.Share))
		bars := bar(st.Share.Share * float64(full))
		tail := ""
		if st.Range != nil {
			tail = fmt.Sprintf("%s - %s", of100(st.Range.Lo.Share), of100(st.Range.Hi.Share))
		}
		room := p.Width - width(row) - width(bars) - width(tail) - 2
		mark := ""
		if st.Goal {
			for _, m := range []string{"  <- success in this scenario", "  <- success"} {
				if len(m) <= room {
					mark = m
					break
				}
			}
			row = p.bold(row)
		}
		p.line(row, bars, mark, pad(p.dim(tail), p.Width-width(row)-width(bars)-len(mark), true))
	}
	p.groups()
	p.models()
	p.threatened()
	p.delivered()
}

// threatened says what threats came to, of 100 talks.
func (p *screen) threatened() {
	var says []string
	of := func(n int64) string { return chart.Of100(100 * float64(n) / float64(max(p.s.Runs.Counted, 1))) }
	for i, t := range p.s.Threats {
		if t.Made == 0 || i >= len(p.b.Parties) {
			continue
		}
		says = append(says, fmt.Sprintf("%s %s made, %s carried out, %s backed down from", p.b.Parties[i].Short, of(t.Made), of(t.Imposed), of(t.BackedDown)))
	}
	if len(says) == 0 {
		return
	}
	for _, l := range wrap(fmt.Sprintf("  %-22s%s", "threats", strings.Join(says, "; ")), p.Width, 28) {
		p.line(l)
	}
}

// delivered says what came of the deals: what they were worth as they were lived, and what was built.
func (p *screen) delivered() {
	if y := p.s.Years; y != nil && len(y.Worth) == 2 {
		var says []string
		for i, w := range y.Worth {
			says = append(says, whole(fmt.Sprintf("%s %s of %s", p.b.Parties[i].Short, round(w.Realised.Middle), round(w.Promised.Middle))))
		}
		unit := ""
		if p.s.Unit == "usd_bn_year" {
			unit = ", $bn a year"
		}
		for _, l := range wrap(fmt.Sprintf("  %-22s%s%s (middle of deals agreed to, all ends in)", "kept of the promise", strings.Join(says, ", "), unit), p.Width, 28) {
			p.line(l)
		}
	}
	for _, d := range p.s.Delivery {
		if _, part, ok := strings.Cut(d.Key, "delivery."); ok && part != "paper" && len(p.s.Delivery) > maxDelivery {
			continue // all of them are in the report
		}
		unit := " " + d.Unit
		if strings.HasPrefix(d.Unit, "%") {
			unit = d.Unit
		}
		for _, l := range wrap(fmt.Sprintf("  %-22s%4s%s (8 in 10 deals: %s)", d.Label, round(d.Spread.Middle), unit, between(d.Spread)), p.Width, 28) {
			p.line(l)
		}
	}
}

// models names the trade models at the ends of the range over them.
func (p *screen) models() {
	lo, hi := 0, 0
	for i := range p.Models {
		if p.Models[i].Success < p.Models[lo].Success {
			lo = i
		}
		if p.Models[i].Success > p.Models[hi].Success {
			hi = i
		}
	}
	if lo == hi {
		return
	}
	for _, l := range wrap(fmt.Sprintf("  over trade models %.0f - %.0f: least by %s, most by %s",
		100*p.Models[lo].Success, 100*p.Models[hi].Success, p.Models[lo].Name, p.Models[hi].Name), p.Width, 4) {
		p.line(p.dim(l))
	}
}

// groups names the pairs of strategies at the ends of the range.
func (p *screen) groups() {
	for _, st := range p.s.Stages {
		if r := st.Range; st.Goal && r != nil && r.Lo.Group != r.Hi.Group {
			for _, l := range wrap(fmt.Sprintf("  least by %s, most by %s", whole(words(r.Lo.Group)), whole(words(r.Hi.Group))), p.Width, 4) {
				p.line(p.dim(l))
			}
		}
	}
}

// lossBefore is the stage that a loss comes before.
var lossBefore = map[string]string{"never_possible": "possible", "not_found": "signed", "refused": "ratified", "broke": "lasting"}

// lossWords are the losses as rows.
var lossWords = map[string]string{"never_possible": "never possible", "not_found": "possible, not found", "refused": "refused at home", "broke": "signed, then broke"}

// losses tells why talks do not come to success. Its numbers add up: to the rounded stages, and within
// a row to the row.
func (p *screen) losses() {
	lost := 100 - in100(p.s.Success)
	at := map[string]int{} // talks of 100 lost before a stage, from the numbers printed above
	for i := 1; i < len(p.s.Stages); i++ {
		at[p.s.Stages[i].Key] = in100(p.s.Stages[i-1].Share) - in100(p.s.Stages[i].Share)
	}
	if p.s.Success.N == p.s.Runs.Counted {
		return
	}
	p.title(fmt.Sprintf("WHY THE OTHER %d %s", lost, stageWords[p.s.Criterion].lost), "")
	var rows []analysis.Loss
	for _, l := range p.s.Losses {
		if l.Key == "refused" && p.s.Criterion == "signed" || l.Key == "broke" && p.s.Criterion != "lasting" {
			continue // after the success that was asked for
		}
		rows = append(rows, l)
	}
	for _, loss := range rows {
		n := at[lossBefore[loss.Key]]
		head := fmt.Sprintf("  %-22s%4s  ", lossWords[loss.Key], orLess(n, loss.Share.N))
		for j, l := range wrap(p.causes(loss, n), p.Width-width(head), 0) {
			if j > 0 {
				head = strings.Repeat(" ", width(head))
			}
			p.line(head, l)
		}
	}
}

// causes is a loss split by cause, of n talks in all: red lines together, walk-outs together, the rest
// one by one. What is under one in 100 is not named.
func (p *screen) causes(l analysis.Loss, n int) string {
	counts := make([]int64, len(l.Causes))
	for i, c := range l.Causes {
		counts[i] = c.Share.N
	}
	share := apportion(n, counts)
	type group struct {
		total int
		parts []string
	}
	groups := map[string]*group{}
	var order []string
	for i, c := range l.Causes {
		name := causeGroup(c.Kind)
		if c.Kind == "audience" || c.Kind == "breach" || c.Kind == "other" {
			name = c.Words
			if c.Kind == "audience" {
				name = strings.ReplaceAll(c.Name, "_", " ")
			}
		}
		g := groups[name]
		if g == nil {
			g = &group{}
			groups[name] = g
			order = append(order, name)
		}
		g.total += share[i]
		if (c.Kind == "red_line" || c.Kind == "walk_out" && c.Name != "") && share[i] > 0 {
			g.parts = append(g.parts, whole(fmt.Sprintf("%s %d", c.Name, share[i])))
		}
	}
	var out []string
	for _, name := range order {
		g := groups[name]
		if g.total == 0 {
			continue
		}
		s := whole(fmt.Sprintf("%s %d", name, g.total))
		if len(g.parts) > 0 {
			s += " (" + strings.Join(g.parts, ", ") + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func causeGroup(kind string) string {
	switch kind {
	case "red_line":
		return "red lines"
	case "interests":
		return "interests too far apart"
	case "deadline":
		return "time ran out"
	case "walk_out":
		return "walked out"
	}
	return kind
}

func (p *screen) footer() {
	p.line()
	n := p.s.Numbers
	var says []string
	if p.s.Runs.Counted > 0 {
		says = append(says, fmt.Sprintf("Simulation noise is under %s points", atMost(100*p.s.Noise())))
	}
	switch {
	case n.Total > 0 && n.Assumed == n.Total:
		says = append(says, fmt.Sprintf("all %d numbers are assumed, and they make the rest", n.Total))
	case n.Total > 0 && n.Assumed > 0:
		says = append(says, fmt.Sprintf("%d of %d numbers are assumed, and they make the rest", n.Assumed, n.Total))
	case n.Total > 0:
		says = append(says, fmt.Sprintf("none of %d numbers is declared as assumed", n.Total))
	}
	if n.Neither > 0 {
		has := "have"
		if n.Neither == 1 {
			has = "has"
		}
		says = append(says, fmt.Sprintf("%d %s neither a source nor `assumed`", n.Neither, has))
	}
	for _, l := range wrap(strings.Join(says, "; ")+".", p.Width, 2) {
		p.line(l)
	}
	for _, warning := range p.s.Warnings {
		for _, l := range wrap("note: "+warning, p.Width, 6) {
			p.line(l)
		}
	}
	var links []string
	if p.Page != "" {
		links = append(links, "report   "+p.Page)
	}
	if p.Trace != "" {
		links = append(links, "next     "+p.Trace+p.like())
	}
	if len(links) == 2 && width(links[0])+width(links[1])+3 <= p.Width {
		links = []string{links[0] + "   " + strings.Replace(links[1], "next     ", "next   ", 1)}
	}
	for _, l := range links {
		p.line(l)
	}
}

// like is the flag that tells a run of the most telling cause: the most frequent that is somebody's
// doing, else the clock's.
func (p *screen) like() string {
	best, clock := analysis.Cause{}, false
	for _, l := range p.s.Losses {
		for _, c := range l.Causes {
			if c.Kind == "deadline" {
				clock = true
			} else if c.Kind != "interests" && c.Key != "" && c.Share.N > best.Share.N {
				best = c
			}
		}
	}
	switch {
	case best.Key != "":
		return " --like " + best.Key
	case clock:
		return " --like deadline"
	}
	return ""
}
