// Package linear is a stand-in for a trade model: two countries, linear import demand and linear
// export supply in each direction of trade, so that every payoff is a quadratic with a closed form.
// It answers at once, needs no data beyond two trade volumes, and shows the same trade-off as the
// full models: a tariff moves the terms of trade for the importer and destroys trade.
//
// What it leaves out: third countries, wages, other prices, links between sectors. Use it to check
// the machinery and as the crudest of several models, not as a forecast.
//
// One market. At free trade the importer buys goods worth M. Import demand falls by eps per cent,
// export supply rises by eta per cent, per cent of price. A tariff t (a fraction of the free-trade
// price) is borne by the exporter to theta = eps/(eps+eta), by the importer to the rest, and lowers
// the quantity to q = 1 - k t, k = eps eta/(eps+eta); at t >= 1/k nothing is traded. The areas under
// the two lines (Johnson 1953; Feenstra, Advanced International Trade, 2004, chapter 7) give
//
//	importer  M [ theta t q - (1-theta) k t^2 / 2 ]   terms of trade less domestic loss
//	exporter -M [ theta t q +    theta  k t^2 / 2 ]
//	sum      -M   k t^2 / 2                           Harberger's triangle
//
// The importer's best tariff is 1/(eta (1+theta)) whatever the other does, so it is also the Nash
// tariff.
package linear

import "math"

// market is one direction of trade.
type market struct {
	value float64 // M: free-trade value, $bn a year
	theta float64 // share of a tariff borne by the exporter, in (0, 1)
	k     float64 // fall of quantity per unit of tariff, > 0
}

// quantity is trade at tariff t as a share of free trade, >= 0.
func (m market) quantity(t float64) float64 { return math.Max(0, 1-m.k*t) }

// bite is t, or the tariff at which trade ends: more makes no difference.
func (m market) bite(t float64) float64 { return math.Min(t, 1/m.k) }

// importer is the importing country's gain over free trade, $bn a year.
func (m market) importer(t float64) float64 {
	t = m.bite(t)
	return m.value * (m.theta*t*m.quantity(t) - (1-m.theta)*m.k*t*t/2)
}

// exporter is the exporting country's gain over free trade, $bn a year; negative for t > 0.
func (m market) exporter(t float64) float64 {
	t = m.bite(t)
	return -m.value * (m.theta*t*m.quantity(t) + m.theta*m.k*t*t/2)
}

// border is the value of trade at the border, $bn a year: what the exporter is paid.
func (m market) border(t float64) float64 {
	t = m.bite(t)
	return m.value * m.quantity(t) * (1 - m.theta*t)
}

// revenue is what the tariff brings in, $bn a year. The tariff is on the free-trade price.
func (m market) revenue(t float64) float64 { return m.value * m.quantity(t) * m.bite(t) }

// scaled is the same market with a share of its trade.
func (m market) scaled(share float64) market {
	m.value *= share
	return m
}

// atFreeTrade turns a value observed at tariff t into the free-trade value.
func (m market) atFreeTrade(observed, t float64) float64 {
	m.value = 1
	return observed / m.border(t)
}

// Model is the two-country model. It is safe for concurrent use.
type Model struct {
	p       Params
	imports market // US imports from China
	inputs  market // the part of them that relief reaches
	rest    market // and what it does not
	farm    market // US farm exports to China
	goods   market // other US exports to China
}

// New makes the model, or says which parameter is out of range.
func New(p Params) (*Model, error) {
	if err := p.validate(); err != nil {
		return nil, err
	}
	shape := market{theta: p.Demand / (p.Demand + p.Supply), k: p.Demand * p.Supply / (p.Demand + p.Supply)}
	m := &Model{p: p, imports: shape, farm: shape, goods: shape}
	m.imports.value = shape.atFreeTrade(p.USImports, p.USTariff)
	m.inputs, m.rest = m.imports.scaled(p.InputShare), m.imports.scaled(1-p.InputShare)
	m.farm.value = shape.atFreeTrade(p.FarmExports, p.CNTariff)
	m.goods.value = shape.atFreeTrade(p.USExports-p.FarmExports, p.CNTariff)
	return m, nil
}

// Params returns the parameters the model was made with.
func (m *Model) Params() Params { return m.p }

// Worth is what trade is worth to both governments, $bn a year over free trade between them, at
// the four levers, all fractions: us and cn, the two average tariffs, above -1; farm, China's extra
// tariff on US farm goods on top of cn; relief, the share waived of the US tariff on the inputs it
// reaches, 0 to 1. Where a tariff ends trade a higher one changes nothing.
func (m *Model) Worth(us, cn, farm, relief float64) (usBn, chinaBn float64) {
	waived := us * (1 - relief)
	usBn = m.rest.importer(us) + m.inputs.importer(waived) + m.goods.exporter(cn) + m.farm.exporter(cn+farm)
	chinaBn = m.rest.exporter(us) + m.inputs.exporter(waived) + m.goods.importer(cn) + m.farm.importer(cn+farm)
	return usBn, chinaBn
}

// Optimum is the tariff, a fraction, that is best for its importer whatever the other does: the
// optimal and the Nash tariff of both, farm goods included (farm = 0) and without relief.
func (m *Model) Optimum() float64 {
	return 1 / (m.p.Supply * (1 + m.imports.theta))
}

// Prohibitive is the tariff, a fraction, at which trade ends.
func (m *Model) Prohibitive() float64 { return 1 / m.imports.k }
