// Package purchase turns a promise to buy more into what is bought: totals over a baseline that moves
// by itself.
//
// What is promised is an extra amount a year over the sales of today, and is counted in totals, as
// Phase One counted it: $502.4bn in two years were committed, of which $200bn extra, and $288.8bn
// bought, so that the extra was delivered to -7% (facts/phase_one.csv; Bown 2022). A run has sales of
//
//	total_t = B_t + share x extra,   B_t = sales exp(v (W_1+...+W_t) - v^2 t/2)
//
// in year t = 1..T, with W standard normal: B is a lognormal random walk with mean sales, since what
// China buys without a promise rises and falls too. share is how much of the extra the promise brings
// about, which a run draws. In mean the increment over the baseline is share x extra; in a run it may
// well be negative while share is not.
package purchase

import (
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/chance"
)

// Rules are what a scenario fixes.
type Rules struct {
	Sales      float64 // covered sales a year without a promise, $bn, >= 0
	Volatility float64 // v: standard deviation of their logarithm a year, 0 to 1
}

// Check says what is wrong with the rules.
func (r Rules) Check() error {
	if !(r.Sales >= 0) || math.IsInf(r.Sales, 0) {
		return fmt.Errorf("sales without a promise: %v is not >= 0", r.Sales)
	}
	if !(r.Volatility >= 0 && r.Volatility <= 1) {
		return fmt.Errorf("volatility of sales: %v is not 0 to 1", r.Volatility)
	}
	return nil
}

var streamID = chance.ID("run.purchase")

// Run fills total with a run's sales in each year of the deal, $bn, and returns what they lie above
// the sales of a year without a promise, on average a year: what is counted as made. Extra is promised
// a year; share is drawn, and may be negative. No years make nothing.
func (r Rules) Run(extra, share float64, seed, replication uint64, total []float64) (made float64) {
	if len(total) == 0 {
		return 0
	}
	walk := 0.0
	for t := range total {
		u := chance.U(seed, replication, streamID, uint64(t))
		walk += float64(r.Volatility * normal(u))
		total[t] = r.Sales*math.Exp(walk-float64(r.Volatility*r.Volatility)*float64(t+1)/2) + float64(share*extra)
		made += total[t] - r.Sales
	}
	return made / float64(len(total))
}

// normal is the quantile of the standard normal.
func normal(u float64) float64 { return math.Sqrt2 * math.Erfinv(2*u-1) }

// Increment is how much of an extra was delivered, given the totals committed, extra included, and
// bought, over the same years: 1 is all, below 0 less than there would have been.
func Increment(committed, extra, bought float64) float64 {
	return (bought - (committed - extra)) / extra
}
