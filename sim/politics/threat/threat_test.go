package threat_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/parley-sim/parley/sim/politics/threat"
)

// table is stakes by steps.
type table func(i, j float64) [2]float64

func (t table) Worth(s [2]int8) [2]float64 { return t(float64(s[0]), float64(s[1])) }

// hurtBoth: a step costs its maker 1 and the other 3 a year.
func hurtBoth(i, j float64) [2]float64 { return [2]float64{-i - 3*j, -j - 3*i} }

func game(a, b string, rounds int32) *threat.Game {
	g := &threat.Game{Stakes: table(hurtBoth), Rounds: rounds, Known: rounds, Years: 0.025, Weeks: 1.3, Seed: 5}
	for k, name := range []string{a, b} {
		p, err := threat.Named(name)
		if err != nil {
			panic(err)
		}
		g.Side[k] = threat.Side{Policy: p, Params: threat.Params{Carried: 0.5, Threatens: 12, Notice: 2, Steps: 3, Deal: 0.5}}
	}
	return g
}

// Whatever the policies: steps stay within bounds, every threat is settled once on its date, flows
// are those of the steps in force, and the path does not depend on what was played before.
func TestEveryPolicy(t *testing.T) {
	var player threat.Player
	for _, a := range threat.Names() {
		for _, b := range threat.Names() {
			var path, again threat.Path
			for rep := range uint64(60) {
				g := game(a, b, 17)
				g.Replication, g.First = rep, int(rep%2)
				g.Side[0].Audience = float64(rep%3) * 0.4
				player.Play(g, &path)
				check(t, g, &path)
				new(threat.Player).Play(g, &again)
				if fmt.Sprint(path) != fmt.Sprint(again) {
					t.Fatalf("%s, %s: a play depends on the one before", a, b)
				}
			}
			if a == "never" && b != "attrition" && b != "audience_cost" && b != "look_ahead" && len(path.Events) > 0 {
				t.Errorf("%s, %s: %v", a, b, path.Events)
			}
		}
	}
}

func check(t *testing.T, g *threat.Game, p *threat.Path) {
	t.Helper()
	steps, open := [2]int8{}, [2]threat.Event{}
	flow, at := [2]float64{}, 0
	for r := int32(1); r <= g.Rounds; r++ {
		for side := range 2 {
			if p.Flow[side][r-1] != flow[side] {
				t.Fatalf("round %d: flow %v, not %v", r, p.Flow[side][r-1], flow[side])
			}
		}
		for ; at < len(p.Events) && p.Events[at].Round == r; at++ {
			e := p.Events[at]
			switch e.Kind {
			case threat.Threatened:
				if open[e.By].Made != 0 || e.Date <= r || e.Steps < 1 {
					t.Fatalf("threat %+v while %+v is open", e, open[e.By])
				}
				open[e.By] = e
				open[e.By].Made = r
				continue
			case threat.Met:
				steps[1-e.By] -= e.Steps
			case threat.Imposed:
				steps[e.By] += e.Steps
			case threat.TookBack:
				steps[e.By] -= e.Steps
			}
			if e.Kind != threat.TookBack && e.Made != 0 {
				if o := open[e.By]; o.Made != e.Made || o.Date != r {
					t.Fatalf("%+v settles %+v", e, o)
				}
				open[e.By] = threat.Event{}
			}
		}
		w := g.Stakes.Worth(steps)
		for side := range 2 {
			if open[side].Made != 0 && open[side].Date <= r {
				t.Fatalf("round %d: %+v is not settled", r, open[side])
			}
			if steps[side] < 0 || steps[side] > g.Side[side].Steps || p.Steps[side][r-1] != steps[side] {
				t.Fatalf("round %d: steps %v, path %v", r, steps, p.Steps[side][r-1])
			}
			flow[side] -= w[side] * g.Years
		}
	}
	for side := range 2 {
		if n := p.Tally(side, g.Rounds, false); n.Made != n.Met+n.Imposed+n.BackedDown+n.Open || n.Open > 1 {
			t.Fatalf("%+v", n)
		}
	}
}

// What comes later does not change what came before, so a path may be laid out before the talks.
func TestPathIsPrefix(t *testing.T) {
	var player threat.Player
	for _, a := range threat.Names() {
		for rep := range uint64(40) {
			var short, long threat.Path
			g := game(a, "audience_cost", 9)
			g.Replication = rep
			player.Play(g, &short)
			g.Rounds = 20 // the last day is moved, and nobody knows
			player.Play(g, &long)
			for side := range 2 {
				if fmt.Sprint(short.Steps[side]) != fmt.Sprint(long.Steps[side][:9]) {
					t.Fatalf("%s: %v became %v", a, short.Steps[side], long.Steps[side])
				}
			}
		}
	}
}

func TestPlayAllocatesNothing(t *testing.T) {
	for _, name := range threat.Names() {
		g := game(name, "audience_cost", 30)
		var player threat.Player
		var path threat.Path
		for rep := range uint64(50) {
			g.Replication = rep
			player.Play(g, &path)
		}
		if n := testing.AllocsPerRun(50, func() { g.Replication++; player.Play(g, &path) }); n > 0.1 {
			t.Errorf("%s: %v allocations a play", name, n)
		}
	}
}

// count plays many games and adds up a side's tallies.
func count(g *threat.Game, side int, n uint64) (sum threat.Tally) {
	var player threat.Player
	var path threat.Path
	for rep := range n {
		g.Replication = rep
		player.Play(g, &path)
		x := path.Tally(side, g.Rounds, false)
		sum.Made, sum.Met, sum.Imposed, sum.BackedDown, sum.Open = sum.Made+x.Made, sum.Met+x.Met, sum.Imposed+x.Imposed, sum.BackedDown+x.BackedDown, sum.Open+x.Open
	}
	return sum
}

// The prior is the share of threats carried out, and threats come as often as is said.
func TestThreatCarriedOut(t *testing.T) {
	for _, share := range []float64{0, 0.2, 0.5, 1} {
		g := game("audience_cost", "never", 40)
		g.Side[0].Carried, g.Side[0].Notice, g.Side[0].Steps = share, 1, 1
		g.Rounds, g.Known = 3, 3
		n := count(g, 0, 20_000)
		settled := float64(n.Imposed + n.BackedDown)
		if got := float64(n.Imposed) / settled; math.Abs(got-share) > 4*math.Sqrt(0.25/settled) {
			t.Errorf("carried out %v of %v threats, not %v", got, settled, share)
		}
	}
	g := game("audience_cost", "never", 2)
	g.Side[0].Notice = 1
	n := count(g, 0, 20_000)
	if want := 1 - math.Exp(-12*0.025); math.Abs(float64(n.Made)/20_000-want) > 0.012 {
		t.Errorf("%d threats in 20,000 rounds, not %v each", n.Made, want)
	}
}

// Fearon (1994): the dearer backing down is and the longer a threat has stood, the fewer are backed
// down from. Carrying one out costs its maker 1 here, so from 1 on nobody backs down.
func TestAudienceCost(t *testing.T) {
	for _, c := range []struct {
		audience float64
		notice   int32
		all      bool
	}{{0, 2, false}, {0.3, 2, false}, {0.3, 3, true}, {0.4, 2, true}} {
		g := game("audience_cost", "never", 12)
		g.Side[0].Audience, g.Side[0].Notice, g.Side[0].Carried = c.audience, c.notice, 0.3
		n := count(g, 0, 2_000)
		if all := n.BackedDown == 0; all != c.all {
			t.Errorf("at %v a week and a notice of %d weeks x 1.3: %+v", c.audience, c.notice, n)
		}
	}
	// Backing down is paid for: audience x weeks stood.
	g := game("audience_cost", "never", 12)
	g.Side[0].Audience, g.Side[0].Carried = 0.1, 0
	var path threat.Path
	new(threat.Player).Play(g, &path)
	for rep := uint64(0); len(path.Events) < 2; rep++ {
		g.Replication = rep
		new(threat.Player).Play(g, &path)
	}
	if e := path.Events[1]; e.Kind != threat.BackedDown || math.Abs(e.Cost-0.1*1.3*2) > 1e-12 || path.Home[0][e.Round-1] != e.Cost || path.Home[0][e.Round-2] != 0 {
		t.Errorf("%+v, at home %v", path.Events, path.Home[0])
	}
}

// A side that raises one step in round 1, and nothing more.
type once struct{}

func (once) Move(s *threat.State, side int) threat.Move {
	if s.Round == 1 {
		return threat.Move{Action: threat.Impose, Steps: 1}
	}
	return threat.Move{}
}
func (once) Carry(*threat.State, int, threat.Threat) bool { return true }
func (once) Yield(*threat.State, int, threat.Threat) bool { return false }

// twice raises in rounds 1 and 6.
type twice struct{ once }

func (twice) Move(s *threat.State, side int) threat.Move {
	if s.Round == 1 || s.Round == 6 {
		return threat.Move{Action: threat.Impose, Steps: 1}
	}
	return threat.Move{}
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		name string
		by   threat.Policy
		edit func(*threat.Params)
		want string
	}{
		{"never", once{}, nil, "[0 0 0 0 0 0 0 0 0 0]"},
		{"tit_for_tat", once{}, nil, "[0 0 1 1 1 1 1 1 1 1]"}, // a threat, and two rounds of notice
		{"tit_for_tat", twice{}, nil, "[0 0 1 1 1 1 1 2 2 2]"},
		{"gradual", once{}, nil, "[1 0 0 0 0 0 0 0 0 0]"},
		{"gradual", twice{}, nil, "[1 0 0 0 0 1 2 1 0 0]"}, // one for the first, two for the second
		{"threshold", once{}, func(p *threat.Params) { p.Threshold = 3.5 }, "[0 0 0 0 0 0 0 0 0 0]"},
		{"threshold", twice{}, func(p *threat.Params) { p.Threshold = 3.5 }, "[0 0 0 0 0 0 0 2 2 2]"},
	} {
		g := game("never", c.name, 10)
		g.Side[0].Policy, g.Side[1].Carried = c.by, 1
		if c.edit != nil {
			c.edit(&g.Side[1].Params)
		}
		var path threat.Path
		new(threat.Player).Play(g, &path)
		check(t, g, &path)
		if got := fmt.Sprint(path.Steps[1]); got != c.want {
			t.Errorf("%s against %T: %s, not %s", c.name, c.by, got, c.want)
		}
	}
}

// A target believes what the record says: it gives way to one who has carried out what he said, and no
// more to one who has backed down.
func TestRecordIsBelieved(t *testing.T) {
	// Side 1 threatens in rounds 1 and 4 to raise unless side 0 takes back, by a script; side 0 has one step in force.
	for carried, want := range map[bool]threat.Kind{true: threat.Met, false: threat.BackedDown} {
		g := game("audience_cost", "never", 8)
		g.Side[0].Policy = &starts{g.Side[0].Policy}
		g.Side[0].Carried, g.Side[0].Threatens = 0, 0
		g.Side[1].Policy = &script{carried: carried}
		g.Side[1].Believed, g.Side[1].Notice = 0.5, 2
		g.Stakes = table(func(i, j float64) [2]float64 { return [2]float64{1.1*i - 2*j, -j - 3*i} }) // at even chances the sanction is worth bearing
		var path threat.Path
		new(threat.Player).Play(g, &path)
		var settled []threat.Kind
		for _, e := range path.Events {
			if e.By == 1 && e.Made > 0 {
				settled = append(settled, e.Kind)
			}
		}
		if len(settled) != 2 || settled[1] != want {
			t.Errorf("after a threat carried out: %v, the next is %v", carried, settled)
		}
	}
}

// starts has a step in force from round 1.
type starts struct{ threat.Policy }

func (p *starts) Move(s *threat.State, side int) threat.Move {
	if s.Round == 1 {
		return threat.Move{Action: threat.Impose, Steps: 1}
	}
	return p.Policy.Move(s, side)
}

// script threatens in rounds 1 and 4 and carries out the first if so told.
type script struct{ carried bool }

func (p *script) Move(s *threat.State, side int) threat.Move {
	if s.Round == 1 || s.Round == 4 {
		return threat.Move{Action: threat.Threaten, Steps: 1, Demand: threat.TakeBack}
	}
	return threat.Move{}
}
func (p *script) Carry(*threat.State, int, threat.Threat) bool { return p.carried }
func (p *script) Yield(*threat.State, int, threat.Threat) bool { return false }

// A counter-threat is met where the other does nothing, and deters one whom backing down costs less than what
// would follow.
func TestCounterThreats(t *testing.T) {
	for _, c := range []struct {
		audience float64
		carried  bool
	}{{0.6, false}, {1.2, true}} { // backing down costs 1.56 or 3.12; carrying out 1, and 1 + 3 when China answers, at even chances 2.5
		g := game("audience_cost", "tit_for_tat", 6)
		g.Side[0].Audience, g.Side[0].Carried, g.Side[0].Threatens = c.audience, 0, 1e6
		g.Side[1].Believed, g.Side[1].Carried = 0.5, 1
		var path threat.Path
		new(threat.Player).Play(g, &path)
		check(t, g, &path)
		var kinds []string
		for _, e := range path.Events {
			if e.Round <= 4 && (e.Round < 3 || e.Made > 0) {
				kinds = append(kinds, fmt.Sprintf("%d:%d %s %s", e.Round, e.By, e.Kind, e.Demand))
			}
		}
		want := "1:0 threatened deal, 1:1 threatened desist, 3:0 backed_down deal, 4:1 met desist"
		if c.carried {
			want = "1:0 threatened deal, 1:1 threatened desist, 3:0 imposed deal, 4:1 imposed desist"
		}
		if got := strings.Join(kinds, ", "); got != want {
			t.Errorf("at %v a week: %s, not %s", c.audience, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, in := range threat.List() {
		if in.Description == "" || in.Policy == nil {
			t.Errorf("%+v", in)
		}
	}
	if _, err := threat.Named("tit_for_tatt"); err == nil || !strings.Contains(err.Error(), `did you mean "tit_for_tat"?`) {
		t.Error(err)
	}
	for _, p := range []threat.Params{{Carried: 1.1, Notice: 1}, {Notice: 0}, {Notice: 1, Steps: 5}, {Notice: 1, Audience: -1}, {Notice: 1, Threatens: math.NaN()}} {
		if p.Check() == nil {
			t.Errorf("%+v passes", p)
		}
	}
}
