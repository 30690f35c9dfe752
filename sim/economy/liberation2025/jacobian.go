package liberation2025

import "gonum.org/v1/gonum/mat"

// response is how a country answers: log L^_k moves by -(1/gl) of what moves g otherwise.
type response struct {
	gl float64 // g by log L^
	gu float64 // by the own log c
	gr float64 // by the share of revenue r
	v  float64 // log E' by log V: V / (V + T)
}

func (v *solver) response(k int) response {
	m := v.m
	r, q, wages, spend := v.take[k], m.q[k], v.wages[k], v.spend[k]
	part := wages / (wages + m.gap[k])
	z := response{
		gl: 1 - kappa*((1-q)*psi+q*(1+psi)*part),
		gu: -kappa * (1 - q + q*part),
		gr: -kappa * q / (1 - r),
		v:  part,
	}
	if m.relief {
		tau := r * spend / wages
		byV := (r/(1-r) - tau) / (1 - tau)
		z.gl -= kappa * (1 + psi) * byV
		z.gu -= kappa * byV
		z.gr -= kappa * spend / wages / (1 - r) / (1 - tau)
	}
	return z
}

// jacobian writes the derivatives of the conditions by log c. sales are sum_n (1-nu_n) X'_in. With
// slope_kj = d log L^_k / d log c_j and E_kj = d log E'_k / d log c_j it is
//
//	d f_i / d log c_j = sum_k (1-nu_k) X'_ik/V_i (eps lambda'_jk + E_kj)
//	                    - eps [i=j] sales_i/V_i - (sales_i + nu_i T_i)/V_i ([i=j] + (1+psi) slope_ij)
func (v *solver) jacobian(sales []float64, jac *mat.Dense, world float64) {
	m, n := v.m, v.m.n
	if v.a == nil {
		v.a, v.b, v.c = mat.NewDense(n, n, nil), mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
		v.slope = make([]float64, n*n)
	}
	a, b, c := v.a.RawMatrix().Data, v.b.RawMatrix().Data, v.c.RawMatrix().Data
	for k := range n {
		z := v.response(k)
		row, keep := v.lambda[k*n:(k+1)*n], v.keep[k*n:(k+1)*n]
		slope, out := v.slope[k*n:(k+1)*n], b[k*n:(k+1)*n]
		r := v.take[k]
		for j, share := range row {
			dr := -eps * share * (1 - keep[j] - r)
			slope[j] = -(z.gr*dr + kappa*share) / z.gl
			if j == k {
				slope[j] -= z.gu / z.gl
			}
			d := z.v*(1+psi)*slope[j] + dr/(1-r)
			if j == k {
				d += z.v
			}
			out[j] = eps*share + d
			a[j*n+k] = (1 - m.nu[k]) * share * keep[j] * v.spend[k] / v.wages[j]
		}
	}
	v.c.Mul(v.a, v.b)
	out := jac.RawMatrix().Data
	for i := range n {
		pay := sales[i] / v.wages[i]
		all := pay + m.nu[i]*m.gap[i]/v.wages[i]
		row := out[i*n : (i+1)*n]
		for j := range row {
			row[j] = c[i*n+j] - all*(1+psi)*v.slope[i*n+j]
		}
		row[i] -= eps*pay + all
	}
	last := out[m.us*n : (m.us+1)*n]
	for j := range last {
		last[j] = v.wages[j] / m.world
	}
	for k := range n {
		w := (1 + psi) * v.wages[k] / m.world
		for j, s := range v.slope[k*n : (k+1)*n] {
			last[j] += w * s
		}
	}
	_ = world
}
