package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/analysis/rowtest"
	"github.com/parley-sim/parley/internal/store"
	"pgregory.net/rapid"
)

func sumUp(t testing.TB, o rowtest.Options, n int64) (*analysis.Summary, *store.Brief) {
	t.Helper()
	b := rowtest.Brief(o)
	f, err := analysis.New(rowtest.Schema(), b)
	if err != nil {
		t.Fatal(err)
	}
	rowtest.Each(o, 0, n, f.Add)
	return f.Summary(), &b
}

func printed(t testing.TB, term Terminal, s *analysis.Summary, b *store.Brief) string {
	t.Helper()
	var out bytes.Buffer
	if err := term.Summary(&out, s, b); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTerminalFitsItsWidth(t *testing.T) {
	for _, home := range []bool{false, true} {
		s, b := sumUp(t, rowtest.Options{Home: home}, 20_000)
		b.Issues[0].Label = "Tariff waived on the inputs of plants in the other country, all kinds"
		s.Terms[0].Label = b.Issues[0].Label
		for _, w := range []int{72, 80, 100, 110} {
			for _, colour := range []bool{false, true} {
				text := printed(t, Terminal{Width: w, Colour: colour, Seed: 7, Took: 6200 * time.Millisecond, Page: "results/harbour/latest/report.html", Trace: "parley trace harbour"}, s, b)
				if colour == !strings.Contains(text, "\x1b[") {
					t.Errorf("width %d: colour %v, but the text has it the other way", w, colour)
				}
				for _, l := range strings.Split(text, "\n") {
					if n := utf8.RuneCountInString(escape.ReplaceAllString(l, "")); n > w {
						t.Errorf("width %d: a line of %d: %q", w, n, l)
					}
				}
			}
		}
	}
}

func TestTerminalSays(t *testing.T) {
	s, b := sumUp(t, rowtest.Options{}, 50_000)
	text := printed(t, Terminal{Seed: 7, Page: "r.html", Trace: "parley trace harbour"}, s, b)
	for _, want := range []string{
		"50,000 talks, seed 7; 3 issues, 55 possible deals\n",
		"WHY THE OTHER 60 ARE NOT SIGNED", "red lines 15 (us.taiwan 10, china.know_how 5),\n", "  interests too far apart 5\n",
		"TERMS OF THE 40 THAT ARE SIGNED", "party.us.pressure"[6:], "assumed", "<0.2, >0.8",
		"2 of 5 numbers are assumed", "next   parley trace harbour --like no_zopa:us.taiwan", "note: 100 runs ended in an error",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, not := range []string{"ratified", "in force", "built", "<- success in this scenario\n\n\n"} {
		if strings.Contains(text, not) {
			t.Errorf("%q is in\n%s", not, text)
		}
	}
	s, b = sumUp(t, rowtest.Options{Home: true}, 50_000)
	text = printed(t, Terminal{Seed: 7}, s, b)
	for _, want := range []string{"ratified by both", "in force in the end", "DO NOT LAST", "refused at home", "us.hawks", "paper built by 2035"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestTerminalWithNothingToTell(t *testing.T) {
	s, b := sumUp(t, rowtest.Options{}, 0)
	text := printed(t, Terminal{}, s, b)
	if !strings.Contains(text, "note: there are no runs") || strings.Contains(text, "OF 100") {
		t.Errorf("no runs:\n%s", text)
	}
	f, err := analysis.New(rowtest.Schema(), *b)
	if err != nil {
		t.Fatal(err)
	}
	rowtest.Each(rowtest.Options{}, 0, 2000, func(r store.Row) {
		r[rowtest.Status], r[rowtest.Cause] = 4, 1
		f.Add(r)
	})
	text = printed(t, Terminal{Trace: "parley trace x"}, f.Summary(), b)
	if !strings.Contains(text, "interests too far apart 100") || strings.Contains(text, "TERMS") || strings.Contains(text, "WORTH") {
		t.Errorf("never possible:\n%s", text)
	}
}

func TestApportion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.Int64Range(0, 1e6), 1, 9).Draw(t, "counts")
		total := rapid.IntRange(0, 100).Draw(t, "total")
		sum, all := 0, int64(0)
		for _, n := range counts {
			all += n
		}
		for i, n := range apportion(total, counts) {
			sum += n
			if exact := float64(total) * float64(counts[i]) / float64(max(all, 1)); float64(n) < exact-1 || float64(n) > exact+1 {
				t.Fatalf("%d of %d for %d of %d", n, total, counts[i], all)
			}
		}
		if all > 0 && sum != total {
			t.Fatalf("%d shared out of %d", sum, total)
		}
	})
}

func TestNumbersInWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{thousands("72576000"), "72,576,000"},
		{thousands("100"), "100"},
		{thousands("-1234.5"), "-1,234.5"},
		{thousands("100000000000000000000"), "1.0 x 10^20"},
		{round(-0.004), "0"},
		{round(31.4), "31"},
		{round(1234.6), "1,235"},
		{round(0.731), "0.73"},
		{round(9.99), "10"},
		{round(2.5), "2.5"},
		{exact(41.1), "41.1"},
		{short(89.3271), "89.3"},
		{atMost(0.21), "0.3"},
		{duration(72 * time.Second), "72.0 s"},
		{duration(135 * time.Second), "2 min 15 s"},
		{plural(1, "talk"), "1 talk"},
		{spark([]int64{1, 0, 8, 4}), "▂ █▅"},
		{bar(2.5), "██▌"},
		{of100(analysis.Share{N: 1, Of: 1000, Share: 0.001}), "<1"},
		{of100(analysis.Share{N: 999, Of: 1000, Share: 0.999}), ">99"},
		{fmt.Sprint(wrapPath("us.interest.security.weight", 18)), "[us.interest.   security.weight]"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
