package chart

// Funnel shows where 100 talks go: how many are left after each step, and to what the others were
// lost.
type Funnel struct {
	Made
	Parties Parties
	Success Success
	Runs    int64   // talks behind it, errors left out
	Fixed   string  // what was fixed: "every number in the scenario drawn, none fixed"
	Steps   []Step  // in order; the first is all talks, the last is success
	Low     float64 // least of the last step over models and strategies, of 100
	High    float64 // most; Low = High = 0 if there is no range
	Across  string  // what the range runs over: "models and strategies"
	Noise   float64 // standard error of the last step, in talks of 100; 0 if unknown
}

// Step is one stage of the way to a deal.
type Step struct {
	Label  string  // "a deal is possible"
	Left   float64 // talks still in after it, of 100
	Lost   string  // what became of those lost at it: "never possible"
	Causes []Cause // of the loss; their sum is the previous step's Left less this one's
}

// Cause is why some talks were lost at a step.
type Cause struct {
	Label string  // "US red lines"
	Side  Side    // whose doing
	Of100 float64 // talks of 100
	Parts []Part  // the same, split further; may be empty
}

// Part is a piece of a cause, or of a whole.
type Part struct {
	Label string
	Of100 float64
}
