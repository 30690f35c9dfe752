// Package trade holds what every trade model shares: the tariff schedule that goes in, the result
// that comes out, the interface between them, and the damped Newton solver underneath. Models stand
// in sibling packages; sim/economy gathers them in a registry and builds surfaces, wars and talks on
// top.
//
// Conventions. A tariff is a fraction (0.25 is 25%). Welfare changes are in per cent of the
// region's own base welfare (real income) unless a field says otherwise. Regions and sectors keep
// the order and the spelling of their data. A table of tariffs or flows is dense and sector-major:
// exporter i, importer j, sector s stand at (s*N+i)*N + j of N regions (see [Info.At]).
package trade

import (
	"context"
	"fmt"
)

// Op says how a change acts on the base tariff t of a flow.
type Op uint8

const (
	// Set replaces t by the value: t' = v. A level.
	Set Op = iota
	// Add puts a statutory increment on top: t' = t + v.
	Add
	// Scale compounds: 1 + t' = (1+t)(1+v).
	Scale
)

// Use says which use of a good a change touches. Only models with input-output links and a tariff
// for each use (Info.Uses) take anything but AllUses.
type Use uint8

const (
	// AllUses touches the flow whatever it is used for.
	AllUses Use = iota
	// Inputs touches what is bought to make other goods.
	Inputs
	// Finals touches what is bought by households, government and for investment.
	Finals
)

// Change is one row of a schedule. "*" in any of the three names stands for all; an importer never
// taxes itself. A name may also be one of the model's sets (Info.RegionSets, Info.SectorSets).
// Case does not matter. Later rows act on what earlier rows left.
type Change struct {
	Importer string
	Exporter string
	Sector   string
	Use      Use
	Op       Op
	Value    float64 // a fraction; the resulting tariff must exceed -1
}

// Schedule is a list of changes to a model's base tariffs. An empty one is the base itself.
type Schedule []Change

// Info describes a model. Its slices and maps are shared: do not modify them.
type Info struct {
	Name     string   // as in scenario files: "ossa2014"
	Title    string   // author, year, what it is
	Source   string   // where equations and data come from
	Year     int      // of the flows
	Regions  []string // in data order
	Sectors  []string // one entry for one-sector models
	Closures []string // ways to return revenue; the first is the default; nil for one way
	Labels   []string // sectors in words, in the order of Sectors; nil if none
	// Income by region, $bn a year: what 100% of welfare is worth. WelfareBn is WelfarePct of it.
	Income []float64

	// RegionSets and SectorSets are further names a schedule may use, in lower case, and the
	// members they stand for, spelt as in Regions and Sectors. Every model has the region sets
	// "us" and "china"; models with farm goods have the sector set "farm".
	RegionSets map[string][]string
	SectorSets map[string][]string
	// Untaxed marks sectors that tariffs cannot be put on (services), in the order of Sectors;
	// nil: none. "*" leaves them out.
	Untaxed []bool
	// Elasticity of trade flows to the tariff, by sector; nil: not given.
	Elasticity []float64
	// Uses says that the model tells tariffs on inputs from tariffs on final goods.
	Uses bool
}

// At is the place of exporter i, importer j, sector s in a dense table.
func (in *Info) At(i, j, s int) int {
	n := len(in.Regions)
	return (s*n+i)*n + j
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
	// BorderPct returns the change, %, of the price at the border of exporter i's goods of sector s,
	// before tariffs; nil: prices at the border move with the exporter's wage.
	BorderPct func(i, s int) float64
	// Extra holds measures that only this model has, by column name, one value a region.
	Extra map[string][]float64
}

// Warm carries a solution, and the solver's scratch, from one solve to the next of the same model;
// its zero value starts cold. It is not safe for concurrent use; each worker has its own.
type Warm struct {
	X      []float64 // the last solution, in the model's own unknowns; nil: none
	Newton Newton
}

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

// ChangeError says which change of a schedule cannot be made, and why.
type ChangeError struct {
	Index int // in the schedule, from 0
	Err   error
}

// Error implements error.
func (e *ChangeError) Error() string { return fmt.Sprintf("change %d: %v", e.Index+1, e.Err) }

// Unwrap gives the reason.
func (e *ChangeError) Unwrap() error { return e.Err }

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

// NoSplit reports a schedule that asks for a distinction the model does not make.
type NoSplit struct {
	Model string
	Split string // "inputs and final goods", "farm goods"
}

// Error implements error.
func (e *NoSplit) Error() string {
	return fmt.Sprintf("%s does not tell %s apart", e.Model, e.Split)
}
