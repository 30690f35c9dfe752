// Package agenttest holds the conformance suite: what every negotiator must keep to, whoever wrote it.
//
// A test of an agent is one call,
//
//	func TestMine(t *testing.T) {
//		agenttest.Run(t, func() (sim.Negotiator, error) { return mine.New() })
//	}
//
// and checks, over a small zoo of spaces (one outcome, a pie, benchmark-like, with red lines and joint
// interests, full of ties, hopeless, with terms drawn anew for every session) and of opponents, that
//
//   - a session's moves depend on its setup alone: played alone by a fresh negotiator they are those
//     played in a permuted batch by negotiators used again for session after session;
//   - nothing is offered or taken outside the space or over the negotiator's own hard red lines, nor
//     below no deal (unless the negotiator says that it knows none: Reckless() bool);
//   - the target it tells (sim.Aimer), if it tells one, lies between no deal and its best outcome;
//   - the same setup gives the same moves again;
//   - talks of a single round, spaces of a single outcome and other protocols do no harm;
//   - an offer costs no allocation once buffers have grown.
package agenttest

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// Make makes a new negotiator.
type Make func() (sim.Negotiator, error)

// sessions are played in each world.
const sessions = 48

// Run runs the suite as subtests of t.
func Run(t *testing.T, mk Make) {
	t.Helper()
	if _, err := mk(); err != nil {
		t.Fatal(err)
	}
	for _, w := range Worlds() {
		t.Run(w.Name, func(t *testing.T) {
			alone := make([]string, sessions)
			for k := range alone {
				alone[k] = w.play(t, mk, sim.NewPlain(), []int{k})[k]
			}
			for k, s := range alone {
				if strings.Contains(s, "fault:") {
					t.Errorf("session %d: %s", k, s)
				}
			}
			order := rand.New(rand.NewPCG(11, 12)).Perm(sessions)
			for _, batch := range []int{1, 7} {
				got := w.play(t, mk, sim.NewHub(sim.HubOptions{Batch: batch}), order)
				for k := range alone {
					if got[k] != alone[k] {
						t.Fatalf("session %d in a permuted batch of %d is not session %d alone:\n%s\n%s", k, batch, k, got[k], alone[k])
					}
				}
			}
		})
	}
	t.Run("allocations", func(t *testing.T) { allocations(t, mk) })
}

// rivals are whom the negotiator under test meets.
var rivals = []agents.Spec{
	{Bidding: "boulware"},
	{Bidding: "conceder", Opponent: "frequency"},
	{Bidding: "tit_for_tat"},
	{Bidding: "random", Accept: "const"},
	{Bidding: "hard_liner", Accept: "time"},
	{Bidding: "micro"},
}

var lengths = []int32{1, 2, 7, 40, 120}

// source deals sessions in a given order.
type source struct {
	w     *World
	mk    Make
	order []int
	at    int
	seat  map[int]*chair
	t     *testing.T
	log   []*record
}

// chair is what a slot keeps.
type chair struct {
	mine  sim.Negotiator
	rival []agents.Negotiator
	party [2]*deal.Party
}

// record writes down a session.
type record struct {
	b     strings.Builder
	mine  int8
	blind bool // knows no reservation value, and says so
	party *deal.Party
	lo    float64
	hi    float64
	tiny  float64
}

// Move implements sim.Tracer.
func (r *record) Move(m *sim.Move) {
	fmt.Fprintf(&r.b, "%d/%d %s %v %x; ", m.Round, m.Seat, m.Kind, m.Offer, math.Float64bits(m.Aim))
	if m.Seat != r.mine || r.blind {
		return
	}
	if !math.IsNaN(m.Aim) && !(m.Aim >= r.lo-r.tiny && m.Aim <= r.hi+r.tiny) {
		fmt.Fprintf(&r.b, "fault: the target %v is not within %v and %v; ", m.Aim, r.lo, r.hi)
	}
	if m.Offer != nil && !m.Vote && (m.Kind == sim.Propose || m.Kind == sim.Accept) && !(r.party.Utility(m.Offer) >= r.party.NoDeal()-r.tiny) {
		fmt.Fprintf(&r.b, "fault: %s of %v, worth %v, below no deal, %v; ", m.Kind, m.Offer, r.party.Utility(m.Offer), r.party.NoDeal())
	}
}

// Next implements sim.Source.
func (s *source) Next(slot int, out *sim.Setup) bool {
	if s.at == len(s.order) {
		return false
	}
	k := s.order[s.at]
	s.at++
	c := s.seat[slot]
	if c == nil {
		c = &chair{party: [2]*deal.Party{s.w.Model.NewParty(0), s.w.Model.NewParty(1)}}
		var err error
		if c.mine, err = s.mk(); err != nil {
			s.t.Fatal(err)
		}
		for _, spec := range rivals {
			n, err := agents.New(spec)
			if err != nil {
				s.t.Fatal(err)
			}
			c.rival = append(c.rival, n)
		}
		s.seat[slot] = c
	}
	mine := k / 2 % 2
	for side, p := range c.party {
		p.Set(s.w.Terms(k, side))
	}
	out.ID, out.Party, out.First, out.Rounds = uint64(k), c.party, k%2, lengths[k/3%len(lengths)]
	out.Negotiator[mine], out.Negotiator[1-mine] = c.mine, c.rival[k%len(rivals)]
	out.Seed = [2]uint64{uint64(k)*2 + 1, uint64(k)*2 + 2}
	if all := sim.Protocols(); k%4 == 3 { // the other rules of talk, now and then
		out.Protocol = all[k/4%len(all)].Protocol
	}
	r := &record{mine: int8(mine), party: c.party[mine]}
	if b, ok := c.mine.(interface{ Reckless() bool }); ok {
		r.blind = b.Reckless()
	}
	o := s.w.Model.Space.NewOffer()
	r.hi = c.party[mine].Best(o)
	r.lo = math.Max(c.party[mine].NoDeal(), c.party[mine].Worst())
	r.lo = math.Min(r.lo, r.hi)
	r.tiny = 1e-9 * (1 + math.Abs(r.hi) + math.Abs(r.lo))
	s.log[k] = r
	out.Tracer = r
	return true
}

// play plays sessions in an order and returns what was said in each.
func (w *World) play(t *testing.T, mk Make, table sim.Table, order []int) map[int]string {
	t.Helper()
	src := &source{w: w, mk: mk, order: order, seat: map[int]*chair{}, t: t, log: make([]*record, sessions)}
	got := map[int]string{}
	err := table.Play(context.Background(), src, func(_ int, r *sim.Result) error {
		k := int(r.ID)
		s := src.log[k].b.String() + fmt.Sprintf("%s %s by %d in round %d, %d offers, %v %x %x", r.Status, r.Cause, r.By, r.Round, r.Offers, r.Offer,
			math.Float64bits(r.Utility[0]), math.Float64bits(r.Utility[1]))
		if r.Status == sim.Error {
			s += " fault: " + r.Err
		}
		got[k] = s
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// allocations plays the same long session again and again, without a table.
func allocations(t *testing.T, mk Make) {
	for _, w := range Worlds() {
		if w.Name != "benchmark" && w.Name != "red lines" {
			continue
		}
		mine, err := mk()
		if err != nil {
			t.Fatal(err)
		}
		rival, err := agents.New(agents.Spec{Bidding: "boulware"})
		if err != nil {
			t.Fatal(err)
		}
		const rounds = 300
		seats := [2]sim.Negotiator{mine, rival}
		party := [2]*deal.Party{w.Model.NewParty(0), w.Model.NewParty(1)}
		var pcg [2]rand.PCG
		rng := [2]*rand.Rand{rand.New(&pcg[0]), rand.New(&pcg[1])}
		n := w.Model.Space.Len()
		out := [2]deal.Offer{make(deal.Offer, n), make(deal.Offer, n)}
		seen := [2]deal.Offer{make(deal.Offer, n), make(deal.Offer, n)}
		terms := [2]deal.Terms{w.Terms(0, 0), w.Terms(0, 1)}
		offers := 0
		v := new(sim.View)
		session := func() {
			for i, p := range party {
				p.Set(terms[i])
				pcg[i].Seed(1, uint64(i))
				seats[i].Begin(p, rng[i])
			}
			offers = 0
			for round := int32(1); round <= rounds; round++ {
				for i, s := range seats {
					*v = sim.View{Round: round, Rounds: rounds, Space: w.Model.Space, Theirs: seen[i], Has: round > 1 || i == 1}
					v.Fresh = v.Has && !seen[i].Equal(out[1-i]) || round == 1
					copy(seen[i], out[1-i])
					if s.Respond(v, out[i]) != sim.Propose {
						return
					}
					offers++
				}
			}
		}
		for range 3 {
			session()
		}
		if got := testing.AllocsPerRun(3, session); got > float64(offers)/100 {
			t.Errorf("%s: %v allocations in a session of %d offers", w.Name, got, offers)
		}
	}
}
