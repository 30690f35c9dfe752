package main

import (
	"context"
	"errors"

	"github.com/parley-sim/parley/internal/study/hindcast"
)

func playNamed(ctx context.Context, s streams, args []string, records []hindcast.Record, opt hindcast.Options) ([]hindcast.Table, error) {
	return nil, errors.New("no scenarios yet")
}
