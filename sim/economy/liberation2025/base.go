package liberation2025

import (
	"fmt"
	"math"
	"strings"

	economydata "github.com/parley-sim/parley/configs/data/economy"
)

// Parameters of the model (Ignatenko et al. 2025, section 3).
const (
	eps   = 4.0        // trade elasticity
	kappa = 0.5        // labour supply elasticity
	psi   = 0.67 / eps // scale elasticity
	theta = eps / 0.67 // elasticity of firms' sales, of which pass-through is made
)

// Shares of an import's price earned where it is sold, as observed: what the average importer's
// distributors earn abroad, and at home in the US (Ignatenko et al. 2025).
const (
	marginRest = 0.12
	marginUS   = 0.26
)

// base is the prepared economy of 2023, thousand dollars. Tables are importer-major: importer n,
// exporter j at n*N + j.
type base struct {
	iso, names []string
	us         int
	announced  []float64 // the US tariff by country, before its floor
	nuRest     float64
	nuUS       float64

	nu     []float64 // share of an import's price earned in the importing country
	q      []float64 // phi - 1: what pass-through adds
	flow   []float64 // X_jn, own trade included
	lambda []float64 // X_jn / E_n
	spend  []float64 // E_n
	income []float64 // Y_n
	gap    []float64 // T_n = E_n - Y_n
}

// load reads the embedded tables and prepares the base.
func load() (*base, error) {
	countries, err := economydata.Open("liberation2025/countries.csv")
	if err != nil {
		return nil, err
	}
	imports, err := economydata.Open("liberation2025/imports.csv")
	if err != nil {
		return nil, err
	}
	b := &base{}
	if b.iso, err = countries.Text("iso3"); err != nil {
		return nil, err
	}
	if b.names, err = countries.Text("name"); err != nil {
		return nil, err
	}
	if b.announced, err = countries.Floats("us_tariff"); err != nil {
		return nil, err
	}
	gdp, err := countries.Floats("gdp")
	if err != nil {
		return nil, err
	}
	flow, err := imports.Block(1)
	if err != nil {
		return nil, err
	}
	return b, b.prepare(gdp, flow, strings.Join(imports.Header[1:], " "))
}

// prepare computes the base from incomes and flows in dollars; order is the order of flows.
func (b *base) prepare(gdp, flow []float64, order string) error {
	n := len(b.iso)
	if len(gdp) != n || len(flow) != n*n || order != strings.Join(b.iso, " ") {
		return fmt.Errorf("%s: %d flows for %d countries, or in another order", Name, len(flow), n)
	}
	b.us = -1
	for k, code := range b.iso {
		if code == "USA" {
			b.us = k
		}
		if !(gdp[k] > 0) {
			return fmt.Errorf("%s: %s has an income of %g", Name, code, gdp[k])
		}
	}
	if b.us < 0 {
		return fmt.Errorf("%s: no USA among the countries", Name)
	}
	for at, x := range flow {
		if !(x >= 0) || math.IsInf(x, 0) {
			return fmt.Errorf("%s: trade of %s with %s is %g", Name, b.iso[at%n], b.iso[at/n], x)
		}
	}
	scale := func(v []float64) []float64 {
		out := make([]float64, len(v))
		for k := range v {
			out[k] = v[k] / 1000
		}
		return out
	}
	gdp, b.flow = scale(gdp), scale(flow)
	if err := b.margins(gdp); err != nil {
		return err
	}
	b.close(gdp)
	return nil
}

// margins finds nu from the two-region aggregate: the rest of the world and the US, with the trade
// inside the rest kept. It iterates on nu, on which the aggregate's expenditures depend.
func (b *base) margins(gdp []float64) error {
	n := len(b.iso)
	var x [2][2]float64 // exporter, importer; 0 the rest, 1 the US
	var y [2]float64
	region := func(k int) int {
		if k == b.us {
			return 1
		}
		return 0
	}
	for k := range n {
		y[region(k)] += gdp[k]
		for j := range n {
			x[region(j)][region(k)] += b.flow[k*n+j]
		}
	}
	nu := [2]float64{marginRest, marginUS}
	for range 200 {
		var e [2]float64
		for j := range e {
			out := (1-nu[0])*x[j][0] + (1-nu[1])*x[j][1]
			e[j] = y[j] + (1-nu[j])*(x[0][j]+x[1][j]-out)
		}
		r0 := (e[0] - x[1][0]) / (e[0] - x[1][0] + x[0][1])
		r1 := (e[1] - x[0][1]) / (e[1] - x[0][1] + x[1][0])
		// (1-r0) nu1 + r0 nu0 = marginRest; r1 nu1 + (1-r1) nu0 = marginUS
		det := r0*r1 - (1-r0)*(1-r1)
		next := [2]float64{
			(r1*marginRest - (1-r0)*marginUS) / det,
			(r0*marginUS - (1-r1)*marginRest) / det,
		}
		moved := math.Abs(next[0]-nu[0]) + math.Abs(next[1]-nu[1])
		if nu = next; moved < 1e-15 {
			b.nuRest, b.nuUS = nu[0], nu[1]
			if !(nu[0] >= 0 && nu[0] < 1 && nu[1] >= 0 && nu[1] < 1) {
				return fmt.Errorf("%s: margins of %g and %g are not shares", Name, nu[0], nu[1])
			}
			return nil
		}
	}
	return fmt.Errorf("%s: the margins do not settle", Name)
}

// close computes expenditures, own trade, incomes and deficits that agree with each other.
func (b *base) close(gdp []float64) {
	n := len(b.iso)
	b.nu, b.q = make([]float64, n), make([]float64, n)
	b.spend, b.income, b.gap = make([]float64, n), make([]float64, n), make([]float64, n)
	for k := range n {
		b.nu[k] = b.nuRest
		if k == b.us {
			b.nu[k] = b.nuUS
		}
		b.q[k] = (1+theta)/((1-b.nu[k])*theta) - 1/theta - 1
		b.flow[k*n+k] = 0
	}
	for k := range n {
		in, out := 0.0, 0.0
		for j := range n {
			in += b.flow[k*n+j]
			out += float64((1 - b.nu[j]) * b.flow[j*n+k])
		}
		e := gdp[k] + (1-b.nu[k])*(in-out)
		b.spend[k] = in
		if own := e - in; own > 0 {
			b.spend[k] = e
		}
	}
	for k := range n {
		in := 0.0
		for j := range n {
			in += b.flow[k*n+j]
		}
		b.flow[k*n+k] = b.spend[k] - in
	}
	b.lambda = make([]float64, n*n)
	for k := range n {
		y := b.nu[k] * b.spend[k]
		for j := range n {
			y += float64((1 - b.nu[j]) * b.flow[j*n+k])
			b.lambda[k*n+j] = b.flow[k*n+j] / b.spend[k]
		}
		b.income[k] = y
		b.gap[k] = b.spend[k] - y
	}
}
