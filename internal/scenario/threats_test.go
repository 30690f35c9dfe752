package scenario

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/store"
)

// spat is a scenario whose threats can be followed by hand: a point of us_tariff is worth 2 to the US
// and -3 to China; a point of cn_tariff -1 to the US and 1 to China. Talks run over 10 rounds of 7
// days, in which two that offer their best and nothing else never agree.
const spat = `
worth = "usd_bn_year"
runs  = 50
[issue]
us_tariff = { unit = "%", levels = [0, 10, 20], now = 10, given_by = "us" }
cn_tariff = { unit = "%", levels = [0, 10, 20], now = 10, given_by = "china" }
other     = { choices = ["a", "b"], now = "a" }
[no_deal]
truce_lapses = 0
us_tariff    = 25
cn_tariff    = 10
[party.us]
moves_first   = 1
cost_of_delay = 0.5
[party.us.interest]
mine   = { weight = 2, times = { us_tariff = { piecewise = [[0, 0], [100, 100]] } } }
theirs = { weight = -1, times = { cn_tariff = { piecewise = [[0, 0], [100, 100]] } } }
other  = { weight = 100, times = { other = { a = 0, b = 1 } } }
[party.us.negotiator]
bidding = "hard_liner"
[party.china.interest]
mine   = { weight = 1, times = { cn_tariff = { piecewise = [[0, 0], [100, 100]] } } }
theirs = { weight = -3, times = { us_tariff = { piecewise = [[0, 0], [100, 100]] } } }
[party.china.negotiator]
bidding = "hard_liner"
[clock]
start          = 2025-01-01
summit         = 2025-03-05
days_per_round = 7
[escalation]
us    = { policy = "audience_cost", threatens = 1000, notice = 14, size = 5, most_steps = 1 }
china = { policy = "tit_for_tat", notice = 7, size = 4, most_steps = 1 }
`

func spatOf(t *testing.T, sets ...string) *Model {
	t.Helper()
	cfg, err := config.Parse("spat.toml", []byte(spat), config.Options{Known: Known(), Sets: sets})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Compile(context.Background(), cfg, Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// played plays runs and hands back what their rows say by column.
func played(t *testing.T, m *Model, n uint64) []map[string]float64 {
	t.Helper()
	w := m.newWorker(3, true)
	if err := w.play(context.Background(), 0, 0, n); err != nil {
		t.Fatal(err)
	}
	var out []map[string]float64
	for r := range n {
		row, got := w.row(r), map[string]float64{}
		for i, c := range m.layout.schema.Columns {
			switch {
			case row[i] == store.Missing:
				got[c.Name] = math.NaN()
			case c.Kind == store.Float:
				got[c.Name] = row.F(i)
			default:
				got[c.Name] = float64(row[i])
			}
		}
		out = append(out, got)
	}
	return out
}

func want(t *testing.T, got map[string]float64, name string, x float64) {
	t.Helper()
	if y, ok := got[name]; !ok || math.Abs(y-x) > 1e-9 {
		t.Errorf("%s is %v, not %v", name, y, x)
	}
}

// By hand: the US threatens in round 1 and imposes 5 points in round 3 (day 14); China threatens back at once, and
// imposes 4 points in round 4 (day 21); the last day is day 63. While only the US's step is in force,
// one week, it brings the US 10 a year and China -15; with both, six weeks, 6 and -11.
func TestThreatsByHand(t *testing.T) {
	got := played(t, spatOf(t), 1)[0]
	flow := [2]float64{-(10*7 + 6*42) / 365.0, (15*7 + 11*42) / 365.0}
	for name, x := range map[string]float64{
		"threats_made.us": 1, "threats_imposed.us": 1, "threats_met.us": 0, "threats_backed_down.us": 0,
		"threats_made.china": 1, "threats_imposed.china": 1,
		"peak_raise.us": 5, "peak_raise.china": 4,
		"flow_cost.us": flow[0], "flow_cost.china": flow[1],
		"no_deal_moved.us": 6, "no_deal_moved.china": -11,
		"worth.us": 6 - flow[0] - 0.5*9, "worth.china": -11 - flow[1],
	} {
		want(t, got, name, x)
	}
	// Where the truce lapses the US's tariff is 25 in any case, so its step moves nothing, China's does.
	got = played(t, spatOf(t, "no_deal.truce_lapses=1"), 1)[0]
	want(t, got, "no_deal_moved.us", -4)
	want(t, got, "no_deal_moved.china", 4)
	want(t, got, "flow_cost.us", flow[0])
	// Bluffs, to do what would cost it 40: the dates pass with neither, in rounds 3, 5, 7 and 9, and each
	// costs a week's audience cost for both weeks that the threat stood.
	got = played(t, spatOf(t, "escalation.us.threat_carried_out=0", "escalation.us.audience_cost=0.25", "party.us.interest.mine.weight=-8"), 1)[0]
	want(t, got, "threats_imposed.china", 0)
	want(t, got, "threats_backed_down.us", 4)
	want(t, got, "audience_cost.us", 4*0.25*2)
	// Nobody threatens: nothing moves.
	got = played(t, spatOf(t, `escalation.us.policy="never"`), 1)[0]
	for _, name := range []string{"threats_made.us", "flow_cost.us", "flow_cost.china", "no_deal_moved.us", "peak_raise.china"} {
		want(t, got, name, 0)
	}
	want(t, got, "worth.us", -4.5)
}

// Negotiators that give way to no deal give way further as it worsens: a side whose no deal sinks by
// 11 signs what it would not have.
func TestNoDealMovesOffers(t *testing.T) {
	sets := []string{`party.us.negotiator.bidding="hard_liner"`, `party.china.negotiator.bidding="boulware"`, `party.china.negotiator.accept="time"`, `issue.us_tariff.min=10`, `issue.cn_tariff.min=10`, `escalation.us.size=6`}
	signed := func(more ...string) float64 {
		return played(t, spatOf(t, append(sets, more...)...), 1)[0]["signed"]
	}
	// The US asks for us_tariff 20 and cn_tariff 10: worth -30 to China; no deal sinks by 18 only.
	if signed() != 0 {
		t.Error("China signs at -30 where no deal is worth -18")
	}
	if signed("escalation.us.most_steps=2", "escalation.us.size=11") != 1 {
		t.Error("China does not sign at -30 where no deal is worth -33 and more")
	}
}

// A trace of a run is the run, its threats told by date.
func TestTraceTellsThreats(t *testing.T) {
	m := spatOf(t)
	tr, err := m.Trace(context.Background(), 3, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := played(t, m, 1)[0]
	for s, key := range []string{"us", "china"} {
		want(t, got, "worth."+key, tr.Worth[s])
	}
	var kinds []string
	for _, e := range tr.Threats {
		kinds = append(kinds, e.Date.Format("2 Jan ")+e.Kind)
	}
	if s := strings.Join(kinds, ", "); s != "1 Jan threatened, 1 Jan threatened, 15 Jan imposed, 22 Jan imposed" {
		t.Error(s)
	}
}

// The last day is moved; the negotiators learn it on the day, and talks go on.
func TestLastDayMoves(t *testing.T) {
	for known, rounds := range map[string]int{"from_the_start": 13, "on_the_day": 10} {
		m := spatOf(t, "clock.extended.chance=1", "clock.extended.days=21", `clock.extended.known="`+known+`"`)
		d := m.NewDraw()
		m.Draw(1, 0, d)
		if d.Rounds != rounds || d.Limit != 13 {
			t.Errorf("%s: %d rounds announced of %d", known, d.Rounds, d.Limit)
		}
		got := played(t, m, 1)[0]
		want(t, got, "round", 13)
		want(t, got, "no_deal_moved.us", 6)
	}
}

func TestThreatsThatCannotBe(t *testing.T) {
	for set, says := range map[string]string{
		`escalation.us.policy="audience_costs"`:                     `did you mean "audience_cost"?`,
		`escalation.us.policy={ choice = { never = 1, neber = 1 }}`: `"neber" is not one of`,
		`escalation.us.most_steps=5`:                                "5 is not 1 to 4",
		`escalation.us.size=0`:                                      "0 is not >0",
		`escalation.us.notice=0`:                                    "0 is not >0",
		`escalation.us.threat_carried_out=1.2`:                      "1.2 is not a share, 0 to 1",
		`escalation.us.aimed_at="other"`:                            "has choices",
		`escalation.us.aimed_at="cn_tariff"`:                        "is given by china",
		`escalation.us.aimed_at="us_tarif"`:                         "us_tarif",
		`clock.summit=2024-12-01`:                                   "is not after the start",
		`clock.extended={ chance = 0.5, days = 9, known = "soon" }`: "from_the_start",
	} {
		_, err := config.Parse("spat.toml", []byte(spat), config.Options{Known: Known(), Sets: []string{set}})
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, which does not say %q", set, err, says)
		}
	}
}

// The picture of what stood when: today's 10 until the US's step of day 14 and China's of day 21; then, with the
// truce kept, what is in force stays when the talks end without a deal.
func TestTariffsByDay(t *testing.T) {
	m := spatOf(t)
	got, err := m.Tariffs(context.Background(), 3, 5)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Days) != 64 || got.Raised != 5 || got.Backed != 0 || got.Told != 0 {
		t.Fatalf("%d days, %d raised, %d backed down, run %d told", len(got.Days), got.Raised, got.Backed, got.Told)
	}
	tr, err := m.Trace(context.Background(), 3, got.Told)
	if err != nil {
		t.Fatal(err)
	}
	for d := range got.Days {
		us, cn := 10.0, 10.0
		if d >= 14 {
			us = 15
		}
		if d >= 21 {
			cn = 14
		}
		if a, b := got.Levels[0][d], got.Levels[1][d]; len(a) != 5 || a[0] != us || a[4] != us || b[2] != cn || tr.Level(got.Issues[0], float64(d)) != us {
			t.Errorf("day %d: %v and %v, not %v and %v", d, a, b, us, cn)
		}
	}
	if none, err := starter(t).Tariffs(context.Background(), 1, 5); none != nil || err != nil {
		t.Errorf("nobody threatens: %v, %v", none, err)
	}
}
