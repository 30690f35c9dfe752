package importer

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim/deal"
)

// folder writes files into a new folder. They are given as name, text, name, text ...
func folder(t testing.TB, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		if err := os.WriteFile(filepath.Join(dir, files[i]), []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	boatTable = `<?xml version="1.0" encoding="UTF-8"?>
<negotiation_template><utility_space number_of_issues="3"><objective index="0" name="boat" type="objective" etype="objective">
<issue index="1" name="hull" type="discrete" etype="discrete" vtype="discrete">
  <item index="1" value="oak"/><item index="2" value="steel"/></issue>
<objective index="4" name="terms" type="objective" etype="objective">
<issue index="2" name="crew" type="integer" etype="integer" vtype="integer" lowerbound="2" upperbound="5"/>
<issue index="3" name="price" type="real" etype="real" vtype="real"><range lowerbound="0" upperbound="10"/></issue>
</objective></objective></utility_space></negotiation_template>`
	boatA = `<utility_space><objective index="0" name="boat" type="objective">
<weight index="1" value="0.5"/><weight index="4" value="0.9"/>
<issue index="1" name="hull" type="discrete"><item index="1" value="oak" evaluation="4"/><item index="2" value="steel" evaluation="10"/></issue>
<objective index="4" name="terms" type="objective">
<weight index="2" value="0.3"/><weight index="3" value="0.2"/>
<issue index="2" name="crew" type="integer" lowerbound="2" upperbound="5"><evaluator ftype="linear" offset="0.1" slope="0.3"/></issue>
<issue index="3" name="price" type="real"><range lowerbound="0" upperbound="10"/><evaluator ftype="linear" parameter0="1" parameter1="-0.1"/></issue>
</objective></objective><discount_factor value="0.9"/><reservation value="0.25"/></utility_space>`
	boatB = `<utility_space><objective index="0" name="boat" type="objective">
<issue index="1" name="hull" type="discrete"><item index="2" value="steel" evaluation="1"/><item index="1" value="oak" evaluation="2"/></issue>
<issue index="2" name="crew" type="integer" lowerbound="2" upperbound="5"><evaluator ftype="linear" offset="1" slope="-0.25"/></issue>
<issue index="3" name="price" type="real"><range lowerbound="0" upperbound="10"/><evaluator ftype="triangular" parameter0="2" parameter1="10" parameter2="6"/></issue>
<weight index="1" value="0.2"/><weight index="2" value="0.2"/><weight index="3" value="0.6"/></objective></utility_space>`
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// The values follow from GENIUS 10.4's formulas by hand.
func TestGenius(t *testing.T) {
	d, err := Open(folder(t, "boat.xml", boatTable, "boat_a.xml", boatA, "boat_b.xml", boatB, "notes.xml", "<notes/>"))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Issues) != 3 || d.Issues[1].Values[3] != "5" || len(d.Issues[2].Values) != cuts || d.Issues[2].Numbers[13] != 6.5 {
		t.Fatalf("issues are %+v", d.Issues)
	}
	a, b := &d.Profiles[0], &d.Profiles[1]
	o := deal.Offer{0, 1, 13} // oak, 3, 6.5
	near(t, "a", a.Utility(o), 0.5*0.4+0.3*(0.1+0.3)+0.2*0.35)
	near(t, "b", b.Utility(o), 0.2*1+0.2*0.75+0.6*(1-0.5/4))
	near(t, "reservation", a.Reservation, 0.25)
	near(t, "discount", a.Discount, 0.9)
	near(t, "no reservation", b.Reservation, 0)
	near(t, "no discount", b.Discount, 1)
	m, terms, err := d.Compile()
	if err != nil {
		t.Fatal(err)
	}
	p := m.NewParty(0)
	p.Set(terms[0])
	near(t, "the model's utility", p.Utility(o), a.Utility(o))
}

const (
	webTable = `{"name": "job", "issuesValues": {"pay": {"range": ["10", "12", "0.5"]}, "car": {"values": ["yes", "no"]}}}`
	webA     = `{"LinearAdditiveUtilitySpace": {"name": "a", "issueWeights": {"car": 0.6, "pay": 0.4}, "issueUtilities": {
  "car": {"DiscreteValueSetUtilities": {"valueUtilities": {"yes": 0.8}}},
  "pay": {"NumberValueSetUtilities": {"lowValue": 10, "lowUtility": 0, "highValue": 12, "highUtility": 1}}},
  "domain": ` + webTable + `, "reservationBid": {"issuevalues": {"car": "yes", "pay": 10.5}}}}`
	webB = `{"LinearAdditiveUtilitySpace": {"issueUtilities": {
  "pay": {"numberutils": {"lowValue": 10, "lowUtility": 1, "highValue": 12, "highUtility": 0.5}},
  "car": {"discreteutils": {"valueUtilities": {"yes": 0, "no": 1}}}}, "issueWeights": {"car": 0.5, "pay": 0.5}, "domain": ` + webTable + `}}`
)

func TestGeniusWeb(t *testing.T) {
	for _, files := range [][]string{
		{"job.json", webTable, "job1.json", webA, "job2.json", webB},
		{"job1.json", webA, "job2.json", webB}, // without the domain file
	} {
		d, err := Open(folder(t, files...))
		if err != nil {
			t.Fatal(err)
		}
		if d.Format != "geniusweb" || d.Issues[0].Name != "pay" || len(d.Issues[0].Values) != 5 || d.Issues[0].Values[1] != "10.5" {
			t.Fatalf("%s: %+v", d.Format, d.Issues)
		}
		near(t, "a", d.Profiles[0].Utility(deal.Offer{2, 0}), 0.4*0.5+0.6*0.8)
		near(t, "unlisted", d.Profiles[0].Utility(deal.Offer{0, 1}), 0)
		near(t, "reservation bid", d.Profiles[0].Reservation, 0.4*0.25+0.6*0.8)
		near(t, "b", d.Profiles[1].Utility(deal.Offer{4, 1}), 0.5*0.5+0.5)
	}
}

func TestNegoLog(t *testing.T) {
	prof := func(r, w float64) string {
		return fmt.Sprintf(`{"reservationValue": %v, "issueWeights": {"y": %v, "x": 0.5}, "issues": {"y": {"low": 0.2, "high": 1}, "x": {"p": 1, "q": 0}}}`, r, w)
	}
	d, err := Open(folder(t, "profileB.json", prof(0.1, 0.5), "profileA.json", prof(0, 0.7), "specs.json", `{"Name": "D", "Opposition": 0.1}`))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "a", d.Profiles[0].Utility(deal.Offer{1, 1}), 0.7)
	near(t, "b", d.Profiles[1].Utility(deal.Offer{0, 0}), 0.6)
	near(t, "b's reservation", d.Profiles[1].Reservation, 0.1)
	if len(d.Warnings) != 1 || !strings.Contains(d.Warnings[0], "add up to 1.2") {
		t.Errorf("warnings are %q", d.Warnings)
	}
}

const (
	masTable = `name: shop
type: CartesianOutcomeSpace
issues:
- {name: colour, type: CategoricalIssue, values: [red, blue]}
- {name: qty, type: ContiguousIssue, values: [1, 4]}
- {name: price, type: ContinuousIssue, n_levels: 3, values: [0.0, 1.0]}
- {name: n, values: 2}
`
	masA = `type: LinearAdditiveUtilityFunction
reserved_value: 0.2
values:
- {type: TableFun, mapping: {red: 0.1, blue: 1.0}}
- {type: AffineFun, slope: 0.25, bias: -0.25}
- {type: negmas.preferences.value_fun.LinearFun, slope: -1, bias: 1}
- {type: IdentityFun}
weights: [0.4, 0.3, 0.2, 0.1]
`
	masB = `{"type": "LinearAdditiveUtilityFunction", "reserved_value": -Infinity, "weights": {"qty": 0.2, "colour": 0.5, "price": 0.2, "n": 0.1},
"values": {"colour": {"red": 1, "blue": 0}, "qty": {"type": "TableFun", "mapping": {"1": 1, "2": 0.5, "3": 0.25, "4": 0}}, "price": {"type": "IdentityFun"}, "n": {"type": "ConstFun", "bias": 0.5}}}`
)

func TestNegMAS(t *testing.T) {
	d, err := Open(folder(t, "shop.yml", masTable, "a.yaml", masA, "b.json", masB, "_stats.yaml", "opposition: 0.2"))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "a", d.Profiles[0].Utility(deal.Offer{1, 2, 1, 1}), 0.4*1+0.3*0.5+0.2*0.5+0.1)
	near(t, "b", d.Profiles[1].Utility(deal.Offer{0, 1, 2, 0}), 0.5*1+0.2*0.5+0.2*1+0.1*0.5)
	near(t, "a's reservation", d.Profiles[0].Reservation, 0.2)
	near(t, "b's reservation", d.Profiles[1].Reservation, 0)
}

func TestBadInput(t *testing.T) {
	bad := func(text string, was, is string) string {
		if !strings.Contains(text, was) {
			t.Fatalf("no %q to replace", was)
		}
		return strings.Replace(text, was, is, 1)
	}
	tests := []struct {
		name  string
		files []string
		want  string
	}{
		{"empty folder", nil, "holds no domain"},
		{"one profile", []string{"d.xml", boatTable, "a.xml", boatA}, "holds 1 profile"},
		{"external entity", []string{"d.xml", boatTable, "a.xml", `<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + bad(boatA, "oak", "&x;"), "b.xml", boatB}, "not resolved"},
		{"billion laughs", []string{"d.xml", `<!DOCTYPE u [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>` + bad(boatTable, "oak", "&b;"), "a.xml", boatA, "b.xml", boatB}, "not resolved"},
		{"nested xml", []string{"d.xml", "<utility_space>" + strings.Repeat("<objective>", 1<<20)}, "nested more than 64 deep"},
		{"nested json", []string{"d.json", strings.Repeat("[", 1<<22)}, "nested more than 64 deep"},
		{"nested yaml", []string{"d.yaml", strings.Repeat("[", 1<<20)}, "nested more than 64 deep"},
		{"yaml aliases", []string{"d.yaml", "issues: &a [1]\nb: *a\n"}, "aliases"},
		{"half a file", []string{"a.xml", boatA[:len(boatA)/2], "b.xml", boatB, "d.xml", boatTable}, "this is not XML"},
		{"half a json", []string{"a.json", webA[:len(webA)/2], "b.json", webB}, "this is not JSON"},
		{"missing issue", []string{"d.xml", boatTable, "a.xml", bad(bad(boatA, `name="crew"`, `name="crow"`), `issue index="2"`, `issue index="9"`), "b.xml", boatB}, `issue "crew" is missing; the profile has hull, crow, price; did you mean "crow"?`},
		{"missing value", []string{"d.xml", boatTable, "a.xml", bad(boatA, `<item index="1" value="oak" evaluation="4"/>`, ""), "b.xml", boatB}, `there is no evaluation of "oak"`},
		{"value of another domain", []string{"d.xml", boatTable, "a.xml", bad(boatA, `value="oak"`, `value="oaks"`), "b.xml", boatB}, `no value "oaks" on the table; it has oak, steel; did you mean "oak"?`},
		{"duplicate value", []string{"d.xml", bad(boatTable, "steel", "oak"), "a.xml", boatA, "b.xml", boatB}, `value "oak" twice`},
		{"NaN", []string{"d.xml", boatTable, "a.xml", bad(boatA, `evaluation="4"`, `evaluation="NaN"`), "b.xml", boatB}, "a.xml:3: the evaluation of oak is NaN, which is not a finite number"},
		{"infinite", []string{"d.xml", boatTable, "a.xml", bad(boatA, `evaluation="4"`, `evaluation="1e999"`), "b.xml", boatB}, "not a finite number"},
		{"words", []string{"d.xml", boatTable, "a.xml", bad(boatA, `evaluation="4"`, `evaluation="much"`), "b.xml", boatB}, `"much", which is not a number`},
		{"unequal ranges", []string{"d.xml", boatTable, "a.xml", bad(boatA, `upperbound="5"`, `upperbound="6"`), "b.xml", boatB}, "runs from 2 to 6 here and from 2 to 5 on the table"},
		{"endless integer", []string{"d.xml", bad(boatTable, `upperbound="5"`, `upperbound="500000000"`), "a.xml", boatA, "b.xml", boatB}, "at most 65535 are allowed"},
		{"two tables", []string{"d.xml", boatTable, "e.xml", boatTable, "a.xml", boatA, "b.xml", boatB}, "2 domain files"},
		{"json key twice", []string{"a.json", `{"issueWeights": {"x": 1}, "issues": {"x": {"p": 1, "p": 0}}}`}, `"p" stands twice`},
		{"no weight", []string{"a.json", `{"issueWeights": {"y": 1}, "issues": {"x": {"p": 1}}}`, "b.json", `{"issueWeights": {"x": 1}, "issues": {"x": {"p": 1}}}`}, `issue "x" has no weight`},
		{"unequal domains", []string{"a.json", `{"issueWeights": {"x": 1}, "issues": {"x": {"p": 1}}}`, "b.json", `{"issueWeights": {"x": 1, "z": 0}, "issues": {"x": {"p": 1}, "z": {"k": 0}}}`}, `issue "z" is not on the table`},
		{"another ufun", []string{"shop.yml", masTable, "a.yaml", "type: HyperRectangleUtilityFunction\n", "b.yaml", masA}, "is not read"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Open(folder(t, tc.files...))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error is %v, want %s", err, tc.want)
			}
		})
	}
}

func TestOpenPath(t *testing.T) {
	dir := folder(t, "boat.xml", boatTable, "boat_a.xml", boatA, "boat_b.xml", boatB, "third.xml", boatB)
	d, err := Open(filepath.Join(dir, "boat.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if d.Profiles[1].Name != "boat_b" || len(d.Warnings) == 0 || !strings.Contains(d.Warnings[0], "third.xml") {
		t.Errorf("%s, %q", d.Profiles[1].Name, d.Warnings)
	}
	if _, err := Open(filepath.Join(dir, "none")); err == nil || !strings.Contains(err.Error(), "there is no folder") {
		t.Error(err)
	}
}

// fuzzing reads one file of a folder whose others are fine: nothing may panic or hang, and what is
// read must compile.
func fuzzing(f *testing.F, name string, rest ...string) {
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		var files []found
		for i := 0; i < len(rest); i += 2 {
			x, err := sniff(rest[i], []byte(rest[i+1]))
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, x)
		}
		x, err := sniff(name, data)
		if err != nil || x.format == "" {
			return
		}
		d, err := read("fuzz", "fuzz", append([]found{x}, files...))
		if err != nil {
			return
		}
		for k := range d.Profiles {
			for i := range d.Issues {
				if len(d.Profiles[k].Eval[i]) != len(d.Issues[i].Values) {
					t.Fatalf("issue %d: %d evaluations of %d values", i, len(d.Profiles[k].Eval[i]), len(d.Issues[i].Values))
				}
				for _, u := range d.Profiles[k].Eval[i] {
					if math.IsNaN(u) || math.IsInf(u, 0) {
						t.Fatalf("issue %d is worth %v", i, u)
					}
				}
			}
		}
		if _, err := d.Space(); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzGenius(f *testing.F) {
	for _, s := range []string{boatTable, boatA, boatB} {
		f.Add([]byte(s))
	}
	fuzzing(f, "a.xml", "b.xml", boatB, "c.xml", boatB)
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{webTable, webA, webB, masB, `{"issueWeights": {"x": 1}, "issues": {"x": {"p": 1}}}`} {
		f.Add([]byte(s))
	}
	fuzzing(f, "a.json", "b.json", webB, "c.json", webB)
}

func FuzzYAML(f *testing.F) {
	for _, s := range []string{masTable, masA} {
		f.Add([]byte(s))
	}
	fuzzing(f, "a.yaml", "b.yaml", masTable, "c.yaml", masA)
}

// Byte order marks, line ends of Windows, Latin letters, an entity that is declared and not used: all are read.
func TestOddFiles(t *testing.T) {
	d, err := Open(folder(t,
		"boat.xml", "\xef\xbb\xbf"+strings.ReplaceAll(boatTable, "\n", "\r\n"),
		"boat_a.xml", `<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]>`+strings.Replace(boatA, `name="boat"`, "name=\"bo\xe2t\"", 1),
		"boat_b.xml", boatB))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "a", d.Profiles[0].Reservation, 0.25)
	j, err := Open(folder(t, "a.json", "\xef\xbb\xbf"+webA, "b.json", webB))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "reservation bid", j.Profiles[0].Reservation, 0.4*0.25+0.6*0.8)
}

// What GENIUS reads of an export is worth what the domain is worth.
func TestGeniusRoundTrip(t *testing.T) {
	for _, files := range [][]string{
		{"boat.xml", boatTable, "boat_a.xml", boatA, "boat_b.xml", boatB},
		{"job1.json", webA, "job2.json", webB},
		{"shop.yml", masTable, "a.yaml", masA, "b.json", masB},
	} {
		d, err := Open(folder(t, files...))
		if err != nil {
			t.Fatal(err)
		}
		d.Name, d.Issues[0].Name = `a <"&> b`, `x <"&> y`
		out, err := d.Genius("mine")
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, f := range out {
			list = append(list, f.Name, string(f.Text))
		}
		again, err := Open(folder(t, list...))
		if err != nil {
			t.Fatal(err)
		}
		space, err := again.Space()
		if err != nil {
			t.Fatal(err)
		}
		if again.Issues[0].Name != d.Issues[0].Name {
			t.Errorf("issue %q came back as %q", d.Issues[0].Name, again.Issues[0].Name)
		}
		o := space.NewOffer()
		for range 100 {
			for k := range d.Profiles {
				near(t, "utility", again.Profiles[k].Utility(o), d.Profiles[k].Utility(o))
				near(t, "reservation", again.Profiles[k].Reservation, d.Profiles[k].Reservation)
			}
			for i := range o {
				if o[i]++; int(o[i]) < len(d.Issues[i].Values) {
					break
				}
				o[i] = 0
			}
		}
	}
}

func TestKeys(t *testing.T) {
	for name, want := range map[string]string{
		"Screen Size": "Screen_Size", "0000-0300": "issue_0000_0300", "now": "now_", "  ": "issue", "a.b": "a_b", "Größe": "Gr_e",
	} {
		if got := keyOf(name, "issue"); got != want {
			t.Errorf("%q is %s, want %s", name, got, want)
		}
	}
	d := Domain{Profiles: [2]Profile{{Name: "Energy-A-prof1"}, {Name: "Energy-A-prof2"}}}
	if got := d.parties(); got != [2]string{"prof1", "prof2"} {
		t.Error(got)
	}
}
