package experiment

import (
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"

	"github.com/parley-sim/parley/internal/store"
)

// A disk that fills up stops the experiment with a clear error; what is whole stays, and it goes on when
// there is room.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=400k"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	at := options(t, 20_000)
	run(t, plain, at)
	opt := at
	opt.Dir = dir + "/results"
	var out *Outcome
	var err error
	synctest.Test(t, func(*testing.T) { out, err = Run(context.Background(), plain, opt) }) // fails if a goroutine is left
	var full *store.WriteError
	if !errors.As(err, &full) || !strings.Contains(err.Error(), "the disk is full") {
		t.Fatalf("a full disk gives %v", err)
	}
	if out == nil || out.Played == 0 || out.Complete {
		t.Errorf("left behind: %+v", out)
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT, "size=20m"); err != nil {
		t.Skipf("it cannot be made larger here: %v", err)
	}
	again := run(t, plain, opt)
	if again.Played != 20_000-out.Played {
		t.Errorf("%d runs played, then %d", out.Played, again.Played)
	}
	same(t, "with room again", opt.Dir, at.Dir)
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("it cannot be made read-only here: %v", err)
	}
	opt.Runs++
	if _, err := Run(context.Background(), plain, opt); !errors.As(err, &full) || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("a read-only disk gives %v", err)
	}
}
