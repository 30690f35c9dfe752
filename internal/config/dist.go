package config

import (
	"fmt"
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

// Dist is the number's distribution. That of a choice is over the indices of Values, that of a fixed
// number a constant, that of an absent one nil. A number that was read has no error.
func (x *Number) Dist() (chance.Dist, error) {
	switch {
	case x.dist != nil:
		return x.dist, nil
	case x.Kind == "":
		return nil, nil
	case x.Kind == "fixed":
		return chance.NewConst(x.Params[0])
	case x.Kind == "choice":
		names := make([]string, len(x.Values))
		for i, v := range x.Values {
			names[i] = number(v)
		}
		return chance.NewChoice(names, x.Params)
	}
	return chance.New(x.Kind, x.Params...)
}

// Support is the least and the greatest value the number can take; 0 and 0 if it is absent.
func (x *Number) Support() (lo, hi float64) {
	if x.Kind == "choice" {
		some := false
		for i, v := range x.Values {
			switch {
			case x.Params[i] == 0:
			case !some:
				lo, hi, some = v, v, true
			default:
				lo, hi = min(lo, v), max(hi, v)
			}
		}
		return lo, hi
	}
	if d, err := x.Dist(); err == nil && d != nil {
		return d.Support()
	}
	return 0, 0
}

// Words is the number as people read it: "30", "uniform 0 to 2", "chance 70%"; empty if absent.
func (x *Number) Words() string {
	if d, err := x.Dist(); err == nil && d != nil {
		return d.String()
	}
	return ""
}
