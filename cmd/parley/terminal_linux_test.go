package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// onTerminal runs a command line on a pseudo-terminal of 100 by 40 where somebody types, and gives what
// the terminal showed.
func onTerminal(t *testing.T, typed string, args ...string) (code int, shown string) {
	t.Helper()
	host, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	defer host.Close()
	if err := unix.IoctlSetPointerInt(int(host.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	n, err := unix.IoctlGetInt(int(host.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	if err := unix.IoctlSetWinsize(int(tty.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: 100}); err != nil {
		t.Fatal(err)
	}
	read := make(chan string)
	go func() {
		all, _ := io.ReadAll(host) // ends in an error when the terminal is closed
		read <- string(all)
	}()
	if _, err := host.WriteString(typed); err != nil {
		t.Fatal(err)
	}
	code = run(context.Background(), streams{In: tty, Out: tty, Err: tty}, args)
	tty.Close()
	return code, <-read
}

// On a terminal the summary has styles and a bar shows how far the talks are; NO_COLOR takes the styles
// away, TERM=dumb both, and --quiet all of it.
func TestTerminal(t *testing.T) {
	const bold = "\x1b[1m"
	for _, c := range []struct {
		name, term, noColor string
		bold, bar           bool
		more                []string
	}{
		{name: "colours", term: "xterm", bold: true, bar: true},
		{name: "NO_COLOR", term: "xterm", noColor: "1", bar: true},
		{name: "dumb", term: "dumb"},
		{name: "quiet", term: "xterm", more: []string{"--quiet"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("TERM", c.term)
			t.Setenv("NO_COLOR", c.noColor)
			args := append([]string{"run", "quickstart", "--runs", "8000", "--out", t.TempDir()}, c.more...)
			code, shown := onTerminal(t, "", args...)
			if code != exitFine || strings.Contains(shown, bold) != c.bold {
				t.Errorf("exit %d, bold is not %v: %q", code, c.bold, shown)
			}
			if bar := strings.Contains(shown, " of 8000 talks"); bar != c.bar {
				t.Errorf("a bar: %v, want %v: %.300q", bar, c.bar, shown)
			}
			if c.term == "dumb" && strings.Contains(shown, "\x1b") || len(c.more) > 0 && shown != "" {
				t.Errorf("shown: %.300q", shown)
			}
		})
	}
}

// A large job asks where there is somebody to ask, and only a yes begins it.
func TestAsks(t *testing.T) {
	for _, typed := range []string{"n\n", "maybe\n"} {
		dir := t.TempDir() + "/out"
		code, shown := onTerminal(t, typed, "run", "quickstart", "--runs", "1000000000000", "--out", dir)
		if _, err := os.Stat(dir); code != exitUsage || !strings.Contains(shown, "Go ahead? [y/N]") || !strings.Contains(shown, "nothing was played") || err == nil {
			t.Errorf("%q: exit %d, %q, %v", typed, code, shown, err)
		}
	}
}
