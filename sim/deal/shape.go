package deal

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Shape gives every value of one issue a strength. Shapes of several issues multiply (Times).
type Shape interface {
	// Strengths is one finite strength a value, in the issue's order.
	Strengths(is *Issue) ([]float64, error)
}

// Table names a strength for every value: {"chinese_owned": 1, "licence": 0.15}.
type Table map[string]float64

// List is one strength a value, in the issue's order.
type List []float64

// Linear is Low at the number From and High at To, on the straight line through both. From = To = 0
// means the issue's lowest and highest number.
type Linear struct{ Low, High, From, To float64 }

// Log is 0 at the number Zero and 1 at One, even in ratios: ln(x/Zero) / ln(One/Zero). Both > 0.
type Log struct{ Zero, One float64 }

// Power is ((x - Zero)/(One - Zero))^Exponent: 0 at Zero, 1 at One; Exponent > 0, below 1 for
// returns that diminish. No value may lie on the far side of Zero.
type Power struct{ Zero, One, Exponent float64 }

// Peak is single-peaked (Black 1948): 1 at Top, falling straight to 0 at Left and at Right, 0 beyond.
type Peak struct{ Left, Top, Right float64 }

// Piecewise joins points (number, strength) by straight lines; level outside. Numbers rise.
type Piecewise [][2]float64

// Steps holds each strength from its number on, until the next; the first also below. Numbers rise.
type Steps [][2]float64

// Strengths implements Shape.
func (t Table) Strengths(is *Issue) ([]float64, error) {
	out := make([]float64, len(is.Values))
	given := make([]bool, len(is.Values))
	var errs []error
	for _, name := range sortedKeys(t) {
		v, ok := is.find(name)
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("%s: %q is not one of its values (%s)%s", is.Name, name, listed(is.Values), suggest(name, is.Values)))
			continue
		case given[v]:
			errs = append(errs, fmt.Errorf("%s: %q is given twice", is.Name, is.Values[v]))
		}
		out[v], given[v] = t[name], true
	}
	for v, ok := range given {
		if !ok {
			errs = append(errs, fmt.Errorf("%s: no strength for %q", is.Name, is.Values[v]))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, finite(is, out)
}

// Strengths implements Shape.
func (l List) Strengths(is *Issue) ([]float64, error) {
	if len(l) != len(is.Values) {
		return nil, fmt.Errorf("%s: %d strengths for %d values (%s)", is.Name, len(l), len(is.Values), listed(is.Values))
	}
	return slices.Clone([]float64(l)), finite(is, l)
}

// Strengths implements Shape.
func (l Linear) Strengths(is *Issue) ([]float64, error) {
	if is.Numbers == nil {
		return nil, noNumbers(is, "linear")
	}
	from, to := l.From, l.To
	if from == 0 && to == 0 {
		from, to = is.Numbers[0], is.Numbers[len(is.Numbers)-1]
	} else if from == to {
		return nil, fmt.Errorf("%s: linear from %v to %v; the two must differ", is.Name, from, to)
	}
	return each(is, func(x float64) float64 {
		if x == from { // a single value has no slope
			return l.Low
		}
		q := (x - from) / (to - from)
		return (1-q)*l.Low + q*l.High
	})
}

// Strengths implements Shape.
func (l Log) Strengths(is *Issue) ([]float64, error) {
	switch {
	case is.Numbers == nil:
		return nil, noNumbers(is, "log")
	case !(l.Zero > 0) || !(l.One > 0) || l.Zero == l.One:
		return nil, fmt.Errorf("%s: log from %v to %v; both must be > 0 and differ", is.Name, l.Zero, l.One)
	case is.Numbers[0] <= 0:
		return nil, fmt.Errorf("%s: log of its value %s; every number must be > 0 (or use power, with exponent < 1)", is.Name, is.Values[0])
	}
	return each(is, func(x float64) float64 { return math.Log(x/l.Zero) / math.Log(l.One/l.Zero) })
}

// Strengths implements Shape.
func (p Power) Strengths(is *Issue) ([]float64, error) {
	switch {
	case is.Numbers == nil:
		return nil, noNumbers(is, "power")
	case p.Zero == p.One:
		return nil, fmt.Errorf("%s: power from %v to %v; the two must differ", is.Name, p.Zero, p.One)
	case !(p.Exponent > 0):
		return nil, fmt.Errorf("%s: exponent %v is not > 0", is.Name, p.Exponent)
	}
	for i, x := range is.Numbers {
		if (x-p.Zero)/(p.One-p.Zero) < 0 {
			return nil, fmt.Errorf("%s: power from %v to %v, but its value %s lies beyond %v", is.Name, p.Zero, p.One, is.Values[i], p.Zero)
		}
	}
	return each(is, func(x float64) float64 { return math.Pow((x-p.Zero)/(p.One-p.Zero), p.Exponent) })
}

// Strengths implements Shape.
func (p Peak) Strengths(is *Issue) ([]float64, error) {
	switch {
	case is.Numbers == nil:
		return nil, noNumbers(is, "peak")
	case !(p.Left <= p.Top && p.Top <= p.Right && p.Left < p.Right):
		return nil, fmt.Errorf("%s: peak [%v, %v, %v]; the numbers must rise: 0 at the first, 1 at the second, 0 at the third", is.Name, p.Left, p.Top, p.Right)
	}
	return each(is, func(x float64) float64 {
		switch {
		case x == p.Top:
			return 1
		case x <= p.Left || x >= p.Right:
			return 0
		case x < p.Top:
			return (x - p.Left) / (p.Top - p.Left)
		}
		return (p.Right - x) / (p.Right - p.Top)
	})
}

// Strengths implements Shape.
func (p Piecewise) Strengths(is *Issue) ([]float64, error) {
	if err := checkPoints(is, "piecewise", p); err != nil {
		return nil, err
	}
	return each(is, func(x float64) float64 {
		k, on := segment(p, x)
		switch {
		case k < 0:
			return p[0][1]
		case on || k == len(p)-1:
			return p[k][1]
		}
		q := (x - p[k][0]) / (p[k+1][0] - p[k][0])
		return (1-q)*p[k][1] + q*p[k+1][1]
	})
}

// Strengths implements Shape.
func (p Steps) Strengths(is *Issue) ([]float64, error) {
	if err := checkPoints(is, "steps", p); err != nil {
		return nil, err
	}
	return each(is, func(x float64) float64 {
		k, _ := segment(p, x)
		return p[max(k, 0)][1]
	})
}

// segment is the last point whose number is at most x, -1 if none, and whether it is x.
func segment(p [][2]float64, x float64) (k int, on bool) {
	k = -1
	for k+1 < len(p) && p[k+1][0] <= x {
		k++
	}
	return k, k >= 0 && p[k][0] == x
}

func checkPoints(is *Issue, what string, p [][2]float64) error {
	if is.Numbers == nil {
		return noNumbers(is, what)
	}
	if len(p) == 0 {
		return fmt.Errorf("%s: %s needs at least one point [number, strength]", is.Name, what)
	}
	for k := range p {
		if math.IsNaN(p[k][0]) || k > 0 && p[k][0] <= p[k-1][0] {
			return fmt.Errorf("%s: %s goes to %v after %v; the numbers must rise", is.Name, what, p[k][0], p[max(k-1, 0)][0])
		}
	}
	return nil
}

func each(is *Issue, f func(float64) float64) ([]float64, error) {
	out := make([]float64, len(is.Numbers))
	for i, x := range is.Numbers {
		out[i] = f(x)
	}
	return out, finite(is, out)
}

func finite(is *Issue, strength []float64) error {
	for v, x := range strength {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("%s: the strength of %q is %v, not a finite number", is.Name, is.Values[v], x)
		}
	}
	return nil
}

func noNumbers(is *Issue, what string) error {
	return fmt.Errorf("%s: %s needs numbers, and its values are choices (%s): name a strength for each", is.Name, what, listed(is.Values))
}

// Times is an interest whose strength is the product of shapes, one an issue. The scope is in the
// space's order. Without factors the strength is 1 everywhere.
func Times(s *Space, name string, factors map[string]Shape) (Interest, error) {
	in := Interest{Name: name, Table: []float64{1}}
	var errs []error
	for _, issue := range sortedKeys(factors) {
		if i, ok := s.Issue(issue); ok {
			in.Scope = append(in.Scope, i)
		} else {
			errs = append(errs, fmt.Errorf("no issue is called %q%s", issue, suggest(issue, s.names())))
		}
	}
	slices.Sort(in.Scope)
	cells := 1
	for _, i := range in.Scope {
		if cells *= s.dims[i]; cells > MaxCells {
			return Interest{}, fmt.Errorf("interest %s: its %d issues have more than %d combinations", name, len(in.Scope), MaxCells)
		}
	}
	for _, i := range in.Scope {
		x, err := factors[s.Issues[i].Name].Strengths(&s.Issues[i])
		if err != nil {
			errs = append(errs, err)
			continue
		}
		in.Table = outer(in.Table, x)
	}
	if err := errors.Join(errs...); err != nil {
		return Interest{}, fmt.Errorf("interest %s: %w", name, err)
	}
	return in, nil
}

// outer is the row-major table of all products, y fastest.
func outer(x, y []float64) []float64 {
	out := make([]float64, 0, len(x)*len(y))
	for _, a := range x {
		for _, b := range y {
			out = append(out, a*b)
		}
	}
	return out
}
