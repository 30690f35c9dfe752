// Package home is the second level of a two-level game: whether those at home agree to what their
// negotiator signed (Putnam 1988, "Diplomacy and domestic politics", International Organization 42).
//
// An audience a scores a deal x by the worth of the interests it likes, s_a(x) = sum_k like_ak v_k(x),
// and agrees if
//
//	s_a(x) + noise_a e >= agree_a,    e ~ N(0, 1), independent between audiences,
//
// so with probability p_a = Phi((s_a - agree_a) / noise_a); without noise it is 0 or 1. A [Rule] turns
// the audiences' answers into one: enough of the shares, or enough members of a legislature in which
// an audience is a bloc that has seats by its share. Who has a veto must agree besides.
//
// The chance of a yes is exact: by enumeration of the audiences' answers under a rule of shares, by the
// recursion of the Poisson-binomial distribution in a legislature. What is not modelled: audiences that
// answer to each other, and log-rolling between deals.
//
// The package holds pure functions. Nothing in it draws: the caller brings uniforms.
package home
