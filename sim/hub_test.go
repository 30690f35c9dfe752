package sim_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"unsafe"

	"pgregory.net/rapid"

	"github.com/parley-sim/parley/sim"
	"github.com/parley-sim/parley/sim/deal"
)

// erratic does whatever its stream says: mostly it proposes, at times it accepts, walks out or
// breaks a rule.
func erratic() *script {
	return &script{act: func(s *script, v *sim.View, out deal.Offer) sim.Kind {
		for i := range out {
			out[i] = uint16(s.rng.IntN(11))
		}
		switch x := s.rng.IntN(400); {
		case x < 30 || v.Text != nil && x < 200:
			return sim.Accept
		case x < 33:
			return sim.Walk
		case x < 35:
			panic("erratic")
		case x < 37:
			out[0] = 4000
		case x < 38:
			return sim.Silent
		}
		return sim.Propose
	}}
}

// The results of the hub are those of the plain table to the byte, whatever the batch and the order.
func TestHubIsPlain(t *testing.T) {
	m := pie(t, 10, 3, same)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "sessions")
		protocols := sim.Protocols()
		make := func(i int) sim.Setup {
			path := [2][]float64{}
			if i%3 == 1 {
				path = [2][]float64{{0.1, 0.1, 0.3}, {0, -0.2, -0.2, 0.4, 0.1}}
			}
			return sim.Setup{
				NoDeal: path, ID: uint64(i), Party: parties(m), Negotiator: [2]sim.Negotiator{erratic(), erratic()},
				Seed: [2]uint64{uint64(i) * 7, uint64(i)*7 + 1}, First: i & 1, Rounds: int32(1 + i%17), Protocol: protocols[i/2%len(protocols)].Protocol,
			}
		}
		setups := func(order []int) (s []sim.Setup) {
			for _, i := range order {
				s = append(s, make(i))
			}
			return s
		}
		order := rapid.Permutation(ints(n)).Draw(t, "order")
		batch := rapid.IntRange(1, 50).Draw(t, "batch")
		want := play2(t, sim.NewPlain(), setups(ints(n)))
		got := play2(t, sim.NewHub(sim.HubOptions{Batch: batch}), setups(order))
		for i := range n {
			if want[i] != got[i] {
				t.Errorf("session %d:\nplain %s\nhub   %s", i, want[i], got[i])
			}
		}
		k := rapid.IntRange(0, n-1).Draw(t, "alone")
		if alone := play2(t, sim.NewPlain(), setups([]int{k})); alone[k] != got[k] {
			t.Errorf("session %d alone: %s, in the batch %s", k, alone[k], got[k])
		}
	})
}

func ints(n int) []int {
	x := make([]int, n)
	for i := range x {
		x[i] = i
	}
	return x
}

func play2(t *rapid.T, table sim.Table, setups []sim.Setup) map[int]string {
	got := map[int]string{}
	err := table.Play(context.Background(), &list{setups: setups}, func(_ int, r *sim.Result) error {
		got[int(r.ID)] = text(*r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// endless deals sessions for ever.
type endless struct {
	n     uint64
	setup func() sim.Setup
}

func (e *endless) Next(_ int, s *sim.Setup) bool {
	*s = e.setup()
	s.ID = e.n
	e.n++
	return true
}

// Cancelled at any moment, Play returns the context's error and leaves no goroutine: a bubble whose
// goroutines do not all end fails.
func TestCancel(t *testing.T) {
	for name := range tables() {
		for at := range 60 {
			synctest.Test(t, func(t *testing.T) {
				table := tables()[name]
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				turns := 0
				count := func(s *script) *script {
					act := s.act
					s.act = func(s *script, v *sim.View, out deal.Offer) sim.Kind {
						if turns++; turns == at {
							cancel()
						}
						return act(s, v, out)
					}
					return s
				}
				src := &endless{setup: func() sim.Setup { return duel(t, count(says(9)), says(1)) }}
				if at == 0 {
					cancel()
				}
				err := table.Play(ctx, src, func(int, *sim.Result) error { return nil })
				if !errors.Is(err, context.Canceled) {
					t.Errorf("%s, turn %d: %v", name, at, err)
				}
				synctest.Wait()
			})
		}
	}
}

func TestDeadlineOfTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1)
		defer cancel()
		<-ctx.Done()
		err := sim.NewHub(sim.HubOptions{}).Play(ctx, &endless{setup: func() sim.Setup { return duel(t, says(9), says(1)) }}, func(int, *sim.Result) error { return nil })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
}

func TestEmitErrorsEndThePlay(t *testing.T) {
	full := errors.New("disk full")
	for name := range tables() {
		synctest.Test(t, func(t *testing.T) {
			table := tables()[name]
			src := &endless{setup: func() sim.Setup { return duel(t, says(9), says(1)) }}
			emitted := 0
			err := table.Play(t.Context(), src, func(int, *sim.Result) error {
				if emitted++; emitted == 5 {
					return full
				}
				return nil
			})
			if err != full || emitted != 5 {
				t.Errorf("%s: %v after %d results", name, err, emitted)
			}
			// The table can be used again.
			if r := play(t, table, duel(t, says(9), says(1).then(0, does(sim.Accept))))[0]; r.Offer[0] != 9 {
				t.Errorf("%s: %s", name, text(r))
			}
		})
	}
}

func TestPanicsOfTheCallerPassThrough(t *testing.T) {
	for name := range tables() {
		synctest.Test(t, func(t *testing.T) {
			defer func() {
				if e := recover(); e != "caller" {
					t.Errorf("%s: recovered %v", name, e)
				}
			}()
			src := &endless{setup: func() sim.Setup { return duel(t, says(9), says(1)) }}
			_ = tables()[name].Play(t.Context(), src, func(int, *sim.Result) error { panic("caller") })
		})
	}
}

// seat is a seat of another kind, made of a function.
type seat func(ctx context.Context, b *sim.Batch) error

func (f seat) Act(ctx context.Context, b *sim.Batch) error { return f(ctx, b) }

func TestOtherSeats(t *testing.T) {
	begun := map[uint64]int{}
	remote := seat(func(_ context.Context, b *sim.Batch) error {
		for _, turn := range b.Turns {
			if turn.New {
				turn.New = false
				begun[turn.ID]++
			}
			switch turn.ID {
			case 1:
				turn.Fail(sim.SeatFailed, "printed garbage: \"{\"")
			case 2: // forgotten
			default:
				turn.Out[0], turn.Kind = 6, sim.Propose
			}
		}
		return nil
	})
	var setups []sim.Setup
	for i := range 4 {
		s := duel(t, nil, says(1).then(2, does(sim.Accept)))
		s.ID, s.Negotiator[0] = uint64(i), nil
		setups = append(setups, s)
	}
	got := play(t, sim.NewHub(sim.HubOptions{Seat: [2]sim.Seat{remote, nil}}), setups...)
	if r := got[0]; r.Status != sim.Signed || r.Offer[0] != 6 {
		t.Error(text(r))
	}
	if r := got[1]; r.Cause != sim.SeatFailed || r.By != 0 || !strings.Contains(r.Err, "seat 0 printed garbage") {
		t.Error(text(r))
	}
	if r := got[2]; r.Cause != sim.Unanswered || r.By != 0 {
		t.Error(text(r))
	}
	if fmt.Sprint(begun) != "map[0:1 1:1 2:1 3:1]" {
		t.Error(begun)
	}
}

func TestSeatsThatGiveUp(t *testing.T) {
	tests := map[string]seat{
		"out of order":            func(context.Context, *sim.Batch) error { return errors.New("out of order") },
		"the seat panicked: oops": func(context.Context, *sim.Batch) error { panic("oops") },
		"ended in the middle":     func(context.Context, *sim.Batch) error { runtime.Goexit(); return nil },
	}
	for want, bad := range tests {
		synctest.Test(t, func(t *testing.T) {
			src := &endless{setup: func() sim.Setup { return duel(t, says(9), says(1)) }}
			err := sim.NewHub(sim.HubOptions{Seat: [2]sim.Seat{nil, bad}}).Play(t.Context(), src, func(int, *sim.Result) error { return nil })
			if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "seat 1") {
				t.Errorf("%q: %v", want, err)
			}
		})
	}
}

func TestGoexitInANegotiator(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		quits := says(9).then(2, func(*sim.View, deal.Offer) sim.Kind { runtime.Goexit(); return sim.Walk })
		err := sim.NewHub(sim.HubOptions{}).Play(t.Context(), &list{setups: []sim.Setup{duel(t, quits, says(1))}}, func(int, *sim.Result) error { return nil })
		if err == nil || !strings.Contains(err.Error(), "seat 0") {
			t.Error(err)
		}
	})
}

// pooled deals n sessions from one pair of parties and negotiators per slot.
type pooled struct {
	slots []sim.Setup
	n, at int
}

func (p *pooled) Next(slot int, s *sim.Setup) bool {
	if p.at >= p.n {
		return false
	}
	*s = p.slots[slot]
	s.ID = uint64(p.at)
	p.at++
	return true
}

func TestNoAllocationPerOffer(t *testing.T) {
	for _, in := range sim.Protocols() {
		for name, table := range tables() {
			src := &pooled{slots: make([]sim.Setup, table.Slots())}
			for i := range src.slots {
				src.slots[i] = duel(t, says(9, 8, 7), says(1, 2, 3))
				src.slots[i].Protocol = in.Protocol
			}
			offers := 0
			run := func(rounds int32) float64 {
				for i := range src.slots {
					src.slots[i].Rounds = rounds
				}
				return testing.AllocsPerRun(3, func() {
					src.at, src.n = 0, table.Slots()+20
					offers = 0
					err := table.Play(context.Background(), src, func(_ int, r *sim.Result) error {
						offers += int(r.Offers)
						return nil
					})
					if err != nil {
						t.Fatal(err)
					}
				})
			}
			few := run(2)
			if many := run(50); many > few+3 { // the scheduler allocates now and then
				t.Errorf("%s, %s: %v allocations with 2 rounds, %v with 50 (%d offers)", in.Name, name, few, many, offers)
			}
		}
	}
}

func TestSessionsAreSmall(t *testing.T) {
	if n := unsafe.Sizeof(sim.Session{}); n > 1100 { // about 1 KB: a batch of 256 must stay in cache
		t.Errorf("a session takes %d bytes", n)
	}
}

func TestNewHubChecks(t *testing.T) {
	defer func() {
		if e := recover(); e == nil || !strings.Contains(fmt.Sprint(e), "batch = -1") {
			t.Errorf("recovered %v", e)
		}
	}()
	sim.NewHub(sim.HubOptions{Batch: -1})
}
