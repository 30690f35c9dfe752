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
