package economy

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// figure is one number of the replication table.
type figure struct {
	model, what string
	published   string // as printed, or who recomputed it
	want, ours  float64
	within      float64
}

// TestReplication prints the replication table of what wars and talks come to: published (or solved
// elsewhere from the same data), ours, difference. docs/validation.md holds it; go test -run
// Replication -v prints it again.
func TestReplication(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	var rows []figure
	add := func(model, what, published string, want, ours, within float64) {
		rows = append(rows, figure{model, what, published, want, ours, within})
	}
	ossaRows(t, add)
	warRows(t, add)
	table := "\n| model | number | published | recomputed | ours | difference |\n|---|---|---|---|---|---|\n"
	for _, r := range rows {
		d := r.ours - r.want
		table += fmt.Sprintf("| %s | %s | %s | %g | %.4f | %+.4f |\n", r.model, r.what, r.published, r.want, r.ours, d)
		if !(math.Abs(d) <= r.within) {
			t.Errorf("%s, %s: %v, want %v within %v", r.model, r.what, r.ours, r.want, r.within)
		}
	}
	t.Log(table)
}

func ossaRows(t *testing.T, add func(model, what, published string, want, ours, within float64)) {
	ctx := context.Background()
	m := ossa(t)
	g := newGame(t, m, Rules{Players: everybody(m, true), Form: Sectors, Start: m.MFN()})
	var medians []float64
	for p, r := range m.Info().Regions {
		o, err := g.BestResponse(ctx, r, nil)
		if err != nil {
			t.Fatal(err)
		}
		medians = append(medians, 100*o.Median(p))
	}
	add("ossa2014", "optimal tariffs, mean of medians, %", "62", 62.35, mean(medians), 0.05)
	o, err := g.Nash(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for p := range medians {
		medians[p] = 100 * o.Median(p)
	}
	add("ossa2014", "Nash tariffs, mean of medians, %", "63", 63.22, mean(medians), 0.05)
	add("ossa2014", "government welfare in the war, %", "-2.9", -2.89, mean(o.GovernmentPct), 0.005)
	// Talks find local optima; 0.52 is what counts as reached, 0.53 the best found elsewhere.
	talks, err := newGame(t, m, Rules{Players: everybody(m, true), Form: Sectors}).Talks(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	add("ossa2014", "government welfare after talks, %", "+0.5", 0.53, mean(talks.GovernmentPct), 0.01)
	plain, err := newGame(t, m, Rules{Players: everybody(m, false), Form: Sectors, Start: m.MFN()}).Nash(ctx)
	if err != nil {
		t.Fatal(err)
	}
	add("ossa2014", "war at pure welfare, China, %", "", -2.19, plain.WelfarePct[1], 0.005)
	add("ossa2014", "war at pure welfare, US, %", "", -2.16, plain.WelfarePct[6], 0.005)
	add("ossa2014", "war at pure welfare, mean, %", "", -2.40, mean(plain.WelfarePct), 0.005)
	for _, c := range []struct{ us, cn, usPct, cnPct float64 }{{1.45, 1.25, -1.01, -1.41}, {0.475, 0.319, -0.19, -0.71}} {
		r, err := m.Solve(ctx, trade.Schedule{
			{Importer: "us", Exporter: "china", Op: trade.Add, Value: c.us},
			{Importer: "china", Exporter: "us", Op: trade.Add, Value: c.cn},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		what := fmt.Sprintf("at +%.4g%%/+%.4g%%, ", 100*c.us, 100*c.cn)
		add("ossa2014", what+"US welfare, %", "", c.usPct, r.WelfarePct[6], 0.005)
		add("ossa2014", what+"Chinese welfare, %", "", c.cnPct, r.WelfarePct[1], 0.005)
	}
}

// wars are the bilateral wars of the US and China by model and closure, at pure welfare.
var wars = []struct {
	model, closure       string
	us, cn, usPct, cnPct float64 // %
	critical             float64 // discount factor of the US; 0: none below 1, number not given
	digits               float64 // half of the last digit of the tariffs
}{
	{"liberation2025", "lump_sum", 5.4, 10.5, -0.03, -0.13, 0.46, 0.05},
	{"liberation2025", "income_tax", 9.1, 13.7, 0.03, -0.18, 0, 0.05},
	{"ossa2014", "", 22, 12, 0.04, -0.40, 1.30, 0.5},
}

func warRows(t *testing.T, add func(model, what, published string, want, ours, within float64)) {
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
		add(name, "Nash surcharge, US, %", "", c.us, 100*h.War.Chosen[0][0], c.digits)
		add(name, "Nash surcharge, China, %", "", c.cn, 100*h.War.Chosen[1][0], c.digits)
		add(name, "welfare in the war, US, %", "", c.usPct, h.War.WelfarePct[us], 0.005)
		add(name, "welfare in the war, China, %", "", c.cnPct, h.War.WelfarePct[cn], 0.005)
		if c.critical != 0 {
			add(name, "critical discount factor, US", "", c.critical, h.Critical[0], 0.005)
		} else if h.Critical[0] < 1 {
			t.Errorf("%s: the US keeps free trade from %v on, want never", name, h.Critical[0])
		}
	}
}
