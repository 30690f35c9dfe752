// Package economy puts the trade models to use: it opens them by name, finds the tariffs that
// governments would choose alone, in a war and in talks, asks whether a deal enforces itself, what
// it does to third countries and whether it is reciprocal, and tabulates payoffs for scenarios.
//
// A [Game] is a model in which some governments ([Player], each with an [Aim]) choose tariffs of
// some [Form]. [Game.BestResponse], [Game.Nash], [Game.Talks] and [Game.NashInNash] search it: with
// adjoint gradients where the model has them (trade.Differentiable), else by differences.
//
// A [Surface] tabulates welfare over the levers of a scenario, and a [Composite] adds up what
// several models see, since no one model sees everything.
//
// Nothing here is called while talks are simulated; scenarios compile it into tables.
package economy
