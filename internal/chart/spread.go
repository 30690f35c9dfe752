package chart

// Violins shows how a worth is spread in each of several groups.
type Violins struct {
	Made
	Parties Parties
	What    string   // "Worth over no deal"
	Unit    string   // "$bn a year"
	Groups  []Violin // top to bottom
	Fixed   string
}

// Violin is one group's distribution.
type Violin struct {
	Label          string // "US, signed deals"
	Side           Side
	N              int64
	Low, Mid, High float64 // 10th, 50th and 90th of 100
	Bins           []Bin   // density: values ascending, equally spaced
}

// ECDF shows distributions as the share of talks at or below each value.
type ECDF struct {
	Made
	Parties Parties
	What    string
	Unit    string
	Curves  []Curve
	Fixed   string
}

// Curve is one cumulative distribution.
type Curve struct {
	Label string
	Side  Side
	N     int64
	At    []float64 // values, ascending
	Of100 []float64 // talks at or below, of 100, never falling
}

// Parallel shows a sample of deals as lines over one axis an issue.
type Parallel struct {
	Made
	Success Success
	Deals   int64          // how many there are
	Fixed   string         //
	Axes    []ParallelAxis // left to right
	Lines   []Strand       // a sample; at most a few hundred are legible
}

// ParallelAxis is one axis of Parallel.
type ParallelAxis struct {
	Label, Unit string
	Ticks       []string // from the bottom up: the levels, or the two ends
	Lo, Hi      float64  // values at the bottom and the top; ticks are evenly spread between them
}

// Strand is one deal.
type Strand struct {
	At    []float64 // one value an axis
	Mine  bool      // the typical deal: drawn on top
	Label string    // of the typical deal
}
