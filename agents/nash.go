package agents

import (
	"math"

	"github.com/parley-sim/parley/sim"
)

// nashProduct bids for the largest product of its own gain and the other's estimated utility (Nash
// 1950) among what is worth a target that falls with time, the tactic of Faratin, Sierra and Jennings
// (1998): it gives way as far as the estimated Nash point and stays there, and takes what is worth the target. Among the
// programs that bid so is Caduceus of 2015. Without an opponent model it is the time-dependent tactic.
type nashProduct struct {
	beta  float64
	curve curve
	s     sampler
}

func (b *nashProduct) begin(*talk) { b.s.begin() }
func (b *nashProduct) waits() bool { return false }

func (b *nashProduct) next(t *talk, v *sim.View) bid {
	a, _ := b.curve.at(b.beta, 0, v)
	target := t.level(1 - a)
	level := target
	if b.s.look(t) {
		level = min(t.hi, max(target, b.s.u[b.s.nash(t)]))
	}
	made := t.reach(level)
	made.aim = target
	return made
}

// paretoWalk walks along the estimated frontier from its own best towards the estimated Nash point: at a time
// t it has gone the share t^(1/beta) of the way, measured along the frontier in both utilities, each a share of
// its range (the iso-time steps of Faratin, Sierra and Jennings (1998) taken on the frontier of Lai and Sycara
// (2009), "A generic framework for automated multi-attribute negotiation", rather than in own utility). Where
// the other gains much for little it moves on fast in own utility, and slowly where it gains little. It takes what is worth
// the time-dependent target.
type paretoWalk struct {
	beta  float64
	curve curve
	s     sampler
}

func (b *paretoWalk) begin(*talk) { b.s.begin() }
func (b *paretoWalk) waits() bool { return false }

func (b *paretoWalk) next(t *talk, v *sim.View) bid {
	a, _ := b.curve.at(b.beta, 0, v)
	if !b.s.look(t) || t.hi == t.lo {
		return t.reach(t.level(1 - a))
	}
	end := b.s.nash(t)
	step := func(k int) float64 {
		return math.Hypot((b.s.u[k]-b.s.u[k-1])/(t.hi-t.lo), b.s.est[k]-b.s.est[k-1])
	}
	long := 0.0
	for k := 1; k <= end; k++ {
		long += step(k)
	}
	left := a * long
	u := b.s.u[0]
	for k := 1; k <= end && left > 0; k++ {
		d := step(k)
		f := 1.0
		if d > left {
			f = left / d
		}
		u = b.s.u[k-1] + f*(b.s.u[k]-b.s.u[k-1])
		left -= d
	}
	made := t.reach(min(t.hi, max(t.lo, u)))
	made.aim = min(made.aim, t.level(1-a))
	return made
}

// hybrid is the bidding strategy of Keskin, Cakan and Aydogan (2021), "Solver agent: towards emotional and
// opponent-aware agent for human-robot negotiation", AAMAS: a time-based target along a Bezier curve and one
// that imitates the other, mixed so that time counts for more and more,
//
//	time(t) = (1-t)^2 + 2 (1-t) t P1 + t^2 P2
//	behaviour(t) = own last - (P3 + P3 t) sum_i W_i (change of the other's i-th last offers in own utility)
//	target = t^2 time(t) + (1 - t^2) behaviour(t),
//
// W = (0.05, 0.15, 0.3, 0.5) over the last four changes, the latest last; fewer while there are fewer.
type hybrid struct {
	p1, p2, p3 float64
	last       [5]float64 // shares heard, the latest at n-1 mod 5
	n          int
	mine       float64
}

var hybridWindow = [4][4]float64{{1}, {0.25, 0.75}, {0.11, 0.22, 0.66}, {0.05, 0.15, 0.3, 0.5}}

func (b *hybrid) begin(*talk) { b.n, b.mine = 0, 1 }
func (b *hybrid) waits() bool { return false }

func (b *hybrid) hear(t *talk, _ *sim.View) {
	b.last[b.n%len(b.last)] = t.heard()
	b.n++
}

func (b *hybrid) next(t *talk, v *sim.View) bid {
	at := clock(v)
	target := (1-at)*(1-at) + 2*(1-at)*at*b.p1 + at*at*b.p2
	if b.n > 2 {
		moves := min(b.n-1, 4)
		given := 0.0
		for k := range moves { // the oldest first
			i := b.n - moves + k
			given += hybridWindow[moves-1][k] * (b.last[i%len(b.last)] - b.last[(i-1)%len(b.last)])
		}
		copied := b.mine - (b.p3+b.p3*at)*given
		target = at*at*target + (1-at*at)*copied
	}
	made := t.reach(t.level(within(target)))
	b.mine = within(t.share(made.u))
	return made
}
