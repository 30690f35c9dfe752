package experiment

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/parley-sim/parley/internal/store"
)

// writers is how many shards may be on their way to the disk at once: waiting for a sync costs no
// processor, and players need not wait with it.
const writers = 3

// tick is the time between two reports of progress.
const tick = 100 * time.Millisecond

// PanicError is a panic of a worker.
type PanicError struct {
	First, Last uint64 // the runs of the shard it was playing
	Value       any
	Stack       []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("panic in runs %d to %d: %v", e.First, e.Last, e.Value)
}

// pool plays the missing shards of a plan. Players take shard numbers from next, fill a buffer from free,
// and send it to the writers over full. Run's goroutine starts all and waits for all; players close
// nothing, and the writers end when full is closed after the last player. When ctx is done players stop at
// once, and writers finish what is full.
type pool struct {
	plan  *plan
	stop  context.CancelCauseFunc
	free  chan *buffer
	full  chan *buffer
	done  atomic.Uint64 // rows emitted, and runs that were there
	guard sync.Mutex    // plan.have, plan.out.Played and next
	next  uint64
}

func (p *plan) play(ctx context.Context) error {
	left := p.left()
	if left == 0 {
		p.report(p.target)
		return ctx.Err()
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	players := p.opt.Workers
	if most := (left + p.m.ShardSize - 1) / p.m.ShardSize; uint64(players) > most+1 {
		players = int(most) + 1 // a partial shard beside whole ones
	}
	q := &pool{plan: p, stop: stop, free: make(chan *buffer, players+writers), full: make(chan *buffer)}
	q.done.Store(p.target - left)
	for range cap(q.free) {
		q.free <- &buffer{}
	}
	reported := q.reportUntil(ctx)
	var playing, writing sync.WaitGroup
	for range writers {
		writing.Go(q.write)
	}
	for range players {
		playing.Go(func() { q.player(ctx) })
	}
	playing.Wait()
	close(q.full)
	writing.Wait()
	err := context.Cause(ctx)
	stop(nil)
	<-reported
	if err == nil {
		p.report(p.target)
	}
	return err
}

func (p *plan) report(done uint64) {
	if p.opt.Progress != nil {
		p.opt.Progress(done, p.target)
	}
}

// reportUntil reports progress until ctx is done; the channel is closed after the last report.
func (q *pool) reportUntil(ctx context.Context) <-chan struct{} {
	end := make(chan struct{})
	if q.plan.opt.Progress == nil {
		close(end)
		return end
	}
	go func() {
		defer close(end)
		t := time.NewTicker(tick)
		defer t.Stop()
		last := uint64(0)
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				if d := min(q.done.Load(), q.plan.target); d != last {
					q.plan.report(d)
					last = d
				}
			}
		}
	}()
	return end
}

// take is the number of the next shard to play; false if none is left.
func (q *pool) take() (uint64, bool) {
	q.guard.Lock()
	defer q.guard.Unlock()
	for ; q.next < q.plan.shards(); q.next++ {
		if !q.plan.whole(q.next) {
			q.next++
			return q.next - 1, true
		}
	}
	return 0, false
}

// player plays shard after shard.
func (q *pool) player(ctx context.Context) {
	var at store.Header
	defer func() {
		if v := recover(); v != nil {
			q.stop(&PanicError{at.First, at.First + max(at.N, 1) - 1, v, debug.Stack()})
		}
	}()
	w, err := q.plan.job.NewWorker()
	if err != nil {
		q.stop(err)
		return
	}
	if c, ok := w.(Closer); ok {
		defer func() {
			if err := c.Close(); err != nil {
				q.stop(err)
			}
		}()
	}
	for ctx.Err() == nil {
		k, ok := q.take()
		if !ok {
			return
		}
		var b *buffer
		select {
		case b = <-q.free:
		case <-ctx.Done():
			return
		}
		at = q.plan.header(k)
		b.reset(k, at, len(q.plan.m.Schema.Columns), &q.done)
		err := w.Shard(ctx, at.First, at.N, b.put)
		if err == nil {
			err = b.finish(q.plan.opt.Fold)
		}
		if err != nil {
			if ctx.Err() == nil {
				q.stop(fmt.Errorf("runs %d to %d: %w", at.First, at.First+at.N-1, err))
			}
			return
		}
		q.full <- b // a writer always comes: they end after the players
	}
}

// write stores full buffers until there are no more. After an error the rest is dropped.
func (q *pool) write() {
	var e store.Encoder
	failed := false
	for b := range q.full {
		if !failed {
			file := e.Encode(b.h, b.width, b.rows, b.fold)
			if err := store.WriteShard(q.plan.opt.Dir, b.k, file); err != nil {
				failed = true
				q.stop(err)
			} else {
				q.guard.Lock()
				q.plan.have[b.k] = b.h
				q.plan.out.Played += b.h.N
				q.guard.Unlock()
			}
		}
		q.free <- b // room for every buffer there is
	}
}

// buffer is a shard being filled.
type buffer struct {
	k     uint64
	h     store.Header
	width int
	rows  []uint64 // of all runs, and after finish of those kept, in the order of the runs
	seen  []bool
	n     uint64
	fold  []byte
	done  *atomic.Uint64
	told  uint64 // rows already added to done
}

func (b *buffer) reset(k uint64, h store.Header, width int, done *atomic.Uint64) {
	b.k, b.h, b.width, b.n, b.fold, b.done, b.told = k, h, width, 0, nil, done, 0
	cells := int(h.N) * width
	if cap(b.rows) < cells {
		b.rows = make([]uint64, cells)
		b.seen = make([]bool, h.N)
	}
	b.rows, b.seen = b.rows[:cells], b.seen[:h.N]
	clear(b.seen)
}

// put copies a row to its place.
func (b *buffer) put(r store.Row) error {
	if len(r) != b.width {
		return fmt.Errorf("a row has %d cells, not %d", len(r), b.width)
	}
	i := r[0] - b.h.First
	if i >= b.h.N {
		return fmt.Errorf("a row is of run %d, which is not of this shard", r[0])
	}
	if b.seen[i] {
		return fmt.Errorf("run %d came twice", r[0])
	}
	b.seen[i] = true
	copy(b.rows[int(i)*b.width:], r)
	b.n++
	if b.n-b.told == 32 || b.n == b.h.N {
		b.done.Add(b.n - b.told)
		b.told = b.n
	}
	return nil
}

var errMissing = errors.New("not every run came")

// finish gathers the fold and closes the ranks of the rows that are kept.
func (b *buffer) finish(folder Folder) error {
	if b.n != b.h.N {
		return fmt.Errorf("%w: %d of %d", errMissing, b.n, b.h.N)
	}
	if folder != nil {
		f := folder.New()
		for i := 0; i < len(b.rows); i += b.width {
			f.Add(store.Row(b.rows[i : i+b.width]))
		}
		var err error
		if b.fold, err = f.MarshalBinary(); err != nil {
			return err
		}
	}
	switch b.h.Stride {
	case 0:
		b.rows = b.rows[:0]
	case 1:
	default:
		n := 0
		for i := 0; i < len(b.rows); i += b.width {
			if b.h.Keeps(b.rows[i]) {
				copy(b.rows[n:n+b.width], b.rows[i:i+b.width])
				n += b.width
			}
		}
		b.rows = b.rows[:n]
	}
	return nil
}
