package sim_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// pie is one issue of n+1 values, worth v/n to side 0 and share(1 - v/n) to side 1. Side 1 will never
// sign the value `never` (-1 for none).
func pie(t testing.TB, n, never int, share func(float64) float64) *deal.Model {
	t.Helper()
	is := deal.Issue{Name: "pie", Now: 0}
	tables := [2][]float64{}
	broken := make([]bool, n+1)
	for v := range n + 1 {
		x := float64(v) / float64(n)
		is.Values = append(is.Values, fmt.Sprint(v))
		is.Numbers = append(is.Numbers, float64(v))
		tables[0], tables[1] = append(tables[0], x), append(tables[1], share(1-x))
		broken[v] = v == never
	}
	s, err := deal.NewSpace([]deal.Issue{is})
	if err != nil {
		t.Fatal(err)
	}
	var p [2]deal.Profile
	for k := range p {
		p[k] = deal.Profile{Name: fmt.Sprint("side", k), Interests: []deal.Interest{{Name: "share", Scope: []int{0}, Table: tables[k]}}}
	}
	p[1].Lines = []deal.Line{{Name: "never", Scope: []int{0}, Broken: broken}}
	m, err := deal.Compile(s, p, [2]deal.Bounds{}, deal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func same(x float64) float64 { return x }

// parties are a pair with no deal worth nothing.
func parties(m *deal.Model) [2]*deal.Party {
	var p [2]*deal.Party
	for k := range p {
		p[k] = m.NewParty(k)
		t := deal.Terms{Weight: []float64{1}}
		if k == 1 {
			t.Cost = []float64{math.Inf(1)}
		}
		p[k].Set(t)
	}
	return p
}

// script is a negotiator made of a function; the function sees the turn's number, from 0.
type script struct {
	act func(s *script, v *sim.View, out deal.Offer) sim.Kind
	p   *deal.Party
	rng *rand.Rand
	n   int
}

func (s *script) Begin(p *deal.Party, rng *rand.Rand) { s.p, s.rng, s.n = p, rng, 0 }

func (s *script) Respond(v *sim.View, out deal.Offer) sim.Kind {
	k := s.act(s, v, out)
	s.n++
	return k
}

// says proposes these values in turn, the last one for ever.
func says(values ...uint16) *script {
	return &script{act: func(s *script, _ *sim.View, out deal.Offer) sim.Kind {
		out[0] = values[min(s.n, len(values)-1)]
		return sim.Propose
	}}
}

// then does something else in turn n, counted from 0.
func (s *script) then(n int, act func(v *sim.View, out deal.Offer) sim.Kind) *script {
	before := s.act
	return &script{act: func(s *script, v *sim.View, out deal.Offer) sim.Kind {
		if s.n == n {
			return act(v, out)
		}
		return before(s, v, out)
	}}
}

func does(k sim.Kind) func(*sim.View, deal.Offer) sim.Kind {
	return func(*sim.View, deal.Offer) sim.Kind { return k }
}

// list is a source of given setups. Parties and negotiators are theirs, so any number may be live.
type list struct {
	setups []sim.Setup
	at     int
}

func (l *list) Next(_ int, s *sim.Setup) bool {
	if l.at == len(l.setups) {
		return false
	}
	*s = l.setups[l.at]
	l.at++
	return true
}

// tables are the tables every test of the rules runs on.
func tables() map[string]sim.Table {
	return map[string]sim.Table{
		"plain":   sim.NewPlain(),
		"hub 1":   sim.NewHub(sim.HubOptions{Batch: 1}),
		"hub 3":   sim.NewHub(sim.HubOptions{Batch: 3}),
		"hub 256": sim.NewHub(sim.HubOptions{}),
	}
}

// play returns the results by ID, offers copied.
func play(t testing.TB, table sim.Table, setups ...sim.Setup) map[uint64]sim.Result {
	t.Helper()
	got := map[uint64]sim.Result{}
	err := table.Play(context.Background(), &list{setups: setups}, func(_ int, r *sim.Result) error {
		c := *r
		if r.Offer != nil {
			c.Offer = append(deal.Offer(nil), r.Offer...)
		}
		if _, twice := got[r.ID]; twice {
			t.Errorf("session %d ended twice", r.ID)
		}
		got[r.ID] = c
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(setups) {
		t.Fatalf("%d results of %d sessions", len(got), len(setups))
	}
	return got
}

// text is a result in full, NaN included, for comparison.
func text(r sim.Result) string { return fmt.Sprintf("%+v", r) }

// duel is the setup of one session over a pie of ten.
func duel(t testing.TB, a, b sim.Negotiator) sim.Setup {
	m := pie(t, 10, -1, same)
	return sim.Setup{Party: parties(m), Negotiator: [2]sim.Negotiator{a, b}, Rounds: 5}
}
