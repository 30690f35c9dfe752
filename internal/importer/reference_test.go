package importer

import (
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/parley-sim/parley/sim/deal"

	"github.com/parley-sim/parley/internal/shareddata"
)

// The figures of other programs for 91 benchmark domains lie beside the repository, if anywhere.

// TestReference holds every column of reference.csv to 1e-9 on all domains, opened as folders.
func TestReference(t *testing.T) {
	root := shareddata.Path(t, "data/domains")
	far, held := map[string]float64{}, map[string]int{}
	defer func() {
		for _, c := range slices.Sorted(maps.Keys(held)) {
			t.Logf("%-24s %3d domains, largest difference %.1g", c, held[c], far[c])
		}
	}()
	for _, want := range shareddata.Rows(t, filepath.Join(root, "reference.csv")) {
		t.Run(want["domain"], func(t *testing.T) {
			d, err := Open(filepath.Join(root, want["domain"]))
			if err != nil {
				t.Fatal(err)
			}
			for k, col := range []string{"profile1", "profile2"} {
				if got := filepath.Base(d.Profiles[k].File); got != want[col] {
					t.Errorf("%s is %s, want %s", col, got, want[col])
				}
			}
			check := func(column string, got float64) {
				t.Helper()
				x, err := strconv.ParseFloat(want[column], 64)
				if err != nil {
					t.Errorf("%s: %v", column, err)
				} else if math.Abs(x-got) > 1e-9 {
					t.Errorf("%s is %v, want %v", column, got, x)
				}
				far[column], held[column] = math.Max(far[column], math.Abs(x-got)), held[column]+1
			}
			m, terms, err := d.Compile()
			if err != nil {
				t.Fatal(err)
			}
			if got := m.Space.Size().String(); got != want["outcomes"] {
				t.Errorf("%s outcomes, want %s", got, want["outcomes"])
			}
			check("issues", float64(len(d.Issues)))
			a, b, s := m.NewParty(0), m.NewParty(1), m.NewSolver()
			a.Set(terms[0])
			b.Set(terms[1])
			for k, p := range [2]*deal.Party{a, b} {
				side := strconv.Itoa(k + 1)
				sum := 0.0
				for _, w := range d.Profiles[k].Weight {
					sum += w
				}
				lo, hi, _ := p.Range()
				check("weight_sum"+side, sum)
				check("discount"+side, d.Profiles[k].Discount)
				check("reserved"+side, d.Profiles[k].Reservation)
				check("min"+side, lo)
				check("max"+side, hi)
			}
			f, err := s.Frontier(a, b)
			if err != nil {
				t.Fatal(err)
			}
			f = f.Distinct(deal.Near)
			st := f.Measure(a, b)
			check("pareto_points", float64(len(f.Points)))
			check("pareto_points_rational", float64(st.Rational))
			check("opposition", st.Opposition)
			if !st.Plain.ZOPA {
				if want["nash_u1"] != "" {
					t.Errorf("no ZOPA, want Nash at %s", want["nash_u1"])
				}
				return
			}
			for name, p := range map[string]deal.Point{
				"nash": st.NegMAS.Nash, "ks": st.NegMAS.KalaiSmorodinsky, "kalai": st.NegMAS.Egalitarian, "welfare": st.NegMAS.Utilitarian,
				"nash_r": st.Plain.Nash, "egal_r": st.Plain.Egalitarian, "ks_r": st.Plain.KalaiSmorodinsky,
			} {
				check(name+"_u1", p.U[0])
				check(name+"_u2", p.U[1])
			}
			for name, n := range map[string]int{"nash": st.NegMAS.Ties.Nash, "ks": st.NegMAS.Ties.KalaiSmorodinsky, "kalai": st.NegMAS.Ties.Egalitarian, "welfare": st.NegMAS.Ties.Utilitarian} {
				check(name+"_ties", float64(n))
			}
		})
	}
}
