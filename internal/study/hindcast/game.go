package hindcast

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/deal"
)

// The game. The terms of an episode are talked over one by one, as requests and offers on tariffs are:
// each is a session of its own, on a space of one issue whose values are the shares m = 0 (nothing
// moves) to 1 (all that was asked, threatened or conceivable), in steps of 1/40. Of every term one side
// wants more, the taker, and the other less, the giver:
//
//	taker   m        no deal on the term is worth r ~ Beta(1, 3) to it: the least it takes
//	giver   1 - m    no deal is worth r ~ Beta(1, 3): it gives at most 1 - r
//
// which are the reservations of RULE.md's small game. The two sides, their ways to bargain, how many
// rounds there are, 4 to 20, are drawn once an episode, so its terms go together; the reservations and
// who opens once a term. Both sides play Faratin's time-dependent tactic of package agents, with exponents
// log-uniform over [0.2, 5], and accept what is worth their next bid. What is not signed when the
// rounds are over stays as it is.
//
// Two other games were played on the shared episodes and scored worse; docs/validation.md has the
// figures. A package of all terms at once, with concave tastes and drawn weights: agents that trade one
// term for another end at its corners, most terms at 0 or at 1. And sides of whom some answer tit for
// tat or hold out: too many terms stay as they are. So the form of the game was chosen with the outcomes
// known; its numbers were not.

// steps is how finely a term is divided at the table.
const steps = 40

// game is an episode ready to be played. Its frames are those of the terms that are scored.
type game struct {
	id     uint64
	frames []frame
	names  []uint64 // of the terms, so that leaving one out moves none of the others
	model  *deal.Model
}

func newGame(id string, names []string, frames []frame) (*game, error) {
	g := &game{id: chance.ID(id), frames: frames}
	for _, n := range names {
		g.names = append(g.names, chance.ID(n))
	}
	is := deal.Issue{Name: "share", Now: 0}
	more, less := make([]float64, steps+1), make([]float64, steps+1)
	for k := range steps + 1 {
		m := float64(k) / steps
		is.Values, is.Numbers = append(is.Values, strconv.FormatFloat(m, 'g', 6, 64)), append(is.Numbers, m)
		more[k], less[k] = m, 1-m
	}
	space, err := deal.NewSpace([]deal.Issue{is})
	if err != nil {
		return nil, err
	}
	profile := [2]deal.Profile{
		{Name: "taker", Interests: []deal.Interest{{Name: "more", Scope: []int{0}, Table: more}}},
		{Name: "giver", Interests: []deal.Interest{{Name: "less", Scope: []int{0}, Table: less}}},
	}
	g.model, err = deal.Compile(space, profile, [2]deal.Bounds{}, deal.Options{})
	return g, err
}

// talks are what the sessions of a game came to: the share of each term, row-major by run, and whether
// it was signed. A share that was not is 0.
type talks struct {
	terms  int
	signed []bool
	share  []float64
	errors int
}

// closed tells whether anything was signed in a run.
func (t *talks) closed(run int) bool {
	return slices.Contains(t.signed[run*t.terms:(run+1)*t.terms], true)
}

// play plays n runs, a session a term each. The result is a function of the game, n and the seed alone.
func (g *game) play(ctx context.Context, seed uint64, n int) (*talks, error) {
	sessions := n * len(g.frames)
	t := &talks{terms: len(g.frames), signed: make([]bool, sessions), share: make([]float64, sessions)}
	table := sim.NewHub(sim.HubOptions{})
	src := &source{g: g, seed: seed ^ g.id, n: uint64(sessions), slots: make([]chair, table.Slots())}
	err := table.Play(ctx, src, func(_ int, r *sim.Result) error {
		switch r.Status {
		case sim.Error:
			t.errors++
		case sim.Signed:
			t.signed[r.ID], t.share[r.ID] = true, float64(r.Offer[0])/steps
		}
		return nil
	})
	return t, errors.Join(src.fault, err)
}

// source deals out sessions: session k is term k mod terms of run k / terms.
type source struct {
	g     *game
	seed  uint64
	n     uint64
	next  uint64
	slots []chair
	fault error
}

// chair is what a slot keeps.
type chair struct {
	party [2]*deal.Party
	who   [2]agents.Negotiator
}

// The named variables of a run. Those of the sides are indexed by side, a's first.
var (
	idReserve = [2]uint64{chance.ID("hindcast.taker.reserve"), chance.ID("hindcast.giver.reserve")} // by term
	idPace    = chance.ID("hindcast.pace")
	idRounds  = chance.ID("hindcast.rounds")
	idFirst   = chance.ID("hindcast.first")
	idStream  = [2]uint64{chance.ID("hindcast.stream.taker"), chance.ID("hindcast.stream.giver")}
)

var one = []float64{1}

// Next implements sim.Source.
func (s *source) Next(slot int, out *sim.Setup) bool {
	if s.next == s.n || s.fault != nil {
		return false
	}
	c := &s.slots[slot]
	if c.party[0] == nil {
		for seat := range c.party {
			c.party[seat] = s.g.model.NewParty(seat)
		}
	}
	k := s.next
	s.next++
	terms := uint64(len(s.g.frames))
	run, term := k/terms, int(k%terms)
	for seat := range c.party {
		r := 1 - math.Cbrt(1-chance.U(s.seed, run, idReserve[seat], s.g.names[term])) // Beta(1, 3) by its quantile
		c.party[seat].Set(deal.Terms{Weight: one, NoDeal: r})
		n, err := c.call(seat, s.seed, run, s.g.frames[term].side(seat))
		if err != nil {
			s.fault = err
			return false
		}
		out.Negotiator[seat] = n
		out.Seed[seat] = uint64(chance.U(s.seed, run, idStream[seat], s.g.names[term]) * (1 << 53))
	}
	out.ID, out.Space, out.Party = k, s.g.model.Space, c.party
	out.First = int(2 * chance.U(s.seed, run, idFirst, s.g.names[term]))
	out.Rounds = int32(4 + int(17*chance.U(s.seed, run, idRounds, 0)))
	return true
}

// side is who sits in a seat of the term's session: 0 a, 1 b. The taker has seat 0. Of a threat, of a
// pledge and of b's own tariff the taker is a; a's own tariff b wants down.
func (f *frame) side(seat int) int {
	if f.class == Rollback && f.owner == 0 {
		return 1 - seat
	}
	return seat
}

// call is a seat's negotiator of the session, tuned: the side's of the run.
func (c *chair) call(seat int, seed, run uint64, side int) (agents.Negotiator, error) {
	if c.who[seat] == nil {
		n, err := agents.New(agents.Spec{Bidding: "time", Accept: "next", Opponent: "none"})
		if err != nil {
			return nil, err
		}
		c.who[seat] = n
	}
	pace := math.Exp(math.Log(0.2) + chance.U(seed, run, idPace, uint64(side))*math.Log(25))
	return c.who[seat], c.who[seat].Set("concession", pace)
}
