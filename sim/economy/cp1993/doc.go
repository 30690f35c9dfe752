// Package cp1993 is the trade model of Caliendo & Parro, "Estimates of the Trade and Welfare Effects
// of NAFTA", Review of Economic Studies 82(1), 2015, on its data of 1993: 31 regions, 40 sectors of
// which 20 are traded. Package inputoutput has the equations. It is here as the method's own test:
// [Model.NAFTA] is the experiment of the article, and what follows meets its printed results.
//
// # The base
//
// Trade data are before tariffs. Output is at least exports; what is not exported stays at home.
// Final shares are what expenditure leaves after input demand; 185 are negative ([Model.Clipped]) and
// set to zero, the others normalised by country and kept. Trade deficits are set to zero first: the
// equilibrium without them, at the tariffs of 1993, is the base of all changes.
//
// # Two measures of welfare
//
// WelfarePct is real income I^/P^, exact in the model. The article prints a first-order sum instead,
// in levels from the base (see [Model.FirstOrder]): Extra "first_order_pct". For
// large changes of tariffs they differ much: for Mexico in NAFTA 1.31% printed, real income 0.007%.
package cp1993
