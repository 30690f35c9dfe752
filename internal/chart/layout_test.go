package chart

import (
	"fmt"
	"image/color"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func sameColour(a, b color.Color) bool {
	r, g, bl, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	return r>>8 == r2>>8 && g>>8 == g2>>8 && bl>>8 == b2>>8
}

// styles are the ways a figure is laid out.
var styles = []Style{{}, {Bare: true}, {Size: Narrow}, {Size: Narrow, Bare: true}}

// faults lists texts that are cut off by the drawing's edge or stand on each other.
func faults(f Figure, st Style) (out []string) {
	s, err := sheetOf(f, st)
	if err != nil {
		return []string{err.Error()}
	}
	for i, a := range s.texts {
		if a.x0 < -0.5 || a.x1 > s.w+0.5 || a.y0 < -1 || a.y1 > s.h+1.5 {
			out = append(out, fmt.Sprintf("%q is cut off: %.0f..%.0f, %.0f..%.0f of %.0f by %.0f", a.text, a.x0, a.x1, a.y0, a.y1, s.w, s.h))
		}
		for _, b := range s.texts[:i] {
			if a.grow(-1.2).hits(b.grow(-1.2)) && math.Min(a.y1, b.y1)-math.Max(a.y0, b.y0) > 3.5 {
				out = append(out, fmt.Sprintf("%q stands on %q", a.text, b.text))
			}
		}
	}
	return out
}

func TestNothingCutOffNorOverlapping(t *testing.T) {
	for _, f := range append(demos(), extremes()...) {
		for _, st := range styles {
			for _, fault := range faults(f, st) {
				t.Errorf("%s %+v: %s", f.Name(), st, fault)
			}
		}
	}
}

// extremes are figures of what seldom happens: nothing, everything, long and foreign names.
func extremes() []Figure {
	const long = "Umsetzungsverordnungsgenehmigungsverfahren für Zölle auf Waren aus Übersee 关税谈判 und noch einiges mehr"
	none := demoFunnel()
	none.Steps = []Step{{Label: "talks start", Left: 100}, {Label: "a deal is possible", Left: 0, Lost: "never possible", Causes: []Cause{{Label: long, Side: FirstSide, Of100: 100}}}, {Label: "signed", Left: 0}}
	none.Low, none.High, none.Noise = 0, 0, 0
	all := demoFunnel()
	all.Steps = []Step{{Label: "talks start", Left: 100}, {Label: long, Left: 99.97, Lost: "lost", Causes: []Cause{{Label: "one", Of100: 0.01}, {Label: "two", Side: SecondSide, Of100: 0.02}}}}
	all.Parties = Parties{{Name: long, Short: long}, {}}

	crowded := demoFunnel()
	crowded.Steps[len(crowded.Steps)-2].Left, crowded.Steps[len(crowded.Steps)-1].Left = 14, 6
	crowded.Low, crowded.High, crowded.Across = 0, 11, "15 pairs of strategies"

	strips := demoStrips()
	strips.Parties = all.Parties
	for i := range strips.Issues {
		s := &strips.Issues[i]
		s.Label = long
		if s.numeric() {
			s.Now = nan
			s.Marks = []Mark{{"one", s.Mid}, {"another", s.Mid}, {"a third, with a long name", s.High}, {"a fourth", s.High}, {"out of range", s.Hi * 9}}
			s.Unit = "kg of " + long
		} else {
			s.Choices = append(s.Choices, Part{long, 0}, Part{"", 0})
		}
	}
	point := demoStrips()
	point.Issues = []Strip{{Label: "One value", Lo: 4, Hi: 4, Low: 4, Mid: 4, High: 4, Now: 4, Bins: []Bin{{4, 1}}}}

	tornado := demoTornado()
	for i := range tornado.Bars {
		b := &tornado.Bars[i]
		b.Label = long
		b.Low = End{"below 1,234,567.8", 0}
		b.High = End{"above 9,876,543.2", 100}
	}
	still := demoTornado()
	still.Bars = []Bar{{Label: "nothing", Low: End{"below 1", 0}, High: End{"above 2", 0}}}
	still.Base = 0

	rounds := demoEndings()
	rounds.Start = time.Time{}
	rounds.Lines = []Event{{"deadline", 76}}
	quick := demoEndings()
	quick.At = []float64{0, 1}
	for i := range quick.Layers {
		quick.Layers[i].Of100 = []float64{0, 0}
		quick.Layers[i].Label = long
	}
	quick.Layers[0].Of100 = []float64{100, 100}
	quick.Lines = nil

	gains := demoGains()
	gains.Parties = all.Parties
	gains.Worth = [2]float64{nan, nan}
	gains.Left = nan

	levers := demoLevers()
	levers.X.Label, levers.Y.Label, levers.OwnSays = long, long, long
	levers.X.Unit = "%"
	for i := range levers.Y.Ticks {
		levers.Y.Ticks[i] = "1,000.5–2,000.5"
		levers.X.Ticks[i] = "1,000.5–2,000.5"
	}
	levers.Of100[0][0] = nan
	flat := demoLevers()
	for _, row := range flat.Of100 {
		for i := range row {
			row[i] = 0
		}
	}
	flat.Own = [2]int{-1, -1}

	alone := demoDance()
	alone.Frontier = []Point{{3, 4}}
	alone.Offers = alone.Offers[:1]
	alone.Outcome = nil
	alone.End = "the summit came first"
	violins := demoViolins()
	violins.Parties = all.Parties
	violins.Groups[0].Bins = nil
	ecdf := demoECDF()
	for i := range ecdf.Curves {
		ecdf.Curves[i].Label = "a rather long name of a side " + fmt.Sprint(i)
	}
	return []Figure{none, all, crowded, strips, point, tornado, still, rounds, quick, gains, levers, flat, alone, violins, ecdf}
}

// Negotiations of every kind: labels never stand on each other, and the signature is always named.
func TestDanceLabelsOnManySeeds(t *testing.T) {
	n := 400
	if testing.Short() {
		n = 80
	}
	for seed := range n {
		f := randomDance(rand.New(rand.NewPCG(uint64(seed), 7)))
		for _, st := range styles[:3] {
			for _, fault := range faults(f, st) {
				t.Errorf("seed %d %+v: %s", seed, st, fault)
			}
		}
		if f.Outcome == nil {
			continue
		}
		s, err := sheetOf(f, Style{})
		if err != nil {
			t.Fatal(err)
		}
		named := false
		for _, b := range s.texts {
			named = named || strings.HasPrefix(b.text, "Signed")
		}
		if !named {
			t.Errorf("seed %d: the signature is not named", seed)
		}
	}
}

// randomDance is a negotiation of 2 to 120 offers on a random frontier.
func randomDance(rng *rand.Rand) *Dance {
	scale := math.Pow(10, rng.Float64()*5-2)
	a, b := scale*(1+rng.Float64()), scale*(1+rng.Float64())
	f := &Dance{Made: demoMade, Parties: demoParties, Talk: rng.Int64N(1e6), Of: 1e6, Unit: "$bn a year over no deal", Frontier: demoFrontier(a, b, -scale*rng.Float64()*0.2)}
	words := []string{"", "tariff 30%; joint ventures allowed", "$350bn, US-controlled; tariff stays 51.1%; softer Taiwan wording", "as before"}
	n := 1 + rng.IntN(60)
	x, y := 0.0, 0.0
	for i := range n {
		p := float64(i) / float64(n) * rng.Float64()
		x, y = a*(1-0.6*p), b*0.6*p*rng.Float64()
		f.Offers = append(f.Offers, Offer{FirstSide, Point{x, y}, fmt.Sprintf("%d Oct", i+1), words[rng.IntN(4)]})
		q := float64(i) / float64(n)
		f.Offers = append(f.Offers, Offer{SecondSide, Point{a * 0.5 * q * q, b * (1 - 0.5*q)}, fmt.Sprintf("round %d", i+1), words[rng.IntN(4)]})
	}
	if rng.IntN(3) > 0 {
		f.Outcome = &Signing{At: Point{a * rng.Float64(), b * rng.Float64() * 0.8}, When: "26 Oct", Words: words[rng.IntN(4)], Left: 100 * rng.Float64()}
	}
	for _, name := range []string{"Nash", "Kalai-Smorodinsky", "egalitarian"}[:rng.IntN(4)] {
		p := f.Frontier[rng.IntN(len(f.Frontier))]
		f.Marks = append(f.Marks, Solution{name, p})
	}
	return f
}

func TestSpreadKeepsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "n")
		want, size := make([]float64, n), make([]float64, n)
		total := 0.0
		for i := range want {
			want[i] = rapid.Float64Range(-50, 1050).Draw(t, "want")
			size[i] = rapid.Float64Range(1, 90).Draw(t, "size")
			total += size[i] + 4
		}
		got := spread(want, size, 0, 1000, 4)
		for i := range got {
			if got[i]-size[i]/2 < -1e-6 || got[i]+size[i]/2 > 1000+1e-6 {
				t.Fatalf("label %d at %v of width %v leaves 0..1000 (total %v)", i, got[i], size[i], total)
			}
			for j := range i {
				if math.Abs(got[i]-got[j]) < (size[i]+size[j])/2+4-1e-6 {
					t.Fatalf("labels %d and %d touch: %v, %v", i, j, got, size)
				}
			}
		}
		if n == 1 {
			if in := min(max(want[0], size[0]/2), 1000-size[0]/2); math.Abs(got[0]-in) > 1e-9 {
				t.Fatalf("one label moved from %v to %v", in, got[0])
			}
		}
	})
}

func TestWrapKeepsEveryRune(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		w := rapid.Float64Range(12, 300).Draw(t, "w")
		strip := func(s string) string { return strings.ReplaceAll(clean(s), " ", "") }
		lines := label.wrap(s, w)
		if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strip(s) {
			t.Fatalf("wrap lost runes: %q to %q", s, lines)
		}
		for _, l := range lines {
			if label.width(l) > w && len([]rune(l)) > 1 {
				t.Fatalf("line %q is %v wide, over %v", l, label.width(l), w)
			}
		}
		if f := label.fit(s, w); label.width(f) > max(w, label.width("…")+label.width("W")+14) {
			t.Fatalf("fit(%q, %v) = %q is %v wide", s, w, f, label.width(f))
		}
	})
}
