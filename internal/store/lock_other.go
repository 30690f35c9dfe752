//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package store

import (
	"errors"
	"os"
)

// lockFile cannot lock here, and says so rather than let two processes write at once.
func lockFile(*os.File) error {
	return errors.New("this system has no file locks that parley knows")
}
