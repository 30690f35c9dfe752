package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// tempPrefix marks files that are being written; what a killed process left is removed by the next.
const tempPrefix = ".part-"

// WriteWhole makes the file path with what write writes, or leaves it as it was: the bytes go to a
// temporary file in the same folder, which is synced and then renamed. The folder must exist.
func WriteWhole(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), tempPrefix+"*")
	if err != nil {
		return explain(path, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = explain(path, err)
		}
	}()
	b := bufio.NewWriterSize(f, 1<<16)
	if err := write(b); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// explain says in words why a file could not be written.
func explain(path string, err error) error {
	dir := filepath.Dir(path)
	why := ""
	switch {
	case errors.Is(err, syscall.ENOSPC):
		why = "the disk is full; free some space and repeat the command: what is whole stays"
	case errors.Is(err, syscall.EDQUOT):
		why = "the disk quota is used up; free some space and repeat the command: what is whole stays"
	case errors.Is(err, syscall.EROFS):
		why = "the disk is read-only; choose another folder with --out"
	case errors.Is(err, fs.ErrPermission):
		why = fmt.Sprintf("%s may not be written to; choose another folder with --out", dir)
	default:
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return &WriteError{path, why, err}
}

// WriteError is a file that could not be written, with the reason in words.
type WriteError struct {
	Path string
	Why  string
	Err  error
}

func (e *WriteError) Error() string { return fmt.Sprintf("cannot write %s: %s", e.Path, e.Why) }

func (e *WriteError) Unwrap() error { return e.Err }

// syncDir makes the renames in a folder last through a power cut, where the system can.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync() // not every file system can; the files themselves are synced
		d.Close()
	}
}

// sweep removes what a killed process left half written. The folder's lock must be held.
func sweep(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), tempPrefix) {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return explain(filepath.Join(dir, e.Name()), err)
			}
		}
	}
	return nil
}
