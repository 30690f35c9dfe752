package external

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// Host runs programs for one table. Close it when the table's Play has returned.
type Host struct {
	opt   Options
	mu    sync.Mutex
	crews []*crew
}

// NewHost makes a host. It starts nothing yet.
func NewHost(opt Options) *Host { return &Host{opt: opt.fill()} }

// Close ends every process the host has started.
func (h *Host) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.crews {
		c.close()
	}
	h.crews = nil
	return nil
}

func (h *Host) crew() *crew {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := &crew{opt: h.opt, hand: map[string]*hand{}}
	h.crews = append(h.crews, c)
	return c
}

// crew are the processes of one seat.
type crew struct {
	opt   Options
	hand  map[string]*hand
	order []string
}

func (c *crew) close() {
	for _, name := range c.order {
		if h := c.hand[name]; h.p != nil {
			h.p.kill()
			h.p = nil
		}
	}
}

// hand is a command at one seat.
type hand struct {
	command string
	words   []string
	p       *process
	began   map[int32]int // the process, counted from 1, that each slot's session began with
	made    int           // processes started
	failed  int           // in a row
	why     error         // of the last failure
}

// Negotiator is a program's place in a setup. A table whose seats are the host's (Host.Seat) sends it its turns in
// batches; any other table plays it turn by turn.
type Negotiator struct {
	Command string

	host  *Host
	words []string
	crew  *crew
	party *deal.Party
	rng   *rand.Rand
	fresh bool
}

// Negotiator makes a place for a command line (see Split). It starts nothing yet.
func (h *Host) Negotiator(command string) (sim.Negotiator, error) {
	words, err := Split(command)
	if err != nil {
		return nil, err
	}
	return &Negotiator{Command: command, host: h, words: words}, nil
}

// Begin implements sim.Negotiator.
func (n *Negotiator) Begin(p *deal.Party, rng *rand.Rand) {
	n.party, n.rng, n.fresh = p, rng, true
	if n.crew == nil {
		n.crew = n.host.crew()
	}
}

// Respond implements sim.Negotiator for tables with other seats. What the program did wrong is a panic, which
// the table turns into an error of the session.
func (n *Negotiator) Respond(v *sim.View, out deal.Offer) sim.Kind {
	t := &sim.Turn{View: *v, Negotiator: n, Party: n.party, Rand: n.rng, New: n.fresh, Out: out, Seat: int8(n.party.Side())}
	n.fresh = false
	said := &blame{}
	n.crew.ask(context.Background(), n.command(), n.words, []*sim.Turn{t}, said)
	if said.what != "" {
		panic(said.what)
	}
	return t.Kind
}

func (n *Negotiator) command() string { return n.Command }

// Aim implements sim.Aimer: a program does not say.
func (n *Negotiator) Aim() float64 { return math.NaN() }

// Tune refuses parameters: a program has none.
func (n *Negotiator) Tune(params map[string]float64) error {
	for name := range params {
		return fmt.Errorf("exec:%s is a program and has no parameter %q", n.Command, name)
	}
	return nil
}

// Set refuses a parameter.
func (n *Negotiator) Set(name string, _ float64) error {
	return n.Tune(map[string]float64{name: 0})
}

// Seat is a new seat that plays negotiators of this process as the table's own seats do, and programs in batches.
func (h *Host) Seat() sim.Seat { return &seat{crew: h.crew()} }

type seat struct {
	crew  *crew
	group map[string][]*sim.Turn
	order []string
}

// blame is where faults go: into the turns, or into a variable.
type blame struct{ what string }

func (b *blame) fail(t *sim.Turn, cause sim.Cause, what string) {
	if b == nil {
		t.Fail(cause, what)
		return
	}
	b.what = what
}

// Act implements sim.Seat.
func (s *seat) Act(ctx context.Context, b *sim.Batch) error {
	if s.group == nil {
		s.group = map[string][]*sim.Turn{}
	}
	for _, name := range s.order {
		s.group[name] = s.group[name][:0]
	}
	words := map[string][]string{}
	for _, t := range b.Turns {
		n, ok := t.Negotiator.(*Negotiator)
		if !ok {
			local(t)
			continue
		}
		if _, ok := s.group[n.Command]; !ok {
			s.order = append(s.order, n.Command)
		}
		s.group[n.Command] = append(s.group[n.Command], t)
		words[n.Command] = n.words
	}
	for _, name := range s.order {
		if turns := s.group[name]; len(turns) > 0 {
			s.crew.ask(ctx, name, words[name], turns, nil)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// local plays a negotiator of this process.
func local(t *sim.Turn) {
	defer func() {
		if e := recover(); e != nil {
			t.Fail(sim.Panicked, fmt.Sprintf("panicked: %v", e))
		}
	}()
	if t.New {
		t.New = false
		t.Negotiator.Begin(t.Party, t.Rand)
	}
	t.Kind = t.Negotiator.Respond(&t.View, t.Out)
}

// ask has a command answer turns; those it does not answer as it should are blamed on it.
func (c *crew) ask(ctx context.Context, command string, words []string, turns []*sim.Turn, said *blame) {
	h := c.hand[command]
	if h == nil {
		h = &hand{command: command, words: words, began: map[int32]int{}}
		c.hand[command] = h
		c.order = append(c.order, command)
	}
	fail := func(t *sim.Turn, cause sim.Cause, format string, a ...any) {
		said.fail(t, cause, "exec:"+command+" "+fmt.Sprintf(format, a...))
	}
	if h.failed >= c.opt.Restarts {
		for _, t := range turns {
			fail(t, sim.SeatFailed, "failed %d times in a row and was not started again; the last time it %v", h.failed, h.why)
		}
		return
	}
	if h.p == nil {
		p, err := launch(ctx, words, c.opt)
		if ctx.Err() != nil {
			return
		}
		h.made++
		if err != nil {
			h.failed++
			h.why = err
			for _, t := range turns {
				fail(t, sim.SeatFailed, "%v", err)
			}
			return
		}
		h.p = p
	}
	q := &request{Parley: Version}
	asked := turns[:0:0]
	for _, t := range turns {
		if !t.New && h.began[t.Slot] != h.made {
			fail(t, sim.SeatFailed, "had to be started again in the middle of the session: it %v", h.why)
			continue
		}
		q.Turns = append(q.Turns, h.turn(t, q))
		asked = append(asked, t)
	}
	if len(asked) == 0 {
		return
	}
	wait := c.opt.Deadline * time.Duration(min(len(asked), mostWaiting))
	r, err := h.p.exchange(ctx, q, wait, lineFloor+len(asked)*(lineTurn+8*len(asked[0].Out)))
	if ctx.Err() != nil {
		return // the table's Play ends; Close ends the process
	}
	if err != nil {
		h.why = h.p.bury(err)
		h.p = nil
		h.failed++
		for _, t := range asked {
			fail(t, sim.SeatFailed, "%v", h.why)
		}
		return
	}
	h.failed = 0
	by := make(map[int32]*answer, len(r.Answers))
	for i := range r.Answers {
		by[r.Answers[i].Session] = &r.Answers[i]
	}
	for _, t := range asked {
		a := by[t.Slot]
		if a == nil {
			fail(t, sim.Unanswered, "did not answer for this session")
			continue
		}
		if cause, err := a.into(t); err != nil {
			fail(t, cause, "%v", err)
		}
	}
}

// turn describes a turn, and its space if the process has not been told of it.
func (h *hand) turn(t *sim.Turn, q *request) turn {
	v := &t.View
	out := turn{Session: t.Slot, Round: v.Round, Rounds: v.Rounds, Fresh: v.Fresh, Hold: v.Hold, NoDeal: t.Party.NoDeal()}
	if t.New {
		t.New = false
		key := shown{t.Party.Model(), t.Party.Side()}
		at, ok := h.p.known[key]
		if !ok {
			at = len(h.p.known)
			h.p.known[key] = at
			q.Spaces = append(q.Spaces, spaceOf(key.model, key.side, at))
		}
		h.began[t.Slot] = h.made
		out.Begin = beginOf(t.Party, at, t.Rand.Uint64())
	}
	if v.Has {
		o := append(deal.Offer{}, v.Theirs...)
		out.Offer = &o
	}
	if v.Text != nil {
		o := append(deal.Offer{}, v.Text...)
		out.Text = &o
	}
	return out
}

// into writes an answer into its turn.
func (a *answer) into(t *sim.Turn) (sim.Cause, error) {
	switch a.Do {
	case "accept":
		t.Kind = sim.Accept
		return 0, nil
	case "walk":
		t.Kind = sim.Walk
		return 0, nil
	case "offer":
	case "":
		return sim.Unanswered, errors.New(`said nothing it would do; "do" is offer, accept or walk`)
	default:
		return sim.Unanswered, fmt.Errorf(`would do %q; "do" is offer, accept or walk`, clip(a.Do))
	}
	if len(a.Offer) != len(t.Out) {
		if t.View.Text != nil { // a no needs no offer
			t.Kind = sim.Propose
			return 0, nil
		}
		return sim.OutsideSpace, fmt.Errorf("offered %d values where there are %d issues", len(a.Offer), len(t.Out))
	}
	for i, raw := range a.Offer {
		x, err := strconv.ParseUint(string(raw), 10, 16)
		if err != nil {
			return sim.OutsideSpace, fmt.Errorf("offered %s for issue %d, which is not the place of a value, from 0", clip(string(raw)), i)
		}
		t.Out[i] = uint16(x)
	}
	t.Kind = sim.Propose
	return 0, nil
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "..."
	}
	return s
}
