package scenario

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/store"
)

// small has every kind of thing a scenario may have, on 3 x 3 x 2 x 5 x 2 outcomes.
const small = `
question = "Is there a deal?"
as_of = 2025-10-05
runs = 200
seed = 3
[issue]
us_tariff = { unit = "%", levels = [10, 30, 50], now = 50 }
cn_tariff = { unit = "%", levels = [10, 20, 30], now = 30 }
farm_tariff = { unit = "%", levels = [0, 15], now = 15 }
investment = { unit = "$bn", range = [0, 400], step = 100, now = 0, marks = { Japan = 550 } }
screening = { choices = ["as_today", "open"], now = "as_today" }
[no_deal]
truce_lapses = { chance = 0.5 }
us_tariff = { pert = [50, 65, 120] }
cn_tariff = 60
[party.us]
cost_of_delay = { uniform = [0, 2] }
[party.us.interest]
trade = { from = "economy" }
plants = { from = "delivery", weight = 0.2 }
security = { weight = { pert = [-60, -25, -5] }, times = { investment = { linear = [0, 1] }, screening = { as_today = 0.4, open = 1 } } }
[party.us.red_line]
open = { never = "screening = open and investment > 200", holds = { chance = 0.5 } }
floor = { never = "us_tariff < 30", holds = { chance = 0.3 } }
farm = { costs = 3, when = "farm_tariff > 0" }
[party.us.negotiator]
bidding = { choice = { boulware = 1, tit_for_tat = 1 } }
concession = { uniform = [0.1, 0.5] }
[party.china.interest]
trade = { from = "economy" }
plants = { from = "delivery", weight = { uniform = [0.05, 0.1] } }
[party.china.red_line]
cap = { never = "us_tariff > 10", holds = { chance = 0.3 } }
one_way = { never = "us_tariff = now and investment > 0" }
[party.china.negotiator]
bidding = { choice = { boulware = 1, micro = 1 } }
concession = { uniform = [0.1, 0.8] }
[clock]
start = 2025-09-14
summit = 2025-10-30
days_per_round = 5
extended = { chance = 0.3, days = 40 }
[economy]
tariffs = "linear"
[delivery]
built_share = { beta = [2, 6] }
cleared = { as_today = { pert = [0.3, 0.5, 0.6] }, open = 0.95 }
`

func load(t testing.TB, sets ...string) *config.Scenario {
	t.Helper()
	cfg, err := config.Parse("small.toml", []byte(small), config.Options{Sets: sets, Known: Known()})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func batch(t testing.TB, sets ...string) *Batch {
	t.Helper()
	b, err := NewBatch(context.Background(), load(t, sets...), Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// rows plays runs first to first+n-1 in one shard.
func rows(t testing.TB, b *Batch, first, n uint64) []store.Row {
	t.Helper()
	w, err := b.NewWorker()
	if err != nil {
		t.Fatal(err)
	}
	out := make([]store.Row, n)
	err = w.Shard(context.Background(), first, n, func(r store.Row) error {
		out[r[0]-first] = slices.Clone(r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestShardsAgree(t *testing.T) {
	for _, sets := range [][]string{nil, {`design.plan="grid"`, `design.vary={ "party.us.red_line.open.holds" = [0, 1], "issue.investment.max" = [200, 400] }`}} {
		b := batch(t, sets...)
		whole := rows(t, b, 0, 300)
		var parts []store.Row
		for first := uint64(0); first < 300; first += 60 {
			parts = append(parts, rows(t, b, first, 60)...)
		}
		for i := range whole {
			if !slices.Equal(whole[i], parts[i]) {
				t.Fatalf("run %d differs between shards:\n%v\n%v", i, whole[i], parts[i])
			}
		}
	}
}

// TestRowsMakeSense: a row's parts hang together, and endings of several kinds occur.
func TestRowsMakeSense(t *testing.T) {
	b := batch(t)
	l := b.Base.layout
	seen := map[string]int{}
	for i, r := range rows(t, b, 0, 2000) {
		status, cause := statuses[r[l.status]], l.causes[r[l.cause]]
		seen[status+" "+cause]++
		if r[l.run] != uint64(i) || r[l.seed] != 3 || status == "error" {
			t.Fatalf("run %d: %v %s %s", i, r, status, cause)
		}
		left := r.F(l.left)
		for s := range 2 {
			worth := r.F(l.worth + s)
			switch {
			case status == "signed" && worth+1e-9 < -50*8:
				t.Errorf("run %d: party %d signs for %v", i, s, worth)
			case status == "no_deal" && worth > 0:
				t.Errorf("run %d: no deal is worth %v to party %d", i, worth, s)
			}
		}
		noZOPA := cause == "no_zopa:interests" || len(cause) > 8 && cause[:8] == "no_zopa:"
		if noZOPA != math.IsNaN(left) {
			t.Errorf("run %d: cause %s with share left %v", i, cause, left)
		}
		if !noZOPA && (left < 0 || left > 1) {
			t.Errorf("run %d: share left %v", i, left)
		}
		if status == "no_deal" && !noZOPA && left != 1 {
			t.Errorf("run %d: no deal leaves %v", i, left)
		}
		if (status == "signed") != (r[l.issue] != store.Missing) {
			t.Errorf("run %d: %s with issue cell %x", i, status, r[l.issue])
		}
	}
	t.Log(seen)
	if len(seen) < 3 {
		t.Errorf("only these endings occur: %v", seen)
	}
}

// TestTraceIsTheRow: a run told by itself is the run in the batch, and its parts add up to its worth.
func TestTraceIsTheRow(t *testing.T) {
	b := batch(t)
	l := b.Base.layout
	for i, r := range rows(t, b, 0, 120) {
		tr, err := b.Base.Trace(context.Background(), b.Seed(), uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		if tr.Status != statuses[r[l.status]] || tr.Cause != l.causes[r[l.cause]] || tr.Round != int(r[l.round]) {
			t.Fatalf("run %d: told %s %s in round %d, was %s %s in round %d", i, tr.Status, tr.Cause, tr.Round,
				statuses[r[l.status]], l.causes[r[l.cause]], r[l.round])
		}
		for s := range 2 {
			if tr.Worth[s] != r.F(l.worth+s) {
				t.Errorf("run %d: worth %v, row %v", i, tr.Worth[s], r.F(l.worth+s))
			}
			if !tr.Signed {
				continue
			}
			for k := range b.Base.sides[s].interests {
				if col, told := r.F(l.part[s]+k), tr.Parts[s][k].Worth; math.Abs(col-told) > 1e-9*(1+math.Abs(told)) {
					t.Errorf("run %d: interest %s is worth %v in the row, %v as told", i, tr.Parts[s][k].Key, col, told)
				}
			}
			sum := 0.0
			for _, p := range tr.Parts[s] {
				sum += p.Worth
			}
			if math.Abs(sum-tr.Worth[s]) > 1e-9*(1+math.Abs(sum)) {
				t.Errorf("run %d: parts %v add to %v, worth %v", i, tr.Parts[s], sum, tr.Worth[s])
			}
		}
		if len(tr.Moves) == 0 && tr.Status != "error" {
			t.Errorf("run %d has no moves", i)
		}
	}
}

// TestSharesChangeNothingElse: leaving out the exact share leaves every other cell alone.
func TestSharesChangeNothingElse(t *testing.T) {
	with, without := batch(t), batch(t, "output.share_left=false")
	l := with.Base.layout
	a, b := rows(t, with, 0, 300), rows(t, without, 0, 300)
	for i := range a {
		for k := range a[i] {
			if k == l.left || k == l.epsilon || k == l.ideal || k == l.ideal+1 {
				continue
			}
			if a[i][k] != b[i][k] {
				t.Fatalf("run %d: %s differs", i, with.schema.Columns[k].Name)
			}
		}
	}
}

func TestHash(t *testing.T) {
	same := batch(t).Hash()
	for set, differs := range map[string]bool{"runs=7": false, `output.charts=["pdf"]`: false, "seed=4": true, "party.us.cost_of_delay=1": true} {
		if got := batch(t, set).Hash(); (got != same) != differs {
			t.Errorf("%s: hash %s after %s", set, got, same)
		}
	}
}

func ExampleModel_Find() {
	cfg, _ := config.Parse("small.toml", []byte(small), config.Options{Known: Known()})
	m, _ := Compile(context.Background(), cfg, Options{Cache: "-"})
	_, err := m.Find(context.Background(), 3, "no_zopa:interest", 100)
	fmt.Println(err)
	// Output: no run ends with cause no_zopa:interest
}

// compiled compiles a scenario in a string.
func compiled(t testing.TB, text string) *Model {
	t.Helper()
	cfg, err := config.Parse("test.toml", []byte(text), config.Options{Known: Known()})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(context.Background(), cfg, Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}
