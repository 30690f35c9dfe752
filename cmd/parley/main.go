// Parley plays bilateral trade negotiations hundreds of thousands of times under uncertainty and
// shows which deals come out, how often there is none and why, and which assumption decides it.
//
//	parley run madrid --runs 10000
//	parley trace madrid --like deadline
//	parley new mine --from madrid
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// After the first signal the default returns: a second Ctrl-C ends the program at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, os.Args[1:]))
}
