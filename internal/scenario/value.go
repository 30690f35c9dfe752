package scenario

import "github.com/parley-sim/parley/sim/deal"

// valuer splits an outcome's worth to a side by interest, without allocating.
type valuer struct {
	cells []cells
	count int // of interests
}

// cells is where one component's strength stands for an outcome.
type cells struct {
	interest int
	scope    []int
	stride   []int
	table    []float64
}

func newValuer(s *deal.Space, parts []component, p *deal.Profile, interests int) valuer {
	v := valuer{count: interests}
	for k := range parts {
		in := &p.Interests[k]
		c := cells{interest: parts[k].interest, scope: in.Scope, table: in.Table, stride: make([]int, len(in.Scope))}
		step := 1
		for d := len(in.Scope) - 1; d >= 0; d-- {
			c.stride[d] = step
			step *= len(s.Issues[in.Scope[d]].Values)
		}
		v.cells = append(v.cells, c)
	}
	return v
}

// split writes what each interest gains from an outcome to out: weight x strength, less what no deal
// gives it.
func (v *valuer) split(weight, none []float64, o deal.Offer, out []float64) {
	for k := range out {
		out[k] = -none[k]
	}
	for k := range v.cells {
		c := &v.cells[k]
		at := 0
		for d, i := range c.scope {
			at += c.stride[d] * int(o[i])
		}
		out[c.interest] += float64(weight[k] * c.table[at])
	}
}
