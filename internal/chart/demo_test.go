package chart

import (
	"math"
	"math/rand/v2"
	"time"
)

// The figures' demonstration data. Every number is invented.

var demoMade = Made{Source: "Parley, madrid.toml, seed 7", Note: "invented numbers"}

var demoParties = Parties{{Name: "United States", Short: "US"}, {Name: "China", Short: "China"}}

func demoFunnel() *Funnel {
	return &Funnel{
		Made: demoMade, Parties: demoParties, Success: Lasting, Runs: 100_000, Fixed: "every number in the scenario drawn, none fixed",
		Low: 18, High: 37, Across: "models and strategies", Noise: 0.3,
		Steps: []Step{
			{Label: "talks start", Left: 100},
			{Label: "a deal is possible", Left: 75, Lost: "never possible", Causes: []Cause{
				{Label: "US red lines", Side: FirstSide, Of100: 11, Parts: []Part{{"Taiwan", 9}, {"chips", 2}}},
				{Label: "China’s red line on know-how", Side: SecondSide, Of100: 6},
				{Label: "interests too far apart", Of100: 8},
			}},
			{Label: "signed", Left: 54, Lost: "possible, not found", Causes: []Cause{
				{Label: "US walked out", Side: FirstSide, Of100: 3},
				{Label: "China walked out", Side: SecondSide, Of100: 2},
				{Label: "the summit came first", Of100: 16},
			}},
			{Label: "ratified by both", Left: 41, Lost: "refused at home", Causes: []Cause{
				{Label: "US: China hawks", Side: FirstSide, Of100: 9},
				{Label: "China: security services", Side: SecondSide, Of100: 4},
			}},
			{Label: "in force in year 4", Left: 29, Lost: "broke within four years", Causes: []Cause{
				{Label: "US breach alleged", Side: FirstSide, Of100: 5},
				{Label: "Chinese breach alleged", Side: SecondSide, Of100: 4},
				{Label: "withdrawal after an election", Of100: 3},
			}},
		},
	}
}

func demoStrips() *Strips {
	bins := func(at ...float64) (b []Bin) {
		for i := 0; i+1 < len(at); i += 2 {
			b = append(b, Bin{at[i], at[i+1]})
		}
		return b
	}
	var inv []Bin
	for i, v := range []float64{1, 2, 5, 12, 22, 38, 60, 70, 58, 50, 44, 36, 28, 20, 15, 11, 8, 5, 3, 2, 4} {
		inv = append(inv, Bin{float64(i * 50), v})
	}
	return &Strips{
		Made: demoMade, Parties: demoParties, Success: Lasting, Deals: 29_012, Of100: 29, Fixed: "nothing fixed",
		Issues: []Strip{
			{
				Label: "Tariff on Chinese goods", Short: "US tariff", Unit: "%", Side: FirstSide, Lo: 10, Hi: 51.1, Now: 51.1, Low: 20, Mid: 30, High: 41.1,
				Bins: bins(10, 4, 20, 20, 30, 46, 41.1, 27, 51.1, 3),
			},
			{
				Label: "Tariff on US goods, farm apart", Unit: "%", Side: SecondSide, Lo: 8, Hi: 32.6, Now: 32.6, Low: 16.5, Mid: 21.2, High: 32.6,
				Bins: bins(8, 4, 16.5, 30, 21.2, 50, 32.6, 16),
			},
			{
				Label: "Extra tariff on US farm goods", Unit: "%", Side: SecondSide, Lo: 0, Hi: 15, Now: 15, Low: 0, Mid: 5, High: 10,
				Bins: bins(0, 38, 5, 46, 10, 14, 15, 2),
			},
			{
				Label: "Tariff waived on inputs of Chinese plants", Unit: "%", Side: FirstSide, Lo: 0, Hi: 100, Now: 0, Low: 25, Mid: 50, High: 75,
				Bins: bins(0, 3, 25, 28, 50, 44, 75, 21, 100, 4),
			},
			{
				Label: "Investment announced in the US", Short: "investment", Unit: "$bn", Side: SecondSide, Lo: 0, Hi: 1000, Now: 0, Low: 150, Mid: 350, High: 600,
				Bins: inv, Marks: []Mark{{"Japan", 550}, {"EU", 600}, {"floated", 1000}},
			},
			{Label: "How CFIUS treats the investment", Side: FirstSide, Choices: []Part{{"as today", 18}, {"fast track", 33}, {"by sector", 48}, {"open", 1}}},
			{Label: "Who controls the plants", Side: SecondSide, Choices: []Part{{"Chinese", 3}, {"joint venture", 44}, {"US-controlled", 29}, {"licence", 24}}},
			{
				Label: "Extra purchases of US goods", Unit: "$bn a year", Side: SecondSide, Lo: 0, Hi: 100, Now: 0, Low: 10, Mid: 25, High: 50,
				Bins: bins(0, 4, 10, 24, 25, 46, 50, 21, 100, 5),
			},
			{Label: "Wording on Taiwan", Side: FirstSide, Choices: []Part{{"unchanged", 91}, {"softened", 9}, {"opposes", 0}}},
			{Label: "Chip and rare-earth curbs", Side: FirstSide, Choices: []Part{{"as today", 52}, {"paused", 41}, {"eased", 7}}},
			{Label: "If a side breaks it", Choices: []Part{{"none", 14}, {"consultation", 38}, {"snapback", 48}}},
			{Label: "Length of the deal", Unit: "years", Lo: 1, Hi: 10, Now: 1, Low: 2, Mid: 4, High: 10, Bins: bins(1, 3, 2, 24, 4, 46, 10, 27)},
		},
	}
}

func demoTornado() *Tornado {
	bar := func(label string, side Side, assumed bool, lowSays string, low float64, highSays string, high float64) Bar {
		return Bar{Label: label, Side: side, Assumed: assumed, Low: End{lowSays, low}, High: End{highSays, high}}
	}
	f := &Tornado{
		Made: demoMade, Parties: demoParties, Success: Lasting, Base: 29, PerFifth: 20_000, Drawn: 33,
		Bars: []Bar{
			bar("Cost to China of US-run plants, $bn a year", SecondSide, true, "below 12", 37, "above 32", 22),
			bar("US price of security at $1trn, $bn a year", FirstSide, true, "below 14", 47, "above 38", 12),
			bar("US tariff if talks fail, %", Neither, false, "below 60", 19, "above 89", 41),
			bar("Weight of China hawks in the US", FirstSide, true, "below 0.2", 36, "above 0.4", 21),
			bar("How slowly the US concedes", FirstSide, true, "below 0.2", 36, "above 0.4", 23),
			bar("US red line on Taiwan holds", FirstSide, true, "no", 34, "yes", 24),
			bar("Share of pledges that gets built, %", Neither, false, "below 15", 24, "above 34", 34),
			bar("Cost of delay to China, $bn per week", SecondSide, true, "below 0.6", 26, "above 2.4", 33),
			bar("Purchases delivered, % of promised", Neither, false, "below 50", 26, "above 68", 32),
			bar("Breach seen when there is none", Neither, true, "below 0.05", 32, "above 0.12", 27),
		},
	}
	f.Bars[1].Phrase = "How the US prices security"
	return f
}

func demoEndings() *Endings {
	f := &Endings{
		Made: demoMade, Parties: demoParties, Runs: 100_000, Fixed: "everything drawn; one talk in five is granted 30 more days",
		Start: time.Date(2025, 9, 14, 0, 0, 0, 0, time.UTC),
		Lines: []Event{{"summit", 46}, {"extended to", 76}},
		Layers: []Layer{
			{Label: "signed, in force in year 4", Kind: Succeeded, Signed: true},
			{Label: "signed, broke by year 4", Kind: Broke, Signed: true},
			{Label: "signed, refused at home", Kind: Refused, Signed: true},
			{Label: "US walked out", Side: FirstSide, Kind: Walked},
			{Label: "China walked out", Side: SecondSide, Kind: Walked},
			{Label: "time ran out", Kind: RanOut},
		},
	}
	early := []float64{25, 10.3, 11.2, 6.7, 4, 22}
	final := []float64{29, 12, 13, 8, 5, 33}
	for d := 0.0; d <= 76; d++ {
		f.At = append(f.At, d)
		for k := range f.Layers {
			v := early[k] * (math.Exp(d/11) - 1) / (math.Exp(46.0/11) - 1)
			if d > 46 {
				v = early[k] + (final[k]-early[k])*(math.Exp((d-46)/11)-1)/(math.Exp(30.0/11)-1)
			}
			if f.Layers[k].Kind == RanOut {
				switch {
				case d < 46:
					v = 0
				case d < 76:
					v = 22
				default:
					v = 33
				}
			}
			f.Layers[k].Of100 = append(f.Layers[k].Of100, v)
		}
	}
	return f
}

// demoFrontier is a quarter of an ellipse.
func demoFrontier(a, b, from float64) (ps []Point) {
	for k := 0; k <= 120; k++ {
		sin, cos := math.Sincos(math.Pi / 2 * float64(k) / 120)
		x := from + (a-from)*sin
		if x > 0 {
			ps = append(ps, Point{x, b * math.Sqrt(max(0, 1-math.Pow(x/a, 2)))})
		} else {
			ps = append(ps, Point{x, b * (1 + 0.0008*-x*cos)})
		}
	}
	return ps
}

func demoDance() *Dance {
	us := []Point{{112, 6}, {109, 11}, {106, 9}, {101, 24}, {96, 33}, {90, 45}, {80, 55}, {70, 69}, {61, 80}, {52, 92}}
	cn := []Point{{4, 146}, {5, 145}, {6, 143}, {10, 138}, {12, 139}, {17, 131}, {23, 124}, {31, 116}, {41, 107}, {50, 97}}
	usWhen := []string{"14 Sep", "19 Sep", "24 Sep", "28 Sep", "2 Oct", "8 Oct", "14 Oct", "20 Oct", "23 Oct", "25 Oct"}
	cnWhen := []string{"15 Sep", "20 Sep", "25 Sep", "29 Sep", "3 Oct", "10 Oct", "15 Oct", "21 Oct", "24 Oct", "26 Oct"}
	words := map[string]string{
		"14 Sep": "$1trn, US-controlled; tariff stays 51.1%", "15 Sep": "$200bn; tariff 10%; softer Taiwan wording",
		"2 Oct": "half the input tariff waived", "10 Oct": "drops Taiwan, asks for fast-track review", "20 Oct": "tariff 30%; joint ventures allowed",
	}
	f := &Dance{
		Made: demoMade, Parties: demoParties, Talk: 40_172, Of: 100_000, Unit: "$bn a year over no deal",
		Setting:  "this talk’s own draw of every number; both sides hold out early",
		Frontier: demoFrontier(120, 156, -10),
		Outcome:  &Signing{At: Point{51, 94.5}, When: "26 Oct", Words: "$350bn, joint ventures, US tariff 30%, Taiwan wording unchanged", Left: 9},
		Marks:    []Solution{{"Nash", Point{84, 111.4}}},
	}
	for i := range us {
		f.Offers = append(f.Offers, Offer{FirstSide, us[i], usWhen[i], words[usWhen[i]]}, Offer{SecondSide, cn[i], cnWhen[i], words[cnWhen[i]]})
	}
	return f
}

func demoFrontierAlone() *Dance {
	f := demoDance()
	f.Talk, f.Offers, f.Outcome = -1, nil, nil
	f.Setting = "every number at its middle; 72,576,000 possible deals"
	f.Marks = append(f.Marks, Solution{"Kalai-Smorodinsky", Point{78, 118.6}})
	return f
}

// demos are the figures of the gallery, in the report's order.
func demos() []Figure {
	return append([]Figure{demoFunnel(), demoStrips(), demoTornado(), demoEndings(), demoGains(), demoLevers(), demoDance(), demoFrontierAlone(), demoViolins(), demoECDF(), demoParallel()}, append(moreDemos(), homeDemos()...)...)
}

func demoGains() *Gains {
	f := &Gains{
		Made: demoMade, Parties: demoParties, Success: Lasting, Deals: 29_012, Fixed: "nothing fixed",
		Low: [2]float64{18, 34}, Mid: [2]float64{46, 61}, High: [2]float64{68, 82}, Worth: [2]float64{31, 58}, Unit: "$bn a year", Left: 14,
	}
	for side := range f.Edges {
		for v := -20.0; v <= 100; v += 4 {
			f.Edges[side] = append(f.Edges[side], v)
		}
	}
	total := 0.0
	for i := range 30 {
		f.Share = append(f.Share, make([]float64, 30))
		for j := range 30 {
			x, y := -18+4*float64(i), -18+4*float64(j)
			u, v := (x-45)/20, (y-60)/18
			d := math.Exp(-(u*u + v*v + 1.3*u*v) / 1.2)
			if x < 0 || y < 0 || x+y > 150 {
				d *= 0.02
			}
			if d < 1e-4 {
				d = 0
			}
			f.Share[i][j] = d
			total += d
		}
	}
	for i := range f.Share {
		for j := range f.Share[i] {
			f.Share[i][j] *= 100 / total
		}
	}
	return f
}

func demoLevers() *Levers {
	f := &Levers{
		Made: demoMade, Success: Lasting, PerCell: 2000, Noise: 1, Set: true, Own: [2]int{8, 4},
		OwnSays: "the scenario’s own cap and likeliest price",
		X:       Axis{Label: "most investment that may be announced", Unit: "$bn", Short: "investment"},
		Y:       Axis{Label: "price the US puts on security at $1trn", Unit: "$bn a year", Short: "price of security"},
		Of100: [][]float64{
			{72, 73, 72, 70, 67, 65, 64, 62, 61},
			{69, 69, 68, 66, 63, 60, 58, 56, 54},
			{65, 64, 63, 60, 57, 54, 51, 49, 46},
			{59, 58, 56, 53, 49, 46, 43, 40, 38},
			{51, 50, 48, 44, 41, 37, 34, 32, 30},
			{43, 42, 39, 36, 32, 29, 26, 24, 22},
			{34, 33, 31, 28, 24, 21, 19, 17, 15},
			{26, 25, 23, 21, 18, 15, 13, 12, 11},
			{20, 19, 18, 15, 13, 11, 9, 8, 7},
		},
	}
	for v := 200; v <= 1000; v += 100 {
		f.X.Ticks = append(f.X.Ticks, num(float64(v)))
	}
	for v := 5; v <= 45; v += 5 {
		f.Y.Ticks = append(f.Y.Ticks, num(float64(v)))
	}
	return f
}

// bell is a normal density in bins.
func bell(mean, sd float64) (b []Bin) {
	for k := -30; k <= 30; k++ {
		z := float64(k) / 10
		b = append(b, Bin{mean + z*sd, math.Exp(-z * z / 2)})
	}
	return b
}

func demoViolins() *Violins {
	f := &Violins{Made: demoMade, Parties: demoParties, What: "Worth over no deal", Unit: "$bn a year", Fixed: "nothing fixed"}
	for _, g := range []struct {
		label    string
		side     Side
		mean, sd float64
	}{{"boulware", FirstSide, 38, 26}, {"tit for tat", FirstSide, 29, 22}, {"trade off", FirstSide, 24, 28}, {"boulware", SecondSide, 64, 34}, {"micro", SecondSide, 60, 30}, {"tit for tat", SecondSide, 51, 36}} {
		f.Groups = append(f.Groups, Violin{Label: g.label, Side: g.side, N: 14_506, Low: g.mean - 1.28*g.sd, Mid: g.mean, High: g.mean + 1.28*g.sd, Bins: bell(g.mean, g.sd)})
	}
	return f
}

func demoECDF() *ECDF {
	f := &ECDF{Made: demoMade, Parties: demoParties, What: "Worth over no deal", Unit: "$bn a year", Fixed: "nothing fixed"}
	for _, g := range []struct {
		label    string
		side     Side
		mean, sd float64
	}{{"United States", FirstSide, 31, 26}, {"China", SecondSide, 58, 34}} {
		c := Curve{Label: g.label, Side: g.side, N: 29_012}
		for p := 0; p <= 100; p++ {
			q := min(max(float64(p)/100, 0.0005), 0.9995)
			c.At = append(c.At, g.mean+g.sd*math.Sqrt2*math.Erfinv(2*q-1))
			c.Of100 = append(c.Of100, float64(p))
		}
		f.Curves = append(f.Curves, c)
	}
	return f
}

func demoParallel() *Parallel {
	f := &Parallel{Made: demoMade, Success: Lasting, Deals: 29_012, Fixed: "nothing fixed"}
	rng := rand.New(rand.NewPCG(7, 1))
	strips := demoStrips()
	for _, i := range strips.Issues {
		a := ParallelAxis{Label: i.Label, Unit: i.Unit}
		if i.numeric() {
			for _, b := range i.Bins {
				a.Ticks = append(a.Ticks, num(b.At))
			}
		} else {
			for _, c := range i.Choices {
				a.Ticks = append(a.Ticks, c.Label)
			}
		}
		a.Hi = float64(len(a.Ticks) - 1)
		f.Axes = append(f.Axes, a)
	}
	for n := range 160 {
		l := Strand{Mine: n == 0, Label: "one deal"}
		for _, i := range strips.Issues {
			var w []float64
			for _, b := range i.Bins {
				w = append(w, b.Share)
			}
			for _, c := range i.Choices {
				w = append(w, c.Of100)
			}
			total := 0.0
			for _, v := range w {
				total += v
			}
			u, k := rng.Float64()*total, 0
			for u -= w[0]; u > 0; u -= w[k] {
				k++
			}
			l.At = append(l.At, float64(k))
		}
		f.Lines = append(f.Lines, l)
	}
	return f
}
