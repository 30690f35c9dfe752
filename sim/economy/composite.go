package economy

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
)

// Composite prices a deal by several models, since no one model sees everything:
//
//	W_tariffs(t) + [W_farm(t, farm) - W_farm(t, 0)] + reach [W_inputs(t, relief) - W_inputs(t, 0)]
//
// Each W is welfare in per cent of its model's base, turned into $bn by the income of the model for
// tariffs: one year's dollars throughout.
//
// reach, 0 to 1, is the share of the inputs bought from China that relief reaches: relief is for
// the plants that Chinese firms build, so it grows with what is built; 1 would be relief for all.
type Composite struct {
	Tariffs, Farm, Inputs *Surface
	Income                [2]float64 // of the US and China, $bn a year
	whole                 bool       // one model does it all, in one surface
}

// Parts of a composite. An empty Farm or Inputs is the same as Tariffs.
type Parts struct{ Tariffs, Farm, Inputs Part }

// BuildComposite tabulates the parts over the grid: each over the levers it prices.
func BuildComposite(ctx context.Context, p Parts, grid Grid, opt BuildOptions) (*Composite, error) {
	if p.Farm.Model == "" {
		p.Farm = p.Tariffs
	}
	if p.Inputs.Model == "" {
		p.Inputs = p.Tariffs
	}
	if err := grid.check(); err != nil {
		return nil, err
	}
	c := &Composite{}
	var err error
	zero := Axis{0}
	build := func(what string, part Part, farm, relief Axis) (*Surface, error) {
		s, err := Build(ctx, part, Grid{grid[0], grid[1], farm, relief}, opt)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		return s, nil
	}
	if reflect.DeepEqual(p.Farm, p.Tariffs) && reflect.DeepEqual(p.Inputs, p.Tariffs) {
		c.whole = true
		if c.Tariffs, err = build("economy.tariffs", p.Tariffs, withZero(grid[2]), withZero(grid[3])); err != nil {
			return nil, err
		}
		c.Farm, c.Inputs = c.Tariffs, c.Tariffs
	} else {
		if c.Tariffs, err = build("economy.tariffs", p.Tariffs, zero, zero); err != nil {
			return nil, err
		}
		if c.Farm, err = build("economy.farm", p.Farm, withZero(grid[2]), zero); err != nil {
			return nil, err
		}
		if c.Inputs, err = build("economy.inputs", p.Inputs, zero, withZero(grid[3])); err != nil {
			return nil, err
		}
	}
	c.Income = [2]float64{c.Tariffs.Income[c.Tariffs.US], c.Tariffs.Income[c.Tariffs.CN]}
	return c, nil
}

// withZero adds zero to an axis that lacks it.
func withZero(a Axis) Axis {
	out, err := NewAxis(append(slices.Clone(a), 0), 0, 0)
	if err != nil {
		panic("economy: " + err.Error()) // the grid was checked
	}
	return out
}

// Worth is welfare of the two governments at a setting, $bn a year, over the base of the model for
// tariffs; only differences between settings mean anything.
func (c *Composite) Worth(at Setting, reach float64) (us, cn float64, err error) {
	if !(reach >= 0 && reach <= 1) {
		return 0, 0, fmt.Errorf("reach of input relief: %v is not between 0 and 1", reach)
	}
	pair := func(s *Surface, at Setting) [2]float64 {
		if err != nil {
			return [2]float64{}
		}
		var w [2]float64
		if e := s.welfare(at, []int{s.US, s.CN}, w[:]); e != nil {
			err = e
		}
		return w
	}
	t := Setting{US: at.US, CN: at.CN}
	farm, relief := t, t
	farm.Farm, relief.Relief = at.Farm, at.Relief
	if c.whole { // the farm tariff stands while relief is priced: no interaction is lost
		relief.Farm = at.Farm
	}
	without := relief
	without.Relief = 0
	base := pair(c.Tariffs, t)
	var f1, f0, i1, i0 [2]float64
	if at.Farm != 0 {
		f1, f0 = pair(c.Farm, farm), pair(c.Farm, t)
	}
	if at.Relief != 0 && reach != 0 {
		i1, i0 = pair(c.Inputs, relief), pair(c.Inputs, without)
	}
	var w [2]float64
	for k := range w {
		pct := base[k] + (f1[k] - f0[k]) + float64(reach*(i1[k]-i0[k]))
		w[k] = pct * c.Income[k] / 100
	}
	return w[0], w[1], err
}

// HeldOut is the sum of the largest interpolation errors of the parts, $bn a year of their own
// years: no more is lost by interpolating.
func (c *Composite) HeldOut() float64 {
	if c.whole {
		return c.Tariffs.HeldOut
	}
	return c.Tariffs.HeldOut + c.Farm.HeldOut + c.Inputs.HeldOut
}

// Notes gathers what the parts have to say.
func (c *Composite) Notes() []string {
	if c.whole {
		return c.Tariffs.Notes
	}
	var out []string
	for _, s := range []*Surface{c.Tariffs, c.Farm, c.Inputs} {
		for _, n := range s.Notes {
			if !contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// Gap is the difference between the composite and a run within one model.
type Gap struct {
	Model              string  // that runs all of it
	At, From           Setting // the change priced
	US, CN             float64 // by the composite, $bn a year
	USWithin, CNWithin float64 // by the one model, in the same dollars
}

// errOneModel is returned by Gap when no part can run all levers.
var errOneModel = errors.New("no one model of the composite tells both farm goods and inputs apart")

// Gap prices the change between two settings by the composite and, for comparison, within the first
// of its models for inputs, farm goods and tariffs that has all levers it needs; relief reaches all
// inputs in both.
func (c *Composite) Gap(ctx context.Context, from, at Setting) (*Gap, error) {
	for _, s := range []*Surface{c.Inputs, c.Farm, c.Tariffs} {
		m, err := s.Part.open()
		if err != nil {
			return nil, err
		}
		in := m.Info()
		if (from.Farm != 0 || at.Farm != 0) && in.SectorSets["farm"] == nil || (from.Relief != 0 || at.Relief != 0) && !in.Uses {
			continue
		}
		g := &Gap{Model: in.Name, At: at, From: from}
		r0, err := solveAt(ctx, m, from, nil)
		if err != nil {
			return nil, err
		}
		r1, err := solveAt(ctx, m, at, nil)
		if err != nil {
			return nil, err
		}
		g.USWithin = (r1.WelfarePct[s.US] - r0.WelfarePct[s.US]) * c.Income[0] / 100
		g.CNWithin = (r1.WelfarePct[s.CN] - r0.WelfarePct[s.CN]) * c.Income[1] / 100
		u0, c0, err := c.Worth(from, 1)
		if err != nil {
			return nil, err
		}
		u1, c1, err := c.Worth(at, 1)
		if err != nil {
			return nil, err
		}
		g.US, g.CN = u1-u0, c1-c0
		return g, nil
	}
	return nil, errOneModel
}
