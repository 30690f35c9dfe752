package main

import (
	"path/filepath"
	"testing"

	"github.com/parley-sim/parley/internal/importer"
	"github.com/parley-sim/parley/sim/deal"
)

func benchPair(b *testing.B, domain string, names [2]string, rounds int32) {
	d, err := importer.Open(filepath.Join("..", "..", "..", "..", "shared", "data", "domains", domain))
	if err != nil {
		b.Skip(err)
	}
	s, err := seat(d, names, rounds, deal.Options{})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.play(10); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	from := used()
	offers, err := s.play(b.N)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64((used()-from).Nanoseconds())/float64(offers), "cpu-ns/offer")
}

func BenchmarkBoulware(b *testing.B) {
	benchPair(b, domains[0], pairs[0].agents, 1000)
}

func BenchmarkMicro(b *testing.B) { benchPair(b, domains[0], pairs[1].agents, 1000) }

func BenchmarkMicroLarge(b *testing.B) { benchPair(b, domains[1], pairs[1].agents, 1000) }

func BenchmarkSetUp(b *testing.B) {
	d, err := importer.Open(filepath.Join("..", "..", "..", "..", "shared", "data", "domains", domains[1]))
	if err != nil {
		b.Skip(err)
	}
	for b.Loop() {
		s, err := seat(d, pairs[0].agents, 100, deal.Options{Once: true})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.play(1); err != nil {
			b.Fatal(err)
		}
	}
}
