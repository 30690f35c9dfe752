// Package external seats programs in any language: one line of JSON in on its standard input carries a batch of turns, one
// line out on its standard output the answers. docs/agents.md has the protocol for those who write such programs; its version is
// Version.
//
// # Who owns what
//
// A Host belongs to one table. Each of its seats runs its own process of every command that plays on that side,
// started when first needed; so two seats never share one. What goes to a process is a copy, and its answer is copied into the turns
// after it has come: a process that answers late, or never, holds nothing of the table's. A seat waits for one batch at a time.
//
// # Deadlines and blame
//
// A batch of n turns has n times the deadline a turn, 10 times at most. A process that is late, exits, prints what is not an
// answer, more than an answer can hold, or an answer to something else is killed; the sessions of the
// batch end as errors that say what it did and the last words of its standard error. It is started again for the next
// batch. Sessions it had begun and forgot so end as errors when their turn comes. After `Restarts` failures in a row it is not
// started any more. An answer that is whole but wrong for one session (an unknown action, values outside the
// space, none at all) costs that session only.
//
// Wall-clock time decides nothing else here, and what it decided says so: see Late.
package external

import "time"

// Version is that of the protocol: the "parley" of every line.
const Version = 1

// Late is in the account of every session that the clock ended.
const Late = "did not answer in time"

// Options are a host's settings; the zero value is sensible.
type Options struct {
	Deadline time.Duration // a turn, > 0; 0 = 1 s
	Start    time.Duration // for the first line of a new process, > 0; 0 = 10 s
	Restarts int           // failures in a row after which a command is given up, >= 1; 0 = 5
	Dir      string        // working directory; "" = that of this process
}

const (
	defaultDeadline = time.Second
	defaultStart    = 10 * time.Second
	defaultRestarts = 5
	mostWaiting     = 10      // deadlines a batch may take
	lineFloor       = 1 << 14 // bytes that an answer may have in any case
	lineTurn        = 1 << 10 // and for each turn, and 8 for each issue
	lastWords       = 400     // bytes of standard error that are told
)

func (o Options) fill() Options {
	if o.Deadline <= 0 {
		o.Deadline = defaultDeadline
	}
	if o.Start <= 0 {
		o.Start = defaultStart
	}
	if o.Restarts <= 0 {
		o.Restarts = defaultRestarts
	}
	return o
}
