package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/parley-sim/parley/internal/config"
)

// hinted is an error with a line that says what to do about it.
type hinted struct {
	err  error
	hint string
}

func (h *hinted) Error() string { return h.err.Error() }
func (h *hinted) Unwrap() error { return h.err }

// withHint adds what the user can do about err.
func withHint(err error, format string, a ...any) error {
	return &hinted{err, fmt.Sprintf(format, a...)}
}

// exitError ends the program with a code of its own. A nil err prints nothing: the command has
// said all there is to say.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}
func (e *exitError) Unwrap() error { return e.err }

// fail prints err as the user should read it and gives the exit code.
func fail(w io.Writer, err error) int {
	code := exitUsage
	var e *exitError
	switch {
	case errors.As(err, &e):
		code = e.code
		if e.err == nil {
			return code
		}
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(w, "interrupted")
		return exitInterrupted
	}
	for _, line := range problems(err) {
		fmt.Fprintf(w, "error: %s\n", line)
	}
	var h *hinted
	if errors.As(err, &h) {
		fmt.Fprintf(w, "hint: %s\n", h.hint)
	}
	return code
}

// problems are the lines of an error: one for each thing that is wrong.
func problems(err error) []string {
	var list config.Problems
	var joined interface{ Unwrap() []error }
	var lines []string
	switch {
	case errors.As(err, &list):
		for _, p := range list {
			lines = append(lines, p.Error())
		}
	case errors.As(err, &joined):
		for _, e := range joined.Unwrap() {
			lines = append(lines, problems(e)...)
		}
	default:
		lines = []string{strings.Join(strings.Split(strings.TrimRight(err.Error(), "\n"), "\n"), "\n  ")}
	}
	return lines
}
