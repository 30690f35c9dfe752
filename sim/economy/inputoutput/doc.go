// Package inputoutput solves the trade model with input-output links of Caliendo & Parro,
// "Estimates of the Trade and Welfare Effects of NAFTA", Review of Economic Studies 82(1), 2015, with
// two extensions: a tariff on inputs and one on final goods for each flow, and scale effects as in
// Ju, Ma, Wang & Zhu, Journal of Monetary Economics, 2024. Packages jmwz2017 and cp1993 bring the
// data.
//
// Output of sector j in region n is made of labour (share beta_jn) and of every sector's goods
// (shares gamma_kjn of the rest); each sector's goods come from the cheapest source, so that shares
// answer costs with elasticity theta_j. With x^ = x'/x, exporters i, importers n, tariffs t, u = m
// (inputs) or f (final goods), and base shares pi the same for both uses:
//
//	c^_jn = w^_n^beta_jn prod_k Pm^_kn^(gamma_kjn (1-beta_jn)) / L^_jn^psi_j
//	Pu^_jn = [ sum_i pi_inj (kappau^_inj c^_ij)^(-theta_j) ]^(-1/theta_j),  kappau = 1 + tu
//	piu'_inj = pi_inj (kappau^_inj c^_ij / Pu^_jn)^(-theta_j)
//	Z_jn = sum_k gamma_jkn (1-beta_kn) Y_kn,  F_jn = alpha_jn I_n
//	Y_ji = sum_n [ pim'_inj Z_jn / (1+tm_inj) + pif'_inj F_jn / (1+tf_inj) ]
//	R_n = sum_ij [ tm pim' Z / (1+tm) + tf pif' F / (1+tf) ],  I_n = w^_n VA_n + R_n + D_n
//	sum_j beta_jn Y_jn = w^_n VA_n, one of them replaced by the numeraire sum w^ VA = sum VA
//	L^_jn = (beta Y')_jn / (w^_n (beta Y)_jn), where there are scale effects (psi_j > 0)
//	welfare I^_n / prod_j Pf^_jn^alpha_jn
//
// Trade balances D are nominal and stay as they are in the base.
//
// # How it is solved
//
// Newton's method works on log w^, and, where psi_j > 0, on log Y^_jn. Given those, costs and prices
// are the fixed point of a contraction (its modulus is the largest 1-beta_jn), and outputs that of a
// linear one. The Jacobian and the gradients of [Model.NewPoint] come from one reverse pass through
// both fixed points (the adjoint of each is a contraction too), a row at a time.
//
// # Limits
//
// Trade elasticities and cost shares are constant; balances do not move; tariff revenue goes to
// households; there are no profits. A base that is not an equilibrium of these equations must be
// made one first: [Economy.Rebase].
package inputoutput
