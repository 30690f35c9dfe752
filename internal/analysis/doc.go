// Package analysis makes estimates with intervals from a stream of runs, in one pass and in memory
// that does not grow with their number.
//
// A Fold takes rows one by one. Folds of different shards merge, and the Summary of the merged fold
// is the same whatever the order of rows, shards and merges: everything kept is a count, an extreme
// or a set chosen by the run's number. Three things are kept:
//
//   - exact counts, wherever there are levels: endings, causes, strategies, terms, choices;
//   - quantile sketches of integer counts for continuous numbers (DDSketch: Masson, Rim & Lee 2019),
//     within 0.2% of the value. A drawn number has two, of all runs and of the successes, over the
//     same bins; so the success in its lowest and highest fifth needs no edges beforehand;
//   - a thinned set of runs for what needs several numbers together (the two-lever map, scatter,
//     parallel coordinates): run r stays while a hash of r ends in L zero bits, and L grows with the
//     largest r, so that at most about 65,536 stay. Up to that many runs, it holds them all.
//
// A run whose status is error counts in Runs.Errors and nowhere else.
//
// Shares carry Wilson's interval (Wilson 1927; Brown, Cai & DasGupta 2001), differences of shares
// Newcombe's (1998, method 10), both at 95%. These are simulation noise only. The spread over
// strategies (Stage.Range) and the numbers that are assumed (Evidence) are the larger doubt, and
// stand apart.
//
// The package knows rows and their brief, not how they were made. It draws and prints nothing.
package analysis
