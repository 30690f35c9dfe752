package scenario

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/parley-sim/parley/internal/config"
)

// starter is the quickstart scenario with other rules and players.
func starter(t *testing.T, sets ...string) *Model {
	t.Helper()
	cfg, _, err := Load("quickstart", sets)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(context.Background(), cfg, Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// players sets how both sides bargain.
func players(sets ...string) (out []string) {
	for _, side := range []string{"importer", "exporter"} {
		for _, s := range sets {
			out = append(out, "party."+side+".negotiator."+s)
		}
	}
	return out
}

// Two who know all of each other agree at once, on the frontier, in the scenario's own space: nothing is
// left by delay, and no deadline is needed.
func TestEquilibriumPlayersInAScenario(t *testing.T) {
	for _, who := range []string{"stahl", "rubinstein"} {
		signed, possible := 0, 0
		for _, row := range played(t, starter(t, players(`bidding="`+who+`"`, "delta=0.95", "their_delta=0.95")...), 300) {
			if row["signed"] == 1 {
				signed++
				if row["round"] != 1 {
					t.Errorf("%s: run %v is signed in round %v", who, row["run"], row["round"])
				}
			}
			if !math.IsNaN(row["ideal.importer"]) {
				possible++
			}
		}
		if signed != possible || signed < 100 {
			t.Errorf("%s: %d signed where %d could be", who, signed, possible)
		}
	}
}

// spread is how many of the deals of n runs fall into the last tenth of the rounds, and into the first.
func spread(t *testing.T, m *Model, n uint64, rounds float64) (last, first, deals int) {
	t.Helper()
	for _, row := range played(t, m, n) {
		if row["signed"] != 1 {
			continue
		}
		deals++
		switch r := row["round"]; {
		case r > 0.9*rounds:
			last++
		case r <= 0.1*rounds:
			first++
		}
	}
	return last, first, deals
}

// The deadline effect (Roth, Murnighan and Schoumaker 1988: most agreements of timed talks fall into the last
// moments) is not in the rules: players that never look at the clock come to the same deals in the same
// rounds whenever the deadline is, and no more of them in the last rounds than before. It is in players
// whose target falls with time. So Parley shows one only where the players, or what no deal is worth by then,
// bring it about.
func TestDeadlineEffectIsThePlayers(t *testing.T) {
	for _, blind := range []string{"micro", "random", "tit_for_tat_averaged", "trade_off"} {
		short := played(t, starter(t, append(players(`bidding="`+blind+`"`), "clock.rounds=20")...), 400)
		long := played(t, starter(t, append(players(`bidding="`+blind+`"`), "clock.rounds=60")...), 400)
		for k := range short {
			s, l := short[k], long[k]
			if early := l["signed"] == 1 && l["round"] <= 20; early != (s["signed"] == 1) || early && s["round"] != l["round"] {
				t.Fatalf("%s: run %d is signed in round %v of 20 and %v of 60", blind, k, s["round"], l["round"])
			}
		}
	}
	last, first, deals := spread(t, starter(t, append(players(`bidding="random"`, `accept="const"`, "accept_at=0.45"), "clock.rounds=20")...), 2000, 20)
	if last > first || deals < 500 {
		t.Errorf("blind to the clock: %d of %d deals in the last tenth, %d in the first", last, deals, first)
	}
	last, first, deals = spread(t, starter(t, append(players(`bidding="boulware"`, "concession=0.05"), "clock.rounds=20")...), 2000, 20)
	if float64(last) < 0.5*float64(deals) || deals < 500 {
		t.Errorf("boulware: %d of %d deals in the last tenth, %d in the first", last, deals, first)
	}
}

// What the clock itself can do to players that are blind to it: a tariff that comes into force on a date makes no
// deal worth less to a side, so it can accept what it could not before. Deals then bunch behind
// the date, with nobody looking at it.
func TestDatesBunchDeals(t *testing.T) {
	text := strings.NewReplacer(
		`bidding = "hard_liner"`, `bidding = "random"
accept  = "const"
accept_at = 0.3`,
		"threatens = 1000, notice = 14, size = 5, most_steps = 1", "threatens = 1000, notice = 28, size = 8, most_steps = 1",
		`other  = { weight = 100, times = { other = { a = 0, b = 1 } } }`, `other  = { weight = 60, times = { other = { a = 0, b = 1 } } }`,
		`theirs = { weight = -3, times = { us_tariff = { piecewise = [[0, 0], [100, 100]] } } }`,
		`theirs = { weight = -3, times = { us_tariff = { piecewise = [[0, 0], [100, 100]] } } }
other  = { weight = -24, times = { other = { a = 0, b = 1 } } }`,
	).Replace(spat)
	at := func(sets ...string) map[int]int {
		cfg, err := config.Parse("spat.toml", []byte(text), config.Options{Known: Known(), Sets: sets})
		if err != nil {
			t.Fatal(err)
		}
		m, err := Compile(context.Background(), cfg, Options{Cache: "-"})
		if err != nil {
			t.Fatal(err)
		}
		got := map[int]int{}
		for _, row := range played(t, m, 3000) {
			if row["signed"] == 1 {
				got[int(row["round"])]++
			}
		}
		return got
	}
	quiet := at(`escalation.us.policy="never"`)
	date := at() // made in round 1, carried out in round 5
	for r := 1; r < 5; r++ {
		if quiet[r] != date[r] {
			t.Errorf("round %d: %d deals with a threat that is not yet carried out, %d without one", r, date[r], quiet[r])
		}
	}
	if float64(date[5]) < 1.4*float64(quiet[5]) || date[5] < date[4] || quiet[5] > quiet[4] {
		t.Errorf("deals in rounds 4 and 5: %d, %d with the tariff coming into force in 5; %d, %d without", date[4], date[5], quiet[4], quiet[5])
	}
}
