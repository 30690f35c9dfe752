package liberation2025

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// shared returns the path of a published file, which stands beside the project, not in it.
func shared(t testing.TB, file string) string {
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
	path := filepath.Join(dir, "..", "shared", "data", "economy", "liberation2025_194", file)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("the published files are not beside the project: " + path)
	}
	return path
}

func model(t testing.TB, closure string) *Model {
	t.Helper()
	m, err := Open(closure)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func solve(t testing.TB, m *Model, s trade.Schedule, w *trade.Warm) *trade.Result {
	t.Helper()
	r, err := m.Solve(context.Background(), s, w)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Ignatenko et al. (2025), the authors' output_map.csv: 194 countries, 7 measures, table 1 case 1.
func TestOutputMap(t *testing.T) {
	f, err := os.Open(shared(t, "output_map.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m := model(t, IncomeTax)
	r := solve(t, m, m.Announced(), nil)
	t.Log("steps", r.Steps, "residual", r.Residual)
	columns := [][]float64{
		r.WelfarePct, r.Extra["deficit_pct"], r.Extra["exports_gdp_pct"], r.Extra["imports_gdp_pct"],
		r.Extra["employment_pct"], r.PricePct, r.Extra["revenue_share"],
	}
	worst := make([]float64, len(columns))
	for k, row := range rows[1:] {
		if row[0] != m.iso[k] {
			t.Fatalf("row %d is %s, not %s", k+1, row[0], m.iso[k])
		}
		for c := range columns {
			want, err := strconv.ParseFloat(row[c+1], 64)
			if err != nil {
				t.Fatal(err)
			}
			diff := math.Abs(columns[c][k] - want)
			worst[c] = max(worst[c], diff)
			if !(diff <= 1e-6) {
				t.Errorf("%s, measure %d: %.9g, published %.9g", row[0], c+1, columns[c][k], want)
			}
		}
	}
	t.Logf("largest differences by measure: %.1e", worst)
}

// mean is the E-weighted mean over the countries that keep says; "non-US", "EU" and "RoW" of the
// tables are such.
func mean(m *Model, v []float64, keep func(k int) bool) float64 {
	sum, all := 0.0, 0.0
	for k := range m.n {
		if keep(k) {
			sum += m.spend[k] * v[k]
			all += m.spend[k]
		}
	}
	return sum / all
}

func member(m *Model, list []string) func(k int) bool {
	return func(k int) bool {
		for _, code := range list {
			if m.iso[k] == code {
				return true
			}
		}
		return false
	}
}

// row is one printed line of a table: percentages as printed, so within half of the last digit.
type row struct {
	who  string
	want []float64
}

func compare(t *testing.T, m *Model, r *trade.Result, rows []row, columns [][]float64, digits []float64) {
	t.Helper()
	in := map[string]func(k int) bool{
		"USA":    func(k int) bool { return k == m.us },
		"CHN":    member(m, []string{"CHN"}),
		"non-US": func(k int) bool { return k != m.us },
		"EU":     member(m, EU()),
	}
	in["RoW"] = func(k int) bool { return !in["USA"](k) && !in["CHN"](k) && !in["EU"](k) }
	for _, line := range rows {
		for c, want := range line.want {
			got := mean(m, columns[c], in[line.who])
			if !(math.Abs(got-want) <= digits[c]/2+1e-9) {
				t.Errorf("%s, column %d: %.4f, published %g", line.who, c+1, got, want)
			}
		}
	}
}

// Ignatenko et al. (2025), table 1: welfare, deficit, exports/GDP, imports/GDP, employment, prices.
func TestTable1(t *testing.T) {
	flat := trade.Schedule{{Importer: "us", Exporter: "*", Value: 0.218}} // their closed form of the optimum
	for _, c := range []struct {
		name, closure string
		schedule      trade.Schedule
		rows          []row
	}{
		{"case 1", IncomeTax, model(t, "").Announced(), []row{
			{"USA", []float64{1.13, -18.1, -52.7, -43.6, 0.32, 12.8}},
			{"non-US", []float64{-0.58, 11.6, -3.2, -3.3, -0.14, -4.7}},
		}},
		{"case 2", LumpSum, model(t, "").Announced(), []row{
			{"USA", []float64{-0.01, -18.4, -52.5, -43.3, -0.41, 13.1}},
			{"non-US", []float64{-0.57, 11.7, -3.3, -3.4, -0.14, -4.8}},
		}},
		{"case 3", IncomeTax, flat, []row{
			{"USA", []float64{1.79, -19.1, -55.3, -45.6, 0.51, 12.6}},
			{"non-US", []float64{-0.61, 17.1, -4.2, -3.7, -0.16, -4.6}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := model(t, c.closure)
			r := solve(t, m, c.schedule, nil)
			compare(t, m, r, c.rows, [][]float64{
				r.WelfarePct, r.Extra["deficit_pct"], r.Extra["exports_gdp_pct"], r.Extra["imports_gdp_pct"],
				r.Extra["employment_pct"], r.PricePct,
			}, []float64{0.01, 0.1, 0.1, 0.1, 0.01, 0.1})
		})
	}
}

// Ignatenko et al. (2025), table 8, income-tax relief: welfare, deficit, employment, prices.
func TestTable8(t *testing.T) {
	war := func(eu, china float64) trade.Schedule {
		s := both("us", "*", 0.10, 0.10)
		if eu > 0 {
			s = append(s, both("us", "eu", eu, eu)...)
		}
		return append(s, both("us", "china", china, china)...)
	}
	m := model(t, IncomeTax)
	for _, c := range []struct {
		name     string
		schedule trade.Schedule
		rows     []row
	}{
		{"case 1: EU and China", war(0.20, 0.54), []row{
			{"USA", []float64{-0.19, -22.3, -0.13, 4.5}},
			{"CHN", []float64{-0.69, 6.1, -0.16, -2.4}},
			{"EU", []float64{-0.25, 17.8, -0.10, -1.6}},
			{"RoW", []float64{-0.16, 19.8, -0.07, -1.3}},
		}},
		{"case 2: China", war(0, 0.54), []row{
			{"USA", []float64{-0.09, -20.5, -0.10, 3.9}},
			{"CHN", []float64{-0.67, 6.1, -0.16, -2.2}},
			{"EU", []float64{-0.06, 9.4, -0.03, -1.2}},
			{"RoW", []float64{-0.17, 21.0, -0.07, -1.2}},
		}},
		{"case 3: China, 108%", war(0, 1.08), []row{
			{"USA", []float64{-0.29, -20.8, -0.16, 4.1}},
			{"CHN", []float64{-0.79, 6.5, -0.19, -2.3}},
			{"EU", []float64{-0.06, 9.2, -0.03, -1.3}},
			{"RoW", []float64{-0.16, 20.7, -0.07, -1.2}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := solve(t, m, c.schedule, nil)
			compare(t, m, r, c.rows, [][]float64{r.WelfarePct, r.Extra["deficit_pct"], r.Extra["employment_pct"], r.PricePct},
				[]float64{0.01, 0.1, 0.01, 0.1})
		})
	}
}

// best finds the rate at which player's welfare is highest, by secants on its adjoint slope. cells
// writes the tariffs at a rate into a table of NaN; those of player at the rate are the lever.
func best(t *testing.T, m *Model, p trade.Point, player int, cells func(t []float64, rate float64), rate float64) float64 {
	t.Helper()
	n := m.n
	tariffs, grad := make([]float64, n*n), make([]float64, n*n)
	seed := trade.Measures{Welfare: make([]float64, n)}
	seed.Welfare[player] = 1
	slope := func(rate float64) float64 {
		for at := range tariffs {
			tariffs[at] = math.NaN()
		}
		cells(tariffs, rate)
		moved := make([]int, 0, n)
		for i := range n {
			at := i*n + player
			if !math.IsNaN(tariffs[at]) && tariffs[at] == rate && i != player {
				moved = append(moved, at)
			}
		}
		for at := range tariffs {
			if math.IsNaN(tariffs[at]) {
				tariffs[at] = 0
			}
		}
		if err := p.Solve(context.Background(), tariffs); err != nil {
			t.Fatal(err)
		}
		if err := p.Gradient(seed, grad); err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, at := range moved {
			sum += grad[at]
		}
		return sum
	}
	a, b := rate, rate+0.02
	fa, fb := slope(a), slope(b)
	for range 40 {
		if math.Abs(b-a) < 1e-9 {
			return b
		}
		next := b - fb*(b-a)/(fb-fa)
		a, fa = b, fb
		b = min(max(next, -0.5), 5)
		fb = slope(b)
	}
	t.Fatal("the best rate does not settle")
	return 0
}

func welfare(t *testing.T, m *Model, s trade.Schedule) []float64 {
	t.Helper()
	return solve(t, m, s, nil).WelfarePct
}

// MODELS, section 2: the uniform US tariff that maximises, 25.1% with relief (US +1.81), 14.2% with
// lump sums (+0.51); the published closed form is 21.8%. Recomputed from the published data.
func TestUniformOptimum(t *testing.T) {
	for _, c := range []struct {
		closure    string
		rate, gain float64
	}{{IncomeTax, 25.1, 1.81}, {LumpSum, 14.2, 0.51}} {
		m := model(t, c.closure)
		p, err := m.NewPoint(nil)
		if err != nil {
			t.Fatal(err)
		}
		got := best(t, m, p, m.us, func(tariffs []float64, rate float64) {
			for i := range m.n {
				if i != m.us {
					tariffs[i*m.n+m.us] = rate
				}
			}
		}, 0.2)
		near(t, c.closure+": rate", 100*got, c.rate, 0.05)
		near(t, c.closure+": gain", welfare(t, m, trade.Schedule{{Importer: "us", Exporter: "*", Value: got}})[m.us], c.gain, 0.005)
	}
}

// MODELS, "What follows": bilateral Nash of the US and China, all other tariffs zero, and the
// critical discount factor of the US, (W_dev - W_coop) / (W_dev - W_Nash). Recomputed from the
// published data; and both sides at 47.5/31.9.
func TestBilateralNash(t *testing.T) {
	for _, c := range []struct {
		closure        string
		us, cn         float64 // Nash tariffs, %
		wUS, wCN       float64 // welfare there, %
		factor         float64 // 0: none below one
		nowUS, nowCN   float64
		lowest, utmost float64 // of the US optimum against China at 31.9 and at zero
	}{
		{LumpSum, 5.4, 10.5, -0.03, -0.13, 0.46, -0.41, -0.58, 5, 9},
		{IncomeTax, 9.1, 13.7, 0.03, -0.18, 0, -0.35, -0.54, 5, 9.5},
	} {
		m := model(t, c.closure)
		p, err := m.NewPoint(nil)
		if err != nil {
			t.Fatal(err)
		}
		n, us, cn := m.n, m.us, 33
		answer := func(player, other int, theirs, start float64) float64 {
			return best(t, m, p, player, func(tariffs []float64, rate float64) {
				tariffs[player*n+other] = theirs
				tariffs[other*n+player] = rate
			}, start)
		}
		a, b := 0.1, 0.1
		for range 30 {
			was := a
			a = answer(us, cn, b, a)
			b = answer(cn, us, a, b)
			if math.Abs(a-was) < 1e-8 {
				break
			}
		}
		near(t, c.closure+": US tariff", 100*a, c.us, 0.05)
		near(t, c.closure+": CN tariff", 100*b, c.cn, 0.05)
		nash := welfare(t, m, both("us", "china", a, b))
		near(t, c.closure+": US welfare", nash[us], c.wUS, 0.005)
		near(t, c.closure+": CN welfare", nash[cn], c.wCN, 0.005)
		alone := answer(us, cn, 0, a)
		dev := welfare(t, m, both("us", "china", alone, 0))[us]
		factor := dev / (dev - nash[us])
		if c.factor == 0 && !(factor >= 1) {
			t.Errorf("%s: the US keeps a truce from a discount factor of %.3f", c.closure, factor)
		}
		if c.factor > 0 {
			near(t, c.closure+": critical discount factor", factor, c.factor, 0.005)
		}
		now := welfare(t, m, both("us", "china", 0.475, 0.319))
		near(t, c.closure+": US at 47.5/31.9", now[us], c.nowUS, 0.005)
		near(t, c.closure+": CN at 47.5/31.9", now[cn], c.nowCN, 0.005)
		facing := answer(us, cn, 0.319, a)
		for _, rate := range []float64{alone, facing} {
			if 100*rate < c.lowest || 100*rate > c.utmost {
				t.Errorf("%s: the US optimum against China is %.2f%%, not %g to %g", c.closure, 100*rate, c.lowest, c.utmost)
			}
		}
		t.Logf("%s: Nash %.3f / %.3f, welfare %.4f / %.4f, factor %.4f, optimum %.2f alone, %.2f at 31.9", c.closure, 100*a, 100*b, nash[us], nash[cn], factor, 100*alone, 100*facing)
	}
}
