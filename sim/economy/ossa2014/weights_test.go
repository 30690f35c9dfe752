package ossa2014

import (
	"context"
	"math"
	"testing"
)

// TestFitWeights: the stored optimal rates, best responses to factual tariffs, give the political
// weights back that they were computed with.
func TestFitWeights(t *testing.T) {
	m := mustOpen(t)
	ctx := context.Background()
	stored := m.MFN()
	for j, r := range m.info.Regions {
		if r == "Japan" {
			continue // two of its rates stand at the paper's bounds
		}
		at := m.Base()
		for s := range m.s {
			for i := range m.n {
				if i != j {
					at[m.info.At(i, j, s)] = stored[m.info.At(i, j, s)]
				}
			}
		}
		got, slack, err := m.FitWeights(ctx, r, at)
		if err != nil {
			t.Fatal(err)
		}
		worst := 0.0
		scale := 0.0
		for _, x := range m.Politics()[j] {
			scale += x / float64(m.s)
		}
		for s, x := range got {
			worst = math.Max(worst, math.Abs(x-m.lambda[j*m.s+s]/scale))
		}
		t.Logf("%s: weights within %.2g, slack %.2g", r, worst, slack)
		if worst > 0.005 || slack > 1e-4 {
			t.Errorf("%s: weights are off by %g, the conditions by %g", r, worst, slack)
		}
	}
	if _, _, err := m.FitWeights(ctx, "Brasil", stored); err == nil {
		t.Error("an unknown region was accepted")
	}
}
