package agents

import (
	"math"
	"testing"

	"github.com/parley-sim/parley/sim/deal"
)

// twoTypes are a space of two issues and two types of side 1: one cares for the first issue, one for the second
// and would never sign its lowest value.
func twoTypes(t *testing.T) (*deal.Model, []deal.Terms) {
	t.Helper()
	is := func(name string) deal.Issue {
		return deal.Issue{Name: name, Values: []string{"0", "1", "2"}, Numbers: []float64{0, 1, 2}, Now: 0}
	}
	s, err := deal.NewSpace([]deal.Issue{is("a"), is("b")})
	if err != nil {
		t.Fatal(err)
	}
	p := func() deal.Profile {
		return deal.Profile{
			Interests: []deal.Interest{{Name: "a", Scope: []int{0}, Table: []float64{0, 0.5, 1}}, {Name: "b", Scope: []int{1}, Table: []float64{0, 0.5, 1}}},
			Lines:     []deal.Line{{Name: "low", Scope: []int{1}, Broken: []bool{true, false, false}}},
		}
	}
	m, err := deal.Compile(s, [2]deal.Profile{p(), p()}, [2]deal.Bounds{}, deal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m, []deal.Terms{
		{Weight: []float64{1, 0}, Cost: []float64{0}},
		{Weight: []float64{0, 1}, Cost: []float64{math.Inf(1)}, NoDeal: 0.2},
	}
}

// Bayes' rule by hand: an offer of (2, 1) at t = 0.4, where 0.6 is expected. The first type has all of it, the
// second (0.5-0.5)/(1-0.5) = 0: it can sign nothing worth less than 0.5, so that is its no deal.
func TestTypesLearn(t *testing.T) {
	m, list := twoTypes(t)
	x := &types{count: 2, give: 1, sigma: 0.25}
	x.suppose(m, 1, list)
	x.begin(m.Space)
	x.hear(deal.Offer{2, 1}, 0.4)
	a, b := math.Exp(-(1-0.6)*(1-0.6)/(2*0.0625)), math.Exp(-0.6*0.6/(2*0.0625))
	if got := x.b.At(0); math.Abs(got-a/(a+b)) > 1e-12 {
		t.Errorf("the first type is believed with %v, not %v", got, a/(a+b))
	}
	// What it would never sign it cannot have offered.
	x.hear(deal.Offer{0, 0}, 0.5)
	if got := x.b.At(0); got != 1 {
		t.Errorf("the first type is believed with %v after what the second cannot offer", got)
	}
	// The estimate is that of the type that is left: the first issue, and only that.
	e := x.estimate()
	if e.row[0][0]-e.row[0][2] != -1 || e.row[1][0] != e.row[1][2] {
		t.Errorf("the estimate %v", e.row)
	}
	x.begin(m.Space)
	if x.b.At(0) != 0.5 {
		t.Error("the next session begins with what the last has taught")
	}
}
