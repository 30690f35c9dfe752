// Package egt is empirical game theory: what a table of mean payoffs says about which strategies last.
//
// A Game is symmetric: entry [i][j] is what a player of strategy i gets, in mean, against one of j. It
// is the meta-game of Walsh, Das, Tesauro and Kephart (2002), "Analyzing complex strategic
// interactions in multi-agent systems", and Wellman (2006), with two players: strategies in the place
// of moves. From it come
//
//   - pure equilibria, pairs from which neither side gains by changing its strategy alone (Nash 1951), and
//     the deviations that break the others;
//   - symmetric equilibria in mixtures, found by looking at every support up to a size (Mangasarian 1964), with
//     evolutionary stability (Maynard Smith and Price 1973) where a mixture is strict;
//   - the replicator's rule (Taylor and Jonker 1978), x_i' = x_i ((Ax)_i - x.Ax), its paths, its rests, and the share of
//     starts that end at each, its basins.
//
// It knows numbers only, not where they came from. How sure the numbers are is the caller's affair: an
// equilibrium of means is not more certain than the means.
package egt
