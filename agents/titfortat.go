package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
)

// titForTat is the behaviour-dependent tactic of Faratin, Sierra and Jennings (1998), section 4.3, in
// utility space. There, each issue is a number and a side imitates how the other moved along it; here
// issues may be choices, so what is imitated is how the other's offers moved in utility to oneself.
// With d_n the distance of the other's n-th offer from the best outcome, d_n = hi - u(offer_n), and
// n the last one heard, the target y becomes
//
//	relative   y' = lo + (y - lo) d_{n-lag+1} / d_{n-lag}        the same percentage (eq. 7)
//	absolute   y' = y - (d_{n-lag} - d_{n-lag+1}) + (-1)^s R(M)  the same amount (eq. 8)
//	averaged   y' = lo + (y - lo) d_n / d_{n-window}             the percentage over a window (eq. 9)
//
// within [lo, hi], R(M) uniform in [0, M], s a fair coin. The other's retreats are answered as its
// concessions are. Offers over a hard line count as the worst allowed outcome. Until lag + 1 offers
// are heard (averaged: 2) the target is the best outcome, so two of them hold out to the deadline.
type titForTat struct {
	form   form
	lag    float64 // relative, absolute: how many offers ago the imitated move began
	window float64 // averaged: offers looked back over
	noise  float64 // absolute: M as a share of the range

	y    float64
	n    int                // offers heard
	past [reachBack]float64 // d_n at n % reachBack
}

type form uint8

const (
	relative form = iota
	absolute
	averaged
)

// reachBack is one more than the longest lag or window.
const reachBack = 64

func (b *titForTat) begin(t *talk) { b.y, b.n = t.hi, 0 }
func (b *titForTat) waits() bool   { return false }

func (b *titForTat) hear(t *talk, _ *sim.View) {
	b.past[b.n%reachBack] = t.hi - math.Max(t.worth, t.worst)
	b.n++
	b.imitate(t)
}

// ago is d of the offer heard k offers before the last.
func (b *titForTat) ago(k int) float64 { return b.past[(b.n-1-k)%reachBack] }

func (b *titForTat) imitate(t *talk) {
	var y float64
	switch b.form {
	case averaged:
		back := min(int(b.window), b.n-1)
		if back < 1 {
			return
		}
		y = t.lo + float64((b.y-t.lo)*ratio(b.ago(0), b.ago(back)))
	default:
		lag := int(b.lag)
		if b.n < lag+1 {
			return
		}
		now, before := b.ago(lag-1), b.ago(lag)
		if b.form == relative {
			y = t.lo + float64((b.y-t.lo)*ratio(now, before))
			break
		}
		y = b.y - (before - now)
		if b.noise > 0 {
			r := float64(b.noise*(t.hi-t.lo)) * t.rng.Float64()
			if t.rng.Uint64()&1 == 0 {
				r = -r
			}
			y += r
		}
	}
	b.y = math.Min(t.hi, math.Max(t.lo, y))
}

// ratio is now / before; an offer of one's best outcome that is then taken back is no percentage.
func ratio(now, before float64) float64 {
	if before <= 0 {
		return 1
	}
	return now / before
}

func (b *titForTat) next(t *talk, _ *sim.View) bid { return t.reach(b.y) }
