package ossa2014

import (
	"context"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
	"gonum.org/v1/gonum/mat"
)

// FitWeights finds the political weights, one a sector with mean one, under which region j's
// tariffs in a dense table are optimal among tariffs that are the same for all origins: the inverse
// of its best response. Its objective is linear in the weights but for a factor, so the conditions
//
//	sum_s lambda_s ( dN_s/dt_l - N_s dlog P/dt_l ) = 0   for each sector l,   mean lambda = 1
//
// with N_s what sector s earns, are a linear system, solved by least squares. slack is the largest
// condition left, relative to its largest term: near 0 if some weights explain the tariffs. Tariffs
// at a bound are not explained by this.
//
// A negative weight means that no government of this kind would choose such tariffs.
func (m *Model) FitWeights(ctx context.Context, region string, tariffs []float64) (weights []float64, slack float64, err error) {
	j, err := m.info.Region(region)
	if err != nil {
		return nil, 0, err
	}
	if len(tariffs) != len(m.tariff) {
		return nil, 0, fmt.Errorf("%s: %d tariffs, want %d", Name, len(tariffs), len(m.tariff))
	}
	lambda := make([]float64, len(m.lambda))
	v := m.newSolver(lambda)
	if err := v.Solve(ctx, tariffs); err != nil {
		return nil, 0, err
	}
	seed := trade.Measures{Government: make([]float64, m.n)}
	seed.Government[j] = 1
	grad := make([]float64, len(m.flow))
	terms := mat.NewDense(m.s+1, m.s, nil)
	for s := range m.s {
		own := lambda[j*m.s : (j+1)*m.s]
		own[s] = 1
		earned, _ := v.political(j, v.flow, v.wage[j], v.revenue[j])
		if err := v.Gradient(seed, grad); err != nil {
			return nil, 0, err
		}
		own[s] = 0
		for l := range m.s {
			sum := 0.0
			for i := range m.n {
				sum += grad[m.info.At(i, j, l)]
			}
			terms.Set(l, s, earned*sum)
		}
	}
	right := mat.NewVecDense(m.s+1, nil)
	for l := range m.s {
		row := terms.RawRowView(l)
		most := 0.0
		for _, x := range row {
			most = math.Max(most, math.Abs(x))
		}
		if most == 0 {
			return nil, 0, fmt.Errorf("%s: tariffs on %s do not matter to %s", Name, m.info.Sectors[l], region)
		}
		for s := range row {
			row[s] /= most
		}
	}
	for s := range m.s {
		terms.Set(m.s, s, 1/float64(m.s))
	}
	right.SetVec(m.s, 1)
	var fit mat.VecDense
	if err := fit.SolveVec(terms, right); err != nil {
		return nil, 0, fmt.Errorf("%s: the tariffs do not tell the weights of %s apart: %w", Name, region, err)
	}
	var left mat.VecDense
	left.MulVec(terms, &fit)
	left.SubVec(&left, right)
	return fit.RawVector().Data, mat.Norm(&left, math.Inf(1)), nil
}
