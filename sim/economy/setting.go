package economy

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/parley-sim/parley/sim/economy/trade"
)

// Setting is where the levers of a US-China deal stand, all fractions.
type Setting struct {
	US     float64 // average US tariff on Chinese goods, a level
	CN     float64 // China's average tariff on US goods, farm apart, a level
	Farm   float64 // China's extra tariff on US farm goods, on top of CN
	Relief float64 // share of the US increment waived on what is bought as an input, 0 to 1
}

func (s Setting) array() [4]float64 { return [4]float64{s.US, s.CN, s.Farm, s.Relief} }

// leverNames are the fields of a Setting as scenarios call them.
var leverNames = [4]string{"us_tariff", "cn_tariff", "farm_tariff", "input_relief"}

// preWar are the average tariffs of January 2018 (PIIE; facts/us_china_average_tariffs.csv), US on
// China and China on the US: what the base of a model of an earlier year stands for.
var preWar = [2]float64{0.031, 0.080}

// Schedule turns a setting into changes to a model's base.
//
// The levels are averages over goods. A model whose base taxes all goods of a flow alike takes them
// as they are. One whose base has a tariff for each sector, of a year before 2018, takes what they
// lie above the averages of January 2018 as a surcharge on every sector; a lower level scales the
// base tariffs down. Relief takes its share off that surcharge (off the level, where there is none).
//
// Farm or relief other than 0 in a model that does not tell farm goods or inputs apart is an error
// that says which models do (a *trade.NoSplit underneath).
func Schedule(m trade.Model, at Setting) (trade.Schedule, error) {
	for k, v := range at.array() {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("%s: %v is not a finite number", leverNames[k], v)
		}
	}
	if at.Relief < 0 || at.Relief > 1 {
		return nil, fmt.Errorf("input_relief: %v is not between 0 and 1", at.Relief)
	}
	in := m.Info()
	us, err := in.Region("us")
	if err != nil {
		return nil, err
	}
	cn, err := in.Region("china")
	if err != nil {
		return nil, err
	}
	out, inputs, err := level(m, &in, us, cn, at.US, preWar[0])
	if err != nil {
		return nil, err
	}
	back, _, err := level(m, &in, cn, us, at.CN, preWar[1])
	if err != nil {
		return nil, err
	}
	out = append(out, back...)
	if at.Farm != 0 {
		if in.SectorSets["farm"] == nil {
			return nil, lacks(&trade.NoSplit{Model: in.Name, Split: "farm goods"}, "farm")
		}
		out = append(out, trade.Change{Importer: in.Regions[cn], Exporter: in.Regions[us], Sector: "farm", Op: trade.Add, Value: at.Farm})
	}
	if at.Relief != 0 {
		if !in.Uses {
			return nil, lacks(&trade.NoSplit{Model: in.Name, Split: "inputs and final goods"}, "inputs")
		}
		out = append(out, trade.Change{
			Importer: in.Regions[us], Exporter: in.Regions[cn], Sector: "*", Use: trade.Inputs, Op: trade.Add, Value: -at.Relief * inputs,
		})
	}
	return out, nil
}

// lacks names the models that make the split.
func lacks(why *trade.NoSplit, split string) error {
	have, err := Having(split)
	if err != nil {
		return err
	}
	return fmt.Errorf("%w; %s can", why, strings.Join(have, ", "))
}

// level is the change that brings importer j's average tariff on exporter i to v, and the increment
// on every good that relief could waive.
func level(m trade.Model, in *trade.Info, j, i int, v, preWar float64) (trade.Schedule, float64, error) {
	goods, err := in.SectorsNamed("*")
	if err != nil {
		return nil, 0, err
	}
	flat := true
	for _, s := range goods {
		flat = flat && m.Tariff(i, j, s) == m.Tariff(i, j, goods[0])
	}
	change := trade.Change{Importer: in.Regions[j], Exporter: in.Regions[i], Sector: "*"}
	switch {
	case flat:
		change.Value = v
		return trade.Schedule{change}, v, nil
	case in.Year >= 2018:
		return nil, 0, errors.New(in.Name + " has tariffs by sector of a year in the trade war: what an average level means in it is not defined")
	case v >= preWar:
		change.Op, change.Value = trade.Add, v-preWar
		return trade.Schedule{change}, v - preWar, nil
	}
	var out trade.Schedule
	for _, s := range goods {
		change.Sector, change.Value = in.Sectors[s], m.Tariff(i, j, s)*v/preWar
		out = append(out, change)
	}
	return out, 0, nil
}
