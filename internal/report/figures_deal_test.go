package report

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/analysis/rowtest"
	"github.com/parley-sim/parley/internal/chart"
)

// TestDealFigures: what the trade models and delivery say is drawn, with the summary's numbers.
func TestDealFigures(t *testing.T) {
	s, b := sumUp(t, rowtest.Options{}, 5_000)
	b.Horizon, b.Records = 10, map[string]float64{"2016, the best year": 57, "first half of 2025": 2.1}
	b.Issues[0].Key, b.Issues[1].Key = "us_tariff", "investment"
	s.Terms[0].Key, s.Terms[1].Key = "us_tariff", "investment"
	s.Parallel.Issues = []string{"us_tariff", "investment", "control"}
	s.Parallel.Issues[1] = "cn_tariff" // a stand-in for the second tariff
	quantity := func(key string, lo, mid, hi float64) analysis.Quantity {
		return analysis.Quantity{Key: key, Spread: analysis.Spread{N: 100, Lo: lo, Middle: mid, Hi: hi}, Density: []analysis.Density{{At: mid, Share: 1}}}
	}
	s.Delivery = []analysis.Quantity{quantity("delivery.announced", 100, 500, 900), quantity("delivery.cleared", 40, 251, 700), quantity("delivery.built", 0, 61, 200)}
	s.Interests = []analysis.Quantity{quantity("part.us.trade", 1, 20, 30), quantity("part.china.trade", 2, 40, 50)}
	s.Interests[0].Party, s.Interests[0].Label = "us", "trade"
	s.Interests[1].Party, s.Interests[1].Label = "china", "trade"
	s.Interests = append(s.Interests, quantity("part.us.plants", 0, 1, 2))
	s.Interests[2].Party, s.Interests[2].Label = "us", "plants"
	flat := [][]float64{{1, 2}, {3, 4}}
	models := []ModelAnswer{
		{Name: "a", Runs: 5000, Success: 0.3, Terms: map[string]float64{"us_tariff": 30}, Worth: []float64{10, 20}},
		{Name: "b", Runs: 2000, Success: 0.1, Terms: map[string]float64{"us_tariff": 20}, Worth: []float64{5, 25}},
	}
	figs := Figures(s, b, Drawing{
		Seed: 1, Models: models,
		Tariffs: &Tariffs{
			Issues:   [2]string{"us_tariff", "cn_tariff"},
			Contours: chart.Contours{Model: "a", Xs: []float64{0, 60}, Ys: []float64{0, 1000}, Worth: [2][][]float64{flat, flat}},
			Reaction: chart.Reaction{Model: "a", First: []chart.Answered{{At: 0, To: 9}, {At: 50, To: 9}}, Second: []chart.Answered{{At: 0, To: 13}, {At: 50, To: 14}}},
		},
	})
	var names []string
	byName := map[string]chart.Figure{}
	for _, f := range figs {
		names = append(names, f.Name())
		byName[f.Name()] = f
		for _, size := range []chart.Size{chart.Wide, chart.Narrow} {
			if _, err := chart.SVG(f, chart.Style{Size: size}); err != nil {
				t.Errorf("%s: %v", f.Name(), err)
			}
		}
	}
	// In the order of the gallery.
	want := []string{"funnel", "deal", "tornado", "endings", "contours", "delivery", "levers", "models", "interests", "gains", "reaction"}
	if got := slices.DeleteFunc(names, func(n string) bool { return !slices.Contains(want, n) }); !slices.Equal(got, want) {
		t.Fatalf("figures %v, want %v", got, want)
	}
	d := byName["delivery"].(*chart.Delivery)
	if d.Stages[1].Mid != 251 || d.Stages[2].Label != "Built by 2035" || d.Annual == nil || d.Annual.Mid != 6.1 || len(d.Annual.Marks) != 2 || d.Annual.Marks[0].At != 2.1 {
		t.Errorf("delivery: %+v, annual %+v", d.Stages, d.Annual)
	}
	if in := byName["interests"].(*chart.Interests); len(in.Bars) != 3 || in.Bars[0].Mid != 20 || in.Bars[1].Side != chart.SecondSide {
		t.Errorf("interests: %+v", byName["interests"])
	}
	if m := byName["models"].(*chart.Models); m.Rows[0].Values[1] != 10 || len(m.Names) != 2 || m.Runs != 2000 {
		t.Errorf("models: %+v", m)
	}
	p := Build(s, b, Run{Drawing: Drawing{Models: models}})
	terms := ""
	for _, span := range p.Said.Sentences[1] {
		terms += span.Text
	}
	if !strings.Contains(terms, "; of what is announced, $61bn is built by 2035.") {
		t.Errorf("the answer does not say what is built: %q", terms)
	}
	said := ""
	for _, span := range p.Said.Sentences[0] {
		said += span.Text
	}
	if !strings.Contains(said, "); over the trade models it is 10 (b) to 30 of 100 (a).") {
		t.Errorf("the answer does not give the range over models: %q", said)
	}
	if !slices.ContainsFunc(p.Tables, func(t Table) bool { return strings.Contains(t.Note, "5 (b) to 10 (a) $bn a year to the United States") }) {
		t.Errorf("no table says where the models disagree: %+v", p.Tables)
	}
}

func TestBriefLabels(t *testing.T) {
	for label, want := range map[string]string{
		"China's tariff on US goods, farm apart": "China's tariff on US goods", "Announced Chinese investment in the US": "Announced Chinese investment",
		"Extra Chinese purchases of US goods": "Extra Chinese purchases", "US tariff": "US tariff",
	} {
		if got := brief(label); got != want {
			t.Errorf("%q: %q, want %q", label, got, want)
		}
	}
}

func TestSig2(t *testing.T) {
	for v, want := range map[float64]float64{39.1: 39, 3.912: 3.9, 998.2: 998, 0.0123: 0.012, -5.96: -6, 0: 0} {
		if got := sig2(v); math.Abs(got-want) > 1e-12 {
			t.Errorf("%v: %v, want %v", v, got, want)
		}
	}
}
