package scenario

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/parley-sim/parley/internal/config"
)

// pie is a split of 100 in whole parts between two who take turns, A's home needing agree of it and B's 20.
func pie(t *testing.T, know string, agree int) *Batch {
	t.Helper()
	var a, b []string
	for i := range 101 {
		a, b = append(a, fmt.Sprintf("[0, %g]", float64(i)/100)), append(b, fmt.Sprintf("[0, %g]", 1-float64(i)/100))
	}
	side := func(strength []string, agree int) string {
		return fmt.Sprintf(`
interest = { pie = { weight = 100, table = { issues = ["split", "pact"], strength = [%s] } } }
negotiator = { bidding = "boulware", opponent = "none", concession = { uniform = [0.3, 1] } }
audience = { home = { share = 1, veto = true, likes = { pie = 1 }, agree = %d } }
`, strings.Join(strength, ", "), agree)
	}
	text := `
question = "When do tied hands help?"
worth = "usd_bn_year"
[issue]
split = { range = [0, 100], step = 1, now = 0 }
pact = { choices = ["none", "signed"], now = "none" }
[no_deal]
truce_lapses = 0
[party.a]` + side(a, agree) + "[party.b]" + side(b, 20) + fmt.Sprintf(`
[ratify]
known_to_negotiators = %q
error = 10
[clock]
rounds = 40
`, know)
	cfg, err := config.Parse("pie.toml", []byte(text), config.Options{Known: Known()})
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewBatch(context.Background(), cfg, Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestTiedHands: in Parley's own talks a need at home that is known raises what a side gets, up to what the
// other's home leaves, and beyond that ends all deals; a need that nobody knows of lowers it. As in the closed
// forms of sim/politics/home, where patient sides get max(50, need).
func TestTiedHands(t *testing.T) {
	gets := func(know string, need int) (mean, ratified float64) {
		b := pie(t, know, need)
		l := b.Base.layout
		const n = 150
		for _, r := range rows(t, b, 0, n) {
			mean += r.F(l.worth) / n
			if r[l.ratified] == 1 {
				ratified += 1.0 / n
			}
		}
		return mean, ratified
	}
	free, _ := gets("known", 0)
	last := free
	for _, need := range []int{40, 55, 70} {
		got, ratified := gets("known", need)
		if got < last-1 || ratified < 0.95 || got < float64(need) {
			t.Errorf("known, need %d: gets %v after %v, passes in %v", need, got, last, ratified)
		}
		last = got
	}
	if last < free+15 {
		t.Errorf("a known need of 70 brings %v, free hands %v", last, free)
	}
	if got, ratified := gets("known", 85); got != 0 || ratified != 0 {
		t.Errorf("known, need 85 of the 80 that the other's home leaves: gets %v, passes in %v", got, ratified)
	}
	if got, _ := gets("ignored", 70); got > 5 {
		t.Errorf("a need of 70 that nobody knows of brings %v", got)
	}
	known, _ := gets("known", 60)
	guessed, _ := gets("estimated", 60)
	unknown, _ := gets("ignored", 60)
	if !(unknown < guessed && guessed < known) {
		t.Errorf("need 60: known %v, guessed %v, unknown %v", known, guessed, unknown)
	}
}
