package chart

import "math"

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

// moreDemos are figures that later results will fill.
func moreDemos() []Figure { return []Figure{demoContours(), demoDelivery(), demoModels()} }
