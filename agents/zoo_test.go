package agents_test

import (
	"context"
	"testing"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/agenttest"
	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// one plays a session over a benchmark world and returns its result.
func one(t testing.TB, w *agenttest.World, a, b agents.Spec, first int, rounds int32) sim.Result {
	t.Helper()
	s := sim.Setup{First: first, Rounds: rounds, Seed: [2]uint64{1, 2}}
	terms := [2]deal.Terms{w.Terms(0, 0), w.Terms(0, 1)}
	for i, spec := range []agents.Spec{a, b} {
		n, err := agents.New(spec)
		if err != nil {
			t.Fatal(err)
		}
		if k, ok := n.(agents.Knower); ok && k.Wants() {
			k.Know(&terms[1-i])
		}
		s.Negotiator[i] = n
		s.Party[i] = w.Model.NewParty(i)
		s.Party[i].Set(terms[i])
	}
	var out sim.Result
	err := sim.NewPlain().Play(context.Background(), sim.Once(s), func(_ int, r *sim.Result) error {
		out = *r
		out.Offer = append(deal.Offer(nil), r.Offer...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Nobody does better against a time-dependent opponent than the best response to it, in either seat, whoever opens.
func TestBestResponseIsBest(t *testing.T) {
	for _, seed := range []uint64{5, 6, 7, 8} {
		w := agenttest.Benchmark(seed, 4, 5)
		for _, beta := range []float64{0.2, 1, 3} {
			for seat := range 2 {
				for first := range 2 {
					them := agents.Spec{Bidding: "time", Params: map[string]float64{"concession": beta}}
					play := func(me agents.Spec) float64 {
						pair := [2]agents.Spec{me, them}
						if seat == 1 {
							pair = [2]agents.Spec{them, me}
						}
						r := one(t, w, pair[0], pair[1], first, 30)
						if r.Status == sim.Error {
							t.Fatal(r.Err)
						}
						return r.Utility[seat]
					}
					best := play(agents.Spec{Bidding: "best_response", Params: map[string]float64{"their_concession": beta}})
					for _, name := range agents.Names(agents.Bidding) {
						if got := play(agents.Spec{Bidding: name}); got > best+1e-9 {
							t.Errorf("seed %d, beta %v, seat %d, first %d: %s gets %v, the best response %v", seed, beta, seat, first, name, got, best)
						}
					}
				}
			}
		}
	}
}

// Every strategy finds a deal with a conceder, and all but those that never give way with one another.
func TestZooMakesDeals(t *testing.T) {
	w := agenttest.Benchmark(5, 4, 5)
	for _, name := range agents.Names(agents.Bidding) {
		r := one(t, w, agents.Spec{Bidding: name}, agents.Spec{Bidding: "conceder"}, 0, 200)
		if r.Status != sim.Signed {
			t.Errorf("%s and a conceder: %s, %s", name, r.Status, r.Err)
		}
		if r.Utility[0] < 0.3 {
			t.Errorf("%s gets %v from a conceder", name, r.Utility[0])
		}
	}
}

func TestUsualParts(t *testing.T) {
	if s := agents.Usual(agents.Spec{Bidding: "nice_tit_for_tat"}); s.Opponent != "bayesian" || s.Accept != "own" {
		t.Error(s)
	}
	if s := agents.Usual(agents.Spec{Bidding: "boulware"}); s.Opponent != "none" || s.Accept != "next" {
		t.Error(s)
	}
	for _, in := range agents.List() {
		if in.Source == "" && in.Name != "none" && in.Name != "own" && in.Name != "hard_liner" && in.Name != "random" {
			t.Errorf("%s names no paper", in.Name)
		}
		if s := agents.Usual(agents.Spec{Bidding: in.Name}); s.Accept == "" {
			t.Error(s)
		}
	}
}

// Nobody of the registry does better against a given opponent than the best response found by playing them all, when
// nobody draws random numbers.
func TestResponder(t *testing.T) {
	w := agenttest.Benchmark(6, 4, 5)
	for _, them := range []string{"boulware", "hardheaded", "tit_for_tat", "atlas3", "nice_tit_for_tat", "conceder"} {
		for first := range 2 {
			best := one(t, w, agents.Spec{Bidding: "best_response/" + them}, agents.Spec{Bidding: them}, first, 40)
			if best.Status == sim.Error {
				t.Fatal(best.Err)
			}
			for _, name := range agents.Names(agents.Bidding) {
				got := one(t, w, agents.Spec{Bidding: name}, agents.Spec{Bidding: them}, first, 40)
				if random := map[string]bool{"random": true, "micro": true, "agent_k": true, "ponpoko": true, "caduceus": true, "negmas/micro": true, "hardheaded": true}; random[name] || them == "hardheaded" {
					continue
				}
				if got.Utility[0] > best.Utility[0]+1e-9 {
					t.Errorf("against %s, first %d: %s gets %v, the best response %v", them, first, name, got.Utility[0], best.Utility[0])
				}
			}
		}
	}
	for _, bad := range []string{"best_response/boulwar", "best_response/best_response", "best_response/boulware+combi", "best_response/boulware:trial=3"} {
		if _, err := agents.Parse(bad); err == nil {
			t.Errorf("%s passes", bad)
		}
	}
}
