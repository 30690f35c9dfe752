package deal

import (
	"errors"
	"fmt"
	"math"
)

// Interest is one thing a party cares about: a strength for every combination of a few issues' values.
type Interest struct {
	Name  string
	Scope []int     // issue indices, no two alike
	Table []float64 // strength per unit of weight, row-major over Scope, last issue fastest; finite
}

// Line is a red line: what a party will never sign, or signs only at a cost.
type Line struct {
	Name   string
	Scope  []int  // issue indices, no two alike
	Broken []bool // row-major truth table over Scope: true where the outcome breaks the line
}

// Profile is what one side's preferences are made of, before any draw.
type Profile struct {
	Name      string
	Interests []Interest
	Lines     []Line
}

// Bounds is the support of each interest's weight, used to set aside for good what no draw can make
// worth having. Nil slices mean unknown. A weight outside its bounds costs time, never exactness.
type Bounds struct{ Lo, Hi []float64 }

// Terms are one run's draw for one side.
type Terms struct {
	Weight []float64 // one per interest, finite
	Cost   []float64 // one per line: +Inf a hard line that holds, 0 one that does not, else its price (> 0)
	NoDeal float64   // utility without a deal
	Risk   Risk      // attitude to risk; the zero value is neutral
}

// Check says what is wrong with the terms for a profile: a wrong length, a value that is not allowed.
func (t *Terms) Check(p *Profile) error {
	var errs []error
	if len(t.Weight) != len(p.Interests) {
		return fmt.Errorf("%s: %d weights for %d interests", p.Name, len(t.Weight), len(p.Interests))
	}
	if len(t.Cost) != len(p.Lines) {
		return fmt.Errorf("%s: %d costs for %d red lines", p.Name, len(t.Cost), len(p.Lines))
	}
	for i, w := range t.Weight {
		if math.IsNaN(w) || math.IsInf(w, 0) {
			errs = append(errs, fmt.Errorf("%s.%s: the weight %v is not finite", p.Name, p.Interests[i].Name, w))
		}
	}
	for i, c := range t.Cost {
		if math.IsNaN(c) || c < 0 {
			errs = append(errs, fmt.Errorf("%s.%s: the cost %v is not >= 0", p.Name, p.Lines[i].Name, c))
		}
	}
	if math.IsNaN(t.NoDeal) || math.IsInf(t.NoDeal, 0) {
		errs = append(errs, fmt.Errorf("%s: no deal = %v is not finite", p.Name, t.NoDeal))
	}
	if err := t.Risk.Check(); err != nil {
		errs = append(errs, fmt.Errorf("%s: %w", p.Name, err))
	}
	return errors.Join(errs...)
}

// Additive is an estimate of somebody's utility: the sum of Value[issue][value], weights included.
type Additive struct{ Value [][]float64 }

// Utility is the estimate for an outcome.
func (a Additive) Utility(o Offer) float64 {
	u := 0.0
	for i, v := range o {
		u += a.Value[i][v]
	}
	return u
}

// LineRef names a red line: the side that drew it and its place in the profile.
type LineRef struct{ Side, Line int }

// maxLines is how many red lines a side may have: a set of them is a uint64.
const maxLines = 64

func (s *Space) checkScope(what string, scope []int, table int) error {
	cells := 1
	for k, i := range scope {
		if i < 0 || i >= len(s.dims) {
			return fmt.Errorf("%s: scope names issue %d, the space has 0 to %d", what, i, len(s.dims)-1)
		}
		for _, j := range scope[:k] {
			if i == j {
				return fmt.Errorf("%s: scope names %s twice", what, s.Issues[i].Name)
			}
		}
		if cells > MaxCells/s.dims[i] {
			return fmt.Errorf("%s: its table over %d issues has more than %d cells", what, len(scope), MaxCells)
		}
		cells *= s.dims[i]
	}
	if cells != table {
		return fmt.Errorf("%s: its table has %d cells, its scope %d", what, table, cells)
	}
	return nil
}

func (s *Space) checkProfile(p *Profile, b *Bounds) error {
	var errs []error
	if len(p.Lines) > maxLines {
		errs = append(errs, fmt.Errorf("%s: %d red lines are more than %d", p.Name, len(p.Lines), maxLines))
	}
	for i := range p.Interests {
		in := &p.Interests[i]
		what := p.Name + ".interest." + in.Name
		if err := s.checkScope(what, in.Scope, len(in.Table)); err != nil {
			errs = append(errs, err)
		}
		for _, x := range in.Table {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				errs = append(errs, fmt.Errorf("%s: strength %v is not finite", what, x))
				break
			}
		}
	}
	for i := range p.Lines {
		if err := s.checkScope(p.Name+".red_line."+p.Lines[i].Name, p.Lines[i].Scope, len(p.Lines[i].Broken)); err != nil {
			errs = append(errs, err)
		}
	}
	if b.Lo == nil && b.Hi == nil {
		return errors.Join(errs...)
	}
	if len(b.Lo) != len(p.Interests) || len(b.Hi) != len(p.Interests) {
		errs = append(errs, fmt.Errorf("%s: bounds for %d and %d weights, %d interests", p.Name, len(b.Lo), len(b.Hi), len(p.Interests)))
		return errors.Join(errs...)
	}
	for i := range b.Lo {
		if !(b.Lo[i] <= b.Hi[i]) {
			errs = append(errs, fmt.Errorf("%s.interest.%s: the bounds %v and %v are not in order", p.Name, p.Interests[i].Name, b.Lo[i], b.Hi[i]))
		}
	}
	return errors.Join(errs...)
}

// MaxCells is how many cells one table may have: an interest's, a line's, a cluster's. A million
// numbers are 8 MB.
const MaxCells = 1 << 20
