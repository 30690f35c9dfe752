package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// All that is known of the terminal is in this file. A stream is a terminal if it is a file that the
// system says is one. Styles are used on a terminal only, never with NO_COLOR (no-color.org) or
// TERM=dumb; progress is shown on a terminal only, and not on a dumb one.

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func dumb() bool { return os.Getenv("TERM") == "dumb" }

// styled reports whether what is written to w may carry colours.
func styled(w io.Writer) bool {
	_, off := os.LookupEnv("NO_COLOR")
	return isTerminal(w) && !dumb() && (!off || os.Getenv("NO_COLOR") == "")
}

// columns is the width of the terminal behind w; 100 where there is none.
func columns(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return n
		}
	}
	return 100
}

// confirm asks a question that yes or no answers; anything but yes is no.
func (s streams) confirm(question string) (bool, error) {
	fmt.Fprintf(s.Err, "%s [y/N] ", question)
	line, err := bufio.NewReader(s.In).ReadString('\n')
	if err != nil && err != io.EOF {
		return false, err
	}
	answer := strings.ToLower(strings.TrimSpace(line))
	return answer == "y" || answer == "yes", nil
}

// interactive reports whether there is somebody to ask.
func (s streams) interactive() bool { return isTerminal(s.In) && isTerminal(s.Err) }
