package chart

import (
	"math"
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

var nan = math.NaN()

// demos are the figures of the gallery, in the report's order.
func demos() []Figure {
	return []Figure{demoFunnel(), demoStrips(), demoTornado(), demoEndings()}
}
