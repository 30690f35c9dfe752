package chart

// Strips shows the terms of the deals, issue by issue: what could be agreed, today's value, the
// middle, the range of 8 in 10, how often each level comes up. Issues stand in groups by who gives.
type Strips struct {
	Made
	Parties Parties
	Success Success // which deals are shown
	Deals   int64   // how many
	Of100   float64 // how many of 100 talks
	Fixed   string  // "nothing fixed"
	Issues  []Strip // in the scenario's order
}

// Strip is one issue. It is a numeric one (Bins) or a choice (Choices).
type Strip struct {
	Label string // "Tariff on Chinese goods"
	Short string // "US tariff", for the title; the label stands for it if empty
	Unit  string // "%", "$bn", "$bn a year", "years"
	Side  Side   // who gives

	Lo, Hi         float64 // the ends of what could be agreed
	Now            float64 // today's value; NaN if there is none
	Low, Mid, High float64 // the 10th, 50th and 90th of 100 deals
	Bins           []Bin   // how often each level, by value ascending
	Marks          []Mark  // yardsticks

	Choices   []Part // of 100 deals, in the scenario's order
	NowChoice int    // index of today's choice; -1 if there is none
}

// Bin is how often a value comes up.
type Bin struct {
	At    float64 // the value, or the middle of the bin
	Share float64 // in any unit: only the proportions are drawn
}

// Mark is a yardstick.
type Mark struct {
	Label string
	At    float64
}
