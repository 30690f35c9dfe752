package economy

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim/economy/linear"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// twin is the linear model with two equal countries, and no trade in farm goods or inputs.
func twin(t testing.TB) *linear.Model {
	p := linear.Default()
	p.USExports, p.FarmExports, p.CNTariff, p.CNIncome, p.InputShare = p.USImports, 0, p.USTariff, p.USIncome, 0
	m, err := linear.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// free is free trade between the two.
var free = trade.Schedule{
	{Importer: "us", Exporter: "china", Sector: "*", Op: trade.Set},
	{Importer: "china", Exporter: "us", Sector: "*", Op: trade.Set},
}

func duel(t testing.TB, m trade.Model, aim Aim) *Game {
	return newGame(t, m, Rules{
		Players: []Player{{"us", aim}, {"china", aim}}, Form: Uniform, Among: true, Base: free,
	})
}

// TestDuel holds the searches, by differences, to the closed forms of the linear model: best and
// Nash tariffs 1/(eta(1+theta)), critical discount factor (1+theta)/(2+theta), theta = 1/5.
func TestDuel(t *testing.T) {
	ctx := context.Background()
	m := twin(t)
	g := duel(t, m, Aim{})
	h, err := g.Enforce(ctx, nil, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	for p := range 2 {
		near(t, "Nash", h.War.Chosen[p][0], m.Optimum(), 1e-5)
		near(t, "breaking", h.Broken[p].Chosen[p][0], m.Optimum(), 1e-5)
		near(t, "critical discount factor", h.Critical[p], 1.2/2.2, 1e-3)
	}
	if !h.SelfEnforcing() || !h.Feasible {
		t.Errorf("free trade does not hold at 0.9: %+v", h)
	}
	bargain, err := g.NashInNash(ctx, h.War.Tariffs)
	if err != nil {
		t.Fatal(err)
	}
	talks, err := g.Talks(ctx, h.War.Tariffs)
	if err != nil {
		t.Fatal(err)
	}
	for p := range 2 {
		near(t, "bargained", bargain.Chosen[p][0], 0, 1e-5)
		near(t, "equal gains", talks.Chosen[p][0], 0, 1e-5)
	}
}

// TestAims: a worth of revenue raises the best tariff, and so does leverage. In the linear model
// revenue is M t(1-kt): the best tariff solves theta + rho = t k (1 + theta + 2 rho), leverage adds
// its multiple of theta - theta k t (TestDuel's M and k cancel).
func TestAims(t *testing.T) {
	const theta, k = 0.2, 0.8
	m := twin(t)
	for _, c := range []struct{ revenue, leverage float64 }{{0, 0}, {0.3, 0}, {0, 0.5}, {0.1, 0.2}} {
		g := duel(t, m, Aim{Revenue: c.revenue, Leverage: c.leverage})
		o, err := g.BestResponse(context.Background(), "us", nil)
		if err != nil {
			t.Fatal(err)
		}
		want := (theta + c.revenue + c.leverage*theta) / (k * (1 + theta + 2*c.revenue + c.leverage*theta))
		near(t, "best tariff", o.Chosen[0][0], want, 2e-3) // welfare in logs, not levels
	}
}

// TestStage: the linear tariff game of Bagwell & Staiger with endowments 0.1 and 0.5: free trade
// 0.51, breaking 31/60, war 91/180; 3/5, and after Friedman (1971) for T years of punishment.
func TestStage(t *testing.T) {
	s := Stage{Keep: 0.51, Break: 31.0 / 60, Punish: 91.0 / 180}
	near(t, "for ever", s.Critical(), 0.6, 1e-12)
	for years, want := range map[int]float64{2: 0.822876, 3: 0.691414, 5: 0.623501, 400: 0.6} {
		near(t, "years", s.CriticalYears(years), want, 1e-6)
	}
	if x := s.CriticalYears(1); !math.IsInf(x, 1) {
		t.Errorf("one year of punishment: %v, want none", x)
	}
	near(t, "no shortfall at the critical factor", s.Shortfall(0.6), 0, 1e-15)
	paid := Stage{Keep: s.Keep + s.Shortfall(0.3), Break: s.Break, Punish: s.Punish}
	near(t, "the shortfall makes it critical", paid.Critical(), 0.3, 1e-12)
	if x := (Stage{Keep: 1, Break: 2, Punish: 2}).Critical(); !math.IsInf(x, 1) {
		t.Errorf("a war as good as breaking: %v, want none", x)
	}
	if x := (Stage{Keep: 2, Break: 2, Punish: 3}).Critical(); x != 0 {
		t.Errorf("nothing to gain: %v, want 0", x)
	}
}

// TestOssaHolding: on Ossa's base, pure welfare, no discount factor below 1 keeps the US (1.30).
func TestOssaHolding(t *testing.T) {
	g := newGame(t, ossa(t), Rules{Players: []Player{{Region: "us"}, {Region: "china"}}, Form: Uniform, Among: true})
	h, err := g.Enforce(context.Background(), nil, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "critical discount factor of the US", h.Critical[0], 1.30, 0.005)
	if h.SelfEnforcing() || h.Transfer[0] <= 0 {
		t.Errorf("the US keeps the deal unpaid: %+v", h)
	}
	if !h.Feasible {
		t.Error("China's slack does not cover what the US must get")
	}
}

// TestOssaNashInNash: the US and China bargain from their war: both gain on it, by more in product
// than at equal gains.
func TestOssaNashInNash(t *testing.T) {
	ctx := context.Background()
	g := newGame(t, ossa(t), Rules{Players: []Player{{Region: "us"}, {Region: "china"}}, Form: Uniform, Among: true})
	war, err := g.Nash(ctx)
	if err != nil {
		t.Fatal(err)
	}
	b, err := g.NashInNash(ctx, war.Tariffs)
	if err != nil {
		t.Fatal(err)
	}
	e, err := g.Talks(ctx, war.Tariffs)
	if err != nil {
		t.Fatal(err)
	}
	product := func(o *Outcome) float64 {
		return (o.Worth[0] - war.Worth[0]) * (o.Worth[1] - war.Worth[1])
	}
	if !(b.Worth[0] > war.Worth[0] && b.Worth[1] > war.Worth[1] && product(b) >= product(e)-1e-9) {
		t.Errorf("war %v, bargained %v, equal gains %v", war.Worth, b.Worth, e.Worth)
	}
}

// TestEffects: a US-China truce in Ossa's model diverts trade from others, and the two definitions
// of reciprocity agree: equal changes of trade mean unchanged terms of trade.
func TestEffects(t *testing.T) {
	ctx := context.Background()
	m := ossa(t)
	war := trade.Schedule{
		{Importer: "us", Exporter: "china", Op: trade.Add, Value: 0.4},
		{Importer: "china", Exporter: "us", Op: trade.Add, Value: 0.3},
	}
	e, err := Compare(ctx, m, war, nil, "us", "china")
	if err != nil {
		t.Fatal(err)
	}
	if e.Between <= 0 {
		t.Errorf("trade between the two changes by %v", e.Between)
	}
	others := 0.0
	for _, d := range e.Diverted {
		others += d
	}
	if others >= 0 {
		t.Errorf("others export %v more to the two after their truce", others)
	}
	for k := range 2 {
		if math.Signbit(e.TermsOfTradePct[k]) != math.Signbit(e.Imports[k]-e.Exports[k]) {
			t.Errorf("%s: terms of trade %v%%, imports %v, exports %v", e.Names[k], e.TermsOfTradePct[k], e.Imports[k], e.Exports[k])
		}
	}
	twins, err := Compare(ctx, twin(t), nil, free, "us", "china")
	if err != nil {
		t.Fatal(err)
	}
	if !twins.Reciprocal || math.Abs(twins.TermsOfTradePct[0]) > 1e-9 || math.Abs(twins.Concession[0]-1) > 1e-9 {
		t.Errorf("equal cuts between twins: %+v", twins.Reciprocity)
	}
}

func TestGameRefuses(t *testing.T) {
	m := ossa(t)
	for says, r := range map[string]Rules{
		"at least one":    {},
		`unknown region`:  {Players: []Player{{Region: "Mars"}}},
		"same government": {Players: []Player{{Region: "us"}, {Region: "US"}}},
		"at least two":    {Players: []Player{{Region: "us"}}, Among: true},
		"not a range":     {Players: []Player{{Region: "us"}}, Least: 2, Most: 1},
		"worth of rev":    {Players: []Player{{Region: "us", Aim: Aim{Revenue: -1}}}},
		"33 sectors":      {Players: []Player{{Region: "us", Aim: Aim{Weights: []float64{1}}}}},
		"unknown sector":  {Players: []Player{{Region: "us"}}, Caps: []Cap{{"us", "zzz", 1}}},
	} {
		if _, err := NewGame(context.Background(), m, r); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v, want %q", r, err, says)
		}
	}
	g := duel(t, twin(t), Aim{})
	if _, err := g.Enforce(context.Background(), nil, 1); err == nil {
		t.Error("discount factor 1 was accepted")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	big := newGame(t, m, Rules{Players: everybody(m, true), Form: Sectors})
	if _, err := big.Nash(ctx); err == nil {
		t.Error("a cancelled search ended well")
	}
}

func TestOpen(t *testing.T) {
	for _, name := range Names() {
		m, err := Open(name, "")
		if err != nil {
			t.Fatal(err)
		}
		in := m.Info()
		if in.Name != name || len(in.Regions) == 0 {
			t.Errorf("%s: %+v", name, in)
		}
		for _, r := range []string{"us", "china"} {
			if _, err := in.Region(r); err != nil && name != "cp1993" {
				t.Error(err)
			}
		}
	}
	for _, c := range []struct{ name, closure, says string }{
		{"osa2014", "", `did you mean "ossa2014"`},
		{"gtap", "", "there are"},
		{"linear", "lump_sum", "one way only"},
	} {
		if _, err := Open(c.name, c.closure); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s, %s: %v, want %q", c.name, c.closure, err, c.says)
		}
	}
	if _, err := Open("linear", "", Param{"demnd", 1}); err == nil || !strings.Contains(err.Error(), "demand") {
		t.Errorf("an unknown parameter: %v", err)
	}
	if m, err := Open("linear", "", Param{"supply", 9}); err != nil || m.(*linear.Model).Params().Supply != 9 {
		t.Errorf("a parameter was not set: %v", err)
	}
}

// TestReaction: in the linear model the best tariff does not depend on the other's; in Ossa's the
// curves cross at the Nash tariffs.
func TestReaction(t *testing.T) {
	ctx := context.Background()
	m := twin(t)
	flat, err := duel(t, m, Aim{}).Reaction(ctx, "us", "china", []float64{0, 0.2, 0.5})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range flat {
		near(t, "reaction", x, m.Optimum(), 1e-5)
	}
	g := newGame(t, ossa(t), Rules{Players: []Player{{Region: "us"}, {Region: "china"}}, Form: Uniform, Among: true})
	o, err := g.Nash(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for p, name := range []string{"us", "china"} {
		other := []string{"china", "us"}[p]
		x, err := g.Reaction(ctx, name, other, []float64{o.Chosen[1-p][0]})
		if err != nil {
			t.Fatal(err)
		}
		near(t, name+" at the Nash tariff", x[0], o.Chosen[p][0], 1e-5)
	}
}

func TestColumns(t *testing.T) {
	r, err := ossa(t).Solve(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range Columns(r) {
		names = append(names, c.Name)
		if len(c.Values) != len(r.Regions) {
			t.Errorf("%s has %d values for %d regions", c.Name, len(c.Values), len(r.Regions))
		}
	}
	want := "welfare_pct welfare_bn price_pct wage_pct exports_pct imports_pct revenue_bn government_pct profits_pct"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("columns %q, want %q", got, want)
	}
}
