package config

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func readNumber(t *testing.T, text, check string) Number {
	t.Helper()
	root, err := read("f", []byte("x = "+text))
	if err != nil {
		t.Fatal(err)
	}
	d := &decoder{origins: map[string]places{}, dists: new(dists)}
	var x Number
	x.read(d, root.kids[0], check)
	if len(d.problems) > 0 {
		t.Fatalf("%s: %v", text, d.problems)
	}
	return x
}

func TestNumberForms(t *testing.T) {
	for _, c := range []struct {
		text, check string
		drawn       bool
		lo, hi      float64
		mean        float64 // of a choice, of the index
		words       string
	}{
		{"30", "", false, 30, 30, 30, "30"},
		{"-1.5", "", false, -1.5, -1.5, -1.5, "-1.5"},
		{"{ value = 7, source = \"s\" }", "", false, 7, 7, 7, "7"},
		{"{ uniform = [0, 2] }", ">=0", true, 0, 2, 1, "uniform 0 to 2"},
		{"{ triangular = [0, 3, 6] }", "", true, 0, 6, 3, "triangular 0 to 6, likely 3"},
		{"{ pert = [0, 3, 12] }", "", true, 0, 12, 4, "pert 0 to 12, likely 3"}, // (0 + 4x3 + 12)/6
		{"{ normal = [1, 2, -3, 5] }", "", true, -3, 5, 1, ""},
		{"{ normal = [1, 2], lo = -3, hi = 5 }", "", true, -3, 5, 1, ""},
		{"{ beta = [2, 6] }", "share", true, 0, 1, 0.25, "beta 2 and 6"},
		{"{ beta = [2, 6], lo = 0, hi = 4 }", "", true, 0, 4, 1, ""},
		{"{ chance = 0.7 }", "chance", true, 0, 1, 0.7, "chance 70%"},
		{"0.7", "chance", true, 0, 1, 0.7, "chance 70%"},
		{"1", "chance", false, 1, 1, 1, "1"},
		{"0", "chance", false, 0, 0, 0, "0"},
		{"0.7", "share", false, 0.7, 0.7, 0.7, "0.7"},
		{"{ choice = { 3 = 1, \"2.5\" = 3, -9 = 0 } }", ">0", true, 2.5, 3, 0.75, ""},
	} {
		x := readNumber(t, c.text, c.check)
		dist, err := x.Dist()
		if err != nil {
			t.Fatal(err)
		}
		lo, hi := x.Support()
		if x.Drawn() != c.drawn || lo != c.lo || hi != c.hi || math.Abs(dist.Mean()-c.mean) > 1e-9 {
			t.Errorf("%s: drawn %v, %v to %v, mean %v", c.text, x.Drawn(), lo, hi, dist.Mean())
		}
		if c.words != "" && x.Words() != c.words {
			t.Errorf("%s: in words %q, want %q", c.text, x.Words(), c.words)
		}
	}
}

// The same parameters make one distribution, so that the points of a design are cheap.
func TestDistributionsAreKept(t *testing.T) {
	s := with(t)
	p, err := s.With("runs=5")
	if err != nil {
		t.Fatal(err)
	}
	a, _ := s.NoDeal.Values[0].Number.Dist()
	b, _ := p.NoDeal.Values[0].Number.Dist()
	if a != b {
		t.Error("the point has made a distribution of its own")
	}
}

// A range's numbers are the decimals one would write, ends included.
func TestRangeNumbers(t *testing.T) {
	for _, c := range []struct {
		is   Issue
		want []string
	}{
		{Issue{Range: []float64{0, 1}, Step: 0.1}, []string{"0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"}},
		{Issue{Range: []float64{-0.3, 0.3}, Step: 0.1}, []string{"-0.3", "-0.2", "-0.1", "0", "0.1", "0.2", "0.3"}},
		{Issue{Range: []float64{0, 2e12}, Step: 1e12}, []string{"0", "1e+12", "2e+12"}},
		{Issue{Range: []float64{0, 3e-12}, Step: 1e-12}, []string{"0", "1e-12", "2e-12", "3e-12"}},
		{Issue{Levels: []float64{8, 16.5, 41.1}}, []string{"8", "16.5", "41.1"}},
		{Issue{Choices: []string{"b", "a"}}, []string{"b", "a"}},
	} {
		if got := c.is.Values(); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.is, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 500).Draw(t, "n")
		step := float64(rapid.IntRange(1, 999).Draw(t, "step")) / 1000
		lo := float64(rapid.IntRange(-1000, 1000).Draw(t, "lo")) / 10
		is := Issue{Range: []float64{lo, lo + float64(n)*step}, Step: step}
		all := is.AllNumbers()
		if len(all) != n+1 || !same(all[0], lo) || !same(all[n], is.Range[1]) {
			t.Fatalf("%v in steps of %v: %d numbers, %v to %v", is.Range, step, len(all), all[0], all[len(all)-1])
		}
	})
}

func TestMinAndMaxTakeValuesOffTheTable(t *testing.T) {
	s := with(t, "issue.money.min=100", "issue.money.max=250")
	is := &s.Issues[s.Issue("money")]
	if got := is.Values(); !slices.Equal(got, []string{"100", "150", "200", "250"}) {
		t.Errorf("on the table: %v", got)
	}
	if len(is.AllNumbers()) != 21 || is.NowIndex() != -1 {
		t.Errorf("%d numbers in all, now at %d", len(is.AllNumbers()), is.NowIndex())
	}
}

func TestFirstMover(t *testing.T) {
	if x, party := with(t).FirstMover(); party != 0 || x.Params[0] != 0.5 {
		t.Errorf("by default %v of party %d", x.Params, party)
	}
	if x, party := with(t, "party.china.moves_first=1").FirstMover(); party != 1 || x.Params[0] != 1 {
		t.Errorf("%v of party %d", x.Params, party)
	}
	if _, err := Parse("f", []byte(base), Options{Sets: []string{"party.us.moves_first=1", "party.china.moves_first=0"}}); err == nil {
		t.Error("both parties may say who moves first")
	}
}
