package chart

// Dance shows one negotiation: both sides' offers by what they are worth to each, over the exact
// frontier of that run's draw.
type Dance struct {
	Made
	Parties  Parties
	Talk     int64   // number of the run; negative if there is none (a frontier alone)
	Of       int64   // talks in all; 0 if it stands alone
	Unit     string  // "$bn a year over no deal"
	Setting  string  // "this talk’s own draw of every number; both sides hold out early"
	NoDeal   Point   // worth of no deal: usually (0, 0)
	Frontier []Point // by worth to the first side, ascending
	Epsilon  float64 // the frontier's certified error, in Unit; 0 if it is exact
	Offers   []Offer // in the order they were made
	Outcome  *Signing
	End      string     // how it ended, if not with a signature: "the summit came first, 30 Oct"
	Marks    []Solution // Nash, Kalai-Smorodinsky ...
}

// Point is a pair of worths.
type Point struct{ First, Second float64 }

// Offer is one proposal.
type Offer struct {
	Side  Side
	At    Point
	When  string // "10 Oct" or "round 12"
	Words string // the offer in words, or what changed in it; may be empty
}

// Signing is the deal agreed.
type Signing struct {
	At    Point
	When  string
	Words string
	Left  float64 // share of the attainable joint gain left on the table, percent; NaN if unknown
}

// Solution is a bargaining solution's point.
type Solution struct {
	Label string // "Nash"
	At    Point
}
