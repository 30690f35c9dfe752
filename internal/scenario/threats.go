package scenario

import (
	"math"
	"slices"
	"time"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/politics/threat"
)

// escalation is what the structure fixes of the threats around the talks.
type escalation struct {
	side [2]threatening
	// moved are the components of each side's interests that tariffs in force enter, places in
	// Model.components.
	moved [2][]int
}

// threatening is one side's way with threats.
type threatening struct {
	policy   value // index into policies
	names    []string
	policies []threat.Policy
	issues   []int // what it raises
	steps    int8
	carried, threatens, notice,
	audience, believed, threshold, expects, size value
}

// What a scenario's [escalation] leaves open.
const (
	defaultThreatens = 4  // a year
	defaultSize      = 10 // in the unit of the issue
	defaultMostSteps = 2
	defaultExpects   = 0.5
	defaultBelieved  = 0.5
)

// escalation compiles the threats, nil where there are none.
func (c *compiler) escalation() *escalation {
	cfg := c.cfg.Escalation
	if cfg == nil || len(cfg.Sides) == 0 {
		return nil
	}
	out := &escalation{}
	for s := range out.side {
		out.side[s] = threatening{
			names: []string{"never"}, policy: fixed(0), carried: fixed(0), threatens: fixed(0), notice: fixed(0), audience: fixed(0),
			believed: fixed(0), threshold: fixed(0), expects: fixed(0), size: fixed(0),
		}
	}
	for k := range cfg.Sides {
		t := &cfg.Sides[k]
		s := slices.IndexFunc(c.cfg.Parties, func(p config.Party) bool { return p.Key == t.Key })
		if s < 0 {
			c.fail("escalation.%s: no party is called %q", t.Key, t.Key)
			continue
		}
		out.side[s] = c.threatening(t)
	}
	for s := range out.side {
		th := &out.side[s]
		for _, name := range th.names {
			p, err := threat.Named(name)
			if err != nil {
				c.fail("escalation: %v", err)
			}
			th.policies = append(th.policies, p)
		}
	}
	return out
}

func (c *compiler) threatening(t *config.Threats) threatening {
	out := threatening{
		policy: c.vars.pick(&t.Policy, t.Key), names: []string{"never"}, steps: defaultMostSteps,
		carried:   c.vars.number(&t.ThreatCarriedOut, 1, t.Key),
		threatens: c.vars.number(&t.Threatens, defaultThreatens, t.Key),
		notice:    c.vars.number(&t.Notice, 0, t.Key),
		audience:  c.vars.number(&t.AudienceCost, 0, t.Key),
		believed:  c.vars.number(&t.Believed, defaultBelieved, t.Key),
		threshold: c.vars.number(&t.Threshold, 0, t.Key),
		expects:   c.vars.number(&t.ExpectsDeal, defaultExpects, t.Key),
		size:      c.vars.number(&t.Size, defaultSize, t.Key),
	}
	if t.Policy.Given() {
		out.names = t.Policy.Names
	}
	if t.MostSteps > 0 {
		out.steps = int8(min(t.MostSteps, threat.Most))
	}
	out.issues = c.raises(t)
	switch {
	case len(out.issues) > 0 || len(out.names) == 1 && out.names[0] == "never":
	case t.AimedAt != "":
		c.fail("escalation.%s.aimed_at: %q is not an issue with numbers", t.Key, t.AimedAt)
	default:
		c.fail("escalation.%s: it gives no issue with numbers, so there is nothing to raise; name one with aimed_at", t.Key)
	}
	return out
}

// raises is what a side raises: the issue its answers are aimed at; or broadly, all its numbers that
// the lack of a deal moves too; or the first of its numbers.
func (c *compiler) raises(t *config.Threats) []int {
	if t.AimedAt != "" {
		i, ok := c.space.Issue(t.AimedAt)
		if !ok || c.space.Issues[i].Numbers == nil {
			return nil
		}
		return []int{i}
	}
	var first, broad []int
	for i := range c.space.Issues {
		is := &c.space.Issues[i]
		if is.Numbers == nil || is.GivenBy != t.Key {
			continue
		}
		if first == nil {
			first = []int{i}
		}
		if slices.ContainsFunc(c.noDeals, func(n noDeal) bool { return n.issue == i }) {
			broad = append(broad, i)
		}
	}
	if broad != nil {
		return broad
	}
	return first
}

// reach is the highest that an issue may be raised to, today's number where none raises it.
func (c *compiler) reach(issue int) float64 {
	hi := c.now[issue]
	if c.cfg.Escalation == nil {
		return hi
	}
	for k := range c.cfg.Escalation.Sides {
		t := &c.cfg.Escalation.Sides[k]
		if !slices.Contains(c.raises(t), issue) {
			continue
		}
		size, steps := float64(defaultSize), t.MostSteps
		if t.Size.Given() {
			_, size = t.Size.Support()
		}
		if steps == 0 {
			steps = defaultMostSteps
		}
		hi = max(hi, c.now[issue]+float64(float64(steps)*size))
	}
	return hi
}

// link finds the components that tariffs in force enter.
func (e *escalation) link(m *Model) {
	if e == nil {
		return
	}
	for s := range e.moved {
		for k := range m.components[s] {
			for _, i := range m.components[s][k].scope {
				if slices.Contains(e.side[0].issues, i) || slices.Contains(e.side[1].issues, i) {
					e.moved[s] = append(e.moved[s], k)
					break
				}
			}
		}
	}
}

const stepsPlus = threat.Most + 1

// escalated is one run's play, kept while its session is live. It implements threat.Stakes.
type escalated struct {
	m      *Model
	d      *Draw
	player threat.Player
	game   threat.Game
	path   threat.Path
	noDeal [2][]float64 // what no deal is worth, by round
	heeded [2][]float64 // the same to a negotiator with a mandate from home
	size   [2]float64
	point  []float64 // scratch

	known [stepsPlus][stepsPlus]uint8 // 1: worth is known, 2: none is
	worth [stepsPlus][stepsPlus][2]float64
	none  [stepsPlus][stepsPlus][2]float64

	lapsed bool // lapse is known: what the truce's lapse alone is worth over today
	lapse  [2]float64
}

// play lays out a run's threats and tariffs before its first offer.
func (x *escalated) play(m *Model, seed uint64, d *Draw) {
	x.m, x.d = m, d
	x.known, x.lapsed = [stepsPlus][stepsPlus]uint8{}, false
	if x.point == nil {
		x.point = make([]float64, len(m.now))
	}
	days := m.clock.perRound(d.Values)
	g := &x.game
	*g = threat.Game{
		Stakes: x, Rounds: int32(d.Limit), Known: int32(d.Rounds), Years: days / 365, Weeks: days / 7,
		First: d.First, Seed: seed, Replication: d.Replication,
	}
	for s := range g.Side {
		th := &m.escalation.side[s]
		x.size[s] = th.size.at(d.Values)
		g.Side[s] = threat.Side{Policy: th.policies[int(th.policy.at(d.Values))], Params: threat.Params{
			Carried: th.carried.at(d.Values), Threatens: th.threatens.at(d.Values),
			Notice: max(1, int32(math.Round(th.notice.at(d.Values)/days))), Steps: th.steps,
			Audience: th.audience.at(d.Values), Believed: th.believed.at(d.Values), Threshold: th.threshold.at(d.Values), Deal: th.expects.at(d.Values),
		}}
	}
	x.player.Play(g, &x.path)
	for s := range x.noDeal {
		x.noDeal[s] = x.noDeal[s][:0]
	}
	if len(x.path.Events) == 0 {
		return
	}
	for r := range x.path.Steps[0] {
		moved := x.without([2]int8{x.path.Steps[0][r], x.path.Steps[1][r]})
		for s := range x.noDeal {
			x.noDeal[s] = append(x.noDeal[s], d.Terms[s].NoDeal+moved[s])
		}
	}
}

// raise sets the point at which steps are in force, from a point without.
func (x *escalated) raise(from []float64, steps [2]int8) {
	copy(x.point, from)
	for s := range steps {
		for _, i := range x.m.escalation.side[s].issues {
			x.point[i] = max(x.point[i], x.m.now[i]+float64(float64(steps[s])*x.size[s]))
		}
	}
}

// of is what a point is worth to both sides over today, by the components that tariffs enter.
func (x *escalated) of(at []float64) (out [2]float64) {
	for s := range out {
		for _, k := range x.m.escalation.moved[s] {
			if w := x.d.Terms[s].Weight[k]; w != 0 {
				c := &x.m.components[s][k]
				out[s] += float64(w * (c.strength(at) - c.today))
			}
		}
	}
	return out
}

// Worth implements threat.Stakes: what tariffs in force bring a year over today's.
func (x *escalated) Worth(steps [2]int8) [2]float64 {
	i, j := steps[0], steps[1]
	if i == 0 && j == 0 {
		return [2]float64{}
	}
	if x.known[i][j]&1 == 0 {
		x.known[i][j] |= 1
		x.raise(x.m.now, steps)
		x.worth[i][j] = x.of(x.point)
	}
	return x.worth[i][j]
}

// without is how far what no deal is worth has moved with steps in force: talks that end leave the
// tariffs where they are, or where the lapse of the truce takes them if that is higher.
func (x *escalated) without(steps [2]int8) [2]float64 {
	i, j := steps[0], steps[1]
	if i == 0 && j == 0 {
		return [2]float64{}
	}
	if x.known[i][j]&2 == 0 {
		x.known[i][j] |= 2
		x.none[i][j] = x.moved(steps)
	}
	return x.none[i][j]
}

// moved works that out.
func (x *escalated) moved(steps [2]int8) (out [2]float64) {
	if slices.Equal(x.d.Point, x.m.now) {
		return x.Worth(steps)
	}
	x.raise(x.d.Point, steps)
	if slices.Equal(x.point, x.d.Point) {
		return out
	}
	if !x.lapsed {
		x.lapsed, x.lapse = true, x.of(x.d.Point)
	}
	now := x.of(x.point)
	for s := range out {
		out[s] = now[s] - x.lapse[s]
	}
	return out
}

// EventKind is how negotiators see what happened: its kind, whose doing it was, and as value the round
// in which a threat is due, or the steps that are in force for it now.
func EventKind(k threat.Kind) sim.EventKind { return sim.EventUser + sim.EventKind(k) }

// announce puts the play and the clock's news into a session's setup.
func (s *slot) announce(m *Model, out *sim.Setup) {
	d := s.draw
	out.Rounds, out.Limit = int32(d.Rounds), int32(d.Limit)
	x := s.talk
	s.news = s.news[:0]
	if x == nil {
		if d.Limit > d.Rounds {
			s.news = append(s.news[:0], sim.Event{Round: out.Rounds + 1, Kind: sim.Extended, By: -1, Value: float64(d.Limit)})
			out.Events = s.news
		}
		return
	}
	moved := d.Limit <= d.Rounds
	for k := range x.path.Events {
		e := &x.path.Events[k]
		if !moved && e.Round > out.Rounds {
			moved = true
			s.news = append(s.news, sim.Event{Round: out.Rounds + 1, Kind: sim.Extended, By: -1, Value: float64(d.Limit)})
		}
		v := float64(e.Date)
		if e.Kind != threat.Threatened {
			v = float64(x.path.Steps[e.By][e.Round-1])
		}
		s.news = append(s.news, sim.Event{Round: e.Round, Kind: EventKind(e.Kind), By: e.By, Value: v})
	}
	if !moved {
		s.news = append(s.news, sim.Event{Round: out.Rounds + 1, Kind: sim.Extended, By: -1, Value: float64(d.Limit)})
	}
	out.Events = s.news
	if len(x.path.Events) == 0 {
		return
	}
	out.NoDeal = x.noDeal
	for side, heeds := range s.heeds {
		if !heeds {
			continue
		}
		x.heeded[side] = x.heeded[side][:0]
		for _, u := range x.noDeal[side] {
			x.heeded[side] = append(x.heeded[side], u+s.man[side].shift)
		}
		out.NoDeal[side] = x.heeded[side]
	}
}

// strife is what a run's threats and tariffs came to by the end of its talks.
type strife struct {
	tally [2]threat.Tally
	peak  [2]float64 // highest each side raised its tariffs, over today's, in the issue's unit
	flow  [2]float64 // what tariffs in force cost while they talked
	home  [2]float64 // what backing down cost at home
	none  [2]float64 // what no deal was worth in the end
	moved [2]float64 // how far that had moved
}

// count adds up a run's play until the talks ended, in a round and days after the first.
func (x *escalated) count(round int32, days float64, signed bool) (out strife) {
	r := int(min(round, int32(len(x.path.Flow[0])))) - 1
	steps := [2]int8{x.path.Steps[0][r], x.path.Steps[1][r]}
	w := x.Worth(steps)
	began := float64(float64(r)*x.game.Years) * 365
	for s := range out.tally {
		out.tally[s] = x.path.Tally(s, round, signed)
		out.peak[s] = float64(float64(out.tally[s].Peak) * x.size[s])
		out.flow[s] = x.path.Flow[s][r] - float64(w[s]*max(0, days-began)/365)
		out.home[s] = x.path.Home[s][r]
		out.none[s] = x.d.Terms[s].NoDeal
		if len(x.noDeal[s]) > 0 {
			out.none[s] = x.noDeal[s][r]
			out.moved[s] = out.none[s] - x.d.Terms[s].NoDeal
		}
	}
	return out
}

// cost is what the play takes off what a result is worth to a side; nothing on worth = "unit", which
// takes nothing off for time either.
func (x *strife) cost(m *Model, side int) float64 {
	if !m.usd {
		return 0
	}
	return x.flow[side] + x.home[side]
}

// Columns of each side's threats, in this order.
const (
	colMade = iota
	colMet
	colImposed
	colBackedDown
	colPeak
	colFlow
	colHome
	colMoved
	colStrife // how many there are
)

// columns are those of what threats and tariffs came to while the sides talked.
func (e *escalation) columns(m *Model, unit string) []store.Column {
	var out []store.Column
	for s := range m.sides {
		sd := &m.sides[s]
		points := ""
		if len(e.side[s].issues) > 0 {
			points = m.Space.Issues[e.side[s].issues[0]].Unit
		}
		col := func(name, label, unit string, kind store.Kind) {
			out = append(out, store.Column{Name: name + "." + sd.key, Kind: kind, Role: "escalation", Label: sd.short + ", " + label, Unit: unit, Party: sd.key})
		}
		col("threats_made", "threats made", "", store.Int)
		col("threats_met", "threats met", "", store.Int)
		col("threats_imposed", "threats carried out", "", store.Int)
		col("threats_backed_down", "threats backed down from", "", store.Int)
		col("peak_raise", "tariffs at their peak, over today's", points, store.Float)
		col("flow_cost", "cost of tariffs in force during the talks", unit, store.Float)
		col("audience_cost", "cost at home of backing down", unit, store.Float)
		col("no_deal_moved", "how far no deal moved", unit, store.Float)
	}
	return out
}

// write fills the columns of threats.
func (e *escalation) write(cells store.Row, x *strife) {
	for s := range x.tally {
		t := &x.tally[s]
		cells[colMade], cells[colMet] = uint64(t.Made), uint64(t.Met)
		cells[colImposed], cells[colBackedDown] = uint64(t.Imposed), uint64(t.BackedDown)
		cells.PutF(colPeak, x.peak[s])
		cells.PutF(colFlow, x.flow[s])
		cells.PutF(colHome, x.home[s])
		cells.PutF(colMoved, x.moved[s])
		cells = cells[colStrife:]
	}
}

// parts are what threats and tariffs during the talks take off the worth of a deal.
func (x *strife) parts(m *Model, side int) (out []Part) {
	if !m.usd {
		return nil
	}
	if x.flow[side] != 0 {
		out = append(out, Part{Key: "tariffs during the talks", Worth: -x.flow[side]})
	}
	if x.home[side] != 0 {
		out = append(out, Part{Key: "backing down", Worth: -x.home[side]})
	}
	return out
}

// Threat is something that happened around the talks of a trace.
type Threat struct {
	Round  int
	Date   time.Time // zero without dates
	Kind   string    // threatened, met, imposed, backed_down, took_back, extended
	By     int       // the party; -1 for the clock
	Issues []int     // what it raises
	Size   float64   // by how much, in the issues' unit: what a threat holds out, what was added or taken back
	Level  []float64 // what stands for each issue then
	Demand string    // of a threat and what became of it: deal, take_back, desist
	Due    int       // of a threat: the round it is due in
	DueOn  time.Time // that day
	Since  int       // of what became of one: the round it was made in, 0 if none was
	Cost   float64   // of backing down, at home
}

// told lists what happened around a run's talks until a round.
func (m *Model) told(s *slot, round int) []Threat {
	var out []Threat
	d := s.draw
	on := func(r int) time.Time { return m.date(m.clock.since(r, false, d.Values)) }
	moved := d.Limit <= d.Rounds
	extend := func(before int) {
		if !moved && d.Rounds < before && d.Rounds < round {
			moved = true
			r := d.Rounds + 1
			out = append(out, Threat{Round: r, Date: on(r), Kind: "extended", By: -1, Due: d.Limit, DueOn: m.date(m.clock.length(d.Values))})
		}
	}
	if x := s.talk; x != nil {
		for k := range x.path.Events {
			e := &x.path.Events[k]
			if int(e.Round) > round {
				break
			}
			extend(int(e.Round))
			th := &m.escalation.side[e.By]
			by := int(e.By)
			whose := by // whose tariffs move
			if e.Kind == threat.Met {
				whose = 1 - by
			}
			w := &m.escalation.side[whose]
			t := Threat{
				Round: int(e.Round), Date: on(int(e.Round)), Kind: e.Kind.String(), By: by, Issues: w.issues,
				Size: float64(float64(e.Steps) * x.size[whose]), Demand: e.Demand.String(), Since: int(e.Made), Cost: e.Cost,
			}
			if e.Kind == threat.Threatened {
				t.Issues, t.Due, t.DueOn = th.issues, int(e.Date), on(int(e.Date))
			}
			for _, i := range w.issues {
				t.Level = append(t.Level, m.now[i]+float64(float64(x.path.Steps[whose][e.Round-1])*x.size[whose]))
			}
			out = append(out, t)
		}
	}
	extend(round + 1)
	return out
}
