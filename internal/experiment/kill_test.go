package experiment

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/parley-sim/parley/internal/store"
)

// TestChild is another process of TestKill, not a test of its own.
func TestChild(t *testing.T) {
	dir := os.Getenv("PARLEY_TEST_DIR")
	if dir == "" {
		t.Skip("only as a child of TestKill")
	}
	job := *plain
	job.hook = func(_ context.Context, first, _ uint64) error {
		fmt.Printf("shard %d\n", first)
		time.Sleep(2 * time.Millisecond)
		return nil
	}
	opt := options(t, 5000)
	opt.Dir = dir
	run(t, &job, opt)
	fmt.Println("complete")
}

// Killed outright at any moment, an experiment continues to the same bytes.
func TestKill(t *testing.T) {
	whole := options(t, 5000)
	run(t, plain, whole)
	opt := options(t, 5000)
	for kills := 0; ; kills++ {
		child := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.v")
		child.Env = append(os.Environ(), "PARLEY_TEST_DIR="+opt.Dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		seen, complete := 0, false
		for lines.Scan() {
			complete = complete || strings.HasPrefix(lines.Text(), "complete")
			if strings.HasPrefix(lines.Text(), "shard") {
				if seen++; seen == 5+5*kills {
					child.Process.Kill()
				}
			}
		}
		err = child.Wait()
		if complete {
			if err != nil {
				t.Fatal(err)
			}
			if kills == 0 {
				t.Error("it was never killed")
			}
			break
		}
		if kills > 30 {
			t.Fatal("it never gets on")
		}
	}
	same(t, "after kills", opt.Dir, whole.Dir)
	if out := run(t, plain, opt); out.Played != 0 || out.Fold.(*sum).N != 5000 {
		t.Errorf("then: %+v", out)
	}
	f, err := store.Open(opt.Dir)
	if err != nil || f.Rows() != 5000 {
		t.Error(f, err)
	}
}
