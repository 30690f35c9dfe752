package keep

// What a uniform is asked for.
type What uint8

// One uniform a side and year each; Renewed and Resumed have side 0.
const (
	Leaves  What = iota // whether the side leaves
	Breaks              // whether it breaks its word
	Seen                // whether it sees a breach
	Again               // whether it sees it again, under consultation
	Resumed             // whether renegotiation succeeds
	Renewed             // whether a deal that ran out is renewed
	Whats
)

// Uniforms is where uniforms in (0,1) come from: one for each use, side and year from 0.
type Uniforms interface {
	U(what What, side, year int) float64
}

// Why a deal ended.
type Why uint8

// Ends.
const (
	InForce    Why = iota // it did not
	Breach                // a breach that was one was seen, and answered
	FalseAlarm            // a breach was seen that was none, and answered
	Withdrawal            // a side left
	Expired               // it ran out and was not renewed
)

// Whys are the ends in scenario words, in order.
var Whys = []string{"", "breach", "false_alarm", "withdrawal", "expired"}

// Neither is the side of an end that is nobody's doing.
const Neither = -1

// Life is what became of a deal.
type Life struct {
	Years     int    // whole years in force, suspended ones included
	Ended     Why    //
	By        int    // Breach: who broke it; FalseAlarm: who was wrong; Withdrawal: who left; else Neither
	Suspended uint64 // bit y: suspended in year y
	Events    []Event
}

// Event is something that happened in a year, for who tells the story.
type Event struct {
	Year int // from 0
	Kind Kind
	Side int  // who did it
	True bool // of an alarm: whether there was a breach
}

// Kind of event.
type Kind uint8

// Events.
const (
	Broke     Kind = iota // the side broke its word; nobody may see it
	Alarmed               // the side says that the other broke it
	Answered              // ... and answers
	Suspends              // the deal is suspended for the year
	Left                  // the side leaves
	Ran                   // the deal ran its length and is over
	RenewedIt             // the deal ran its length and is renewed
	Talks                 // renegotiation failed
)

// Play plays a deal's life and fills out, keeping the room of its events. A year in which the deal ends
// does not count as in force. Within a year sides leave first; then they break their word or not, see
// it or not, and answer; then, at the year's end, the deal is renewed if it must be. Events are gathered only if
// told is true.
func (t *Terms) Play(u Uniforms, told bool, out *Life) {
	*out = Life{By: Neither, Events: out.Events[:0]}
	tell := func(y int, k Kind, side int, truth bool) {
		if told {
			out.Events = append(out.Events, Event{y, k, side, truth})
		}
	}
	for y := range t.Horizon {
		for s := range 2 {
			if w := t.Leaves[s][y]; w > 0 && u.U(Leaves, s, y) < w {
				tell(y, Left, s, false)
				out.Ended, out.By = Withdrawal, s
				return
			}
		}
		var broke, alarm [2]bool
		for s := range 2 {
			if broke[s] = t.Breaks[s] > 0 && u.U(Breaks, s, y) < t.Breaks[s]; broke[s] {
				tell(y, Broke, s, true)
			}
		}
		for s := range 2 {
			p := t.SeenFalse[s]
			if broke[1-s] {
				p = t.SeenTrue[s]
			}
			alarm[s] = p > 0 && u.U(Seen, s, y) < p && (t.Clause != Consultation || u.U(Again, s, y) < p)
			if alarm[s] {
				tell(y, Alarmed, s, broke[1-s])
			}
		}
		if alarm[0] || alarm[1] {
			if t.answer(u, y, broke, alarm, out, tell) {
				return
			}
		}
		out.Years++
		if t.Length > 0 && (y+1)%t.Length == 0 && y+1 < t.Horizon {
			if u.U(Renewed, 0, y) >= t.Renewal {
				tell(y, Ran, Neither, false)
				out.Ended = Expired
				return
			}
			tell(y, RenewedIt, Neither, false)
		}
	}
}

// answer answers what was seen and reports whether that ends the deal. Where both cry foul the end is
// put down to a breach that was one, if any; else to who was wrong, the first side first.
func (t *Terms) answer(u Uniforms, y int, broke, alarm [2]bool, out *Life, tell func(int, Kind, int, bool)) bool {
	by := 0
	if !alarm[0] || !broke[1] && alarm[1] && broke[0] {
		by = 1
	}
	tell(y, Answered, by, broke[1-by])
	over := false
	switch {
	case t.Answer == Protest:
		return false
	case t.Answer == Renegotiate:
		if over = u.U(Resumed, 0, y) >= t.Renewal; over {
			tell(y, Talks, by, false)
		}
	default:
		over = t.Fatal() == 1
	}
	if !over {
		out.Suspended |= 1 << y
		tell(y, Suspends, by, false)
		return false
	}
	out.Ended, out.By = FalseAlarm, by
	if broke[1-by] {
		out.Ended, out.By = Breach, 1-by
	}
	return true
}
