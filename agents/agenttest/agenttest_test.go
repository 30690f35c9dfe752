package agenttest_test

import (
	"strings"
	"testing"

	"github.com/parley-sim/parley/agents"
	"github.com/parley-sim/parley/agents/agenttest"
	"github.com/parley-sim/parley/sim"
)

// TestRegistered runs the suite over every registered part, each with its usual companions.
func TestRegistered(t *testing.T) {
	for _, in := range agents.List() {
		spec := agents.Spec{Bidding: "boulware", Opponent: "frequency"}
		switch in.Kind {
		case agents.Bidding:
			spec = agents.Spec{Bidding: in.Name}
		case agents.Acceptance:
			spec.Accept = in.Name
		case agents.Opponent:
			spec.Opponent = in.Name
		case agents.Preferences:
			spec = agents.Spec{Bidding: strings.Replace(in.Name, "BIDDING", "boulware", 1)}
		}
		t.Run(string(in.Kind)+"/"+in.Name, func(t *testing.T) {
			agenttest.Run(t, func() (sim.Negotiator, error) { return agents.New(spec) })
		})
	}
}

// TestPairs runs the suite over biddings with every opponent model, which changes how they search.
func TestPairs(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	for _, b := range agents.Names(agents.Bidding) {
		for _, m := range agents.Names(agents.Opponent) {
			t.Run(b+"/"+m, func(t *testing.T) {
				agenttest.Run(t, func() (sim.Negotiator, error) {
					return agents.New(agents.Spec{Bidding: b, Accept: "combi", Opponent: m})
				})
			})
		}
	}
}
