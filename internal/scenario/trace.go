package scenario

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// Trace is one negotiation told move by move.
type Trace struct {
	Run       uint64 // replication; Typical for the run in the middle of every distribution
	Seed      uint64
	First     string // key of the party that opened
	Rounds    int    // the last round before the deadline
	Drawn     []Drawn
	Agents    [2]string // "boulware, next, frequency"
	NoDeal    [2]float64
	Moves     []Move
	Elsewhere *Elsewhere // the second table; nil without one
	Threats   []Threat   // what happened around the talks until they ended, by date
	Status    string
	Cause     string
	Signed    bool
	Round     int
	Date      time.Time // the end; zero without dates
	Worth     [2]float64
	Parts     [2][]Part // worth of the deal over no deal, by interest; nil without a deal
	Outcome   deal.Offer
	Without   []float64 // every issue without a deal, as drawn: a number, or the place of a choice
	Agreed    []float64 // the same as agreed; nil without a deal
	Came      *Came     // what came of what was promised; nil without a deal or [delivery]
	Left      float64   // share of the joint gain left on the table; NaN where there is no ZOPA
	Blocked   [][]string
	Heeds     [2]bool // whether the side's negotiator bargained with those at home in mind
	Home      []Vote  // answers to a signed deal, the first side's first; nil if none was signed or home is not played
	Passed    [2]bool // of a signed deal: whether each home agreed; false where home is not played
	Years     *Years  // what became of a deal that was agreed to; nil if there was none or years are not played
	Error     string
	Frontier  *Frontier
	Truce     *Truce // the truce in force when talks began; nil if the scenario names none

	model *Model
	slot  *slot
	late  bool // the rounds ran out
}

// Drawn is one drawn number or name of a run.
type Drawn struct {
	Path, Label, Unit, Name string  // Name of a drawn name, else empty
	Value                   float64 // of a drawn number
	Assumed                 bool
}

// Move is one action.
type Move struct {
	Round   int
	Date    time.Time
	Seat    int // 0, 1; -1 for a mediator
	Kind    string
	Vote    bool
	Offer   deal.Offer // nil for a walk-out
	Changed []int      // issues that differ from the mover's offer before; all that differ from today in its first
	Worth   [2]float64 // of the offer over no deal, to both sides
	Aim     float64    // what the mover aimed at, over no deal; NaN if it does not say
}

// Part is what one interest or soft line adds to a side's worth.
type Part struct {
	Key    string
	Worth  float64
	NoDeal float64 // of which is owed to no deal being other than today: already within Worth
}

// Trace plays one run again, by itself and with every move heard. It is the same negotiation as in any
// batch with that seed.
func (m *Model) Trace(ctx context.Context, seed, replication uint64) (*Trace, error) {
	s := &slot{host: m.newHost()}
	if s.host != nil {
		defer s.host.Close()
	}
	if err := s.seat(m, seed, replication); err != nil {
		return nil, err
	}
	t := &Trace{Elsewhere: m.elsewhere(s), model: m, slot: s, Run: replication, Seed: seed, First: m.sides[s.draw.First].key, Rounds: s.draw.Rounds, Left: math.NaN()}
	for side := range m.sides {
		t.NoDeal[side] = s.draw.Terms[side].NoDeal
		a := &m.sides[side].agent
		spec := a.spec(s.draw.Values)
		t.Agents[side] = spec.Bidding + ", " + spec.Accept + ", " + spec.Opponent
	}
	t.Drawn, t.Without = m.drawn(s.draw), slices.Clone(s.draw.Point)
	t.Heeds = s.heeds
	t.Truce = m.truceTold(seed, replication, s.draw)
	if s.life != nil {
		s.life.told = true
	}
	listener := &listener{m: m, s: s, t: t}
	once := &once{m: m, s: s, seed: seed, tracer: listener}
	table := sim.NewPlain()
	solver := m.Deal.NewSolver()
	err := table.Play(ctx, once, func(_ int, r *sim.Result) error {
		s.trueWorth(r)
		v := m.judge(solver, s, r, seed, true)
		if v.err != nil {
			return v.err
		}
		t.Status, t.Cause, t.Signed = statuses[v.status], m.layout.causes[v.cause], r.Status == sim.Signed
		t.Threats = m.told(s, int(r.Round))
		t.late = r.Status == sim.NoDeal && r.Cause == sim.Deadline
		t.Round, t.Date, t.Worth, t.Left, t.Error = int(r.Round), m.date(v.days), v.worth, v.left, r.Err
		if t.Signed {
			m.after(t, s, &v)
			t.Outcome = append(deal.Offer(nil), r.Offer...)
			t.Agreed = slices.Clone(s.terms(m, r.Offer))
			t.Came = m.came(s, &v, seed)
			for side := range t.Parts {
				t.Parts[side] = append(m.parts(side, t.Outcome, v.days, s.draw), v.strife.parts(m, side)...)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	f, err := m.frontier(solver, s.party)
	if err != nil {
		return nil, err
	}
	f.NoDeal = t.NoDeal // as on the first day, like all worth
	t.Frontier = f
	return t, nil
}

func (m *Model) drawn(d *Draw) []Drawn {
	out := make([]Drawn, len(d.Values))
	for i, x := range d.Values {
		c := &m.vars.list[i].column
		out[i] = Drawn{Path: m.vars.list[i].path, Label: c.Label, Unit: c.Unit, Value: x, Assumed: c.Assumed}
		if c.Levels != nil {
			out[i].Name = c.Levels[int(x)]
		}
	}
	return out
}

// date is the day a number of days after the first; zero where the scenario has no dates.
func (m *Model) date(since float64) time.Time {
	day, ok := m.clock.day(since)
	if !ok {
		return time.Time{}
	}
	return time.Unix(day*86400, 0).UTC()
}

// listener writes down what a tracer hears.
type listener struct {
	m    *Model
	s    *slot
	t    *Trace
	last [2]deal.Offer
}

// Move implements sim.Tracer.
func (l *listener) Move(mv *sim.Move) {
	out := Move{
		Round: int(mv.Round), Date: l.m.date(l.m.clock.since(int(mv.Round), false, l.s.draw.Values)),
		Seat: int(mv.Seat), Kind: mv.Kind.String(), Vote: mv.Vote, Worth: mv.Utility, Aim: mv.Aim,
	}
	for side, heeds := range l.s.heeds {
		switch { // what its party cares about, not what it plays for
		case !heeds:
		case mv.Offer != nil:
			out.Worth[side] = l.s.party[side].Utility(mv.Offer)
		default:
			out.Worth[side] -= l.s.man[side].shift
		}
	}
	if l.m.usd {
		for side := range out.Worth {
			out.Worth[side] -= l.t.NoDeal[side]
		}
		if mv.Seat >= 0 {
			out.Aim -= l.t.NoDeal[mv.Seat]
		}
	}
	if mv.Offer != nil {
		out.Offer = append(deal.Offer(nil), mv.Offer...)
		for i, x := range out.Offer {
			before := l.m.Space.Issues[i].Now
			if mv.Seat >= 0 && l.last[mv.Seat] != nil {
				before = int(l.last[mv.Seat][i])
			}
			if int(x) != before {
				out.Changed = append(out.Changed, i)
			}
		}
		if mv.Seat >= 0 && mv.Kind == sim.Propose && !mv.Vote {
			l.last[mv.Seat] = out.Offer
		}
	}
	l.t.Moves = append(l.t.Moves, out)
}

// once is a source of one session.
type once struct {
	m      *Model
	s      *slot
	seed   uint64
	tracer sim.Tracer
	thread int8
	played bool
}

// Next implements sim.Source.
func (o *once) Next(_ int, out *sim.Setup) bool {
	if o.played {
		return false
	}
	o.played = true
	o.s.setup(o.m, o.seed, out)
	out.Tracer, out.Thread = o.tracer, o.thread
	return true
}

// parts splits what an outcome is worth to a side over no deal by interest, soft line and delay. On
// worth = "unit" nothing is taken off for no deal.
func (m *Model) parts(side int, o deal.Offer, days float64, d *Draw) []Part {
	sd := &m.sides[side]
	out := make([]Part, len(sd.interests))
	for k, key := range sd.interests {
		out[k].Key = key
	}
	x := make([]float64, len(o))
	for i, v := range o {
		x[i] = float64(v)
		if n := m.Space.Issues[i].Numbers; n != nil {
			x[i] = n[v]
		}
	}
	for k := range m.components[side] {
		c := &m.components[side][k]
		w := d.Terms[side].Weight[k]
		p := &out[c.interest]
		p.Worth += w * c.strength(x)
		if !m.usd {
			continue
		}
		none := w * c.today
		if c.moves {
			none = w * c.strength(d.Point)
		}
		p.Worth -= none
		p.NoDeal += w*c.today - none
	}
	for l := range sd.lines {
		cost := d.Terms[side].Cost[l]
		if !math.IsInf(cost, 1) && cost > 0 && m.broken(side, l, o) {
			out = append(out, Part{Key: "red line " + sd.lineKeys[l], Worth: -cost})
		}
	}
	if m.usd && d.Delay[side] > 0 && days > 0 {
		out = append(out, Part{Key: "delay", Worth: -d.Delay[side] * days / 7})
	}
	return out
}

// broken reports whether an outcome breaks a side's line.
func (m *Model) broken(side, line int, o deal.Offer) bool {
	l := &m.profile[side].Lines[line]
	at := 0
	for _, i := range l.Scope {
		at = at*len(m.Space.Issues[i].Values) + int(o[i])
	}
	return l.Broken[at]
}

// Find plays runs from 0 on, at most limit of them, until one ends with this cause.
func (m *Model) Find(ctx context.Context, seed uint64, cause string, limit uint64) (uint64, error) {
	if !m.HasCause(cause) {
		return 0, &UnknownCause{Cause: cause, Known: m.layout.causes}
	}
	w := m.newWorker(seed, false)
	defer w.close()
	const batch = 2048
	for first := uint64(0); first < limit; first += batch {
		n := min(batch, limit-first)
		if err := w.play(ctx, 0, first, n); err != nil {
			return 0, err
		}
		for r := first; r < first+n; r++ {
			if at := w.row(r)[m.layout.cause]; m.layout.causes[at] == cause {
				return r, nil
			}
		}
	}
	return 0, ErrNoSuchRun
}

// ErrNoSuchRun says that no run ended with the cause asked for.
var ErrNoSuchRun = errors.New("no run ended so")

// HasCause reports whether a run of this scenario can end with the cause.
func (m *Model) HasCause(cause string) bool {
	for _, c := range m.layout.causes {
		if c == cause {
			return true
		}
	}
	return false
}

// Causes is the closed list of causes.
func (m *Model) Causes() []string { return m.layout.causes }

// UnknownCause says that the scenario knows no such cause.
type UnknownCause struct {
	Cause string
	Known []string
}

func (e *UnknownCause) Error() string { return "no run ends with cause " + e.Cause }
