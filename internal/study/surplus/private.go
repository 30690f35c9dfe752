package surplus

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/mechanism"
)

// Share is the share of the joint gain that private types leave, with its standard error over batches of
// types.
type Share struct {
	Share, Error float64
	Types        int // a side, in each of so many batches
	Batches      int
	Unknown      bool // the bound could not be computed; Share is 1
}

// The types of a batch, how many batches there are, and how many outcomes are on offer in each: the more types, the
// finer the lies that are told apart, and the more is lost.
const (
	typesEach   = 12
	batches     = 6
	mostOffered = 12
)

// Private bounds what can be reached when each side knows only itself.
func Private(ctx context.Context, m *scenario.Model, seed uint64) (Share, error) {
	out := Share{Share: 1, Types: typesEach, Batches: batches}
	var first, second [batches]float64
	d := m.NewDraw()
	solver := m.Deal.NewSolver()
	for b := range batches {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		var party [2][]*deal.Party
		var none [2][]float64
		for s := range party {
			for k := range typesEach {
				m.DrawPrivate(seed, uint64(b*typesEach+k), s, d)
				p, t := m.Deal.NewParty(s), d.Terms[s]
				none[s] = append(none[s], t.NoDeal)
				t.NoDeal = -bottomless // who is paid may sign what is worth less than no deal
				p.Set(t)
				party[s] = append(party[s], p)
			}
		}
		bound, err := bound(solver, party, none)
		if err != nil {
			return out, fmt.Errorf("private information: %w", err)
		}
		first[b], second[b] = bound.First, bound.Second
	}
	sum := func(x []float64, less int) (t float64) {
		for i, v := range x {
			if i != less {
				t += v
			}
		}
		return t
	}
	ratio := func(less int) float64 {
		f := sum(first[:], less)
		if f <= 0 {
			return 1
		}
		return min(1, sum(second[:], less)/f)
	}
	out.Share = ratio(-1)
	v := 0.0 // the jackknife's variance (Quenouille 1956; Tukey 1958)
	for b := range batches {
		v += math.Pow(ratio(b)-out.Share, 2)
	}
	out.Error = math.Sqrt(v * (batches - 1) / batches)
	return out, nil
}

// bottomless is a worth that nothing falls below.
const bottomless = 1e6

// bound solves one batch, all pairs equally likely; none is what no deal is worth to each type.
func bound(solver *deal.Solver, party [2][]*deal.Party, none [2][]float64) (mechanism.Bound, error) {
	var outcomes []deal.Offer
	var often []int
	for _, a := range party[0] {
		for _, b := range party[1] {
			sol, err := solver.Solve(a, b)
			if err != nil {
				return mechanism.Bound{}, err
			}
			if !sol.ZOPA { // each forbids what the other insists on
				continue
			}
			o := sol.Utilitarian.Outcome
			at := slices.IndexFunc(outcomes, func(x deal.Offer) bool { return x.Equal(o) })
			if at < 0 {
				at = len(outcomes)
				outcomes, often = append(outcomes, slices.Clone(o)), append(often, 0)
			}
			often[at]++
		}
	}
	order := make([]int, len(outcomes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return often[j] - often[i] })
	offered := make([]deal.Offer, 0, mostOffered)
	for _, i := range order[:min(len(order), mostOffered)] {
		offered = append(offered, outcomes[i])
	}
	outcomes = offered
	if len(outcomes) == 0 {
		return mechanism.Bound{}, nil
	}
	var side [2]mechanism.Side
	for s := range side {
		for k, p := range party[s] {
			worth := make([]float64, len(outcomes))
			for x, o := range outcomes {
				worth[x] = p.Utility(o) - none[s][k]
			}
			side[s].Chance = append(side[s].Chance, 1/float64(len(party[s])))
			side[s].Worth = append(side[s].Worth, worth)
		}
	}
	return mechanism.Solve(&side[0], &side[1])
}
