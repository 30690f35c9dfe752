package config

import "math"

// maxValues is how many values an issue may have.
const maxValues = 1 << 16

// AllNumbers is every number of the issue, rising: its levels, or its range in steps; nil for choices.
// Min and max do not shorten it: shapes refer to these.
func (is *Issue) AllNumbers() []float64 {
	if len(is.Levels) > 0 {
		return is.Levels
	}
	n := is.steps()
	if n == 0 {
		return nil
	}
	list := make([]float64, n+1)
	for i := range list {
		list[i] = clean(is.Range[0]+float64(i)*is.Step, is.Step)
	}
	return list
}

// steps is how many steps the range has, 0 where it is not one.
func (is *Issue) steps() int {
	if len(is.Range) != 2 || !(is.Step > 0) {
		return 0
	}
	n := math.Round((is.Range[1] - is.Range[0]) / is.Step)
	if !(n >= 1 && n < maxValues) {
		return 0
	}
	return int(n)
}

// clean rounds away what adding steps of 0.1 leaves behind, far below the step's own digits.
func clean(x, step float64) float64 {
	scale := math.Pow(10, math.Ceil(-math.Log10(step))+9)
	if y := math.Round(x*scale) / scale; !math.IsNaN(y) && !math.IsInf(y, 0) {
		return y
	}
	return x
}

// Numbers is what the issue's values measure, those between min and max only; nil for choices.
func (is *Issue) Numbers() []float64 {
	var list []float64
	for _, x := range is.AllNumbers() {
		if is.onTable(x) {
			list = append(list, x)
		}
	}
	return list
}

func (is *Issue) onTable(x float64) bool {
	return (is.Min == nil || x >= *is.Min) && (is.Max == nil || x <= *is.Max)
}

// Values is the issue's values as written in columns: numbers the short way, or the choices.
func (is *Issue) Values() []string {
	if len(is.Choices) > 0 {
		return is.Choices
	}
	var list []string
	for _, x := range is.Numbers() {
		list = append(list, number(x))
	}
	return list
}

// NowIndex is the index of today's value among Values, -1 if there is none or it is off the table.
func (is *Issue) NowIndex() int {
	if !is.Now.Set {
		return -1
	}
	for i, c := range is.Choices {
		if is.Now.IsName && c == is.Now.Name {
			return i
		}
	}
	for i, x := range is.Numbers() {
		if !is.Now.IsName && same(x, is.Now.Number) {
			return i
		}
	}
	return -1
}

// same compares numbers a rounding error apart.
func same(a, b float64) bool {
	return math.Abs(a-b) <= 1e-9*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
}

// Strengths is the shape's strength at each of the issue's Values, in their order. The scenario's check
// has made sure that the shape fits the issue.
func (s *Shape) Strengths(is *Issue) []float64 {
	if len(is.Choices) > 0 {
		list := make([]float64, len(is.Choices))
		for i, c := range is.Choices {
			if s.Kind == "values" {
				list[i] = s.Params[i]
			} else if j := indexOf(s.Names, c); j >= 0 {
				list[i] = s.Params[j]
			}
		}
		return list
	}
	all := is.AllNumbers()
	var list []float64
	for i, x := range all {
		if !is.onTable(x) {
			continue
		}
		if s.Kind == "values" {
			list = append(list, s.Params[i])
			continue
		}
		list = append(list, s.at(x, all[0], all[len(all)-1]))
	}
	return list
}

// at is the strength at a number of an issue whose numbers run from lo to hi.
func (s *Shape) at(x, lo, hi float64) float64 {
	p := s.Params
	switch s.Kind {
	case "linear":
		if lo == hi {
			return p[0]
		}
		return p[0] + (p[1]-p[0])*(x-lo)/(hi-lo)
	case "log":
		return math.Log(x/p[0]) / math.Log(p[1]/p[0])
	case "power":
		t := (x - p[0]) / (p[1] - p[0])
		return math.Copysign(math.Pow(math.Abs(t), p[2]), t)
	case "peak":
		switch {
		case x <= p[0] || x >= p[2]:
			return 0
		case x <= p[1]:
			return (x - p[0]) / (p[1] - p[0])
		}
		return (p[2] - x) / (p[2] - p[1])
	case "steps":
		y := s.Points[0][1]
		for _, q := range s.Points {
			if x >= q[0] {
				y = q[1]
			}
		}
		return y
	case "piecewise":
		last := s.Points[0]
		if x <= last[0] {
			return last[1]
		}
		for _, q := range s.Points[1:] {
			if x <= q[0] {
				return last[1] + (q[1]-last[1])*(x-last[0])/(q[0]-last[0])
			}
			last = q
		}
		return last[1]
	case "choices": // of an issue with numbers: by the number as written
		if j := indexOf(s.Names, number(x)); j >= 0 {
			return p[j]
		}
	}
	return 0
}
