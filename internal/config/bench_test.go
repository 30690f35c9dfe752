package config

import "testing"

// Reading madrid and a point of a design on it: what each of a design's points costs before its runs.
func BenchmarkParse(b *testing.B) {
	text := scenarios(b)["madrid"]
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			if _, err := Parse("madrid", text, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	s, err := Parse("madrid", text, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("point", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.With("issue.investment.max=400"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
