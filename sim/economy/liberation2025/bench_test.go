package liberation2025

import (
	"context"
	"testing"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// A schedule after a neighbour, as payoff surfaces ask: the target is 50 ms on one core (70 ms in
// the numpy solver of the note that came with the data).
func BenchmarkSolveWarm(b *testing.B) {
	m := model(b, IncomeTax)
	w := &trade.Warm{}
	solve(b, m, both("us", "china", 0.4, 0.3), w)
	rates := []float64{0.40, 0.42, 0.45, 0.475, 0.45, 0.42}
	steps := 0
	for k := range b.N {
		r := solve(b, m, both("us", "china", rates[k%len(rates)], 0.3), w)
		steps += r.Steps
	}
	b.ReportMetric(float64(steps)/float64(b.N), "steps/op")
}

func BenchmarkSolveCold(b *testing.B) {
	m := model(b, IncomeTax)
	for range b.N {
		solve(b, m, m.Announced(), nil)
	}
}

// The whole grid of 400 tariff pairs, warm along rows, on one core.
func BenchmarkSurface(b *testing.B) {
	m := model(b, IncomeTax)
	for range b.N {
		w := &trade.Warm{}
		for i := range 20 {
			for j := range 20 {
				solve(b, m, both("us", "china", 0.075*float64(i), 0.07*float64(j)), w)
			}
		}
	}
}

func BenchmarkGradient(b *testing.B) {
	m := model(b, IncomeTax)
	p, err := m.NewPoint(nil)
	if err != nil {
		b.Fatal(err)
	}
	t := make([]float64, m.n*m.n)
	t[33*m.n+m.us], t[m.us*m.n+33] = 0.4, 0.3
	if err := p.Solve(context.Background(), t); err != nil {
		b.Fatal(err)
	}
	seed := trade.Measures{Welfare: make([]float64, m.n)}
	seed.Welfare[m.us] = 1
	grad := make([]float64, m.n*m.n)
	for range b.N {
		if err := p.Gradient(seed, grad); err != nil {
			b.Fatal(err)
		}
	}
}
