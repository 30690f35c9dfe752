package chart

import "testing"

// All figures in every format: what a run pays once, whatever the number of runs.
func BenchmarkWriteAll(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		if _, err := Write(dir, demos(), Formats); err != nil {
			b.Fatal(err)
		}
	}
}
