package cp1993

import (
	"context"
	"fmt"
	"sync"

	economydata "github.com/parley-sim/parley/configs/data/economy"
	"github.com/parley-sim/parley/sim/economy/inputoutput"
	"github.com/parley-sim/parley/sim/economy/trade"
)

// Name is the model's name in scenario files.
const Name = "cp1993"

// Model is the model on its data. It is safe for concurrent use.
type Model struct {
	*inputoutput.Model
	data    *published
	clipped int
}

// Open returns the model. It is prepared once.
func Open() (*Model, error) { return open() }

var open = sync.OnceValues(prepare)

// published is what the embedded tables hold.
type published struct {
	regions, sectors []string
	theta            []float64 // by sector
	output, added    []float64 // a row a sector, a column a region
	fob, tariff      []float64 // dense, traded sectors alone
	input            []float64 // (region*J + input)*J + sector that uses it
	members          []string  // of NAFTA
	nafta            []float64 // tariffs of 2005: a row a sector and exporter, a column an importer
	traded           int
}

func load() (*published, error) {
	d := &published{}
	t, err := economydata.Open("cp1993/sectors.csv")
	if err != nil {
		return nil, err
	}
	if d.sectors, err = t.Text("sector"); err != nil {
		return nil, err
	}
	if d.theta, err = t.Floats("theta"); err != nil {
		return nil, err
	}
	for _, c := range []struct {
		name  string
		first int
		to    *[]float64
		names *[]string
	}{
		{"output", 1, &d.output, &d.regions},
		{"added", 1, &d.added, nil},
		{"trade", 2, &d.fob, nil},
		{"tariffs", 2, &d.tariff, nil},
		{"inputs", 2, &d.input, nil},
		{"nafta2005", 2, &d.nafta, &d.members},
	} {
		if t, err = economydata.Open("cp1993/" + c.name + ".csv"); err != nil {
			return nil, err
		}
		if *c.to, err = t.Block(c.first); err != nil {
			return nil, err
		}
		if c.names != nil {
			*c.names = t.Header[c.first:]
		}
	}
	n, j, k := len(d.regions), len(d.sectors), len(d.members)
	d.traded = len(d.fob) / (n * n)
	if len(d.output) != n*j || len(d.added) != n*j || len(d.input) != n*j*j || d.traded > j ||
		len(d.fob) != d.traded*n*n || len(d.tariff) != len(d.fob) || len(d.nafta) != d.traded*k*k {
		return nil, fmt.Errorf("%s: tables do not fit %d regions and %d sectors", Name, n, j)
	}
	return d, nil
}

func prepare() (*Model, error) {
	d, err := load()
	if err != nil {
		return nil, err
	}
	e, clipped := d.economy()
	if e, err = e.Rebase(context.Background()); err != nil {
		return nil, err
	}
	untaxed := make([]bool, e.J)
	for j := range untaxed {
		untaxed[j] = j >= d.traded
	}
	m, err := inputoutput.New(trade.Info{
		Name:    Name,
		Title:   "Caliendo & Parro (2015): 31 regions, 40 sectors, input-output links, 1993",
		Source:  "Caliendo & Parro, Estimates of the Trade and Welfare Effects of NAFTA, REStud 82(1), 2015, and its data",
		Year:    1993,
		Regions: d.regions,
		Sectors: d.sectors,
		Untaxed: untaxed,
		RegionSets: map[string][]string{
			"us": {"USA"}, "china": {"CHN"}, "nafta": d.members,
			"eu": {"AUT", "DNK", "FIN", "FRA", "DEU", "GRC", "IRL", "ITA", "NLD", "PRT", "ESP", "SWE", "GBR"},
		},
		SectorSets: map[string][]string{"farm": {"agriculture"}},
	}, e, 1e-9)
	if err != nil {
		return nil, err
	}
	return &Model{Model: m, data: d, clipped: clipped}, nil
}

// economy derives the base from the data, in dollars, without trade deficits, and how many final
// shares were negative and are zero. It is not yet an equilibrium.
func (d *published) economy() (*inputoutput.Economy, int) {
	n, sectors := len(d.regions), len(d.sectors)
	e := &inputoutput.Economy{
		Name: Name, N: n, J: sectors, Theta: d.theta,
		Beta: make([]float64, n*sectors), Input: make([]float64, n*sectors*sectors), Alpha: make([]float64, n*sectors),
		Tariff: make([]float64, n*n*sectors), Share: make([]float64, n*n*sectors),
		Output: make([]float64, n*sectors), Added: make([]float64, n), Gap: make([]float64, n),
	}
	copy(e.Tariff, d.tariff)
	for j := range sectors {
		for i := range n {
			sold := 0.0
			if j < d.traded {
				for _, x := range d.fob[(j*n+i)*n:][:n] {
					sold += 1000 * x
				}
			}
			made := max(d.output[j*n+i], sold)
			e.Output[i*sectors+j], e.Beta[i*sectors+j] = made, d.added[j*n+i]
			e.Added[i] += e.Beta[i*sectors+j] * made
			for k := range n {
				at := (j*n+i)*n + k
				switch {
				case i == k:
					e.Share[at] = made - sold
				case j < d.traded:
					e.Share[at] = 1000 * d.fob[at] * (1 + e.Tariff[at])
				}
			}
		}
		for k := range n {
			paid := 0.0
			for i := range n {
				paid += e.Share[(j*n+i)*n+k]
			}
			e.Alpha[k*sectors+j] = paid
			if paid == 0 { // nothing is bought: what would be is made at home
				e.Share[(j*n+k)*n+k], paid = 1, 1
			}
			for i := range n {
				e.Share[(j*n+i)*n+k] /= paid
			}
		}
	}
	clipped := 0
	for r := range n {
		final := e.Alpha[r*sectors : (r+1)*sectors]
		for j := range sectors {
			at := r*sectors + j
			for k := range sectors {
				in := d.input[(r*sectors+k)*sectors+j] * (1 - e.Beta[at])
				e.Input[at*sectors+k] = in
				final[k] -= in * e.Output[at]
			}
		}
		clipped += inputoutput.Shares(final)
	}
	return e, clipped
}

// Clipped is the number of final shares that came out negative and are zero.
func (m *Model) Clipped() int { return m.clipped }

// NAFTA is the article's experiment: tariffs between Canada, Mexico and the US from those of 1993 to
// those of 2005, all others as they were.
func (m *Model) NAFTA() trade.Schedule {
	var s trade.Schedule
	d := m.data
	k := len(d.members)
	for j := range d.traded {
		for i, exporter := range d.members {
			for n, importer := range d.members {
				if i != n {
					s = append(s, trade.Change{
						Importer: importer, Exporter: exporter, Sector: d.sectors[j], Value: d.nafta[(j*k+i)*k+n],
					})
				}
			}
		}
	}
	return s
}

// Solve implements trade.Model. Next to what package inputoutput gives, Extra holds first_order_pct,
// the published measure of welfare.
func (m *Model) Solve(ctx context.Context, s trade.Schedule, w *trade.Warm) (*trade.Result, error) {
	sol, err := m.Solution(ctx, s, w)
	if err != nil {
		return nil, err
	}
	r := sol.Result()
	r.Extra["first_order_pct"] = m.FirstOrder(sol)
	return r, nil
}

// FirstOrder is the published measure of welfare, by region, %, in levels from the base: with c^ unit
// costs, M imports and E exports of n before tariffs, t tariffs of the base,
//
//	100/I_n sum_ij { E_nij (c^_nj - 1) - M_nij (c^_ij - 1) + t_nij M_nij [ (M^_nij - 1) - (c^_ij - 1) ] }
//
// (Caliendo & Parro 2015: the gain from terms of trade and the gain from the volume of trade.)
func (m *Model) FirstOrder(s *inputoutput.Solution) []float64 {
	base, e := m.Base(), m.Economy()
	income := m.Info().Income
	out := make([]float64, e.N)
	for n := range e.N {
		sum := 0.0
		for j := range e.J {
			own := s.Cost(n, j) - 1
			for i := range e.N {
				if i == n {
					continue
				}
				cost, bought := s.Cost(i, j)-1, base.Flow(i, n, j)
				sum += base.Flow(n, i, j)*own - bought*cost
				sum += m.Tariff(i, n, j) * (s.Flow(i, n, j) - bought*(1+cost))
			}
		}
		out[n] = 100 * sum / (income[n] * 1e9)
	}
	return out
}

// Bloc is the change, %, of what each member of a list of regions imports from the other members,
// before tariffs: trade creation in a customs union.
func (m *Model) Bloc(s *inputoutput.Solution, members []string) ([]float64, error) {
	in := m.Info()
	is := make([]int, len(members))
	for k, name := range members {
		var err error
		if is[k], err = in.Region(name); err != nil {
			return nil, err
		}
	}
	base := m.Base()
	out := make([]float64, len(members))
	for k, n := range is {
		before, after := 0.0, 0.0
		for _, i := range is {
			for j := range in.Sectors {
				if i != n {
					before += base.Flow(i, n, j)
					after += s.Flow(i, n, j)
				}
			}
		}
		out[k] = 100 * (after/before - 1)
	}
	return out, nil
}
