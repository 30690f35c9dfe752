package agents_test

import (
	"testing"
	"time"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/agenttest"
	"github.com/parley-sim/parley/sim"
)

// Every strategy and model can play where there are 10^20 outcomes.
func TestLargeSpace(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	w := agenttest.Benchmark(3, 20, 10)
	for _, in := range agents.List() {
		spec := agents.Spec{Bidding: in.Name}
		switch in.Kind {
		case agents.Acceptance:
			spec = agents.Spec{Bidding: "boulware", Accept: in.Name}
		case agents.Opponent:
			spec = agents.Spec{Bidding: "boulware", Opponent: in.Name}
		case agents.Preferences:
			continue
		}
		start := time.Now()
		r := one(t, w, spec, agents.Spec{Bidding: "linear"}, 0, 200)
		if r.Status == sim.Error {
			t.Errorf("%s: %s", in.Name, r.Err)
		}
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s took %v", in.Name, d)
		} else if d > 500*time.Millisecond {
			t.Logf("%s took %v", in.Name, d)
		}
	}
	if r := one(t, w, agents.Spec{Bidding: "uncertain/boulware"}, agents.Spec{Bidding: "linear"}, 0, 200); r.Status == sim.Error {
		t.Error(r.Err)
	}
}
