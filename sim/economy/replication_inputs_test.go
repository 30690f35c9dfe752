package economy

import (
	"context"
	"testing"

	"github.com/parley-sim/parley/sim/economy/cp1993"
	"github.com/parley-sim/parley/sim/economy/jmwz2017"
	"github.com/parley-sim/parley/sim/economy/trade"
)

func naftaRows(t *testing.T) []figure {
	const name = "cp1993"
	m, err := cp1993.Open()
	if err != nil {
		t.Fatal(err)
	}
	s, err := m.Solution(context.Background(), m.NAFTA(), nil)
	if err != nil {
		t.Fatal(err)
	}
	members := []string{"MEX", "USA", "CAN"}
	bloc, err := m.Bloc(s, members)
	if err != nil {
		t.Fatal(err)
	}
	first, exact := m.FirstOrder(s), s.Result().WelfarePct
	in := m.Info()
	var f, x []float64
	for _, r := range members {
		n, err := in.Region(r)
		if err != nil {
			t.Fatal(err)
		}
		f, x = append(f, first[n]), append(x, exact[n])
	}
	return []figure{
		{
			model: name, what: "NAFTA, published first-order welfare: Mexico, US, Canada, %", published: []float64{1.31, 0.08, -0.06},
			recomputed: []float64{1.312, 0.085, -0.064}, ours: f, within: []float64{0.0005}, digits: 3,
		},
		{
			model: name, what: "NAFTA, exact real income: Mexico, US, Canada, %",
			recomputed: []float64{0.007, 0.074, -0.110}, ours: x, within: []float64{0.0005}, digits: 3,
		},
		{
			model: name, what: "NAFTA, trade in the bloc: Mexico, US, Canada, %", published: []float64{118, 41, 11},
			recomputed: []float64{118.3, 40.5, 11.1}, ours: bloc, within: []float64{0.05}, digits: 1,
		},
	}
}

func inputRows(t *testing.T) []figure {
	open := func(closure string) *jmwz2017.Model {
		m, err := jmwz2017.Open(closure)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	fixed := open(jmwz2017.Fixed)
	in := fixed.Info()
	us, err := in.Region("us")
	if err != nil {
		t.Fatal(err)
	}
	china, err := in.Region("china")
	if err != nil {
		t.Fatal(err)
	}
	var rows []figure
	for _, c := range []struct {
		closure, what string
		war           trade.Schedule
		us, cn        float64
		within        []float64
		digits        int
	}{
		{jmwz2017.Fixed, "the US alone", fixed.War(false, 0, 0), -0.0551, -0.1871, []float64{5e-5}, 4},
		{jmwz2017.Fixed, "with retaliation", fixed.War(true, 0, 0), -0.0723, -0.1940, []float64{5e-5}, 4},
		{jmwz2017.Fixed, "the US alone, inputs exempt", fixed.War(false, 1, 0), -0.0353, -0.0986, []float64{5e-5}, 4},
		{jmwz2017.Fixed, "the US alone, final goods exempt", fixed.War(false, 0, 1), -0.0201, -0.0852, []float64{5e-5}, 4},
		{jmwz2017.Fixed, "with retaliation, inputs exempt", fixed.War(true, 1, 0), -0.0528, -0.1059, []float64{5e-5}, 4},
		{jmwz2017.Fixed, "with retaliation, half relief on inputs", fixed.War(true, 0.5, 0), -0.0521, -0.1620, []float64{5e-5}, 4},
		// The one number not met to its last digit; see TestRecomputed in package jmwz2017.
		{jmwz2017.Scale, "the US alone", fixed.War(false, 0, 0), 0.040, -0.996, []float64{5e-4, 5.5e-4}, 3},
		{jmwz2017.Scale, "with retaliation", fixed.War(true, 0, 0), -0.031, -0.974, []float64{5e-4}, 3},
	} {
		r, err := open(c.closure).Solve(context.Background(), c.war, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, figure{
			model: "jmwz2017, " + c.closure, what: "tariffs of 2018-19, " + c.what + ": welfare of the US, China, %",
			recomputed: []float64{c.us, c.cn}, ours: []float64{r.WelfarePct[us], r.WelfarePct[china]}, within: c.within, digits: c.digits,
		})
	}
	return rows
}
