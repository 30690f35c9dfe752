// Package shareddata finds the reference data that lie beside the repository, for tests: other programs'
// figures and published files that may not be copied into it. Nothing else imports it.
package shareddata

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
)

// Path is ../shared/name, seen from the repository's root. Without it the test is skipped, except in CI.
func Path(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", name)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("no %s beside the repository", filepath.Join("shared", name))
	}
	return path
}

// Rows are the rows of a CSV file by the names of its columns.
func Rows(t testing.TB, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for k, h := range rows[0] {
			m[h] = r[k]
		}
		out = append(out, m)
	}
	return out
}
