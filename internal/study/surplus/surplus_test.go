package surplus

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/sim/deal"
)

func model(t testing.TB, text string) *scenario.Model {
	t.Helper()
	cfg, err := config.Parse("t.toml", []byte(text), config.Options{Known: scenario.Known()})
	if err != nil {
		t.Fatal(err)
	}
	m, err := scenario.Compile(context.Background(), cfg, scenario.Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// pie: a trade worth 10 to the buyer and -4 to the seller at price 0, a price of 0 to 10, and a line of
// the seller's against the extra, worth 3 to the buyer.
const pie = `
worth = "usd_bn_year"
[issue]
trade = { label = "a", choices = ["no", "yes"], now = "no" }
extra = { label = "b", choices = ["no", "yes"], now = "no" }
price = { label = "c", range = [0, 10], step = 1, now = 0 }
[party.buyer]
interest.trade = { weight = 10, times = { trade = { no = 0, yes = 1 } } }
interest.extra = { weight = 3, times = { extra = { no = 0, yes = 1 } } }
interest.price = { weight = -10, times = { price = { linear = [0, 1] } } }
cost_of_delay = 0.5
[party.seller]
interest.trade = { weight = -4, times = { trade = { no = 0, yes = 1 } } }
interest.price = { weight = 10, times = { price = { linear = [0, 1] } } }
red_line.extra = { never = "extra = yes" }
[clock]
rounds = 10
`

// TestAccount: by hand. 9 are possible without the line, 6 with it, and nothing is hidden.
func TestAccount(t *testing.T) {
	m := model(t, pie)
	nan := [2]float64{math.NaN(), math.NaN()}
	rows := []Row{
		{Replication: 0, Worth: [2]float64{-1, 0}, Realised: nan},                                                             // no deal, after two weeks
		{Replication: 1, Offer: deal.Offer{1, 0, 7}, Agreed: true, Worth: [2]float64{2, 3}, Realised: [2]float64{1, 1.5}},     // signed, 1 lost by talking, half of the rest delivered
		{Replication: 2, Offer: deal.Offer{1, 0, 7}, Agreed: false, Worth: [2]float64{-1, 0}, Realised: nan},                  // refused
		{Replication: 3, Offer: deal.Offer{0, 0, 2}, Agreed: true, Worth: [2]float64{-2.5, 2}, Realised: [2]float64{-2.5, 2}}, // a deal worth nothing together
	}
	a, err := Make(context.Background(), m, 1, rows)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{
		"red_lines.seller": -3, "private": 0, "not_found": -6.0 / 4, "left": -6.0 / 4, "refused": -6.0 / 4,
		"talks": (-1 - 1 - 1 - 0.5) / 4, "delivery": -2.5 / 4,
	}
	if a.Start.Mean != 9 || math.Abs(a.End.Mean-(-1+2.5-1-0.5)/4) > 1e-12 {
		t.Errorf("from %v to %v", a.Start.Mean, a.End.Mean)
	}
	for _, st := range a.Steps {
		if math.Abs(st.By.Mean-want[st.Key]) > 1e-12 {
			t.Errorf("%s: %v, want %v", st.Key, st.By.Mean, want[st.Key])
		}
		delete(want, st.Key)
	}
	if len(want) > 0 {
		t.Errorf("no step for %v", want)
	}
	sums(t, a)
	if err := a.Figure(m, chart.Made{}).Check(); err != nil {
		t.Error(err)
	}
	if _, err := Make(context.Background(), m, 1, nil); err == nil {
		t.Error("no runs were accounted for")
	}
}

// sums: the parts are the whole.
func sums(t *testing.T, a *Account) {
	t.Helper()
	t.Logf("private types leave %.4f +- %.4f", a.Private.Share, a.Private.Error)
	sum := a.Start.Mean
	for _, st := range a.Steps {
		sum += st.By.Mean
	}
	if math.Abs(sum-a.End.Mean) > 1e-9 {
		t.Errorf("the steps lead from %v to %v, not to %v", a.Start.Mean, sum, a.End.Mean)
	}
}

// TestMadridSums: on madrid's own draws, with the Nash solution signed in each.
func TestMadridSums(t *testing.T) {
	cfg, _, err := scenario.Load("madrid", nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := scenario.Compile(context.Background(), cfg, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	for k := range uint64(20) {
		f, err := m.Frontier(7, k)
		if err != nil {
			t.Fatal(err)
		}
		r := Row{Replication: k, Agreed: true, Realised: [2]float64{math.NaN(), math.NaN()}}
		if f.Solutions.ZOPA {
			r.Offer = slices.Clone(f.Solutions.Nash.Outcome)
			for s := range r.Worth {
				r.Worth[s] = f.Solutions.Nash.U[s] - f.NoDeal[s]
			}
		}
		rows = append(rows, r)
	}
	a, err := Make(context.Background(), m, 7, rows)
	if err != nil {
		t.Fatal(err)
	}
	sums(t, a)
	for _, st := range a.Steps {
		if st.By.Mean > 1e-9 && st.Key != "left" {
			t.Errorf("%s gains %v", st.Key, st.By.Mean)
		}
	}
	if !(a.Private.Share > 0 && a.Private.Share <= 1) {
		t.Errorf("private types leave %v", a.Private.Share)
	}
	again, err := Private(context.Background(), m, 7)
	if err != nil || again != a.Private {
		t.Errorf("%+v, then %+v, %v", a.Private, again, err)
	}
}

// TestPrivate: a buyer and a seller with uniform values lose by hiding them (27/32 is left with very
// many types; with a handful drawn at random, somewhat more).
func TestPrivate(t *testing.T) {
	m := model(t, `
worth = "usd_bn_year"
[issue]
trade = { label = "a", choices = ["no", "yes"], now = "no" }
[party.buyer]
interest.trade = { weight = { uniform = [0, 1] }, times = { trade = { no = 0, yes = 1 } } }
[party.seller]
interest.trade = { weight = { uniform = [-1, 0] }, times = { trade = { no = 0, yes = 1 } } }
[clock]
rounds = 10
`)
	s, err := Private(context.Background(), m, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !(s.Share > 27.0/32 && s.Share < 0.99) || !(s.Error > 0 && s.Error < 0.1) {
		t.Errorf("%+v", s)
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct{ total, most uint64 }{{10, 20}, {100, 7}, {1000, 400}, {401, 400}, {5, 1}} {
		n, last := uint64(0), uint64(0)
		for k := uint64(0); k < c.total; k = place(k, c.total, c.most) {
			n, last = n+1, k
		}
		if want := min(c.total, c.most); n != want {
			t.Errorf("%d of %d: %d places, the last %d", c.most, c.total, n, last)
		}
	}
}
