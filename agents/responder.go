package agents

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// responder plays the best response it knows to a given opponent: before the talk it plays every strategy of a class against
// the opponent's strategy, with the other's true preferences (Knower), and takes the one that gets it most in mean. The class is
// every registered bidding strategy with its usual parts, time-dependent tactics with a grid of concessions, with AC_next and
// with optimal stopping, and, against a time-dependent opponent without a model, the exact best response (bestResponse). It is the
// oracle of empirical game theory's deviations (Lanctot et al. 2017, "A unified game-theoretic approach to multiagent
// reinforcement learning", where one like it is trained); a yardstick, not a player for real talks. Where the
// opponent draws random numbers the trials draw others. If it is told nothing it plays as Boulware.
type responder struct {
	against Spec
	trials  float64

	known   bool
	other   deal.Terms
	rivals  []Negotiator
	class   []Negotiator
	names   []string
	chosen  Negotiator
	p       *deal.Party
	rng     *rand.Rand
	mine    *deal.Party // the trials' parties
	theirs  *deal.Party
	planned bool
	cache   map[responderKey]int
	terms   deal.Terms
	out     [2]deal.Offer
	seen    [2]deal.Offer
}

// responderKey is a talk whose best response is known already; for the same terms on both sides only.
type responderKey struct {
	rounds int32
	opens  bool
}

const responderPrefix = "best_response/"

var responderParams = []Param{
	{Name: "trials", Min: 1, Max: 1000, Default: 1, Whole: true, Doc: "talks each strategy of the class is tried in; one is enough where nobody draws random numbers"},
}

func newResponder(spec Spec) (Negotiator, error) {
	if spec.Accept != "" || spec.Opponent != "" {
		return nil, fmt.Errorf("%s: takes neither an acceptance condition nor an opponent model; it plays what answers best", spec.Bidding)
	}
	b := &responder{against: Spec{Bidding: strings.TrimPrefix(spec.Bidding, responderPrefix)}, trials: 1}
	if strings.Contains(b.against.Bidding, "best_response") {
		return nil, fmt.Errorf("%s: a best response to a best response has no end", spec.Bidding)
	}
	n, err := New(b.against)
	if err != nil {
		return nil, err
	}
	b.rivals = append(b.rivals, n)
	if err := b.Tune(spec.Params); err != nil {
		return nil, err
	}
	return b, nil
}

// Tune implements Negotiator.
func (b *responder) Tune(params map[string]float64) error {
	for name, x := range params {
		if name != "trials" {
			return unknown("parameter", name, []string{"trials"})
		}
		if err := responderParams[0].Check(x); err != nil {
			return err
		}
	}
	for _, x := range params {
		b.trials = x
	}
	return nil
}

// Set implements Negotiator.
func (b *responder) Set(name string, value float64) error {
	return b.Tune(map[string]float64{name: value})
}

// Wants implements Knower.
func (b *responder) Wants() bool { return true }

// Know implements Knower.
func (b *responder) Know(other *deal.Terms) {
	if !b.known || !equal(&b.other, other) {
		b.cache = nil
	}
	b.known = true
	b.other.Weight = append(b.other.Weight[:0], other.Weight...)
	b.other.Cost = append(b.other.Cost[:0], other.Cost...)
	b.other.NoDeal, b.other.Risk = other.NoDeal, other.Risk
}

// Aim is that of the strategy it plays.
func (b *responder) Aim() float64 {
	if b.chosen == nil {
		return math.NaN()
	}
	return b.chosen.Aim()
}

// Begin implements sim.Negotiator.
func (b *responder) Begin(p *deal.Party, rng *rand.Rand) {
	if b.class == nil {
		b.enrol()
	}
	if b.p != p || !equal(p.Terms(), &b.terms) {
		b.cache = nil
	}
	b.p, b.rng, b.planned = p, rng, false
	now := p.Terms()
	b.terms.Weight = append(b.terms.Weight[:0], now.Weight...)
	b.terms.Cost = append(b.terms.Cost[:0], now.Cost...)
	b.terms.NoDeal = now.NoDeal
	m, side := p.Model(), p.Side()
	if b.known && (len(b.other.Weight) != len(m.Profile[1-side].Interests) || len(b.other.Cost) != len(m.Profile[1-side].Lines)) {
		b.known = false
	}
	if !b.known {
		return
	}
	if b.mine == nil || b.mine.Model() != m || b.mine.Side() != side {
		b.mine, b.theirs = m.NewParty(side), m.NewParty(1-side)
		for i := range b.out {
			b.out[i], b.seen[i] = m.Space.NewOffer(), m.Space.NewOffer()
		}
	}
	b.mine.Set(*now)
	b.theirs.Set(b.other)
}

// enrol makes the class.
func (b *responder) enrol() {
	add := func(s Spec) {
		n, err := New(s)
		if err != nil {
			panic("agents: " + err.Error())
		}
		b.class, b.names = append(b.class, n), append(b.names, s.String())
	}
	add(Spec{Bidding: "boulware"})
	for _, beta := range []float64{0.01, 0.02, 0.05, 0.1, 0.3, 0.6, 1, 2, 5} {
		for _, accept := range []string{"next", "optimal"} {
			add(Spec{Bidding: "time", Accept: accept, Params: map[string]float64{"concession": beta}})
		}
	}
	for _, name := range Names(Bidding) {
		if name != "boulware" && name != "best_response" {
			add(Spec{Bidding: name})
		}
	}
	if beta, ok := map[string]float64{"boulware": 0.2, "linear": 1, "conceder": 2, "time": 1}[b.against.Bidding]; ok {
		add(Spec{Bidding: "best_response", Params: map[string]float64{"their_concession": beta}})
	}
}

// Respond implements sim.Negotiator.
func (b *responder) Respond(v *sim.View, out deal.Offer) sim.Kind {
	if !b.planned {
		b.planned = true
		best := 0
		if b.known && v.Text == nil {
			best = b.plan(v.Rounds, !v.Has)
		}
		b.chosen = b.class[best]
		if k, ok := b.chosen.(Knower); ok && b.known && k.Wants() {
			k.Know(&b.other)
		}
		b.chosen.Begin(b.p, b.rng)
	}
	return b.chosen.Respond(v, out)
}

// plan tries the class and returns the place of the best; ties go to the first.
func (b *responder) plan(rounds int32, opens bool) int {
	key := responderKey{rounds, opens}
	if k, ok := b.cache[key]; ok {
		return k
	}
	best, most := 0, math.Inf(-1)
	for k := range b.class {
		sum := 0.0
		for t := range int(b.trials) {
			sum += b.try(b.class[k], rounds, opens, uint64(t))
		}
		if sum > most {
			best, most = k, sum
		}
	}
	if b.cache == nil {
		b.cache = map[responderKey]int{}
	}
	b.cache[key] = best
	return best
}

// try plays a talk and returns what it is worth.
func (b *responder) try(n Negotiator, rounds int32, opens bool, trial uint64) float64 {
	seats := [2]Negotiator{n, b.rivals[0]}
	parties := [2]*deal.Party{b.mine, b.theirs}
	for i, s := range seats {
		if k, ok := s.(Knower); ok && k.Wants() {
			k.Know(parties[1-i].Terms())
		}
		s.Begin(parties[i], rand.New(rand.NewPCG(trial, uint64(i))))
	}
	first := 1
	if opens {
		first = 0
	}
	made := [2]bool{}
	var v sim.View
	for round := int32(1); round <= rounds; round++ {
		for turn := range 2 {
			i := (first + turn) % 2
			v = sim.View{Round: round, Rounds: rounds, Space: b.mine.Model().Space, Theirs: b.seen[i], Has: made[1-i]}
			if v.Has {
				v.Fresh = round == 1 || turn == 1 && round == 1 || !b.seen[i].Equal(b.out[1-i]) || !made[i]
				copy(b.seen[i], b.out[1-i])
			}
			switch seats[i].Respond(&v, b.out[i]) {
			case sim.Propose:
				made[i] = true
			case sim.Accept:
				return b.mine.Utility(b.seen[i])
			default:
				return b.mine.NoDeal()
			}
		}
	}
	return b.mine.NoDeal()
}
