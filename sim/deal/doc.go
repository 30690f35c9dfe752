// Package deal holds what two parties bargain over and what each of them wants: issues, outcomes,
// interests, red lines, and from these the Pareto frontier and the bargaining solutions.
//
// An outcome gives every issue one of its values. A party's utility is a sum of interests,
//
//	u(o) = sum_j w_j x_j(o) - sum_l c_l [o breaks line l]
//
// where x_j is a table over a few issues (the interest's scope), w_j its weight in this run's draw,
// and c_l the price of a soft red line. A hard line that holds has no price: what breaks it is not
// allowed at all.
//
// The space of outcomes is never enumerated. Issues that share an interest form a graph; the graph is
// eliminated vertex by vertex (min-fill) into a tree of clusters, and everything is computed on that
// tree: the best outcome, the outcomes from the best downwards, the frontier as a Minkowski sum with
// pruning. Red lines inside a cluster remove its cells; lines that span clusters cut the space into
// disjoint boxes. What is not exact says so (Epsilon, Resolution).
//
// The package has no randomness and no clock, and a Model may be shared by any number of goroutines.
// A Party and a Solver belong to one goroutine at a time.
//
// Papers: Nash (1950), "The bargaining problem", Econometrica 18; Kalai and Smorodinsky (1975), "Other
// solutions to Nash's bargaining problem", Econometrica 43; Kalai (1977), "Proportional solutions to
// bargaining situations", Econometrica 45; Bertele and Brioschi (1972), Nonserial Dynamic Programming;
// Horowitz and Sahni (1974), "Computing partitions with applications to the knapsack problem", JACM 21.
package deal
