package scenario

import (
	"math"
	"time"

	"github.com/parley-sim/parley/sim/chance"
	"github.com/parley-sim/parley/sim/politics/keep"
)

// truce is the pause in force when talks begin.
type truce struct {
	watched bool
	years   float64 // from the first day of talks to its last
}

func (c *compiler) truceOf(m *Model) {
	t := c.cfg.NoDeal.Truce
	if t == nil || !t.Watched {
		return
	}
	from := c.cfg.Clock.Start.Time
	if t.From.After(from) {
		from = t.From.Time
	}
	m.truce = truce{true, max(0, t.Until.Sub(from).Hours()/24/daysAYear)}
}

// Streams of the truce's end, and of who says what about it.
var truceID = [2]uint64{chance.ID("run.truce"), chance.ID("run.truce.who")}

// terms are the chances that the truce lives under: those of a deal without a clause.
func (t *truce) terms(m *Model, drawn []float64) keep.Terms {
	y := &m.years
	k := keep.Terms{Horizon: 1, Renewal: y.renewal.at(drawn), Answer: y.answers[int(y.answer.at(drawn))]}
	for s := range 2 {
		k.Breaks[s], k.SeenTrue[s], k.SeenFalse[s] = y.breaks.at(drawn), y.seenTrue.at(drawn), y.seenFalse.at(drawn)
	}
	return k
}

// breaks reports whether a breach that is seen ends the truce before its last day: with chance
// 1 - (1-h)^years, h the hazard a year of keep.Terms.
func (t *truce) breaks(m *Model, seed, replication uint64, drawn []float64) bool {
	if !t.watched {
		return false
	}
	k := t.terms(m, drawn)
	p := 1 - math.Pow(1-k.Hazard(0), t.years)
	u := 0.5
	if replication != Typical {
		u = chance.U(seed, replication, truceID[0], 0)
	}
	return u < p
}

// Truce is what became of the truce that was in force when talks began.
type Truce struct {
	From, Until time.Time
	Broke       bool // a breach that was seen ended it while they talked
	Accuser     int  // who saw it
	True        bool // it was one
	Lapses      bool // without a deal it is over: the values of [no_deal] come about
}

// truceTold tells of the truce, nil if the scenario names none. Who saw what is drawn in proportion to its
// chance.
func (m *Model) truceTold(seed, replication uint64, d *Draw) *Truce {
	cfg := m.Config.NoDeal.Truce
	if cfg == nil {
		return nil
	}
	out := &Truce{From: cfg.From.Time, Until: cfg.Until.Time, Broke: d.TruceBroke, Lapses: d.TruceBroke || m.lapses.at(d.Values) != 0}
	if !out.Broke {
		return out
	}
	k := m.truce.terms(m, d.Values)
	u := chance.U(seed, replication, truceID[1], 0) * (k.Alarm(0) + k.Alarm(1))
	for s := range 2 {
		for _, truth := range []bool{true, false} {
			p := k.Alarm(s) * (1 - k.Guilt(s))
			if truth {
				p = k.Alarm(s) * k.Guilt(s)
			}
			if u < p {
				out.Accuser, out.True = s, truth
				return out
			}
			u -= p
		}
	}
	return out
}
