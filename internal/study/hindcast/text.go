package hindcast

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
)

// Table is a study with a name: all cells, or some blanked.
type Table struct {
	Name   string
	Cases  []Case
	Totals *Totals
}

// WriteText prints a study for a person: the answer in a sentence, scores by class and by episode, the
// intervals, the band of percentiles, and what is not scored. Further tables, on the same episodes with
// cells blanked, follow with their scores alone.
func WriteText(w io.Writer, tables []Table) error {
	p := &printer{w: w}
	main := &tables[0]
	t := main.Totals
	p.line("%s", Verdict(t))
	if t.Terms == 0 {
		p.notes(t)
		return p.err
	}
	p.line("")
	for i := range tables {
		if i == 1 {
			p.line("")
		}
		p.scores(&tables[i], i == 0)
	}
	p.line("")
	p.gaps(t)
	p.percentiles(t)
	p.line("")
	p.episodes(main.Cases)
	p.line("")
	p.terms(main.Cases)
	p.notes(t)
	return p.err
}

// Verdict says in words how good the forecasts were, and whether the game adds to the classes.
func Verdict(t *Totals) string {
	if t.Terms == 0 {
		return "No term is scored."
	}
	s := fmt.Sprintf("Mean CRPS %s of the range on %d terms; the 8-in-10 band held %.0f%% of them.", share(t.CRPS), t.Terms, 100*t.Coverage)
	for _, g := range t.Gaps {
		if g.Rival != rivalNames[6] {
			continue
		}
		switch {
		case t.Groups < 3:
			s += fmt.Sprintf(" Against the classes with a uniform draw: %s (%d group%s: no interval says much).", signed(g.Mean), t.Groups, plural(t.Groups))
		case (g.Hi < 0 || g.Lo > 0) && math.Abs(g.Mean) < 0.05*t.CRPS: // told from chance, and yet of no weight
			s += fmt.Sprintf(" The game adds next to nothing to the classes with a uniform draw: %s [%s, %s].", signed(g.Mean), signed(g.Lo), signed(g.Hi))
		case g.Hi < 0:
			s += fmt.Sprintf(" The game adds to the classes with a uniform draw: %s [%s, %s].", signed(g.Mean), signed(g.Lo), signed(g.Hi))
		case g.Lo > 0:
			s += fmt.Sprintf(" The game does worse than the classes with a uniform draw: %s [%s, %s].", signed(g.Mean), signed(g.Lo), signed(g.Hi))
		default:
			s += fmt.Sprintf(" The game adds nothing that can be told from chance to the classes with a uniform draw: %s [%s, %s].", signed(g.Mean), signed(g.Lo), signed(g.Hi))
		}
	}
	return s
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, a ...any) {
	if _, err := fmt.Fprintf(p.w, format+"\n", a...); err != nil && p.err == nil {
		p.err = err
	}
}

// table prints rows with their columns aligned; numbers to the right.
func (p *printer) table(rows [][]string) {
	tw := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		if _, err := fmt.Fprintln(tw, strings.TrimRight(strings.Join(r, "\t"), "\t ")); err != nil && p.err == nil {
			p.err = err
		}
	}
	if err := tw.Flush(); err != nil && p.err == nil {
		p.err = err
	}
}

// share is a number below 1 without its nought, as tables of scores are printed: .123.
func share(x float64) string {
	if math.IsNaN(x) {
		return "-"
	}
	return strings.Replace(fmt.Sprintf("%.3f", x), "0.", ".", 1)
}

func signed(x float64) string {
	return strings.Replace(fmt.Sprintf("%+.3f", x), "0.", ".", 1)
}

func (p *printer) scores(t *Table, all bool) {
	head := []string{t.Name, "all " + fmt.Sprint(t.Totals.Terms)}
	for _, c := range t.Totals.ByClass {
		head = append(head, fmt.Sprintf("%s %d", c.Name, c.Terms))
	}
	row := func(name string, of func(*Sum) float64) []string {
		r := []string{name, share(of(&t.Totals.Sum))}
		for i := range t.Totals.ByClass {
			r = append(r, share(of(&t.Totals.ByClass[i].Sum)))
		}
		return r
	}
	rows := [][]string{head, row("the game", func(s *Sum) float64 { return s.CRPS })}
	for k := len(rivalNames) - 1; k >= 0; k-- {
		if all || k == 6 || k == 0 || k == 4 {
			rows = append(rows, row(rivalNames[k], func(s *Sum) float64 { return *s.Rivals.list()[k] }))
		}
	}
	rows = append(rows, row("in the 8-in-10 band", func(s *Sum) float64 { return s.Coverage }))
	p.table(rows)
}

func (p *printer) gaps(t *Totals) {
	p.line("The game less each rival, paired; below 0 it is better (90%% intervals over %d group%s, resampled):", t.Groups, plural(t.Groups))
	var rows [][]string
	for _, g := range t.Gaps {
		rows = append(rows, []string{"  " + g.Rival, signed(g.Mean), "[" + signed(g.Lo) + ", " + signed(g.Hi) + "]"})
	}
	p.table(rows)
}

func (p *printer) percentiles(t *Totals) {
	p.line("Percentiles of what happened, by fifths: %v; of %d that are uniform and independent a fifth holds %d to %d (9 in 10).", strings.Trim(fmt.Sprint(t.Fifths), "[]"), t.Terms, t.FifthsLo, t.FifthsHi)
	if !math.IsNaN(t.Brier) {
		p.line("Deal or not: Brier %s on %d episodes, %d without a deal.", share(t.Brier), t.Judged, t.Failed)
	}
}

func (p *printer) episodes(cases []Case) {
	rows := [][]string{{"episode", "group", "ended in", "chance of a deal", "terms", "CRPS", "uniform draw", "in the band"}}
	for c := range cases {
		e := &cases[c]
		end := "-"
		if e.Deal != nil {
			end = map[bool]string{true: "a deal", false: "no deal"}[*e.Deal]
		}
		var list []*Result
		for i := range e.Terms {
			if r := &e.Terms[i]; r.Scored() && r.z != nil {
				list = append(list, r)
			}
		}
		s := sumOf(list)
		row := []string{e.ID, e.Group, end, fmt.Sprintf("%.0f%%", 100*e.Chance), fmt.Sprint(s.Terms)}
		if s.Terms > 0 {
			row = append(row, share(s.CRPS), share(s.Rivals.UniformClass), fmt.Sprintf("%.0f of %d", s.Coverage*float64(s.Terms), s.Terms))
		}
		rows = append(rows, row)
	}
	p.table(rows)
}

func (p *printer) terms(cases []Case) {
	rows := [][]string{{"term", "class", "8 in 10 between", "middle", "happened", "percentile", "CRPS"}}
	for c := range cases {
		for i := range cases[c].Terms {
			r := &cases[c].Terms[i]
			if !r.Scored() || r.z == nil {
				continue
			}
			mark := ""
			if r.Clamped {
				mark = " (outside its range)"
			}
			rows = append(rows, []string{
				cases[c].ID + "." + r.Issue, string(r.Class), r.words(r.Lo80) + " to " + r.words(r.Hi80), r.words(r.Median),
				told(r.Observed) + mark, fmt.Sprintf("%.0f", 100*r.Percentile), share(r.CRPS),
			})
		}
	}
	p.table(rows)
}

// words is a value as a table shows it.
func (r *Result) words(x float64) string { return told(r.Words(x)) }

func told(x any) string {
	if v, ok := x.(float64); ok {
		if math.Abs(v) >= 1e6 {
			return fmt.Sprintf("%.3g", v)
		}
		if math.Abs(v) >= 100 {
			return fmt.Sprintf("%.0f", v)
		}
		return fmt.Sprintf("%.3g", v)
	}
	return fmt.Sprint(x)
}

func (p *printer) notes(t *Totals) {
	if t.Clamped > 0 {
		p.line("\n%d outcome%s outside the range; counted as its end.", t.Clamped, map[bool]string{true: " lies", false: "s lie"}[t.Clamped == 1])
	}
	if len(t.Skipped) > 0 {
		p.line("\nNot scored:")
		for _, s := range t.Skipped {
			p.line("  %3d  %s", s.N, s.Why)
		}
	}
}
