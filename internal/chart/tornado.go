package chart

// Tornado shows what decides success: of 100 talks, how many succeed when one drawn number is in its
// lowest fifth and when it is in its highest.
type Tornado struct {
	Made
	Parties  Parties
	Success  Success
	Base     float64 // all talks: successes in 100
	PerFifth int64   // talks in a fifth
	Drawn    int     // how many numbers are drawn in all
	Bars     []Bar   // any order; sorted by swing when drawn
}

// Bar is one drawn number.
type Bar struct {
	Label   string // "US price of security at $1trn, $bn a year"
	Phrase  string // for the title, completing "... decides most": "How the US prices security"; may be empty
	Side    Side   // whose number
	Assumed bool   // no source
	Low     End    // when it is in its lowest fifth (or is the first of two levels)
	High    End    // when it is in its highest (or is the other)
}

// End is one end of a bar.
type End struct {
	Says  string  // which talks: "below 14", "yes"
	Of100 float64 // successes in 100 of them
}

// Swing is the distance between the ends, in talks of 100.
func (b Bar) Swing() float64 { return max(b.Low.Of100, b.High.Of100) - min(b.Low.Of100, b.High.Of100) }
