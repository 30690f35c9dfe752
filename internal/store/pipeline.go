package store

import (
	"sync"
)

// inOrder makes pieces 0 to n-1 on several goroutines and hands them to sink in order. Each goroutine has
// its own maker, which appends to the buffer it is given. At most two buffers a worker are alive. The
// error is that of the first piece that failed.
func inOrder(n, workers int, start func() (func(k int, buf []byte) ([]byte, error), error), sink func([]byte) error) error {
	type piece struct {
		buf []byte
		err error
	}
	workers = max(1, min(workers, n))
	// Piece k is made by worker k mod workers and waited for in turn, so order needs no sorting.
	out := make([]chan piece, workers)
	back := make([]chan []byte, workers)
	quit := make(chan struct{})
	var wg sync.WaitGroup
	for w := range workers {
		out[w] = make(chan piece)
		back[w] = make(chan []byte, 2)
		back[w] <- nil
		back[w] <- nil
		wg.Go(func() {
			mk, err := start()
			for k := w; k < n; k += workers {
				var p piece
				select {
				case p.buf = <-back[w]:
				case <-quit:
					return
				}
				if err != nil {
					p.err = err
				} else {
					p.buf, p.err = mk(k, p.buf[:0])
				}
				select {
				case out[w] <- p:
				case <-quit:
					return
				}
			}
		})
	}
	defer wg.Wait()
	defer close(quit)
	for k := range n {
		p := <-out[k%workers]
		if p.err != nil {
			return p.err
		}
		if err := sink(p.buf); err != nil {
			return err
		}
		back[k%workers] <- p.buf
	}
	return nil
}
