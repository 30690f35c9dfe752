// Package enforce asks of a whole scenario which of its deals hold by themselves and what it would take
// for the others: of the efficient outcomes of many draws how many would pass at home and how many
// each side would keep in every year; for the bargaining solutions, who would break them and when; and
// the remedies, one by one: a payment, a snapback clause, more or earlier investment, a longer
// shadow of the future.
//
// The question itself is sim/politics/hold's, asked through scenario.Holder. In a draw the answer for an
// outcome is exact; over draws it is an estimate, with 8 in 10 of the draws (10th and 90th percentile)
// and, for shares of draws, Wilson's 95% interval.
package enforce
