package main

import "github.com/parley-sim/parley/sim/chance"

// interestEntries lists the shapes of interests as they are written in a scenario file.
func interestEntries() []entry {
	return []entry{
		{name: "linear = [a, b]", text: "strength a at the issue's lowest number, b at its highest, straight between"},
		{name: "log = [a, b]", text: "0 at the number a, 1 at b, in logarithms between; a, b > 0"},
		{name: "power = [a, b, p]", text: "((x - a) / (b - a))^p: 0 at the number a, 1 at b; p > 0, below 1 for returns that diminish"},
		{name: "peak = [a, m, b]", text: "single-peaked (Black 1948): 0 at the number a and below, 1 at m, 0 at b and beyond, straight between"},
		{name: "piecewise = [[x, s], ...]", text: "straight lines between the points (number, strength), level outside"},
		{name: "steps = [[x, s], ...]", text: "strength s from the number x on, until the next; the first s below"},
		{name: "values = [s, ...]", text: "one strength a value, in the issue's order"},
		{name: "beats = [yardstick, ...]", text: "the share of these yardsticks of [reference] that the number reaches"},
		{name: "share_of = [yardstick]", text: "the number as a share of a yardstick of [reference], 1 at most"},
		{name: "name = s, ...", text: "one strength a choice; all choices named"},
		{name: "times = { issue = { ... } }", text: "the product of shapes of several issues: times = { investment = { linear = [0, 1] }, control = { licence = 0.2, joint_venture = 1 } }"},
		{name: "table = { issues, strength }", text: `a strength for every combination of several issues: table = { issues = ["a", "b"], strength = [[0, 1], [0.5, 2]] }`},
		{name: `from = "economy"`, text: "welfare from the trade model, $bn a year"},
		{name: `from = "leverage"`, text: "what the side's own tariff must be worth beyond welfare for today's to be its choice (inverse optimum), $bn a year; weight 0 is pure welfare"},
		{name: `from = "delivery"`, text: "what is really built or bought: of = \"investment\" (plants that stand, mean over the years, $bn), \"owned\" (of them the investor's), \"know_how\", \"jobs\" (millions), \"output\" ($bn a year), \"purchases\""},
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
