package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSame: the tables in the repository are what the published files give, byte for byte.
func TestSame(t *testing.T) {
	from := filepath.Join("..", "..", "..", "shared", "data", "economy")
	if _, err := os.Stat(from); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("the published files are not beside the project: " + from)
	}
	to, kept := t.TempDir(), filepath.Join("..", "..", "configs", "data", "economy")
	if err := run([]string{"-from", from, "-to", to}, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, b := range builders {
		made, err := filepath.Glob(filepath.Join(to, b.model, "*"))
		if err != nil {
			t.Fatal(err)
		}
		have, err := filepath.Glob(filepath.Join(kept, b.model, "*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(made) == 0 || len(made) != len(have) {
			t.Errorf("%s: %d tables made, %d in the repository", b.model, len(made), len(have))
		}
		for _, path := range made {
			name := filepath.Join(b.model, filepath.Base(path))
			now, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			was, err := os.ReadFile(filepath.Join(kept, name))
			if err != nil {
				t.Error(err)
				continue
			}
			if !bytes.Equal(now, was) {
				t.Errorf("%s differs from what the published files give; go run ./internal/economydata", name)
			}
			if !bytes.HasPrefix(was, []byte("# Source: ")) {
				t.Errorf("%s does not begin with its source", name)
			}
		}
	}
}

// TestBad: files that are not there or not what they should be are named.
func TestBad(t *testing.T) {
	if err := run([]string{"ossa"}, io.Discard); err == nil || !strings.Contains(err.Error(), "unknown model") {
		t.Errorf("an unknown model: %v", err)
	}
	empty := t.TempDir()
	for _, b := range builders {
		if err := run([]string{"-from", empty, "-to", t.TempDir(), b.model}, io.Discard); err == nil || !strings.Contains(err.Error(), b.model) {
			t.Errorf("%s without files: %v", b.model, err)
		}
	}
	dir := filepath.Join(empty, "caliendo_parro1993_31x40")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "T.txt"), []byte("9.11\nx\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := run([]string{"-from", empty, "-to", t.TempDir(), "cp1993"}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), `T.txt, row 2: "x" is not a number`) {
		t.Errorf("a word for a number: %v", err)
	}
}
