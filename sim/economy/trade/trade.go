// Package trade holds what every trade model shares: the tariff schedule that goes in, the result
// that comes out, and the interface between them. Models stand in sibling packages; sim/economy
// gathers them in a registry and builds surfaces, wars and talks on top.
//
// Conventions. A tariff is a fraction (0.25 is 25%). Welfare changes are in per cent of the
// region's own base welfare (real income) unless a field says otherwise. Regions and sectors keep
// the order and the spelling of their data.
package trade

import (
	"context"
	"fmt"
)

// Op says how a change acts on the base tariff t of a flow.
type Op uint8

const (
	// Set replaces t by the value: t' = v.
	Set Op = iota
	// Add puts a statutory increment on top: t' = t + v.
	Add
	// Scale compounds: 1 + t' = (1+t)(1+v).
	Scale
)

// Change is one row of a schedule. "*" in any of the three names stands for all; an importer never
// taxes itself. Later rows act on what earlier rows left.
type Change struct {
	Importer string
	Exporter string
	Sector   string
	Op       Op
	Value    float64 // a fraction; the resulting tariff must exceed -1
}

// Schedule is a list of changes to a model's base tariffs. An empty one is the base itself.
type Schedule []Change

// Info describes a model.
type Info struct {
	Name     string   // as in scenario files: "ossa2014"
	Title    string   // author, year, what it is
	Source   string   // where equations and data come from
	Year     int      // of the flows
	Regions  []string // in data order
	Sectors  []string // one entry for one-sector models
	Closures []string // ways to return revenue; the first is the default; nil for one way
}

// Result is the equilibrium after a schedule, against the model's base. Slices over regions have
// the length and order of Info.Regions.
type Result struct {
	Regions    []string
	WelfarePct []float64 // real income (or the closure's welfare), % change
	WelfareBn  []float64 // the same in $bn of one year's income of the model's year
	PricePct   []float64 // consumer price index, % change, in the model's numeraire
	WagePct    []float64 // nominal wage, % change
	ExportsPct []float64 // value of exports at the border, % change
	ImportsPct []float64 // value of imports at the border, % change
	RevenueBn  []float64 // tariff revenue after the change, $bn a year
	Residual   float64   // largest relative residual of the equilibrium conditions
	Steps      int       // Newton steps taken

	// Flows returns the value at the border of trade from exporter i to importer j in sector s,
	// $bn a year, after the change; nil if the model does not keep it.
	Flows func(i, j, s int) float64
	// Extra holds measures that only this model has, by column name, one value a region.
	Extra map[string][]float64
}

// Warm carries a solution from one solve to the next of the same model; its zero value starts cold.
// It is not safe for concurrent use; each worker has its own.
type Warm struct{ X []float64 }

// Model solves for the equilibrium that a schedule leads to. Implementations are safe for
// concurrent use when each goroutine brings its own Warm (nil allowed).
type Model interface {
	Info() Info
	// Solve returns the equilibrium or an error: an unknown name (with a suggestion), a tariff at
	// or below -100%, a closed market, no convergence (a *NoConvergence). Never a silent number.
	Solve(ctx context.Context, s Schedule, w *Warm) (*Result, error)
	// Tariff returns the base tariff of exporter i's goods of sector s in importer j, a fraction.
	Tariff(i, j, s int) float64
}

// NoConvergence reports that the solver stopped short of its tolerance.
type NoConvergence struct {
	Model    string
	Residual float64 // the largest relative residual reached
	Steps    int
	Why      string // what stood in the way, if known
}

// Error implements error.
func (e *NoConvergence) Error() string {
	s := fmt.Sprintf("%s: no equilibrium found: residual %.3g after %d steps", e.Model, e.Residual, e.Steps)
	if e.Why != "" {
		s += " (" + e.Why + ")"
	}
	return s
}
