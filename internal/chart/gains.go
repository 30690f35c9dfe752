package chart

// Gains shows what the deals are worth to both sides, each run's gain as a share of that run's ideal
// for the side: the most it could have with the other no worse off than without a deal.
type Gains struct {
	Made
	Parties Parties
	Success Success
	Deals   int64
	Fixed   string
	Edges   [2][]float64 // bin edges of each side's share of its ideal, percent, ascending; len = bins+1
	Share   [][]float64  // [bin of the first side][bin of the second]: deals of 100
	Low     [2]float64   // 10th of 100 deals, percent of the ideal
	Mid     [2]float64   // median
	High    [2]float64   // 90th
	Worth   [2]float64   // median worth over no deal, in Unit; NaN if unknown
	Unit    string       // of Worth: "$bn a year"
	Left    float64      // median share left on the table, percent; NaN if unknown
}
