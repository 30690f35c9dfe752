package economy

import (
	"context"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Effects are what a deal between two governments does, against the tariffs that stand without it.
// Slices over regions have the model's order. Values are $bn a year of the model's year.
type Effects struct {
	Regions    []string
	WelfarePct []float64 // change by the deal, % of base income
	WelfareBn  []float64
	// Diverted is the change of a region's exports to the two, 0 for the two themselves: negative
	// where the deal takes trade away from it (Viner 1950).
	Diverted []float64
	// Between is the change of trade between the two.
	Between float64
	Reciprocity
}

// Reciprocity compares, for each of the two, the change of its imports with that of its exports,
// both in $bn a year at the prices at the border before the deal. Bagwell & Staiger (1999, AER 89(1), section
// II.B) call a deal reciprocal if the two are equal: then it leaves the terms of trade alone.
type Reciprocity struct {
	Names [2]string
	// Imports and Exports are the changes of trade with all regions, the sense of the theorem.
	Imports, Exports [2]float64
	// FromOther is the change of imports from the other of the two.
	FromOther [2]float64
	// Concession is FromOther of one over that of the other: 1 is like for like.
	Concession      [2]float64
	TermsOfTradePct [2]float64 // change of export over import prices, %
	// Reciprocal says that for both the two changes are within a tenth of their mean size.
	Reciprocal bool
}

// Compare solves both schedules and compares them. a and b are the two governments.
func Compare(ctx context.Context, m trade.Model, before, after trade.Schedule, a, b string) (*Effects, error) {
	in := m.Info()
	var two [2]int
	for k, name := range []string{a, b} {
		j, err := in.Region(name)
		if err != nil {
			return nil, err
		}
		two[k] = j
	}
	if two[0] == two[1] {
		return nil, fmt.Errorf("%s and %s are the same government", a, b)
	}
	var w trade.Warm
	r0, err := m.Solve(ctx, before, &w)
	if err != nil {
		return nil, fmt.Errorf("without the deal: %w", err)
	}
	r1, err := m.Solve(ctx, after, &w)
	if err != nil {
		return nil, fmt.Errorf("with the deal: %w", err)
	}
	e := &Effects{Regions: in.Regions}
	for j := range in.Regions {
		e.WelfarePct = append(e.WelfarePct, r1.WelfarePct[j]-r0.WelfarePct[j])
		e.WelfareBn = append(e.WelfareBn, r1.WelfareBn[j]-r0.WelfareBn[j])
	}
	if r0.Flows == nil || r1.Flows == nil {
		return nil, &trade.NoSplit{Model: in.Name, Split: "flows by partner"}
	}
	flow := func(r *trade.Result, i, j int) float64 {
		sum := 0.0
		for s := range in.Sectors {
			sum += r.Flows(i, j, s)
		}
		return sum
	}
	e.Diverted = make([]float64, len(in.Regions))
	for i := range in.Regions {
		if i == two[0] || i == two[1] {
			continue
		}
		for _, j := range two {
			e.Diverted[i] += flow(r1, i, j) - flow(r0, i, j)
		}
	}
	e.Between = flow(r1, two[0], two[1]) + flow(r1, two[1], two[0]) - flow(r0, two[0], two[1]) - flow(r0, two[1], two[0])
	e.Reciprocity = reciprocity(&in, r0, r1, two)
	return e, nil
}

// reciprocity works out Bagwell & Staiger's condition.
func reciprocity(in *trade.Info, r0, r1 *trade.Result, two [2]int) Reciprocity {
	var out Reciprocity
	out.Reciprocal = true
	for k, j := range two {
		other := two[1-k]
		out.Names[k] = in.Regions[j]
		var dear, old [2]float64 // new quantities at new prices over old; exports, imports
		for i := range in.Regions {
			if i == j {
				continue
			}
			for s := range in.Sectors {
				// Quantities at old border prices: a value over the change of its price.
				m0, m1 := r0.Flows(i, j, s), r1.Flows(i, j, s)
				x0, x1 := r0.Flows(j, i, s), r1.Flows(j, i, s)
				pm, px := price(r0, r1, i, s), price(r0, r1, j, s)
				out.Imports[k] += m1/pm - m0
				out.Exports[k] += x1/px - x0
				if i == other {
					out.FromOther[k] += m1/pm - m0
				}
				dear[0] += m0 * pm
				dear[1] += x0 * px
				old[0] += m0
				old[1] += x0
			}
		}
		out.TermsOfTradePct[k] = 100 * (dear[1]/old[1]/(dear[0]/old[0]) - 1)
		size := (math.Abs(out.Imports[k]) + math.Abs(out.Exports[k])) / 2
		if math.Abs(out.Imports[k]-out.Exports[k]) > size/10 {
			out.Reciprocal = false
		}
	}
	for k := range two {
		out.Concession[k] = out.FromOther[k] / out.FromOther[1-k]
	}
	return out
}

// price is the change of the border price of exporter i's goods of sector s between two results, a
// ratio: as the model reports it, else the wage.
func price(r0, r1 *trade.Result, i, s int) float64 {
	if r0.BorderPct != nil && r1.BorderPct != nil {
		return (1 + r1.BorderPct(i, s)/100) / (1 + r0.BorderPct(i, s)/100)
	}
	return (1 + r1.WagePct[i]/100) / (1 + r0.WagePct[i]/100)
}
