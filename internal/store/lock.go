package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrBusy is a folder another process works in.
var ErrBusy = errors.New("another parley is at work in it; wait until it ends, or choose another folder with --out")

// errLocked is a lock that another holds.
var errLocked = errors.New("locked")

// Lock keeps a folder to one process. The system lets go of it when the process ends, however it ends.
type Lock struct{ f *os.File }

// Acquire locks a folder, which must exist. The error wraps ErrBusy if another process, or another part
// of this one, holds it.
func Acquire(dir string) (*Lock, error) {
	path := filepath.Join(dir, ".lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, explain(path, err)
	}
	if err := lockFile(f); err != nil {
		f.Close()
		if errors.Is(err, errLocked) {
			return nil, fmt.Errorf("%s: %w", dir, ErrBusy)
		}
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	return &Lock{f}, nil
}

// Release lets go. The empty lock file stays, so that no one locks a file that is gone.
func (l *Lock) Release() error { return l.f.Close() }
