// Package scenario turns a decoded scenario file into a model that can be played: spaces, tables,
// drawn variables, clocks. It is the one place that knows both the file and the negotiation.
//
// Compiling has two steps. Compile does what the structure fixes: the space, the interests' tables,
// the red lines' truth tables. Draw does what a run draws: weights, lines that hold, what no deal is
// worth, who moves first, who plays. A Model is safe for many goroutines; a worker's scratch is not.
//
// What an outcome is worth to a party, on the scenario's scale, over no deal:
//
//	worth = sum of weight x strength(outcome) - soft lines' costs - no deal - cost of delay x weeks talked
//
// Without a deal only the cost of delay remains. On worth = "unit" it is the plain sum, and without
// a deal the party's no_deal.
package scenario
