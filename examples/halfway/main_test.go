package main

import (
	"testing"

	"github.com/parley-sim/parley/agents/agenttest"
	"github.com/parley-sim/parley/sim"
)

func TestHalfway(t *testing.T) {
	agenttest.Run(t, func() (sim.Negotiator, error) { return &halfway{}, nil })
}
