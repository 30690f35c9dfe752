package trade

import "context"

// Measures are what governments may care about, one value a region; nil where not asked for. As a
// seed of [Point.Gradient] they are weights on the same.
type Measures struct {
	Government []float64 // log change of real income with political weights on sectors
	Welfare    []float64 // log change of real income
	Revenue    []float64 // tariff revenue, $bn a year
}

// Point is a model at one table of tariffs, with what a search for better tariffs asks of it. It
// owns scratch: one goroutine at a time. Each solve starts from the last.
type Point interface {
	// Solve finds the equilibrium at dense tariffs, each above -1 and finite.
	Solve(ctx context.Context, tariffs []float64) error
	// Measure writes the measures at the last equilibrium into the slices of m that are not nil.
	Measure(m Measures)
	// Gradient writes into grad (dense) the derivative of seed's weighted sum of measures by each
	// tariff, the rest of the economy adjusting, at the last equilibrium.
	Gradient(seed Measures, grad []float64) error
}

// Differentiable is a model that gives derivatives by every tariff at once, by adjoints. Searches
// fall back on differences for other models.
type Differentiable interface {
	Model
	// NewPoint starts at the base. weights are political weights, by region then sector, mean about
	// one; a nil entry, or nil for all, means pure welfare.
	NewPoint(weights [][]float64) (Point, error)
}

// Political is a model that comes with estimated political weights.
type Political interface {
	// Politics returns the weights by region, then sector; a copy.
	Politics() [][]float64
}
