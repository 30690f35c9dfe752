package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/analysis/rowtest"
	"github.com/parley-sim/parley/internal/chart"
	"github.com/parley-sim/parley/internal/store"
)

func inWords(a Said) string {
	var b strings.Builder
	fmt.Fprintln(&b, a.Headline)
	for _, s := range a.Sentences {
		fmt.Fprintln(&b, s)
	}
	for _, f := range a.Facts {
		fmt.Fprintf(&b, "%s: %s\n", f.Big, f.Small)
	}
	fmt.Fprintln(&b, strings.Join(a.Trust, " "))
	return b.String()
}

// The answer to the made-up scenario, word for word.
func TestAnswerGolden(t *testing.T) {
	g := goldie.New(t, goldie.WithNameSuffix(".txt"))
	for name, o := range map[string]rowtest.Options{"answer-signed": {}, "answer-lasting": {Home: true}} {
		s, b := sumUp(t, o, 20_000)
		g.Assert(t, name, []byte(inWords(Answer(s, b))))
	}
}

// changed is a deep copy of a summary with something else in it.
func changed(t *testing.T, s *analysis.Summary, f func(*analysis.Summary)) *analysis.Summary {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	c := &analysis.Summary{}
	if err := json.Unmarshal(text, c); err != nil {
		t.Fatal(err)
	}
	f(c)
	return c
}

// Each template's condition is tested on the data: where it fails, its words are not there.
func TestAnswerSaysOnlyWhatHolds(t *testing.T) {
	s, b := sumUp(t, rowtest.Options{}, 20_000)
	said := func(f func(*analysis.Summary)) string { return inWords(Answer(changed(t, s, f), b)) }
	tariff := func(c *analysis.Summary) *analysis.Term { return &c.Terms[0] }

	plain := said(func(*analysis.Summary) {})
	if !strings.Contains(plain, "most of the doubt is pressure on the US") {
		t.Errorf("the number that decides is not named:\n%s", plain)
	}
	if got := said(func(c *analysis.Summary) { c.Decides[0].Clear = false }); strings.Contains(got, "most of the doubt") {
		t.Errorf("noise is told as a finding:\n%s", got)
	}
	if got := said(func(c *analysis.Summary) { c.Decides[0].Swing = 0.01 }); strings.Contains(got, "most of the doubt") {
		t.Errorf("a swing of one in 100 is told as a finding:\n%s", got)
	}
	got := said(func(c *analysis.Summary) {
		for i := range c.Stages {
			c.Stages[i].Range = nil
		}
	})
	if strings.Contains(got, "pairs of strategies") || !strings.Contains(got, "one pair of strategies; simulation noise") {
		t.Errorf("a range over one pair:\n%s", got)
	}
	// All over the place: the middle is not told as the typical deal.
	got = said(func(c *analysis.Summary) {
		c.Terms = c.Terms[:1]
		*tariff(c).Spread = analysis.Spread{N: 100, Lo: 10, Middle: 30, Hi: 51.1}
		for i := range tariff(c).Levels {
			tariff(c).Levels[i].Share.Share = 0.2
		}
	})
	if strings.Contains(got, "51.1 to 30%") || !strings.Contains(got, "no number moves far from today") {
		t.Errorf("a middle that says nothing is told:\n%s", got)
	}
	got = said(func(c *analysis.Summary) {
		c.Terms = c.Terms[:1]
		*tariff(c).Spread = analysis.Spread{N: 100, Lo: 20, Middle: 30, Hi: 30}
	})
	if !strings.Contains(got, "the US tariff goes from 51.1 to 30%") {
		t.Errorf("a settled term is not told:\n%s", got)
	}
	got = said(func(c *analysis.Summary) {
		c.Success = analysis.Share{Of: c.Runs.Counted}
	})
	if !strings.Contains(got, "No talks end in a signed deal") || strings.Contains(got, "typical") {
		t.Errorf("none succeed:\n%s", got)
	}
}

// A sum that stays below the highest yardstick is set against it, one that may reach it is not.
func TestHeadlineNamesTheYardstick(t *testing.T) {
	s, b := sumUp(t, rowtest.Options{}, 20_000)
	b.Issues[1].Marks = map[string]float64{"floated": 1000, "Japan": 550}
	with := func(lo, mid, hi float64) string {
		return Answer(changed(t, s, func(c *analysis.Summary) {
			*c.Terms[1].Spread = analysis.Spread{N: 9, Lo: lo, Middle: mid, Hi: hi}
			c.Terms[1].GivenBy = "china"
		}), b).Headline
	}
	if got := with(300, 400, 600); !strings.HasSuffix(got, "and it is for $400bn, not $1trn") {
		t.Error(got)
	}
	if got := with(600, 700, 1000); strings.Contains(got, "not $1trn") || !strings.Contains(got, "$700bn") {
		t.Error(got)
	}
}

func TestFrequency(t *testing.T) {
	for share, want := range map[float64]string{
		0: "No talks end", 0.004: "Fewer than 1 in 100 talks end", 0.02: "About 2 in 100 talks end", 0.06: "About 1 in 10 talks end",
		0.29: "About 3 in 10 talks end", 0.5: "About half of the talks end", 0.94: "About 9 in 10 talks end", 0.97: "Nearly all talks end", 1: "All talks end",
	} {
		if got := frequency(share); got != want {
			t.Errorf("%v: %q, want %q", share, got, want)
		}
	}
}

// Every figure of a summary can be drawn, and its numbers are the summary's.
func TestFiguresHoldTheSummary(t *testing.T) {
	for _, o := range []rowtest.Options{{}, {Home: true}} {
		s, b := sumUp(t, o, 20_000)
		figs := Figures(s, b, Drawing{Seed: 7, All: true})
		names := map[string]chart.Figure{}
		for _, f := range figs {
			names[f.Name()] = f
			if _, err := chart.SVG(f, chart.Style{}); err != nil {
				t.Error(err)
			}
		}
		for _, want := range []string{"funnel", "deal", "tornado", "endings", "gains", "levers", "violins", "ecdf", "parallel"} {
			if names[want] == nil {
				t.Errorf("%+v: no figure %s", o, want)
			}
		}
		fu := names["funnel"].(*chart.Funnel)
		if last := fu.Steps[len(fu.Steps)-1].Left; last != 100*s.Success.Share {
			t.Errorf("funnel ends with %v of 100, success is %v", last, s.Success.Share)
		}
		before := 100.0
		for _, st := range fu.Steps {
			lost := 0.0
			for _, c := range st.Causes {
				lost += c.Of100
			}
			if d := before - st.Left - lost; d > 0.01 || d < -0.01 {
				t.Errorf("step %q loses %v, its causes %v", st.Label, before-st.Left, lost)
			}
			before = st.Left
		}
		en := names["endings"].(*chart.Endings)
		total := 0.0
		for _, l := range en.Layers {
			total += l.Of100[len(l.Of100)-1]
		}
		if total < 99.9 || total > 100.01 {
			t.Errorf("endings add up to %v", total)
		}
		if en.Lines[0].Label != "summit" || en.Lines[0].At != rowtest.TalkDays {
			t.Errorf("the summit: %+v", en.Lines)
		}
		cells := 0.0
		for _, row := range names["gains"].(*chart.Gains).Share {
			for _, v := range row {
				cells += v
			}
		}
		if cells < 99.9 || cells > 100.1 {
			t.Errorf("gains hold %v of 100 deals", cells)
		}
	}
}

func TestProper(t *testing.T) {
	b := &store.Brief{
		Issues:  []store.BriefIssue{{Label: "US wording on Taiwan"}, {Label: "Length of the deal"}},
		Parties: []store.BriefParty{{Key: "us", Short: "US"}},
	}
	m := &maker{b: b}
	for key, want := range map[string]string{"taiwan": "Taiwan", "know_how": "know how", "length": "length", "us": "US", "": ""} {
		if got := m.proper(key); got != want {
			t.Errorf("%q: %q, want %q", key, got, want)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	s, br := sumUp(b, rowtest.Options{Home: true}, 20_000)
	for b.Loop() {
		pageOf(b, s, br)
	}
}
