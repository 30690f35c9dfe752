// Package liberation2025 is the trade model of Ignatenko, Macedoni, Lashkaripour & Simonovska,
// "Making America Great Again? The Economic Impacts of Liberation Day Tariffs", Journal of
// International Economics, 2025: 194 countries, one sector, flows of 2023.
//
// Each country makes one good under a constant trade elasticity eps = 4. Labour supply answers the
// real wage with elasticity kappa = 0.5; output has scale effects psi = 0.67/eps. A share nu_n of
// what an import costs is earned where it is sold, one value for the US and one for all others, so
// that a tariff, which falls on the price at the border, passes through with exponent phi_n > 1.
// Trade deficits T_n move with the world's income. Two closures say what becomes of the revenue:
// "income_tax" cuts the tax on labour, which raises its supply; "lump_sum" hands it out.
//
// All changes are ratios to the base, x^ = x'/x (Dekle, Eaton & Kortum 2008); exporters j,
// importers n, tariffs t, zero in the base:
//
//	lambda'_jn ~ lambda_jn (w^_j / L^_j^psi)^(-eps) (1+t_jn)^(-eps phi_n),   S_n the sum of the right
//	P^_n = (E^_n/w^_n)^(1-phi_n) S_n^(-1/eps)
//	X'_jn = lambda'_jn E'_n / (1+t_jn),   rev_n = sum_j t_jn X'_jn
//	sum_n (1-nu_n) X'_in + nu_i sum_j X'_ji = w^_i L^_i Y_i
//	E'_n = rev_n + w^_n L^_n Y_n + T_n Y'_world/Y_world
//	L^_n = (w^_n / P^_n / (1-tau_n))^kappa,   tau_n = rev_n / (w^_n L^_n Y_n), or 0 if lump_sum
//	numeraire: mean over n of (P^_n - 1) E_n = 0
//	W_n = d_n E^_n/P^_n + (1-d_n) w^_n L^_n/P^_n,  d_n = E_n / (E_n - kappa (1-tau_n) Y_n / (1+kappa))
//
// # How it is solved
//
// The authors' unknowns are w^, E^ and L^, 582 of them. Given the unit costs c_j = w^_j / L^_j^psi,
// shares follow; given shares and Y'_world, a country's E'_n follows from its L^_n, and L^_n from
// one equation in itself. So Newton's method works on log c alone, 194 unknowns, with the world's
// income as numeraire while it does; the published numeraire is put in place afterwards, which the
// homogeneity of the equations allows. The Jacobian is analytic: one product of two 194 x 194
// matrices. Factorisations are kept from one solve to the next while they serve.
//
// # Limits
//
// One sector: a tariff on farm goods or on inputs cannot be told apart (*trade.NoSplit). Base
// tariffs are zero, so a schedule gives increments over 2023, not statutory levels. Relief cannot
// exceed the tax on labour: a schedule whose revenue takes all of some country's labour income is an
// error (*Infeasible). Welfare is that of the closure: labour supply has a cost in it.
package liberation2025
