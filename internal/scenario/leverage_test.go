package scenario

import (
	"context"
	"math"
	"testing"

	"github.com/parley-sim/parley/sim/economy"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// TestLeverageExplainsToday: under every model, today's tariff is the best on the table for welfare and
// leverage at weight 1, whatever the weight on trade; and not for welfare alone.
func TestLeverageExplainsToday(t *testing.T) {
	for _, model := range []string{"liberation2025", "liberation2025:lump_sum", "ossa2014", "jmwz2017", "linear"} {
		m := madrid(t, "economy.tariffs="+model).Base
		d := m.NewDraw()
		m.Draw(1, Typical, d)
		for side, l := range m.Leverage() {
			if l.Explained != l.Today || l.Chooses >= l.Today || !(l.Low <= l.Price && l.Price <= l.High) || !(l.Whole > 0) {
				t.Errorf("%s, party %d: %+v", model, side, *l)
			}
			t.Logf("%s, party %d: %+v", model, side, *l)
		}
	}
}

// TestLeverageIsTheInverseOptimum: the price read off the surface is what the game's inverse optimum
// finds by adjoint gradients, within what interpolation does to the slope of a flat top.
func TestLeverageIsTheInverseOptimum(t *testing.T) {
	ctx := context.Background()
	model, err := economy.Open("ossa2014", "")
	if err != nil {
		t.Fatal(err)
	}
	schedule, err := economy.Schedule(model, economy.Setting{US: 0.511, CN: 0.326, Farm: 0.15})
	if err != nil {
		t.Fatal(err)
	}
	info := model.Info()
	today, err := trade.Resolve(&info, economy.Base(model), schedule)
	if err != nil {
		t.Fatal(err)
	}
	farm := trade.Schedule{{Importer: "china", Exporter: "us", Sector: "farm", Op: trade.Add, Value: 0.15}} // what stands beside the average
	m := madrid(t, "economy.tariffs=ossa2014").Base
	for side, name := range []string{"us", "china"} {
		g, err := economy.NewGame(ctx, model, economy.Rules{Players: []economy.Player{{Region: "us"}, {Region: "china"}}, Form: economy.Uniform, Among: true, Base: farm})
		if err != nil {
			t.Fatal(err)
		}
		f, err := g.Inverse(ctx, name, today, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Leverage()[side].Price; math.Abs(got-f.LeverageAlone) > 0.05*f.LeverageAlone {
			t.Errorf("%s: a dollar of the other's loss is worth %v, by the game %v", name, got, f.LeverageAlone)
		}
	}
}
