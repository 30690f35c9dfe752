package scenario

import (
	"fmt"
	"math"
	"slices"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
	"github.com/parley-sim/parley/sim/politics/invest"
	"github.com/parley-sim/parley/sim/politics/keep"
)

// years is what the structure fixes of the years after a deal is agreed.
type years struct {
	played  bool
	horizon int // years looked ahead
	lasting int // years after which a deal in force counts as lasting
	by      string

	breaks, seenTrue, seenFalse, withdrawal, renewal value
	answer                                           value
	answers                                          []keep.Answer // by index of the answer

	duration, enforcement int           // issues; -1: none
	clauses               []keep.Clause // by choice of enforcement
	election              [2]election
	kind                  [2][]partKind
	kernel                [][]invest.Kernel // what stands on average of each sum announced, by form of control
}

// election is when others may be in power: days since 1970 of the first, and years between two.
type election struct {
	given  bool
	office float64
	every  float64
	leaves value
}

// partKind says how an interest's worth comes in over the years.
type partKind uint8

const (
	flows  partKind = iota // as long as the deal is in force
	bought                 // with the purchases made
	built                  // with the plants that stand
)

// daysAYear is the mean Gregorian year.
const daysAYear = 365.2425

// defaultHorizon is the years looked ahead where there is no [delivery].
const defaultHorizon = 10

// yearsOf compiles the years. They are played where something may end or break a deal: a chance to withdraw
// or to be breached, an election, or success = "lasting".
func (c *compiler) yearsOf(m *Model) {
	y := &m.years
	cfg := c.cfg
	y.horizon, y.lasting = defaultHorizon, int(max(cfg.Output.LastingYears, 1))
	y.duration, y.enforcement = -1, -1
	var breach config.Breach
	if cfg.Escalation != nil && cfg.Escalation.Breach != nil {
		breach, y.played = *cfg.Escalation.Breach, true
	}
	d := &config.Delivery{}
	if cfg.Delivery != nil {
		d = cfg.Delivery
		y.horizon = int(max(d.Years, 1))
		y.played = y.played || d.Withdrawal.Given()
	}
	y.played = y.played || cfg.Output.Success == "lasting"
	for s := range cfg.Parties {
		y.played = y.played || cfg.Parties[s].Election != nil
	}
	if !y.played {
		return
	}
	if y.horizon > keep.MaxYears {
		c.fail("delivery.years: %d years are more than %d", y.horizon, keep.MaxYears)
		return
	}
	y.horizon = max(y.horizon, y.lasting)
	y.withdrawal, y.renewal = c.vars.number(&d.Withdrawal, 0, ""), c.vars.number(&d.Renewal, 1, "")
	y.breaks, y.seenTrue, y.seenFalse = c.vars.number(&breach.Breaks, 0, ""), c.vars.number(&breach.SeenIfTrue, 1, ""), c.vars.number(&breach.SeenIfFalse, 0, "")
	y.answer = c.vars.pick(&breach.Answer, "")
	names := breach.Answer.Names
	if len(names) == 0 {
		names = keep.Answers[:1]
	}
	for _, name := range names {
		k := slices.Index(keep.Answers, name)
		if k < 0 {
			c.fail("escalation.breach.answer: %q is not one of %v", name, keep.Answers)
		}
		y.answers = append(y.answers, keep.Answer(k))
	}
	c.dealTerms(y)
	c.elections(y)
	y.by = fmt.Sprintf("in %d years", y.horizon)
	if k := &c.cfg.Clock; !k.Summit.IsZero() {
		y.by = fmt.Sprintf("by %d", k.Summit.Year()+y.horizon)
	}
	for s := range cfg.Parties {
		for k := range cfg.Parties[s].Interests {
			y.kind[s] = append(y.kind[s], c.kindOf(&cfg.Parties[s].Interests[k]))
		}
	}
	c.kernels(y)
}

// kernels tabulates what stands on average of what is announced.
func (c *compiler) kernels(y *years) {
	d := c.delivery
	if d == nil || d.investment < 0 {
		return
	}
	for _, sum := range c.space.Issues[d.investment].Numbers {
		var row []invest.Kernel
		for control := range c.choices(d.control) {
			built, _ := d.plan.Kernel(sum, control)
			row = append(row, built)
		}
		y.kernel = append(y.kernel, row)
	}
}

// expected is what stands on average over the years of what a deal announces, given the draw: what
// negotiators count on.
func (y *years) expected(d *delivery, o deal.Offer, drawn []float64) float64 {
	control, screening := 0, 0
	if d.control >= 0 {
		control = int(o[d.control])
	}
	if d.screening >= 0 {
		screening = int(o[d.screening])
	}
	k := y.kernel[o[d.investment]][control]
	g := d.plan.Rules().Controls[control].Eased
	cleared, local := d.cleared[screening].at(drawn), d.local.at(drawn)
	return d.built.at(drawn) * (float64((g+(1-g)*cleared)*k.Takeovers) + float64((g+(1-g)*local)*k.Plants))
}

// dealTerms finds the issues that say how long the deal is to last and what it says of disputes.
func (c *compiler) dealTerms(y *years) {
	if i, ok := c.space.Issue("duration"); ok && c.space.Issues[i].Numbers != nil {
		y.duration = i
	}
	if i, ok := c.space.Issue("enforcement"); ok && c.space.Issues[i].Numbers == nil {
		y.enforcement = i
		for _, name := range c.space.Issues[i].Values {
			// A clause of another name leaves answers as they are.
			y.clauses = append(y.clauses, keep.Clause(max(slices.Index(keep.Clauses, name), 0)))
		}
	}
}

func (c *compiler) elections(y *years) {
	for s := range c.cfg.Parties {
		p := &c.cfg.Parties[s]
		e := p.Election
		if e == nil {
			continue
		}
		path := "party." + p.Key + ".election"
		if e.Office.IsZero() {
			c.fail("%s: office, the day that those elected take it, is missing", path)
			continue
		}
		if c.cfg.Clock.Start.IsZero() {
			c.fail("%s: needs clock.start; without dates no year has an election", path)
			continue
		}
		every := float64(e.Every)
		if every == 0 {
			every = 4
		}
		y.election[s] = election{true, float64(e.Office.Unix()) / 86400, every, c.vars.number(&e.Leaves, 0, p.Key)}
	}
}

// kindOf says how an interest's worth comes in.
func (c *compiler) kindOf(in *config.Interest) partKind {
	of := in.Of
	if of == "" {
		of = map[string]string{"plants": "investment", "purchases": "purchases"}[in.Key]
	}
	switch {
	case in.From != "delivery":
		return flows
	case slices.Contains(streams, of):
		return built
	}
	return bought
}

// Streams of what happens in the years, by what it is and whose.
var yearID = func() (id [keep.Whats][2]uint64) {
	for w := range id {
		for s := range id[w] {
			id[w][s] = chance.ID(fmt.Sprintf("run.year.%d.%d", w, s))
		}
	}
	return id
}()

// life is a deal's years in one run, with scratch.
type life struct {
	keep.Life
	terms       keep.Terms
	paths       keep.Paths
	seed        uint64
	replication uint64
	told        bool // gather events

	realised [2]float64
	promised [2]float64
	paper    float64 // part built of what was announced; NaN if nothing was
	value    [2][]float64
	came     *realised // nil without [delivery]
}

func (m *Model) newLife(came *realised) *life {
	n := m.years.horizon
	l := &life{came: came, paths: keep.Paths{Built: make([]float64, n), Bought: make([]float64, n)}}
	for s := range l.value {
		l.value[s] = make([]float64, len(m.sides[s].interests))
	}
	for y := range n {
		l.paths.Bought[y] = 1
	}
	return l
}

// U implements keep.Uniforms.
func (l *life) U(what keep.What, side, year int) float64 {
	if l.replication == Typical {
		return 0.5
	}
	return chance.U(l.seed, l.replication, yearID[what][side], uint64(year))
}

// live plays a deal's years, signed days after the first.
func (m *Model) live(s *slot, seed uint64, o deal.Offer, days float64) {
	l, y, drawn := s.life, &m.years, s.draw.Values
	l.seed, l.replication = seed, s.draw.Replication
	y.terms(&l.terms, m, o, days, drawn)
	l.terms.Play(l, l.told, &l.Life)
	m.deliver(s, seed, o)
	for side := range l.realised {
		m.value[side].split(s.draw.Terms[side].Weight, s.draw.None[side], o, l.value[side])
		w := keep.Worth{}
		for k, x := range l.value[side] {
			switch y.kind[side][k] {
			case bought:
				w.Bought += x
			case built:
				w.Built += x
			default:
				w.Flow += x
			}
		}
		w.Flow -= m.softCosts(side, s.draw, o)
		l.promised[side] = w.Promised()
		l.realised[side] = w.Realised(&l.Life, l.paths) - s.draw.Delay[side]*days/7
	}
}

// deliver plays what is delivered in the deal's life.
func (m *Model) deliver(s *slot, seed uint64, o deal.Offer) {
	l, d := s.life, m.delivery
	l.paper = math.NaN()
	if d == nil {
		l.Even(l.paths.Built)
		return
	}
	until := float64(l.Years)
	if l.Ended == keep.InForce {
		until = math.Inf(1)
	}
	d.realise(l.came, s.draw.Values, s.terms(m, o), until, seed, s.draw.Replication)
	if d.investment < 0 {
		l.Even(l.paths.Built)
		return
	}
	clear(l.paths.Built)
	path := l.came.path
	if path.Announced > 0 {
		l.paper = invest.Last(path.Built) / path.Announced
	}
	mean := m.years.expected(d, o, s.draw.Values)
	if mean <= 0 {
		return
	}
	for y := range l.paths.Built {
		l.paths.Built[y] = path.Built[min(y, len(path.Built)-1)] / mean
	}
}

// terms fills what one deal lives under.
func (y *years) terms(t *keep.Terms, m *Model, o deal.Offer, days float64, drawn []float64) {
	t.Horizon, t.Length, t.Renewal = y.horizon, 0, y.renewal.at(drawn)
	if y.duration >= 0 {
		t.Length = max(1, int(math.Ceil(m.Space.Issues[y.duration].Numbers[o[y.duration]])))
	}
	t.Clause = keep.NoClause
	if y.enforcement >= 0 {
		t.Clause = y.clauses[o[y.enforcement]]
	}
	t.Answer = y.answers[int(y.answer.at(drawn))]
	calm := y.withdrawal.at(drawn)
	for s := range 2 {
		t.Breaks[s], t.SeenTrue[s], t.SeenFalse[s] = y.breaks.at(drawn), y.seenTrue.at(drawn), y.seenFalse.at(drawn)
		for k := range y.horizon {
			t.Leaves[s][k] = calm
		}
		e := &y.election[s]
		if !e.given {
			continue
		}
		// Years after the signature at which somebody takes office.
		signed := float64(m.clock.start.Unix())/86400 + math.Floor(days)
		for at := (e.office - signed) / daysAYear; at < float64(y.horizon); at += e.every {
			if at >= 0 {
				t.Leaves[s][int(at)] = e.leaves.at(drawn)
			}
		}
	}
}

// softCosts is the price of the soft red lines of a side that an outcome breaks.
func (m *Model) softCosts(side int, d *Draw, o deal.Offer) (sum float64) {
	for l, cost := range d.Terms[side].Cost {
		if cost > 0 && !math.IsInf(cost, 1) && m.broken(side, l, o) {
			sum += cost
		}
	}
	return sum
}

// write fills a row's cells about the years.
func (l *life) write(row store.Row, at *layout) {
	row[at.years] = uint64(l.Years)
	if l.Ended != keep.InForce {
		row[at.brokeYear] = uint64(l.Years + int(b2u(l.Ended != keep.Expired)))
	}
	row[at.ended] = uint64(at.how[l.Ended][max(l.By, 0)])
	for s := range l.realised {
		row.PutF(at.realised+s, l.realised[s])
	}
	if at.paper >= 0 {
		row.PutF(at.paper, 100*l.paper)
	}
}
