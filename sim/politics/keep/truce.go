package keep

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Truce is a pause with an end: in force from one day until another, watched through private signals.
type Truce struct {
	From, Until time.Time
	SeenFalse   [2]float64 // a month, that a side sees a breach that is none
	Fatal       float64    // chance that an answer ends it
}

// ErrTruceOrder says that a truce ends before it starts.
var ErrTruceOrder = errors.New("the truce ends before it starts")

// Check says what is wrong with the truce.
func (t *Truce) Check() error {
	if !t.From.IsZero() && !t.Until.IsZero() && !t.From.Before(t.Until) {
		return fmt.Errorf("%w: from %s until %s", ErrTruceOrder, t.From.Format(time.DateOnly), t.Until.Format(time.DateOnly))
	}
	for _, p := range []float64{t.SeenFalse[0], t.SeenFalse[1], t.Fatal} {
		if !(p >= 0 && p <= 1) {
			return fmt.Errorf("%v is not a chance, 0 to 1", p)
		}
	}
	return nil
}

// Holds is the chance that nobody ends the truce over a false alarm in so many months:
// ((1 - F + F (1-f_0)(1-f_1)))^months.
func (t *Truce) Holds(months float64) float64 {
	quiet := (1 - t.SeenFalse[0]) * (1 - t.SeenFalse[1])
	return math.Pow(1-t.Fatal*(1-quiet), months)
}

// BothCry is the chance that within so many months, and both sides keeping the truce, each at some time says
// that the other broke it: (1-(1-f_0)^months)(1-(1-f_1)^months).
func (t *Truce) BothCry(months float64) float64 {
	return (1 - math.Pow(1-t.SeenFalse[0], months)) * (1 - math.Pow(1-t.SeenFalse[1], months))
}
