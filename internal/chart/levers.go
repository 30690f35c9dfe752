package chart

// Levers is a heat map of success by two numbers: set on purpose in a design, or binned draws.
type Levers struct {
	Made
	Success Success
	X, Y    Axis
	Of100   [][]float64 // [y][x], y ascending; NaN where no talk fell
	PerCell int64       // talks in a cell (the fewest, if they differ)
	Noise   float64     // standard error of a cell, talks in 100
	Set     bool        // the two numbers were set on purpose
	Own     [2]int      // x and y of the scenario's own cell; -1, -1 if it has none
	OwnSays string      // "the scenario’s own cap and likeliest price"
}

// Axis is one lever.
type Axis struct {
	Label string   // "most investment that may be announced"
	Unit  string   // "$bn"
	Short string   // for the title: "the sum"; may be empty
	Ticks []string // one a cell: "200", or "20–40" for a bin
}
