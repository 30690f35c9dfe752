package trade

import (
	"fmt"
	"math"
	"strings"
)

// Ceiling is the highest tariff a schedule may lead to (a million per cent). Beyond it shares
// underflow and a market is closed, which no finite tariff does in these models.
const Ceiling = 1e4

// Resolve applies a schedule to base, the dense table of a model's tariffs (see [Info.At]), and
// returns the new table; base is not modified. A change of one use only is an error (*NoSplit).
func Resolve(in *Info, base []float64, s Schedule) ([]float64, error) {
	t := append([]float64(nil), base...)
	for k := range s {
		if s[k].Use != AllUses {
			return nil, &ChangeError{k, &NoSplit{in.Name, "tariffs on inputs and on final goods"}}
		}
		if err := apply(in, t, &s[k]); err != nil {
			return nil, &ChangeError{k, err}
		}
	}
	return t, nil
}

// ResolveUses is Resolve for models with a tariff for each use of a good. It starts both tables
// from base.
func ResolveUses(in *Info, base []float64, s Schedule) (inputs, finals []float64, err error) {
	inputs = append([]float64(nil), base...)
	finals = append([]float64(nil), base...)
	for k := range s {
		if s[k].Use != Finals {
			err = apply(in, inputs, &s[k])
		}
		if err == nil && s[k].Use != Inputs {
			err = apply(in, finals, &s[k])
		}
		if err != nil {
			return nil, nil, &ChangeError{k, err}
		}
	}
	return inputs, finals, nil
}

// apply changes t in place.
func apply(in *Info, t []float64, c *Change) error {
	if math.IsNaN(c.Value) {
		return fmt.Errorf("value is not a number; give a fraction such as 0.25 for 25%%")
	}
	importers, err := in.regions("importer", c.Importer)
	if err != nil {
		return err
	}
	exporters, err := in.regions("exporter", c.Exporter)
	if err != nil {
		return err
	}
	sectors, err := in.sectors(c.Sector)
	if err != nil {
		return err
	}
	touched := false
	for _, s := range sectors {
		for _, i := range exporters {
			for _, j := range importers {
				if i == j {
					continue
				}
				touched = true
				at := in.At(i, j, s)
				v := c.Op.of(t[at], c.Value)
				if err := check(v); err != nil {
					return fmt.Errorf("%s on %s, %s: %w", in.Regions[j], in.Regions[i], in.Sectors[s], err)
				}
				t[at] = v
			}
		}
	}
	if !touched {
		return fmt.Errorf("%s on %s: a region does not tax itself", c.Importer, c.Exporter)
	}
	return nil
}

// of applies the operation to a tariff.
func (o Op) of(t, v float64) float64 {
	switch o {
	case Set:
		return v
	case Add:
		return t + v
	case Scale:
		return (1+t)*(1+v) - 1
	}
	panic(fmt.Sprintf("trade: unknown operation %d", o))
}

// check refuses tariffs at which the models have no answer.
func check(t float64) error {
	switch {
	case math.IsNaN(t):
		return fmt.Errorf("the tariff is not a number; give a fraction such as 0.25 for 25%%")
	case t <= -1:
		return fmt.Errorf("a tariff of %.4g%% is not above -100%%", 100*t)
	case t > Ceiling:
		return fmt.Errorf("a tariff of %.4g%% closes the market; the ceiling is %.4g%%", 100*t, 100*Ceiling)
	}
	return nil
}

// Region returns the index of a region by its name or by a set of one member.
func (in *Info) Region(name string) (int, error) {
	is, err := in.regions("region", name)
	if err != nil {
		return 0, err
	}
	if len(is) != 1 {
		return 0, fmt.Errorf("region %q stands for %d regions of %s; name one", name, len(is), in.Name)
	}
	return is[0], nil
}

// RegionsNamed returns the indices, ascending, of the regions a name stands for: one of them, a
// set, or "*".
func (in *Info) RegionsNamed(name string) ([]int, error) { return in.regions("region", name) }

// SectorsNamed returns the indices, ascending, of the sectors a name stands for: one of them, a
// set, or "*", which leaves out what cannot be taxed.
func (in *Info) SectorsNamed(name string) ([]int, error) { return in.sectors(name) }

func (in *Info) regions(role, name string) ([]int, error) {
	return lookup(in.Name, role, name, in.Regions, in.RegionSets)
}

func (in *Info) sectors(name string) ([]int, error) {
	if name == "" {
		name = "*"
	}
	is, err := lookup(in.Name, "sector", name, in.Sectors, in.SectorSets)
	if err != nil || in.Untaxed == nil {
		return is, err
	}
	taxed := is[:0]
	for _, s := range is {
		if !in.Untaxed[s] {
			taxed = append(taxed, s)
		}
	}
	if len(taxed) == 0 {
		return nil, fmt.Errorf("sector %q of %s is not a good: no tariff falls on it", name, in.Name)
	}
	return taxed, nil
}

// lookup finds what a name stands for: itself first, then "*", then a set.
func lookup(model, role, name string, names []string, sets map[string][]string) ([]int, error) {
	if name == "*" {
		all := make([]int, len(names))
		for i := range all {
			all[i] = i
		}
		return all, nil
	}
	for i, n := range names {
		if strings.EqualFold(n, name) {
			return []int{i}, nil
		}
	}
	if members, ok := sets[strings.ToLower(name)]; ok {
		var is []int
		for i, n := range names {
			for _, m := range members {
				if n == m {
					is = append(is, i)
					break
				}
			}
		}
		return is, nil
	}
	if role == "sector" && len(names) == 1 {
		return nil, fmt.Errorf("sector %q: %w", name, &NoSplit{model, "sectors"})
	}
	return nil, Unknown(model, role, name, names, sets)
}
