package scenario

import (
	"fmt"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/sim/deal"
)

// shape turns a scenario's shape of issue i into a function of the issue's number or choice index. The
// shape refers to all the issue's values, those off the table included.
func (c *compiler) shape(i int, s *config.Shape) (func(x float64) float64, error) {
	if s.Kind == "beats" || s.Kind == "share_of" {
		return c.yardstick(s)
	}
	full := &c.full[i]
	whole := deal.Issue{Name: c.space.Issues[i].Name, Values: full.values, Numbers: full.numbers, Now: -1}
	sh, err := dealShape(s, full)
	if err != nil {
		return nil, err
	}
	known, err := sh.Strengths(&whole)
	if err != nil {
		return nil, err
	}
	axis := full.axis()
	return func(x float64) float64 {
		for v, a := range axis {
			if a == x {
				return known[v]
			}
		}
		// Between the values: only what no deal may lead to. A list of strengths has nothing there.
		between := whole
		between.Values, between.Numbers = []string{"x"}, []float64{x}
		if at, err := sh.Strengths(&between); err == nil && len(at) == 1 {
			return at[0]
		}
		return multilinear([][]float64{axis}, known, []int{0}, []float64{x})
	}, nil
}

// dealShape is the library's form of a shape.
func dealShape(s *config.Shape, full *fullIssue) (deal.Shape, error) {
	p := s.Params
	switch s.Kind {
	case "linear":
		l := deal.Linear{Low: p[0], High: p[1]}
		if n := full.numbers; len(n) > 1 {
			l.From, l.To = n[0], n[len(n)-1]
		}
		return l, nil
	case "log":
		return deal.Log{Zero: p[0], One: p[1]}, nil
	case "power":
		return deal.Power{Zero: p[0], One: p[1], Exponent: p[2]}, nil
	case "peak":
		return deal.Peak{Left: p[0], Top: p[1], Right: p[2]}, nil
	case "piecewise":
		return deal.Piecewise(s.Points), nil
	case "steps":
		return deal.Steps(s.Points), nil
	case "values":
		return deal.List(p), nil
	case "choices":
		t := deal.Table{}
		for k, name := range s.Names {
			t[name] = p[k]
		}
		return t, nil
	}
	return nil, fmt.Errorf("no shape is called %q", s.Kind)
}
