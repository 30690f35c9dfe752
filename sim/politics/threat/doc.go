// Package threat plays the escalation around talks between two sides: threats, what becomes of them,
// the tariffs in force while they talk, and what those cost.
//
// A threat is (demand, date, sanction). The demand is a deal by the date, that the other side takes
// back what it has raised, or, as a counter-threat, that it does not do what it threatens. On the date the threat is met (the other has given way; or a deal was signed
// before, which ends the play), imposed, or backed down from: the date passes with neither. Tariffs are counted in steps above
// today's; what a step is, in points on which issue (broad, or aimed at farm goods), the caller says.
//
// The play is a pure function of a run's draw: what each side is worth at each pair of steps (Stakes),
// its way (a Policy with its Params), the rounds, and uniforms counted by side, round and question. It
// does not hear the offers. So the whole path can be laid out before the first offer, and it stops
// mattering where the talks stop. Nothing is allocated by a Player after its first long run.
//
// Three costs are kept apart (Binmore, Rubinstein and Wolinsky 1986): the flows of tariffs in force
// while the sides talk (Path.Flow), what no deal is worth, which moves with the tariffs (the caller's,
// by Stakes), and impatience, of which this package knows nothing.
//
// What it does not do: the sides do not learn from each other's threats here (sim/politics/belief does
// that), and truces and their breach are played elsewhere.
package threat
