package ossa2014

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim/economy/trade"
	"pgregory.net/rapid"
)

func mustOpen(t interface{ Fatal(...any) }) *Model {
	m, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// shared returns a folder beside the repository; it skips where that is not there, unless on CI.
func shared(t *testing.T, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	full := filepath.Join(dir, "..", "shared", path)
	if _, err := os.Stat(full); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("no ", full)
	}
	return full
}

// TestBase: the data are an equilibrium, and an empty schedule changes nothing.
func TestBase(t *testing.T) {
	m := mustOpen(t)
	v := m.newSolver(m.lambda)
	f := make([]float64, v.Dim())
	copy(v.pull, m.gamma)
	copy(v.push, m.flow)
	copy(v.t, m.tariff)
	if err := v.Eval(v.x, f, nil); err != nil {
		t.Fatal(err)
	}
	for r, x := range f {
		if math.Abs(x) > 1e-8 {
			t.Errorf("condition %d is off by %g at the base", r, x)
		}
	}
	r, err := m.Solve(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for j, w := range r.WelfarePct {
		if math.Abs(w) > 1e-6 {
			t.Errorf("%s: welfare changes by %g%% without a change", r.Regions[j], w)
		}
	}
}

// TestClubShocks is the 693 cases solved by the paper's own programs: within 1e-6 in welfare.
func TestClubShocks(t *testing.T) {
	f, err := os.Open(shared(t, "data/economy/ossa2014_7x33/welfare_club_shocks.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m := mustOpen(t)
	var w trade.Warm
	worst, cases := 0.0, 0
	for _, row := range rows[1:] {
		shock, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		club := strings.Split(row[0], "+")
		in := make(map[string]bool)
		for _, j := range club {
			in[j] = true
		}
		var s trade.Schedule
		for _, j := range club {
			for _, i := range m.info.Regions {
				if !in[i] {
					s = append(s, trade.Change{Importer: j, Exporter: i, Op: trade.Scale, Value: shock})
				}
			}
		}
		r, err := m.Solve(context.Background(), s, &w)
		if err != nil {
			t.Fatal(row[0], shock, err)
		}
		for j, got := range r.WelfarePct {
			want, err := strconv.ParseFloat(row[2+j], 64)
			if err != nil {
				t.Fatal(err)
			}
			worst = math.Max(worst, math.Abs(1+got/100-want))
		}
		cases++
	}
	t.Logf("%d cases, largest difference %.2g", cases, worst)
	if cases != 693 || worst > 1e-6 {
		t.Errorf("%d cases, largest difference %.2g, want 693 within 1e-6", cases, worst)
	}
}

// someTariffs draws tariffs, a few of them far from the base.
func someTariffs(t *rapid.T, m *Model) []float64 {
	out := m.Base()
	for range rapid.IntRange(1, 40).Draw(t, "changes") {
		i, j := rapid.IntRange(0, m.n-1).Draw(t, "i"), rapid.IntRange(0, m.n-1).Draw(t, "j")
		s := rapid.IntRange(0, m.s-1).Draw(t, "s")
		if i != j {
			out[m.info.At(i, j, s)] = rapid.Float64Range(-0.2, 3).Draw(t, "tariff")
		}
	}
	return out
}

// TestClearing: at any tariffs goods, labour and budgets clear (also in the equation that the
// numeraire replaced), and with unit weights the government's measure is welfare.
func TestClearing(t *testing.T) {
	m := mustOpen(t)
	plain, err := m.NewPoint(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := plain.(*solver)
	rapid.Check(t, func(t *rapid.T) {
		if err := v.Solve(context.Background(), someTariffs(t, m)); err != nil {
			t.Fatal(err)
		}
		for j := range m.n {
			labour, spent := 0.0, 0.0
			for s, sigma := range m.sigma {
				for k := range m.n {
					labour += v.flow[m.info.At(j, k, s)] * (sigma - 1) / sigma
					spent += v.flow[m.info.At(k, j, s)] * (1 + v.t[m.info.At(k, j, s)])
				}
			}
			if d := labour/(m.labour[j]*v.wage[j]) - 1; math.Abs(d) > 1e-8 {
				t.Errorf("%s: labour is off by %g", m.info.Regions[j], d)
			}
			if d := spent/(m.spend[j]*v.spend[j]) - 1; math.Abs(d) > 1e-8 {
				t.Errorf("%s: spending is off by %g", m.info.Regions[j], d)
			}
			if d := v.logGovernment(j) - v.logWelfare(j); math.Abs(d) > 1e-8 {
				t.Errorf("%s: government at unit weights is off welfare by %g", m.info.Regions[j], d)
			}
		}
	})
}

// TestGradient compares the adjoint gradient with central differences.
func TestGradient(t *testing.T) {
	m := mustOpen(t)
	v := m.newSolver(m.lambda)
	ctx := context.Background()
	grad := make([]float64, len(m.flow))
	rapid.Check(t, func(t *rapid.T) {
		at := someTariffs(t, m)
		seed := trade.Measures{Government: make([]float64, m.n), Welfare: make([]float64, m.n), Revenue: make([]float64, m.n)}
		for j := range m.n {
			seed.Government[j] = rapid.Float64Range(-1, 1).Draw(t, "government")
			seed.Welfare[j] = rapid.Float64Range(-1, 1).Draw(t, "welfare")
			seed.Revenue[j] = rapid.Float64Range(-1e-3, 1e-3).Draw(t, "revenue")
		}
		value := func() float64 {
			sum := 0.0
			for j := range m.n {
				sum += seed.Government[j]*v.logGovernment(j) + seed.Welfare[j]*v.logWelfare(j) + seed.Revenue[j]*v.revenue[j]/1000
			}
			return sum
		}
		if err := v.Solve(ctx, at); err != nil {
			t.Fatal(err)
		}
		if err := v.Gradient(seed, grad); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			i, j := rapid.IntRange(0, m.n-1).Draw(t, "i"), rapid.IntRange(0, m.n-1).Draw(t, "j")
			k := m.info.At(i, j, rapid.IntRange(0, m.s-1).Draw(t, "s"))
			if i == j {
				continue
			}
			const h = 1e-3
			was := at[k]
			side := [2]float64{}
			for e, step := range [2]float64{h, -h} {
				at[k] = was + step
				if err := v.Solve(ctx, at); err != nil {
					t.Fatal(err)
				}
				side[e] = value()
			}
			at[k] = was
			want := (side[0] - side[1]) / (2 * h)
			if math.Abs(grad[k]-want) > 1e-3*math.Abs(want)+5e-9 {
				t.Errorf("cell %d: %g, by differences %g", k, grad[k], want)
			}
		}
	})
}

func TestBadInput(t *testing.T) {
	m := mustOpen(t)
	for says, c := range map[string]trade.Change{
		`did you mean "Brazil"`: {Importer: "Brasil", Exporter: "US"},
		`did you mean "mvh"`:    {Importer: "US", Exporter: "EU", Sector: "mvx"},
		"not above -100%":       {Importer: "US", Exporter: "EU", Value: -1.5},
		"closes the market":     {Importer: "US", Exporter: "EU", Value: math.Inf(1)},
	} {
		if _, err := m.Solve(context.Background(), trade.Schedule{c}, nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v, want %q", c, err, says)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := m.Solve(ctx, trade.Schedule{{Importer: "US", Exporter: "EU", Value: 1}}, nil); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
}

// TestExtremes: tariffs far beyond any seen still solve.
func TestExtremes(t *testing.T) {
	m := mustOpen(t)
	if _, err := m.NewPoint([][]float64{{1}}); err == nil {
		t.Error("political weights for one region were accepted")
	}
	for _, v := range []float64{1.45, 10, 100, -0.5} {
		r, err := m.Solve(context.Background(), trade.Schedule{{Importer: "*", Exporter: "*", Op: trade.Scale, Value: v}}, nil)
		if err != nil {
			t.Fatal(v, err)
		}
		if r.Residual > 1e-10 {
			t.Errorf("%v: residual %g", v, r.Residual)
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	m := mustOpen(b)
	v := m.newSolver(m.lambda)
	t := m.Base()
	for s := range m.s {
		t[m.info.At(1, 6, s)] += 0.25
	}
	for _, warm := range []bool{false, true} {
		b.Run(map[bool]string{false: "cold", true: "warm"}[warm], func(b *testing.B) {
			for k := range b.N {
				t[m.info.At(1, 6, 3)] = 0.3 + 0.01*float64(k%10)
				v.warm = v.warm && warm
				if err := v.Solve(context.Background(), t); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("gradient", func(b *testing.B) {
		grad := make([]float64, len(t))
		seed := trade.Measures{Government: make([]float64, m.n)}
		seed.Government[6] = 1
		for range b.N {
			if err := v.Gradient(seed, grad); err != nil {
				b.Fatal(err)
			}
		}
	})
}
