// Package ossa2014 is the trade model of Ossa, "Trade Wars and Trade Talks with Data", American
// Economic Review 104(12), 2014: seven regions, 33 sectors, flows of 2007.
//
// Firms of each sector sell differentiated goods everywhere under monopolistic competition with a
// fixed number of firms, so that there are profits; labour moves freely between sectors; tariff
// revenue goes back to consumers; trade balances are purged beforehand. A government maximises real
// income in which sectors count with political weights lambda (mean one). All changes are solved in
// ratios to the base, x^ = x'/x (Dekle, Eaton & Kortum 2008).
//
// Symbols. T_ijs trade of exporter i with importer j in sector s before tariffs, t_ijs tariffs,
// sigma_s elasticities, tau^ = (1+t')/(1+t), g_ijs shares of expenditure after the change:
//
//	P^_js^(1-sigma) = sum_i gamma_ijs (w^_i tau^_ijs)^(1-sigma)
//	T'_ijs = T_ijs w^_i^(1-sigma) tau^_ijs^(-sigma) P^_js^(sigma-1) X^_j
//	w^_i L_i = sum_s (sigma-1)/sigma sum_j T'_ijs,   L_i = the same before
//	X'_j = wL_j w^_j + sum_s sum_k T'_jks / sigma_s + sum_is t'_ijs T'_ijs
//	sum_j wL_j w^_j = sum_j wL_j   (numeraire, in place of the last wage equation)
//
// which is the paper's equilibrium in changes (its section I), solved for log w^ and log X^.
package ossa2014

import (
	"context"
	"fmt"
	"math"
	"sync"

	economydata "github.com/parley-sim/parley/configs/data/economy"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// Name is the model's name in scenario files.
const Name = "ossa2014"

// Model is the model on its data. It is safe for concurrent use.
type Model struct {
	info   trade.Info
	n, s   int       // regions, sectors
	sigma  []float64 // by sector
	flow   []float64 // T, dense, million dollars
	tariff []float64 // t, dense
	lambda []float64 // political weights, region-major: j*s + sector
	mfn    []float64 // stored MFN-optimal tariffs, region-major

	gamma  []float64 // expenditure shares of exporters, dense
	mu     []float64 // expenditure shares of sectors, region-major
	spend  []float64 // X by region
	labour []float64 // L: the labour part of sales
	wages  []float64 // wL: what expenditure leaves for wages
}

// Open returns the model on its published data; it is loaded once.
func Open() (*Model, error) { return open() }

var open = sync.OnceValues(load)

// farm lists the sectors that are farm goods: crops, animals, and the raw products China's tariffs
// of March 2025 named (meat, dairy, sugar); not forestry, oils, processed food, drinks.
var farm = []string{"ric", "wht", "gro", "v_f", "osd", "sug", "pfb", "ocr", "ctl", "oap", "dry", "wol", "cmt", "omt"}

func load() (*Model, error) {
	sectors, err := economydata.Open("ossa2014/sectors.csv")
	if err != nil {
		return nil, err
	}
	flows, err := economydata.Open("ossa2014/trade.csv")
	if err != nil {
		return nil, err
	}
	tariffs, err := economydata.Open("ossa2014/tariffs.csv")
	if err != nil {
		return nil, err
	}
	m := &Model{}
	m.info = trade.Info{
		Name:    Name,
		Title:   "Ossa (2014): 7 regions, 33 sectors, profits and political weights",
		Source:  "Ossa, Trade Wars and Trade Talks with Data, AER 104(12), 2014, and its replication data (GTAP 8)",
		Year:    2007,
		Regions: flows.Header[2:],
		RegionSets: map[string][]string{
			"us": {"US"}, "usa": {"US"}, "china": {"China"}, "chn": {"China"}, "rest": {"ROW"},
		},
		SectorSets: map[string][]string{"farm": farm},
	}
	if m.info.Sectors, err = sectors.Text("sector"); err != nil {
		return nil, err
	}
	if m.info.Labels, err = sectors.Text("label"); err != nil {
		return nil, err
	}
	if m.sigma, err = sectors.Floats("sigma"); err != nil {
		return nil, err
	}
	if m.flow, err = flows.Block(2); err != nil {
		return nil, err
	}
	if m.tariff, err = tariffs.Block(2); err != nil {
		return nil, err
	}
	m.info.Elasticity = m.sigma
	m.n, m.s = len(m.info.Regions), len(m.sigma)
	if len(m.flow) != m.n*m.n*m.s || len(m.tariff) != len(m.flow) {
		return nil, fmt.Errorf("%s: tables of %d and %d cells for %d regions and %d sectors", Name, len(m.flow), len(m.tariff), m.n, m.s)
	}
	for _, r := range m.info.Regions {
		l, err := sectors.Floats("lambda_" + r)
		if err != nil {
			return nil, err
		}
		o, err := sectors.Floats("mfn_" + r)
		if err != nil {
			return nil, err
		}
		m.lambda, m.mfn = append(m.lambda, l...), append(m.mfn, o...)
	}
	m.shares()
	for _, x := range m.spend {
		m.info.Income = append(m.info.Income, x/1000)
	}
	return m, nil
}

// shares computes what the equations take from the base.
func (m *Model) shares() {
	n := m.n
	m.gamma = make([]float64, len(m.flow))
	m.mu = make([]float64, n*m.s)
	m.spend, m.labour, m.wages = make([]float64, n), make([]float64, n), make([]float64, n)
	profits, revenue := make([]float64, n), make([]float64, n)
	for s, sigma := range m.sigma {
		for j := range n {
			paid := 0.0
			for i := range n {
				at := (s*n+i)*n + j
				m.gamma[at] = (1 + m.tariff[at]) * m.flow[at]
				paid += m.gamma[at]
				revenue[j] += m.tariff[at] * m.flow[at]
				profits[i] += m.flow[at] / sigma
				m.labour[i] += m.flow[at] * (sigma - 1) / sigma
			}
			for i := range n {
				m.gamma[(s*n+i)*n+j] /= paid
			}
			m.mu[j*m.s+s] = paid
			m.spend[j] += paid
		}
	}
	for j := range n {
		for s := range m.s {
			m.mu[j*m.s+s] /= m.spend[j]
		}
		m.wages[j] = m.spend[j] - revenue[j] - profits[j]
	}
}

// Info describes the model.
func (m *Model) Info() trade.Info { return m.info }

// Tariff returns the factual tariff of 2007.
func (m *Model) Tariff(i, j, s int) float64 { return m.tariff[m.info.At(i, j, s)] }

// Base returns the factual tariffs, dense; a copy.
func (m *Model) Base() []float64 { return append([]float64(nil), m.tariff...) }

// MFN returns the dense tariffs in which each region has put its stored MFN-optimal rates, one a
// sector, on all others; they are where the paper starts its search for optimal tariffs.
func (m *Model) MFN() []float64 {
	t := m.Base()
	for s := range m.s {
		for i := range m.n {
			for j := range m.n {
				if i != j {
					t[m.info.At(i, j, s)] = m.mfn[j*m.s+s]
				}
			}
		}
	}
	return t
}

// Politics returns the paper's political weights by region, then sector; a copy.
func (m *Model) Politics() [][]float64 {
	out := make([][]float64, m.n)
	for j := range out {
		out[j] = append([]float64(nil), m.lambda[j*m.s:(j+1)*m.s]...)
	}
	return out
}

// Solve returns the equilibrium at the schedule's tariffs. Extra holds profits_pct, the change of
// nominal profits, and government_pct, the change of what the government maximises.
func (m *Model) Solve(ctx context.Context, sched trade.Schedule, w *trade.Warm) (*trade.Result, error) {
	t, err := trade.Resolve(&m.info, m.tariff, sched)
	if err != nil {
		return nil, err
	}
	v := m.newSolver(m.lambda)
	if w != nil {
		v.start(w.X)
	}
	if err := v.Solve(ctx, t); err != nil {
		return nil, err
	}
	if w != nil {
		w.X = append(w.X[:0], v.x...)
	}
	return v.result(), nil
}

// result turns the solver's state into the common form.
func (v *solver) result() *trade.Result {
	m, n := v.m, v.m.n
	r := &trade.Result{Regions: m.info.Regions, Residual: v.stats.Residual, Steps: v.stats.Steps}
	profits := make([]float64, n)
	government := make([]float64, n)
	for j := range n {
		w := math.Exp(v.logWelfare(j))
		r.WelfarePct = append(r.WelfarePct, 100*(w-1))
		r.WelfareBn = append(r.WelfareBn, (w-1)*m.spend[j]/1000)
		r.PricePct = append(r.PricePct, 100*math.Expm1(v.logIndex(j)))
		r.WagePct = append(r.WagePct, 100*math.Expm1(v.x[j]))
		r.RevenueBn = append(r.RevenueBn, v.revenue[j]/1000)
		out, in := [2]float64{}, [2]float64{}
		made := [2]float64{}
		for s, sigma := range m.sigma {
			for k := range n {
				x, i := (s*n+j)*n+k, (s*n+k)*n+j
				made[0] += m.flow[x] / sigma
				made[1] += v.flow[x] / sigma
				if k != j {
					out[0] += m.flow[x]
					out[1] += v.flow[x]
					in[0] += m.flow[i]
					in[1] += v.flow[i]
				}
			}
		}
		r.ExportsPct = append(r.ExportsPct, 100*(out[1]/out[0]-1))
		r.ImportsPct = append(r.ImportsPct, 100*(in[1]/in[0]-1))
		profits[j] = 100 * (made[1]/made[0] - 1)
		government[j] = 100 * math.Expm1(v.logGovernment(j))
	}
	r.Extra = map[string][]float64{"profits_pct": profits, "government_pct": government}
	flow := append([]float64(nil), v.flow...)
	r.Flows = func(i, j, s int) float64 { return flow[m.info.At(i, j, s)] / 1000 }
	return r
}
