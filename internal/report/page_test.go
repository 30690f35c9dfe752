package report

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/analysis/rowtest"
	"github.com/parley-sim/parley/internal/store"
)

func pageOf(t testing.TB, s *analysis.Summary, b *store.Brief) (*Page, string) {
	t.Helper()
	p := Build(s, b, Run{Seed: 7, Config: "runs = 5 # <b>&\n", Version: "v0", Hash: "abc", Command: "parley run x", Drawing: Drawing{All: true}})
	var buf bytes.Buffer
	if err := p.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return p, buf.String()
}

// TestLook writes the page of a results folder to PARLEY_LOOK, for the eye.
func TestLook(t *testing.T) {
	to, from := os.Getenv("PARLEY_LOOK"), os.Getenv("PARLEY_LOOK_RESULTS")
	if to == "" {
		t.Skip("PARLEY_LOOK is not set")
	}
	s, b := sumUp(t, rowtest.Options{Home: true}, 20_000)
	config := "# a made-up scenario\n"
	if from != "" {
		text, err := os.ReadFile(filepath.Join(from, "summary.json"))
		if err != nil {
			t.Fatal(err)
		}
		s = &analysis.Summary{}
		if err := json.Unmarshal(text, s); err != nil {
			t.Fatal(err)
		}
		dir, err := store.Open(from)
		if err != nil {
			t.Fatal(err)
		}
		b = &dir.Manifest.Brief
		text, err = os.ReadFile(filepath.Join(from, "scenario.toml"))
		if err != nil {
			t.Fatal(err)
		}
		config = string(text)
	}
	p := Build(s, b, Run{Seed: 7, Config: config, Version: "v0", Hash: "abc", Command: "parley run " + s.Scenario, Drawing: Drawing{All: true}})
	f, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := p.Write(f); err != nil {
		t.Fatal(err)
	}
}

var outside = regexp.MustCompile(`(?i)(src|href|action)="(?:https?:)?//|@import|url\(`)

func TestPageIsSelfContained(t *testing.T) {
	s, b := sumUp(t, rowtest.Options{}, 5000)
	p, html := pageOf(t, s, b)
	if m := outside.FindString(html); m != "" {
		t.Errorf("the page asks for something outside: %s", m)
	}
	for _, want := range []string{
		`lang="en-GB"`, "default-src 'none'", b.Question, "<h1>" + p.Said.Headline + "</h1>", "runs = 5 # &lt;b&gt;&amp;",
		`download="01-funnel.csv"`, "data:text/csv", `role="img"`, "prefers-color-scheme:dark", "@media print", "parley run x",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for i, f := range p.Figures {
		if i > 9 {
			break
		}
		if strings.Count(html, `id="figure-`+string(rune('1'+i))+`"`) != 1 && i < 9 {
			t.Errorf("figure %d (%s) is not there once", i+1, f.Name())
		}
	}
	if n := strings.Count(html, "<svg"); n != 2*len(p.Figures) {
		t.Errorf("%d drawings for %d figures", n, len(p.Figures))
	}
	if strings.Contains(html, "ZgotmplZ") {
		t.Error("the template refused a value")
	}
	_, again := pageOf(t, s, b)
	if html != again {
		t.Error("the page differs between two printings")
	}
}

func TestPageNamesEveryNumber(t *testing.T) {
	s, b := sumUp(t, rowtest.Options{}, 2000)
	_, html := pageOf(t, s, b)
	for _, n := range b.Numbers {
		if !strings.Contains(html, "<code>"+n.Key+"</code>") {
			t.Errorf("number %s is not listed", n.Key)
		}
	}
	for _, want := range []string{"Assumed: 2", "From a source: 2", "Neither sourced nor declared as assumed: 1"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// Whatever the scenario calls its things, nothing of it becomes mark-up.
func TestPageEscapes(t *testing.T) {
	s, b := sumUp(t, rowtest.Options{}, 2000)
	evil := `"><script>alert(1)</script>&'`
	b.Title, b.Question, b.Parties[0].Short, b.Parties[1].Name = evil, evil, evil, evil
	s.Scenario = evil
	for i := range s.Terms {
		s.Terms[i].Label = evil
	}
	for i := range s.Decides {
		s.Decides[i].Label = evil
	}
	_, html := pageOf(t, s, b)
	if n := strings.Count(html, "<script>"); n != 1 {
		t.Errorf("%d scripts in the page", n)
	}
}

func TestPageOfNothing(t *testing.T) {
	b := rowtest.Brief(rowtest.Options{})
	f, err := analysis.New(rowtest.Schema(), b)
	if err != nil {
		t.Fatal(err)
	}
	_, html := pageOf(t, f.Summary(), &b)
	if !strings.Contains(html, "There are no runs to report") {
		t.Error("the page of no runs does not say so")
	}
}
