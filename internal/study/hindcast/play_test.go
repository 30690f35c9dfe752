package hindcast

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"
	"time"
)

const small = head +
	"a_b_2020,a_tariff,pct,10,,,25,10,threat_no_deal,numeric\n" + // a threat
	"a_b_2020,a_other_tariff,pct,10,25,12,25,15,,numeric\n" + // a target
	"a_b_2020,b_tariff,pct,30,,,30,12,,numeric\n" + // a rollback
	"a_b_2020,pledge,$bn,0,,400,0,900,,numeric\n" + // a pledge, beyond its range
	"a_b_2020,open,tonnes,0,,,0,5000,,numeric\n" + // nobody said how much
	"a_b_2020,words,text,none,all,,none,some,,text\n" +
	"a_b_2020,lone,pct,,90,,,80,,numeric\n" +
	"c_d_2021,d_tariff,pct,20,,,,15,,numeric\n" // no threat

func smallStudy(t *testing.T, opt Options) []Case {
	t.Helper()
	list, err := ReadTerms("t.csv", strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	Settle(list, []Record{{ID: "a_b_2020", Class: "agreed"}, {ID: "c_d_2021", Class: "collapsed"}})
	if opt.Runs == 0 {
		opt.Runs, opt.Seed = 400, 3
	}
	cases, err := Play(context.Background(), list, opt)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestClasses(t *testing.T) {
	cases := smallStudy(t, Options{})
	for i, want := range []struct {
		class  Class
		lo, hi float64
		scale  string
	}{{Sanction, 0, 31.25, "linear"}, {Target, 0, 31.25, "linear"}, {Rollback, 0, 37.5, "linear"}, {Pledge, 0, 800, "linear"}, {Open, 0, 1e6, "log10(1+x)"}} {
		if r := cases[0].Terms[i]; r.Class != want.class || r.Lo != want.lo || r.Hi != want.hi || r.Scale != want.scale || r.Skip != "" {
			t.Errorf("%s: %s, %v to %v, %s, %q; want %v", r.Issue, r.Class, r.Lo, r.Hi, r.Scale, r.Skip, want)
		}
	}
	for _, i := range []int{5, 6} {
		if r := cases[0].Terms[i]; r.Skip == "" {
			t.Errorf("%s is scored", r.Issue)
		}
	}
	if r := cases[0].Terms[3]; !r.Clamped || r.y != 1 {
		t.Errorf("900 of 0 to 800: clamped %v, place %v", r.Clamped, r.y)
	}
	if r := cases[1].Terms[0]; r.Class != Rollback || r.Skip != "" {
		t.Errorf("without a threat: %s, %q", r.Class, r.Skip)
	}
}

// A forecast is a function of the anchors: another outcome moves no band, and leaving a term out moves
// none of the others.
func TestForecastsDoNotLookAtOutcomes(t *testing.T) {
	list, err := ReadTerms("t.csv", strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	a := smallStudy(t, Options{})
	for i := range list[0].Terms {
		if !math.IsNaN(list[0].Terms[i].Outcome) {
			list[0].Terms[i].Outcome = 1
		}
	}
	list[0].Terms = append(list[0].Terms[:1:1], list[0].Terms[2:]...)
	b, err := Play(context.Background(), list, Options{Runs: 400, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 1, 2, 3} {
		x, y := a[0].Terms[max(i+1, 2*i)%5], Result{}
		for _, r := range b[0].Terms {
			if r.Issue == x.Issue {
				y = r
			}
		}
		if y.Issue != "" && (x.Median != y.Median || x.Lo80 != y.Lo80 || x.Hi80 != y.Hi80) {
			t.Errorf("%s: %v %v %v, then %v %v %v", x.Issue, x.Lo80, x.Median, x.Hi80, y.Lo80, y.Median, y.Hi80)
		}
	}
}

// The JSON has the keys of the contract, and the same bytes twice.
func TestAnswer(t *testing.T) {
	encode := func() []byte {
		cases := smallStudy(t, Options{})
		b, err := json.Marshal(NewAnswer(cases, Total(cases, 3)))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	one := encode()
	if !bytes.Equal(one, encode()) {
		t.Error("other bytes the second time")
	}
	var a map[string]any
	if err := json.Unmarshal(one, &a); err != nil {
		t.Fatal(err)
	}
	has := func(where string, m any, keys string) {
		t.Helper()
		for _, k := range strings.Fields(keys) {
			if _, ok := m.(map[string]any)[k]; !ok {
				t.Errorf("%s has no %q", where, k)
			}
		}
	}
	rivals := "uniform status_quo threat midpoint climatology class_climatology uniform_class"
	has("the answer", a, "episodes totals")
	e := a["episodes"].([]any)[0]
	has("an episode", e, "id group deal p_deal terms")
	term := e.(map[string]any)["terms"].([]any)[0]
	has("a term", term, "issue class range scale observed median lo80 hi80 percentile crps crps_baselines skip_reason")
	has("its baselines", term.(map[string]any)["crps_baselines"], rivals)
	has("totals", a["totals"], "terms crps crps_baselines brier coverage80 by_class")
	has("the totals' baselines", a["totals"].(map[string]any)["crps_baselines"], rivals)
	if n := a["totals"].(map[string]any)["terms"].(float64); n != 6 {
		t.Errorf("%v terms, want 6", n)
	}
}

// shared opens the shared episodes.
func sharedEpisodes(t *testing.T) []Episode {
	t.Helper()
	const dir = "../../../../shared/data/episodes/"
	f, err := os.Open(dir + "terms.csv")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("the shared episodes are not here: ", err)
	}
	defer f.Close()
	list, err := ReadTerms("terms.csv", f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(dir + "episodes.json")
	if err != nil {
		t.Fatal(err)
	}
	records, err := ReadOutcomes("episodes.json", data)
	if err != nil {
		t.Fatal(err)
	}
	if no, extra := Settle(list, records); len(no)+len(extra) > 0 {
		t.Errorf("unmatched: %v, %v", no, extra)
	}
	return list
}

// The 21 shared episodes, held to the table of RULE.md: its rivals are met, its own score is not missed,
// and the band covers what it says.
func TestSharedEpisodes(t *testing.T) {
	list := sharedEpisodes(t)
	start := time.Now()
	cases, err := Play(context.Background(), list, Options{Runs: 2000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 2*time.Minute {
		t.Errorf("took %v, not under two minutes", took)
	}
	s := Total(cases, 1)
	near := func(what string, got, want, by float64) {
		t.Helper()
		if math.Abs(got-want) > by {
			t.Errorf("%s: %.4f, RULE.md says %.3f", what, got, want)
		}
	}
	if s.Terms != 74 || len(cases) != 21 || s.Failed != 4 || s.Groups != 6 {
		t.Errorf("%d terms of %d episodes, %d without a deal, %d groups", s.Terms, len(cases), s.Failed, s.Groups)
	}
	near("uniform", s.Rivals.Uniform, 0.166, 0.0006)
	near("status quo", s.Rivals.StatusQuo, 0.312, 0.01)
	near("threat", s.Rivals.Threat, 0.392, 0.01)
	near("mid-point", s.Rivals.Midpoint, 0.302, 0.01)
	near("climatology", s.Rivals.Climatology, 0.144, 0.005)
	near("climatology by class", s.Rivals.ClassClimatology, 0.136, 0.006)
	near("classes with a uniform draw", s.Rivals.UniformClass, 0.125, 0.004)
	if s.CRPS > 0.1230 {
		t.Errorf("mean CRPS %.4f, RULE.md has .123", s.CRPS)
	}
	if s.Coverage < 0.8 {
		t.Errorf("the 8-in-10 band held %.2f", s.Coverage)
	}
	for _, want := range []struct {
		class string
		n     int
	}{{"K1", 14}, {"K2", 6}, {"K3", 18}, {"K4", 10}, {"K5", 26}} {
		found := false
		for _, c := range s.ByClass {
			found = found || c.Name == want.class && c.Terms == want.n
		}
		if !found {
			t.Errorf("class %s has not %d terms", want.class, want.n)
		}
	}
}
