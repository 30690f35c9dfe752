// Package surplus says where the joint gain goes: from what was possible without red lines to what both
// sides got in the end, step by step. Each step is the mean over runs of a number that every run has,
// so the steps sum to the whole:
//
//	possible without red lines             I0, at the largest sum both prefer to no deal
//	less each side's red lines             I0 - I1; each side's part is its Shapley value (1953)
//	less private information               (1 - s) I1: by Myerson & Satterthwaite (1983), no rules of talk reach
//	                                       more than the share s on average, side payments allowed
//	less no deal found                     s I1, where nothing was signed
//	less left on the table                 s I1 less the signed deal's worth, where something was
//	less refused at home, talks' cost, broken or not delivered
//	what both sides got
//
// The share s is the scenario's, not a run's (Private): types are drawn from each side's own numbers, what is not
// a party's stands in the middle, and the outcomes on offer are those that are best for the most pairs of types. Side
// payments are allowed in it and may not be in the talks, so private information costs at the least that. Negotiators that
// show their hands more than they would in equilibrium can do better than s; then the steps after it say
// so by being smaller.
package surplus
