package economy

import (
	"context"
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"

	"github.com/parley-sim/parley/sim/economy/inputoutput"
	"github.com/parley-sim/parley/sim/economy/linear"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// theory reads a row of the shared table of closed forms; tests that need it skip without it.
func theory(t *testing.T, model string) (output, formula string) {
	t.Helper()
	f, err := os.Open("../../../shared/data/theory/theory.csv")
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") != "true" {
		t.Skip("../shared/data/theory/theory.csv is not there")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r[0] == model {
			return r[2], r[3]
		}
	}
	t.Fatalf("no row %q", model)
	return "", ""
}

func stated(t *testing.T, pattern, text string) float64 {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no %s in %q", pattern, text)
	}
	x, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// bagwellStaiger is their linear tariff game as an economy of the linear model: demand 1-p, endowments
// 0.1 and 0.5 of two mirror goods. At free trade p = 0.7 and 0.2 of each good is traded, so trade is
// worth 0.14 and both elasticities are 0.7/0.2 = 3.5. Incomes are large, so that logs of welfare are levels.
func bagwellStaiger(t *testing.T) *Game {
	t.Helper()
	m, err := linear.New(linear.Params{USImports: 0.14, USExports: 0.14, Demand: 3.5, Supply: 3.5, USIncome: 60, CNIncome: 60})
	if err != nil {
		t.Fatal(err)
	}
	return duel(t, m, Aim{})
}

// TestTariffGameRow: theory.csv bs_linear_tariff_game and tariff_game_T_years come out of the game's own
// searches: Nash tariff, what keeping, breaking and war are worth, critical discount factors.
func TestTariffGameRow(t *testing.T) {
	out, formula := theory(t, "bs_linear_tariff_game")
	g := bagwellStaiger(t)
	ctx := context.Background()
	h, err := g.Enforce(ctx, nil, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	c, d, n := stated(t, `C=([\d.]+)`, out), stated(t, `;D=([\d.]+)`, out), stated(t, `;N=([\d.]+)`, out)
	const price = 0.7 // of free trade: tariffs are shares of it
	for p := range 2 {
		near(t, "tN", h.War.Chosen[p][0]*price, stated(t, `tN=([\d.]+)`, out), 1e-5)
		s := h.Stages[p]
		near(t, "D - C", s.Break-s.Keep, d-c, 1e-6)
		near(t, "C - N", s.Keep-s.Punish, c-n, 1e-6)
		near(t, "delta*", h.Critical[p], stated(t, `delta\*=([\d.]+)`, out), 1e-3)
	}
	years, _ := theory(t, "tariff_game_T_years")
	for _, y := range []int{2, 3, 5} {
		near(t, "T years", h.Stages[0].CriticalYears(y), stated(t, "T="+strconv.Itoa(y)+` ([\d.]+)`, years), 1e-3)
	}
	if x := h.Stages[0].CriticalYears(1); !math.IsInf(x, 1) {
		t.Errorf("one year of punishment: %v, the table says none", x)
	}
	for _, m := range regexp.MustCompile(`([./\d]+) (\.\d+)[;)]`).FindAllStringSubmatch(formula, -1) {
		want, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		delta := 1.0 / 3
		if m[1] != "1/3" {
			if delta, err = strconv.ParseFloat(m[1], 64); err != nil {
				continue // "d=.1" is read below
			}
		}
		best, err := g.MostCooperative(ctx, delta)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "most cooperative tariff at "+m[1], best.Share, want, 2e-3)
	}
	best, err := g.MostCooperative(ctx, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "most cooperative tariff at .1", best.Share, 0.862069, 2e-3)
	if best, err = g.MostCooperative(ctx, 0.7); err != nil || best.Share != 0 {
		t.Errorf("above the critical factor: %+v, %v", best, err)
	}
	if _, err := g.MostCooperative(ctx, 1); err == nil {
		t.Error("discount factor 1 was accepted")
	}
}

// armington is two countries with one good each, made of labour alone, free trade: home buys so much of its
// spending at home, and its share of the world's income is so much; trade is balanced.
func armington(t *testing.T, theta, home, size float64) *inputoutput.Model {
	t.Helper()
	imports := (1 - home) * size // of home, and so of abroad
	e := &inputoutput.Economy{
		Name: "two", N: 2, J: 1, Theta: []float64{theta}, Beta: []float64{1, 1}, Input: []float64{0, 0}, Alpha: []float64{1, 1},
		Tariff: make([]float64, 4),
		Share:  []float64{home, imports / (1 - size), 1 - home, 1 - imports/(1-size)},
		Output: []float64{size, 1 - size}, Added: []float64{size, 1 - size}, Gap: []float64{0, 0},
	}
	m, err := inputoutput.New(trade.Info{Name: "two", Regions: []string{"us", "china"}, Sectors: []string{"goods"}}, e, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// own is a country's share of spending on its own goods.
func own(r *trade.Result, country int, tariff float64) float64 {
	home, abroad := r.Flows(country, country, 0), r.Flows(1-country, country, 0)*(1+tariff)
	return home / (home + abroad)
}

// TestArkolakisRow: theory.csv acr: a country that taxes nothing gains what its share of spending at home
// says, whatever happens abroad; and autarky costs it 1 - lambda^(1/theta).
func TestArkolakisRow(t *testing.T) {
	if _, formula := theory(t, "acr"); formula == "" {
		t.Fatal("no formula")
	}
	ctx := context.Background()
	for _, theta := range []float64{2, 4, 8} {
		m := armington(t, theta, 0.7, 0.4)
		for _, tariff := range []float64{0.1, 0.5, 2} {
			r, err := m.Solve(ctx, trade.Schedule{{Importer: "china", Exporter: "us", Sector: "*", Value: tariff}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "welfare", 1+r.WelfarePct[0]/100, math.Pow(own(r, 0, 0)/0.7, -1/theta), 1e-9)
		}
		if theta < 4 {
			continue // trade never ends with goods that unlike
		}
		shut := 50.0
		r, err := m.Solve(ctx, trade.Schedule{
			{Importer: "china", Exporter: "us", Sector: "*", Value: shut}, {Importer: "us", Exporter: "china", Sector: "*", Value: shut},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "autarky", -r.WelfarePct[0]/100, 1-math.Pow(0.7, 1/theta), 1e-3)
	}
}

// TestGrosRow: theory.csv armington_opt_tariff: the best tariff against free trade is 1/(eps lambda_FF), with the
// share that abroad spends on its own goods at that tariff; 1/eps for a small country.
func TestGrosRow(t *testing.T) {
	if _, formula := theory(t, "armington_opt_tariff"); formula == "" {
		t.Fatal("no formula")
	}
	ctx := context.Background()
	for _, c := range []struct{ theta, home, size float64 }{{2, 0.7, 0.5}, {4, 0.6, 0.4}, {4, 0.8, 0.6}, {8, 0.5, 0.3}, {5, 0.5, 0.001}} {
		m := armington(t, c.theta, c.home, c.size)
		g := newGame(t, m, Rules{Players: []Player{{Region: "us"}, {Region: "china"}}, Form: Uniform, Among: true})
		o, err := g.BestResponse(ctx, "us", nil)
		if err != nil {
			t.Fatal(err)
		}
		best := o.Chosen[0][0]
		r, err := m.Solve(ctx, trade.Schedule{{Importer: "us", Exporter: "china", Sector: "*", Value: best}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "best tariff", best, 1/(c.theta*own(r, 1, 0)), 5e-6)
		if c.size < 0.01 {
			near(t, "small country", best, 1/c.theta, 1e-3)
		}
	}
}
