package scenario

import (
	"fmt"
	"math"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/deal"
)

// component is a part of an interest with a weight of its own: a strength that the structure fixes
// times a product of numbers that a run draws. An interest that no draw splits is one component.
type component struct {
	name     string  // the interest's key, with what sets the component apart after a colon
	interest int     // its interest, an index into the party's
	scope    []int   // the issues it depends on, rising
	weight   []value // their product is the weight
	strength func(x []float64) float64
	today    float64 // strength at today's values
	moves    bool    // whether no deal may move an issue of its scope
	when     int     // 0: always; else it counts only while the yardstick stands at this place, from 1
}

// A point of the space, or between its values, is a number for every issue: what the value measures,
// or the index of a choice. An issue's number need not be one of its values.

// componentsOf splits a party's interest.
func (c *compiler) componentsOf(side int, k int) []component {
	p := &c.cfg.Parties[side]
	in := &p.Interests[k]
	weight := c.vars.number(&in.Weight, 1, p.Key)
	base := component{name: in.Key, interest: k, weight: []value{weight}, strength: c.shapes("party."+p.Key+".interest."+in.Key, in)}
	base.scope = scopeOf(c.space, in)
	switch in.From {
	case "":
		return []component{base}
	case "economy":
		return c.fromEconomy(base, side)
	case "leverage":
		return c.fromLeverage(base, side, p, in)
	case "delivery":
		return c.fromDelivery(base, p, in)
	}
	c.fail("party.%s.interest.%s.from: %q is not economy, leverage or delivery", p.Key, in.Key, in.From)
	return nil
}

// scopeOf lists the issues that an interest's shapes and table name, rising.
func scopeOf(s *deal.Space, in *config.Interest) []int {
	named := make([]bool, len(s.Issues))
	for _, f := range in.Times {
		if i, ok := s.Issue(f.Issue); ok {
			named[i] = true
		}
	}
	if in.Table != nil {
		for _, key := range in.Table.Issues {
			if i, ok := s.Issue(key); ok {
				named[i] = true
			}
		}
	}
	return indices(named)
}

func indices(named []bool) []int {
	var scope []int
	for i, yes := range named {
		if yes {
			scope = append(scope, i)
		}
	}
	return scope
}

// union is the issues of either scope, rising.
func union(a, b []int) []int {
	var out []int
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case len(a) == 0 || b[0] < a[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return out
}

// shapes is the product of an interest's shapes and table, 1 if it has none. The path is its key's.
func (c *compiler) shapes(path string, in *config.Interest) func(x []float64) float64 {
	var parts []func(x []float64) float64
	for _, f := range in.Times {
		i, ok := c.space.Issue(f.Issue)
		if !ok {
			c.fail("%s: no issue is called %q", path, f.Issue)
			continue
		}
		s, err := c.shape(i, &f.Shape)
		if err != nil {
			c.fail("%s.times.%s: %v", path, f.Issue, err)
			continue
		}
		parts = append(parts, func(x []float64) float64 { return s(x[i]) })
	}
	if in.Table != nil {
		t, err := c.joint(in.Table)
		if err != nil {
			c.fail("%s.table: %v", path, err)
		} else {
			parts = append(parts, t)
		}
	}
	return func(x []float64) float64 {
		p := 1.0
		for _, f := range parts {
			p *= f(x)
		}
		return p
	}
}

// joint is a table over several issues. Between the numbers of an issue it is read off straight lines
// in each direction; a choice is looked up.
func (c *compiler) joint(j *config.Joint) (func(x []float64) float64, error) {
	scope := make([]int, len(j.Issues))
	size := 1
	for k, key := range j.Issues {
		i, ok := c.space.Issue(key)
		if !ok {
			return nil, fmt.Errorf("no issue is called %q", key)
		}
		scope[k] = i
		size *= len(c.full[i].values)
	}
	if size != len(j.Strength) {
		return nil, fmt.Errorf("%d strengths for %d combinations of %v", len(j.Strength), size, j.Issues)
	}
	axes := make([][]float64, len(scope))
	for k, i := range scope {
		axes[k] = c.full[i].axis()
	}
	return func(x []float64) float64 { return multilinear(axes, j.Strength, scope, x) }, nil
}

// multilinear interpolates a row-major table between its axes; level outside them.
func multilinear(axes [][]float64, table []float64, scope []int, x []float64) float64 {
	if len(axes) == 0 {
		return table[0]
	}
	axis, v := axes[0], x[scope[0]]
	stride := len(table) / len(axis)
	rest := func(k int) float64 {
		return multilinear(axes[1:], table[k*stride:(k+1)*stride], scope[1:], x)
	}
	k := 0
	for k < len(axis) && axis[k] < v {
		k++
	}
	switch {
	case k == len(axis):
		return rest(k - 1)
	case k == 0 || axis[k] == v:
		return rest(k)
	}
	t := (v - axis[k-1]) / (axis[k] - axis[k-1])
	a, b := rest(k-1), rest(k)
	return a + t*(b-a)
}

// table is a component's strength for every combination of its issues' values.
func (c *compiler) table(k *component) ([]float64, error) {
	size := 1
	for _, i := range k.scope {
		if len(c.space.Issues[i].Values) > deal.MaxCells/size {
			return nil, fmt.Errorf("ties %d issues together, in more than %d combinations; split it into a sum over fewer issues", len(k.scope), deal.MaxCells)
		}
		size *= len(c.space.Issues[i].Values)
	}
	out := make([]float64, size)
	x := append([]float64(nil), c.now...)
	at := make([]int, len(k.scope))
	for cell := range out {
		for d, i := range k.scope {
			x[i] = c.number(i, at[d])
		}
		out[cell] = k.strength(x)
		if math.IsNaN(out[cell]) || math.IsInf(out[cell], 0) {
			return nil, fmt.Errorf("the strength %v is not finite", out[cell])
		}
		for d := len(at) - 1; d >= 0; d-- {
			if at[d]++; at[d] < len(c.space.Issues[k.scope[d]].Values) {
				break
			}
			at[d] = 0
		}
	}
	return out, nil
}
