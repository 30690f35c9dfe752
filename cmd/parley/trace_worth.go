package main

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/sim/economy"
)

// came tells what came of what was promised.
func (p *teller) came() {
	c := p.t.Came
	if c == nil {
		return
	}
	if c.Announced > 0 {
		words := []string{fmt.Sprintf("$%sbn announced", number(c.Announced))}
		add := func(v float64, what string) {
			if v >= 0.05 {
				words = append(words, fmt.Sprintf("%s %s", number(v), what))
			}
		}
		add(c.Waiting, "never started")
		add(c.Cleared, "cleared")
		add(c.Mitigated, "of it on conditions")
		add(c.Withdrawn, "withdrawn from review")
		add(c.Blocked, "blocked")
		add(c.Refused, "refused by states or localities")
		words = append(words, fmt.Sprintf("%s built in %d years, with %s jobs (%s expected, were the deal kept)", number(c.Built), c.Years, chart.Num(math.Round(c.Jobs/100)*100), number(c.Expected)))
		add(c.Forced, "ordered sold")
		p.wrapped("Investment  ", strings.Join(words, ", "))
	}
	if c.Promised > 0 {
		p.wrapped("Purchases   ", fmt.Sprintf("$%sbn a year more promised; sales were $%sbn a year above those of a year without a deal", number(c.Promised), number(c.Made)))
	}
}

// others tells what the tariffs agreed do to third countries, and whether they are reciprocal. Where
// the trade model cannot say it, it says why.
func (p *teller) others(ctx context.Context) {
	if !p.t.Signed || p.m.TariffModel() == "" {
		return
	}
	e, err := p.m.Effects(ctx, p.t.Without, p.t.Agreed)
	if err != nil {
		p.wrapped("Others  ", fmt.Sprintf("not known: %v", err))
		return
	}
	p.wrapped("Others  ", othersWords(e, p.m.TariffModel()))
}

// othersWords names the third countries that lose and gain most.
func othersWords(e *economy.Effects, model string) string {
	var others []int
	for j, name := range e.Regions {
		if name != e.Names[0] && name != e.Names[1] {
			others = append(others, j)
		}
	}
	if len(others) == 0 {
		return fmt.Sprintf("%s knows none. ", model) + reciprocal(e)
	}
	sort.SliceStable(others, func(a, b int) bool { return e.WelfareBn[others[a]] < e.WelfareBn[others[b]] })
	var lose, gain []string
	sum := 0.0
	for k, j := range others {
		w := fmt.Sprintf("%s %s", e.Regions[j], number(e.WelfareBn[j]))
		if k < 3 && e.WelfareBn[j] < 0 {
			lose = append(lose, w)
		}
		if k >= len(others)-3 && e.WelfareBn[j] > 0 {
			gain = append(gain, w)
		}
		sum += e.WelfareBn[j]
	}
	say := func(what string, list []string) string {
		if len(list) == 0 {
			return ""
		}
		return "; " + what + " most " + strings.Join(list, ", ")
	}
	return fmt.Sprintf("by %s, $bn a year over no deal: all third countries %s%s%s. %s", model, number(sum), say("losing", lose), say("gaining", gain), reciprocal(e))
}
