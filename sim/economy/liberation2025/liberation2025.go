package liberation2025

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Name is the model's name in scenario files.
const Name = "liberation2025"

// Closures: what becomes of tariff revenue.
const (
	IncomeTax = "income_tax" // it lowers the tax on labour; the default
	LumpSum   = "lump_sum"   // it is handed out
)

// Model is the model on its data under one closure. It is safe for concurrent use.
type Model struct {
	*base
	info   trade.Info
	n      int
	relief bool
	world  float64 // income of all, thousand dollars
}

// Open returns the model under a closure, IncomeTax or LumpSum; "" is IncomeTax. The data are
// loaded once.
func Open(closure string) (*Model, error) {
	switch closure {
	case "", IncomeTax:
		return openRelief()
	case LumpSum:
		return openLump()
	}
	names := []string{IncomeTax, LumpSum}
	if near := trade.Nearest(closure, names); near != "" {
		return nil, fmt.Errorf("%s: unknown closure %q: did you mean %q?", Name, closure, near)
	}
	return nil, fmt.Errorf("%s: unknown closure %q; there are %s", Name, closure, strings.Join(names, " and "))
}

var (
	data       = sync.OnceValues(load)
	openRelief = sync.OnceValues(func() (*Model, error) { return open(true) })
	openLump   = sync.OnceValues(func() (*Model, error) { return open(false) })
)

func open(relief bool) (*Model, error) {
	b, err := data()
	if err != nil {
		return nil, err
	}
	return newModel(b, relief), nil
}

func newModel(b *base, relief bool) *Model {
	m := &Model{base: b, n: len(b.iso), relief: relief}
	for k := range m.n {
		m.world += b.income[k]
	}
	var rest []string
	for k, code := range b.iso {
		if k != b.us {
			rest = append(rest, code)
		}
	}
	income := make([]float64, m.n)
	for k, y := range b.income {
		income[k] = y / 1e6
	}
	m.info = trade.Info{
		Income:  income,
		Name:    Name,
		Title:   "Ignatenko, Macedoni, Lashkaripour & Simonovska (2025): 194 countries, one sector, labour supply",
		Source:  "Ignatenko et al., Making America Great Again?, JIE 2025, and its replication data (BACI 2023)",
		Year:    2023,
		Regions: b.iso,
		Sectors: []string{"goods"},
		Labels:  []string{"All goods"},
		// What a tariff at the border does to a flow net of it, pass-through apart.
		Elasticity: []float64{1 + eps},
		Closures:   []string{IncomeTax, LumpSum},
		RegionSets: map[string][]string{
			"us": {"USA"}, "china": {"CHN"}, "eu": EU(), "rest": rest,
		},
	}
	for k, name := range b.names {
		if name = strings.ToLower(name); m.info.RegionSets[name] == nil {
			m.info.RegionSets[name] = []string{b.iso[k]}
		}
	}
	return m
}

// Info describes the model.
func (m *Model) Info() trade.Info { return m.info }

// Closure is the closure the model was opened with.
func (m *Model) Closure() string {
	if m.relief {
		return IncomeTax
	}
	return LumpSum
}

// Tariff returns the base tariff, which is zero: schedules give increments over 2023.
func (m *Model) Tariff(i, j, s int) float64 { return 0 }

// Country returns the name in words of the region with index k.
func (m *Model) Country(k int) string { return m.names[k] }

// Expenditure is E of region k in the base, $bn: what the published tables weigh countries by.
func (m *Model) Expenditure(k int) float64 { return m.spend[k] / 1e6 }

// EU lists the members as the published tables have them: Czechia and Slovakia are left out there.
func EU() []string {
	return strings.Fields("AUT BEL BGR CYP DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVN SWE")
}

// Announced is the schedule of 2 April 2025: the US on every other country, 10% at least
// (Ignatenko et al. 2025, the tariffs of table 1, cases 1 and 2).
func (m *Model) Announced() trade.Schedule {
	var s trade.Schedule
	for k, code := range m.iso {
		if k != m.us {
			s = append(s, trade.Change{Importer: m.iso[m.us], Exporter: code, Sector: "*", Op: trade.Set, Value: max(0.10, m.announced[k])})
		}
	}
	return s
}

// Solve returns the equilibrium at the schedule's tariffs. Extra holds employment_pct,
// deficit_pct (of the goods deficit, by its own size before), deficit_bn (after), exports_gdp_pct
// and imports_gdp_pct (changes of trade by income), revenue_share (of base expenditure) and relief
// (tau: revenue by labour income, after). The error is a *trade.NoConvergence, an *Infeasible, or
// says what is wrong with the schedule.
func (m *Model) Solve(ctx context.Context, sched trade.Schedule, w *trade.Warm) (*trade.Result, error) {
	t, err := trade.Resolve(&m.info, make([]float64, m.n*m.n), sched)
	if err != nil {
		return nil, err
	}
	v := m.newSolver()
	newton, warm := &v.own, false
	if w != nil {
		newton = &w.Newton
		if warm = len(w.X) == 2*m.n; warm {
			copy(v.x, w.X)
			copy(v.labour, w.X[m.n:])
		}
	}
	if err := v.solve(ctx, newton, t, warm); err != nil {
		return nil, err
	}
	if w != nil {
		w.X = append(append(w.X[:0], v.x...), v.labour...)
	}
	return v.result(t), nil
}
