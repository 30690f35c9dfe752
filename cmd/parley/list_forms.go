package main

import "github.com/parley-sim/parley/sim/chance"

// interestEntries lists the shapes of interests as they are written in a scenario file.
func interestEntries() []entry {
	return []entry{
		{"linear = [a, b]", "strength a at the issue's lowest number, b at its highest, straight between", nil},
		{"log = [a, b]", "0 at the number a, 1 at b, in logarithms between; a, b > 0", nil},
		{"power = [a, b, p]", "((x - a) / (b - a))^p: 0 at the number a, 1 at b; p > 0, below 1 for returns that diminish", nil},
		{"peak = [a, m, b]", "single-peaked (Black 1948): 0 at the number a and below, 1 at m, 0 at b and beyond, straight between", nil},
		{"piecewise = [[x, s], ...]", "straight lines between the points (number, strength), level outside", nil},
		{"steps = [[x, s], ...]", "strength s from the number x on, until the next; the first s below", nil},
		{"values = [s, ...]", "one strength a value, in the issue's order", nil},
		{"name = s, ...", "one strength a choice; all choices named", nil},
		{"times = { issue = { ... } }", "the product of shapes of several issues: times = { investment = { linear = [0, 1] }, control = { licence = 0.2, joint_venture = 1 } }", nil},
		{"table = { issues, strength }", `a strength for every combination of several issues: table = { issues = ["a", "b"], strength = [[0, 1], [0.5, 2]] }`, nil},
		{`from = "economy"`, "welfare from the trade model, $bn a year", nil},
		{`from = "delivery"`, "what is really built or bought of an issue: of = \"investment\"", nil},
	}
}

// distributionEntries lists the ways to draw a number.
func distributionEntries() []entry {
	var list []entry
	for _, d := range chance.List() {
		e := entry{name: d.Name, text: d.Form + "  " + d.Doc}
		for _, p := range d.Params {
			e.more = append(e.more, p.Name+": "+p.Doc)
		}
		list = append(list, e)
	}
	return list
}
