package config

import "strings"

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
	case "beats", "share_of":
		return s.yardWords()
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

// Words is the rule as written: "share > 0.5".
func (r *Rule) Words() string { return r.write().value.(string) }
