package scenario

import (
	"context"
	"math"
	"testing"

	"github.com/parley-sim/parley/internal/config"
)

// crisis is Fearon's (1995) in a scenario: a pie of 1, a war that the US wins with chance 0.5 and that costs it
// 0.1, and China what only it knows, uniform between 0 and 0.4. What is not signed is fought over.
const crisis = `
worth = "unit"
[issue]
share = { range = [0, 1], step = 0.0025, now = 0.5 }
[party.us]
moves_first = 1
no_deal     = 0.4
interest.share = { times = { share = { linear = [0, 1] } } }
[party.us.negotiator]
bidding = "risk_return"
types   = 50
[party.china]
no_deal = { uniform = [0.1, 0.5] }
interest.share = { times = { share = { linear = [1, 0] } } }
[party.china.negotiator]
bidding  = "linear"
opponent = "none"
[clock]
protocol = "last_offer"
`

func crisisOf(t *testing.T, sets ...string) *Model {
	t.Helper()
	cfg, err := config.Parse("crisis.toml", []byte(crisis), config.Options{Known: Known(), Sets: sets})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(context.Background(), cfg, Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The row fearon_risk_return of the theory table in sessions: a negotiator that believes what the scenario
// draws asks for 0.65, and is refused 0.375 of the time.
func TestFearonInSessions(t *testing.T) {
	const n = 3000
	refused := 0.0
	for _, row := range played(t, crisisOf(t), n) {
		if row["signed"] != 1 {
			refused++
		} else if math.Abs(row["issue.share"]-0.65) > 0.0101 {
			t.Fatalf("run %v is signed at %v", row["run"], row["issue.share"])
		}
	}
	if got := refused / n; math.Abs(got-0.375) > 3*math.Sqrt(0.375*0.625/n)+0.02 {
		t.Errorf("%v refused, not 0.375", got)
	}
	// War so costly that risk does not pay: everybody is offered what he takes.
	for _, row := range played(t, crisisOf(t, "party.us.no_deal=0.05"), 300) {
		if row["signed"] != 1 || row["issue.share"] > 0.51 {
			t.Fatalf("run %v: %v at %v", row["run"], row["signed"], row["issue.share"])
		}
	}
}

// Skimming (Spier 1992): with rounds to come and nothing lost by waiting it asks for much first, gives way
// as refusals tell it that the other is a hard type, and most deals come late; who loses by waiting deals sooner.
func TestSkimming(t *testing.T) {
	mean := func(delta string) (round, asked float64) {
		deals := 0.0
		for _, row := range played(t, crisisOf(t, `clock.protocol="alternating_offers"`, "clock.rounds=8", "party.us.negotiator.types=20", "party.us.negotiator.patience_delta="+delta), 400) {
			if row["signed"] == 1 {
				deals++
				round += row["round"]
				asked += row["issue.share"]
			}
		}
		if deals < 100 {
			t.Fatalf("delta %s: %v deals", delta, deals)
		}
		return round / deals, asked / deals
	}
	slow, _ := mean("1")
	fast, _ := mean("0.5")
	if slow < 5 || fast > slow-0.4 {
		t.Errorf("deals in round %v of 8 where waiting costs nothing, %v where it halves the gain", slow, fast)
	}
}

// What is believed are types of the scenario, the same for every worker, and the runs are the same again.
func TestTypesAreTheScenarios(t *testing.T) {
	m := crisisOf(t)
	types := m.typesOf(1, 100)
	sum := 0.0
	for _, x := range types {
		sum += x.NoDeal / 100
	}
	if math.Abs(sum-0.3) > 1e-9 || &m.typesOf(1, 100)[0] != &types[0] {
		t.Errorf("the mean of no deal is %v, not that of its distribution", sum)
	}
	cfg, _, err := Load("quickstart", []string{`party.importer.negotiator.bidding="risk_return"`, `party.importer.negotiator.types=8`, `party.exporter.negotiator.opponent="types"`})
	if err != nil {
		t.Fatal(err)
	}
	q, err := Compile(context.Background(), cfg, Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	one := played(t, q, 60)
	signed := 0
	for k := range one {
		tr, err := q.Trace(context.Background(), 3, uint64(k))
		if err != nil {
			t.Fatal(err)
		}
		if b2f(tr.Signed) != one[k]["signed"] || float64(tr.Round) != one[k]["round"] {
			t.Fatalf("run %d: traced %v in round %d, in its row %v in %v", k, tr.Signed, tr.Round, one[k]["signed"], one[k]["round"])
		}
		signed += int(one[k]["signed"])
	}
	if signed < 20 {
		t.Errorf("%d of 60 signed", signed)
	}
}

func b2f(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
