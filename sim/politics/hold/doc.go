// Package hold asks whether a deal enforces itself: whether each side, in every year, would rather
// keep it than break it, with payments to each other and with plants already built as hostages.
//
// Time is in years t = 1, 2, ... What a side gets in a year is in the scenario's unit over no deal
// ($bn). Four paths describe a side, by year:
//
//	k(t)  what it gets while both keep
//	d(t)  what it gets in a year in which it alone breaks, at its best
//	n(t)  what it gets in a year of punishment after a break in year t: no deal, with what is left to
//	      it of the plants built by then
//	r(t)  what it gets in a year after the deal has ended in peace in year t
//	s(t)  what changes for good by a break in year t, once both keep again: plants taken stay taken
//
// With a discount factor D, a chance e a year that the deal ends in peace, a share a of the year in
// which a break goes unanswered (a snapback clause makes it small), keeping and breaking are worth
//
//	V(t) = k(t) + D [(1-e) V(t+1) + e R(t)]       R(t) = r(t) (1 + D + D² + ...)
//	B(t) = a d(t) + (1-a) n(t) + D N(t)
//	N(t) = n(t) (1 + D + ... + D^(T-1)) + D^T [V(t+1) + s(t) (1 + D + D² + ...)]
//	                                                        punished for T years, then taken up again
//	N(t) = n(t) (1 + D + D² + ...)                          punished for ever (grim)
//
// A side that holds what the other built may also take it for good, a gain g(t) a year, and then there is no
// deal ever after:
//
//	B(t) = a [d(t) + g(t)] + (1-a) [n(t) + g(t)] + D [n(t) + g(t)] (1 + D + D² + ...), if that is more
//
// and the deal holds if V(t) >= B(t) for both sides in every year. A deal of H years has
// V(H+1) = R(H): nothing but the plants binds it in its last year. A path's last entry stands for all
// later years, so an endless deal is solved exactly: V is constant from there on.
//
// These are the conditions of Thomas and Worrall (1994), section 2 and its extension to capital that
// lasts: the continuation value of keeping must be at least what a side can take now, expropriated
// plants included, and what follows the break. Theirs is a host against a company whose outside value
// is zero; here the owner can break too, and loses its plants, as in Williamson (1983): a hostage
// works on who gives it and tempts who holds it. Without plants they are the folk theorem's for
// stationary trigger strategies (Friedman 1971; Bagwell and Staiger 1990 for tariffs), the best there
// are where punishment is the worst equilibrium (Abreu 1988): no deal is taken to be one.
//
// Payments are made at the end of a year in which both kept. By Levin (2003), lemma 1, a level of
// payment only moves slack from one side to the other; Pair.Pay finds the smallest constant one from the
// earliest year from which it does, and Terms.Loss what a hostage that yields 1 a year weighs.
//
// The package does not ask whether a break is seen (politics' breaches do), nor whether the sides
// would renegotiate a punishment.
//
// Papers: Thomas and Worrall (1994), "Foreign direct investment and the risk of expropriation", RES
// 61; Williamson (1983), "Credible commitments", AER 73; Friedman (1971), "A non-cooperative
// equilibrium for supergames", RES 38; Abreu (1988), "On the theory of infinitely repeated games with
// discounting", Econometrica 56; Bagwell and Staiger (1990), "A theory of managed trade", AER 80;
// Levin (2003), "Relational incentive contracts", AER 93.
package hold
