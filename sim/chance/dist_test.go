package chance

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

func must[D Dist](d D, err error) D {
	if err != nil {
		panic(err)
	}
	return d
}

// anyDist draws a distribution of any kind with its distribution function, nil for the discrete.
func anyDist(t *rapid.T) (Dist, func(x float64) float64) {
	lo := rapid.Float64Range(-1e3, 1e3).Draw(t, "lo")
	w := math.Exp(rapid.Float64Range(-7, 7).Draw(t, "log width"))
	hi := lo + w
	mid := min(lo+w*rapid.Float64Range(0, 1).Draw(t, "where"), hi)
	switch kind := rapid.SampledFrom([]string{"const", "uniform", "triangular", "pert", "normal", "lognormal", "beta", "choice", "chance"}).Draw(t, "kind"); kind {
	case "const":
		return must(NewConst(lo)), nil
	case "uniform":
		return must(NewUniform(lo, hi)), distuv.Uniform{Min: lo, Max: hi}.CDF
	case "triangular":
		return must(NewTriangular(lo, mid, hi)), distuv.NewTriangle(lo, hi, mid, nil).CDF
	case "pert":
		m := (mid - lo) / (hi - lo)
		return must(NewPert(lo, mid, hi)), func(x float64) float64 {
			return mathext.RegIncBeta(1+4*m, 5-4*m, min(max((x-lo)/(hi-lo), 0), 1))
		}
	case "normal":
		sd := w * math.Exp(rapid.Float64Range(-1.5, 3).Draw(t, "log sd"))
		n := distuv.Normal{Mu: mid, Sigma: sd}
		return must(NewNormal(mid, sd, lo, hi)), func(x float64) float64 {
			return (n.CDF(x) - n.CDF(lo)) / (n.CDF(hi) - n.CDF(lo))
		}
	case "lognormal":
		sigma := rapid.Float64Range(0.01, 2).Draw(t, "sigma")
		median := math.Exp(rapid.Float64Range(-3, 3).Draw(t, "log median"))
		from, to := median*math.Exp(-rapid.Float64Range(0, 4).Draw(t, "below")*sigma), median*math.Exp(rapid.Float64Range(0.1, 4).Draw(t, "above")*sigma)
		n := distuv.LogNormal{Mu: math.Log(median), Sigma: sigma}
		return must(NewLognormal(median, sigma, from, to)), func(x float64) float64 {
			return (n.CDF(x) - n.CDF(from)) / (n.CDF(to) - n.CDF(from))
		}
	case "beta":
		a := math.Exp(rapid.Float64Range(-2, 5).Draw(t, "log a"))
		b := math.Exp(rapid.Float64Range(-2, 5).Draw(t, "log b"))
		return must(NewBeta(a, b, lo, hi)), func(x float64) float64 {
			return mathext.RegIncBeta(a, b, min(max((x-lo)/(hi-lo), 0), 1))
		}
	case "choice":
		w := rapid.SliceOfN(rapid.Float64Range(0, 5), 1, 20).Draw(t, "weights")
		w[rapid.IntRange(0, len(w)-1).Draw(t, "sure")] = 1
		names := make([]string, len(w))
		for i := range names {
			names[i] = fmt.Sprintf("n%d", i)
		}
		return must(NewChoice(names, w)), nil
	default:
		return must(NewChance(rapid.Float64Range(0, 1).Draw(t, "yes"))), nil
	}
}

func TestQuantilesRiseWithinTheSupport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, _ := anyDist(t)
		lo, hi := d.Support()
		if d.Quantile(0) != lo || d.Quantile(1) != hi {
			t.Fatalf("%s: quantiles of 0 and 1 are %v and %v, support %v to %v", d, d.Quantile(0), d.Quantile(1), lo, hi)
		}
		if m := d.Mean(); !(m >= lo && m <= hi) {
			t.Fatalf("%s: mean %v outside its support", d, m)
		}
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 2, 2).Draw(t, "p")
		if rapid.Bool().Draw(t, "near") { // two neighbours, at a join of the table or anywhere
			p[0] = rapid.SampledFrom([]float64{p[0], 0.5, 0.25, 0.3125, 1 - 0.3125, leastT, 1 - leastT, 3 * leastT}).Draw(t, "at")
			p[1] = math.Nextafter(p[0], rapid.SampledFrom([]float64{0, 1}).Draw(t, "towards"))
		}
		a, b := min(p[0], p[1]), max(p[0], p[1])
		x, y := d.Quantile(a), d.Quantile(b)
		if x < lo || y > hi || x > y+4e-16*max(math.Abs(lo), math.Abs(hi), hi-lo) {
			t.Fatalf("%s: quantile(%v) = %v, quantile(%v) = %v", d, a, x, b, y)
		}
		if d.Quantile(a) != x {
			t.Fatalf("%s: not pure", d)
		}
	})
}

func TestQuantilesInvertDistuv(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, cdf := anyDist(t)
		if cdf == nil {
			t.Skip("discrete")
		}
		p := rapid.OneOf(rapid.Float64Range(0, 1), rapid.Float64Range(0, 1e-3), rapid.Float64Range(0.999, 1)).Draw(t, "p")
		lo, hi := d.Support()
		x := d.Quantile(p)
		// The promise is 1e-9 of the width in x; the distribution function must cross p within it.
		e := 1e-9*(hi-lo) + 1e-15*math.Abs(x)
		below, above := cdf(x-e), cdf(x+e)
		if x-e <= lo {
			below = 0
		}
		if x+e >= hi {
			above = 1
		}
		if !(below <= p+1e-10 && above >= p-1e-10) {
			t.Fatalf("%s: quantile(%v) = %v, where the distribution function is %v to %v", d, p, x, below, above)
		}
	})
}

// The mean is that of the quantile over an even grid of p (the midpoint rule).
func TestMeans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, _ := anyDist(t)
		if b, ok := d.(Beta); ok && min(b.a, b.b) < 0.3 {
			t.Skip("solved afresh at each of many draws")
		}
		const n = 4000
		sum := 0.0
		for i := range n {
			sum += d.Quantile((float64(i) + 0.5) / n)
		}
		lo, hi := d.Support()
		if got, want := d.Mean(), sum/n; math.Abs(got-want) > 2e-3*(hi-lo)+1e-12*(1+math.Abs(lo)) {
			t.Fatalf("%s: mean %v, by quantiles %v", d, got, want)
		}
	})
}

func TestClosedForms(t *testing.T) {
	ps := []float64{1e-12, 1e-6, 1e-4, 0.001, 0.01, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.99, 0.9999, 1 - 1e-9}
	for _, c := range []struct {
		d    Dist
		want func(p float64) float64
	}{
		{must(NewUniform(-2, 6)), func(p float64) float64 { return -2 + 8*p }},
		{must(NewTriangular(0, 0, 1)), func(p float64) float64 { return 1 - math.Sqrt(1-p) }},
		{must(NewTriangular(0, 1, 1)), math.Sqrt},
		{must(NewBeta(1, 3, 0, 1)), func(p float64) float64 { return -math.Expm1(math.Log1p(-p) / 3) }},
		{must(NewBeta(3, 1, 0, 1)), math.Cbrt},
		{must(NewBeta(1, 1, 0, 1)), func(p float64) float64 { return p }},
		{must(NewBeta(0.5, 0.5, 0, 1)), func(p float64) float64 { s := math.Sin(math.Pi * p / 2); return s * s }}, // arcsine
		{must(NewPert(0, 0, 1)), func(p float64) float64 { return -math.Expm1(math.Log1p(-p) / 5) }},
		{must(NewPert(10, 20, 20)), func(p float64) float64 { return 10 + 10*math.Pow(p, 0.2) }},
	} {
		for _, p := range ps {
			if got, want := c.d.Quantile(p), c.want(p); math.Abs(got-want) > 1e-9 {
				t.Errorf("%s: quantile(%v) = %.12g, want %.12g", c.d, p, got, want)
			}
		}
	}
	// Beta(2,2) and the middling pert, Beta(3,3), by their polynomials: 3x^2-2x^3 and 10x^3-15x^4+6x^5.
	two, three := must(NewBeta(2, 2, 0, 1)), must(NewPert(0, 1, 2))
	for _, p := range ps {
		x := two.Quantile(p)
		y := three.Quantile(p) / 2
		if f := x * x * (3 - 2*x); math.Abs(f-p) > 2e-9 {
			t.Errorf("beta 2, 2 at %v: %v, where F = %v", p, x, f)
		}
		if f := y * y * y * (10 + y*(6*y-15)); math.Abs(f-p) > 2e-9 {
			t.Errorf("pert at %v: %v, where F = %v", p, y, f)
		}
	}
}

// The points of the normal in Abramowitz & Stegun 1964, table 26.1 and 26.5, to the digits known today.
func TestNormalTables(t *testing.T) {
	n := must(NewNormal(100, 15, 100-15*8, 100+15*8))
	for p, z := range map[float64]float64{
		0.5: 0, 0.84134474606854293: 1, 0.975: 1.959963984540054, 0.95: 1.6448536269514722, 0.99: 2.3263478740408408, 0.001: -3.0902323061678132,
	} {
		if got := n.Quantile(p); math.Abs(got-(100+15*z)) > 1e-10 {
			t.Errorf("quantile(%v) = %.13g, want %.13g", p, got, 100+15*z)
		}
	}
	// The half-normal: mean sqrt(2/pi), median 0.67448975...
	h := must(NewNormal(0, 1, 0, 40))
	if got, want := h.Mean(), math.Sqrt(2/math.Pi); math.Abs(got-want) > 1e-14 {
		t.Errorf("mean of the half-normal %v, want %v", got, want)
	}
	if got, want := h.Quantile(0.5), 0.6744897501960817; math.Abs(got-want) > 1e-14 {
		t.Errorf("median of the half-normal %v, want %v", got, want)
	}
	// Far in the tail the digits hold: above 4 sd, the median solves 1 - Phi(z) = (1 - Phi(4))/2.
	far := must(NewNormal(0, 1, 4, 60))
	if got, want := far.Quantile(0.5), -mathext.NormalQuantile(math.Erfc(4/math.Sqrt2)/4); got != want {
		t.Errorf("median above 4 sd %v, want %v", got, want)
	}
	// A lognormal that is not cut to speak of: mean exp(sigma^2/2) of its median.
	l := must(NewLognormal(2, 0.5, 0, 1e6))
	if got, want := l.Mean(), 2*math.Exp(0.125); math.Abs(got-want) > 1e-12 {
		t.Errorf("mean of the lognormal %v, want %v", got, want)
	}
	if got := l.Quantile(0.5); math.Abs(got-2) > 1e-15 {
		t.Errorf("median of the lognormal %v, want 2", got)
	}
	if got, want := l.Quantile(0.975), 2*math.Exp(0.5*1.959963984540054); math.Abs(got-want) > 1e-13 {
		t.Errorf("97.5%% of the lognormal %v, want %v", got, want)
	}
}

// The tabulated inverse against one solved afresh, over shapes from U-shaped to needles.
func TestTabulatedInverse(t *testing.T) {
	worst, tabulated, afresh := 0.0, 0, 0
	shapes := []float64{0.05, 0.3, 0.5, 0.9, 1, 1.3, 2, 3.7, 5, 12, 80, 1000}
	if testing.Short() {
		shapes = []float64{0.3, 1, 2, 3.7, 80}
	}
	for _, a := range shapes {
		for _, b := range shapes {
			v := newInverse(a, b)
			if v.low == nil {
				afresh++
				continue
			}
			tabulated++
			for i := range uint64(300) {
				p := U(1, i, ID("p"), 0)
				if i%3 == 0 {
					p = math.Pow(p, 6) // into the tail
				}
				worst = max(worst, math.Abs(v.at(p)-solve(a, b, p)))
			}
		}
	}
	t.Logf("%d shapes tabulated, %d solved afresh; worst error %.2g", tabulated, afresh, worst)
	if worst > 1e-9 {
		t.Errorf("the tabulated inverse is off by %g", worst)
	}
	if tabulated <= afresh {
		t.Errorf("only %d of %d shapes are tabulated", tabulated, tabulated+afresh)
	}
	for m := 0.0; m <= 1; m += 1.0 / 64 { // every pert is fast
		if newInverse(1+4*m, 5-4*m).low == nil {
			t.Errorf("pert with likely at %v is not tabulated", m)
		}
	}
}

func TestChoiceShares(t *testing.T) {
	c := must(NewChoice([]string{"never", "a", "b", "zero", "c", "last"}, []float64{0, 6, 3, 0, 1, 0}))
	count := make([]int, 6)
	const n = 10_000
	for i := range n {
		count[c.Index((float64(i)+0.5)/n)]++
	}
	if fmt.Sprint(count) != "[0 6000 3000 0 1000 0]" {
		t.Errorf("counts are %v", count)
	}
	if lo, hi := c.Support(); lo != 1 || hi != 4 {
		t.Errorf("support is %v to %v, want 1 to 4", lo, hi)
	}
	if got, want := c.Mean(), 0.6+0.6+0.4; math.Abs(got-want) > 1e-15 {
		t.Errorf("mean index %v, want %v", got, want)
	}
	// Many alternatives take the other path.
	names, weights := make([]string, 40), make([]float64, 40)
	for i := range names {
		names[i], weights[i] = fmt.Sprint(i), float64(i%3)
	}
	big := must(NewChoice(names, weights))
	for i := range n {
		p := (float64(i) + 0.5) / n
		k := big.Index(p)
		if weights[k] == 0 || big.upTo[k] < p || k > 0 && big.upTo[k-1] >= p {
			t.Fatalf("p = %v draws %d", p, k)
		}
	}
	y := must(NewChance(0.25))
	if y.Quantile(0.75) != 0 || y.Quantile(0.7500001) != 1 {
		t.Error("chance 0.25 does not change at 0.75")
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	e := func(_ any, err error) error { return err }
	for _, c := range []struct {
		err  error
		want []string
	}{
		{e(NewConst(nan)), []string{"NaN", "finite"}},
		{e(NewUniform(5, 2)), []string{"low 5", "high 2", "swap"}},
		{e(NewUniform(2, 2)), []string{"both 2", "write the number 2 by itself"}},
		{e(NewUniform(0, inf)), []string{"high +Inf", "finite"}},
		{e(NewUniform(-1.7e308, 1.7e308)), []string{"larger unit"}},
		{e(NewTriangular(0, 5, 2)), []string{"likely 5", "0 to high 2"}},
		{e(NewPert(51.1, 200, 124.1)), []string{"pert: likely 200", "51.1", "124.1", "order is low, likely, high"}},
		{e(NewPert(3, 2, 1)), []string{"low 3", "swap"}},
		{e(NewPert(0, nan, 1)), []string{"likely NaN"}},
		{e(NewNormal(10, 0, 0, 20)), []string{"sd 0", "> 0"}},
		{e(NewNormal(10, -2, 0, 20)), []string{"sd -2", "> 0"}},
		{e(NewNormal(10, 1, 900, 1000)), []string{"900", "1000", "mean 10", "6 to 14"}},
		{e(NewLognormal(-1, 1, 0, 1)), []string{"median -1", "> 0", "normal"}},
		{e(NewLognormal(1, 1, -1, 1)), []string{"low -1", ">= 0"}},
		{e(NewLognormal(1, 0.1, 50, 100)), []string{"50", "100", "median 1"}},
		{e(NewBeta(0, 1, 0, 1)), []string{"first shape 0", "> 0"}},
		{e(NewBeta(1, 1e9, 0, 1)), []string{"second shape 1e+09", "1000000"}},
		{e(NewBeta(1, 1, 1, 0)), []string{"low 1", "swap"}},
		{e(NewChance(1.5)), []string{"1.5", "0 to 1", "0.015"}},
		{e(NewChance(70)), []string{"70", "write 0.7"}},
		{e(NewChance(-1)), []string{"-1", "0 for never"}},
		{e(NewChoice(nil, nil)), []string{"at least one"}},
		{e(NewChoice([]string{"a", "b"}, []float64{0, 0})), []string{"every weight is 0", "a, b"}},
		{e(NewChoice([]string{"a", "b"}, []float64{1, -2})), []string{"weight of b -2", ">= 0"}},
		{e(NewChoice([]string{"a", "a"}, []float64{1, 2})), []string{`"a" is given twice`}},
		{e(NewChoice([]string{""}, []float64{1})), []string{"no name"}},
		{e(NewChoice([]string{"a"}, []float64{inf})), []string{"weight of a", "finite"}},
		{e(NewChoice([]string{"a", "b"}, []float64{1.7e308, 1.7e308})), []string{"sum of weights"}},
		{e(New("normal", 10, 2)), []string{"2 numbers", "[mean, sd, low, high]", "[10, 2, 2, 18]"}},
		{e(New("beta", 1)), []string{"1 numbers", "2 or 4"}},
		{e(New("perth", 1)), []string{`"perth"`, "pert", "uniform"}},
		{e(New("choice", 1)), []string{"{ choice = { a = 3, b = 1 } }"}},
		{e(New("uniform", 3, 1)), []string{"swap"}},
	} {
		if c.err == nil {
			t.Errorf("no error, want one with %q", c.want)
			continue
		}
		for _, w := range c.want {
			if !strings.Contains(c.err.Error(), w) {
				t.Errorf("%q does not say %q", c.err, w)
			}
		}
	}
	if d, err := New("pert", 3, 2, 1); d != nil || err == nil {
		t.Errorf("a failed New gives %v, %v", d, err)
	}
}

func TestCatalogue(t *testing.T) {
	args := map[string][]float64{
		"uniform": {0, 2}, "triangular": {0, 1, 2}, "pert": {51.1, 65, 124.1}, "normal": {0, 1, -4, 4},
		"lognormal": {1, 0.2, 0.5, 2}, "beta": {2, 6}, "chance": {0.7},
	}
	want := map[string]string{
		"uniform": "uniform 0 to 2", "triangular": "triangular 0 to 2, likely 1", "pert": "pert 51.1 to 124.1, likely 65",
		"normal": "normal 0, sd 1, within -4 to 4", "lognormal": "lognormal median 1, sigma 0.2, within 0.5 to 2",
		"beta": "beta 2 and 6", "chance": "chance 70%",
	}
	for _, i := range List() {
		if i.Doc == "" || len(i.Params) == 0 || !strings.Contains(i.Form, i.Name+" = ") {
			t.Errorf("%s is not described: %+v", i.Name, i)
		}
		if i.Name == "choice" {
			continue
		}
		d, err := New(i.Name, args[i.Name]...)
		if err != nil {
			t.Errorf("%s: %v", i.Name, err)
			continue
		}
		if d.String() != want[i.Name] {
			t.Errorf("%s prints as %q, want %q", i.Name, d, want[i.Name])
		}
	}
	c := must(NewChoice([]string{"boulware", "tit_for_tat"}, []float64{2, 1}))
	if got := c.String(); got != "choice of boulware 66.67%, tit_for_tat 33.33%" {
		t.Errorf("choice prints as %q", got)
	}
}

func TestOutsideProbabilitiesPanic(t *testing.T) {
	for _, d := range []Dist{
		must(NewConst(1)), must(NewUniform(0, 1)), must(NewTriangular(0, 1, 2)), must(NewPert(0, 1, 2)), must(NewNormal(0, 1, -1, 1)),
		must(NewLognormal(1, 1, 0, 2)), must(NewBeta(2, 3, 0, 1)), must(NewChance(0.5)), must(NewChoice([]string{"a"}, []float64{1})),
	} {
		for _, p := range []float64{-0.1, 1.1, math.NaN()} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s: quantile(%v) does not panic", d, p)
					}
				}()
				d.Quantile(p)
			}()
		}
	}
}
