package trade

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// System is a square system of equilibrium conditions f(x) = 0.
type System interface {
	// Dim is the number of unknowns and of conditions.
	Dim() int
	// Eval writes into f the conditions at x, each divided by what it should equal, so that
	// 1e-10 means the same in every row; and, when jac is not nil (Dim x Dim, zeroed by the
	// caller), df_r/dx_c at row r, column c. An error says that x lies outside of the domain
	// (a price that is not positive, a tax rate past one) and makes the solver step back.
	Eval(x, f []float64, jac *mat.Dense) error
}

// Options of a solve. The zero value is usable.
type Options struct {
	Model string  // the model's name, for errors
	Tol   float64 // largest relative residual accepted; 0: 1e-11
	Steps int     // most Newton steps; 0: 60
	// Reuse keeps a factorised Jacobian, also from the previous solve on the same Newton, while
	// each step with it still cuts the residual at least tenfold. Worth it above some hundred
	// unknowns.
	Reuse bool
}

// Stats says how a solve went.
type Stats struct {
	Residual float64 // largest relative residual at the solution
	Steps    int     // steps taken
	Factored int     // Jacobians factorised
}

// Newton is the scratch of the solver: buffers and the last factorisation. Its zero value is ready;
// one goroutine at a time.
type Newton struct {
	jac        mat.Dense
	lu         mat.LU
	factored   bool
	scale      []float64 // of each row of jac at its last factorisation
	f, step, y []float64
	trial      []float64
}

// Solve solves the system from x, in place, by [Newton.Solve] on fresh scratch.
func Solve(sys System, x []float64, opt Options) (Stats, error) {
	var n Newton
	return n.Solve(context.Background(), sys, x, opt)
}

// Solve solves the system from x, in place: Newton's method with backtracking on the norm of the
// residuals (Dennis & Schnabel 1996, algorithm A6.3.1, halving). Rows are scaled by their largest
// Jacobian entry before factorisation and in the norm. On failure x is left at the best point
// found and the error is a *NoConvergence, or ctx's error. On success the last call of Eval was at x.
func (n *Newton) Solve(ctx context.Context, sys System, x []float64, opt Options) (Stats, error) {
	tol, most := opt.Tol, opt.Steps
	if tol == 0 {
		tol = 1e-11
	}
	if most == 0 {
		most = 60
	}
	n.size(sys.Dim())
	var st Stats
	fail := func(why string) (Stats, error) {
		return st, &NoConvergence{Model: opt.Model, Residual: st.Residual, Steps: st.Steps, Why: why}
	}
	if !opt.Reuse {
		n.factored = false
	}
	fresh := false // the factorisation is of the Jacobian at x
	if err := n.eval(sys, x, !n.factored, &fresh, &st); err != nil {
		st.Residual = math.Inf(1)
		return fail("the start is outside of the domain: " + err.Error())
	}
	for st.Residual = largest(n.f); st.Residual > tol; {
		if err := ctx.Err(); err != nil {
			return st, err
		}
		if st.Steps == most {
			return fail("too many steps")
		}
		if err := n.direction(); err != nil {
			if !fresh {
				n.factored = false
				if err := n.eval(sys, x, true, &fresh, &st); err != nil {
					return fail(err.Error())
				}
				continue
			}
			return fail("the Jacobian is singular")
		}
		was := norm(n.f, n.scale)
		next, err := n.search(sys, x, was, fresh)
		if err != nil {
			if !fresh { // a stale Jacobian may point the wrong way: try this point's own
				n.factored = false
				if err := n.eval(sys, x, true, &fresh, &st); err != nil {
					return fail(err.Error())
				}
				continue
			}
			if st.Residual < 100*tol { // rounding stands in the way of the last digits
				return st, sys.Eval(x, n.f, nil)
			}
			return fail(err.Error())
		}
		copy(x, n.trial)
		st.Steps++
		st.Residual = largest(n.f)
		if st.Residual <= tol {
			break
		}
		fresh = false
		if !opt.Reuse || next > 0.1*was {
			n.factored = false
		}
		if !n.factored {
			if err := n.eval(sys, x, true, &fresh, &st); err != nil {
				return fail(err.Error())
			}
		}
	}
	return st, nil
}

// eval computes the residuals at x and, if asked, factorises the Jacobian there.
func (n *Newton) eval(sys System, x []float64, factorise bool, fresh *bool, st *Stats) error {
	if !factorise {
		return sys.Eval(x, n.f, nil)
	}
	n.jac.Zero()
	if err := sys.Eval(x, n.f, &n.jac); err != nil {
		return err
	}
	for r := range n.scale {
		row, most := n.jac.RawRowView(r), 0.0
		for _, v := range row {
			if a := math.Abs(v); a > most || math.IsNaN(a) {
				most = a
			}
		}
		if most == 0 || math.IsNaN(most) || math.IsInf(most, 0) {
			return fmt.Errorf("condition %d has no finite slope", r+1)
		}
		n.scale[r] = 1 / most
		for c := range row {
			row[c] *= n.scale[r]
		}
	}
	n.lu.Factorize(&n.jac)
	n.factored, *fresh = true, true
	st.Factored++
	return nil
}

// direction solves for the Newton step.
func (n *Newton) direction() error {
	for r := range n.y {
		n.y[r] = -n.f[r] * n.scale[r]
	}
	err := n.lu.SolveVecTo(mat.NewVecDense(len(n.step), n.step), false, mat.NewVecDense(len(n.y), n.y))
	if c, bad := err.(mat.Condition); bad && !math.IsInf(float64(c), 1) {
		err = nil // ill-conditioned is not singular: the search judges the step
	}
	if err != nil {
		return err
	}
	for _, v := range n.step {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return errors.New("the step is not finite")
		}
	}
	return nil
}

// search backs off along the step until the norm falls. It leaves the point in n.trial and its
// residuals in n.f.
func (n *Newton) search(sys System, x []float64, was float64, fresh bool) (float64, error) {
	const slope = 1e-4
	halvings := 40
	if !fresh {
		halvings = 1
	}
	var why error
	copy(n.y, n.f)
	for a := 1.0; halvings > 0; a, halvings = a/2, halvings-1 {
		for c := range x {
			n.trial[c] = x[c] + a*n.step[c]
		}
		if err := sys.Eval(n.trial, n.f, nil); err != nil {
			why = err
			continue
		}
		if got := norm(n.f, n.scale); got <= (1-slope*a)*was {
			return got, nil
		}
	}
	copy(n.f, n.y)
	if why != nil {
		return 0, why
	}
	return 0, errors.New("no step along Newton's direction lowers the residual")
}

// size makes the buffers fit; a change of size forgets the factorisation.
func (n *Newton) size(d int) {
	if len(n.f) == d {
		return
	}
	n.jac.Reset()
	n.jac.ReuseAs(d, d)
	n.factored = false
	n.scale, n.f, n.step = make([]float64, d), make([]float64, d), make([]float64, d)
	n.y, n.trial = make([]float64, d), make([]float64, d)
}

// LU gives the factorisation of the last Jacobian, whose rows were multiplied by the returned
// scales, so that J = diag(1/scale) LU: what adjoint gradients need. It is that of the last point
// at which a Jacobian was taken; nil before the first.
func (n *Newton) LU() (*mat.LU, []float64) {
	if !n.factored {
		return nil, nil
	}
	return &n.lu, n.scale
}

func largest(f []float64) float64 {
	most := 0.0
	for _, v := range f {
		if a := math.Abs(v); a > most || math.IsNaN(a) {
			most = a
		}
		if math.IsNaN(most) {
			return math.Inf(1)
		}
	}
	return most
}

func norm(f, scale []float64) float64 {
	sum := 0.0
	for r, v := range f {
		v *= scale[r]
		sum += v * v
	}
	if math.IsNaN(sum) {
		return math.Inf(1)
	}
	return math.Sqrt(sum)
}
