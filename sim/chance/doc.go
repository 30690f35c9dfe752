// Package chance draws numbers: distributions by one uniform and the quantile function, and the
// uniforms themselves, counted rather than drawn in turn.
//
// A distribution is a Dist. Its Quantile turns a uniform p into a value, so that Latin hypercubes,
// Sobol points and common random numbers all work the same way; nothing here rejects and retries.
// Every distribution is bounded, so that what builds on it can prune by its support.
//
// A uniform is U(seed, replication, id, index): a pure function of its key, where id is the ID of a
// named variable. Draws depend on no order, so any number of workers gives the same ones.
//
// Quantiles are deterministic on one build, architecture and CPU feature set; the uniforms are on all.
// All values are safe for use by several goroutines.
package chance

// Dist is a bounded distribution on the real line.
type Dist interface {
	// Quantile is the least x with P(X <= x) >= p. It does not decrease in p; Quantile(0) and
	// Quantile(1) are the ends of the support. It panics unless 0 <= p <= 1.
	Quantile(p float64) float64

	// Support is the least and the greatest value that can be drawn, both finite; lo = hi for a
	// number that is fixed.
	Support() (lo, hi float64)

	// Mean is the expectation: of the value, or of the index for a Choice.
	Mean() float64

	// String is the distribution in words, as the report prints it: "uniform 0 to 2".
	String() string
}

// check panics unless p is a probability.
func check(p float64) {
	if !(p >= 0 && p <= 1) {
		panic("chance: p outside 0 to 1")
	}
}
