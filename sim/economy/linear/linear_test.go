package linear

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim/economy/trade"
	"pgregory.net/rapid"
)

// check is what *testing.T and *rapid.T share here.
type check interface {
	Helper()
	Errorf(string, ...any)
}

func near(t check, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func mustNew(t interface{ Fatal(...any) }, p Params) *Model {
	m, err := New(p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// someParams draws parameters within their ranges.
func someParams(t *rapid.T) Params {
	p := Default()
	p.Demand = rapid.Float64Range(0.2, 6).Draw(t, "demand")
	p.Supply = rapid.Float64Range(1, 20).Draw(t, "supply")
	p.USImports = rapid.Float64Range(1, 1000).Draw(t, "imports")
	p.InputShare = rapid.Float64Range(0, 1).Draw(t, "inputs")
	end := 1/p.Demand + 1/p.Supply
	p.USTariff = end * rapid.Float64Range(0, 0.9).Draw(t, "us")
	p.CNTariff = end * rapid.Float64Range(0, 0.9).Draw(t, "cn")
	return p
}

// TestDefault pins the figures that the documentation of Default states.
func TestDefault(t *testing.T) {
	m := mustNew(t, Default())
	near(t, "best tariff", m.Optimum(), 0.20833, 1e-5)
	near(t, "end of trade", m.Prohibitive(), 1.25, 1e-12)
	near(t, "exporter's share", m.imports.theta, 0.2, 1e-12)
	// By hand: M = 438.9 / ((1 - 0.8 x 0.208)(1 - 0.2 x 0.208)) = 549.365.
	near(t, "free-trade imports", m.imports.value, 549.365, 0.01)
	us, cn := m.Worth(0.511, 0, 0, 0)
	near(t, "US at 51.1%", us, 549.365*(0.2*0.511*(1-0.8*0.511)-0.32*0.511*0.511), 0.01)
	near(t, "China at 51.1%", cn, -549.365*(0.2*0.511*(1-0.8*0.511)+0.08*0.511*0.511), 0.01)
}

func TestFreeTradeIsZero(t *testing.T) {
	for _, relief := range []float64{0, 0.5, 1} {
		if us, cn := mustNew(t, Default()).Worth(0, 0, 0, relief); us != 0 || cn != 0 {
			t.Errorf("relief %v: %v, %v, want 0, 0", relief, us, cn)
		}
	}
}

// TestOptimum: the closed form beats every other tariff, whatever the other side does.
func TestOptimum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mustNew(t, someParams(t))
		best, other := m.Optimum(), rapid.Float64Range(0, 2).Draw(t, "other")
		try := rapid.Float64Range(0, 3).Draw(t, "try")
		us, _ := m.Worth(best, other, 0, 0)
		if not, _ := m.Worth(try, other, 0, 0); not > us+1e-9 {
			t.Errorf("US: %v at %v beats %v at %v", not, try, us, best)
		}
		_, cn := m.Worth(other, best, 0, 0)
		if _, not := m.Worth(other, try, 0, 0); not > cn+1e-9 {
			t.Errorf("China: %v at %v beats %v at %v", not, try, cn, best)
		}
	})
}

// TestHarberger: what the two lose together is the triangle M k t^2/2 of each market.
func TestHarberger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mustNew(t, someParams(t))
		end := m.Prohibitive()
		us := end * rapid.Float64Range(-0.5, 1).Draw(t, "us tariff")
		cn := end * rapid.Float64Range(0, 0.5).Draw(t, "cn tariff")
		farm := end * rapid.Float64Range(0, 0.5).Draw(t, "farm")
		relief := rapid.Float64Range(0, 1).Draw(t, "relief")
		a, b := m.Worth(us, cn, farm, relief)
		k, in := m.imports.k, us*(1-relief)
		want := -k / 2 * (m.rest.value*us*us + m.inputs.value*in*in + m.goods.value*cn*cn + m.farm.value*(cn+farm)*(cn+farm))
		near(t, "joint loss", a+b, want, 1e-9*math.Abs(want)+1e-9)
	})
}

// TestSymmetric: with equal markets the Nash war costs each side M k t^2/2, and grim punishment
// keeps free trade from delta = (1+theta)/(2+theta) on ((D-C)/(D-N), Friedman 1971).
func TestSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := someParams(t)
		p.USExports, p.FarmExports, p.CNTariff = p.USImports, 0, p.USTariff
		m := mustNew(t, p)
		best, theta := m.Optimum(), m.imports.theta
		war, same := m.Worth(best, best, 0, 0)
		near(t, "war, the other side", same, war, 1e-9*math.Abs(war))
		near(t, "war", war, -m.imports.value*m.imports.k*best*best/2, 1e-9*math.Abs(war))
		cheat, _ := m.Worth(best, 0, 0, 0)
		near(t, "critical discount factor", cheat/(cheat-war), (1+theta)/(2+theta), 1e-9)
	})
}

// TestProhibitive: past the end of trade nothing changes, and each side has lost its surplus from
// trade: M/(2 eps) for the importer, M/(2 eta) for the exporter.
func TestProhibitive(t *testing.T) {
	m := mustNew(t, Default())
	us, cn := m.Worth(1.25, 0, 0, 0)
	near(t, "US autarky", us, -m.imports.value/(2*m.p.Demand), 1e-9)
	near(t, "Chinese autarky", cn, -m.imports.value/(2*m.p.Supply), 1e-9)
	if u, c := m.Worth(9, 0, 0, 0); u != us || c != cn {
		t.Errorf("a higher tariff still changes worth: %v, %v", u, c)
	}
}

// TestSolveAgreesWithWorth: the schedule says the same as the levers.
func TestSolveAgreesWithWorth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mustNew(t, someParams(t))
		us := rapid.Float64Range(0, 1).Draw(t, "us tariff")
		cn := rapid.Float64Range(0, 1).Draw(t, "cn tariff")
		farm := rapid.Float64Range(0, 0.5).Draw(t, "farm")
		relief := rapid.Float64Range(0, 1).Draw(t, "relief")
		r, err := m.Solve(context.Background(), trade.Schedule{
			{Importer: "us", Exporter: "china", Op: trade.Set, Value: us},
			{Importer: "us", Exporter: "china", Use: trade.Inputs, Op: trade.Set, Value: us * (1 - relief)},
			{Importer: "china", Exporter: "us", Op: trade.Set, Value: cn},
			{Importer: "china", Exporter: "us", Sector: "farm", Op: trade.Add, Value: farm},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, b := m.Worth(us, cn, farm, relief)
		a0, b0 := m.Worth(m.p.USTariff, m.p.CNTariff, 0, 0)
		near(t, "US", r.WelfareBn[0], a-a0, 1e-9)
		near(t, "China", r.WelfareBn[1], b-b0, 1e-9)
		near(t, "flows add up", r.Flows(0, 1, 0)+r.Flows(0, 1, 1), (1+r.ExportsPct[0]/100)*m.p.USExports, 1e-6)
	})
}

func TestBadInput(t *testing.T) {
	for name, v := range map[string]float64{
		"us_imports": 0, "us_exports": -1, "farm_exports": 200, "demand": 0, "supply": 0.9,
		"us_tariff": 1.25, "cn_tariff": -1, "input_share": 1.1, "us_income": math.Inf(1), "cn_income": -3,
	} {
		p := Default()
		if err := p.Set(name, v); err != nil {
			t.Fatal(err)
		}
		if _, err := New(p); err == nil || !strings.Contains(err.Error(), name+" = ") {
			t.Errorf("%s = %v: %v, want it named", name, v, err)
		}
	}
	p := Default()
	if err := p.Set("demnad", 1); err == nil || !strings.Contains(err.Error(), `did you mean "demand"`) {
		t.Errorf("got %v, want a suggestion", err)
	}
	if _, err := mustNew(t, p).Solve(context.Background(), trade.Schedule{{Importer: "US", Exporter: "Brazil"}}, nil); err == nil {
		t.Error("an unknown region was accepted")
	}
}
