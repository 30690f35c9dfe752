package config

// Interest is one thing a party cares about. Its part of the party's utility is
//
//	weight x strength
//
// where the strength is that of the model it comes from, or the product of its shapes, or its table.
type Interest struct {
	// The word for it in this file.
	Key string `toml:",key"`
	// Where its strength comes from: "economy" (welfare from the trade model, $bn a year), "leverage" (what its own tariff must be worth beyond that if it chose today's freely) or "delivery" (what is really built or bought). Empty: from times or table.
	From string `toml:"from" check:"economy|leverage|delivery"`
	// Of delivery: the issue that is delivered, or what stands of investment: owned, know_how, jobs, output. Default: plants = investment, purchases = purchases.
	Of string `toml:"of"`
	// Worth at strength 1, on the scenario's scale. Default 1.
	Weight Number `toml:"weight"`
	// Shapes by issue; the strength is their product: { investment = { linear = [0, 1] }, control = { licence = 0.2, ... } }.
	Times []Factor `toml:"times"`
	// A strength for every combination of several issues' values.
	Table *Joint `toml:"table"`
	Backing
}

// Factor is one issue's part of an interest's strength.
type Factor struct {
	Issue string `toml:",key"` // key of the issue
	Shape
}

// Shape gives each value of an issue a strength.
//
//	{ linear = [a, b] }              a at the issue's lowest number, b at its highest (min and max do not move them)
//	{ log = [a, b] }                 0 at the number a, 1 at b, in logarithms between (a, b > 0)
//	{ power = [a, b, p] }            ((x-a)/(b-a))^p: 0 at a, 1 at b; p > 0
//	{ peak = [a, m, b] }             0 at a and below, 1 at m, 0 at b and beyond, straight between
//	{ piecewise = [[x, s], ...] }    straight lines between the points, level outside
//	{ steps = [[x, s], ...] }        s from x on, until the next; the first s below
//	{ values = [s, ...] }            one strength a value, in the issue's order
//	{ beats = ["eu", "japan"] }      the share of these yardsticks of [reference] that the number reaches
//	{ share_of = ["counted"] }       the number as a share of a yardstick of [reference], 1 at most
//	{ chinese_owned = 1, ... }       one strength a choice, all choices named
type Shape struct {
	Kind   string       // linear, log, power, peak, piecewise, steps, values, beats, share_of, choices
	Params []float64    // of linear, log, power, peak; the strengths of values and choices, in the issue's order
	Points [][2]float64 // of piecewise and steps: number and strength
	Names  []string     // of choices, as written; the yardsticks of beats and share_of
}

// Joint gives every combination of several issues' values a strength:
//
//	{ issues = ["a", "b"], strength = [[0, 1], [0.5, 2]] }
//
// with arrays nested as deep as there are issues, the last issue innermost.
type Joint struct {
	Issues   []string  // keys, two or more
	Dims     []int     // how many values each issue has, as the arrays were nested
	Strength []float64 // row-major, last issue fastest
}
