package agents

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Parse reads a negotiator as command lines and tournament files spell it: a bidding strategy, then after plus signs
// an acceptance condition and an opponent model, in any order, then after colons parameters,
//
//	boulware
//	hardheaded+combi
//	boulware+optimal+bayesian:concession=0.1:recent=50
//
// What is left out is as usual (Usual), and has its defaults. The spec is checked as New checks it. Errors name
// what is unknown, what there is, and the nearest name.
func Parse(s string) (Spec, error) {
	var spec Spec
	parts := strings.Split(s, ":")
	names := strings.Split(parts[0], "+")
	spec.Bidding = strings.TrimSpace(names[0])
	if spec.Bidding == "" {
		return spec, fmt.Errorf("%q names no bidding strategy, such as boulware", s)
	}
	for _, name := range names[1:] {
		name = strings.TrimSpace(name)
		accept, opponent := Names(Acceptance), Names(Opponent)
		switch {
		case slices.Contains(accept, name) && spec.Accept == "":
			spec.Accept = name
		case slices.Contains(opponent, name) && spec.Opponent == "":
			spec.Opponent = name
		case slices.Contains(accept, name) || slices.Contains(opponent, name):
			return spec, fmt.Errorf("%s: two parts of one kind; write one acceptance condition and one opponent model at most", s)
		default:
			return spec, fmt.Errorf("%s: %w", s, unknown("acceptance condition or opponent model", name, append(accept, opponent...)))
		}
	}
	for _, p := range parts[1:] {
		key, value, ok := strings.Cut(p, "=")
		x, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if !ok || err != nil {
			return spec, fmt.Errorf("%s: %q is not a parameter with a number, such as concession=0.2", s, p)
		}
		if spec.Params == nil {
			spec.Params = map[string]float64{}
		}
		spec.Params[strings.TrimSpace(key)] = x
	}
	if _, err := New(spec); err != nil {
		return spec, err
	}
	return spec, nil
}

// String spells the spec as Parse reads it, what is usual left out.
func (s Spec) String() string {
	plain := Usual(Spec{Bidding: s.Bidding})
	if strings.HasPrefix(s.Bidding, responderPrefix) {
		plain = Spec{}
	}
	out := s.Bidding
	if s.Accept != "" && s.Accept != plain.Accept {
		out += "+" + s.Accept
	}
	if s.Opponent != "" && s.Opponent != plain.Opponent {
		out += "+" + s.Opponent
	}
	keys := make([]string, 0, len(s.Params))
	for k := range s.Params {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		out += ":" + k + "=" + strconv.FormatFloat(s.Params[k], 'g', -1, 64)
	}
	return out
}
