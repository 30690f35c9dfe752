package scenario

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/parley-sim/parley/sim/economy"
)

// TestMadridWaitsForNothing: what madrid needs of the trade models ships with the program, under every
// model that it repeats its headline with, and is what they say today.
func TestMadridWaitsForNothing(t *testing.T) {
	base := madrid(t).Base.Config
	checked := map[string]bool{}
	for _, model := range append([]string{base.Economy.Tariffs}, base.Economy.Also...) {
		cfg, err := base.With("economy.tariffs=" + model)
		if err != nil {
			t.Fatal(err)
		}
		solved := ""
		m, err := Compile(context.Background(), cfg, Options{Cache: "-", Progress: func(done, total int) { solved = fmt.Sprintf("%d of %d", done, total) }})
		if err != nil {
			t.Fatal(err)
		}
		if solved != "" && model != "linear" {
			t.Errorf("%s: %s surfaces had to be solved; run go run ./internal/surfacedata", model, solved)
		}
		c := m.Composite()
		for _, s := range []*economy.Surface{c.Tariffs, c.Farm, c.Inputs} {
			if what := fmt.Sprint(s.Part, s.Grid); checked[what] || s.Part.Model == "linear" {
				continue
			} else {
				checked[what] = true
			}
			var corner economy.Grid
			for d, a := range s.Grid {
				corner[d] = economy.Axis{a[len(a)/2]}
			}
			fresh, err := economy.Build(context.Background(), s.Part, corner, economy.BuildOptions{Anew: true})
			if err != nil {
				t.Fatal(err)
			}
			at := economy.Setting{US: corner[0][0], CN: corner[1][0], Farm: corner[2][0], Relief: corner[3][0]}
			u0, c0, err0 := s.Worth(at)
			u1, c1, err1 := fresh.Worth(at)
			if err0 != nil || err1 != nil || math.Abs(u0-u1)+math.Abs(c0-c1) > 1e-4 {
				t.Errorf("%s at %+v: shipped %v, %v (%v), solved %v, %v (%v); run go run ./internal/surfacedata", s.Part.Model, at, u0, c0, err0, u1, c1, err1)
			}
		}
	}
}
