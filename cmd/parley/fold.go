package main

import (
	"fmt"

	"github.com/parley-sim/parley/internal/analysis"
	"github.com/parley-sim/parley/internal/experiment"
	"github.com/parley-sim/parley/internal/store"
)

// folder lets an experiment gather the analysis' folds while it plays, so that a summary needs no
// second reading of the rows, and none at all where no rows are kept.
type folder struct{ empty *analysis.Fold }

// newFolder fails if rows of this schema cannot be summed up.
func newFolder(schema store.Schema, brief store.Brief) (*folder, error) {
	f, err := analysis.New(schema, brief)
	return &folder{f}, err
}

// Name implements experiment.Folder.
func (f *folder) Name() string { return fmt.Sprintf("summary/%d", analysis.Version) }

// New implements experiment.Folder.
func (f *folder) New() experiment.Fold { return &fold{f.empty.Empty()} }

type fold struct{ *analysis.Fold }

// Merge implements experiment.Fold.
func (f *fold) Merge(next experiment.Fold) error { return f.Fold.Merge(next.(*fold).Fold) }

// gather makes the fold of a folder's runs, from the shards' folds or, where there are none, from
// their rows.
func gather(dir *store.Folder) (*analysis.Fold, error) {
	f, err := newFolder(*dir.Schema(), dir.Manifest.Brief)
	if err != nil {
		return nil, err
	}
	total := f.New()
	k := uint64(0)
	err = dir.Folds(func(h store.Header, b []byte) error {
		next := f.New()
		switch {
		case h.Fold == f.Name() && b != nil:
			if err := next.UnmarshalBinary(b); err != nil {
				return &store.DamagedError{Path: store.ShardPath(dir.Dir, k), Err: err}
			}
		case h.Stride == 1:
			if err := dir.EachOf(k, func(r store.Row) error { next.Add(r); return nil }); err != nil {
				return err
			}
		default:
			return withHint(fmt.Errorf("%s was written by another version and does not keep all rows, so it cannot be summed up again", dir.Dir), "run it again with --fresh")
		}
		k++
		return total.Merge(next)
	})
	return total.(*fold).Fold, err
}
