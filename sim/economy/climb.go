package economy

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/optimize"
)

// hill is what climb maximises: value and gradient at u. An error says that there is no
// equilibrium at u, and makes the search step back.
type hill func(u, grad []float64) (float64, error)

// climbing limits a search. The zero value is usable.
type climbing struct {
	flat  float64 // stop when no free slope is steeper; 0: 1e-9
	gain  float64 // stop when three steps in a row gain less; 0: 1e-13
	steps int     // most steps; 0: 500
}

// climbed says how a search ended.
type climbed struct {
	value       float64
	evaluations int
	slope       float64 // steepest free slope left
}

// errStuck is returned when a search runs out of steps.
var errStuck = errors.New("no maximum found within the allowed steps")

// climber is a search in progress.
type climber struct {
	f        hill
	lo, hi   []float64
	u        []float64 // the point, its value and its gradient
	value    float64
	grad     []float64
	down     []float64 // minus the gradient, 0 for variables that their slope holds at a bound
	dir      []float64
	trial    []float64
	lb       optimize.LBFGS
	fresh    bool      // lb has no memory
	lastU    []float64 // where lb last gave a direction
	lastDown []float64
	evals    int
}

// climb maximises f over the box lo <= u <= hi from u, in place. Directions are those of gonum's
// L-BFGS on the variables that are free, that is, not held at a bound by their slope (two-metric
// projection: Bertsekas 1982, SIAM J. Control 20); steps follow the path projected on the box until
// they meet the weak Wolfe conditions (Nocedal & Wright 2006, 3.6), by bracketing.
func climb(f hill, u, lo, hi []float64, opt climbing) (climbed, error) {
	if opt.flat == 0 {
		opt.flat = 1e-9
	}
	if opt.gain == 0 {
		opt.gain = 1e-13
	}
	if opt.steps == 0 {
		opt.steps = 500
	}
	n := len(u)
	c := &climber{f: f, lo: lo, hi: hi, u: u, fresh: true}
	for _, s := range []*[]float64{&c.grad, &c.down, &c.dir, &c.trial, &c.lastU, &c.lastDown} {
		*s = make([]float64, n)
	}
	for k := range u {
		u[k] = math.Min(math.Max(u[k], lo[k]), hi[k])
	}
	var err error
	if c.value, err = f(u, c.grad); err != nil {
		return climbed{evaluations: 1}, err
	}
	c.evals = 1
	small := 0
	for range opt.steps {
		slope := c.free()
		if slope <= opt.flat {
			return climbed{c.value, c.evals, slope}, nil
		}
		step, rise := c.direction()
		was := c.value
		ok := c.search(step, rise)
		if !ok && c.fresh { // not even uphill: rounding
			return climbed{c.value, c.evals, slope}, nil
		}
		if !ok {
			c.fresh = true
			continue
		}
		c.fresh = false
		if c.value-was > opt.gain {
			small = 0
		} else if small++; small == 3 {
			return climbed{c.value, c.evals, slope}, nil
		}
	}
	return climbed{c.value, c.evals, c.free()}, errStuck
}

// free finds which variables may move and returns the steepest slope among them.
func (c *climber) free() float64 {
	most := 0.0
	for k, g := range c.grad {
		c.down[k] = -g
		if c.u[k] <= c.lo[k] && g <= 0 || c.u[k] >= c.hi[k] && g >= 0 {
			c.down[k] = 0
		}
		most = math.Max(most, math.Abs(c.down[k]))
	}
	return most
}

// direction sets dir and returns the first step to try and the slope along dir, positive.
func (c *climber) direction() (step, rise float64) {
	here := &optimize.Location{X: c.u, Gradient: c.down}
	if !c.fresh {
		curved := 0.0
		for k := range c.u {
			curved += (c.u[k] - c.lastU[k]) * (c.down[k] - c.lastDown[k])
		}
		c.fresh = !(curved > 0) // the hill was not concave there: memory of it misleads
	}
	if !c.fresh {
		step = c.lb.NextDirection(here, c.dir)
		for k, d := range c.down {
			if d == 0 {
				c.dir[k] = 0
			}
			rise -= d * c.dir[k]
		}
		c.fresh = !(rise > 0)
	}
	if c.fresh {
		c.lb = optimize.LBFGS{Store: 15}
		step = c.lb.InitDirection(here, c.dir)
		rise = dot(c.down, c.down)
	}
	copy(c.lastU, c.u)
	copy(c.lastDown, c.down)
	return step, rise
}

// search moves to a point along the projected path that gains enough and is flatter, or at least
// gains; it reports whether it moved.
func (c *climber) search(step, rise float64) bool {
	const enough, flatter = 1e-4, 0.9
	start := append([]float64(nil), c.u...)
	base, low, high, moved := c.value, 0.0, math.Inf(1), false
	for range 30 {
		gain, still := 0.0, true
		for k := range start {
			c.trial[k] = math.Min(math.Max(start[k]+step*c.dir[k], c.lo[k]), c.hi[k])
			gain -= c.lastDown[k] * (c.trial[k] - start[k])
			still = still && c.trial[k] == start[k]
		}
		if still {
			break
		}
		v, err := c.f(c.trial, c.grad)
		c.evals++
		if err != nil || !(v >= base+enough*gain) {
			high = step
		} else {
			moved = true
			copy(c.u, c.trial)
			c.value = v
			copy(c.down, c.grad) // kept until the next trial does better
			slope := 0.0
			for k, x := range c.trial {
				if x > c.lo[k] && x < c.hi[k] {
					slope += c.grad[k] * c.dir[k]
				}
			}
			if slope <= flatter*rise {
				return true
			}
			low = step
		}
		if math.IsInf(high, 1) {
			step *= 2
		} else {
			step = (low + high) / 2
		}
	}
	if moved {
		copy(c.grad, c.down)
	} else {
		v, err := c.f(start, c.grad) // leave value and gradient of one point
		c.evals++
		if err == nil {
			c.value = v
		}
	}
	return moved
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for k := range a {
		sum += a[k] * b[k]
	}
	return sum
}
