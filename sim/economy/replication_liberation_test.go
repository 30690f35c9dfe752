package economy

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/parley-sim/parley/sim/economy/liberation2025"
	"github.com/parley-sim/parley/sim/economy/trade"
)

func liberation(t testing.TB, closure string) *liberation2025.Model {
	t.Helper()
	m, err := liberation2025.Open(closure)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func solved2025(t testing.TB, m *liberation2025.Model, s trade.Schedule) *trade.Result {
	t.Helper()
	r, err := m.Solve(context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// printedLine is a line of a table of Ignatenko et al. (2025).
type printedLine struct {
	who  string
	want []float64
}

func liberationRows(t *testing.T) []figure {
	const name = "liberation2025"
	rows := []figure{outputMap(t)}
	relief := liberation(t, liberation2025.IncomeTax)
	flat := trade.Schedule{{Importer: "us", Exporter: "*", Value: 0.218}} // their closed form of the optimum
	for _, c := range []struct {
		what, closure string
		schedule      trade.Schedule
		lines         []printedLine
	}{
		{"table 1, case 1", liberation2025.IncomeTax, relief.Announced(), []printedLine{
			{"USA", []float64{1.13, -18.1, -52.7, -43.6, 0.32, 12.8}}, {"non-US", []float64{-0.58, 11.6, -3.2, -3.3, -0.14, -4.7}},
		}},
		{"table 1, case 2", liberation2025.LumpSum, relief.Announced(), []printedLine{
			{"USA", []float64{-0.01, -18.4, -52.5, -43.3, -0.41, 13.1}}, {"non-US", []float64{-0.57, 11.7, -3.3, -3.4, -0.14, -4.8}},
		}},
		{"table 1, case 3", liberation2025.IncomeTax, flat, []printedLine{
			{"USA", []float64{1.79, -19.1, -55.3, -45.6, 0.51, 12.6}}, {"non-US", []float64{-0.61, 17.1, -4.2, -3.7, -0.16, -4.6}},
		}},
	} {
		m := liberation(t, c.closure)
		r := solved2025(t, m, c.schedule)
		columns := [][]float64{r.WelfarePct, r.Extra["deficit_pct"], r.Extra["exports_gdp_pct"], r.Extra["imports_gdp_pct"], r.Extra["employment_pct"], r.PricePct}
		for _, l := range c.lines {
			rows = append(rows, printed(m, c.what+", "+l.who+": welfare, deficit, exports/GDP, imports/GDP, employment, prices, %", l, columns,
				[]float64{0.005, 0.05, 0.05, 0.05, 0.005, 0.05}))
		}
	}
	war := func(eu, china float64) trade.Schedule {
		s := pair("*", 0.10)
		if eu > 0 {
			s = append(s, pair("eu", eu)...)
		}
		return append(s, pair("china", china)...)
	}
	for _, c := range []struct {
		what     string
		schedule trade.Schedule
		lines    []printedLine
	}{
		{"table 8, case 1", war(0.20, 0.54), []printedLine{
			{"USA", []float64{-0.19, -22.3, -0.13, 4.5}},
			{"CHN", []float64{-0.69, 6.1, -0.16, -2.4}},
			{"EU", []float64{-0.25, 17.8, -0.10, -1.6}},
			{"RoW", []float64{-0.16, 19.8, -0.07, -1.3}},
		}},
		{"table 8, case 2", war(0, 0.54), []printedLine{
			{"USA", []float64{-0.09, -20.5, -0.10, 3.9}},
			{"CHN", []float64{-0.67, 6.1, -0.16, -2.2}},
			{"EU", []float64{-0.06, 9.4, -0.03, -1.2}},
			{"RoW", []float64{-0.17, 21.0, -0.07, -1.2}},
		}},
		{"table 8, case 3", war(0, 1.08), []printedLine{
			{"USA", []float64{-0.29, -20.8, -0.16, 4.1}},
			{"CHN", []float64{-0.79, 6.5, -0.19, -2.3}},
			{"EU", []float64{-0.06, 9.2, -0.03, -1.3}},
			{"RoW", []float64{-0.16, 20.7, -0.07, -1.2}},
		}},
	} {
		r := solved2025(t, relief, c.schedule)
		columns := [][]float64{r.WelfarePct, r.Extra["deficit_pct"], r.Extra["employment_pct"], r.PricePct}
		for _, l := range c.lines {
			rows = append(rows, printed(relief, c.what+", "+l.who+": welfare, deficit, employment, prices, %", l, columns, []float64{0.005, 0.05, 0.005, 0.05}))
		}
	}
	for _, c := range []struct {
		closure         string
		rate, gain      float64
		nowUS, nowChina float64
	}{{liberation2025.IncomeTax, 25.1, 1.81, -0.35, -0.54}, {liberation2025.LumpSum, 14.2, 0.51, -0.41, -0.58}} {
		m := liberation(t, c.closure)
		in := m.Info()
		us, err := in.Region("us")
		if err != nil {
			t.Fatal(err)
		}
		china, err := in.Region("china")
		if err != nil {
			t.Fatal(err)
		}
		o, err := newGame(t, m, Rules{Players: []Player{{Region: "us"}}, Form: Flat}).BestResponse(context.Background(), "us", nil)
		if err != nil {
			t.Fatal(err)
		}
		now := solved2025(t, m, trade.Schedule{{Importer: "us", Exporter: "china", Value: 0.475}, {Importer: "china", Exporter: "us", Value: 0.319}})
		rows = append(
			rows,
			one(name+", "+c.closure, "best US tariff on all, %", none, c.rate, 100*o.Chosen[0][0], 0.05, 1),
			one(name+", "+c.closure, "US welfare at it, %", none, c.gain, o.WelfarePct[us], 0.005, 2),
			figure{
				model: name + ", " + c.closure, what: "welfare at 47.5/31.9%: US, China, %", recomputed: []float64{c.nowUS, c.nowChina},
				ours: []float64{now.WelfarePct[us], now.WelfarePct[china]}, within: []float64{0.005}, digits: 2,
			},
		)
	}
	return rows
}

// pair is a tariff of the US on others and of the others on the US.
func pair(others string, v float64) trade.Schedule {
	if others == "*" {
		others = "rest"
	}
	return trade.Schedule{{Importer: "us", Exporter: others, Value: v}, {Importer: others, Exporter: "us", Value: v}}
}

// printed compares a line with the expenditure-weighted means of its group.
func printed(m *liberation2025.Model, what string, l printedLine, columns [][]float64, within []float64) figure {
	in := m.Info()
	eu := liberation2025.EU()
	group := func(code string) bool {
		switch l.who {
		case "non-US":
			return code != "USA"
		case "EU":
			return slices.Contains(eu, code)
		case "RoW":
			return code != "USA" && code != "CHN" && !slices.Contains(eu, code)
		}
		return code == l.who
	}
	f := figure{model: "liberation2025", what: what, published: l.want, within: within, digits: 2}
	for _, values := range columns {
		sum, all := 0.0, 0.0
		for k, code := range in.Regions {
			if group(code) {
				sum += m.Expenditure(k) * values[k]
				all += m.Expenditure(k)
			}
		}
		f.ours = append(f.ours, sum/all)
	}
	return f
}

// outputMap is the largest difference from the authors' results for 194 countries by 7 measures.
func outputMap(t *testing.T) figure {
	f, err := os.Open(shared(t, "liberation2025_194", "output_map.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m := liberation(t, liberation2025.IncomeTax)
	r := solved2025(t, m, m.Announced())
	columns := [][]float64{
		r.WelfarePct, r.Extra["deficit_pct"], r.Extra["exports_gdp_pct"], r.Extra["imports_gdp_pct"],
		r.Extra["employment_pct"], r.PricePct, r.Extra["revenue_share"],
	}
	worst := 0.0
	for k, row := range rows[1:] {
		for c := range columns {
			want, err := strconv.ParseFloat(row[c+1], 64)
			if err != nil {
				t.Fatal(err)
			}
			worst = math.Max(worst, math.Abs(columns[c][k]-want))
		}
	}
	return one("liberation2025", "194 countries by 7 measures, largest distance", 0, none, worst, 1e-6, 9)
}
