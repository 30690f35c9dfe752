package main

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// explain answers --explain: what the governments must care about, beside welfare, if the tariffs given
// are their best (inverse optimum).
func (f *economyFlags) explain(ctx context.Context, q *question) error {
	names, err := q.governments("explain", f.explained)
	if err != nil {
		return err
	}
	if len(names) < 2 {
		return errors.New("--explain: name the government and those it taxes: us,china")
	}
	g, err := q.game(ctx, names, nil, economy.Uniform, false)
	if err != nil {
		return err
	}
	observed, err := trade.Resolve(&q.in, economy.Base(q.m), q.base)
	if err != nil {
		return err
	}
	t := &table{regions: names, facts: []fact{{"band", f.band}}, hidden: map[string]bool{}}
	for _, n := range []string{
		"leverage_alone", "revenue_alone", "leverage_lo", "leverage_hi", "revenue_lo", "revenue_hi",
		"pure_gain_bn", "leverage_regret_bn", "revenue_regret_bn",
	} {
		t.columns = append(t.columns, column{name: n})
	}
	for _, n := range names {
		fit, err := g.Inverse(ctx, n, observed, f.band)
		if err != nil {
			return err
		}
		ends := func(i economy.Interval) (lo, hi float64) {
			if i.Empty() {
				return math.NaN(), math.NaN()
			}
			return i.Lo, i.Hi
		}
		ll, lh := ends(fit.Leverage)
		rl, rh := ends(fit.Revenue)
		for k, v := range []float64{fit.LeverageAlone, fit.RevenueAlone, ll, lh, rl, rh, fit.Pure, fit.RegretLeverage, fit.RegretRevenue} {
			t.columns[k].values = append(t.columns[k].values, v)
		}
	}
	return q.tell(t, []string{
		"What each must care about beside real income, if its tariff on the others is its best: leverage is what it is worth that they " +
			"lose a dollar, revenue what a dollar of revenue is worth over the dollar; alone, or from lo to hi with some of the other, " +
			fmt.Sprintf("for tariffs known to %s points. A dash: neither explains it, the tariff lies below the best for plain welfare.", shown(100*f.band)),
		"pure_gain_bn is what its best tariff for plain welfare would add; regret, what the best one for the fitted aim would.",
	})
}

// effects answers --effects: what the tariffs given do to others, and whether the two give alike.
func (f *economyFlags) effects(ctx context.Context, q *question) error {
	names, err := q.governments("effects", f.affected)
	if err != nil {
		return err
	}
	if len(names) != 2 {
		return fmt.Errorf("--effects: %d governments; a deal is between two: us,china", len(names))
	}
	var before trade.Schedule
	if f.since != "" {
		if before, _, err = readTariffs("since", f.since); err != nil {
			return err
		}
	}
	e, err := economy.Compare(ctx, q.m, before, q.base, names[0], names[1])
	if err != nil {
		return err
	}
	t := &table{regions: q.in.Regions, columns: []column{
		{"welfare_pct", e.WelfarePct}, {"welfare_bn", e.WelfareBn}, {"diverted_bn", e.Diverted},
	}, facts: []fact{{"between_bn", e.Between}, {"reciprocal", e.Reciprocal}}}
	say := "They do not give alike"
	if e.Reciprocal {
		say = "They give alike (reciprocal, Bagwell & Staiger 1999)"
	}
	for k, n := range e.Names {
		t.facts = append(
			t.facts,
			fact{n + "_imports_bn", e.Imports[k]}, fact{n + "_exports_bn", e.Exports[k]},
			fact{n + "_from_other_bn", e.FromOther[k]}, fact{n + "_terms_of_trade_pct", e.TermsOfTradePct[k]},
		)
		say += fmt.Sprintf("; %s buys $%sbn more and sells $%sbn more, terms of trade %s%%", n, shown(e.Imports[k]), shown(e.Exports[k]), shown(e.TermsOfTradePct[k]))
	}
	return q.tell(t, []string{
		fmt.Sprintf("Trade between %s and %s changes by $%sbn a year; diverted_bn is what others sell the two more, or less.", names[0], names[1], shown(e.Between)),
		say + ".",
	})
}
