package config

import "strings"

// Words is the number as people read it: "30", "uniform 0 to 2", "pert -60, -25, -5", "chance 0.7".
func (x *Number) Words() string {
	p := x.Params
	s := ""
	switch x.Kind {
	case "":
		return ""
	case "fixed":
		s = number(p[0])
	case "uniform":
		s = "uniform " + number(p[0]) + " to " + number(p[1])
	case "triangular", "pert":
		s = x.Kind + " " + number(p[0]) + ", " + number(p[1]) + ", " + number(p[2])
	case "normal":
		s = "normal " + number(p[0]) + ", sd " + number(p[1])
	case "lognormal":
		s = "lognormal, median " + number(p[0]) + ", sigma " + number(p[1])
	case "beta":
		s = "beta " + number(p[0]) + ", " + number(p[1])
	case "chance":
		s = "chance " + number(p[0])
	case "choice":
		names := make([]string, len(x.Values))
		for i, v := range x.Values {
			names[i] = number(v)
		}
		s = odds(names, p)
	}
	switch {
	case x.Lo != nil && x.Hi != nil:
		s += ", from " + number(*x.Lo) + " to " + number(*x.Hi)
	case x.Lo != nil:
		s += ", from " + number(*x.Lo)
	case x.Hi != nil:
		s += ", to " + number(*x.Hi)
	}
	return s
}

// Words is the pick as people read it: "boulware", "boulware 0.5, tit_for_tat 0.5".
func (p *Pick) Words() string {
	if len(p.Names) == 1 {
		return p.Names[0]
	}
	return odds(p.Names, p.Weights)
}

// odds writes names with their weights.
func odds(names []string, weights []float64) string {
	parts := make([]string, len(names))
	for i, n := range names {
		parts[i] = n + " " + number(weights[i])
	}
	return strings.Join(parts, ", ")
}

// Words is the shape as people read it: "linear 0, 1", "open 1, as_today 0.4".
func (s *Shape) Words() string {
	switch s.Kind {
	case "":
		return ""
	case "choices":
		return odds(s.Names, s.Params)
	case "piecewise", "steps":
		parts := make([]string, len(s.Points))
		for i, p := range s.Points {
			parts[i] = number(p[1]) + " at " + number(p[0])
		}
		return s.Kind + " " + strings.Join(parts, ", ")
	}
	parts := make([]string, len(s.Params))
	for i, p := range s.Params {
		parts[i] = number(p)
	}
	return s.Kind + " " + strings.Join(parts, ", ")
}
