package main

import (
	"fmt"

	"github.com/parley-sim/parley/internal/scenario"
)

// compiling says how a scenario is compiled: the solves of its trade models are told on a terminal,
// where they take more than the cache does, and what is wrong with the cache always, each once.
func compiling(s streams, quiet bool) scenario.Options {
	said := make(map[string]bool)
	opt := scenario.Options{Say: func(note string) {
		if !said[note] {
			said[note] = true
			s.say("%s", note)
		}
	}}
	if quiet || !isTerminal(s.Err) || dumb() {
		return opt
	}
	opt.Progress = func(done, total int) {
		fmt.Fprintf(s.Err, "\rtrade model: %d of %d solved", done, total)
		if done == total {
			fmt.Fprint(s.Err, "\r\x1b[K")
		}
	}
	return opt
}
