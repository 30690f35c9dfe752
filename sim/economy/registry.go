package economy

import (
	"fmt"
	"strings"

	"github.com/parley-sim/parley/sim/economy/cp1993"
	"github.com/parley-sim/parley/sim/economy/jmwz2017"
	"github.com/parley-sim/parley/sim/economy/liberation2025"
	"github.com/parley-sim/parley/sim/economy/linear"
	"github.com/parley-sim/parley/sim/economy/ossa2014"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// Param is a parameter of a model, as [economy.NAME] of a scenario file sets it.
type Param struct {
	Name  string
	Value float64
}

// entry is a model that can be opened by name. open checks neither the closure nor, if it takes
// none, the parameters.
type entry struct {
	name     string
	closures []string // the first is the default; nil: one way, without a name
	takes    bool     // has parameters
	open     func(closure string, params []Param) (trade.Model, error)
}

// registry lists the models, the fullest first.
var registry = []entry{
	{
		name: liberation2025.Name, closures: []string{liberation2025.IncomeTax, liberation2025.LumpSum},
		open: func(closure string, _ []Param) (trade.Model, error) { return liberation2025.Open(closure) },
	},
	{name: ossa2014.Name, open: func(string, []Param) (trade.Model, error) { return ossa2014.Open() }},
	{
		name: jmwz2017.Name, closures: jmwz2017.Closures(),
		open: func(closure string, _ []Param) (trade.Model, error) { return jmwz2017.Open(closure) },
	},
	{name: cp1993.Name, open: func(string, []Param) (trade.Model, error) { return cp1993.Open() }},
	{name: "linear", takes: true, open: func(_ string, params []Param) (trade.Model, error) {
		p := linear.Default()
		for _, x := range params {
			if err := p.Set(x.Name, x.Value); err != nil {
				return nil, err
			}
		}
		return linear.New(p)
	}},
}

// Names lists the models that Open knows.
func Names() []string {
	var out []string
	for _, e := range registry {
		out = append(out, e.name)
	}
	return out
}

// Closures lists the ways in which the named model can return revenue, the default first; nil for
// one way only, or an unknown model.
func Closures(name string) []string {
	for _, e := range registry {
		if e.name == name {
			return append([]string(nil), e.closures...)
		}
	}
	return nil
}

// Open opens a model by name. closure "" is the model's default. Only linear takes parameters.
func Open(name, closure string, params ...Param) (trade.Model, error) {
	for _, e := range registry {
		if e.name != name {
			continue
		}
		if closure == "" && len(e.closures) > 0 {
			closure = e.closures[0]
		}
		if closure != "" && !contains(e.closures, closure) {
			if e.closures == nil {
				return nil, fmt.Errorf("%s returns revenue in one way only; closure %q is for other models", name, closure)
			}
			if near := trade.Nearest(closure, e.closures); near != "" {
				return nil, fmt.Errorf("%s: unknown closure %q: did you mean %q?", name, closure, near)
			}
			return nil, fmt.Errorf("%s: unknown closure %q: it has %s", name, closure, strings.Join(e.closures, ", "))
		}
		if len(params) > 0 && !e.takes {
			return nil, fmt.Errorf("%s has no parameters; %q cannot be set", name, params[0].Name)
		}
		return e.open(closure, params)
	}
	if near := trade.Nearest(name, Names()); near != "" {
		return nil, fmt.Errorf("no trade model is called %q: did you mean %q?", name, near)
	}
	return nil, fmt.Errorf("no trade model is called %q; there are %s", name, strings.Join(Names(), ", "))
}

// List opens every model, in its default closure, and describes it.
func List() ([]trade.Info, error) {
	var out []trade.Info
	for _, e := range registry {
		m, err := Open(e.name, "")
		if err != nil {
			return nil, err
		}
		out = append(out, m.Info())
	}
	return out, nil
}

// Having lists the models that tell farm goods from others (split "farm") or inputs from final
// goods (split "inputs"): what to suggest to who asked a model that does not.
func Having(split string) ([]string, error) {
	all, err := List()
	if err != nil {
		return nil, err
	}
	var out []string
	for k := range all {
		if split == "farm" && all[k].SectorSets["farm"] != nil || split == "inputs" && all[k].Uses {
			out = append(out, all[k].Name)
		}
	}
	return out, nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
