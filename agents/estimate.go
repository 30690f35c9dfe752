package agents

import "github.com/parley-sim/parley/sim/deal"

// estimate is what the other is thought to like: scale[issue] x row[issue][value] is what a value is
// worth to it.
type estimate struct {
	scale []float64
	row   [][]float64
	sum   deal.Additive // the products, filled by additive
}

func newEstimate(space *deal.Space) estimate {
	return estimate{scale: make([]float64, space.Len()), row: table(space).Value, sum: table(space)}
}

// additive is the estimate as exact searches want it.
func (e *estimate) additive() deal.Additive {
	for i, row := range e.row {
		for v, x := range row {
			e.sum.Value[i][v] = float64(e.scale[i] * x)
		}
	}
	return e.sum
}

// table is an estimate of zeros for a space, in one piece of memory.
func table(space *deal.Space) deal.Additive {
	cells := 0
	for i := range space.Issues {
		cells += len(space.Issues[i].Values)
	}
	flat := make([]float64, cells)
	est := deal.Additive{Value: make([][]float64, space.Len())}
	for i := range est.Value {
		n := len(space.Issues[i].Values)
		est.Value[i], flat = flat[:n:n], flat[n:]
	}
	return est
}
