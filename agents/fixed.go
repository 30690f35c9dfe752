package agents

import "github.com/parley-sim/parley/sim"

// hardLiner offers its best outcome in every round and nothing else.
type hardLiner struct{}

func (hardLiner) begin(*talk) {}
func (hardLiner) waits() bool { return false }

func (hardLiner) next(t *talk, _ *sim.View) bid {
	if !t.made {
		copy(t.mine, t.best)
		t.said(t.hi, t.hi, 0)
	}
	return bid{u: t.hi, aim: t.hi, bar: t.hi}
}

// random draws a level of utility uniformly between lo and hi in every round and bids for it.
type random struct{}

func (random) begin(*talk) {}
func (random) waits() bool { return false }

func (random) next(t *talk, _ *sim.View) bid { return t.reach(t.level(t.rng.Float64())) }
