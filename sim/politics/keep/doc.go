// Package keep plays what becomes of a deal after it is agreed at home: year by year it is kept, broken,
// answered, left or renewed, until it ends or the years looked ahead are over.
//
// In a year each side in truth breaks its word with a chance of its own. Nobody sees the truth: the other
// side has a private signal of it, which shows a breach with chance q (seen if true) if there was one
// and with chance f (seen if false) if there was none. The two signals are drawn apart, so both sides can honestly
// say that the other broke the deal, although both kept it: with chance f x f (private monitoring, as
// in Green & Porter 1984 and Compte 1998, here with fixed answers). A breach that is seen is answered: by
// protest, renegotiation, snapback or collapse. What an answer does depends on the clause the deal has for
// disputes: without one, a snapback is the end; with one, a year's suspension. Under consultation a breach must be seen twice.
// Sides also leave, with a chance that may be higher in the year after an election; and a deal that has run
// its length is renewed or ends.
//
// [Terms.Survival] is the exact chance that the deal is in force after each year; [Terms.Play] plays one
// life from uniforms that the caller brings. Chances do not depend on what the deal is worth: incentives
// to keep it are another package's matter.
package keep
