package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/study/enforce"
)

// fair tells who keeps the Nash solution, year by year, and what it takes.
func (p *enforcer) fair(d *enforce.Deal) {
	p.line("")
	home := "; would pass at home"
	switch {
	case !p.a.Rules.Home:
		home = ""
	case d.Passes < 0.5:
		home = "; would be refused at home"
	}
	p.wrapped("", fmt.Sprintf("%s: %s%s.", dealNames[d.Key], p.worths(d), home))
	p.wrapped("  ", p.terms(d.Offer()))
	for i, key := range p.a.Parties {
		p.wrapped("  ", p.verdict(i, d.Sides[key]))
	}
	p.years(d)
	if d.Remedies != nil {
		p.line("")
		p.remedies(d)
	}
}

// verdict is a side's answer in a sentence.
func (p *enforcer) verdict(i int, s enforce.Side) string {
	delta := fmt.Sprintf("counting next year at %s of this one", factor(p.a.Discount[p.a.Parties[i]]))
	if s.Keeps {
		if len(s.Answer) == 0 && !s.Takes {
			return fmt.Sprintf("%s keeps it in every year: it has nothing to gain by breaking.", upper(p.the(i)))
		}
		return fmt.Sprintf("%s keeps it in every year, %s. It is nearest to breaking in year %s.", upper(p.the(i)), delta, p.year(s))
	}
	how := "would break it"
	if y := firstBroken(s.Slacks); y > 1 {
		how = fmt.Sprintf("would keep it until year %d and then break it", y-1)
	}
	return fmt.Sprintf("%s %s, %s, most of all in year %s: %s would bring it %s that year, and what follows does not take it back: breaking is worth %s more in all.",
		upper(p.the(i)), how, delta, p.year(s), p.changes(s), p.bn(s.Gain), p.bn(-s.Slack))
}

// year is the year of the least slack; the last of an endless deal stands for all later ones.
func (p *enforcer) year(s enforce.Side) string {
	y := strconv.Itoa(s.Worst)
	if n := len(s.Slacks); s.Worst == n && n > 1 && p.a.Rules.Lasts == "while_kept" {
		y += " and later"
	}
	return y
}

// firstBroken is the first year, from 1, in which breaking is worth more than keeping.
func firstBroken(slacks []float64) int {
	for y, x := range slacks {
		if x < 0 {
			return y + 1
		}
	}
	return 0
}

// changes are the issues a breaker sets otherwise.
func (p *enforcer) changes(s enforce.Side) string {
	var words []string
	if s.Takes {
		words = append(words, "taking the plants")
	}
	for i := range p.m.Space.Issues {
		is := &p.m.Space.Issues[i]
		if v, ok := s.Answer[is.Name]; ok {
			words = append(words, p.issue(is.Name)+" "+withUnit(strings.ReplaceAll(plain(v), "_", " "), is.Unit))
		}
	}
	if len(words) == 0 {
		return "going its own way"
	}
	return strings.Join(words, ", ")
}

func plain(v any) string {
	if x, ok := v.(float64); ok {
		return chart.Num(x)
	}
	return fmt.Sprint(v)
}

// factor is a discount factor with as many digits as it needs.
func factor(v float64) string {
	digits := 2
	if v > 0.99 && v < 1 { // near 1 the distance from it counts
		digits = 4
	}
	return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(v, 'f', digits, 64), "0"), ".")
}

// years is the table of slack by year.
func (p *enforcer) years(d *enforce.Deal) {
	n := len(d.Sides[p.a.Parties[0]].Slacks)
	var at []int
	for _, y := range shownYears {
		if y <= n {
			at = append(at, y-1)
		}
	}
	if n == 1 {
		return
	}
	p.line("")
	head := fmt.Sprintf("  %-26s", "year")
	for _, y := range at {
		head += fmt.Sprintf("%8d", y+1)
	}
	if p.a.Rules.Lasts == "while_kept" {
		head += fmt.Sprintf("%8s", "later")
	}
	p.line("%s", head)
	row := func(name string, cell func(y int) string) {
		l := fmt.Sprintf("  %-26s", name)
		for _, y := range at {
			l += fmt.Sprintf("%8s", cell(y))
		}
		if p.a.Rules.Lasts == "while_kept" {
			l += fmt.Sprintf("%8s", cell(n-1))
		}
		p.line("%s", strings.TrimRight(l, " "))
	}
	for i, key := range p.a.Parties {
		row(p.names[i]+", keeping over breaking", func(y int) string { return signedWhole(d.Sides[key].Slacks[y], p.a.Unit) })
		by := p.a.Draws.ByYear[key]
		if len(by) > 0 && d.Key == "nash" {
			row("  breaks, of 100 draws", func(y int) string { return of100(by[min(y, len(by)-1)].Share) })
		}
	}
	unit, draws := "$bn", ""
	if p.a.Unit == "unit" {
		unit = "in units of worth"
	}
	if d.Key == "nash" {
		draws = " Draws: of each draw's own fair deal."
	}
	p.wrapped("  ", "Keeping over breaking: present value, "+unit+"; below 0 that side breaks."+draws)
	if p.a.Owner < 0 {
		return
	}
	host := 1 - p.a.Owner
	mine, theirs := d.Sides[p.a.Parties[p.a.Owner]].Slacks, d.Sides[p.a.Parties[host]].Slacks
	const shift = 0.1 // of the first year's
	owner := mine[n-1]-mine[0] > shift*math.Abs(mine[0])
	other := theirs[0]-theirs[n-1] > shift*math.Abs(theirs[0])
	switch {
	case owner && other:
		p.wrapped("  ", fmt.Sprintf("As plants come to stand, %s has more to lose by breaking, and %s less to wait for.", p.the(p.a.Owner), p.the(host)))
	case owner:
		p.wrapped("  ", fmt.Sprintf("As plants come to stand, %s has more to lose by breaking.", p.the(p.a.Owner)))
	case other:
		p.wrapped("  ", fmt.Sprintf("As plants come to stand, %s has less to wait for.", p.the(host)))
	}
}

func signedWhole(v float64, unit string) string {
	if unit == "unit" {
		return fmt.Sprintf("%+.2f", v)
	}
	s := fmt.Sprintf("%+.0f", v)
	if math.Abs(v) < 9.5 {
		s = fmt.Sprintf("%+.1f", v)
	}
	return strings.Replace(s, "-", "−", 1)
}

// remedies tell what would keep the fair deal.
func (p *enforcer) remedies(d *enforce.Deal) {
	r := d.Remedies
	p.line("  What would keep it:")
	say := func(head, text string) { p.wrapped(fmt.Sprintf("    %-12s", head), text) }
	side := map[string]int{p.a.Parties[0]: 0, p.a.Parties[1]: 1}
	if m := r.Payment; m != nil {
		from := ""
		if m.Start > 1 {
			from = fmt.Sprintf(" from year %d on", m.Start)
		}
		say("payment", fmt.Sprintf("%s a year from %s, paid at the end of every year%s that both kept; %s could pay up to %s and still keep.", p.bn(m.Amount), p.the(side[m.From]), from, p.the(side[m.From]), p.bn(m.Most)))
	} else if r.Together == nil {
		say("payment", "none: no side could pay the other enough and still keep the deal itself.")
	}
	switch {
	case r.Snapback != nil:
		say("clause", fmt.Sprintf("%s instead of %s: a break is answered within %s of a year.", p.choice(r.Snapback.Choice), p.now(d, "enforcement"), factor(p.a.Rules.Unanswered[r.Snapback.Choice])))
	case r.Together != nil:
		say("clause", fmt.Sprintf("the fastest answer alone is not enough; with %s a year from %s it is.", p.bn(r.Together.Amount), p.the(side[r.Together.From])))
	case len(p.a.Rules.Unanswered) > 0:
		say("clause", "none: not even the fastest answer on the table is enough, or it is agreed already.")
	}
	p.investment(r.Investment, say)
	if h := r.Hostage; h != nil {
		s := fmt.Sprintf("%s would keep it with %s more of its own plants standing", upper(p.the(side[h.Owner])), p.bn(h.Most))
		if h.Years[0] > 0 {
			s += fmt.Sprintf(", %s of them from the first day", p.bn(h.Years[0]))
		}
		say("hostage", s+".")
	}
	if len(r.Bonds) > 0 {
		var words []string
		for i, key := range p.a.Parties {
			if x, ok := r.Bonds[key]; ok {
				words = append(words, fmt.Sprintf("%s by %s", p.bn(x), p.the(i)))
			}
		}
		say("deposit", strings.Join(words, " and ")+", held by a third party and lost by who breaks.")
	}
	switch {
	case r.Longer == nil && p.a.Rules.PunishYears == 0:
	case r.Longer == nil:
		say("sanction", "none: not even no deal for ever after a break is enough.")
	case *r.Longer == 0:
		say("sanction", "no deal for ever after a break.")
	default:
		say("sanction", fmt.Sprintf("no deal for %s after a break rather than %s.", plural(uint64(*r.Longer), "year"), plural(uint64(p.a.Rules.PunishYears), "year")))
	}
	if r.Shadow != nil {
		var words []string
		for i, key := range p.a.Parties {
			if x, ok := r.Shadow[key]; ok {
				words = append(words, fmt.Sprintf("%s would have to count next year at %s of this one rather than %s", p.the(i), factor(x), factor(p.a.Discount[key])))
			}
		}
		say("patience", upper(strings.Join(words, ", and "))+".")
	} else {
		say("patience", "none: however far the sides look ahead, breaking pays.")
	}
}

func (p *enforcer) choice(v string) string { return strings.ReplaceAll(v, "_", " ") }

// now is a deal's value of an issue in words.
func (p *enforcer) now(d *enforce.Deal, issue string) string {
	return p.choice(fmt.Sprint(d.Outcome[issue]))
}

func (p *enforcer) investment(v *enforce.Investment, say func(head, text string)) {
	if !p.offers("investment") {
		return
	}
	if v == nil {
		say("investment", "none: no sum on the table, however early it stands, is enough with all else as agreed.")
		return
	}
	switch {
	case v.Within == nil && v.Amount < v.Agreed:
		say("investment", fmt.Sprintf("%s announced rather than %s: less of it.", p.bn(v.Amount), p.bn(v.Agreed)))
	case v.Within == nil:
		s := fmt.Sprintf("%s announced rather than %s, built as planned (%s stand in the end)", p.bn(v.Amount), p.bn(v.Agreed), p.bn(v.Built))
		if v.Soonest != nil && *v.Soonest < v.Amount {
			s += fmt.Sprintf("; %s would do if all that is built stood from the first day", p.bn(*v.Soonest))
		}
		say("investment", s+".")
	case *v.Within == 0:
		say("investment", fmt.Sprintf("%s, and all that is built of it (%s) from the first day; no sum is enough if built as planned.", p.bn(v.Amount), p.bn(v.Built)))
	default:
		say("investment", fmt.Sprintf("%s, if all that is built of it (%s) stands within %s; no sum is enough if built as planned.", p.bn(v.Amount), p.bn(v.Built), plural(uint64(*v.Within), "year")))
	}
}
