package main

import (
	"io"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress is a bar with what is done, the rate and the time left, at most five updates a second.
type progress struct {
	pool *mpb.Progress
	bar  *mpb.Bar
	last time.Time
	from uint64 // done when the first report came
	set  bool
}

// newProgress gives nil where nothing is to be shown. Its methods may be called on nil.
func newProgress(w io.Writer, quiet bool) *progress {
	if quiet || !isTerminal(w) || dumb() {
		return nil
	}
	return &progress{pool: mpb.New(mpb.WithOutput(w), mpb.WithWidth(40), mpb.WithRefreshRate(200*time.Millisecond))}
}

// tell takes an experiment's report.
func (p *progress) tell(done, total uint64) {
	if p == nil {
		return
	}
	now := time.Now()
	if !p.set {
		p.set, p.from, p.last = true, done, now
		p.bar = p.pool.New(int64(total), mpb.BarStyle().Lbound("").Rbound("").Filler("█").Tip("").Padding("·"),
			mpb.PrependDecorators(decor.CountersNoUnit("%d of %d talks ")),
			mpb.AppendDecorators(
				decor.EwmaSpeed(0, " %.0f a second", 30),
				decor.Name("  "),
				decor.EwmaETA(decor.ET_STYLE_GO, 30), decor.Name(" left"),
			))
		p.bar.SetCurrent(int64(done))
		return
	}
	p.bar.EwmaSetCurrent(int64(done), now.Sub(p.last))
	p.last = now
}

// end takes the bar away.
func (p *progress) end() {
	if p == nil || p.bar == nil {
		return
	}
	p.bar.Abort(true)
	p.pool.Wait()
}
