package chart

import "math"

// Demonstration data of the figures about home and the years. Every number is invented.

func homeDemos() []Figure {
	return []Figure{demoSurvival(), demoRatifiers(), demoTied(), demoFrontiers(), demoKept()}
}

func demoSurvival() *Survival {
	f := &Survival{Made: demoMade, Parties: demoParties, Deals: 41_230, Fixed: "every number drawn, none fixed", Lasting: 4}
	share := []struct {
		label string
		side  Side
		part  float64
	}{{"US leaves", FirstSide, 0.3}, {"US breach seen", FirstSide, 0.2}, {"US false alarm", FirstSide, 0.06}, {"China breach seen", SecondSide, 0.2}, {"China leaves", SecondSide, 0.04}, {"ran out, not renewed", Neither, 0.2}}
	for _, e := range share {
		f.Ends = append(f.Ends, LifeEnd{Label: e.label, Side: e.side})
	}
	for y := range 11 {
		v := 100 * math.Pow(0.91, float64(y))
		if y >= 4 {
			v *= 0.75
		}
		f.InForce = append(f.InForce, v)
		for i, e := range share {
			f.Ends[i].Of100 = append(f.Ends[i].Of100, (100-v)*e.part)
		}
	}
	return f
}

func demoRatifiers() *Ratifiers {
	return &Ratifiers{
		Made: demoMade, Parties: demoParties, Deals: 54_000, Fixed: "nothing fixed", Refused: 24,
		Groups: []Ratifier{
			{"president", FirstSide, true, 96, 1},
			{"hawks", FirstSide, false, 31, 14},
			{"farmers", FirstSide, false, 88, 0},
			{"industry", FirstSide, false, 71, 1},
			{"leadership", SecondSide, true, 92, 8},
			{"security", SecondSide, false, 54, 0},
			{"exporters", SecondSide, false, 97, 0},
		},
	}
}

func demoTied() *Tied {
	f := &Tied{
		Made: demoMade, Parties: demoParties, Side: FirstSide, Free: 50, Fixed: "China’s home needs 10",
		Gets: []Bound{{Label: "both know the need"}, {Label: "both guess it, within 10"}, {Label: "neither knows of it"}},
	}
	for c := 0.0; c <= 100; c++ {
		f.Need = append(f.Need, c)
		known, ignored := max(50, c), 50.0
		if c > 90 {
			known = 0
		}
		if c > 50 {
			ignored = 0
		}
		guess := 50.0
		if c > 50 {
			guess = c/2 + 4
		}
		if c > 80 {
			guess = max(0, (100-c)*2.2)
		}
		f.Gets[0].Of100 = append(f.Gets[0].Of100, known)
		f.Gets[1].Of100 = append(f.Gets[1].Of100, guess)
		f.Gets[2].Of100 = append(f.Gets[2].Of100, ignored)
	}
	return f
}

func demoFrontiers() *Frontiers {
	f := &Frontiers{Made: demoMade, Parties: demoParties, Unit: "$bn a year over no deal", Fixed: "at the middle of every drawn number", Bound: 1.5, Signed: demoFrontier(114, 165, -30)}
	f.Passing = append(f.Passing, demoFrontier(92, 130, 4)...)
	return f
}

func demoKept() *Kept {
	return &Kept{
		Made: demoMade, Parties: demoParties, Unit: "$bn a year over no deal", Deals: 41_230, Years: 10, Fixed: "nothing fixed",
		Promised: [2]Reach{{-4, 31, 78}, {12, 58, 121}},
		Lived:    [2]Reach{{-9, 11, 44}, {-6, 19, 77}},
	}
}
