package inputoutput

import (
	"context"
	"fmt"
	"math"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Model is an economy with names. It is safe for concurrent use.
type Model struct {
	info    trade.Info
	e       *Economy
	billion float64   // $bn per unit of the economy's values
	income  []float64 // I_n of the base
}

// New makes a model of an economy whose base is an equilibrium (see [Economy.Rebase]); billion is
// the worth of its unit in $bn. Of info it fills in Income, Elasticity and Uses.
func New(info trade.Info, e *Economy, billion float64) (*Model, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	if len(info.Regions) != e.N || len(info.Sectors) != e.J {
		return nil, fmt.Errorf("%s: %d names of regions for %d, %d of sectors for %d", e.Name, len(info.Regions), e.N, len(info.Sectors), e.J)
	}
	m := &Model{info: info, e: e, billion: billion}
	m.income = m.base().v.income
	m.info.Uses = true
	for _, i := range m.income {
		m.info.Income = append(m.info.Income, i*billion)
	}
	for _, theta := range e.Theta {
		m.info.Elasticity = append(m.info.Elasticity, 1+theta)
	}
	return m, nil
}

// Info describes the model.
func (m *Model) Info() trade.Info { return m.info }

// Economy is what the model is made of.
func (m *Model) Economy() *Economy { return m.e }

// Tariff returns the base tariff.
func (m *Model) Tariff(i, j, s int) float64 { return m.e.Tariff[m.info.At(i, j, s)] }

// Solve returns the equilibrium at the schedule's tariffs. Extra holds income_pct (nominal income),
// inputs_price_pct (of what firms buy), and deficit_bn (the trade deficit, which is fixed).
// Revenue is the whole after the change, not what the change adds.
func (m *Model) Solve(ctx context.Context, sched trade.Schedule, w *trade.Warm) (*trade.Result, error) {
	s, err := m.Solution(ctx, sched, w)
	if err != nil {
		return nil, err
	}
	return s.Result(), nil
}

// Solution is Solve with costs and outputs by sector in it.
func (m *Model) Solution(ctx context.Context, sched trade.Schedule, w *trade.Warm) (*Solution, error) {
	inputs, finals, err := trade.ResolveUses(&m.info, m.e.Tariff, sched)
	if err != nil {
		return nil, err
	}
	v := newSolver(m.e)
	newton, warm := &v.own, false
	if w != nil {
		newton = &w.Newton
		warm = v.load(w.X)
	}
	if err := v.solve(ctx, newton, inputs, finals, warm); err != nil {
		return nil, err
	}
	if w != nil {
		w.X = v.save(w.X[:0])
	}
	return &Solution{m: m, v: v}, nil
}

// save appends the state that a warm start takes.
func (v *solver) save(to []float64) []float64 {
	return append(append(append(to, v.x...), v.cost...), v.output...)
}

// load is the reverse of save; false if the state is another model's.
func (v *solver) load(from []float64) bool {
	a, b := len(v.x), len(v.x)+len(v.cost)
	if len(from) != b+len(v.output) {
		return false
	}
	copy(v.x, from)
	copy(v.cost, from[a:])
	copy(v.output, from[b:])
	return true
}

// Solution is an equilibrium. It is not modified once returned.
type Solution struct {
	m *Model
	v *solver
}

// Cost returns c^_jn, the change of unit cost of sector j in region n, a ratio.
func (s *Solution) Cost(n, j int) float64 { return math.Exp(s.v.cost[n*s.m.e.J+j]) }

// Output returns Y'_jn in the economy's unit.
func (s *Solution) Output(n, j int) float64 { return s.v.output[n*s.m.e.J+j] }

// Flow returns the value at the border, before tariffs, of what exporter i sells to importer n in
// sector j, in the economy's unit.
func (s *Solution) Flow(i, n, j int) float64 {
	v, at := s.v, s.m.info.At(i, n, j)
	sum := v.m.share[at] * v.m.keep[at] * v.m.demand[n*v.e.J+j]
	if v.f != v.m {
		sum += v.f.share[at] * v.f.keep[at] * v.f.demand[n*v.e.J+j]
	}
	return sum
}

// Base returns the base as a solution.
func (m *Model) Base() *Solution { return m.base() }

// logWelfare is the log change of real income of region n.
func (s *Solution) logWelfare(n int) float64 {
	return math.Log(s.v.income[n]/s.m.income[n]) - s.logIndex(s.v.f, n)
}

// logIndex is the log change of the consumer price index of region n over a use's prices.
func (s *Solution) logIndex(u *use, n int) float64 {
	sum := 0.0
	for j := range s.m.e.J {
		at := n*s.m.e.J + j
		sum += float64(s.m.e.Alpha[at] * u.price[at])
	}
	return sum
}
