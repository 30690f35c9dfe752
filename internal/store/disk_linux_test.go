package store

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// mount puts a file system of so many bytes on a folder, or skips the test where that is not allowed.
func mount(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func TestFullDisk(t *testing.T) {
	dir := mount(t, "1m")
	f := makeFolder(t, dir, 2000, 1000, 1, 1) // half a megabyte
	full := filepath.Join(dir, "big")
	err := WriteWhole(full, func(w io.Writer) error {
		_, err := w.Write(make([]byte, 2<<20))
		return err
	})
	var we *WriteError
	if !errors.As(err, &we) || !strings.Contains(err.Error(), "the disk is full") || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full disk gives %v", err)
	}
	if _, err := os.Stat(full); err == nil {
		t.Error("half a file was left")
	}
	if _, err := f.WriteCSV(CSVLimit); !errors.As(err, &we) {
		t.Errorf("a CSV on a full disk gives %v", err)
	}
	if again, err := Open(dir); err != nil || again.Runs() != 2000 {
		t.Errorf("what was whole is not: %v", err)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	dir := mount(t, "4m")
	f := makeFolder(t, dir, 2000, 1000, 1, 1)
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("cannot be made read-only here: %v", err)
	}
	for name, write := range map[string]func() error{
		"lock":     func() error { _, err := Acquire(filepath.Join(dir, "shards")); return err },
		"create":   func() error { return Create(filepath.Join(dir, "new")) },
		"manifest": func() error { return f.Manifest.Write(dir) },
		"shard":    func() error { return WriteShard(dir, 9, nil) },
		"parquet":  func() error { _, err := f.WriteParquet(); return err },
		"clear":    func() error { return Clear(dir) },
	} {
		if err := write(); err == nil || !strings.Contains(err.Error(), "read-only") || !strings.Contains(err.Error(), "--out") {
			t.Errorf("%s on a read-only disk gives %v", name, err)
		}
	}
	rows := 0
	if err := f.Each(func(Row) error { rows++; return nil }); err != nil || rows != 2000 {
		t.Errorf("reading a read-only disk: %d rows, %v", rows, err)
	}
}
