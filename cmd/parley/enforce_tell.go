package main

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/study/enforce"
	"github.com/parley-sim/parley/sim/deal"
)

// enforcer tells what enforce found.
type enforcer struct {
	teller
	a       *enforce.Answer
	parties chart.Parties
}

func tellEnforce(s streams, m *scenario.Model, a *enforce.Answer, dir string) error {
	p := &enforcer{teller: teller{w: bufio.NewWriter(s.Out), m: m, width: min(max(columns(s.Out), 72), 100)}, a: a}
	for i, party := range m.Config.Parties {
		p.names[i] = first(party.Short, party.Name, party.Key)
		p.parties[i] = chart.Party{Name: first(party.Name, party.Key), Short: p.names[i]}
	}
	p.headline()
	if len(a.Deals) > 0 {
		p.fair(&a.Deals[0])
		for k := range a.Deals[1:] {
			if a.Deals[k+1].Key == "largest_investment" {
				p.fair(&a.Deals[k+1])
			}
		}
		p.others()
	}
	p.overDraws()
	p.rules()
	if dir != "" {
		p.line("")
		p.line("Written to %s: enforce.json, 01-sets.svg, .png and .csv", dir)
	}
	return p.w.Flush()
}

// nothing reports whether no side gives anything that it could take back.
func (p *enforcer) nothing() bool {
	for _, t := range p.a.Rules.Takes {
		if len(t) > 0 {
			return false
		}
	}
	return true
}

// title is a scenario's short name as a title: "EU 2025".
func title(name string) string {
	ws := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' })
	for i, w := range ws {
		if ws[i] = upper(w); len(w) == 2 {
			ws[i] = strings.ToUpper(w)
		}
	}
	return strings.Join(ws, " ")
}

// the is a side in a sentence.
func (p *enforcer) the(s int) string { return p.parties.The(chart.Side(s + 1)) }

func upper(s string) string { return chart.Upper(s) }

// bn is an amount of worth.
func (p *enforcer) bn(v float64) string {
	if p.a.Unit == "unit" {
		return number(v)
	}
	return chart.Amount(v, "$bn")
}

// of100 is a share as talks of 100 are told.
func of100(v float64) string { return chart.Of100(100 * v) }

func (p *enforcer) headline() {
	a := p.a
	p.line("%s: which deals hold by themselves", title(p.a.Scenario))
	p.line("")
	if a.Middle.Points == 0 {
		p.wrapped("", "At the middle of every drawn number no deal is worth more than none to both sides, so there is nothing to keep.")
		return
	}
	e := &a.Middle
	var text string
	switch {
	case p.nothing():
		text = "No issue says who gives it (given_by), so no side has anything to take back: all that can be said is which deals both prefer to none."
	case e.Both == 0 && e.Holds == 0:
		text = "None of the efficient deals holds by itself: in some year one side would do better to break it."
	case e.Both == 1 && a.Rules.Home:
		text = "Every efficient deal would pass at home and hold by itself: in no year would either side do better to break it."
	case e.Both == 1:
		text = "Every efficient deal would hold by itself: in no year would either side do better to break it."
	case !a.Rules.Home:
		text = fmt.Sprintf("Of 100 efficient deals %s would hold by themselves: in no year would either side do better to break them.", of100(e.Both))
	default:
		text = fmt.Sprintf("Of 100 efficient deals %s would pass at home, and %s would also hold by themselves: in no year would either side do better to break them.", of100(e.Passes), of100(e.Both))
	}
	var who []string
	for i, key := range a.Parties {
		if x := e.Breaks[key]; x > 0 {
			who = append(who, fmt.Sprintf("%s would break %s", p.the(i), of100(x)))
		}
	}
	if len(who) > 0 {
		text += " " + upper(strings.Join(who, ", ")) + " of 100."
	}
	if short := p.short(); short != "" {
		p.wrapped("", "In short: "+short)
		p.line("")
	}
	p.wrapped("", text)
	p.served(e.Remedies)
	d := &a.Draws
	p.line("")
	p.wrapped("", fmt.Sprintf("That is at the middle of every drawn number. Over %d draws %s of 100 %s on average (8 in 10 draws: %s to %s); in %s draws of 100 (95%% interval %s to %s) at least one does.",
		a.Runs, of100(d.Both.Mean), map[bool]string{true: "pass and hold", false: "hold"}[a.Rules.Home], of100(d.Both.Lo), of100(d.Both.Hi), of100(d.AnyHolds.Share), of100(d.AnyHolds.Lo), of100(d.AnyHolds.Hi)))
}

var remedyWords = map[string]string{
	"payment": "a yearly payment by the other side", "snapback": "the fastest answer to a break on the table (a snapback clause)",
	"investment": "more, less or earlier investment", "shadow": "both counting next year at %s or more",
	"longer": "a longer time without a deal after a break",
}

// short is the answer in a sentence, empty where nothing can be judged or all hold.
func (p *enforcer) short() string {
	e := &p.a.Middle
	if p.nothing() || e.Holds == 1 {
		return ""
	}
	many := "no efficient deal holds"
	switch {
	case e.Holds >= 0.9:
		many = "nearly all efficient deals hold"
	case e.Holds >= 0.5:
		many = "most efficient deals hold"
	case e.Holds > 0.1:
		many = "some efficient deals hold"
	case e.Holds > 0:
		many = "few efficient deals hold"
	}
	who := "either side may be the one to break the others"
	for i, key := range p.a.Parties {
		if e.Breaks[key] > 3*e.Breaks[p.a.Parties[1-i]] {
			who = fmt.Sprintf("it is %s that would break the others", p.the(i))
		}
	}
	best := enforce.RemedyPart{}
	for _, r := range e.Remedies {
		if p.offers(r.Key) && r.Share > best.Share {
			best = r
		}
	}
	what := "nothing that is tried here would keep them"
	if best.Share > 0 {
		w := remedyWords[best.Key]
		if best.Key == "shadow" {
			w = fmt.Sprintf(w, factor(enforce.Shadow))
		}
		what = fmt.Sprintf("%s would keep %s in 100 of these", w, of100(best.Share))
	}
	return fmt.Sprintf("%s by themselves; %s; %s.", many, who, what)
}

// offers reports whether there is such a remedy in the scenario at all.
func (p *enforcer) offers(key string) bool {
	switch key {
	case "snapback":
		return len(p.a.Rules.Unanswered) > 0
	case "investment":
		return p.a.Owner >= 0
	case "longer":
		return p.a.Rules.PunishYears > 0
	}
	return true
}

// served tells what would make the deals hold that do not, the most helpful first.
func (p *enforcer) served(parts []enforce.RemedyPart) {
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b enforce.RemedyPart) int { return cmp.Compare(b.Share, a.Share) })
	var words []string
	for _, r := range parts {
		if !p.offers(r.Key) {
			continue
		}
		w := remedyWords[r.Key]
		if r.Key == "shadow" {
			w = fmt.Sprintf(w, factor(enforce.Shadow))
		}
		words = append(words, fmt.Sprintf("%4s  %s", of100(r.Share), w))
	}
	if len(words) == 0 {
		return
	}
	p.line("")
	p.line("What it takes. Of 100 that would not hold, so many would with, each by itself:")
	for _, w := range words {
		p.line("  %s", w)
	}
	e := &p.a.Middle
	var text []string
	if s := e.Payment; s != nil {
		text = append(text, fmt.Sprintf("The smallest payment is %s a year in the middle, %s to %s in 8 of 10.", p.bn(s.Middle), p.bn(s.Lo), p.bn(s.Hi)))
	}
	if s := e.Investment; s != nil {
		text = append(text, fmt.Sprintf("The smallest investment is %s in the middle, %s to %s in 8 of 10.", p.bn(s.Middle), p.bn(s.Lo), p.bn(s.Hi)))
	}
	if w := p.wrongSide(); w != "" {
		text = append(text, w)
	}
	if len(text) > 0 {
		p.wrapped("", strings.Join(text, " "))
	}
}

// wrongSide says that plants bind their owner, where it is the other side that breaks.
func (p *enforcer) wrongSide() string {
	owner := p.a.Owner
	if owner < 0 {
		return ""
	}
	host := 1 - owner
	e := &p.a.Middle
	if e.Breaks[p.a.Parties[host]] <= 2*e.Breaks[p.a.Parties[owner]] {
		return ""
	}
	return fmt.Sprintf("Plants in %s are a hostage that binds %s, who built them; here it is %s that would break.", p.the(host), p.the(owner), p.the(host))
}

// terms are an outcome in words, against today's.
func (p *enforcer) terms(o deal.Offer) string {
	var words []string
	for i, v := range o {
		if int(v) != p.m.Space.Issues[i].Now {
			words = append(words, p.value(i, o))
		}
	}
	if len(words) == 0 {
		return "everything as it is today"
	}
	return strings.Join(words, "; ")
}

// worths is what a deal is worth to both.
func (p *enforcer) worths(d *enforce.Deal) string {
	return fmt.Sprintf("worth %s a year to %s and %s to %s", p.bn(d.Worth[p.a.Parties[0]]), p.the(0), p.bn(d.Worth[p.a.Parties[1]]), p.the(1))
}

var dealNames = map[string]string{
	"asked": "The deal you ask about", "nash": "The fair deal (Nash)", "kalai_smorodinsky": "Kalai-Smorodinsky", "egalitarian": "Equal gains", "utilitarian": "Largest sum", "largest_investment": "The fairest found with the largest investment", "best_that_holds": "The best that holds",
}

// shownYears are the years that the table tells, from 1.
var shownYears = []int{1, 2, 3, 4, 5, 7, 10}

// others tells the other solutions and the best deal that holds, a line or two each.
func (p *enforcer) others() {
	p.line("")
	told := p.a.Deals[0].Remedies != nil
	for k := range p.a.Deals[1:] {
		d := &p.a.Deals[k+1]
		if d.Key == "largest_investment" {
			continue
		}
		how := "holds by itself"
		if !d.Holds {
			var who []string
			for i, key := range p.a.Parties {
				if s := d.Sides[key]; !s.Keeps {
					who = append(who, fmt.Sprintf("%s breaks it in year %d", p.the(i), s.Worst))
				}
			}
			how = strings.Join(who, ", ")
		}
		p.wrapped("", fmt.Sprintf("%s: %s; %s.", dealNames[d.Key], p.worths(d), how))
		switch {
		case d.Key == "best_that_holds":
			p.wrapped("  ", p.terms(d.Offer()))
		case d.Remedies != nil && !told && d.Key != "largest_investment":
			told = true
			p.remedies(d)
			p.line("")
		}
	}
	switch b := p.a.Best; {
	case b == "":
		p.line("No efficient deal both passes at home and holds by itself.")
	case b != "best_that_holds":
		p.line("Of those that pass and hold, the fairest is: %s.", chart.Lower(dealNames[b], "Nash", "Kalai-Smorodinsky"))
	}
}

// few is how many draws make a middle and 8 in 10 worth telling.
const few = 5

// overDraws tells how often the fair deal of a draw holds, and with what.
func (p *enforcer) overDraws() {
	d := &p.a.Draws
	p.line("")
	p.line("Over %d draws", p.a.Runs)
	if d.ZOPA.N == 0 {
		p.wrapped("  ", "No draw has a deal that both prefer to none.")
		return
	}
	p.wrapped("  ", fmt.Sprintf("A deal is possible in %s of 100. There, each draw's own fair deal holds by itself in %s of 100 (%s to %s); %s breaks it in %s, %s in %s.",
		of100(d.ZOPA.Share), of100(d.Nash.Share), of100(d.Nash.Lo), of100(d.Nash.Hi),
		p.the(0), of100(d.Breaks[p.a.Parties[0]].Share), p.the(1), of100(d.Breaks[p.a.Parties[1]].Share)))
	var words []string
	if d.Nash.N == d.Nash.Of {
		return
	}
	sorted := slices.Clone(d.Remedies)
	slices.SortStableFunc(sorted, func(a, b enforce.RemedyShare) int { return cmp.Compare(b.Share.Share, a.Share.Share) })
	for _, r := range sorted {
		if !p.offers(r.Key) {
			continue
		}
		w := remedyWords[r.Key]
		if r.Key == "shadow" {
			w = fmt.Sprintf(w, factor(enforce.Shadow))
		}
		words = append(words, fmt.Sprintf("with %s in %s (%s to %s)", w, of100(r.Share.Share), of100(r.Share.Lo), of100(r.Share.Hi)))
	}
	p.wrapped("  ", "With a remedy, where one is needed, it holds "+strings.Join(words, "; ")+".")
	if s := d.Payment; s != nil && s.N >= few {
		p.wrapped("  ", fmt.Sprintf("Where a payment is needed and enough, it is %s a year in the middle, %s to %s in 8 of 10.", p.bn(s.Middle), p.bn(s.Lo), p.bn(s.Hi)))
	}
	if s := d.Least; s != nil && s.N >= few {
		p.wrapped("  ", fmt.Sprintf("Where another investment is enough, the smallest is %s in the middle, %s to %s in 8 of 10.", p.bn(s.Middle), p.bn(s.Lo), p.bn(s.Hi)))
	}
}

// rules say what the judgement rests on.
func (p *enforcer) rules() {
	r := &p.a.Rules
	p.line("")
	p.line("How it is judged")
	s := "A side that breaks sets what it gives as suits it best"
	if r.Breaks == "today" {
		s = "A side that breaks takes what it gives back to today"
	}
	if len(r.Unanswered) > 0 {
		s += ", until it is answered as the deal's clause says"
	} else {
		s += ", for a year"
	}
	if r.PunishYears > 0 {
		s += fmt.Sprintf("; then there is no deal for %s, and both keep again", plural(uint64(r.PunishYears), "year"))
	} else {
		s += "; then there is no deal for ever"
	}
	s += "."
	if r.Lasts == "duration" {
		s += " The deal ends after the years agreed, and nothing but plants binds anybody in its last year."
	} else {
		s += " The deal goes on as long as both keep it."
	}
	if r.Ends > 0 {
		s += fmt.Sprintf(" In any year it ends in peace with a chance of %s in 100.", of100(r.Ends))
	}
	p.wrapped("  ", s)
	for i, key := range p.a.Parties {
		if t := r.Takes[key]; len(t) > 0 {
			var words []string
			for _, k := range t {
				words = append(words, p.issue(k))
			}
			p.wrapped("  ", fmt.Sprintf("%s could take back: %s.", upper(p.the(i)), strings.Join(words, ", ")))
		}
	}
	for _, n := range p.a.Notes {
		p.wrapped("  ", "Note: "+n+".")
	}
}
