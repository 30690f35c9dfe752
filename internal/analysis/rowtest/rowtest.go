// Package rowtest makes rows for tests: runs of a made-up scenario whose probabilities are known, so
// that an estimate can be held against the truth. Nothing of it is a result about anything.
package rowtest

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/parley-sim/parley/internal/store"
)

// Truths of the made-up scenario.
const (
	NoZOPA   = 0.2  // chance that no deal is possible: half a red line of us, a quarter of china, a quarter interests
	WalkOut  = 0.1  // of the possible, chance that one side walks out
	ErrorOne = 500  // one run in so many is an error
	TalkDays = 46   // the summit
	Base     = 0.25 // chance of a deal at pressure 0, all strategies boulware
	Slope    = 0.5  // more of it at pressure 1
	Micro    = 0.1  // more of it if china plays micro
)

// Options change the made-up scenario.
type Options struct {
	Home bool // ratification and delivery are played: of signed deals 3 in 4 are ratified, of these 2 in 3 last
}

// Brief is that of the made-up scenario.
func Brief(o Options) store.Brief {
	b := store.Brief{
		Name: "harbour", Title: "Harbour", Question: "Do the two ports agree on dues?", Worth: "usd_bn_year",
		Success: "signed", Outcomes: "55",
		Parties: []store.BriefParty{
			{Key: "us", Name: "United States", Short: "US", Lines: map[string]string{"taiwan": "never taiwan = opposes"}},
			{Key: "china", Name: "China", Short: "China", Lines: map[string]string{"know_how": "never control = us_controlled"}},
		},
		Issues: []store.BriefIssue{
			{Key: "tariff", Label: "US tariff", Unit: "%", Values: []string{"10", "20", "30", "41.1", "51.1"}, Numbers: []float64{10, 20, 30, 41.1, 51.1}, Now: 4, GivenBy: "us"},
			{Key: "investment", Label: "investment announced", Unit: "$bn", Values: levels(11, 100), Numbers: numbers(11, 100), Now: 0, Marks: map[string]float64{"Japan": 550}, GivenBy: "china"},
			{Key: "control", Label: "who controls the plants", Values: []string{"chinese_owned", "joint_venture", "us_controlled"}, Now: 0},
		},
		Clock: store.BriefClock{Protocol: "alternating_offers", Start: "2025-09-14", Summit: "2025-10-30", DaysPerRound: 1, Rounds: TalkDays},
		Numbers: []store.Number{
			{Key: "party.us.pressure", Value: "uniform 0 to 1", Assumed: "no source", Drawn: true},
			{Key: "party.us.noise", Value: "uniform 100 to 110", Source: "a table", Drawn: true},
			{Key: "party.china.holds", Value: "chance 0.7", Assumed: "a guess", Drawn: true},
			{Key: "issue.tariff.now", Value: "51.1", Source: "a table"},
			{Key: "clock.days_per_round", Value: "1"},
		},
	}
	if o.Home {
		b.Success = "lasting"
	}
	return b
}

func numbers(n int, step float64) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i) * step
	}
	return v
}

func levels(n int, step float64) []string {
	v := make([]string, n)
	for i, x := range numbers(n, step) {
		v[i] = fmt.Sprint(x)
	}
	return v
}

// Columns of Schema, by name.
const (
	Run = iota
	Point
	Replication
	Seed
	Version
	Status
	Cause
	First
	Signed
	Ratified
	Round
	Date
	Tariff
	Investment
	Control
	WorthUS
	WorthChina
	IdealUS
	IdealChina
	ShareLeft
	LeftEpsilon
	AgentUS
	AgentChina
	Pressure
	Noise
	Holds
	Style
	Built
	Width
)

// Statuses and causes, in the order of the levels.
var (
	Statuses = []string{"signed", "lasting", "broke", "refused", "no_deal", "error"}
	Causes   = []string{"agreed", "no_zopa:interests", "no_zopa:us.taiwan", "no_zopa:china.know_how", "deadline", "walk_out:us", "walk_out:china", "refused:us.hawks", "refused:china.security", "broke:us_breach", "error:us"}
)

// Schema is that of the made-up scenario.
func Schema() store.Schema {
	c := func(name string, kind store.Kind, role string) store.Column {
		return store.Column{Name: name, Kind: kind, Role: role}
	}
	s := store.Schema{Version: 1, Columns: []store.Column{
		c("run", store.Int, "id"),
		c("point", store.Int, "id"),
		c("replication", store.Int, "id"),
		c("seed", store.Int, "id"),
		c("schema_version", store.Int, "id"),
		{Name: "status", Kind: store.Level, Role: "end", Levels: Statuses},
		{Name: "cause", Kind: store.Level, Role: "end", Levels: Causes},
		{Name: "first", Kind: store.Level, Role: "end", Levels: []string{"us", "china"}},
		c("signed", store.Int, "end"),
		c("ratified", store.Int, "end"),
		c("round", store.Int, "end"),
		c("date", store.Date, "end"),
		c("issue.tariff", store.Float, "issue"),
		c("issue.investment", store.Float, "issue"),
		{Name: "issue.control", Kind: store.Level, Role: "issue", Levels: []string{"chinese_owned", "joint_venture", "us_controlled"}},
		{Name: "worth.us", Kind: store.Float, Role: "worth", Party: "us"},
		{Name: "worth.china", Kind: store.Float, Role: "worth", Party: "china"},
		{Name: "ideal.us", Kind: store.Float, Role: "worth", Party: "us"},
		{Name: "ideal.china", Kind: store.Float, Role: "worth", Party: "china"},
		c("share_left", store.Float, "worth"),
		c("left_epsilon", store.Float, "worth"),
		{Name: "agent.us", Kind: store.Level, Role: "agent", Party: "us", Levels: []string{"boulware", "tit_for_tat"}},
		{Name: "agent.china", Kind: store.Level, Role: "agent", Party: "china", Levels: []string{"boulware", "micro"}},
		{Name: "draw.party.us.pressure", Kind: store.Float, Role: "draw", Label: "pressure on the US", Party: "us"},
		{Name: "draw.party.us.noise", Kind: store.Float, Role: "draw", Label: "a number without effect", Unit: "$bn", Party: "us"},
		{Name: "draw.party.china.holds", Kind: store.Float, Role: "draw", Label: "China’s red line holds", Party: "china"},
		{Name: "draw.party.china.style", Kind: store.Level, Role: "draw", Label: "style", Party: "china", Levels: []string{"calm", "loud"}, Assumed: true},
		{Name: "delivery.built_share", Kind: store.Float, Role: "delivery", Label: "paper built by 2035", Unit: "% of the announced $bn"},
	}}
	return s
}

// Each makes runs first to first+n-1 and hands them out; the row is valid during the call. A run's
// row depends on its number only.
func Each(o Options, first, n int64, f func(store.Row)) {
	row := make(store.Row, Width)
	pcg := rand.NewPCG(0, 0)
	rng := rand.New(pcg)
	for run := first; run < first+n; run++ {
		pcg.Seed(7, uint64(run)*0x9e3779b97f4a7c15+1)
		fill(o, row, uint64(run), rng)
		f(row)
	}
}

func fill(o Options, r store.Row, run uint64, rng *rand.Rand) {
	for i := range r {
		r[i] = store.Missing
	}
	r[Run], r[Point], r[Replication], r[Seed], r[Version] = run, 0, run, 7, 1
	pressure, holds := rng.Float64(), rng.Float64() < 0.7
	r.PutF(Pressure, pressure)
	r.PutF(Noise, 100+10*rng.Float64())
	r.PutF(Holds, map[bool]float64{true: 1}[holds])
	r[Style] = uint64(rng.IntN(2))
	r[AgentUS], r[AgentChina] = uint64(rng.IntN(2)), uint64(rng.IntN(2))
	r[First] = uint64(rng.IntN(2))
	r[Signed] = 0
	end := func(status, cause string) {
		r[Status], r[Cause] = index(Statuses, status), index(Causes, cause)
	}
	day := 1 + rng.IntN(TalkDays)
	u := rng.Float64()
	p := Base + Slope*pressure + Micro*float64(r[AgentChina])
	switch {
	case run%ErrorOne == ErrorOne-1:
		end("error", "error:us")
		return
	case u < NoZOPA:
		end("no_deal", []string{"no_zopa:us.taiwan", "no_zopa:us.taiwan", "no_zopa:china.know_how", "no_zopa:interests"}[rng.IntN(4)])
		day = TalkDays
	case u < NoZOPA+(1-NoZOPA)*WalkOut:
		end("no_deal", []string{"walk_out:us", "walk_out:china"}[rng.IntN(2)])
	case rng.Float64() > p:
		end("no_deal", "deadline")
		day = TalkDays
	default:
		sign(o, r, rng, end)
	}
	r[Round] = uint64(day)
	r[Date] = uint64(int64(20345 + day)) // 2025-09-14 is day 20345
}

func sign(o Options, r store.Row, rng *rand.Rand, end func(status, cause string)) {
	r[Signed] = 1
	end("signed", "agreed")
	if o.Home {
		r[Ratified] = 1
		switch {
		case rng.IntN(4) == 0:
			r[Ratified] = 0
			end("refused", []string{"refused:us.hawks", "refused:china.security"}[rng.IntN(2)])
		case rng.IntN(3) == 0:
			end("broke", "broke:us_breach")
		default:
			end("lasting", "agreed")
			r.PutF(Built, 100*rng.Float64())
		}
	}
	r.PutF(Tariff, []float64{10, 20, 30, 41.1, 51.1}[min(rng.IntN(4)+rng.IntN(3), 4)])
	r.PutF(Investment, 100*math.Floor(11*math.Pow(rng.Float64(), 2)))
	r[Control] = uint64(rng.IntN(3) * rng.IntN(2))
	a, b := 40*rng.Float64(), 90*rng.Float64()
	r.PutF(WorthUS, a-2)
	r.PutF(WorthChina, b)
	r.PutF(IdealUS, 40+20*rng.Float64())
	r.PutF(IdealChina, 100)
	r.PutF(ShareLeft, rng.Float64()/2)
	r.PutF(LeftEpsilon, 0)
}

func index(list []string, s string) uint64 {
	for i, x := range list {
		if x == s {
			return uint64(i)
		}
	}
	panic("rowtest: " + s)
}
