package scenario

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/parley-sim/parley/internal/config"
	"github.com/parley-sim/parley/internal/store"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// second is another table at which one of the parties talks at once. News goes one way: what is signed
// there is known here from that day on and takes the place of a yardstick; nothing that happens here is heard
// there. So it can be played first, by the same draws: the party at both tables is of one type.
type second struct {
	model *Model
	who   int // the party's seat here
	issue int // what of that deal is looked at, a place in that space
	yard  string
}

// Where a yardstick stands: at its own number, or at what the other deal's value k, from 1, says.
const asNamed = 0

// secondTable compiles the other table, nil without one.
func (c *compiler) secondTable() *second {
	t := c.cfg.Second
	if t == nil {
		return nil
	}
	from := t.Scenario
	if strings.ContainsAny(from, `/\`) && !filepath.IsAbs(from) { // beside the scenario that names it
		from = filepath.Join(filepath.Dir(c.cfg.Name()), from)
	}
	cfg, name, err := Load(from, nil)
	if err != nil {
		c.fail("second_table.scenario: %v", err)
		return nil
	}
	if cfg.Second != nil {
		c.fail("second_table.scenario: %s has a second table of its own", name)
		return nil
	}
	m, err := compile(cfg, c.economies)
	if err != nil {
		c.fail("second_table: %s: %v", name, err)
		return nil
	}
	out := &second{model: m, yard: t.Reference}
	party := t.Party
	if party == "" {
		party = c.cfg.Parties[0].Key
	}
	out.who = slices.IndexFunc(c.cfg.Parties, func(p config.Party) bool { return p.Key == party })
	if !slices.ContainsFunc(cfg.Parties, func(p config.Party) bool { return p.Key == party }) {
		c.fail("second_table.party: %s does not sit at the table of %s, where %s and %s do", party, name, cfg.Parties[0].Key, cfg.Parties[1].Key)
		return nil
	}
	i, ok := m.Space.Issue(t.Issue)
	if !ok || m.Space.Issues[i].Numbers == nil {
		c.fail("second_table.issue: %q is not an issue with numbers of %s", t.Issue, name)
		return nil
	}
	out.issue = i
	return out
}

// moved reports whether an interest goes by the yardstick that the second table moves.
func (c *compiler) movedBySecond(in *config.Interest) bool {
	if c.second == nil {
		return false
	}
	for k := range in.Times {
		s := &in.Times[k].Shape
		if (s.Kind == "beats" || s.Kind == "share_of") && slices.Contains(s.Names, c.second.yard) {
			return true
		}
	}
	return false
}

// components are an interest's; where the second table moves a yardstick of it, once for each place at which that may
// stand, each with its weight in runs in which it stands there and 0 in others.
func (c *compiler) components(side, k int) []component {
	in := &c.cfg.Parties[side].Interests[k]
	if !c.movedBySecond(in) {
		return c.componentsOf(side, k)
	}
	out := c.componentsOf(side, k)
	for i := range out {
		out[i].when = 1 + asNamed
	}
	for v, x := range c.second.model.Space.Issues[c.second.issue].Numbers {
		c.yardAt = &x
		for _, part := range c.componentsOf(side, k) {
			part.name += fmt.Sprintf(":%s_%g", c.second.yard, x)
			part.when = 2 + v
			out = append(out, part)
		}
		c.yardAt = nil
	}
	return out
}

// yardstick is a shape that goes by yardsticks: the share of them that a number reaches, or the number's
// share of one. A deal of nothing sets none.
func (c *compiler) yardstick(s *config.Shape) (func(x float64) float64, error) {
	var at []float64
	for _, name := range s.Names {
		n := c.cfg.Yardstick(name)
		if n == nil || n.Drawn() || !n.Given() {
			return nil, fmt.Errorf("%q is not a fixed yardstick of [reference]", name)
		}
		x := n.Params[0]
		if c.yardAt != nil && name == c.second.yard {
			x = *c.yardAt
		}
		if x > 0 {
			at = append(at, x)
		}
	}
	if len(at) == 0 {
		return func(float64) float64 { return 0 }, nil
	}
	if s.Kind == "share_of" {
		return func(x float64) float64 { return min(1, max(0, x/at[0])) }, nil
	}
	return func(x float64) float64 {
		n := 0
		for _, y := range at {
			if x >= y {
				n++
			}
		}
		return float64(n) / float64(len(at))
	}, nil
}

// yards sets which components count while the yardstick stands at a place, and what follows.
func (m *Model) yards(d *Draw, place int) {
	d.Yard = place
	for s := range m.sides {
		m.terms(s, d)
	}
}

// elsewhere is a run's talk at the second table, kept in a slot.
type elsewhere struct {
	slot   slot
	table  sim.Table
	once   once
	round  int32   // of this table's talk in which it is known; 0 = it is not
	signed bool    //
	value  float64 // of the issue looked at
	day    float64 // days after this table's first day
	change sim.Change
	late   [2]deal.Terms // what the sides play for once it is known
	heeded [2]deal.Terms // the same to a negotiator with a mandate from home
}

// OtherDeal is how negotiators see that a deal was signed at the second table: By is who sits at both, Value
// what of it is looked at.
const OtherDeal = sim.EventUser + 32

// play plays a run's other talk and works out what it changes here, and when.
func (e *elsewhere) play(m *Model, seed uint64, d *Draw) error {
	if e.table == nil {
		e.table = sim.NewPlain()
	}
	x := m.second
	*e = elsewhere{slot: e.slot, table: e.table, late: e.late, heeded: e.heeded}
	if err := e.slot.seat(x.model, seed, d.Replication); err != nil {
		return err
	}
	e.once = once{m: x.model, s: &e.slot, seed: seed, thread: 1}
	place := asNamed
	err := e.table.Play(context.Background(), &e.once, func(_ int, r *sim.Result) error {
		if r.Status != sim.Signed {
			return nil
		}
		e.signed = true
		place = 1 + int(r.Offer[x.issue])
		e.value = x.model.Space.Issues[x.issue].Numbers[r.Offer[x.issue]]
		since := x.model.clock.since(int(r.Round), false, e.slot.draw.Values)
		if a, b := &m.clock, &x.model.clock; a.dated() && b.dated() {
			e.day = since + b.start.Sub(a.start).Hours()/24
			e.round = 1 + int32(math.Ceil(max(0, e.day)/a.perRound(d.Values)))
		} else {
			e.day, e.round = m.clock.since(int(r.Round), false, d.Values), r.Round
		}
		return nil
	})
	if err != nil || !e.signed {
		return err
	}
	if e.round <= 1 {
		m.yards(d, place)
		return nil
	}
	m.yards(d, place)
	for s := range e.late {
		copyTerms(&e.late[s], &d.Terms[s])
	}
	m.yards(d, asNamed)
	return nil
}

// copyTerms copies terms.
func copyTerms(dst, src *deal.Terms) {
	dst.Weight = append(dst.Weight[:0], src.Weight...)
	dst.Cost = append(dst.Cost[:0], src.Cost...)
	dst.NoDeal, dst.Risk = src.NoDeal, src.Risk
}

// known puts the news into a session's setup.
func (e *elsewhere) known(m *Model, s *slot, out *sim.Setup) {
	if !e.signed || e.round > out.Limit {
		return
	}
	s.news = append(s.news, sim.Event{Round: e.round, Kind: OtherDeal, By: int8(m.second.who), Value: e.value})
	slices.SortStableFunc(s.news, func(a, b sim.Event) int { return int(a.Round - b.Round) })
	out.Events = s.news
	if e.round <= 1 {
		return
	}
	e.change = sim.Change{Round: e.round}
	for side := range e.late {
		t := &e.late[side]
		if s.heeds[side] {
			t = e.mandated(m, s, side)
		}
		e.change.Terms[side] = t
	}
	out.Change = &e.change
}

// mandated is what a negotiator with a mandate from home plays for then: home weighs each interest as before.
func (e *elsewhere) mandated(m *Model, s *slot, side int) *deal.Terms {
	n, own, out := s.man[side], &s.draw.Terms[side], &e.heeded[side]
	copyTerms(out, &e.late[side])
	more := make([]float64, len(m.sides[side].interests))
	for k := range more {
		more[k] = 1
	}
	for k, w := range own.Weight {
		if w != 0 {
			more[m.components[side][k].interest] = n.weight[k] / w
		}
	}
	for k := range out.Weight {
		out.Weight[k] *= more[m.components[side][k].interest]
	}
	out.NoDeal += n.shift
	return out
}

// settle makes a run's terms those that it ended with.
func (e *elsewhere) settle(s *slot, r *sim.Result) {
	if e.signed && e.round > 1 && r.Round >= e.round {
		for side := range e.late {
			none := s.draw.Terms[side].NoDeal
			copyTerms(&s.draw.Terms[side], &e.late[side])
			s.draw.Terms[side].NoDeal = none // worth is over no deal as it stood on the first day
			s.party[side].Set(s.draw.Terms[side])
		}
	}
}

// Columns of the second table.
const (
	colOther = iota
	colOtherValue
	colOtherRound
	colSecond
)

func (x *second) columns() []store.Column {
	is := &x.model.Space.Issues[x.issue]
	return []store.Column{
		{Name: "second.signed", Kind: store.Int, Role: "second", Label: "signed at the other table"},
		{Name: "second." + is.Name, Kind: store.Float, Role: "second", Label: is.Title() + ", at the other table", Unit: is.Unit},
		{Name: "second.known", Kind: store.Int, Role: "second", Label: "round in which that is known here"},
	}
}

func (e *elsewhere) write(cells store.Row) {
	cells[colOther] = b2u(e.signed)
	if e.signed {
		cells.PutF(colOtherValue, e.value)
		cells[colOtherRound] = uint64(e.round)
	}
}

// Elsewhere is what a trace tells of the second table.
type Elsewhere struct {
	Signed bool
	Issue  string
	Unit   string
	Value  float64
	Round  int       // of this table, from which it is known
	Date   time.Time // that it was signed; zero without dates
}

// elsewhere is what happened at the second table, nil without one.
func (m *Model) elsewhere(s *slot) *Elsewhere {
	if m.second == nil {
		return nil
	}
	e, is := s.other, &m.second.model.Space.Issues[m.second.issue]
	out := &Elsewhere{Signed: e.signed, Issue: is.Name, Unit: is.Unit, Value: e.value, Round: int(e.round)}
	if e.signed && m.clock.dated() {
		out.Date = m.date(e.day)
	}
	return out
}

// yardMarks are the yardsticks that interests in an issue go by and that the scenario does not mark itself.
func (m *Model) yardMarks(issue int) map[string]float64 {
	cfg := m.Config
	out := map[string]float64{}
	for p := range cfg.Parties {
		for k := range cfg.Parties[p].Interests {
			for _, f := range cfg.Parties[p].Interests[k].Times {
				if f.Issue != m.Space.Issues[issue].Name || f.Kind != "beats" {
					continue
				}
				for _, name := range f.Names {
					if n := cfg.Yardstick(name); n != nil && n.Given() && !cfg.Issues[issue].Marked(n.Params[0]) {
						label := n.Label
						if label == "" {
							label = strings.ReplaceAll(name, "_", " ")
						}
						out[label] = n.Params[0]
					}
				}
			}
		}
	}
	return out
}
