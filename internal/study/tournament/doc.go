// Package tournament plays agents against each other over domains, again and again, in both seats, and says who
// wins, by how much and how sure that is.
//
// # What is played
//
// Every ordered pair of players (self-play included unless the file says otherwise) meets on every domain,
// `repetitions` times; the seat that opens changes from one repetition to the next. Random numbers depend on the seed, the domain, the
// repetition and the seat, not on who plays: whatever is compared meets the same luck (common random numbers).
// Runs are rows of an experiment (internal/experiment): seeded, resumable, the same bytes for any number of workers.
//
// # What is measured
//
// The score is the utility of the deal, or of no deal, as competitions count it; or the gain, its share of what the
// side could get at most with the other no worse off than without a deal. Joint is the sum over both sides.
// What a party paid for asking about its own preferences (agents.Botherer) is taken off. Distances are
// Euclidean, in the score's units, to the nearest point of the Pareto frontier, to the Nash and to the Kalai-Smorodinsky
// solution of the domain; talks that fail count with the point of no deal. A session that ends in an error
// leaves every mean, and is counted against the side to blame.
//
// # How sure
//
// A unit is a domain, or with fewer than six domains one repetition on one. Each player has one mean a unit, over all it met
// there, so differences between players are paired. Intervals of scores leave out what is common to all players
// in a unit (Cousineau 2005, with Morey's (2008) factor n/(n-1)); differences have Student's paired interval and p, and p is
// corrected for having asked about all pairs (Holm 1979). They say how sure the means are over units like these;
// domains are not a random sample of anything.
//
// # Game theory
//
// The mean scores of each player against each make a symmetric game over strategies; internal/analysis/egt finds its
// equilibria, deviations and basins.
package tournament
