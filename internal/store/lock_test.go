package store

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestHoldLock is the other process of TestLock, not a test of its own.
func TestHoldLock(t *testing.T) {
	dir := os.Getenv("PARLEY_TEST_LOCK")
	if dir == "" {
		t.Skip("only as a child of TestLock")
	}
	if _, err := Acquire(dir); err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString("locked\n")
	time.Sleep(time.Minute)
}

func TestLock(t *testing.T) {
	dir := t.TempDir()
	first, err := Acquire(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Acquire(dir)
	if !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), dir) {
		t.Errorf("a second lock in one process gives %v", err)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestHoldLock$", "-test.v")
	child.Env = append(os.Environ(), "PARLEY_TEST_LOCK="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer child.Process.Kill()
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.Contains(lines.Text(), "locked") {
	}
	if _, err := Acquire(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("a second process gives %v", err)
	}
	// Killed outright, it leaves nothing that stands in the way.
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait()
	again, err := Acquire(dir)
	if err != nil {
		t.Fatalf("after the other was killed: %v", err)
	}
	again.Release()
}
