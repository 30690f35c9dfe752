package home

import (
	"encoding/csv"
	"errors"
	"math"
	"os"
	"testing"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func electorate(rule Rule, share ...float64) *Electorate {
	e := NewElectorate(len(share))
	e.Rule = rule
	copy(e.Share, share)
	e.Prepare()
	return e
}

// TestChanceIsTheSumOverAnswers: against every answer written out.
func TestChanceIsTheSumOverAnswers(t *testing.T) {
	e := electorate(Rule{Threshold: 0.5, Strict: true}, 0.4, 0.3, 0.15, 0.15)
	e.Veto[0] = true
	p := []float64{0.9, 0.4, 0.6, 0.55}
	want := 0.0
	for mask := range 16 {
		q, share := 1.0, 0.0
		for a := range 4 {
			if mask>>a&1 == 1 {
				q, share = q*p[a], share+e.Share[a]
			} else {
				q *= 1 - p[a]
			}
		}
		if mask&1 == 1 && share > 0.5+1e-12 {
			want += q
		}
	}
	near(t, "chance", e.Chance(p), want, 1e-15)
	// A uniform an audience, over a grid: the share of yeses is the chance.
	const n = 12
	yes, u := make([]bool, 4), make([]float64, 4)
	passed := 0
	for k := range n * n * n * n {
		for a, r := 0, k; a < 4; a, r = a+1, r/n {
			u[a] = (float64(r%n) + 0.5) / n
		}
		if ok, _ := e.Vote(p, u, yes); ok != e.Passes(yes) {
			t.Fatal(yes)
		} else if ok {
			passed++
		}
	}
	near(t, "votes", float64(passed)/(n*n*n*n), want, 0.05)
}

func TestSharesAtTheThreshold(t *testing.T) {
	e := electorate(Rule{Threshold: 0.3, Strict: true}, 0.1, 0.2, 0.7)
	if e.Passes([]bool{true, true, false}) {
		t.Error("0.1 + 0.2 is not more than 0.3")
	}
	e.Rule.Strict = false
	if !e.Passes([]bool{true, true, false}) {
		t.Error("0.1 + 0.2 is at least 0.3")
	}
}

func TestBlame(t *testing.T) {
	e := electorate(Rule{Threshold: 0.5, Strict: true}, 0.2, 0.5, 0.3)
	e.Veto[0] = true
	yes := make([]bool, 3)
	for _, c := range []struct {
		p    []float64
		pass bool
		by   int
	}{
		{[]float64{1, 1, 1}, true, Nobody},
		{[]float64{1, 0, 0}, false, 1},
		{[]float64{0, 1, 1}, false, 0},
		{[]float64{0, 0, 0}, false, 0},
		{[]float64{1, 0, 1}, false, 1},
		{[]float64{1, 1, 0}, true, Nobody},
	} {
		pass, by := e.Vote(c.p, []float64{0.5, 0.5, 0.5}, yes)
		if pass != c.pass || by != c.by {
			t.Errorf("%v: %v by %d, want %v by %d", c.p, pass, by, c.pass, c.by)
		}
	}
}

// TestLegislature: a bloc of equal members is binomial, and the sum over blocs has the mean and variance of
// independent members.
func TestLegislature(t *testing.T) {
	f := PoissonBinomial([]float64{0.3, 0.3, 0.3, 0.3, 0.3})
	for k, c := range []float64{1, 5, 10, 10, 5, 1} {
		near(t, "binomial", f[k], c*math.Pow(0.3, float64(k))*math.Pow(0.7, float64(5-k)), 1e-15)
	}
	e := electorate(Rule{Threshold: 0.5, Strict: true, Members: 435}, 0.5, 0.3, 0.2, 0.4)
	e.Veto[3] = true // a president beside the House
	e.Prepare()
	total := 0
	for a, want := range []int{218, 130, 87, 0} {
		if e.Seats()[a] != want {
			t.Errorf("seats %v", e.Seats())
		}
		total += e.Seats()[a]
	}
	if total != 435 {
		t.Errorf("%d seats", total)
	}
	p := []float64{0.6, 0.45, 0.4, 0.8}
	members := []float64{}
	mean, variance := 0.0, 0.0
	for a, n := range e.Seats() {
		for range n {
			members = append(members, p[a])
			mean += p[a]
			variance += p[a] * (1 - p[a])
		}
	}
	f = PoissonBinomial(members)
	gotMean, gotVar, sum, over := 0.0, 0.0, 0.0, 0.0
	for k, q := range f {
		sum += q
		gotMean += float64(k) * q
		gotVar += float64(k*k) * q
		if k >= 218 {
			over += q
		}
	}
	near(t, "sum", sum, 1, 1e-12)
	near(t, "mean", gotMean, mean, 1e-9)
	near(t, "variance", gotVar-gotMean*gotMean, variance, 1e-7)
	near(t, "chance", e.Chance(p), 0.8*over, 1e-12)
	yes, u := make([]bool, 4), make([]float64, 4)
	passed, runs := 0, 20_000
	state := uint64(1)
	for range runs {
		for a := range u {
			state = state*6364136223846793005 + 1442695040888963407
			u[a] = (float64(state>>12) + 0.5) / (1 << 52)
		}
		if ok, by := e.Vote(p, u, yes); ok {
			passed++
		} else if by == Nobody {
			t.Fatal("nobody to blame")
		}
	}
	near(t, "votes", float64(passed)/float64(runs), 0.8*over, 0.012)
}

func TestChances(t *testing.T) {
	e := electorate(Rule{Threshold: 0.5}, 1, 1)
	e.Noise[0], e.Agree[0], e.Agree[1] = 2, 1, 3
	out := make([]float64, 2)
	e.Chances([]float64{3, 3}, out)
	near(t, "Phi(1)", out[0], 0.841344746068543, 1e-14)
	near(t, "no noise, at the threshold", out[1], 1, 0)
	e.Chances([]float64{-math.MaxFloat64, 2.999}, out)
	near(t, "far off", out[0], 0, 0)
	near(t, "no noise, below", out[1], 0, 0)
}

func TestBadElectorates(t *testing.T) {
	e := electorate(Rule{Threshold: 0.5}, 0, 0)
	if err := e.Check(); !errors.Is(err, ErrNoShares) {
		t.Error(err)
	}
	e = electorate(Rule{Threshold: 1.5, Members: -1}, -1, math.NaN())
	e.Noise[0] = -1
	if err := e.Check(); err == nil {
		t.Error("no error")
	}
	if c := NewElectorate(0).Chance(nil); c != 1 {
		t.Errorf("nobody at home agrees with chance %v", c)
	}
}

// TestHeed: the weights are the gradient of log P times the gain, by differences.
func TestHeed(t *testing.T) {
	e := electorate(Rule{Threshold: 0.5, Strict: true}, 0.4, 0.3, 0.15, 0.15)
	e.Veto[0] = true
	for a := range e.Noise {
		e.Noise[a] = 10 + float64(a)
	}
	got := make([]float64, 4)
	const gain, h = 7.0, 1e-4
	e.Heed(gain, got)
	score := make([]float64, 4)
	for a := range got {
		score[a] = h
		up := e.ChanceOf(score)
		score[a] = -h
		down := e.ChanceOf(score)
		score[a] = 0
		near(t, "heed", got[a], gain*(up-down)/(2*h)/e.ChanceOf(score), 1e-7)
	}
	e.Noise[0] = 0
	e.Heed(gain, got)
	near(t, "without noise", got[0], MostHeed, 0)
}

// TestSplit: Rubinstein's shares without needs, the binding need with them, and the Nash solution projected
// on what passes for patient players.
func TestSplit(t *testing.T) {
	for _, d := range []float64{0.5, 0.9, 0.99} {
		x, ok := (Split{Delta: d}).Solve()
		near(t, "Rubinstein", x, 1/(1+d), 1e-9)
		if !ok {
			t.Error("no split")
		}
	}
	for _, c := range []struct{ a, b, want float64 }{
		{0, 0, 0.5},
		{0.3, 0.2, 0.5},
		{0.7, 0, 0.7}, // tied hands
		{0, 0.8, 0.2}, // the other's
		{0.6, 0.4, 0.6},
		{0.9, 0.1, 0.9},
	} {
		x, ok := (Split{c.a, c.b, 0.9999}).Solve()
		near(t, "patient", x, c.want, 1e-4)
		if !ok {
			t.Error("no split")
		}
	}
	if _, ok := (Split{0.6, 0.5, 0.9}).Solve(); ok {
		t.Error("both needs cannot be met")
	}
}

// TestEstimated: the closed form against the sum over errors.
func TestEstimated(t *testing.T) {
	for _, other := range []float64{0, 0.2, 0.6} {
		for _, need := range []float64{0, 0.2, 0.4, 0.45, 0.5, 0.55, 0.7, 0.95, 1} {
			for _, sd := range []float64{0.02, 0.1, 0.3} {
				const n = 400_000
				sum := 0.0
				for k := range n {
					z := -8 + 16*(float64(k)+0.5)/n
					deal := max(min(0.5, 1-other), need+sd*z)
					if deal <= 1-other && deal >= need {
						sum += deal * density(z) * 16 / n
					}
				}
				near(t, "estimated", Estimated(need, other, sd), sum, 3e-5)
			}
		}
	}
	near(t, "hardly an error", Estimated(0.7, 0, 1e-6), Known(0.7, 0)/2, 1e-5) // half the guesses fall short
	near(t, "no need", Estimated(0, 0, 1e-6), Known(0, 0), 1e-12)
	near(t, "ignored", Ignored(0.7, 0), 0, 0)
	// What both know is what patient players agree on.
	for _, c := range []struct{ a, b float64 }{{0.3, 0.2}, {0.7, 0.2}, {0.2, 0.7}, {0.8, 0.3}} {
		x, ok := (Split{c.a, c.b, 0.9999}).Solve()
		if !ok {
			x = 0
		}
		near(t, "known", Known(c.a, c.b), x, 1e-4)
	}
}

// TestWinSetOnALine meets the row winset_1d of the shared theory: the set found by voting on a fine line is
// the closed form.
func TestWinSetOnALine(t *testing.T) {
	checkTheoryRow(t)
	for _, c := range []struct{ q, m float64 }{{0.2, 0.5}, {0.8, 0.5}, {0.5, 0.5}, {0.3, 0.1}} {
		e := electorate(Rule{Threshold: 0.5, Strict: true}, 1)
		const n = 1001
		score, out := make([][]float64, n), make([]bool, n)
		for i := range score {
			x := float64(i)/(n-1)*3 - 1
			score[i] = []float64{math.Abs(c.q-c.m) - math.Abs(x-c.m) + 1e-12}
		}
		e.WinSet(score, out)
		lo, hi := Interval(c.q, c.m)
		for i, in := range out {
			x := float64(i)/(n-1)*3 - 1
			if in != (x >= lo-1e-9 && x <= hi+1e-9) {
				t.Errorf("q %v m %v: %v in the win-set is %v", c.q, c.m, x, in)
			}
		}
	}
	for _, c := range []struct {
		q, m1, m2 float64
		open      bool
	}{{0.5, 0.7, 0.9, true}, {0.5, 0.1, 0.2, true}, {0.5, 0.1, 0.9, false}, {0.5, 0.5, 0.9, false}} {
		if Open(c.q, c.m1, c.m2) != c.open {
			t.Errorf("%+v", c)
		}
	}
}

func checkTheoryRow(t *testing.T) {
	t.Helper()
	f, err := os.Open("../../../../shared/data/theory/theory.csv")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("the shared theory table is not there")
		}
		t.Log("the shared theory table is not there: its row is not compared")
		return
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r[0] == "winset_1d" {
			const want = "win-sets [min(q,2m-q), max(q,2m-q)]; a deal other than q exists iff m1 and m2 lie strictly on the same side of q"
			if r[2] != want {
				t.Errorf("the row says %q", r[2])
			}
			return
		}
	}
	t.Error("no row winset_1d")
}

func BenchmarkChance(b *testing.B) {
	e := electorate(Rule{Threshold: 0.5, Strict: true}, 0.4, 0.3, 0.15, 0.15)
	e.Veto[0] = true
	for a := range e.Noise {
		e.Noise[a] = 10
	}
	score := []float64{5, -3, 2, 1}
	b.ReportAllocs()
	for b.Loop() {
		e.ChanceOf(score)
	}
}

func TestVotingDoesNotAllocate(t *testing.T) {
	for _, members := range []int{0, 100} {
		e := electorate(Rule{Threshold: 0.5, Strict: true, Members: members}, 0.4, 0.3, 0.3)
		e.Noise[0], e.Noise[1], e.Noise[2] = 10, 10, 10
		score, p, u, yes, heed := []float64{5, -3, 2}, make([]float64, 3), []float64{0.2, 0.5, 0.9}, make([]bool, 3), make([]float64, 3)
		if n := testing.AllocsPerRun(50, func() {
			e.Prepare()
			e.Chances(score, p)
			e.Chance(p)
			e.Vote(p, u, yes)
			e.Heed(5, heed)
		}); n != 0 {
			t.Errorf("%d members: %v allocations a deal", members, n)
		}
	}
}

// TestHouseIsPoissonBinomial: blocs put together are the recursion member by member, at extreme chances too.
func TestHouseIsPoissonBinomial(t *testing.T) {
	for _, p := range [][]float64{{0.6, 0.45, 0.4}, {0.999, 0.001, 0.5}, {0, 1, 0.5}, {1e-9, 0.2, 1 - 1e-9}} {
		for _, n := range []int{1, 2, 7, 100, 435, 3000} {
			for _, rule := range []Rule{{Threshold: 0.5, Strict: true, Members: n}, {Threshold: 2. / 3, Members: n}, {Threshold: 0, Members: n}, {Threshold: 1, Strict: true, Members: n}} {
				e := electorate(rule, 0.5, 0.3, 0.2)
				var members []float64
				for a, k := range e.Seats() {
					for range k {
						members = append(members, p[a])
					}
				}
				want := 0.0
				for k, q := range PoissonBinomial(members) {
					if rule.enough(float64(k), float64(n)) {
						want += q
					}
				}
				near(t, "house", e.Chance(p), want, 1e-11)
			}
		}
	}
}

func BenchmarkHouse(b *testing.B) {
	e := electorate(Rule{Threshold: 0.5, Strict: true, Members: 435}, 0.5, 0.3, 0.2)
	p := []float64{0.6, 0.45, 0.4}
	b.ReportAllocs()
	for b.Loop() {
		e.Chance(p)
	}
}
