package experiment

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/parley-sim/parley/internal/store"
)

// Run runs the job until the folder holds opt.Runs whole runs. Shards that are there already are kept.
//
// On an error, and when ctx is done, whole shards stay and the same call continues from them; the
// Outcome is then not nil if the folder could be opened, and says what there is. Errors to tell apart:
// the context's, *store.OtherError, store.ErrBusy, *store.DamagedError, *store.WriteError.
func Run(ctx context.Context, job Job, opt Options) (*Outcome, error) {
	opt, err := opt.fill()
	if err != nil {
		return nil, err
	}
	schema := job.Schema()
	if err := schema.Check(); err != nil {
		return nil, err
	}
	if c := schema.Columns[0]; c.Name != "run" || c.Kind != store.Int {
		panic(`experiment: the first column must be the Int column "run"`)
	}
	if err := store.Create(opt.Dir); err != nil {
		return nil, err
	}
	lock, err := store.Acquire(opt.Dir)
	if err != nil {
		return nil, err
	}
	defer lock.Release()
	p, err := survey(job, schema, opt)
	if err != nil {
		return nil, err
	}
	return p.carryOut(ctx)
}

// plan is an experiment under way: what is wanted and what there is.
type plan struct {
	job    Job
	opt    Options
	m      store.Manifest
	sum    uint64 // of the schema
	have   map[uint64]store.Header
	target uint64 // runs to be there in the end
	out    *Outcome
}

// survey reads the folder, refuses it if it is another's, and says what it should become.
func survey(job Job, schema store.Schema, opt Options) (*plan, error) {
	p := &plan{job: job, opt: opt, sum: schema.Sum(), have: map[uint64]store.Header{}}
	p.out = &Outcome{Dir: opt.Dir, Asked: opt.Runs}
	p.m = store.Manifest{
		Parley: opt.Version, Scenario: opt.Scenario, Hash: job.Hash(), Seed: opt.Seed, Asked: opt.Runs,
		Points: opt.Points, ShardSize: opt.ShardSize, Rows: opt.Keep, Schema: schema, Brief: opt.Brief,
	}
	if opt.Fold != nil {
		p.m.Fold = opt.Fold.Name()
	}
	if opt.Fresh {
		if err := store.Clear(opt.Dir); err != nil {
			return nil, err
		}
	}
	if err := store.Prepare(opt.Dir); err != nil {
		return nil, err
	}
	old, err := store.ReadManifest(opt.Dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		old = nil
	case err != nil:
		return nil, err
	default:
		if err := p.adopt(old); err != nil {
			return nil, err
		}
	}
	if p.m.ShardSize == 0 {
		p.m.ShardSize = DefaultShardSize
	}
	if err := p.list(); err != nil {
		return nil, err
	}
	p.target = max(opt.Runs, p.prefix())
	p.m.Stride = stride(p.m.Rows, p.target, p.m.Points)
	if old != nil && p.m.Rows == store.Sample && old.Rows == store.Sample {
		p.m.Stride = max(p.m.Stride, old.Stride) // what was thinned stays thin
	}
	if old != nil && old.Parley != opt.Version && p.left() > 0 {
		return nil, &store.OtherError{Dir: opt.Dir, Reason: fmt.Sprintf("its runs are of parley %q, and this is %q, whose runs may differ", old.Parley, opt.Version)}
	}
	if old != nil && p.left() == 0 {
		p.m.Parley = old.Parley
	}
	return p, nil
}

// adopt takes over from the folder's manifest what this call leaves open.
func (p *plan) adopt(old *store.Manifest) error {
	if err := old.Same(p.opt.Dir, &p.m); err != nil {
		return err
	}
	if p.m.ShardSize == 0 {
		p.m.ShardSize = old.ShardSize
	}
	if p.m.ShardSize != old.ShardSize {
		return &store.OtherError{Dir: p.opt.Dir, Reason: fmt.Sprintf("its shards are of %d runs, not %d", old.ShardSize, p.m.ShardSize)}
	}
	if k := richer(old.Rows, p.m.Rows); k != p.m.Rows {
		p.note("the folder keeps %s rows already, so it goes on keeping them", k)
		p.m.Rows = k
	}
	if p.m.Fold == "" {
		p.m.Fold = old.Fold
	}
	return nil
}

func (p *plan) note(format string, args ...any) {
	p.out.Notes = append(p.out.Notes, fmt.Sprintf(format, args...))
}

// list reads the headers of the shards that are there.
func (p *plan) list() error {
	ks, err := store.Shards(p.opt.Dir)
	if err != nil {
		return err
	}
	for _, k := range ks {
		h, err := store.ReadHeader(p.opt.Dir, k)
		if err != nil {
			return err
		}
		if err := p.m.Owns(&h, k, p.sum); err != nil {
			return &store.DamagedError{Path: store.ShardPath(p.opt.Dir, k), Err: err}
		}
		p.have[k] = h
	}
	return nil
}

// prefix is the number of runs in whole shards from 0 on, whatever rows they keep.
func (p *plan) prefix() uint64 {
	n := uint64(0)
	for k := uint64(0); ; k++ {
		h, ok := p.have[k]
		n += h.N
		if !ok || h.N < p.m.ShardSize {
			return n
		}
	}
}

// shards is the number of shards of the target.
func (p *plan) shards() uint64 { return (p.target + p.m.ShardSize - 1) / p.m.ShardSize }

// runs is how many runs of the target shard k holds.
func (p *plan) runs(k uint64) uint64 { return min(p.m.ShardSize, p.target-k*p.m.ShardSize) }

// whole is whether shard k is there with all the runs, rows and folds that are wanted.
func (p *plan) whole(k uint64) bool {
	h, ok := p.have[k]
	if !ok || h.N < p.runs(k) {
		return false
	}
	switch {
	case h.Stride == 1: // all rows: the fold can be made of them
		return true
	case p.opt.Fold != nil && h.Fold != p.m.Fold:
		return false
	case p.m.Stride == 0:
		return true
	}
	return h.Stride != 0 && p.m.Stride%h.Stride == 0 && p.m.Stride != 1
}

// left is the number of runs still to be played.
func (p *plan) left() uint64 {
	n := p.target
	for k := range p.have {
		if k < p.shards() && p.whole(k) {
			n -= p.runs(k)
		}
	}
	return n
}

// header is that of shard k as it is to be written.
func (p *plan) header(k uint64) store.Header {
	h := store.Header{Hash: p.m.Hash, Schema: p.sum, First: k * p.m.ShardSize, N: p.runs(k), Points: p.m.Points, Stride: p.m.Stride}
	if p.opt.Fold != nil {
		h.Fold = p.m.Fold
	}
	return h
}

// carryOut plays what is missing, and writes the manifest before and after.
func (p *plan) carryOut(ctx context.Context) (*Outcome, error) {
	if p.target > p.opt.Runs {
		p.note("%d runs are there already, more than the %d asked for; all are kept", p.target, p.opt.Runs)
	}
	if p.target%p.m.Points != 0 {
		p.note("%d runs do not share out evenly over %d design points; some points have one more", p.target, p.m.Points)
	}
	if err := p.writeManifest(); err != nil {
		return p.out, err
	}
	err := p.play(ctx)
	if err == nil {
		err = p.thin()
	}
	if werr := p.writeManifest(); err == nil {
		err = werr
	}
	if err == nil && p.opt.Fold != nil {
		p.out.Fold, err = p.merge()
	}
	return p.out, err
}

// writeManifest writes what there is now.
func (p *plan) writeManifest() error {
	p.out.Runs = p.prefix()
	p.out.Complete = p.out.Runs >= p.opt.Runs
	p.m.Runs = p.out.Runs
	p.m.Shards = (p.m.Runs + p.m.ShardSize - 1) / p.m.ShardSize
	return p.m.Write(p.opt.Dir)
}

// thin drops from sampled shards the rows that the wider stride of a longer experiment leaves out.
func (p *plan) thin() error {
	if p.m.Rows != store.Sample {
		return nil
	}
	for _, k := range p.numbers() {
		if h := p.have[k]; h.Stride != 0 && h.Stride != p.m.Stride {
			thinned, err := store.Thin(p.opt.Dir, k, p.m.Stride)
			if err != nil {
				return err
			}
			p.have[k] = thinned
		}
	}
	return nil
}

// numbers are those of the shards there are, rising.
func (p *plan) numbers() []uint64 {
	ks := make([]uint64, 0, len(p.have))
	for k := range p.have {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	return ks
}

// merge merges the folds of the shards in order. Where one is missing or of another kind, it is made from
// the shard's rows.
func (p *plan) merge() (Fold, error) {
	f, err := store.Open(p.opt.Dir)
	if err != nil {
		return nil, err
	}
	total := p.opt.Fold.New()
	k := uint64(0)
	err = f.Folds(func(h store.Header, b []byte) error {
		next := p.opt.Fold.New()
		path := store.ShardPath(p.opt.Dir, k)
		if h.Fold == p.m.Fold {
			if err := next.UnmarshalBinary(b); err != nil {
				return &store.DamagedError{Path: path, Err: fmt.Errorf("its fold does not decode: %w", err)}
			}
		} else if err := f.EachOf(k, func(r store.Row) error { next.Add(r); return nil }); err != nil {
			return err
		}
		k++
		return total.Merge(next)
	})
	return total, err
}
