package external

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/parley-sim/parley/sim/deal"
)

// process is a running program.
type process struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines chan reply    // what it printed
	quit  chan struct{} // closed when nobody listens any more
	limit chan int      // bytes the next line may have
	words *tail         // of its standard error
	gone  sync.WaitGroup
	known map[shown]int // spaces described to it
	next  uint64        // id of the next line
}

// shown is a space as one side sees it.
type shown struct {
	model *deal.Model
	side  int
}

type reply struct {
	line []byte
	err  error
}

var errFlood = errors.New("printed more than an answer can hold")

// launch starts a command and exchanges the first line.
func launch(ctx context.Context, words []string, opt Options) (*process, error) {
	p := &process{
		lines: make(chan reply, 1), quit: make(chan struct{}), limit: make(chan int, 1), words: &tail{}, known: map[shown]int{}, next: 1,
	}
	p.cmd = exec.Command(words[0], words[1:]...)
	p.cmd.Dir = opt.Dir
	p.cmd.Stderr = p.words
	p.cmd.WaitDelay = time.Second
	group(p.cmd)
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("cannot be started: %w", err)
	}
	p.gone.Go(func() { p.read(out) })
	r, err := p.exchange(ctx, &request{Parley: Version, Hello: true}, opt.Start, lineFloor)
	if err != nil {
		if ctx.Err() != nil {
			p.kill()
			return nil, ctx.Err()
		}
		return nil, p.bury(err)
	}
	_ = r
	return p, nil
}

// read hands on lines, each no longer than the limit that was set for it.
func (p *process) read(out io.Reader) {
	r := bufio.NewReaderSize(out, 1<<16)
	send := func(x reply) bool {
		select {
		case p.lines <- x:
			return x.err == nil
		case <-p.quit:
			return false
		}
	}
	for {
		most := 0
		select {
		case most = <-p.limit:
		case <-p.quit:
			return
		}
		var line []byte
		for {
			part, err := r.ReadSlice('\n')
			line = append(line, part...)
			if len(line) > most {
				send(reply{err: errFlood})
				return
			}
			if err == nil {
				break
			}
			if !errors.Is(err, bufio.ErrBufferFull) {
				if errors.Is(err, io.EOF) {
					err = io.EOF
				}
				send(reply{err: err})
				return
			}
		}
		if !send(reply{line: line}) {
			return
		}
	}
}

// exchange sends a line and waits for the answer. On an error the process is of no more use.
func (p *process) exchange(ctx context.Context, q *request, wait time.Duration, most int) (*response, error) {
	q.ID = p.next
	p.next++
	line, err := json.Marshal(q)
	if err != nil {
		return nil, fmt.Errorf("cannot be told: %w", err)
	}
	line = append(line, '\n')
	p.limit <- most
	timer := time.NewTimer(wait)
	defer timer.Stop()
	wrote := make(chan error, 1)
	p.gone.Go(func() {
		_, err := p.in.Write(line)
		wrote <- err
	})
	var got reply
	for waiting := true; waiting; {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-timer.C:
			return nil, fmt.Errorf("%s (%v)", Late, wait)
		case err := <-wrote:
			wrote = nil
			if err != nil { // it has closed its input; perhaps it has said why
				select {
				case got = <-p.lines:
				case <-timer.C:
					return nil, fmt.Errorf("%s (%v)", Late, wait)
				case <-ctx.Done():
					return nil, ctx.Err()
				}
				waiting = false
			}
		case got = <-p.lines:
			waiting = false
		}
	}
	switch {
	case errors.Is(got.err, io.EOF):
		return nil, errors.New("ended")
	case errors.Is(got.err, errFlood):
		return nil, fmt.Errorf("printed more than the %d bytes an answer can hold", most)
	case got.err != nil:
		return nil, got.err
	}
	var r response
	if err := json.Unmarshal(got.line, &r); err != nil {
		return nil, fmt.Errorf("answered what is not JSON of this protocol: %s", cut(got.line))
	}
	switch {
	case r.Parley != Version:
		return nil, fmt.Errorf("speaks version %d of the protocol, and this is %d: %s", r.Parley, Version, cut(got.line))
	case r.ID != q.ID:
		return nil, fmt.Errorf("answered line %d when asked line %d", r.ID, q.ID)
	}
	return &r, nil
}

func cut(b []byte) string {
	s := strings.TrimSpace(string(b))
	if len(s) > 80 {
		s = s[:80] + "..."
	}
	return fmt.Sprintf("%q", s)
}

// kill ends the process and waits for all that was started with it.
func (p *process) kill() error {
	close(p.quit)
	p.in.Close()
	slay(p.cmd)
	err := p.cmd.Wait()
	p.gone.Wait()
	return err
}

// bury kills it and adds how it ended and its last words to an error.
func (p *process) bury(err error) error {
	// One that ended by itself has a moment to be found out.
	if err.Error() == "ended" {
		err = errors.New(p.settle())
	} else {
		p.kill()
	}
	if w := p.words.String(); w != "" {
		err = fmt.Errorf("%w; its standard error ends: %q", err, w)
	}
	return err
}

// settle waits a little for a process that has closed its output, kills it if it goes on, and says what it did.
func (p *process) settle() string {
	close(p.quit)
	p.in.Close()
	done := make(chan error, 1)
	go func() { done <- p.cmd.Wait() }()
	var err error
	select {
	case err = <-done:
	case <-time.After(300 * time.Millisecond):
		slay(p.cmd)
		<-done
		p.gone.Wait()
		return "closed its output and went on"
	}
	p.gone.Wait()
	if err == nil {
		return "exited (exit status 0)"
	}
	return "exited (" + err.Error() + ")"
}

// tail keeps the end of what is written.
type tail struct {
	mu sync.Mutex
	b  []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(p)
	if len(p) > lastWords {
		p = p[len(p)-lastWords:]
	}
	t.b = append(t.b, p...)
	if len(t.b) > lastWords {
		t.b = append(t.b[:0], t.b[len(t.b)-lastWords:]...)
	}
	return n, nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.b))
}
