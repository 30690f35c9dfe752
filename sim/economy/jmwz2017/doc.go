// Package jmwz2017 is the trade model with input-output links of Ju, Ma, Wang & Zhu, "Trade Wars and
// Industrial Policy Competitions: Understanding the US-China Economic Conflicts", Journal of Monetary
// Economics, 2024: seven regions, 44 sectors, 2017. Package inputoutput has the equations.
//
// It is the model in which a tariff on inputs and one on final goods differ, so that relief on
// inputs can be worked out: see [Model.War].
//
// Sectors 1 to 22 are goods; services trade too, without tariffs. Expenditures include tariffs.
// Sector names are inferred from the order of the OECD's tables, not given by the source.
//
// Closures differ in what the published base leaves open, not in where revenue goes (to households):
//
//	fixed     trade deficits stay at their dollar values of 2017; no scale effects (the default)
//	balanced  trade is balanced first: the base is the world of 2017 without deficits
//	scale     fixed, with scale effects psi: unit costs fall with a sector's labour
//
// # The base
//
// Final shares are what expenditure leaves after input demand, not the supplied ones, which are off
// by up to 0.012. Twenty such residuals are negative ([Model.Clipped]) and set to zero. That breaks
// the base, so the equilibrium at unchanged tariffs is solved first and changes are against it.
package jmwz2017
