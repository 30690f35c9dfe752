package surplus

import (
	"errors"
	"fmt"
	"math"

	"github.com/parley-sim/parley/internal/scenario"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim/deal"
)

// Row is what the account needs of a run.
type Row struct {
	Replication uint64
	Offer       deal.Offer // signed; nil: none
	Agreed      bool       // and agreed to at home, where that is asked
	Worth       [2]float64 // on the scenario's scale, talks' cost taken off
	Realised    [2]float64 // the same, with what was broken or not delivered; NaN where that is not played
}

// Most is how many runs are accounted for: evenly spaced ones of the first looked that are kept. Runs are drawn alike, so
// the first stand for all.
const (
	Most   = 400
	looked = 20_000
)

var errEnough = errors.New("enough")

// Rows reads at most so many evenly spaced runs of a folder; runs that ended in an error are left out.
func Rows(f *store.Folder, m *scenario.Model, most int) ([]Row, error) {
	at, err := find(f.Schema(), m)
	if err != nil {
		return nil, err
	}
	total := min(f.Rows(), looked)
	var out []Row
	k, next := uint64(0), uint64(0)
	err = f.Each(func(r store.Row) error {
		if k == total {
			return errEnough
		}
		if k == next {
			row, ok, err := at.read(r, m)
			if err != nil {
				return err
			}
			if ok {
				out = append(out, row)
			}
			next = place(k, total, uint64(most))
		}
		k++
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}

// place is the place of the next evenly spaced run after one at k.
func place(k, total, most uint64) uint64 {
	if total <= most {
		return k + 1
	}
	i := k*most/total + 1 // runs i*total/most, rounded up, are taken
	return max(k+1, (i*total+most-1)/most)
}

// columns are where a schema has what is read; -1: it does not.
type columns struct {
	replication, status, signed, ratified int
	issue                                 []int
	worth, realised                       [2]int
	failed                                uint64
}

func find(s *store.Schema, m *scenario.Model) (*columns, error) {
	at := func(name string) int {
		for i := range s.Columns {
			if s.Columns[i].Name == name {
				return i
			}
		}
		return -1
	}
	c := &columns{replication: at("replication"), status: at("status"), signed: at("signed"), ratified: at("ratified"), failed: store.Missing}
	for i := range m.Space.Issues {
		c.issue = append(c.issue, at("issue."+m.Space.Issues[i].Name))
	}
	for k, p := range m.Config.Parties {
		c.worth[k], c.realised[k] = at("worth."+p.Key), at("realised."+p.Key)
	}
	for _, i := range append([]int{c.replication, c.status, c.signed, c.worth[0], c.worth[1]}, c.issue...) {
		if i < 0 {
			return nil, fmt.Errorf("the rows lack a column that says what was signed or what it was worth")
		}
	}
	for l, name := range s.Columns[c.status].Levels {
		if name == "error" {
			c.failed = uint64(l)
		}
	}
	return c, nil
}

// read is a run's row; false for one that failed.
func (c *columns) read(r store.Row, m *scenario.Model) (out Row, ok bool, err error) {
	if r[c.status] == c.failed {
		return out, false, nil
	}
	out.Replication = r[c.replication]
	for s := range out.Worth {
		out.Worth[s], out.Realised[s] = r.F(c.worth[s]), math.NaN()
		if i := c.realised[s]; i >= 0 && r[i] != store.Missing {
			out.Realised[s] = r.F(i)
		}
	}
	if r[c.signed] != 1 {
		return out, true, nil
	}
	out.Agreed = c.ratified < 0 || r[c.ratified] == store.Missing || r[c.ratified] == 1
	out.Offer = m.Space.NewOffer()
	for i, col := range c.issue {
		is := &m.Space.Issues[i]
		found := false
		for v := range is.Values {
			if is.Numbers != nil && is.Numbers[v] == r.F(col) || is.Numbers == nil && uint64(v) == r[col] {
				out.Offer[i], found = uint16(v), true
				break
			}
		}
		if !found {
			return out, false, fmt.Errorf("run %d: its %s is not among the issue's values", out.Replication, is.Name)
		}
	}
	return out, true, nil
}
