package chart

import "time"

// Endings shows how talks have ended up to each date: stacked areas, of 100 talks. What is above them
// is still talking.
type Endings struct {
	Made
	Parties Parties
	Runs    int64
	Fixed   string    // "everything drawn; one talk in five is granted 30 more days"
	Start   time.Time // the date of At = 0; zero: At counts rounds
	At      []float64 // days (or rounds) since the start, ascending
	Layers  []Layer   // from the bottom up
	Lines   []Event   // the summit first, then what extends it; may be empty
}

// Layer is one way to end.
type Layer struct {
	Label  string    // "signed, in force in year 4"
	Side   Side      // whose doing, if one side's
	Kind   Ending    //
	Of100  []float64 // cumulative by At: talks of 100 that have ended so
	Signed bool      // a deal was signed
}

// Ending is the kind of a layer; it sets the colour.
type Ending uint8

const (
	Succeeded Ending = iota // counts as success
	Broke                   // signed, broke later
	Refused                 // signed, refused at home
	Walked                  // a side walked out
	RanOut                  // time ran out
	Failed                  // any other end
)

// Event is a date that matters.
type Event struct {
	Label string // "summit"
	At    float64
}
