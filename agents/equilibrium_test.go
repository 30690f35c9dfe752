package agents_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// curve is an issue of n+1 values, worth x = v/n to side 0 and f(x) to side 1.
func curve(t testing.TB, n int, f func(x float64) float64) *deal.Model {
	t.Helper()
	is := deal.Issue{Name: "pie", Now: 0}
	var tables [2][]float64
	for v := range n + 1 {
		x := float64(v) / float64(n)
		is.Values, is.Numbers = append(is.Values, fmt.Sprint(v)), append(is.Numbers, float64(v))
		tables[0], tables[1] = append(tables[0], x), append(tables[1], f(x))
	}
	s, err := deal.NewSpace([]deal.Issue{is})
	if err != nil {
		t.Fatal(err)
	}
	var p [2]deal.Profile
	for k := range p {
		p[k] = deal.Profile{Name: fmt.Sprint(k), Interests: []deal.Interest{{Name: "share", Scope: []int{0}, Table: tables[k]}}}
	}
	m, err := deal.Compile(s, p, [2]deal.Bounds{}, deal.Options{MaxPoints: n + 2})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func zeroSum(x float64) float64 { return 1 - x }

// late offers its best in the first round, whatever its player says: then the game begins anew with the
// other's offer.
type late struct {
	agents.Negotiator
	best deal.Offer
}

func (l *late) Begin(p *deal.Party, rng *rand.Rand) {
	l.best = p.Model().Space.NewOffer()
	p.Best(l.best)
	l.Negotiator.Begin(p, rng)
}

func (l *late) Respond(v *sim.View, out deal.Offer) sim.Kind {
	k := l.Negotiator.Respond(v, out)
	if v.Round == 1 {
		copy(out, l.best)
		return sim.Propose
	}
	return k
}

// meet plays two equilibrium players, side 0 opening, over alternating offers.
func meet(t testing.TB, m *deal.Model, name string, d [2]float64, rounds int32, refuse bool) sim.Result {
	t.Helper()
	set := sim.Setup{Rounds: rounds, Seed: [2]uint64{1, 2}}
	terms := deal.Terms{Weight: []float64{1}, Cost: []float64{}}
	for i := range 2 {
		n, err := agents.New(agents.Spec{Bidding: name, Params: map[string]float64{"delta": d[i], "their_delta": d[1-i]}})
		if err != nil {
			t.Fatal(err)
		}
		k := n.(agents.Knower)
		if !k.Wants() {
			t.Fatalf("%s does not ask for what it needs", name)
		}
		k.Know(&terms)
		set.Negotiator[i] = n
		if refuse && i == 0 {
			set.Negotiator[i] = &late{Negotiator: n}
		}
		set.Party[i] = m.NewParty(i)
		set.Party[i].Set(terms)
	}
	var out sim.Result
	if err := sim.NewPlain().Play(context.Background(), sim.Once(set), func(_ int, r *sim.Result) error {
		out = *r
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if out.Status != sim.Signed {
		t.Fatalf("%s at %v in %d rounds: %s, %s %s", name, d, rounds, out.Status, out.Cause, out.Err)
	}
	return out
}

// The rows rubinstein of the theory table: x1 = (1-d2)/(1-d1 d2), agreed at once.
func TestRubinstein(t *testing.T) {
	const n = 16_000 // a step of 0.00006 against 1 - delta of 0.01 and more
	m := curve(t, n, zeroSum)
	for _, c := range []struct{ d1, d2, x1 float64 }{
		{0.9, 0.9, 0.526315789473684}, {0.95, 0.9, 0.689655172413793}, {0.99, 0.95, 0.840336134453782},
	} {
		r := meet(t, m, "rubinstein", [2]float64{c.d1, c.d2}, 50, false)
		if bound := 2 / (n * (1 - c.d1*c.d2)); math.Abs(r.Utility[0]-c.x1) > bound || r.Offers != 1 {
			t.Errorf("d1 %v, d2 %v: %v in %d offers, not %v within %v in one", c.d1, c.d2, r.Utility[0], r.Offers, c.x1, bound)
		}
	}
}

// The row stahl_finite: x1(T) = (1-(-d)^T)/(1+d) for T = 1 to 6 offers, the last proposer taking all. Talks
// of R rounds have 2R-1 offers that can be accepted; an even number is what is left of them after the
// opener has made one that none would take.
func TestStahl(t *testing.T) {
	const n = 16_000
	m := curve(t, n, zeroSum)
	for k, want := range []float64{1, 0.1, 0.91, 0.181, 0.8371, 0.24661} {
		T := k + 1
		r := meet(t, m, "stahl", [2]float64{0.9, 0.9}, int32(T/2+1), T%2 == 0)
		got := r.Utility[0]
		if T%2 == 0 {
			got = r.Utility[1] // the other made the first of the T
		}
		if math.Abs(got-want) > float64(T)/n {
			t.Errorf("T = %d: %v, not %v", T, got, want)
		}
	}
	// Without impatience whoever is last has all; that is allowed where there is a last offer.
	if r := meet(t, m, "stahl", [2]float64{1, 1}, 7, false); r.Utility[0] != 1 {
		t.Errorf("the last proposer gets %v", r.Utility[0])
	}
}

// The row rubinstein_limit: as the time between offers goes to 0 the share goes to r2/(r1+r2), with
// discount rates r1 and r2; on any frontier to the Nash solution with these weights (Binmore, Rubinstein
// and Wolinsky 1986).
func TestRubinsteinLimit(t *testing.T) {
	const n = 60_000
	m := curve(t, n, zeroSum)
	last := math.Inf(1)
	for _, dt := range []float64{0.4, 0.2, 0.1, 0.05} {
		r := meet(t, m, "rubinstein", [2]float64{math.Exp(-0.2 * dt), math.Exp(-0.1 * dt)}, 5, false)
		gap := math.Abs(r.Utility[0] - 1.0/3)
		if gap > last*0.6 {
			t.Errorf("offers %v apart: %v away from 1/3, before %v", dt, gap, last)
		}
		last = gap
	}
	if last > 0.003 {
		t.Errorf("%v away from 1/3", last)
	}
	bent := curve(t, n, func(x float64) float64 { return 1 - x*x })
	d := math.Exp(-0.01)
	r := meet(t, bent, "rubinstein", [2]float64{d, d}, 5, false)
	if math.Abs(r.Utility[0]-0.577350269) > 0.005 || math.Abs(r.Utility[1]-0.666666667) > 0.005 {
		t.Errorf("on u2 = 1-u1^2: %v, not Nash's point", r.Utility)
	}
}

// The row rubinstein_grid: in steps h the outcome is unique only if h is small against 1-delta. Inductions
// that begin at offers so far off that delta should have eaten the difference lead to the two ends of
// the pie where h > 1-delta, and to one split where h is small.
func TestRubinsteinGrid(t *testing.T) {
	spread := func(n int, delta float64) float64 {
		m := curve(t, n, zeroSum)
		odd := meet(t, m, "stahl", [2]float64{delta, delta}, 1201, false) // the opener makes the last offer
		even := meet(t, m, "stahl", [2]float64{delta, delta}, 1201, true) // of the rest, the other does
		return math.Abs(odd.Utility[0] - even.Utility[1])                 // what the first proposer has
	}
	if s := spread(10, 0.99); s != 1 {
		t.Errorf("steps of 0.1 at delta 0.99: the ends lead to splits %v apart, not to all or nothing", s)
	}
	if s := spread(2000, 0.99); s > 0.05 {
		t.Errorf("steps of 0.0005 at delta 0.99: the ends lead to splits %v apart", s)
	}
	if s := spread(16000, 0.9); s > 0.001 {
		t.Errorf("steps of 0.00006 at delta 0.9: the ends lead to splits %v apart", s)
	}
}

// The rows nash_bargaining and kalai_smorodinsky, by the solver that runs use.
func TestSolutionsOnACurve(t *testing.T) {
	const n = 16_000
	m := curve(t, n, func(x float64) float64 { return 1 - x*x })
	var p [2]*deal.Party
	for k := range p {
		p[k] = m.NewParty(k)
		p[k].Set(deal.Terms{Weight: []float64{1}, Cost: []float64{}})
	}
	s, err := m.NewSolver().Solve(p[0], p[1])
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		got    [2]float64
		u1, u2 float64
	}{
		{"Nash", s.Nash.U, 0.577350269, 0.666666667},
		{"Kalai-Smorodinsky", s.KalaiSmorodinsky.U, 0.618033989, 0.618033989},
	} {
		if math.Abs(c.got[0]-c.u1) > 1.0/n || math.Abs(c.got[1]-c.u2) > 2.0/n {
			t.Errorf("%s: %v, not %v, %v", c.name, c.got, c.u1, c.u2)
		}
	}
}

// delta = 1 without a last offer is refused, and the error says why.
func TestEndlessPatience(t *testing.T) {
	_, err := agents.New(agents.Spec{Bidding: "rubinstein", Params: map[string]float64{"delta": 1}})
	if err == nil || !strings.Contains(err.Error(), "delta = 1 has no equilibrium") {
		t.Error(err)
	}
}

// Off the path each still does its best: against one that gives way the equilibrium player takes what is
// worth more than waiting, and in a last round anything.
func TestEquilibriumTakes(t *testing.T) {
	m := curve(t, 100, zeroSum)
	terms := deal.Terms{Weight: []float64{1}, Cost: []float64{}}
	n, err := agents.New(agents.Spec{Bidding: "stahl", Params: map[string]float64{"delta": 0.5, "their_delta": 0.5}})
	if err != nil {
		t.Fatal(err)
	}
	n.(agents.Knower).Know(&terms)
	p := m.NewParty(1)
	p.Set(terms)
	out := m.Space.NewOffer()
	for _, c := range []struct {
		round  int32
		offers uint16 // what the other keeps
		kind   sim.Kind
	}{{1, 40, sim.Accept}, {1, 90, sim.Propose}, {3, 99, sim.Accept}} {
		n.Begin(p, rand.New(rand.NewPCG(1, 1)))
		v := sim.View{Round: 1, Rounds: 3, Has: true, Fresh: true, Theirs: deal.Offer{100}, Space: m.Space}
		if c.round > 1 {
			n.Respond(&v, out)
		}
		v.Round, v.Theirs = c.round, deal.Offer{c.offers}
		if k := n.Respond(&v, out); k != c.kind {
			t.Errorf("round %d of 3, offered %v: %s, not %s", c.round, 1-float64(c.offers)/100, k, c.kind)
		}
	}
}

// The numbers above are those of the shared table of theory.
func TestTheoryRows(t *testing.T) {
	f, err := os.Open("../../shared/data/theory/theory.csv")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("../shared/data/theory/theory.csv is not there")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{
		"rubinstein|d1=0.9 d2=0.9|x1=0.526315789473684":                                                                                                   false,
		"rubinstein|d1=0.95 d2=0.9|x1=0.689655172413793":                                                                                                  false,
		"rubinstein|d1=0.99 d2=0.95|x1=0.840336134453782":                                                                                                 false,
		"stahl_finite|d=0.9 T=1..6 (proposer of round 1; last proposer takes all)|1;0.1;0.91;0.181;0.8371;0.24661":                                        false,
		"nash_bargaining|frontier u2=1-u1^2, d=(0,0)|u1=0.577350269;u2=0.666666667":                                                                       false,
		"kalai_smorodinsky|frontier u2=1-u1^2, d=(0,0)|u1=u2=0.618033989":                                                                                 false,
		"fearon_risk_return|p=0.5 cA=0.1 cB~U[0,0.4]|y=0.15;PrWar=0.375":                                                                                  false,
		"war_of_attrition_mixed|cost rates c1 c2; prizes V1 V2|lambda_1=c2/V2; lambda_2=c1/V1":                                                            false,
		"rubinstein_limit|r1 r2 (discount rates)|a1=r2/(r1+r2)":                                                                                           false,
		"rubinstein_grid|pie in steps of h|unique only as h -> 0 with h << 1-delta":                                                                       false,
		"chatterjee_samuelson|buyer value, seller cost U[0,1], 1/2-double auction, linear equilibrium|trade probability 9/32; gains 9/64; first best 1/6": false,
	}
	for _, r := range rows {
		if key := strings.Join(r[:3], "|"); len(r) > 2 {
			if _, ok := want[key]; ok {
				want[key] = true
			}
		}
	}
	for key, seen := range want {
		if !seen {
			t.Errorf("the table of theory has no row %s", key)
		}
	}
}
