package chance

import (
	"fmt"
	"strings"
)

// Info describes a distribution to a person.
type Info struct {
	Name   string  // the key in a scenario file: "pert"
	Form   string  // how to write it: "{ pert = [low, likely, high] }"
	Doc    string  // what it means, one sentence
	Params []Param // in the order they are written
}

// Param describes one parameter.
type Param struct{ Name, Doc string }

var (
	low  = Param{"low", "the least value; finite, below high"}
	high = Param{"high", "the greatest value; finite"}
)

// List is every distribution a scenario file can name, in the order of the handbook. A plain number is
// not listed: it is fixed.
func List() []Info {
	likely := Param{"likely", "the value of the highest density; from low to high"}
	return []Info{
		{"uniform", "{ uniform = [low, high] }", "Every value between two is as likely as another.", []Param{low, high}},
		{"triangular", "{ triangular = [low, likely, high] }", "Density rises in a straight line to the likely value and falls again.", []Param{low, likely, high}},
		{"pert", "{ pert = [low, likely, high] }", "An expert's low, likely and high, as a smooth hump (a beta with weight 4 on the likely value).", []Param{low, likely, high}},
		{"normal", "{ normal = [mean, sd, low, high] }", "A bell curve, cut to a range.", []Param{{"mean", "of the curve before the cut; finite"}, {"sd", "standard deviation before the cut; > 0"}, low, high}},
		{"lognormal", "{ lognormal = [median, sigma, low, high] }", "A positive number whose logarithm is normal, cut to a range.", []Param{{"median", "before the cut; > 0"}, {"sigma", "standard deviation of the natural logarithm; > 0; 0.2 is about 20% either way"}, {"low", "the least value; >= 0, below high"}, high}},
		{"beta", "{ beta = [a, b] } or { beta = [a, b, low, high] }", "A share with a hump at (a-1)/(a+b-2), or the same stretched to a range.", []Param{{"a", "first shape; 0.001 to 1000000"}, {"b", "second shape; 0.001 to 1000000"}, {"low", "the least value; 0 if not given"}, {"high", "the greatest value; 1 if not given"}}},
		{"choice", "{ choice = { name = weight, ... } }", "One of several alternatives, with chances in proportion to the weights.", []Param{{"weight", ">= 0, not all 0; need not sum to 1"}}},
		{"chance", "{ chance = probability }", "1 (it holds) with the probability, else 0.", []Param{{"probability", "0 to 1"}}},
	}
}

// New makes the distribution a scenario file names from its numbers in the written order: New("pert",
// 1, 2, 4). A choice has names as well as numbers: use NewChoice.
func New(name string, args ...float64) (Dist, error) {
	want := func(form, hint string, counts ...int) error {
		for _, c := range counts {
			if len(args) == c {
				return nil
			}
		}
		var n []string
		for _, c := range counts {
			n = append(n, fmt.Sprint(c))
		}
		return fmt.Errorf("%s: %d numbers given, not %s; write %s%s", name, len(args), strings.Join(n, " or "), form, hint)
	}
	switch name {
	case "const":
		if err := want("the number by itself", "", 1); err != nil {
			return nil, err
		}
		return dist(NewConst(args[0]))
	case "uniform":
		if err := want("[low, high]", "", 2); err != nil {
			return nil, err
		}
		return dist(NewUniform(args[0], args[1]))
	case "triangular":
		if err := want("[low, likely, high]", "", 3); err != nil {
			return nil, err
		}
		return dist(NewTriangular(args[0], args[1], args[2]))
	case "pert":
		if err := want("[low, likely, high]", "", 3); err != nil {
			return nil, err
		}
		return dist(NewPert(args[0], args[1], args[2]))
	case "normal":
		hint := ""
		if len(args) == 2 {
			hint = fmt.Sprintf(", such as [%s, %s, %s, %s]", short(args[0]), short(args[1]), short(args[0]-4*args[1]), short(args[0]+4*args[1]))
		}
		if err := want("[mean, sd, low, high]", hint, 4); err != nil {
			return nil, err
		}
		return dist(NewNormal(args[0], args[1], args[2], args[3]))
	case "lognormal":
		if err := want("[median, sigma, low, high]", "", 4); err != nil {
			return nil, err
		}
		return dist(NewLognormal(args[0], args[1], args[2], args[3]))
	case "beta":
		if err := want("[a, b]", " for a share, or [a, b, low, high]", 2, 4); err != nil {
			return nil, err
		}
		lo, hi := 0.0, 1.0
		if len(args) == 4 {
			lo, hi = args[2], args[3]
		}
		return dist(NewBeta(args[0], args[1], lo, hi))
	case "chance":
		if err := want("{ chance = 0.7 }", "", 1); err != nil {
			return nil, err
		}
		return dist(NewChance(args[0]))
	case "choice":
		return nil, fmt.Errorf("choice: numbers alone are not enough; write { choice = { a = 3, b = 1 } }")
	}
	var names []string
	for _, d := range List() {
		names = append(names, d.Name)
	}
	return nil, fmt.Errorf("%q is not a distribution; use one of %s", name, strings.Join(names, ", "))
}

// dist keeps a failed constructor's zero value from becoming a Dist that is not nil.
func dist[D Dist](d D, err error) (Dist, error) {
	if err != nil {
		return nil, err
	}
	return d, nil
}
