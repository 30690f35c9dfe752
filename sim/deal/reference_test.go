package deal

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/parley-sim/parley/internal/shareddata"
)

// The figures of other programs for 91 benchmark domains lie beside the repository, if anywhere.

// benchDomain is an additive two-party domain: values by issue, evaluations with weights apart.
type benchDomain struct {
	issues  []Issue
	weight  [2][]float64
	eval    [2][][]float64
	reserve [2]float64
}

type xmlSpace struct {
	Objective struct {
		Weights []struct {
			Index string  `xml:"index,attr"`
			Value float64 `xml:"value,attr"`
		} `xml:"weight"`
		Issues []struct {
			Index string `xml:"index,attr"`
			Name  string `xml:"name,attr"`
			Items []struct {
				Value string `xml:"value,attr"`
				Eval  string `xml:"evaluation,attr"`
			} `xml:"item"`
		} `xml:"issue"`
	} `xml:"objective"`
	Reservation struct {
		Value float64 `xml:"value,attr"`
	} `xml:"reservation"`
	Inner *xmlSpace `xml:"utility_space"`
}

func readXML(t testing.TB, path string) *xmlSpace {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := &xmlSpace{}
	if err := xml.Unmarshal(data, s); err != nil {
		t.Fatal(path, err)
	}
	if s.Inner != nil {
		return s.Inner
	}
	return s
}

func readGenius(t testing.TB, dir string, row map[string]string) *benchDomain {
	d := &benchDomain{}
	dom := readXML(t, filepath.Join(dir, row["domain_file"]))
	for _, is := range dom.Objective.Issues {
		issue := Issue{Name: is.Name, Now: -1}
		for _, it := range is.Items {
			issue.Values = append(issue.Values, it.Value)
		}
		d.issues = append(d.issues, issue)
	}
	for k, name := range []string{row["profile1"], row["profile2"]} {
		p := readXML(t, filepath.Join(dir, name))
		d.reserve[k] = p.Reservation.Value
		for i := range d.issues {
			for _, is := range p.Objective.Issues {
				if is.Name != d.issues[i].Name {
					continue
				}
				for _, w := range p.Objective.Weights {
					if w.Index == is.Index {
						d.weight[k] = append(d.weight[k], w.Value)
					}
				}
				ev, most := make([]float64, len(d.issues[i].Values)), 0.0
				for _, it := range is.Items {
					v, ok := d.issues[i].Value(it.Value)
					if !ok {
						t.Fatalf("%s: %s has no %s", name, is.Name, it.Value)
					}
					x, err := strconv.ParseFloat(it.Eval, 64)
					if err != nil {
						t.Fatal(err)
					}
					ev[v] = x
					most = math.Max(most, x)
				}
				for v := range ev {
					ev[v] /= most
				}
				d.eval[k] = append(d.eval[k], ev)
			}
		}
	}
	return d
}

func readNegoLog(t testing.TB, dir string, row map[string]string) *benchDomain {
	d := &benchDomain{}
	for k, name := range []string{row["profile1"], row["profile2"]} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		var p struct {
			ReservationValue float64
			IssueWeights     map[string]float64
			Issues           map[string]map[string]float64
		}
		if err := json.Unmarshal(data, &p); err != nil {
			t.Fatal(err)
		}
		d.reserve[k] = p.ReservationValue
		if k == 0 {
			for _, name := range sortedKeys(p.Issues) {
				d.issues = append(d.issues, Issue{Name: name, Values: sortedKeys(p.Issues[name]), Now: -1})
			}
		}
		for _, is := range d.issues {
			d.weight[k] = append(d.weight[k], p.IssueWeights[is.Name])
			var ev []float64
			for _, v := range is.Values {
				ev = append(ev, p.Issues[is.Name][v])
			}
			d.eval[k] = append(d.eval[k], ev)
		}
	}
	return d
}

func readDomain(t testing.TB, root string, row map[string]string) *benchDomain {
	dir := filepath.Join(root, row["domain"])
	if row["format"] == "genius-xml" {
		return readGenius(t, dir, row)
	}
	return readNegoLog(t, dir, row)
}

func (d *benchDomain) model(t testing.TB) (*Model, [2]Terms) {
	t.Helper()
	s, err := NewSpace(d.issues)
	if err != nil {
		t.Fatal(err)
	}
	var p [2]Profile
	var b [2]Bounds
	var terms [2]Terms
	for k := range p {
		p[k].Name = fmt.Sprint("side", k)
		for i := range d.issues {
			p[k].Interests = append(p[k].Interests, Interest{d.issues[i].Name, []int{i}, d.eval[k][i]})
		}
		terms[k] = Terms{Weight: d.weight[k], NoDeal: d.reserve[k]}
		b[k] = Bounds{d.weight[k], d.weight[k]}
	}
	m, err := Compile(s, p, b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m, terms
}

func TestReferenceDomains(t *testing.T) {
	root := shareddata.Path(t, "data/domains")
	manifest := map[string]map[string]string{}
	for _, row := range shareddata.Rows(t, filepath.Join(root, "MANIFEST.csv")) {
		manifest[row["domain"]] = row
	}
	for _, want := range shareddata.Rows(t, filepath.Join(root, "reference.csv")) {
		t.Run(want["domain"], func(t *testing.T) {
			m, terms := readDomain(t, root, manifest[want["domain"]]).model(t)
			a, b, s := m.NewParty(0), m.NewParty(1), m.NewSolver()
			a.Set(terms[0])
			b.Set(terms[1])
			check := func(column string, got float64) {
				t.Helper()
				x, err := strconv.ParseFloat(want[column], 64)
				if err != nil {
					t.Errorf("%s: %v", column, err)
				} else if math.Abs(x-got) > 1e-9 {
					t.Errorf("%s is %v, want %v", column, got, x)
				}
			}
			if got := m.Space.Size().String(); got != want["outcomes"] {
				t.Errorf("%s outcomes, want %s", got, want["outcomes"])
			}
			lo, hi := [2]float64{}, [2]float64{}
			lo[0], hi[0], _ = a.Range()
			lo[1], hi[1], _ = b.Range()
			check("min1", lo[0])
			check("max1", hi[0])
			check("min2", lo[1])
			check("max2", hi[1])
			f, err := s.Frontier(a, b)
			if err != nil {
				t.Fatal(err)
			}
			check("pareto_points", float64(len(f.Points)))
			reserve := [2]float64{a.NoDeal(), b.NoDeal()}
			rational := 0
			for _, p := range f.Points {
				if p.U[0] >= reserve[0] && p.U[1] >= reserve[1] {
					rational++
				}
			}
			check("pareto_points_rational", float64(rational))
			check("opposition", Opposition(f, [2]float64{}, [2]float64{1, 1}))
			sol, err := s.Solve(a, b)
			if err != nil {
				t.Fatal(err)
			}
			if sol.ZOPA != (rational > 0) {
				t.Fatalf("zopa %v with %d rational points", sol.ZOPA, rational)
			}
			if !sol.ZOPA {
				return
			}
			// Other programs take the ideal over all outcomes, those below a reservation included.
			d := [2]float64{max(reserve[0], lo[0]), max(reserve[1], lo[1])}
			other := f.Solve(Rules{Floor: reserve, Disagreement: d, Ideal: &hi, EqualShares: true})
			plain := f.Solve(Rules{Floor: reserve, Disagreement: reserve, Ideal: &hi})
			for name, p := range map[string]Point{
				"nash": other.Nash, "ks": other.KalaiSmorodinsky, "kalai": other.Egalitarian, "welfare": other.Utilitarian,
				"nash_r": sol.Nash, "egal_r": sol.Egalitarian, "ks_r": plain.KalaiSmorodinsky,
			} {
				check(name+"_u1", p.U[0])
				check(name+"_u2", p.U[1])
			}
		})
	}
}
