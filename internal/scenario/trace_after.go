package scenario

import (
	"math"
	"time"

	"github.com/parley-sim/parley/sim/politics/keep"
)

// Vote is one audience's answer to a signed deal.
type Vote struct {
	Side   int
	Name   string
	Veto   bool
	Share  float64 // as drawn; not normalised
	Score  float64 // on the scenario's scale
	Agree  float64 // the score from which it agrees
	Chance float64 // that it agrees, given the score
	Yes    bool
	OfSide float64 // chance that the side as a whole agrees
}

// Years is what became of a deal.
type Years struct {
	InForce  int // whole years
	Horizon  int // years looked ahead
	Length   int // years until it must be renewed; 0: no end
	Ended    string
	By       int // side; -1 neither
	From     time.Time
	Events   []YearEvent
	Promised [2]float64 // worth a year over no deal if it is kept
	Realised [2]float64 // as it was lived, delay taken off
	Paper    float64    // part built of the investment announced; NaN if none was
	Survival []float64  // exact chance to be in force after each year, given the draw
}

// YearEvent is something that happened in a year.
type YearEvent struct {
	Year   int       // from 1
	Date   time.Time // the year's first day; zero without dates
	Kind   keep.Kind
	Side   int
	True   bool // of an alarm: there was a breach
	Answer string
}

// after fills what came of a signed deal.
func (m *Model) after(t *Trace, s *slot, v *verdict) {
	t.Passed = v.votes.passed
	if v.ratified >= 0 {
		for side, h := range s.home {
			for k, name := range m.home.side[side].names {
				t.Home = append(t.Home, Vote{
					Side: side, Name: name, Veto: h.e.Veto[k], Share: h.e.Share[k], Score: h.score[k], Agree: h.e.Agree[k],
					Chance: h.p[k], Yes: h.yes[k], OfSide: v.votes.chance[side],
				})
			}
		}
	}
	if !v.lived {
		return
	}
	l := s.life
	y := &Years{
		InForce: l.Years, Horizon: l.terms.Horizon, Length: l.terms.Length, Ended: keep.Whys[l.Ended], By: l.By, From: m.date(v.days),
		Promised: l.promised, Realised: l.realised, Paper: l.paper, Survival: make([]float64, l.terms.Horizon),
	}
	l.terms.Survival(y.Survival)
	for _, e := range l.Events {
		ev := YearEvent{Year: e.Year + 1, Kind: e.Kind, Side: e.Side, True: e.True, Answer: keep.Answers[l.terms.Answer]}
		if !y.From.IsZero() {
			ev.Date = m.date(v.days + math.Floor(float64(e.Year)*daysAYear))
		}
		y.Events = append(y.Events, ev)
	}
	t.Years = y
}
