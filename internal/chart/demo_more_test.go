package chart

import (
	"math"
	"math/rand/v2"
)

// Demonstration data of the further figures. Every number is invented.

func demoContours() *Contours {
	f := &Contours{
		Made: demoMade, Parties: demoParties, Success: Lasting, X: "US tariff on Chinese goods, %", Y: "China’s tariff on US goods, %", Unit: "$bn a year",
		Model: "liberation2025", Fixed: "farm tariffs, investment and the rest as today", Deals: 29_012,
		NoDeal: [2]float64{65, 45}, Low: [2]float64{55, 36}, High: [2]float64{75, 55}, Today: [2]float64{51.1, 32.6}, Alone: [2]float64{28, 12},
		Marks:   []Spot{{"free trade", 0, 0}, {"tariff war (Nash)", 28, 12}},
		Bubbles: []Bubble{{30, 21.2, 30}, {30, 16.5, 16}, {20, 21.2, 9}, {20, 16.5, 11}, {41.1, 21.2, 13}, {41.1, 32.6, 9}, {30, 32.6, 6}},
	}
	for v := 0.0; v <= 75; v += 1.25 {
		f.Xs = append(f.Xs, v)
	}
	for v := 0.0; v <= 55; v += 1.25 {
		f.Ys = append(f.Ys, v)
	}
	us := func(x, y float64) float64 { return 50 - 0.028*(x-28)*(x-28) - 0.55*y }
	cn := func(x, y float64) float64 { return 105 - 0.022*(y-12)*(y-12) - 1.1*x }
	for _, y := range f.Ys {
		var a, b []float64
		for _, x := range f.Xs {
			a, b = append(a, us(x, y)-us(65, 45)), append(b, cn(x, y)-cn(65, 45))
		}
		f.Worth[0], f.Worth[1] = append(f.Worth[0], a), append(f.Worth[1], b)
	}
	return f
}

// logBell is a lognormal density over a logarithmic axis.
func logBell(mid, sd float64) (b []Bin) {
	for k := -25; k <= 25; k++ {
		z := float64(k) / 10
		b = append(b, Bin{mid * math.Exp(z*sd), math.Exp(-z * z / 2)})
	}
	return b
}

func demoDelivery() *Delivery {
	return &Delivery{
		Made: demoMade, Side: SecondSide, Success: Lasting, Noun: "Chinese investment", Unit: "$bn", Deals: 29_012, Fixed: "nothing fixed", Years: "by 2035",
		Stages: []Quantity{
			{Label: "Promised", Note: "announced in the deal", Low: 150, Mid: 350, High: 600, Bins: logBell(350, 0.53), Marks: []Mark{{"Japan", 550}, {"EU", 600}, {"China floated", 1000}}},
			{Label: "Cleared", Note: "by CFIUS and Beijing", Low: 80, Mid: 210, High: 410, Bins: logBell(210, 0.7)},
			{Label: "Built by 2035", Note: "ten years, in total", Low: 20, Mid: 75, High: 160, Bins: logBell(75, 0.9)},
		},
		Annual: &Quantity{Label: "Built in a year", Note: "average of the ten", Low: 2, Mid: 7.5, High: 16, Bins: logBell(7.5, 0.9), Marks: []Mark{{"first half of 2025:", 2.1}, {"2016, the best year:", 57}}},
	}
}

func demoModels() *Models {
	return &Models{
		Made: demoMade, Parties: demoParties, Names: []string{"liberation2025", "ossa2014", "linear"}, Runs: 100_000, Noise: "noise smaller than the dots",
		Rows: []Answer{
			{Label: "Lasting deals", Unit: "in 100 talks", Lo: 0, Hi: 50, Values: []float64{29, 24, 34}},
			{Label: "US tariff in the typical deal", Unit: "%", Lo: 10, Hi: 51.1, Values: []float64{30, 30, 27}},
			{Label: "Investment announced", Unit: "$bn", Lo: 0, Hi: 1000, Values: []float64{350, 400, 330}},
			{Label: "Left on the table", Unit: "% of what was possible", Lo: 0, Hi: 40, Values: []float64{14, 17, 12}},
			{Label: "Worth to the United States", Unit: "$bn a year over no deal", Side: FirstSide, Lo: -20, Hi: 100, Values: []float64{31, 12, 52}},
			{Label: "Worth to China", Unit: "$bn a year over no deal", Side: SecondSide, Lo: -20, Hi: 100, Values: []float64{58, 39, 83}},
		},
	}
}

func demoInterests() *Interests {
	f := &Interests{Made: demoMade, Parties: demoParties, Success: Lasting, Deals: 29_012, Unit: "$bn a year over no deal", Fixed: "nothing fixed", Total: [2]float64{31, 58}}
	f.Bars = []Interest{
		{"trade", FirstSide, 4, 22, 41},
		{"plants", FirstSide, 1, 6, 15},
		{"purchases", FirstSide, 2, 7, 14},
		{"security", FirstSide, -14, -6, -1},
		{"standing", FirstSide, 0, 3, 8},
		{"Taiwan", FirstSide, -9, 0, 0},
		{"trade", SecondSide, 20, 48, 84},
		{"plants", SecondSide, 2, 11, 26},
		{"purchases", SecondSide, -9, -4, -1},
		{"sovereignty", SecondSide, -12, -5, 0},
		{"curbs", SecondSide, 0, 5, 16},
	}
	return f
}

func demoSets() *Sets {
	f := &Sets{
		Made: demoMade, Parties: demoParties, Unit: "$bn a year over no deal", Fixed: "at the middle of every drawn number", Outcomes: "72,576,000", Success: Lasting,
		Step: Point{4, 6}, Typical: &Point{31, 58},
		Marks: []Note{{"Nash solution: would pass, not hold", "Plants worth $12bn a year, built in year 1, would make it hold.", Point{77, 114}}},
	}
	for _, p := range demoFrontier(114, 165, -30) {
		f.Frontier = append(f.Frontier, Level{p, p.First >= 10 && p.First <= 88, p.First >= 36 && p.First <= 67})
	}
	rng := rand.New(rand.NewPCG(5, 5))
	for range 900 {
		x := -30 + 130*math.Pow(rng.Float64(), 2)
		if y := -30 + 170*math.Pow(rng.Float64(), 2); y < 150*(1-x/130) {
			f.Sample = append(f.Sample, Point{x, y})
		}
	}
	for x := 8.0; x < 86; x += 4 {
		for y := 18.0; y < 160; y += 6 {
			top := 165 * math.Sqrt(1-math.Pow((x+4)/114, 2))
			if y+6 < top && x+y > 40 {
				f.Passes = append(f.Passes, Point{x, y})
				if x >= 36 && x < 66 && y >= 66 {
					f.Holds = append(f.Holds, Point{x, y})
				}
			}
		}
	}
	return f
}

func demoHindcast() *Hindcast {
	return &Hindcast{
		Made: Made{Source: "Parley, 7 of 21 episodes", Note: "invented numbers"}, Known: "played with what was known the day before; priors fitted on the other episodes",
		Note: "bands invented, marks as reported", Error: "CRPS, share of the range",
		Scores: []Score{{"Parley", 0.11}, {"threat", 0.24}, {"status quo", 0.19}, {"mid-point of demands", 0.15}, {"uniform", 0.17}},
		Episodes: []Episode{
			{"China, Phase One", "Jan 2020, deal", true, 71, []Outcome{{"US tariff, list 4A", "%", 0, 30, 5, 9, 15, 7.5, false}, {"extra purchases", "$bn", 0, 300, 60, 120, 210, 200, false}}},
			{"China, talks break", "May 2019, no deal", false, 58, []Outcome{{"US tariff, list 3", "%", 0, 25, 10, 15, 25, 25, false}}},
			{"China, Geneva", "May 2025, deal", true, 64, []Outcome{{"US extra tariff", "%", 0, 145, 54, 80, 120, 30, false}, {"China’s extra tariff", "%", 0, 125, 34, 65, 100, 10, false}}},
			{"China, Madrid", "Sep 2025, no deal", false, 41, []Outcome{{"investment", "$bn", 0, 1000, 0, 100, 350, 0, false}}},
			{"European Union", "Jul 2025, deal", true, 66, []Outcome{{"US baseline tariff", "%", 0, 30, 10, 16, 22, 15, false}, {"investment pledge", "$bn", 0, 1000, 150, 400, 700, 600, false}, {"energy purchases", "$bn", 228, 1000, 240, 380, 620, 750, false}}},
		},
	}
}

func demoRanking() *Ranking {
	return &Ranking{
		Made: demoMade, What: "Mean gain of the side that plays it", Unit: "% of its ideal", Fixed: "every pair of strategies, 2,000 talks each; the same seeds",
		Rows: []Rank{{"linear", 44, 43.4, 44.6, 12_000, false}, {"boulware", 51.2, 50.6, 51.8, 12_000, false}, {"micro", 53.1, 52.4, 53.8, 12_000, false}, {"trade off", 53.6, 52.9, 54.3, 12_000, false}, {"tit for tat", 47.5, 46.9, 48.1, 12_000, false}, {"random", 12.4, 11.9, 12.9, 12_000, false}},
	}
}

func demoHeadToHead() *HeadToHead {
	return &HeadToHead{
		Made: demoMade, What: "Gain of the row’s player", Unit: "% of its ideal", N: 2000, Fixed: "the same seeds", Names: []string{"boulware", "linear", "micro", "tit for tat"},
		Score: [][]float64{{41, 66, 50, 48}, {38, 50, 44, 47}, {52, 61, 55, 53}, {46, 49, 50, nan}},
	}
}

func demoSimplex() *Simplex {
	f := &Simplex{Made: demoMade, Names: [3]string{"boulware", "tit for tat", "conceder"}, Rests: []Rest{{[3]float64{1, 0, 0}, true}, {[3]float64{0, 1, 0}, true}, {[3]float64{0.42, 0.58, 0}, false}, {[3]float64{0, 0, 1}, false}}}
	pay := [3][3]float64{{0.30, 0.36, 0.70}, {0.22, 0.42, 0.50}, {0.20, 0.40, 0.45}}
	for _, p := range [][3]float64{{0.1, 0.1, 0.8}, {0.3, 0.1, 0.6}, {0.1, 0.3, 0.6}, {0.2, 0.5, 0.3}, {0.5, 0.2, 0.3}, {0.05, 0.8, 0.15}, {0.3, 0.6, 0.1}, {0.6, 0.35, 0.05}} {
		path := [][3]float64{p}
		for range 4000 {
			var fit [3]float64
			mean := 0.0
			for i := range 3 {
				for j := range 3 {
					fit[i] += pay[i][j] * p[j]
				}
				mean += p[i] * fit[i]
			}
			for i := range 3 {
				p[i] += 0.05 * p[i] * (fit[i] - mean)
			}
			path = append(path, p)
		}
		f.Paths = append(f.Paths, path)
	}
	return f
}

func demoWaterfall() *Waterfall {
	return &Waterfall{
		Made: demoMade, Parties: demoParties, What: "Joint gain", Unit: "$bn a year", Fixed: "the middle of 100,000 talks", From: "what was possible", To: "what both sides got", Start: 168,
		Steps: []Change{{"no deal found in time", Neither, -38, -41, -35}, {"US red lines", FirstSide, -19, -21, -17}, {"China’s red lines", SecondSide, -8, -9.5, -6.5}, {"refused at home", Neither, -12, -13, -11}, {"left on the table", Neither, -9, -10, -8}, {"side payments", Neither, 4, 0, 0}},
	}
}

func demoReaction() *Reaction {
	f := &Reaction{Made: demoMade, Parties: demoParties, X: "US tariff on Chinese goods, %", Y: "China’s tariff on US goods, %", Model: "liberation2025", Cross: &[2]float64{25.2, 10.4}, Spots: []Spot{{"today", 51.1, 32.6}, {"free trade", 0, 0}}}
	for v := 0.0; v <= 60; v += 2 {
		f.First = append(f.First, Answered{v, 28 - 0.27*v})
		f.Second = append(f.Second, Answered{v, 13 - 0.103*v})
	}
	return f
}

func demoWinSets() *WinSets {
	f := &WinSets{
		Made: demoMade, Parties: demoParties, Fixed: "all other issues as in the typical deal", Now: [2]int{0, 4}, Typical: [2]int{7, 2}, Diamond: "the typical deal",
		X: Axis{Label: "Announced Chinese investment", Unit: "$bn", Short: "investment"}, Y: Axis{Label: "US tariff on Chinese goods", Unit: "%", Short: "US tariff", Ticks: []string{"10", "20", "30", "41.1", "51.1"}},
	}
	for x := range 21 {
		f.X.Ticks = append(f.X.Ticks, num(float64(50*x)))
	}
	for y := range 5 {
		var a, b []bool
		for x := range 21 {
			a = append(a, x >= 8-2*y && x <= 14+y)
			b = append(b, x <= 16-4*y)
		}
		f.Passes[0], f.Passes[1] = append(f.Passes[0], a), append(f.Passes[1], b)
	}
	return f
}

func demoTariffs() *Tariffs {
	f := &Tariffs{
		Made: demoMade, Parties: demoParties, Runs: 2000, Raised: 26, Backed: 25, Fixed: "all numbers drawn",
		Dates: []Mark{{At: 46, Label: "summit 30 Oct"}}, Told: "run 5. Ring = threat, dot = what became of it",
		Axis: []Mark{{At: 0, Label: "14 Sep"}, {At: 17, Label: "1 Oct"}, {At: 48, Label: "1 Nov"}, {At: 78, Label: "1 Dec"}, {At: 109, Label: "1 Jan"}},
	}
	us := Fan{Side: FirstSide, Label: "US tariff on Chinese goods", Unit: "%", Now: 51.1}
	cn := Fan{Side: SecondSide, Label: "China's extra tariff on US farm goods", Unit: "%", Now: 15}
	for d := range 137 {
		f.Days = append(f.Days, float64(d))
		late, one, two := float64(max(0, d-45)), 51.1, 15.0
		if d >= 27 && d < 82 {
			one = 61.1
		}
		if d >= 36 && d < 82 {
			two = 28.2
		}
		if d >= 82 {
			one, two = 10, 0
		}
		us.Low, us.Mid, us.High, us.One = append(us.Low, 51.1-min(late*3, 41.1)), append(us.Mid, 51.1), append(us.High, 51.1+min(float64(d)/9, 16)), append(us.One, one)
		cn.Low, cn.Mid, cn.High, cn.One = append(cn.Low, 15-min(late, 15)), append(cn.Mid, 15), append(cn.High, 15+min(float64(d)/5, 12)), append(cn.One, two)
	}
	us.Events = []Happening{{9, "threat", true, 51.1}, {27, "carried out", false, 61.1}, {63, "threat", true, 61.1}, {82, "deal", false, 10}}
	cn.Events = []Happening{{27, "threat", true, 15}, {36, "carried out", false, 28.2}, {82, "deal", false, 0}}
	f.Fans = []Fan{us, cn}
	return f
}

// moreDemos are figures that later results will fill.
func demoLearning() *Learning {
	f := &Learning{Made: Made{Source: "Parley, invented"}, What: "Correlation of the estimated with the true utility", Rounds: 1000, Fixed: "12 talks with 3 agents on 2 domains, both seats"}
	for k, name := range []string{"frequency", "bayesian", "smith", "window", "distribution"} {
		c := LearningCurve{Label: name}
		for i, r := range []float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000} {
			x := 0.2 + 0.07*float64(i) - 0.04*float64(k)*float64(i)/4
			if k == 1 {
				x = 0.45 + 0.02*float64(i)
			}
			c.Round, c.At, c.Lo, c.Hi = append(c.Round, r), append(c.At, x), append(c.Lo, x-0.05), append(c.Hi, x+0.05)
		}
		f.Curves = append(f.Curves, c)
	}
	return f
}

func moreDemos() []Figure {
	return []Figure{
		demoLearning(),
		demoContours(), demoDelivery(), demoModels(), demoInterests(), demoSets(), demoHindcast(),
		demoRanking(), demoHeadToHead(), demoSimplex(), demoWaterfall(), demoReaction(), demoWinSets(), demoTariffs(),
	}
}
