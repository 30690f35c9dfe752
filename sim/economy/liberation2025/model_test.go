package liberation2025

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim/economy/trade"
	"gonum.org/v1/gonum/mat"
)

var closures = []string{IncomeTax, LumpSum}

// both is a tariff of each on the other.
func both(a, b string, onB, onA float64) trade.Schedule {
	return trade.Schedule{{Importer: a, Exporter: b, Value: onB}, {Importer: b, Exporter: a, Value: onA}}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %.10g, want %.10g within %g", what, got, want, within)
	}
}

func TestBaseIsAnEquilibrium(t *testing.T) {
	for _, closure := range closures {
		m := model(t, closure)
		r := solve(t, m, nil, nil)
		if r.Steps != 0 || r.Residual > 1e-12 {
			t.Errorf("%s: %d steps, residual %g", closure, r.Steps, r.Residual)
		}
		for k := range m.n {
			for _, v := range [][]float64{r.WelfarePct, r.PricePct, r.WagePct, r.ExportsPct, r.ImportsPct, r.RevenueBn, r.Extra["employment_pct"], r.Extra["deficit_pct"]} {
				near(t, m.iso[k], v[k], 0, 1e-9)
			}
			for j := range m.n {
				near(t, "flow", r.Flows(j, k, 0), m.flow[k*m.n+j]/1e6, 1e-9*(1+m.flow[k*m.n+j]/1e6))
			}
		}
	}
}

// MODELS: nu solves the two-region aggregate; 0.11433521 for the rest, 0.27047098 for the US
// (recomputed from the published data).
func TestMargins(t *testing.T) {
	m := model(t, "")
	near(t, "rest", m.nuRest, 0.11433521, 5e-9)
	near(t, "US", m.nuUS, 0.27047098, 5e-9)
	gaps, income, spend := 0.0, 0.0, 0.0
	for k := range m.n {
		gaps += m.gap[k]
		income += m.income[k]
		spend += m.spend[k]
	}
	near(t, "trade balances of the world", gaps/income, 0, 1e-12)
	near(t, "world's expenditure", spend/income, 1, 1e-12)
	if m.iso[m.us] != "USA" || m.us != 184 || m.iso[33] != "CHN" || len(EU()) != 25 {
		t.Errorf("US is row %d, row 34 is %s, the EU has %d members", m.us+1, m.iso[33], len(EU()))
	}
}

// conditions returns the largest relative error in the authors' own 582 equations and the numeraire.
func conditions(m *Model, v *solver, tariffs []float64) float64 {
	n, z, worst := m.n, v.levels(), 0.0
	note := func(got, want float64) { worst = max(worst, math.Abs(got/want-1)) }
	flow := make([]float64, n*n)
	world, indexed, total := 0.0, 0.0, 0.0
	for k := range n {
		world += z.wage[k] * math.Exp(v.labour[k]) * m.income[k]
	}
	for k := range n {
		labour := math.Exp(v.labour[k])
		wages, spend := z.wage[k]*labour*m.income[k], v.spend[k]*z.scale
		share, sum, revenue := make([]float64, n), 0.0, 0.0
		for j := range n {
			share[j] = m.lambda[k*n+j] * math.Pow(z.wage[j]/math.Pow(math.Exp(v.labour[j]), psi), -eps) *
				math.Pow(1+tariffs[j*n+k], -eps*(1+m.q[k]))
			sum += share[j]
		}
		for j := range n {
			t := tariffs[j*n+k]
			flow[k*n+j] = share[j] / sum * spend / (1 + t)
			revenue += t * flow[k*n+j]
		}
		price := math.Pow(spend/m.spend[k]/z.wage[k], -m.q[k]) * math.Pow(sum, -1/eps)
		note(price, z.price[k])
		note(revenue+wages+m.gap[k]*world/m.world, spend)
		tau := 0.0
		if m.relief {
			tau = revenue / wages
		}
		note(math.Pow(z.wage[k]/price/(1-tau), kappa), labour)
		indexed += price * m.spend[k]
		total += m.spend[k]
	}
	note(indexed, total)
	for i := range n {
		sales, bought := 0.0, 0.0
		for k := range n {
			sales += (1 - m.nu[k]) * flow[k*n+i]
			bought += flow[i*n+k]
		}
		note(sales+m.nu[i]*bought, z.wage[i]*math.Exp(v.labour[i])*m.income[i])
	}
	return worst
}

// The reduced system must solve the full one, the dropped equation (Walras) included.
func TestSolutionsSolveTheAuthorsEquations(t *testing.T) {
	schedules := map[string]trade.Schedule{
		"145/125":        both("us", "china", 1.45, 1.25),
		"1000%":          both("us", "china", 10, 10),
		"all on all 35%": {{Importer: "*", Exporter: "*", Value: 0.35}},
		"subsidy":        {{Importer: "us", Exporter: "china", Value: -0.3}},
	}
	if !testing.Short() {
		schedules["US on all 145%, answered"] = both("us", "*", 1.45, 1.45)
	}
	for _, closure := range closures {
		m := model(t, closure)
		schedules["announced"] = m.Announced()
		for name, s := range schedules {
			tariffs, err := trade.Resolve(&m.info, make([]float64, m.n*m.n), s)
			if err != nil {
				t.Fatal(err)
			}
			v := m.newSolver()
			if err := v.solve(context.Background(), &v.own, tariffs, false); err != nil {
				t.Errorf("%s, %s: %v", closure, name, err)
				continue
			}
			// Small countries stand in the world's sums with its rounding.
			if worst := conditions(m, v, tariffs); worst > 1e-9 {
				t.Errorf("%s, %s: a condition is off by %.2g", closure, name, worst)
			}
		}
	}
}

func TestJacobianMatchesDifferences(t *testing.T) {
	for _, closure := range closures {
		m := model(t, closure)
		rng := rand.New(rand.NewPCG(1, 2))
		v := m.newSolver()
		tariffs := make([]float64, m.n*m.n)
		for at := range tariffs {
			if at%m.n != at/m.n {
				tariffs[at] = 0.2 * rng.Float64()
			}
		}
		v.set(tariffs)
		x := make([]float64, m.n)
		for k := range x {
			x[k] = 0.05 * rng.NormFloat64()
		}
		f, up, down := make([]float64, m.n), make([]float64, m.n), make([]float64, m.n)
		jac := mat.NewDense(m.n, m.n, nil)
		if err := v.Eval(x, f, jac); err != nil {
			t.Fatal(err)
		}
		const h = 1e-5
		for _, c := range []int{0, 33, 100, m.us, m.n - 1} {
			y := append([]float64(nil), x...)
			y[c] = x[c] + h
			if err := v.Eval(y, up, nil); err != nil {
				t.Fatal(err)
			}
			y[c] = x[c] - h
			if err := v.Eval(y, down, nil); err != nil {
				t.Fatal(err)
			}
			for r := range f {
				want := (up[r] - down[r]) / (2 * h)
				near(t, closure+" jacobian", jac.At(r, c), want, 1e-6*(1+math.Abs(want)))
			}
		}
	}
}

func TestGradientMatchesDifferences(t *testing.T) {
	for _, closure := range closures {
		m := model(t, closure)
		n, us, china, small := m.n, m.us, 33, 10
		p, err := m.NewPoint(nil)
		if err != nil {
			t.Fatal(err)
		}
		tariffs, err := trade.Resolve(&m.info, make([]float64, n*n), append(m.Announced(), both("us", "china", 0.5, 0.3)...))
		if err != nil {
			t.Fatal(err)
		}
		seed := trade.Measures{Welfare: make([]float64, n), Revenue: make([]float64, n)}
		seed.Welfare[us], seed.Welfare[china], seed.Welfare[small] = 1, -0.7, 0.3
		seed.Revenue[us], seed.Revenue[china] = 0.002, 0.001
		value := func() float64 {
			if err := p.Solve(context.Background(), tariffs); err != nil {
				t.Fatal(err)
			}
			got := trade.Measures{Welfare: make([]float64, n), Revenue: make([]float64, n)}
			p.Measure(got)
			sum := 0.0
			for k := range n {
				sum += seed.Welfare[k]*got.Welfare[k] + seed.Revenue[k]*got.Revenue[k]
			}
			return sum
		}
		value()
		grad := make([]float64, n*n)
		if err := p.Gradient(seed, grad); err != nil {
			t.Fatal(err)
		}
		const h = 1e-4
		for _, at := range []int{china*n + us, us*n + china, small*n + us, small*n + china, us*n + small, 50*n + 60, 3*n + us} {
			was := tariffs[at]
			tariffs[at] = was + h
			up := value()
			tariffs[at] = was - h
			down := value()
			tariffs[at] = was
			want := (up - down) / (2 * h)
			near(t, closure+" gradient", grad[at], want, 1e-6*math.Abs(want)+2e-9)
		}
	}
}

// Welfare and prices depend on the tariffs alone: not on where the search starts, nor on what was
// solved before with the same scratch.
func TestStartDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	rate := func() float64 { return -0.2 + 1.7*rng.Float64() }
	for _, closure := range closures {
		m := model(t, closure)
		w := &trade.Warm{}
		for range 8 {
			s := append(both("us", "china", rate(), rate()), trade.Change{Importer: "eu", Exporter: "us", Value: 0.3 * rate()})
			cold, warm := solve(t, m, s, nil), solve(t, m, s, w)
			for k := range m.n {
				near(t, m.iso[k], warm.WelfarePct[k], cold.WelfarePct[k], 1e-8)
				near(t, m.iso[k], warm.PricePct[k], cold.PricePct[k], 1e-8)
				near(t, m.iso[k], warm.RevenueBn[k], cold.RevenueBn[k], 1e-8)
			}
		}
	}
}

// Multiplying every flow and income by one factor changes no ratio.
func TestHomogeneity(t *testing.T) {
	b := model(t, "").base
	twin := &base{iso: b.iso, names: b.names, announced: b.announced}
	gdp, flow := make([]float64, len(b.iso)), make([]float64, len(b.flow))
	for k := range gdp {
		gdp[k] = b.income[k] * 1000 * 7
	}
	for at, x := range b.flow {
		flow[at] = x * 1000 * 7
	}
	if err := twin.prepare(gdp, flow, strings.Join(b.iso, " ")); err != nil {
		t.Fatal(err)
	}
	other := &base{iso: b.iso, names: b.names, announced: b.announced}
	for k := range gdp {
		gdp[k] /= 7
	}
	for at := range flow {
		flow[at] /= 7
	}
	if err := other.prepare(gdp, flow, strings.Join(b.iso, " ")); err != nil {
		t.Fatal(err)
	}
	big, small := newModel(twin, true), newModel(other, true)
	r1, r2 := solve(t, big, big.Announced(), nil), solve(t, small, small.Announced(), nil)
	for k := range b.iso {
		near(t, b.iso[k], r1.WelfarePct[k], r2.WelfarePct[k], 1e-9)
		near(t, b.iso[k], r1.RevenueBn[k], 7*r2.RevenueBn[k], 1e-9*(1+r1.RevenueBn[k]))
	}
}

// With relief a country whose imports are most of what it spends can collect more than labour
// earns: the Marshall Islands at 100% on all origins, which lump sums survive.
func TestReliefBeyondLabourIncomeIsAnError(t *testing.T) {
	s := trade.Schedule{{Importer: "MHL", Exporter: "*", Value: 1}}
	_, err := model(t, IncomeTax).Solve(context.Background(), s, nil)
	var broken *Infeasible
	if !errors.As(err, &broken) || broken.Country != "MHL" {
		t.Fatalf("got %v", err)
	}
	for _, want := range []string{"tau", "MHL", "infeasible", LumpSum} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not mention %s", err, want)
		}
	}
	solve(t, model(t, LumpSum), s, nil)
}

// Guinea's surplus is 42% of its income and does not give: no equilibrium is found for US tariffs
// far beyond 200% on everyone, and the error says whose surplus it is.
func TestNoEquilibriumIsAnError(t *testing.T) {
	if testing.Short() {
		t.Skip("follows a path to its end")
	}
	_, err := model(t, LumpSum).Solve(context.Background(), trade.Schedule{{Importer: "us", Exporter: "*", Value: 100}}, nil)
	var stuck *trade.NoConvergence
	if !errors.As(err, &stuck) || stuck.Residual == 0 || !strings.Contains(err.Error(), "GIN") {
		t.Fatalf("got %v", err)
	}
}

func TestBadInput(t *testing.T) {
	m := model(t, "")
	for _, c := range []struct {
		change trade.Change
		want   string
	}{
		{trade.Change{Importer: "USB", Exporter: "*", Value: 1}, "USA"},
		{trade.Change{Importer: "us", Exporter: "china", Sector: "farm", Value: 1}, "sectors"},
		{trade.Change{Importer: "us", Exporter: "china", Value: math.NaN()}, "not a number"},
		{trade.Change{Importer: "us", Exporter: "china", Value: -1}, "-100%"},
		{trade.Change{Importer: "us", Exporter: "china", Value: math.Inf(1)}, "closes the market"},
		{trade.Change{Importer: "us", Exporter: "china", Use: trade.Inputs, Value: 1}, "inputs"},
	} {
		_, err := m.Solve(context.Background(), trade.Schedule{c.change}, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v does not mention %q", c.change, err, c.want)
		}
	}
	if _, err := Open("income-tax"); err == nil || !strings.Contains(err.Error(), IncomeTax) {
		t.Errorf("closure: %v", err)
	}
	if _, err := m.NewPoint([][]float64{{2}}); err == nil {
		t.Error("political weights on one sector are taken")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := m.Solve(ctx, m.Announced(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Far out there are equilibria in which the index of welfare is negative: an error, not a NaN.
func TestUndefinedWelfare(t *testing.T) {
	m := model(t, IncomeTax)
	for _, s := range []trade.Schedule{
		{{Importer: "*", Exporter: "*", Value: 0.4}}, {{Importer: "us", Exporter: "china", Value: -0.9}},
	} {
		r, err := m.Solve(context.Background(), s, nil)
		if err == nil {
			for k, w := range r.WelfarePct {
				if math.IsNaN(w) {
					t.Errorf("%+v: the welfare of %s is NaN", s, m.iso[k])
				}
			}
		} else if !strings.Contains(err.Error(), "is not defined") {
			t.Errorf("%+v: %v", s, err)
		}
	}
}
