package chart

import "math"

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
			{Label: "Tariff on Chinese goods", Short: "US tariff", Unit: "%", Side: FirstSide, Lo: 10, Hi: 51.1, Now: 51.1, Low: 20, Mid: 30, High: 41.1,
				Bins: bins(10, 4, 20, 20, 30, 46, 41.1, 27, 51.1, 3)},
			{Label: "Tariff on US goods, farm apart", Unit: "%", Side: SecondSide, Lo: 8, Hi: 32.6, Now: 32.6, Low: 16.5, Mid: 21.2, High: 32.6,
				Bins: bins(8, 4, 16.5, 30, 21.2, 50, 32.6, 16)},
			{Label: "Extra tariff on US farm goods", Unit: "%", Side: SecondSide, Lo: 0, Hi: 15, Now: 15, Low: 0, Mid: 5, High: 10,
				Bins: bins(0, 38, 5, 46, 10, 14, 15, 2)},
			{Label: "Tariff waived on inputs of Chinese plants", Unit: "%", Side: FirstSide, Lo: 0, Hi: 100, Now: 0, Low: 25, Mid: 50, High: 75,
				Bins: bins(0, 3, 25, 28, 50, 44, 75, 21, 100, 4)},
			{Label: "Investment announced in the US", Short: "investment", Unit: "$bn", Side: SecondSide, Lo: 0, Hi: 1000, Now: 0, Low: 150, Mid: 350, High: 600,
				Bins: inv, Marks: []Mark{{"Japan", 550}, {"EU", 600}, {"floated", 1000}}},
			{Label: "How CFIUS treats the investment", Side: FirstSide, Choices: []Part{{"as today", 18}, {"fast track", 33}, {"by sector", 48}, {"open", 1}}},
			{Label: "Who controls the plants", Side: SecondSide, Choices: []Part{{"Chinese", 3}, {"joint venture", 44}, {"US-controlled", 29}, {"licence", 24}}},
			{Label: "Extra purchases of US goods", Unit: "$bn a year", Side: SecondSide, Lo: 0, Hi: 100, Now: 0, Low: 10, Mid: 25, High: 50,
				Bins: bins(0, 4, 10, 24, 25, 46, 50, 21, 100, 5)},
			{Label: "Wording on Taiwan", Side: FirstSide, Choices: []Part{{"unchanged", 91}, {"softened", 9}, {"opposes", 0}}},
			{Label: "Chip and rare-earth curbs", Side: FirstSide, Choices: []Part{{"as today", 52}, {"paused", 41}, {"eased", 7}}},
			{Label: "If a side breaks it", Choices: []Part{{"none", 14}, {"consultation", 38}, {"snapback", 48}}},
			{Label: "Length of the deal", Unit: "years", Lo: 1, Hi: 10, Now: 1, Low: 2, Mid: 4, High: 10, Bins: bins(1, 3, 2, 24, 4, 46, 10, 27)},
		},
	}
}

var nan = math.NaN()

// demos are the figures of the gallery, in the report's order.
func demos() []Figure {
	return []Figure{demoFunnel(), demoStrips()}
}
