package linear

import (
	"context"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// The places of regions and sectors in trade.Model's tables.
const (
	us, china   = 0, 1
	goods, farm = 0, 1
)

// info describes the model, but for its income.
var info = trade.Info{
	Name:       "linear",
	Title:      "Linear-quadratic stand-in: two countries, linear demand and supply",
	Source:     "closed form (package sim/economy/linear); trade of 2024, elasticities assumed",
	Year:       2024,
	Regions:    []string{"US", "CHN"},
	Sectors:    []string{"goods", "farm"},
	Labels:     []string{"Goods other than farm goods", "Farm goods"},
	RegionSets: map[string][]string{"us": {"US"}, "usa": {"US"}, "china": {"CHN"}},
	SectorSets: map[string][]string{"farm": {"farm"}},
	Uses:       true,
}

// Info describes the model: regions US and CHN; sectors goods and farm.
func (m *Model) Info() trade.Info {
	in := info
	in.Income = []float64{m.p.USIncome, m.p.CNIncome}
	return in
}

// Tariff returns the average tariff when trade was observed.
func (m *Model) Tariff(i, j, s int) float64 {
	switch {
	case i == j:
		return 0
	case j == us:
		return m.p.USTariff
	}
	return m.p.CNTariff
}

// Solve evaluates the closed form; the warm start is not used. Wages are fixed, and a change of
// consumer prices is that of the tariffed goods over income. Chinese farm goods are not told from
// others; a tariff on them changes nothing. Of US imports, Params.InputShare are inputs; of Chinese
// ones none, so a change of use Inputs there changes nothing.
func (m *Model) Solve(_ context.Context, s trade.Schedule, _ *trade.Warm) (*trade.Result, error) {
	base := make([]float64, 8)
	for i := range 2 {
		for j := range 2 {
			for g := range 2 {
				base[info.At(i, j, g)] = m.Tariff(i, j, g)
			}
		}
	}
	inputs, finals, err := trade.ResolveUses(&info, base, s)
	if err != nil {
		return nil, err
	}
	was, now := m.at(base, base), m.at(inputs, finals)
	income := [2]float64{m.p.USIncome, m.p.CNIncome}
	r := &trade.Result{Regions: info.Regions, WagePct: make([]float64, 2)}
	for j := range 2 {
		o := 1 - j
		gain := now.welfare[j] - was.welfare[j]
		r.WelfareBn = append(r.WelfareBn, gain)
		r.WelfarePct = append(r.WelfarePct, 100*gain/income[j])
		r.PricePct = append(r.PricePct, 100*(now.cost[j]-was.cost[j])/income[j])
		r.ExportsPct = append(r.ExportsPct, 100*(now.imports[o]/was.imports[o]-1))
		r.ImportsPct = append(r.ImportsPct, 100*(now.imports[j]/was.imports[j]-1))
		r.RevenueBn = append(r.RevenueBn, now.revenue[j])
	}
	r.BorderPct = func(i, g int) float64 {
		was, now := was.border[i][g], now.border[i][g]
		return 100 * (now/was - 1)
	}
	r.Flows = func(i, j, g int) float64 {
		switch {
		case i == china && j == us && g == goods:
			return now.imports[us]
		case i == us && j == china && g == goods:
			return now.imports[china] - now.farm
		case i == us && j == china && g == farm:
			return now.farm
		}
		return 0
	}
	return r, nil
}

// state is what the markets add up to at given tariffs, by importer.
type state struct {
	welfare, imports, revenue, cost [2]float64
	farm                            float64
	border                          [2][2]float64 // price before tariffs, free trade = 1: exporter, sector
}

func (m *Model) at(inputs, finals []float64) state {
	st := state{border: [2][2]float64{{1, 1}, {1, 1}}}
	add := func(k market, j int, t float64) float64 {
		st.welfare[j] += k.importer(t)
		st.welfare[1-j] += k.exporter(t)
		st.imports[j] += k.border(t)
		st.revenue[j] += k.revenue(t)
		st.cost[j] += k.value * (1 - k.theta) * k.bite(t)
		return k.border(t)
	}
	add(m.inputs, us, inputs[info.At(china, us, goods)])
	add(m.rest, us, finals[info.At(china, us, goods)])
	add(m.goods, china, finals[info.At(us, china, goods)])
	value := st.imports
	st.farm = add(m.farm, china, finals[info.At(us, china, farm)])
	// Inputs and other imports are one market at two tariffs: its price is their mean by value.
	in, rest := inputs[info.At(china, us, goods)], finals[info.At(china, us, goods)]
	mix := m.inputs.quantity(in)*m.p.InputShare + m.rest.quantity(rest)*(1-m.p.InputShare)
	if mix > 0 {
		st.border[china][goods] = value[us] / (m.imports.value * mix)
	}
	st.border[us][goods] = 1 - m.goods.theta*m.goods.bite(finals[info.At(us, china, goods)])
	st.border[us][farm] = 1 - m.farm.theta*m.farm.bite(finals[info.At(us, china, farm)])
	return st
}
