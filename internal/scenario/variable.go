package scenario

import (
	"fmt"
	"slices"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim/chance"
)

// variable is one drawn number or name. Its uniform is keyed by its path, so that adding another
// number to a scenario moves none of the others.
type variable struct {
	path   string
	id     uint64
	dist   chance.Dist
	column store.Column
	values []float64 // of a choice among numbers: the number behind each index
}

// draw is the variable's value at a uniform: a number, or the index of a name.
func (v *variable) draw(u float64) float64 {
	x := v.dist.Quantile(u)
	if v.values != nil {
		return v.values[int(x)]
	}
	return x
}

// support is the least and the greatest value that can be drawn.
func (v *variable) support() (lo, hi float64) {
	if v.values == nil {
		return v.dist.Support()
	}
	return slices.Min(v.values), slices.Max(v.values)
}

// value is a number of the scenario as a run sees it: a constant, or a drawn variable.
type value struct {
	variable int // index into variables; -1 for a constant
	constant float64
}

func fixed(c float64) value { return value{-1, c} }

func (v value) at(drawn []float64) float64 {
	if v.variable < 0 {
		return v.constant
	}
	return drawn[v.variable]
}

// variables collects what a scenario draws, in the order of the file.
type variables struct {
	list []variable
	at   map[string]int
	errs []error

	entries map[string]config.Entry // what the scenario says of its numbers, by path
}

// number registers a number. An absent one is the constant def.
func (vs *variables) number(n *config.Number, def float64, party string) value {
	switch {
	case !n.Given():
		return fixed(def)
	case !n.Drawn():
		return fixed(n.Params[0])
	}
	v := vs.variable(n.Path, party, store.Float)
	var err error
	if v.dist, err = n.Dist(); err != nil {
		vs.errs = append(vs.errs, fmt.Errorf("%s: %w", n.Path, err))
		return fixed(def)
	}
	if n.Kind == "choice" {
		v.values = n.Values
	}
	return vs.add(v)
}

// pick registers a name drawn from several; its value is the index. A fixed or absent one is 0.
func (vs *variables) pick(p *config.Pick, party string) value {
	if !p.Drawn() {
		return fixed(0)
	}
	v := vs.variable(p.Path, party, store.Level)
	v.column.Levels = p.Names
	d, err := chance.NewChoice(p.Names, p.Weights)
	if err != nil {
		vs.errs = append(vs.errs, fmt.Errorf("%s: %w", p.Path, err))
		return fixed(0)
	}
	v.dist = d
	return vs.add(v)
}

// variable starts a variable with what the scenario says of it.
func (vs *variables) variable(path, party string, kind store.Kind) variable {
	e := vs.entries[path]
	return variable{path: path, column: store.Column{
		Name: "draw." + path, Kind: kind, Role: "draw", Label: e.Label, Unit: e.Unit, Party: party, Assumed: e.Source == "",
	}}
}

func (vs *variables) add(v variable) value {
	if i, ok := vs.at[v.path]; ok {
		return value{variable: i}
	}
	if vs.at == nil {
		vs.at = map[string]int{}
	}
	v.id = chance.ID(v.path)
	vs.at[v.path] = len(vs.list)
	vs.list = append(vs.list, v)
	return value{variable: len(vs.list) - 1}
}

// bounds is the support of a product of values.
func (vs *variables) bounds(factors []value) (lo, hi float64) {
	lo, hi = 1, 1
	for _, f := range factors {
		a, b := f.constant, f.constant
		if f.variable >= 0 {
			a, b = vs.list[f.variable].support()
		}
		lo, hi = min(lo*a, lo*b, hi*a, hi*b), max(lo*a, lo*b, hi*a, hi*b)
	}
	return lo, hi
}

// fill draws every variable of a run; at the median if the run is Typical.
func (vs *variables) fill(seed, replication uint64, out []float64) {
	for i := range vs.list {
		v := &vs.list[i]
		u := 0.5
		if replication != Typical {
			u = chance.U(seed, replication, v.id, 0)
		}
		out[i] = v.draw(u)
	}
}

// Typical stands for no run in particular: every drawn number is at its median, every name the one
// in the middle of its weights.
const Typical = ^uint64(0)
