package chart

import (
	"os"
	"path/filepath"
	"testing"
)

// TestLook prints every demonstration to PARLEY_LOOK, for the eye: go test -run Look with the variable
// set to a directory.
func TestLook(t *testing.T) {
	dir := os.Getenv("PARLEY_LOOK")
	if dir == "" {
		t.Skip("PARLEY_LOOK is not set")
	}
	for _, f := range demos() {
		for suffix, st := range map[string]Style{"": {}, "-narrow": {Size: Narrow}, "-dark": {Theme: Dark}} {
			b, err := PNG(f, st)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, f.Name()+suffix+".png"), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
