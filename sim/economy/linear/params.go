package linear

import (
	"fmt"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Params of the model. Values are at the border, $bn a year; tariffs are fractions.
type Params struct {
	USImports   float64 // US imports of goods from China, > 0
	USExports   float64 // US exports of goods to China, > 0
	FarmExports float64 // of which farm goods, in [0, USExports]
	USTariff    float64 // average US tariff on Chinese goods when those values were seen
	CNTariff    float64 // China's average tariff on US goods then
	Demand      float64 // elasticity of import demand, > 0
	Supply      float64 // elasticity of export supply, >= 1: below, the line would cross a price of zero
	InputShare  float64 // share of USImports that input relief reaches, in [0, 1]
	USIncome    float64 // GDP, $bn a year, > 0: only to state welfare in per cent
	CNIncome    float64
}

// Default returns the parameters used when a scenario says nothing.
//
// Trade: goods in 2024, US imports 438.9 and exports 143.5 (US Census Bureau as quoted in the press,
// January 2025); farm goods are the about 21 that China's tariffs of 10 March 2025 fell on. Tariffs:
// PIIE's trade-weighted averages of 20 January 2025, 20.8% and 21.2%. Income: GDP of 2023, World
// Bank.
//
// Assumed: Supply 4 and Demand 1, hence a fifth of a tariff borne by the exporter, a best tariff of
// 20.8% and an end of trade at 125%. Studies of 2018-19 find nearly all of it borne by US buyers
// (Amiti, Redding & Weinstein 2019; Fajgelbaum and others 2020) at first; over years suppliers give
// way. Demand is low because one line must serve from 0 to 125%. InputShare 0.05 is assumed: what
// Chinese-owned plants in the US buy from China is not known.
func Default() Params {
	return Params{
		USImports: 438.9, USExports: 143.5, FarmExports: 21, USTariff: 0.208, CNTariff: 0.212,
		Demand: 1, Supply: 4, InputShare: 0.05, USIncome: 27843.3, CNIncome: 17794.8,
	}
}

// Param is one parameter as scenario files know it.
type Param struct {
	Name string // "us_imports"
	Unit string
	Doc  string
	at   func(*Params) *float64
}

var params = []Param{
	{"us_imports", "$bn a year", "US imports of goods from China", func(p *Params) *float64 { return &p.USImports }},
	{"us_exports", "$bn a year", "US exports of goods to China", func(p *Params) *float64 { return &p.USExports }},
	{"farm_exports", "$bn a year", "of which farm goods", func(p *Params) *float64 { return &p.FarmExports }},
	{"us_tariff", "fraction", "average US tariff when trade was that", func(p *Params) *float64 { return &p.USTariff }},
	{"cn_tariff", "fraction", "China's average tariff then", func(p *Params) *float64 { return &p.CNTariff }},
	{"demand", "elasticity", "of import demand", func(p *Params) *float64 { return &p.Demand }},
	{"supply", "elasticity", "of export supply", func(p *Params) *float64 { return &p.Supply }},
	{"input_share", "fraction", "of US imports that input relief reaches", func(p *Params) *float64 { return &p.InputShare }},
	{"us_income", "$bn a year", "GDP of the US", func(p *Params) *float64 { return &p.USIncome }},
	{"cn_income", "$bn a year", "GDP of China", func(p *Params) *float64 { return &p.CNIncome }},
}

// Names lists the parameters, in order.
func Names() []Param { return append([]Param(nil), params...) }

// Set gives the named parameter a value. It checks the name only; New checks values.
func (p *Params) Set(name string, v float64) error {
	known := make([]string, len(params))
	for k := range params {
		if params[k].Name == name {
			*params[k].at(p) = v
			return nil
		}
		known[k] = params[k].Name
	}
	return trade.Unknown("linear", "parameter", name, known, nil)
}

// validate names the first parameter out of range.
func (p *Params) validate() error {
	// Trade must still be seen at the stated tariffs: they lie below the prohibitive one.
	end := 1/p.Demand + 1/p.Supply
	for _, c := range []struct {
		name   string
		v      float64
		ok     bool
		wanted string
	}{
		{"us_imports", p.USImports, p.USImports > 0, "be > 0"},
		{"us_exports", p.USExports, p.USExports > 0, "be > 0"},
		{"farm_exports", p.FarmExports, p.FarmExports >= 0 && p.FarmExports <= p.USExports, "lie between 0 and us_exports"},
		{"demand", p.Demand, p.Demand > 0, "be > 0"},
		{"supply", p.Supply, p.Supply >= 1, "be >= 1"},
		{"us_tariff", p.USTariff, p.USTariff > -1 && p.USTariff < end, fmt.Sprintf("lie above -1 and below %.4g, where trade ends", end)},
		{"cn_tariff", p.CNTariff, p.CNTariff > -1 && p.CNTariff < end, fmt.Sprintf("lie above -1 and below %.4g, where trade ends", end)},
		{"input_share", p.InputShare, p.InputShare >= 0 && p.InputShare <= 1, "lie between 0 and 1"},
		{"us_income", p.USIncome, p.USIncome > 0, "be > 0"},
		{"cn_income", p.CNIncome, p.CNIncome > 0, "be > 0"},
	} {
		if !c.ok || c.v-c.v != 0 {
			return fmt.Errorf("linear: %s = %v must %s", c.name, c.v, c.wanted)
		}
	}
	return nil
}
