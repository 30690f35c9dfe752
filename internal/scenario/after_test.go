package scenario

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/store"
)

// whole is small with all that comes after the signature.
const whole = small + `
withdrawal = { uniform = [0.01, 0.1] }
renewal = 0.8
[party.us.audience]
president = { share = 0.4, veto = true, likes = { trade = 1 }, noise = 20 }
hawks = { share = { uniform = [0.3, 0.5] }, likes = { security = 2 }, agree = -10, noise = 10 }
[party.us.election]
office = 2029-01-20
leaves = 0.3
[party.china.audience]
leadership = { share = 1, veto = true, likes = { trade = 1, plants = 1 }, noise = 20 }
[ratify]
rule = { us = "share >= 0.4" }
error = 5
[escalation.breach]
breaks = { uniform = [0, 0.3] }
seen_if_true = 0.8
seen_if_false = 0.05
answer = { choice = { protest = 1, renegotiate = 1, snapback = 1, collapse = 1 } }
[output]
success = "lasting"
lasting_years = 4
`

func wholeBatch(t testing.TB, sets ...string) *Batch {
	t.Helper()
	cfg, err := config.Parse("whole.toml", []byte(whole), config.Options{Sets: sets, Known: Known()})
	if err != nil {
		t.Fatal(err)
	}
	b, err := NewBatch(context.Background(), cfg, Options{Cache: "-"})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ends counts runs by status and by cause.
func ends(b *Batch, rows []store.Row) (status, cause map[string]int) {
	l := b.Base.layout
	status, cause = map[string]int{}, map[string]int{}
	for _, r := range rows {
		status[statuses[r[l.status]]]++
		cause[l.causes[r[l.cause]]]++
	}
	return status, cause
}

// TestWholeRuns: statuses, causes and cells of what comes after the signature hang together, and
// shards agree.
func TestWholeRuns(t *testing.T) {
	b := wholeBatch(t)
	l := b.Base.layout
	all := rows(t, b, 0, 3000)
	part := rows(t, b, 1000, 500)
	for i := range part {
		if !slices.Equal(part[i], all[1000+i]) {
			t.Fatalf("run %d differs between shards", 1000+i)
		}
	}
	sawStatus, sawCause := ends(b, all)
	for _, want := range []string{"lasting", "broke", "refused", "no_deal"} {
		if sawStatus[want] == 0 {
			t.Errorf("no run is %s: %v", want, sawStatus)
		}
	}
	for _, want := range []string{"refused:us.president", "refused:china.leadership", "broke:us.withdrawal", "broke:china.breach", "broke:us.false_alarm"} {
		if sawCause[want] == 0 {
			t.Errorf("no run ends with %s: %v", want, sawCause)
		}
	}
	for i, r := range all {
		status := statuses[r[l.status]]
		signed, agreed := r[l.signed] == 1, r[l.ratified] == 1
		if signed != (r[l.ratified] != store.Missing) || agreed != (status == "lasting" || status == "broke") {
			t.Fatalf("run %d: %s signed %v ratified %v", i, status, signed, agreed)
		}
		if agreed != (r[l.years] != store.Missing) {
			t.Fatalf("run %d: %s, years %x", i, status, r[l.years])
		}
		if !agreed {
			if signed && (r.F(l.worth) > 0 || r.F(l.left) != 1) {
				t.Fatalf("run %d: refused, and worth %v with %v left", i, r.F(l.worth), r.F(l.left))
			}
			continue
		}
		if (status == "lasting") != (r[l.years] >= 4) {
			t.Fatalf("run %d: %s after %d years", i, status, r[l.years])
		}
		for s := range 2 {
			if p := r.F(l.passes + s); !(p > 0 && p <= 1) {
				t.Fatalf("run %d: passed with chance %v", i, p)
			}
			if math.IsNaN(r.F(l.realised + s)) {
				t.Fatalf("run %d: no realised worth", i)
			}
		}
	}
}

// TestHomeMeetsItsChances: of signed deals, as many pass on each side as the exact chances say.
func TestHomeMeetsItsChances(t *testing.T) {
	b := wholeBatch(t, `ratify.known_to_negotiators="ignored"`)
	l := b.Base.layout
	n, want, got, spread := 0, 0.0, 0.0, 0.0
	for _, r := range rows(t, b, 0, 4000) {
		if r[l.signed] == 0 {
			continue
		}
		n++
		p := r.F(l.passes) * r.F(l.passes+1)
		want += p
		spread += p * (1 - p)
		got += float64(r[l.ratified])
	}
	if n < 500 || math.Abs(got-want) > 4*math.Sqrt(spread) {
		t.Errorf("%v of %d deals passed, %v expected", got, n, want)
	}
}

// TestYearsMeetSurvival: of deals agreed to, as many last as the exact survival says.
func TestYearsMeetSurvival(t *testing.T) {
	b := wholeBatch(t)
	l := b.Base.layout
	n, want, got, spread := 0, 0.0, 0.0, 0.0
	for i, r := range rows(t, b, 0, 400) {
		if r[l.ratified] != 1 {
			continue
		}
		tr, err := b.Base.Trace(context.Background(), b.Seed(), uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		if tr.Years == nil || tr.Years.InForce != int(r[l.years]) || tr.Years.Realised[0] != r.F(l.realised) || tr.Worth[1] != r.F(l.worth+1) {
			t.Fatalf("run %d told otherwise: %+v", i, tr.Years)
		}
		p := tr.Years.Survival[3]
		n++
		want += p
		spread += p * (1 - p)
		if r[l.years] >= 4 {
			got++
		}
	}
	if n < 60 || math.Abs(got-want) > 4*math.Sqrt(spread) {
		t.Errorf("%v of %d deals last, %v expected", got, n, want)
	}
}

// TestKnowingHome: who knows of those at home signs fewer deals that they refuse, and never what its party is
// better off without.
func TestKnowingHome(t *testing.T) {
	refused := map[string]float64{}
	for _, know := range []string{"ignored", "estimated", "known"} {
		b := wholeBatch(t, `ratify.known_to_negotiators="`+know+`"`, `party.us.audience.president.agree=25`, `party.us.audience.president.noise=5`)
		l := b.Base.layout
		signed, no := 0, 0
		for i, r := range rows(t, b, 0, 2000) {
			if r[l.signed] == 1 {
				signed++
				no += int(1 - r[l.ratified])
			}
			if know == "known" && r[l.ratified] == 1 {
				delay := 2 * 90.0 / 7
				if r.F(l.worth)+delay < -1e-9 || r.F(l.worth+1) < -1e-9 {
					t.Fatalf("run %d is worth %v and %v", i, r.F(l.worth), r.F(l.worth+1))
				}
			}
		}
		refused[know] = float64(no) / float64(signed)
	}
	t.Log(refused)
	if !(refused["known"] < refused["estimated"] && refused["estimated"] < refused["ignored"]) {
		t.Errorf("refused of signed: %v", refused)
	}
}

// TestNothingSatisfies: a veto player whom no deal satisfies is named, however much negotiators know.
func TestNothingSatisfies(t *testing.T) {
	for _, know := range []string{"ignored", "estimated", "known"} {
		b := wholeBatch(t, "party.china.audience.leadership.agree=100000", `ratify.known_to_negotiators="`+know+`"`)
		status, cause := ends(b, rows(t, b, 0, 300))
		if status["refused"] == 0 || status["lasting"]+status["broke"] > 0 || cause["refused:china.leadership"] != status["refused"] {
			t.Errorf("%s: %v %v", know, status, cause)
		}
	}
}

// TestLegislatureRuns: audiences as the blocs of a legislature.
func TestLegislatureRuns(t *testing.T) {
	b := wholeBatch(t, `ratify.rule={ us = "members > 0.5 of 435" }`)
	status, _ := ends(b, rows(t, b, 0, 500))
	if status["lasting"] == 0 || status["error"] > 0 {
		t.Errorf("%v", status)
	}
}

func TestAfterIsRefused(t *testing.T) {
	for set, want := range map[string]string{
		`escalation.breach.answer="sulk"`:                                 `"sulk" is not one of protest, renegotiate, snapback, collapse`,
		"escalation.breach.breaks=1.2":                                    "1.2 is not a share, 0 to 1",
		"party.us.election.leaves=-0.1":                                   "-0.1 is not a share, 0 to 1",
		"delivery.renewal=2":                                              "2 is not a share, 0 to 1",
		`ratify.rule={ us = "members > 0.5 of 0" }`:                       "is not a rule",
		`ratify.rule={ us = "share > 1.5" }`:                              "is not a rule",
		"no_deal.truce={ from = 2025-08-12, until = 2025-05-12 }":         "the truce ends before it starts",
		"party.us.audience.president.noise=-1":                            "-1 is not >=0",
		"party.us.audience={ a = { share = 0, likes = { trade = 1 } } }":  "all shares are 0",
		"party.us.audience={ a = { share = 1, likes = { tradee = 1 } } }": `did you mean "trade"`,
		"party.us.election={ leaves = 0.2 }":                              "office",
		"delivery.years=100":                                              "100 is not 1 to 50",
	} {
		cfg, err := config.Parse("whole.toml", []byte(whole), config.Options{Sets: []string{set}, Known: Known()})
		if err == nil {
			_, err = NewBatch(context.Background(), cfg, Options{Cache: "-"})
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", set, err, want)
		}
	}
}

// TestTruceBreaks: a watched truce breaks as often as the exact chance says, and what no deal leads to follows.
func TestTruceBreaks(t *testing.T) {
	b := wholeBatch(t, "no_deal.truce={ from = 2025-08-12, until = 2026-09-14, watched = true }", "no_deal.truce_lapses=0", "escalation.breach.answer=\"collapse\"", "escalation.breach.breaks=0.2")
	m := b.Base
	d := m.NewDraw()
	hazard := 1 - math.Pow(1-(0.2*0.8+0.8*0.05), 2)
	want := 1 - math.Pow(1-hazard, m.truce.years)
	const n = 4000
	got := 0.0
	for run := range uint64(n) {
		m.Draw(3, run, d)
		if d.TruceBroke {
			got++
		}
		if (d.Point[0] == m.now[0]) == d.TruceBroke {
			t.Fatalf("run %d: broke %v, and no deal leads to %v", run, d.TruceBroke, d.Point)
		}
	}
	if got/n < want-0.03 || got/n > want+0.03 || m.truce.years < 0.99 {
		t.Errorf("breaks in %v of runs, want %v", got/n, want)
	}
	tr, err := m.Trace(context.Background(), 3, 1)
	if err != nil || tr.Truce == nil || tr.Truce.Until.IsZero() {
		t.Errorf("%+v, %v", tr, err)
	}
}
