package scenario

import (
	"math"
	"time"

	"github.com/parley-sim/parley/internal/config"
)

// clock turns a run's drawn times into rounds, and rounds into dates.
type clock struct {
	start, summit time.Time // zero: rounds only
	rounds        int       // of a clock without dates
	days          value     // from one round to the next
	extended      value     // 1 if the last day is moved
	by            value     // days it is moved by
	late          bool      // the negotiators learn that when the day comes
}

func (c *compiler) clockOf(k *config.Clock) clock {
	out := clock{start: k.Start.Time, summit: k.Summit.Time, rounds: int(k.Rounds)}
	out.days = c.vars.number(&k.DaysPerRound, 1, "")
	out.extended, out.by = fixed(0), fixed(0)
	if k.Extended != nil {
		out.extended = c.vars.number(&k.Extended.Chance, 0, "")
		out.by = c.vars.number(&k.Extended.Days, 0, "")
		out.late = k.Extended.Known == "on_the_day"
	}
	if !out.dated() {
		if out.rounds == 0 {
			out.rounds = 100
		}
		return out
	}
	if out.summit.Before(out.start) {
		c.fail("clock.summit: %s is before clock.start %s; talks need a day", k.Summit, k.Start)
	}
	return out
}

func (k *clock) dated() bool { return !k.start.IsZero() && !k.summit.IsZero() }

// days between the first day and the last of a run.
func (k *clock) length(drawn []float64) float64 {
	days := k.planned()
	if k.extended.at(drawn) != 0 {
		days += k.by.at(drawn)
	}
	return days
}

// span is how many rounds a run has, as announced and in truth. The first is on the first day, and one
// falls on the last day or shortly before it.
func (k *clock) span(drawn []float64) (announced, limit int) {
	if !k.dated() {
		return k.rounds, k.rounds
	}
	limit = 1 + int(math.Floor(k.length(drawn)/k.days.at(drawn)))
	if k.late {
		return 1 + int(math.Floor(k.planned()/k.days.at(drawn))), limit
	}
	return limit, limit
}

// perRound is how many days there are from one round to the next. Without dates a round counts as a week.
func (k *clock) perRound(drawn []float64) float64 {
	if !k.dated() {
		return 7
	}
	return k.days.at(drawn)
}

// planned is how many days there are between the first day and the last as it was announced.
func (k *clock) planned() float64 { return k.summit.Sub(k.start).Hours() / 24 }

// since is how many days after the first the talks end: with round r (from 1), or at the deadline if
// none closed them. Without dates a round counts as a week.
func (k *clock) since(r int, deadline bool, drawn []float64) float64 {
	switch {
	case !k.dated():
		return 7 * float64(r)
	case deadline:
		return k.length(drawn)
	}
	return float64(r-1) * k.days.at(drawn)
}

// day is a number of days after the first as days since 1970; ok is false without dates.
func (k *clock) day(since float64) (day int64, ok bool) {
	if !k.dated() {
		return 0, false
	}
	return k.start.Unix()/86400 + int64(math.Floor(since)), true
}

// longDays is how many days there can be between the first day and the last at most.
func (k *clock) longDays(vars *variables) float64 {
	days := k.planned()
	if _, hi := vars.bounds([]value{k.extended}); hi > 0 {
		_, by := vars.bounds([]value{k.by})
		days += by
	}
	return days
}

// longest is on how many days, evenly spaced, a picture of the talks looks at them: every day, 500 at most;
// without dates every round.
func (k *clock) longest(vars *variables) int {
	if !k.dated() {
		return k.rounds
	}
	return min(int(k.longDays(vars))+1, 500)
}
