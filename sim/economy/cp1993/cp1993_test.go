package cp1993

import (
	"context"
	"math"
	"testing"
)

func near(t testing.TB, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %.10g, want %.10g within %g", what, got, want, within)
	}
}

// NAFTA, from the tariffs of 1993 to those of 2005. Caliendo & Parro (2015) print
// welfare of 1.31, 0.08 and -0.06% and intra-bloc trade of 118, 41 and 11%; MODELS, section 4,
// recomputed both, and real income, to three more digits.
func TestNAFTA(t *testing.T) {
	m, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	if m.Clipped() != 185 {
		t.Errorf("%d final shares were clipped, not 185", m.Clipped())
	}
	s, err := m.Solution(context.Background(), m.NAFTA(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r := s.Result()
	first := m.FirstOrder(s)
	bloc, err := m.Bloc(s, []string{"MEX", "USA", "CAN"})
	if err != nil {
		t.Fatal(err)
	}
	in := m.Info()
	for k, c := range []struct {
		region                 string
		printed                float64
		first, trade, real     float64
		printedTrade, digitsOf float64
	}{
		{"MEX", 1.31, 1.312, 118.3, 0.007, 118, 0.5},
		{"USA", 0.08, 0.085, 40.5, 0.074, 41, 0.5},
		{"CAN", -0.06, -0.064, 11.1, -0.110, 11, 0.5},
	} {
		n, err := in.Region(c.region)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: first order %.4f, real income %.4f, trade in the bloc %.2f; %d steps, residual %.1e", c.region, first[n], r.WelfarePct[n], bloc[k], r.Steps, r.Residual)
		near(t, c.region+": first order", first[n], c.first, 5e-4)
		near(t, c.region+": trade in the bloc", bloc[k], c.trade, 0.05)
		near(t, c.region+": real income", r.WelfarePct[n], c.real, 5e-4)
	}
}
