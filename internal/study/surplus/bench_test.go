package surplus

import (
	"context"
	"math"
	"testing"

	"github.com/parley-sim/parley/internal/scenario"
)

func madrid(b *testing.B) *scenario.Model {
	b.Helper()
	cfg, _, err := scenario.Load("madrid", nil)
	if err != nil {
		b.Fatal(err)
	}
	m, err := scenario.Compile(context.Background(), cfg, scenario.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return m
}

func BenchmarkPrivate(b *testing.B) {
	m := madrid(b)
	for b.Loop() {
		if _, err := Private(context.Background(), m, 7); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMake(b *testing.B) {
	m := madrid(b)
	var rows []Row
	for k := range uint64(Most) {
		rows = append(rows, Row{Replication: k, Realised: [2]float64{math.NaN(), math.NaN()}})
	}
	for b.Loop() {
		if _, err := Make(context.Background(), m, 7, rows); err != nil {
			b.Fatal(err)
		}
	}
}
