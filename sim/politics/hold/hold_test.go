package hold

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// theory reads a row of the shared table of closed forms; tests that need it skip without it.
func theory(t *testing.T, model string) (inputs, output, formula string) {
	t.Helper()
	f, err := os.Open("../../../../shared/data/theory/theory.csv")
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") != "true" {
		t.Skip("../shared/data/theory/theory.csv is not there")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r[0] == model {
			return r[1], r[2], r[3]
		}
	}
	t.Fatalf("no row %q", model)
	return "", "", ""
}

func number(t *testing.T, pattern, text string) float64 {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no %s in %q", pattern, text)
	}
	x, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestGrimTrigger: theory.csv grim_trigger, (D-C)/(D-N), with the stage of its bs_linear_tariff_game.
func TestGrimTrigger(t *testing.T) {
	_, out, _ := theory(t, "bs_linear_tariff_game")
	s := Stage(0, number(t, `C=([\d.]+)`, out), number(t, `;D=([\d.]+)`, out), number(t, `;N=([\d.]+)`, out))
	var v Verdict
	terms := Plain()
	got, err := terms.Critical(&s, &v)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "bs_linear_tariff_game", got, number(t, `delta\*=([\d.]+)`, out), 1e-6)
	if _, form, _ := theory(t, "grim_trigger"); form != "delta*=(D-C)/(D-N)" {
		t.Errorf("the row says %q", form)
	}
	for _, c := range [][3]float64{{3, 5, 1}, {10, 11, -4}, {2, 7, 1.5}} {
		s := Stage(0, c[0], c[1], c[2])
		got, err := terms.Critical(&s, &v)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "grim_trigger", got, (c[1]-c[0])/(c[1]-c[2]), 1e-8)
	}
}

// TestYearsOfPunishment: theory.csv tariff_game_T_years.
func TestYearsOfPunishment(t *testing.T) {
	_, out, _ := theory(t, "tariff_game_T_years")
	s := Stage(0, 0.51, 31.0/60, 91.0/180)
	var v Verdict
	for _, years := range []int{2, 3, 5} {
		terms := Terms{Punish: years, Unanswered: 1}
		got, err := terms.Critical(&s, &v)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "T", got, number(t, "T="+strconv.Itoa(years)+` ([\d.]+)`, out), 1e-6)
	}
	one := Terms{Punish: 1, Unanswered: 1}
	got, err := one.Critical(&s, &v)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out, "T=1 none") || !math.IsInf(got, 1) {
		t.Errorf("one year of punishment: %v, the table says %q", got, out)
	}
}

// TestPay: the payment of the closed form (1-d) D + d N - C makes a deal just hold (Levin 2003), and
// with T years of punishment the inequality of tariff_game_T_years with C + pay is an equality.
func TestPay(t *testing.T) {
	var v Verdict
	c, d, n := 0.51, 31.0/60, 91.0/180
	for _, delta := range []float64{0, 0.1, 0.3, 0.59} {
		s := Stage(delta, c, d, n)
		terms := Plain()
		if err := terms.Judge(&s, &v); err != nil {
			t.Fatal(err)
		}
		near(t, "pay", v.Pay, (1-delta)*d+delta*n-c, 1e-14)
		s = Stage(delta, c+v.Pay, d, n)
		if err := terms.Judge(&s, &v); err != nil || !v.Holds || v.Spare > 1e-12 {
			t.Errorf("paid at %v: %+v, %v", delta, v, err)
		}
	}
	s := Stage(0.5, c, d, n)
	terms := Terms{Punish: 3, Unanswered: 1}
	if err := terms.Judge(&s, &v); err != nil {
		t.Fatal(err)
	}
	sum := 0.5 + 0.25 + 0.125
	near(t, "T years", (c+v.Pay)*(1+sum), d+n*sum, 1e-14)
}

// play adds up what a side gets over 4,000 years by walking through them: the oracle for Judge.
func play(t *Terms, s *Side, breaks int) float64 {
	const far = 4000
	sum, w := 0.0, 1.0 // w: discount times the chance that the deal is still on
	add := func(x float64) { sum += w * x }
	at := func(p []float64, y int) float64 { return p[min(y, len(p)-1)] }
	year := 0
	pay := func(x float64) { add(x); w *= s.Discount; year++ }
	for y := 0; year < far; y++ {
		if t.Years > 0 && y == t.Years {
			for i := 0; (t.After == 0 || i < t.After) && year < far; i++ {
				pay(at(s.Peace, t.Years-1))
			}
			return sum
		}
		if y == breaks {
			breaks = -1
			pay(t.Unanswered*at(s.Break, y) + (1-t.Unanswered)*at(s.Punish, y))
			for i := 0; year < far; i++ {
				if t.Punish > 0 && i == t.Punish {
					break
				}
				if t.Punish == 0 && t.Years > 0 && t.After > 0 && i == t.Years-1-y+t.After {
					return sum
				}
				pay(at(s.Punish, y))
			}
			continue
		}
		stay := w * s.Discount
		add(at(s.Keep, y))
		if t.Ends > 0 && !(t.Years > 0 && y == t.Years-1) {
			peace := 0.0
			for i, d := 0, 1.0; (t.After == 0 || i < t.After) && i < far; i++ {
				peace += d * at(s.Peace, y)
				d *= s.Discount
			}
			sum += stay * t.Ends * peace
			stay *= 1 - t.Ends
		}
		w = stay
		year++
	}
	return sum
}

func TestJudgeAgainstWalk(t *testing.T) {
	s := Side{
		Discount: 0.9,
		Keep:     []float64{1, 2, 4, 7}, Break: []float64{5, 6, 9, 14}, Punish: []float64{0, -1, -2, -4}, Peace: []float64{0, 0.5, 1, 2},
	}
	var v Verdict
	for _, terms := range []Terms{
		{Unanswered: 1},
		{Unanswered: 0.25, Ends: 0.08},
		{Unanswered: 1, Punish: 3},
		{Unanswered: 0.5, Punish: 2, Ends: 0.1},
		{Unanswered: 1, Years: 6, After: 10},
		{Unanswered: 1, Years: 2},
		{Unanswered: 0.7, Years: 5, Punish: 2, After: 4, Ends: 0.2},
	} {
		if err := terms.Judge(&s, &v); err != nil {
			t.Fatal(err)
		}
		near(t, "keeping", v.Keeping[0], play(&terms, &s, -1), 1e-9)
		// What breaking in year y+1 is worth in year 1 differs from keeping by the slack, discounted.
		on := 1.0
		for y := range v.Breaking {
			if y > 0 {
				on *= s.Discount * (1 - terms.Ends)
			}
			if terms.Ends > 0 && terms.Punish > 0 && y > 0 {
				continue // the walk's weights mix
			}
			got := play(&terms, &s, -1) - on*(v.Keeping[y]-v.Breaking[y])
			near(t, "breaking", got, play(&terms, &s, y), 1e-9)
		}
	}
}

// TestHostages: a last year unravels without plants and holds with enough of them; a host is tempted
// by what an owner is bound by.
func TestHostages(t *testing.T) {
	terms := Terms{Years: 5, Unanswered: 1}
	bare := Side{Discount: 0.9, Keep: []float64{3}, Break: []float64{5}, Punish: []float64{0}, Peace: []float64{0}}
	var v Verdict
	if err := terms.Judge(&bare, &v); err != nil {
		t.Fatal(err)
	}
	if v.Holds || v.Worst != 5 {
		t.Errorf("a deal that ends without plants: %+v", v)
	}
	// The owner: plants worth 0.3 a year, for ever after, lost by breaking: 0.9 x 0.3 / 0.1 = 2.7 > 2.
	owner := Side{Discount: 0.9, Keep: []float64{3.3}, Break: []float64{5.3}, Punish: []float64{0}, Peace: []float64{0.3}}
	if err := terms.Judge(&owner, &v); err != nil || !v.Holds {
		t.Errorf("plants do not bind their owner: %+v, %v", v, err)
	}
	host := Side{Discount: 0.9, Keep: []float64{3}, Break: []float64{5.3}, Punish: []float64{0.3}, Peace: []float64{0}}
	if err := terms.Judge(&host, &v); err != nil {
		t.Fatal(err)
	}
	near(t, "the bond of a host that may take them", v.Bond, 2.3+2.7, 1e-12)
}

// TestScar: what a break takes for good weighs as a perpetuity from the year in which both keep again.
func TestScar(t *testing.T) {
	terms := Terms{Punish: 2, Unanswered: 1}
	s := Side{Discount: 0.9, Keep: []float64{3}, Break: []float64{5}, Punish: []float64{-1}, Peace: []float64{0}}
	var v Verdict
	if err := terms.Judge(&s, &v); err != nil {
		t.Fatal(err)
	}
	was := v.Slack
	s.Scar = []float64{-1}
	if err := terms.Judge(&s, &v); err != nil {
		t.Fatal(err)
	}
	near(t, "a loss of 1 a year from the fourth year on", v.Slack-was, 0.9*0.9*0.9/(1-0.9), 1e-12)
}

func TestPair(t *testing.T) {
	p := Pair{Terms: Plain(), Side: [2]Side{Stage(0.5, 2, 5, 1), Stage(0.9, 6, 7, 0)}}
	if err := p.Judge(); err != nil {
		t.Fatal(err)
	}
	if p.Holds || p.From != 1 || !p.Payable {
		t.Errorf("%+v", p)
	}
	near(t, "payment", p.Payment, 0.5*5+0.5*1-2, 1e-12)
	near(t, "spare", p.By[1].Spare, 6-0.1*7, 1e-12)
}

func TestRefuses(t *testing.T) {
	var v Verdict
	for says, c := range map[string]struct {
		t Terms
		d float64
	}{
		"discount factor of 1 with an endless": {Plain(), 1},
		"discount factor 1.2":                  {Plain(), 1.2},
		"discount factor -0.1":                 {Plain(), -0.1},
		"discount factor NaN":                  {Plain(), math.NaN()},
		"plants that last for ever":            {Terms{Years: 3, Unanswered: 1}, 1},
		"is not in (0, 1]":                     {Terms{}, 0.5},
		"is not in [0, 1)":                     {Terms{Unanswered: 1, Ends: 1}, 0.5},
		"years of punishment":                  {Terms{Unanswered: 1, Punish: -1}, 0.5},
		"a deal of -2 years":                   {Terms{Unanswered: 1, Years: -2}, 0.5},
	} {
		s := Stage(c.d, 1, 2, 0)
		if err := c.t.Judge(&s, &v); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v at %v: %v, want %q", c.t, c.d, err, says)
		}
	}
	s := Stage(0.5, math.Inf(1), 2, 0)
	terms := Plain()
	if err := terms.Judge(&s, &v); err == nil {
		t.Error("an infinite worth was accepted")
	}
	one := Stage(1, 3, 4, 1)
	ends := Terms{Years: 4, After: 2, Unanswered: 1}
	if err := ends.Judge(&one, &v); err != nil {
		t.Errorf("no discounting over four years: %v", err)
	}
}

func BenchmarkJudge(b *testing.B) {
	p := Pair{Terms: Terms{Unanswered: 0.25, Ends: 0.08}}
	for s := range p.Side {
		p.Side[s] = Side{Discount: 0.9, Keep: make([]float64, 11), Break: make([]float64, 11), Punish: make([]float64, 11), Peace: make([]float64, 11)}
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Judge(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestPayAnyTerms: whatever the terms, adding the payment to what a side gets by keeping leaves its least slack at
// zero, and taking its spare from it too.
func TestPayAnyTerms(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	path := func(n int, mean float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = mean + 4*rng.Float64()
		}
		return out
	}
	var v, w Verdict
	paid, spared := 0, 0
	for range 500 {
		n := 1 + rng.IntN(6)
		s := Side{Discount: 0.95 * rng.Float64(), Keep: path(n, 2), Break: path(n, 4), Punish: path(n, -1), Peace: path(n, -1), Scar: path(n, -2)}
		if rng.IntN(2) == 0 {
			s.Take = path(n, -2)
		}
		terms := Terms{Unanswered: 0.1 + 0.9*rng.Float64(), Ends: 0.3 * rng.Float64(), Punish: rng.IntN(4), Years: rng.IntN(7), After: rng.IntN(3)}
		if err := terms.Judge(&s, &v); err != nil {
			t.Fatal(err)
		}
		by := v.Pay
		if by > 0 {
			paid++
		} else {
			spared++
			by = -v.Spare
		}
		for i := range s.Keep {
			s.Keep[i] += by
		}
		if err := terms.Judge(&s, &w); err != nil {
			t.Fatal(err)
		}
		near(t, "least slack", w.Slack, 0, 1e-9)
	}
	if paid < 50 || spared < 50 {
		t.Errorf("%d paid, %d spared: too few of one kind", paid, spared)
	}
}

// TestLoss: a hostage of the size that Loss says closes the gap of its year, exactly.
func TestLoss(t *testing.T) {
	var v Verdict
	for _, terms := range []Terms{
		{Unanswered: 1},
		{Unanswered: 0.25, Ends: 0.08},
		{Unanswered: 0.5, Punish: 1},
		{Unanswered: 1, Punish: 3, After: 5},
		{Unanswered: 1, Years: 4},
		{Unanswered: 0.3, Years: 4, After: 6},
	} {
		s := Side{
			Discount: 0.8, Keep: []float64{1, 2, 2, 3}, Break: []float64{59, 62, 62, 90}, Punish: []float64{0, 0, 0, 0},
			Peace: []float64{0, 0, 0, 0}, Scar: []float64{0, 0, 0, 0},
		}
		if err := terms.Judge(&s, &v); err != nil {
			t.Fatal(err)
		}
		y := v.Worst
		need := -v.Slack / terms.Loss(s.Discount, y)
		if need <= 0 {
			t.Fatalf("%+v: nothing to close", terms)
		}
		s.Punish[min(y, 4)-1], s.Scar[min(y, 4)-1] = -need, -need
		if err := terms.Judge(&s, &v); err != nil {
			t.Fatal(err)
		}
		near(t, "slack of the year", v.Keeping[y-1]-v.Breaking[y-1], 0, 1e-9)
	}
}

// TestLaterPayments: adding the payments found to both sides' paths makes the deal hold, with the least slack of who is
// paid at zero; a payer with nothing to spare at first pays later.
func TestLaterPayments(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 1))
	path := func(n int, mean, rise float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = mean + 2*rng.Float64() + rise*float64(i)
		}
		return out
	}
	late, found := 0, 0
	for range 2000 {
		n := 2 + rng.IntN(6)
		p := Pair{Terms: Terms{Unanswered: 0.3 + 0.7*rng.Float64(), Ends: 0.2 * rng.Float64(), Punish: rng.IntN(3)}}
		if rng.IntN(3) == 0 {
			p.Terms.Years = n
		}
		p.Side[0] = Side{Discount: 0.5 + 0.4*rng.Float64(), Keep: path(n, 2, 0.5), Break: path(n, 4, 0.2), Punish: path(n, -1, 0), Peace: path(n, -1, 0)}
		p.Side[1] = Side{Discount: 0.5 + 0.4*rng.Float64(), Keep: path(n, 3, 0), Break: path(n, 4, 0.5), Punish: path(n, -1, 0), Peace: path(n, -1, 0)}
		if rng.IntN(2) == 0 {
			p.Side[0].Take = path(n, 0, 0.1)
		}
		if err := p.Judge(); err != nil {
			t.Fatal(err)
		}
		pay, ok := p.Pay()
		if p.Payable && !(ok && pay.Start == 1 && math.Abs(pay.Amount-p.Payment) < 1e-9) {
			t.Fatalf("payable from the first year at %v, found %+v", p.Payment, pay)
		}
		if !ok {
			continue
		}
		found++
		if pay.Start > 1 {
			late++
		}
		for y := pay.Start - 1; y < n; y++ {
			p.Side[pay.From].Keep[y] -= pay.Amount
			p.Side[1-pay.From].Keep[y] += pay.Amount
		}
		if err := p.Judge(); err != nil {
			t.Fatal(err)
		}
		if !p.By[0].Holds && p.By[0].Slack < -1e-9 || !p.By[1].Holds && p.By[1].Slack < -1e-9 {
			t.Fatalf("%+v does not hold: %v, %v", pay, p.By[0].Slack, p.By[1].Slack)
		}
		near(t, "slack of who is paid", p.By[1-pay.From].Slack, 0, 1e-9)
	}
	if late < 20 || found < 100 {
		t.Errorf("%d found, %d of them late: too few", found, late)
	}
}

// TestThomasWorrall: their host gets all the surplus r(I) - I of an investment made anew each period, and may take the
// output r(I) once, for no investment ever after: it keeps if (r(I) - I)/(1-d) >= r(I), so the largest
// investment that enforces itself has I = d r(I), and the efficient one does from d = I*/r(I*) on (Thomas and
// Worrall 1994, section 2). With r(I) = 2 sqrt(I) these are 4 d^2, and 1 from d = 1/2 on.
func TestThomasWorrall(t *testing.T) {
	r := func(i float64) float64 { return 2 * math.Sqrt(i) }
	terms := Plain()
	var v Verdict
	holds := func(d, i float64) bool {
		s := Stage(d, r(i)-i, r(i), 0)
		if err := terms.Judge(&s, &v); err != nil {
			t.Fatal(err)
		}
		return v.Holds
	}
	for _, d := range []float64{0.1, 0.25, 0.4, 0.49} {
		low, high := 0.0, 1.0
		for range 50 {
			if mid := (low + high) / 2; holds(d, mid) {
				low = mid
			} else {
				high = mid
			}
		}
		near(t, "largest investment", low, 4*d*d, 1e-9)
	}
	s := Stage(0, r(1)-1, r(1), 0)
	got, err := terms.Critical(&s, &v)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "efficient from", got, 0.5, 1e-9)
}

// TestTake: taking is worth the gain for ever against no deal for ever; a side that looks far ahead would rather be taken
// back than take little, and take much than be taken back.
func TestTake(t *testing.T) {
	terms := Terms{Punish: 1, Unanswered: 1}
	var v Verdict
	for _, c := range []struct{ take, want float64 }{{0.1, 5 + 0.9*0 + 0.81*30}, {9, 5 + 9 + 0.9*9/(1-0.9)}} {
		s := Side{Discount: 0.9, Keep: []float64{3}, Break: []float64{5}, Punish: []float64{0}, Peace: []float64{0}, Take: []float64{c.take}}
		if err := terms.Judge(&s, &v); err != nil {
			t.Fatal(err)
		}
		near(t, "breaking", v.Breaking[0], c.want, 1e-9)
	}
}
