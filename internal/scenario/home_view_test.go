package scenario

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/home"
)

// line is a scenario of one issue from 0 to 100, the status quo at q, a pivot with a single-peaked interest at
// m1 and m2 on each side, and a second issue that nobody minds.
func line(t *testing.T, q, m1, m2 int) *Model {
	t.Helper()
	peak := func(m int) string {
		return fmt.Sprintf("{ ideal = { weight = 100, times = { x = { peak = [%d, %d, %d] } } } }", m-200, m, m+200)
	}
	text := fmt.Sprintf(`
[issue]
x = { range = [0, 100], step = 1, now = %d }
y = { levels = [1, 2], now = 1 }
[no_deal]
truce_lapses = 0
[party.us]
interest = %s
audience = { pivot = { share = 1, likes = { ideal = 1 } } }
[party.china]
interest = %s
audience = { pivot = { share = 1, likes = { ideal = 1 } } }
[clock]
rounds = 5
`, q, peak(m1), peak(m2))
	cfg, err := config.Parse("line.toml", []byte("question = \"?\"\nworth = \"usd_bn_year\"\n"+text), config.Options{Known: Known()})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(context.Background(), cfg, Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestWinSetOnALine meets the theory's row winset_1d by the code that parley home runs: the win-sets are
// [min(q, 2m-q), max(q, 2m-q)], a deal other than q exists if and only if m1 and m2 lie strictly on the same side
// of it, and then the Nash solution of what passes lies on the intersection.
func TestWinSetOnALine(t *testing.T) {
	for _, c := range []struct{ q, m1, m2 int }{{20, 50, 40}, {80, 50, 60}, {50, 30, 70}, {50, 50, 90}, {10, 90, 30}} {
		at, err := line(t, c.q, c.m1, c.m2).AtHome(1, Typical)
		if err != nil {
			t.Fatal(err)
		}
		passes, err := at.WinSets(0, 1, deal.Offer{uint16(c.q), 0})
		if err != nil {
			t.Fatal(err)
		}
		other := false
		for x := range 101 {
			both := true
			for side, m := range []int{c.m1, c.m2} {
				lo, hi := home.Interval(float64(c.q), float64(m))
				want := float64(x) >= lo-1e-9 && float64(x) <= hi+1e-9
				// At the far end the score is 0 but for rounding: either answer is right.
				edge := x != c.q && (math.Abs(float64(x)-lo) < 1e-9 || math.Abs(float64(x)-hi) < 1e-9)
				if got := passes[side][0][x]; got != want && !edge {
					t.Errorf("q %d m %d: %d passes %v, want %v", c.q, m, x, got, want)
				}
				both = both && passes[side][0][x]
			}
			other = other || both && x != c.q
		}
		if open := home.Open(float64(c.q), float64(c.m1), float64(c.m2)); other != open {
			t.Errorf("%+v: a deal other than today %v, want %v", c, other, open)
		}
	}
}

// TestRatifiableFrontier: on a space that can be listed, what is found is what a search of all outcomes finds,
// within the bound; and the most an audience can have is exact.
func TestRatifiableFrontier(t *testing.T) {
	b := wholeBatch(t, "party.us.audience.hawks.veto=true", "party.us.audience.hawks.agree=-20", "party.us.audience.president.agree=5")
	m := b.Base
	compared := 0
	for run := range uint64(12) {
		at, err := m.AtHome(3, run)
		if err != nil {
			t.Fatal(err)
		}
		f, err := at.Frontiers()
		if err != nil {
			t.Fatal(err)
		}
		var all []deal.Point
		most := make([]float64, 2)
		for k := range most {
			most[k] = math.Inf(-1)
		}
		o := m.Space.NewOffer()
		for {
			if w := at.Worth(o); !math.IsInf(w[0]+w[1], 0) && at.Passes(o) {
				all = append(all, deal.Point{U: w, Outcome: append(deal.Offer(nil), o...)})
			}
			if !math.IsInf(at.Worth(o)[0], 0) {
				for k, g := range at.Groups(0, o) {
					most[k] = max(most[k], g.Score)
				}
			}
			i := len(o) - 1
			for ; i >= 0; i-- {
				if o[i]++; int(o[i]) < len(m.Space.Issues[i].Values) {
					break
				}
				o[i] = 0
			}
			if i < 0 {
				break
			}
		}
		for k, g := range at.Groups(0, o) {
			if math.Abs(g.Most-most[k]) > 1e-9*(1+math.Abs(most[k])) {
				t.Errorf("run %d: %s may have %v, found %v", run, g.Name, g.Most, most[k])
			}
		}
		if len(all) == 0 {
			if len(f.Passing) > 0 {
				t.Errorf("run %d: %v passes and does not", run, f.Passing)
			}
			continue
		}
		compared++
		for k := range 41 {
			w := float64(k) / 40
			value := func(points []deal.Point) float64 {
				best := math.Inf(-1)
				for _, p := range points {
					best = max(best, w*p.U[0]+(1-w)*p.U[1])
				}
				return best
			}
			truth, found := value(efficient(all)), value(f.Passing)
			if found > truth+1e-9 || truth > found+f.Bound+1e-9 {
				t.Errorf("run %d weight %v: found %v, truth %v, bound %v", run, w, found, truth, f.Bound)
			}
		}
	}
	if compared < 4 {
		t.Errorf("only %d draws have a deal that passes", compared)
	}
}
