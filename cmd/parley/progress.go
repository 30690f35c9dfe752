package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress is a bar with what is done, the rate and the time left, drawn five times a second. Rate and
// time left are over this call's playing: runs of earlier calls are done, but took no time now.
type progress struct {
	pool  *mpb.Progress
	bar   *mpb.Bar
	total uint64
	from  uint64 // done by earlier calls
	start time.Time

	guard sync.Mutex
	done  uint64
	at    time.Time // of the last report
}

// newProgress gives nil where nothing is to be shown; end may be called on nil.
func newProgress(w io.Writer, quiet bool, from, total uint64) *progress {
	if quiet || from >= total || !isTerminal(w) || dumb() {
		return nil
	}
	p := &progress{from: from, total: total, done: from, start: time.Now()}
	p.pool = mpb.New(mpb.WithOutput(w), mpb.WithWidth(36), mpb.WithRefreshRate(200*time.Millisecond))
	p.bar = p.pool.New(int64(total), mpb.BarStyle().Lbound("").Rbound("").Filler("█").Tip("█").Padding("·"),
		mpb.PrependDecorators(decor.CountersNoUnit("%d of %d talks ")),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return p.rate() })))
	p.bar.SetCurrent(int64(from))
	return p
}

// tell takes an experiment's report.
func (p *progress) tell(done, _ uint64) {
	p.guard.Lock()
	p.done, p.at = done, time.Now()
	p.guard.Unlock()
	p.bar.SetCurrent(int64(done))
}

// rate is the rate and the time left in words; nothing before the first runs are done. Runs are
// reported in lumps, so the rate is that at the last report.
func (p *progress) rate() string {
	p.guard.Lock()
	defer p.guard.Unlock()
	if p.done <= p.from {
		return ""
	}
	per := float64(p.done-p.from) / p.at.Sub(p.start).Seconds()
	left := time.Duration(float64(p.total-min(p.done, p.total)) / per * float64(time.Second))
	left = max(left-time.Since(p.at), 0).Round(time.Second)
	return fmt.Sprintf(" %.0f a second, %s left", per, left)
}

// end takes the bar away.
func (p *progress) end() {
	if p == nil {
		return
	}
	p.bar.Abort(true)
	p.pool.Wait()
}
