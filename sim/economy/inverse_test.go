package economy

import (
	"context"
	"math"
	"testing"
)

// TestInverseRecovers: tariffs chosen with a known worth of revenue, or of leverage, give it back,
// and the identified set holds it.
func TestInverseRecovers(t *testing.T) {
	ctx := context.Background()
	m := ossa(t)
	for _, aim := range []Aim{{Revenue: 0.2}, {Leverage: 0.4}, {Revenue: 0.1, Leverage: 0.2}} {
		r := Rules{Players: []Player{{"us", aim}, {"china", Aim{}}}, Form: Uniform, Among: true}
		o, err := newGame(t, m, r).BestResponse(ctx, "us", nil)
		if err != nil {
			t.Fatal(err)
		}
		f, err := newGame(t, m, r).Inverse(ctx, "us", o.Tariffs, 0.005)
		if err != nil {
			t.Fatal(err)
		}
		if aim.Leverage == 0 {
			near(t, "revenue alone", f.RevenueAlone, aim.Revenue, 1e-3)
			near(t, "regret", f.RegretRevenue, 0, 1e-4)
		}
		if aim.Revenue == 0 {
			near(t, "leverage alone", f.LeverageAlone, aim.Leverage, 1e-3)
			near(t, "regret", f.RegretLeverage, 0, 1e-4)
		}
		c := f.Margins[0]
		near(t, "the true aim is on the line", c.Welfare+aim.Revenue*c.Revenue+aim.Leverage*c.Leverage, 0, 1e-4)
		if aim.Revenue < f.Revenue.Lo || aim.Revenue > f.Revenue.Hi || aim.Leverage < f.Leverage.Lo || aim.Leverage > f.Leverage.Hi {
			t.Errorf("%+v is outside of %+v, %+v", aim, f.Revenue, f.Leverage)
		}
		if f.Pure <= 0 {
			t.Errorf("%+v: welfare was %v from its best", aim, f.Pure)
		}
	}
}

// TestInverseSays: a tariff below the best for plain welfare fits no such aim; 51.1% needs one.
func TestInverseSays(t *testing.T) {
	ctx := context.Background()
	g := newGame(t, ossa(t), Rules{Players: []Player{{Region: "us"}, {Region: "china"}}, Form: Uniform, Among: true})
	at := append([]float64(nil), g.base...)
	l := g.mine(0)[0]
	g.set(l, at, 0.05)
	f, err := g.Inverse(ctx, "us", at, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Revenue.Empty() || !f.Leverage.Empty() || !math.IsNaN(f.RevenueAlone) {
		t.Errorf("5%% was explained: %+v", f)
	}
	g.set(l, at, 0.511)
	if f, err = g.Inverse(ctx, "us", at, 0.05); err != nil {
		t.Fatal(err)
	}
	if f.Leverage.Empty() || !(f.LeverageAlone > 0) {
		t.Errorf("51.1%% was not explained by leverage: %+v", f)
	}
	t.Logf("51.1%% in Ossa's model: %+v", f)
}

func TestConsistent(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		m        Margin
		rev, lev Interval
	}{
		{Margin{Welfare: -1, Revenue: 2, Leverage: 4}, Interval{0, 0.5}, Interval{0, 0.25}},
		{Margin{Welfare: -1, Revenue: -2, Leverage: 4}, Interval{0, inf}, Interval{0.25, inf}},
		{Margin{Welfare: 1, Revenue: -2, Leverage: 4}, Interval{0.5, inf}, Interval{0, inf}},
		{Margin{Welfare: -1, Revenue: 0, Leverage: 4}, Interval{0, inf}, Interval{0.25, 0.25}},
	} {
		rev, lev := consistent(c.m)
		if rev != c.rev || lev != c.lev {
			t.Errorf("%+v: %v, %v, want %v, %v", c.m, rev, lev, c.rev, c.lev)
		}
	}
	if rev, lev := consistent(Margin{Welfare: 1, Revenue: 2, Leverage: 4}); !rev.Empty() || !lev.Empty() {
		t.Errorf("a margin that all motives push the same way: %v, %v", rev, lev)
	}
}
