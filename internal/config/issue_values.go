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
