package analysis

import (
	"bytes"
	"testing"

	"github.com/parley-sim/parley/internal/analysis/rowtest"
	"github.com/parley-sim/parley/internal/store"
)

// TestAfter: answers at home, survival and worth as it was lived are the counts of the rows.
func TestAfter(t *testing.T) {
	schema, brief := rowtest.Schema(), rowtest.Brief(rowtest.Options{Home: true})
	brief.Lasting, brief.Horizon = 2, 4
	vote := len(schema.Columns)
	schema.Columns = append(
		schema.Columns,
		store.Column{Name: "vote.us.hawks", Kind: store.Int, Role: "home", Party: "us", Unit: "veto"},
		store.Column{Name: "years", Kind: store.Int, Role: "years"},
		store.Column{Name: "ended", Kind: store.Level, Role: "years", Levels: []string{"in_force", "us.withdrawal", "expired"}},
		store.Column{Name: "realised.us", Kind: store.Float, Role: "years"},
		store.Column{Name: "realised.china", Kind: store.Float, Role: "years"},
	)
	f, err := New(schema, brief)
	if err != nil {
		t.Fatal(err)
	}
	halves := [2]*Fold{f.Empty(), f.Empty()}
	at := func(list []string, what string) uint64 {
		for i, x := range list {
			if x == what {
				return uint64(i)
			}
		}
		t.Fatal(what)
		return 0
	}
	row := make(store.Row, len(schema.Columns))
	put := func(run int, status, cause string, yes, years, ended uint64) {
		for i := range row {
			row[i] = store.Missing
		}
		row[rowtest.Run], row[rowtest.AgentUS], row[rowtest.AgentChina] = uint64(run), 0, 0
		row[rowtest.Status], row[rowtest.Cause] = at(rowtest.Statuses, status), at(rowtest.Causes, cause)
		row[rowtest.Ratified] = 0
		row[vote] = yes
		row.PutF(rowtest.WorthUS, 10)
		row.PutF(rowtest.WorthChina, 20)
		if status != "refused" {
			row[rowtest.Ratified] = 1
			row[vote+1], row[vote+2] = years, ended
			row.PutF(vote+3, 2.5*float64(years))
			row.PutF(vote+4, 5*float64(years))
		}
		halves[run%2].Add(row)
	}
	put(0, "refused", "refused:us.hawks", 0, 0, 0)
	put(1, "lasting", "agreed", 1, 4, 0)
	put(2, "lasting", "agreed", 1, 4, 0)
	put(3, "broke", "broke:us_breach", 0, 1, 1)
	put(4, "lasting", "agreed", 1, 2, 2)
	for _, h := range halves {
		b, err := h.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		read := f.Empty()
		if err := read.UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
		again, _ := read.MarshalBinary()
		if !bytes.Equal(b, again) {
			t.Error("a fold read back differs")
		}
		if err := f.Merge(read); err != nil {
			t.Fatal(err)
		}
	}
	s := f.Summary()
	h := s.Home
	if h == nil || h.Deals != 5 || len(h.Audiences) != 1 || h.Audiences[0].Yes.N != 3 || h.Audiences[0].Refused.N != 1 || !h.Audiences[0].Veto {
		t.Fatalf("%+v", h)
	}
	y := s.Years
	if y == nil || y.Deals != 4 || len(y.InForce) != 4 {
		t.Fatalf("%+v", y)
	}
	for k, want := range []int64{4, 3, 2, 2} {
		if y.InForce[k].N != want || y.InForce[k].Of != 4 {
			t.Errorf("after year %d: %+v", k+1, y.InForce[k])
		}
	}
	if len(y.Ended) != 2 || y.Ended[0].Key != "us.withdrawal" || y.Ended[0].Party != "us" || y.Ended[0].ByYear[1] != 1 || y.Ended[1].ByYear[2] != 1 {
		t.Errorf("%+v", y.Ended)
	}
	if len(y.Worth) != 2 || y.Worth[0].Promised.Middle != 10 || y.Worth[1].Realised.Hi < 19 {
		t.Errorf("%+v", y.Worth)
	}
}
