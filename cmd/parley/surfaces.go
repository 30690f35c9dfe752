package main

import (
	"fmt"

	"github.com/parley-sim/parley/internal/scenario"
)

// compiling says how a scenario is compiled: the solves of its trade models are told on a terminal,
// where they take more than the cache does.
func compiling(s streams, quiet bool) scenario.Options {
	if quiet || !isTerminal(s.Err) || dumb() {
		return scenario.Options{}
	}
	return scenario.Options{Progress: func(done, total int) {
		fmt.Fprintf(s.Err, "\rtrade model: %d of %d solved", done, total)
		if done == total {
			fmt.Fprint(s.Err, "\r\x1b[K")
		}
	}}
}
