package jmwz2017

import (
	"context"
	"fmt"
	"strings"
	"sync"

	economydata "github.com/parley-sim/parley/configs/data/economy"
	"github.com/parley-sim/parley/sim/economy/inputoutput"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// Name is the model's name in scenario files.
const Name = "jmwz2017"

// Closures; see the package comment.
const (
	Fixed    = "fixed"
	Balanced = "balanced"
	Scale    = "scale"
)

// Closures lists the closures, the default first.
func Closures() []string { return []string{Fixed, Balanced, Scale} }

// Model is the model on its data under one closure. It is safe for concurrent use.
type Model struct {
	*inputoutput.Model
	closure string
	data    *published
}

// Open returns the model under a closure; "" is Fixed. Each is prepared once.
func Open(closure string) (*Model, error) {
	if closure == "" {
		closure = Fixed
	}
	for k, name := range Closures() {
		if name == closure {
			return open[k]()
		}
	}
	if near := trade.Nearest(closure, Closures()); near != "" {
		return nil, fmt.Errorf("%s: unknown closure %q: did you mean %q?", Name, closure, near)
	}
	return nil, fmt.Errorf("%s: unknown closure %q; there are %s", Name, closure, strings.Join(Closures(), ", "))
}

var (
	data = sync.OnceValues(load)
	open = [...]func() (*Model, error){
		sync.OnceValues(func() (*Model, error) { return prepare(Fixed) }),
		sync.OnceValues(func() (*Model, error) { return prepare(Balanced) }),
		sync.OnceValues(func() (*Model, error) { return prepare(Scale) }),
	}
)

// published is what the embedded tables hold.
type published struct {
	regions, names, labels []string
	theta, psi             []float64
	war                    [2][]float64 // increments by sector: the US on China, China on the US
	added                  []float64    // value-added shares, region-major
	spent, tariff          []float64    // expenditure including tariffs, and tariffs, dense
	input                  []float64    // shares of inputs: (region*J + input)*J + sector that uses it
}

func load() (*published, error) {
	d := &published{}
	sectors, err := economydata.Open("jmwz2017/sectors.csv")
	if err != nil {
		return nil, err
	}
	for _, c := range []struct {
		name string
		to   *[]string
	}{{"name", &d.names}, {"label", &d.labels}} {
		if *c.to, err = sectors.Text(c.name); err != nil {
			return nil, err
		}
	}
	for _, c := range []struct {
		name string
		to   *[]float64
	}{{"theta", &d.theta}, {"psi", &d.psi}, {"us_on_china", &d.war[0]}, {"china_on_us", &d.war[1]}} {
		if *c.to, err = sectors.Floats(c.name); err != nil {
			return nil, err
		}
	}
	for _, c := range []struct {
		name  string
		first int
		to    *[]float64
	}{{"trade", 2, &d.spent}, {"tariffs", 2, &d.tariff}, {"inputs", 2, &d.input}} {
		t, err := economydata.Open("jmwz2017/" + c.name + ".csv")
		if err != nil {
			return nil, err
		}
		if *c.to, err = t.Block(c.first); err != nil {
			return nil, err
		}
		if c.name == "trade" {
			d.regions = t.Header[c.first:]
		}
	}
	for _, r := range d.regions {
		share, err := sectors.Floats("va_" + r)
		if err != nil {
			return nil, err
		}
		d.added = append(d.added, share...)
	}
	n, j := len(d.regions), len(d.names)
	if len(d.spent) != n*n*j || len(d.tariff) != n*n*j || len(d.input) != n*j*j {
		return nil, fmt.Errorf("%s: tables of %d, %d and %d cells for %d regions and %d sectors", Name, len(d.spent), len(d.tariff), len(d.input), n, j)
	}
	return d, nil
}

// goods is the number of sectors that tariffs fall on; the others are services.
const goods = 22

func prepare(closure string) (*Model, error) {
	d, err := data()
	if err != nil {
		return nil, err
	}
	e, _ := d.economy()
	if closure == Balanced {
		e.Gap = make([]float64, e.N)
	}
	if closure == Scale {
		e.Psi = d.psi
	}
	if e, err = e.Rebase(context.Background()); err != nil {
		return nil, err
	}
	untaxed := make([]bool, e.J)
	sectors := make([]string, e.J)
	sets := map[string][]string{"farm": {"1"}}
	for j := range sectors {
		sectors[j] = fmt.Sprint(j + 1)
		untaxed[j] = j >= goods
		sets[d.names[j]] = []string{sectors[j]}
	}
	m, err := inputoutput.New(trade.Info{
		Name:     Name,
		Title:    "Ju, Ma, Wang & Zhu (2024): 7 regions, 44 sectors, input-output links",
		Source:   "Ju, Ma, Wang & Zhu, Trade Wars and Industrial Policy Competitions, JME 2024, and its 2017 data",
		Year:     2017,
		Regions:  d.regions,
		Sectors:  sectors,
		Labels:   d.labels,
		Closures: Closures(),
		Untaxed:  untaxed,
		RegionSets: map[string][]string{
			"us": {"USA"}, "china": {"CHN"}, "brazil": {"BRA"}, "india": {"IND"}, "japan": {"JPN"}, "rest": {"ROW"},
		},
		SectorSets: sets,
	}, e, 1e-3)
	if err != nil {
		return nil, err
	}
	return &Model{Model: m, closure: closure, data: d}, nil
}

// economy derives the base from the data, in million dollars, and how many final shares were
// negative and are zero. It is not yet an equilibrium.
func (d *published) economy() (*inputoutput.Economy, int) {
	n, sectors := len(d.regions), len(d.names)
	e := &inputoutput.Economy{
		Name: Name, N: n, J: sectors, Theta: d.theta, Beta: d.added, Tariff: d.tariff,
		Input: make([]float64, n*sectors*sectors), Alpha: make([]float64, n*sectors),
		Share: make([]float64, len(d.spent)), Output: make([]float64, n*sectors),
		Added: make([]float64, n), Gap: make([]float64, n),
	}
	for at, beta := range e.Beta {
		r, j := at/sectors, at%sectors
		for k := range sectors {
			e.Input[at*sectors+k] = d.input[(r*sectors+k)*sectors+j] * (1 - beta)
		}
	}
	for j := range sectors {
		for k := range n {
			paid := 0.0
			for i := range n {
				at := (j*n+i)*n + k
				paid += d.spent[at]
				border := d.spent[at] / (1 + d.tariff[at])
				e.Output[i*sectors+j] += border
				e.Gap[k] += border
				e.Gap[i] -= border
			}
			for i := range n {
				at := (j*n+i)*n + k
				e.Share[at] = d.spent[at] / paid
			}
			e.Alpha[k*sectors+j] = paid
		}
	}
	clipped := 0
	for r := range n {
		final := e.Alpha[r*sectors : (r+1)*sectors]
		for j := range sectors {
			at := r*sectors + j
			e.Added[r] += e.Beta[at] * e.Output[at]
			for k, in := range e.Input[at*sectors : (at+1)*sectors] {
				final[k] -= in * e.Output[at]
			}
		}
		clipped += inputoutput.Shares(final)
	}
	return e, clipped
}

// Closure is the closure the model was opened with.
func (m *Model) Closure() string { return m.closure }

// Clipped is the number of final shares that came out negative and are zero.
func (m *Model) Clipped() int {
	_, clipped := m.data.economy()
	return clipped
}

// War is the tariff increments of 2018-19 by sector (Ju et al. 2024): the US on China, and China on
// the US if it retaliates. Of the US increments on inputs the part relief is taken back, 0 to 1, and
// of those on final goods the part spared.
func (m *Model) War(retaliation bool, relief, spared float64) trade.Schedule {
	var s trade.Schedule
	in := m.Info()
	for j := range goods {
		us := trade.Change{Importer: "USA", Exporter: "CHN", Sector: in.Sectors[j], Op: trade.Add}
		us.Use, us.Value = trade.Inputs, (1-relief)*m.data.war[0][j]
		s = append(s, us)
		us.Use, us.Value = trade.Finals, (1-spared)*m.data.war[0][j]
		s = append(s, us)
		if retaliation {
			s = append(s, trade.Change{Importer: "CHN", Exporter: "USA", Sector: in.Sectors[j], Op: trade.Add, Value: m.data.war[1][j]})
		}
	}
	return s
}
