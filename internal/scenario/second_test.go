package scenario

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parley-sim/parley/internal/config"
)

// elsewhereText is the other table: the US and a partner agree at once on 700, in round 1 or, where it holds out,
// in a later one.
const elsewhereText = `
worth = "unit"
[issue]
pledge = { unit = "$bn", levels = [0, 300, 700], now = 0 }
[party.us]
moves_first = 1
interest.pledge = { times = { pledge = { linear = [0, 1] } } }
[party.us.negotiator]
bidding = "hard_liner"
[party.eu]
interest.pledge = { times = { pledge = { linear = [1, 0] } } }
[party.eu.negotiator]
bidding   = "hard_liner"
accept    = "time"
accept_from = 0.5
[clock]
rounds = 7
`

// twoTables is the table looked at: China's sum is worth something to the US only if it beats the yardstick.
const twoTables = `
worth = "usd_bn_year"
[reference]
eu    = 200
japan = 550
[second_table]
scenario  = "PATH"
party     = "us"
issue     = "pledge"
reference = "eu"
[issue]
investment = { unit = "$bn", levels = [0, 250, 600, 800], now = 0 }
[party.us]
moves_first = 0
[party.us.interest]
standing = { weight = 10, times = { investment = { beats = ["eu", "japan"] } } }
share    = { weight = 1, times = { investment = { share_of = ["japan"] } } }
[party.us.negotiator]
bidding = "hard_liner"
accept  = "const"
accept_at = 0.4
[party.china.interest]
gain = { weight = 0.001, times = { investment = { piecewise = [[0, 0], [800, 800]] } } }
[party.china.red_line]
cap = { never = "investment > 250" }
[party.china.negotiator]
bidding  = "linear"
opponent = "none"
[clock]
rounds = 10
`

func tables2(t *testing.T, sets ...string) (*config.Scenario, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "elsewhere.toml")
	if err := os.WriteFile(path, []byte(elsewhereText), 0o644); err != nil {
		t.Fatal(err)
	}
	return config.Parse("two.toml", []byte(strings.Replace(twoTables, "PATH", path, 1)), config.Options{Known: Known(), Sets: sets})
}

func tables2Of(t *testing.T, sets ...string) *Model {
	t.Helper()
	cfg, err := tables2(t, sets...)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(context.Background(), cfg, Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// By hand. China can give 250 at most: of the yardsticks 200 and 550 that beats one, which is worth 5 to the
// US, and 250/550 more. The EU signs 700 in round 4 (half of its time is over): from then on 250 beats none.
func TestSecondTableMovesAYardstick(t *testing.T) {
	m := tables2Of(t, `party.us.negotiator.accept_at=1`)
	got := played(t, m, 1)[0]
	want(t, got, "second.signed", 1)
	want(t, got, "second.pledge", 700)
	want(t, got, "second.known", 4)

	// China offers 250 from the first round; the US takes half of its range. Before the news it is worth 5.45.
	early := played(t, tables2Of(t, `party.china.negotiator.bidding="random"`, `party.us.negotiator.accept_at=0.3`, "party.us.moves_first=1"), 200)
	before, after := 0, 0
	for _, row := range early {
		if row["signed"] != 1 || row["issue.investment"] != 250 {
			continue
		}
		v := 5 + 250.0/550
		if row["round"] >= 4 {
			v -= 5
			after++
		} else {
			before++
		}
		if math.Abs(row["worth.us"]-v) > 1e-9 {
			t.Fatalf("signed in round %v: worth %v to the US, not %v", row["round"], row["worth.us"], v)
		}
	}
	if before < 20 {
		t.Errorf("%d deals before the news, %d after", before, after)
	}
}

// The trace of a run is the run, and tells of the other table.
func TestSecondTableInATrace(t *testing.T) {
	m := tables2Of(t)
	for run, row := range played(t, m, 20) {
		tr, err := m.Trace(context.Background(), 3, uint64(run))
		if err != nil {
			t.Fatal(err)
		}
		want(t, row, "worth.us", tr.Worth[0])
		want(t, row, "round", float64(tr.Round))
		if e := tr.Elsewhere; e == nil || !e.Signed || e.Value != 700 || e.Round != 4 {
			t.Fatalf("%+v", e)
		}
	}
}

func TestSecondTablesThatCannotBe(t *testing.T) {
	for set, says := range map[string]string{
		`second_table.reference="eus"`:                                   `did you mean "eu"?`,
		`second_table.issue="pledges"`:                                   `"pledges" is not an issue with numbers`,
		`second_table.party="china"`:                                     "china does not sit at the table",
		`second_table.scenario="nowhere"`:                                "no scenario is called",
		`reference.eu={ uniform = [1, 2] }`:                              "a yardstick is fixed",
		`reference.eu=0`:                                                 "0 is not above 0",
		`party.us.interest.standing.times.investment={ beats = ["uk"] }`: `"uk" is not a yardstick`,
		`party.us.interest.standing.times.investment={ beats = [] }`:     "does not name yardsticks",
	} {
		cfg, err := tables2(t, set)
		if err == nil {
			_, err = Compile(context.Background(), cfg, Options{Cache: "-"})
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, which does not say %q", set, err, says)
		}
	}
}

// A built-in scenario can be the other table: the US talks to the EU while it talks to China.
func TestSecondTableBuiltIn(t *testing.T) {
	cfg, _, err := Load("madrid", []string{
		"reference.eu=600", `second_table={ scenario = "eu_2025", party = "us", issue = "investment", reference = "eu" }`,
		`party.us.interest.standing.times.investment={ beats = ["eu"] }`,
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(context.Background(), cfg, Options{})
	if err != nil {
		t.Fatal(err)
	}
	signed := 0.0
	for _, row := range played(t, m, 60) {
		signed += row["second.signed"]
	}
	if signed < 5 {
		t.Errorf("%v of 60 talks with the EU end in a deal", signed)
	}
}
