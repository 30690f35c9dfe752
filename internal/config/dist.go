package config

import (
	"fmt"
	"slices"
	"sync"

	"github.com/parley-sim/parley/sim/chance"
)

// dists keeps the distributions of a scenario for its next reading: a beta takes a millisecond to
// tabulate, and the points of a design read the same ones again and again.
type dists struct{ byWords sync.Map }

// dist makes a distribution, or finds it made.
func (d *decoder) dist(kind string, p []float64) (chance.Dist, error) {
	key := fmt.Sprint(kind, p)
	if x, ok := d.dists.byWords.Load(key); ok {
		return x.(chance.Dist), nil
	}
	x, err := chance.New(kind, p...)
	if err == nil {
		d.dists.byWords.Store(key, x)
	}
	return x, err
}

// Dist is the number's distribution, nil if the number is absent. A fixed number is a constant.
func (x *Number) Dist() chance.Dist {
	if x.dist != nil {
		return x.dist
	}
	switch x.Kind {
	case "":
		return nil
	case "fixed":
		return must(chance.NewConst(x.Params[0]))
	case "choice":
		return x.choice()
	}
	return must(chance.New(x.Kind, x.Params...))
}

// Support is the range the number can take; lo = hi if it is fixed.
func (x *Number) Support() (lo, hi float64) {
	if !x.Given() {
		return 0, 0
	}
	return x.Dist().Support()
}

// must is for parameters that have been checked when they were read.
func must[D chance.Dist](x D, err error) D {
	if err != nil {
		panic("config: " + err.Error())
	}
	return x
}

// Dist is the pick's distribution over the indices of Names; nil if the pick is absent.
func (p *Pick) Dist() chance.Dist {
	if !p.Given() {
		return nil
	}
	return must(chance.NewChoice(p.Names, p.Weights))
}

// numbers is a choice between numbers: a chance.Choice of their indices, rising.
type numbers struct {
	chance.Choice
	values []float64 // rising
}

func (x *Number) choice() chance.Dist {
	order := make([]int, len(x.Values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		if x.Values[i] < x.Values[j] {
			return -1
		}
		return 1
	})
	c := numbers{values: make([]float64, len(order))}
	names, weights := make([]string, len(order)), make([]float64, len(order))
	for k, i := range order {
		c.values[k], names[k], weights[k] = x.Values[i], number(x.Values[i]), x.Params[i]
	}
	c.Choice = must(chance.NewChoice(names, weights))
	return c
}

// Quantile implements chance.Dist.
func (c numbers) Quantile(p float64) float64 { return c.values[c.Index(p)] }

// Support implements chance.Dist.
func (c numbers) Support() (lo, hi float64) {
	i, j := c.Choice.Support()
	return c.values[int(i)], c.values[int(j)]
}

// Mean implements chance.Dist.
func (c numbers) Mean() float64 {
	m := 0.0
	for i, v := range c.values {
		m += float64(c.Share(i) * v)
	}
	return m
}
