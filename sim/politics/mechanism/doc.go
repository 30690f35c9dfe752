// Package mechanism bounds what two sides with private types can reach by any rules of talk whatever.
//
// Each side knows its own type, drawn from finitely many (probabilities f and g), and not the other's.
// By the revelation principle (Myerson 1979) whatever an equilibrium of whatever game brings is also
// brought by asking both for their types, if telling the truth is best for each. So the most that can be
// reached on average is a linear programme over what is done at each pair of reports: with q(x|i,j) the
// chance of outcome x, U(i) and W(j) what a type expects over no deal,
//
//	max   sum_ij f_i g_j sum_x q(x|i,j) [u(x|i) + w(x|j)]
//	s.t.  U(i) >= U(k) + sum_j g_j sum_x q(x|k,j) [u(x|i) - u(x|k)]     i does not gain by reporting k
//	      W(j) >= W(k) + sum_i f_i sum_x q(x|i,k) [w(x|j) - w(x|k)]
//	      U, W >= 0                                                     nobody is forced to talk
//	      sum_i f_i U(i) + sum_j g_j W(j) <= the objective              nobody pays in
//	      sum_x q(x|i,j) <= 1
//
// Side payments are allowed, so that it bounds those who cannot pay too. For a buyer and a seller with
// uniform types it is Myerson and Satterthwaite's (1983, "Efficient mechanisms for bilateral trading",
// JET 29) second best, 9/64 of a first best of 1/6.
//
// Not modelled: sides who cannot be held to what they report, correlated types (where more can be
// reached: Cremer and McLean 1988), risk attitudes.
package mechanism
