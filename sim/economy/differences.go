package economy

import (
	"context"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// solved is a trade.Point over any model, without gradients: Game takes differences by its levers
// instead.
type solved struct {
	m       trade.Model
	info    trade.Info
	income  []float64
	weights [][]float64
	base    []float64 // tariffs, dense
	sales   [][]float64
	warm    trade.Warm
	last    *trade.Result
}

// point opens a model for a search, with political weights by region.
func point(ctx context.Context, m trade.Model, weights [][]float64) (trade.Point, error) {
	if d, ok := m.(trade.Differentiable); ok {
		return d.NewPoint(weights)
	}
	p := &solved{m: m, info: m.Info(), weights: weights, base: Base(m)}
	var err error
	if p.income, err = Incomes(ctx, m); err != nil {
		return nil, err
	}
	base, err := m.Solve(ctx, nil, &p.warm)
	if err != nil {
		return nil, err
	}
	p.last = base
	for j := range p.info.Regions {
		var w []float64
		if weights != nil && weights[j] != nil {
			if base.Flows == nil {
				return nil, &trade.NoSplit{Model: p.info.Name, Split: "the sales of sectors"}
			}
			w = sales(base, j, len(p.info.Sectors))
		}
		p.sales = append(p.sales, w)
	}
	return p, nil
}

// Base is a model's table of base tariffs, dense.
func Base(m trade.Model) []float64 {
	in := m.Info()
	n := len(in.Regions)
	t := make([]float64, n*n*len(in.Sectors))
	for s := range in.Sectors {
		for i := range n {
			for j := range n {
				t[in.At(i, j, s)] = m.Tariff(i, j, s)
			}
		}
	}
	return t
}

// Incomes are the regions' incomes, $bn a year: as the model states them, else as its results show
// them in how per cent of welfare turn into dollars.
func Incomes(ctx context.Context, m trade.Model) ([]float64, error) {
	in := m.Info()
	if in.Income != nil {
		return in.Income, nil
	}
	r, err := m.Solve(ctx, trade.Schedule{{Importer: "*", Exporter: "*", Op: trade.Add, Value: 0.01}}, nil)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(in.Regions))
	for j := range out {
		if r.WelfarePct[j] != 0 {
			out[j] = 100 * r.WelfareBn[j] / r.WelfarePct[j]
		}
	}
	return out, nil
}

// sales are what region j sells, by sector, at home and abroad, $bn a year.
func sales(r *trade.Result, j, sectors int) []float64 {
	out := make([]float64, sectors)
	for s := range out {
		for k := range r.Regions {
			out[s] += r.Flows(j, k, s)
		}
	}
	return out
}

// schedule is the list of changes that leads from base to tariffs.
func schedule(in *trade.Info, base, tariffs []float64) trade.Schedule {
	var out trade.Schedule
	n := len(in.Regions)
	for s, sector := range in.Sectors {
		for i, exporter := range in.Regions {
			for j, importer := range in.Regions {
				if at := (s*n+i)*n + j; tariffs[at] != base[at] {
					out = append(out, trade.Change{Importer: importer, Exporter: exporter, Sector: sector, Value: tariffs[at]})
				}
			}
		}
	}
	return out
}

func (p *solved) Solve(ctx context.Context, tariffs []float64) error {
	r, err := p.m.Solve(ctx, schedule(&p.info, p.base, tariffs), &p.warm)
	if err == nil {
		p.last = r
	}
	return err
}

// Measure implements trade.Point. With political weights lambda a government's measure is
//
//	log( W^_j + sum_s (lambda_s - 1) (real sales'_s - sales_s) / income_j )
//
// where real sales are sales over the price index: with unit weights it is log W^_j.
func (p *solved) Measure(m trade.Measures) {
	for j := range m.Government {
		w := 1 + p.last.WelfarePct[j]/100
		if p.sales[j] != nil {
			price := 1 + p.last.PricePct[j]/100
			for s, now := range sales(p.last, j, len(p.info.Sectors)) {
				w += (p.weights[j][s] - 1) * (now/price - p.sales[j][s]) / p.income[j]
			}
		}
		m.Government[j] = math.Log(w)
	}
	for j := range m.Welfare {
		m.Welfare[j] = math.Log1p(p.last.WelfarePct[j] / 100)
	}
	copy(m.Revenue, p.last.RevenueBn)
}

// Gradient panics: differences are taken by lever.
func (p *solved) Gradient(trade.Measures, []float64) error {
	panic("economy: no gradient by single tariffs for " + p.info.Name)
}
