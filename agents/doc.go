// Package agents holds negotiators for package sim, put together from parts, and their registry.
//
// A negotiator is a bidding strategy, an acceptance condition and an opponent model, in any
// combination (the BOA architecture of Baarslag, Hindriks, Hendrikx, Dirkzwager and Jonker 2014).
// The bidding strategy says what to offer next, usually as a target: the utility to aim at. Without
// an opponent model the bid is the outcome of lowest own utility that reaches the target; with one it
// is the outcome that the estimated other likes best among those that reach it. The acceptance
// condition compares the offer received with that bid, or with the clock.
//
// # Symbols
//
// u is utility to the negotiator's own party; hi its best allowed outcome; lo the larger of no deal and
// its worst allowed outcome. Targets lie in [lo, hi]; shares such as a concession are of hi - lo. Time
// runs from 0 in the first announced round to 1 in the last,
//
//	t = min(1, (round - 1) / (rounds - 1)),
//
// and in a talk of a single round t is 0 for the opening offer and 1 for an answer.
//
// # What every negotiator here does
//
// It never offers or accepts below no deal or over a hard red line of its own. If nothing it may sign
// is worth at least no deal it walks out in its first turn: there is nothing to talk about, and no offer
// it could honestly make. It walks out as well when its patience (a parameter, off by default) is at
// an end. Under monotonic concession it stands still while it is not asked to concede (MiCRO apart,
// which waits for the other's concessions in any case).
//
// On a mediated single text it votes as in Klein, Faratin, Sayama and Bar-Yam (2003): yes to a draft
// worth at least the text; with a temperature above 0 also to worse ones, with chance
// exp(-(u(text) - u(draft)) / T), T = temperature (hi - lo) (1 - t). In the end it signs what is
// worth at least no deal.
//
// Negotiators are deterministic given their stream, forget everything in Begin, and allocate nothing
// per offer once their buffers have grown to the space and the rounds.
//
// # Programs of the competitions
//
// Bidding strategies that are from a program (AgentK, HardHeaded, CUHKAgent, Gahboninho, Nice Tit for Tat, Atlas3,
// PonPoko, and a mixture in the manner of Caduceus) are written from their papers. Utilities that those
// take from 0 to 1 are shares of [lo, hi] here, seconds are rounds, and nothing is discounted unless a parameter
// says so. Each brings an acceptance rule of its own ("own") and usually an opponent model (Usual); a Spec
// that names others gets those.
//
// # Papers
//
// Faratin, Sierra and Jennings (1998), "Negotiation decision functions for autonomous agents",
// Robotics and Autonomous Systems 24; the same (2002), "Using similarity criteria to make issue
// trade-offs in automated negotiations", Artificial Intelligence 142; de Jonge (2022), "An analysis of
// the linear bilateral ANAC domains using the MiCRO benchmark strategy", IJCAI; Baarslag, Hindriks and
// Jonker (2013), "Acceptance conditions in automated negotiation"; van Krimpen, Looije and Hajizadeh
// (2013), "HardHeaded"; Klein et al. (2003), "Protocols for negotiating complex contracts".
package agents
