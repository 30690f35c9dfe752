package scenario

import (
	"context"
	"math"
	"testing"

	"github.com/parley-sim/parley/sim/economy"
)

// TestMapFindsThePublishedWar: the best answers of the map meet where the two governments' war does,
// all other tariffs zero: 9.1 and 13.7% with income-tax relief, 5.4 and 10.5% lump sum (recomputed
// independently from the published files, MODELS.md of the shared data).
func TestMapFindsThePublishedWar(t *testing.T) {
	for model, want := range map[string][2]float64{"liberation2025": {9.1, 13.7}, "liberation2025:lump_sum": {5.4, 10.5}} {
		m := madrid(t, "economy.tariffs="+model).Base
		tm, err := m.TariffMap(context.Background(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if tm.Nash == nil {
			t.Errorf("%s: no meeting", model)
			continue
		}
		for l := range want {
			if math.Abs(tm.Nash[l]-want[l]) > 0.06 {
				t.Errorf("%s: war at %v, want %v", model, *tm.Nash, want)
			}
		}
		t.Logf("%s: war at %.2f, %.2f; held out %.3f", model, tm.Nash[0], tm.Nash[1], tm.HeldOut)
	}
}

// TestEffectsAddUp: the welfare of the two in Effects is that of the surface.
func TestEffectsAddUp(t *testing.T) {
	m := madrid(t).Base
	d := m.NewDraw()
	m.Draw(1, Typical, d)
	agreed := append([]float64(nil), m.now...)
	agreed[m.levers.issue[0]], agreed[m.levers.issue[1]] = 30, 16.5
	e, err := m.Effects(context.Background(), d.Point, agreed)
	if err != nil {
		t.Fatal(err)
	}
	after, before := m.levers.at(agreed), m.levers.at(d.Point)
	u1, c1, _ := m.composite.Tariffs.Worth(economy.Setting{US: after.US, CN: after.CN})
	u0, c0, _ := m.composite.Tariffs.Worth(economy.Setting{US: before.US, CN: before.CN})
	sum := map[string]float64{}
	for j, r := range e.Regions {
		sum[r] = e.WelfareBn[j]
	}
	if math.Abs(sum["USA"]-(u1-u0)) > 0.5 || math.Abs(sum["CHN"]-(c1-c0)) > 0.5 {
		t.Errorf("US %v, China %v, by the surface %v, %v", sum["USA"], sum["CHN"], u1-u0, c1-c0)
	}
	if !(e.Between > 0) {
		t.Errorf("lower tariffs leave trade between the two at %+v", e.Between)
	}
	t.Logf("imports %v, exports %v, terms of trade %v, reciprocal %v", e.Imports, e.Exports, e.TermsOfTradePct, e.Reciprocal)
}
