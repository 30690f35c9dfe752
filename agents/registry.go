package agents

import (
	"fmt"
	"math"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Kind is which part of a negotiator something is.
type Kind string

// The parts.
const (
	Bidding    Kind = "bidding"
	Acceptance Kind = "acceptance"
	Opponent   Kind = "opponent"
	// Preferences is what stands before a bidding strategy: how well the party knows its own mind, or the other's.
	Preferences Kind = "preferences"
)

// Param is a parameter of a part.
type Param struct {
	Name    string  // unique over the parts that can be combined
	Min     float64 // both ends are allowed
	Max     float64
	Default float64
	Whole   bool // a whole number
	Doc     string
	Why     string // it has these bounds, for errors; may be empty
}

// Info describes a part.
type Info struct {
	Name        string
	Kind        Kind
	Description string
	Source      string // the paper
	Params      []Param
}

// List is every part there is: biddings, acceptance conditions, opponent models, and what may stand before a bidding.
func List() []Info {
	var all []Info
	for i := range biddings {
		all = append(all, biddings[i].Info)
	}
	for i := range acceptances {
		all = append(all, acceptances[i].Info)
	}
	for i := range models {
		all = append(all, models[i].Info)
	}
	all = append(all, Info{
		Name: uncertainPrefix + "BIDDING", Kind: Preferences, Params: uncertainParams,
		Description: "Any bidding strategy for a party that knows only the order of a few of its outcomes, and may ask at a cost (ANAC 2019 and 2020).",
		Source:      "Aydogan et al. (2020), Challenges and main results of ANAC 2019; Kruskal (1965), Analysis of factorial experiments by estimating monotone transformations of the data",
	})
	all = append(all, Info{
		Name: responderPrefix + "BIDDING", Kind: Preferences, Params: responderParams,
		Description: "The best response to that strategy among all registered ones and a grid of time-dependent ones, found by playing them against it; it is told the other's preferences. A yardstick.",
		Source:      "Lanctot et al. (2017), A unified game-theoretic approach to multiagent reinforcement learning, for the oracle",
	})
	for i := range all {
		all[i].Params = append([]Param(nil), all[i].Params...)
	}
	return all
}

// Names are the parts of a kind, in List's order.
func Names(k Kind) []string {
	var names []string
	for _, in := range List() {
		if in.Kind == k {
			names = append(names, in.Name)
		}
	}
	return names
}

// part is an entry of the registry. make returns a new one and where its parameters live, in the
// order of Params.
type part[T any] struct {
	Info
	make func() (T, []*float64)
}

func find[T any](parts []part[T], k Kind, name string) (*part[T], error) {
	names := make([]string, len(parts))
	for i := range parts {
		if parts[i].Name == name {
			return &parts[i], nil
		}
		names[i] = parts[i].Name
	}
	return nil, unknown(string(k), name, names)
}

func (a *agent) add(p interface{ params() []Param }, knobs []*float64) {
	a.params = append(a.params, p.params()...)
	a.knobs = append(a.knobs, knobs...)
	if len(a.params) != len(a.knobs) {
		panic("agents: a part has more or fewer knobs than parameters")
	}
	for i, k := range a.knobs {
		*k = a.params[i].Default
	}
}

func (p *part[T]) params() []Param { return p.Params }

// Set sets one parameter.
func (a *agent) Set(name string, value float64) error {
	for i := range a.params {
		if a.params[i].Name == name {
			if err := a.params[i].Check(value); err != nil {
				return err
			}
			*a.knobs[i] = value
			return nil
		}
	}
	names := make([]string, len(a.params))
	for i := range names {
		names[i] = a.params[i].Name
	}
	return unknown("parameter", name, names)
}

// Tune sets the named parameters, or none on an error.
func (a *agent) Tune(params map[string]float64) error {
	known := 0
	for i := range a.params {
		if x, ok := params[a.params[i].Name]; ok {
			known++
			if err := a.params[i].Check(x); err != nil {
				return err
			}
		}
	}
	if known < len(params) {
		return a.stranger(params)
	}
	for i := range a.params {
		if x, ok := params[a.params[i].Name]; ok {
			*a.knobs[i] = x
		}
	}
	return nil
}

// stranger is the error for the first name, by the alphabet, that no part has.
func (a *agent) stranger(params map[string]float64) error {
	names := make([]string, len(a.params))
	for i := range names {
		names[i] = a.params[i].Name
	}
	first, found := "", false
	for name := range params {
		if !contains(names, name) && (!found || name < first) {
			first, found = name, true
		}
	}
	return unknown("parameter", first, names)
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// Check says what is wrong with a value.
func (p *Param) Check(x float64) error {
	switch {
	case math.IsNaN(x) || x < p.Min || x > p.Max:
		if p.Why != "" {
			return fmt.Errorf("%s: %v is not between %v and %v: %s", p.Name, x, p.Min, p.Max, p.Why)
		}
		return fmt.Errorf("%s: %v is not between %v and %v", p.Name, x, p.Min, p.Max)
	case p.Whole && x != math.Trunc(x):
		return fmt.Errorf("%s: %v is not a whole number", p.Name, x)
	}
	return nil
}

func unknown(what, name string, names []string) error {
	if len(names) == 0 {
		return fmt.Errorf("no %s is called %q (there are none)", what, name)
	}
	msg := fmt.Sprintf("no %s is called %q (there are %s)", what, name, strings.Join(names, ", "))
	best, near := len(name)/2+1, ""
	for _, n := range names {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), n); d < best {
			best, near = d, n
		}
	}
	if near != "" {
		msg += fmt.Sprintf("; did you mean %q?", near)
	}
	return fmt.Errorf("%s", msg)
}

// common are the parameters every bidding strategy has besides its own.
var common = []Param{
	{
		Name: "patience", Min: 0, Max: 1e9, Default: 0, Whole: true,
		Doc: "walks out after so many turns in a row in which the other's offers got no better for it; 0 = never",
	},
	{
		Name: "exact_search", Min: 0, Max: 1, Default: 0, Whole: true,
		Doc: "how the bid that suits the other best is found, where there is an estimate of it: 0 = by climbing, 1 = exactly, which costs a frontier a bid",
	},
}

// temperature is the parameter every acceptance condition has besides its own.
var temperature = Param{
	Name: "temperature", Min: 0, Max: 100, Default: 0,
	Doc: "single text only: how readily it votes for drafts worse than the text, as a share of its range; 0 = never",
}

func params(own []Param, shared ...Param) []Param { return append(own[:len(own):len(own)], shared...) }
