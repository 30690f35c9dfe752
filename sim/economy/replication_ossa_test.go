package economy

import (
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// clubShocks is the largest difference in welfare, a ratio, over the cases solved by the paper's own
// programs, and how many there are.
func clubShocks(t *testing.T) (worst float64, cases int) {
	f, err := os.Open(shared(t, "ossa2014_7x33", "welfare_club_shocks.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m := ossa(t)
	var w trade.Warm
	for _, row := range rows[1:] {
		club := strings.Split(row[0], "+")
		in := make(map[string]bool)
		for _, j := range club {
			in[j] = true
		}
		shock, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		var s trade.Schedule
		for _, j := range club {
			for _, i := range m.Info().Regions {
				if !in[i] {
					s = append(s, trade.Change{Importer: j, Exporter: i, Op: trade.Scale, Value: shock})
				}
			}
		}
		r, err := m.Solve(context.Background(), s, &w)
		if err != nil {
			t.Fatal(err)
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
	return worst, cases
}

func ossaRows(t *testing.T) []figure {
	const name = "ossa2014"
	ctx := context.Background()
	m := ossa(t)
	worst, cases := clubShocks(t)
	if cases != 693 {
		t.Errorf("%d cases, not 693", cases)
	}
	gain, off, row := ossaMFN(t)
	rows := []figure{
		one(name, "welfare in 693 cases of the authors' programs, largest distance", 0, none, worst, 1e-6, 9),
		one(name, "MFN-optimal tariffs: what a search gains over the stored rates, logs", 0, none, gain, 1e-9, 9),
		one(name, "MFN-optimal tariffs: trade-weighted mean distance", 0, none, off, 1e-5, 9),
		one(name, "MFN-optimal tariffs: largest distance, ROW", 0, none, row, 1e-4, 9),
	}
	g := newGame(t, m, Rules{Players: everybody(m, true), Form: Sectors, Start: m.MFN()})
	var medians []float64
	for p, r := range m.Info().Regions {
		o, err := g.BestResponse(ctx, r, nil)
		if err != nil {
			t.Fatal(err)
		}
		medians = append(medians, 100*o.Median(p))
	}
	rows = append(rows, one(name, "optimal tariffs, mean of medians, %", 62, 62.35, mean(medians), 0.005, 2))
	o, err := g.Nash(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for p := range medians {
		medians[p] = 100 * o.Median(p)
	}
	rows = append(
		rows,
		one(name, "Nash tariffs, mean of medians, %", 63, 63.22, mean(medians), 0.005, 2),
		one(name, "government welfare in the war, %", -2.9, -2.89, mean(o.GovernmentPct), 0.005, 2),
	)
	// Talks find local optima; 0.52 is what counts as reached, 0.53 the best found elsewhere.
	talks, err := newGame(t, m, Rules{Players: everybody(m, true), Form: Sectors}).Talks(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows = append(rows, one(name, "government welfare after talks, %", 0.5, 0.53, mean(talks.GovernmentPct), 0.01, 2))
	plain, err := newGame(t, m, Rules{Players: everybody(m, false), Form: Sectors, Start: m.MFN()}).Nash(ctx)
	if err != nil {
		t.Fatal(err)
	}
	rows = append(rows, figure{
		model: name, what: "war at pure welfare: China, US, mean, %", recomputed: []float64{-2.19, -2.16, -2.40},
		ours: []float64{plain.WelfarePct[1], plain.WelfarePct[6], mean(plain.WelfarePct)}, within: []float64{0.005}, digits: 2,
	})
	for _, c := range []struct{ us, cn, usPct, cnPct float64 }{{1.45, 1.25, -1.01, -1.41}, {0.475, 0.319, -0.19, -0.71}} {
		r, err := m.Solve(ctx, trade.Schedule{
			{Importer: "us", Exporter: "china", Op: trade.Add, Value: c.us},
			{Importer: "china", Exporter: "us", Op: trade.Add, Value: c.cn},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, figure{
			model: name, what: fmt.Sprintf("welfare at surcharges of %.4g/%.4g%%: US, China, %%", 100*c.us, 100*c.cn),
			recomputed: []float64{c.usPct, c.cnPct}, ours: []float64{r.WelfarePct[6], r.WelfarePct[1]}, within: []float64{0.005}, digits: 2,
		})
	}
	return rows
}

// wars are the bilateral wars of the US and China by model and closure, at pure welfare, and the
// critical discount factor of the US between no surcharges and that war.
var wars = []struct {
	model, closure       string
	us, cn, usPct, cnPct float64 // %
	critical             float64 // 0: none below 1, number not given
	digits               float64 // half of the last digit of the tariffs
	fine                 float64 // and of welfare
}{
	{"liberation2025", "lump_sum", 5.4, 10.5, -0.03, -0.13, 0.46, 0.05, 0.005},
	{"liberation2025", "income_tax", 9.1, 13.7, 0.03, -0.18, 0, 0.05, 0.005},
	{"ossa2014", "", 22, 12, 0.04, -0.40, 1.30, 0.5, 0.005},
	{"jmwz2017", "balanced", 5.2, 3.0, 0.001, -0.050, 1.21, 0.05, 0.0005},
	{"jmwz2017", "fixed", 4.7, 3.4, 0, -0.052, 1.07, 0.05, 0.0005},
}

// whole is the number of decimals that half of a last digit leaves.
func whole(half float64) int { return int(math.Round(-math.Log10(2 * half))) }

func warRows(t *testing.T) []figure {
	var rows []figure
	for _, c := range wars {
		m, err := Open(c.model, c.closure)
		if err != nil {
			t.Fatal(err)
		}
		g := newGame(t, m, Rules{Players: []Player{{Region: "us"}, {Region: "china"}}, Form: Uniform, Among: true})
		h, err := g.Enforce(context.Background(), nil, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		us, cn := g.players[0].region, g.players[1].region
		name := c.model
		if c.closure != "" {
			name += ", " + c.closure
		}
		rows = append(
			rows,
			figure{
				model: name, what: "US-China war, surcharges: US, China, %", recomputed: []float64{c.us, c.cn},
				ours: []float64{100 * h.War.Chosen[0][0], 100 * h.War.Chosen[1][0]}, within: []float64{c.digits}, digits: whole(c.digits),
			},
			figure{
				model: name, what: "US-China war, welfare: US, China, %", recomputed: []float64{c.usPct, c.cnPct},
				ours: []float64{h.War.WelfarePct[us], h.War.WelfarePct[cn]}, within: []float64{c.fine}, digits: whole(c.fine),
			},
		)
		if c.critical != 0 {
			rows = append(rows, one(name, "critical discount factor, US", none, c.critical, h.Critical[0], 0.005, 2))
		} else if h.Critical[0] < 1 {
			t.Errorf("%s: the US keeps free trade from %v on, want never", name, h.Critical[0])
		}
	}
	return rows
}
