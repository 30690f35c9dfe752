package hold

import (
	"fmt"
	"math"
)

// Terms are the rules of keeping and punishing, the same for both sides.
type Terms struct {
	Years      int     // the deal ends after so many years; 0: it is endless
	Punish     int     // years of punishment, after which both keep again; 0: for ever
	After      int     // years that plants count after the deal; 0: for ever
	Ends       float64 // chance a year, in [0, 1), that the deal ends in peace
	Unanswered float64 // share of the year, in (0, 1], in which a break goes unanswered
}

// Plain are an endless deal, punished for ever, a break unanswered for a year.
func Plain() Terms { return Terms{Unanswered: 1} }

// Check says which of the rules are not allowed.
func (t *Terms) Check() error {
	switch {
	case t.Years < 0:
		return fmt.Errorf("a deal of %d years is not of 1 or more (0: endless)", t.Years)
	case t.Punish < 0:
		return fmt.Errorf("%d years of punishment are not 1 or more (0: for ever)", t.Punish)
	case t.After < 0:
		return fmt.Errorf("%d years after the deal are not 1 or more (0: for ever)", t.After)
	case !(t.Ends >= 0 && t.Ends < 1):
		return fmt.Errorf("a chance of %v a year that the deal ends is not in [0, 1)", t.Ends)
	case !(t.Unanswered > 0 && t.Unanswered <= 1):
		return fmt.Errorf("%v of a year in which a break goes unanswered is not in (0, 1]", t.Unanswered)
	}
	return nil
}

// Side is one side's paths, each with an entry a year, of the same length >= 1; the last entry stands
// for all later years.
type Side struct {
	Discount float64 // factor a year, in [0, 1); 1 only if all that counts ends: Years and After > 0
	Keep     []float64
	Break    []float64
	Punish   []float64
	Peace    []float64
	// Scar is what goes on for ever (for After years) once both keep again after a break in that year: plants that
	// were taken stay taken. Nil: nothing. It matters under Terms.Punish > 0 only; Punish holds it otherwise.
	Scar []float64
	// Take is what it gains a year by taking, when it breaks in that year, what the other has in its hands. It is free not
	// to; if it does, there is no deal ever after, whatever Terms.Punish says. Nil: there is nothing to take.
	Take []float64
}

// Stage is a side of a stationary deal without plants: the repeated game of one stage. No deal, and
// so the peace after a deal, is worth punish.
func Stage(discount, keep, brk, punish float64) Side {
	return Side{Discount: discount, Keep: []float64{keep}, Break: []float64{brk}, Punish: []float64{punish}, Peace: []float64{punish}}
}

// Check says what is wrong with a side under these terms.
func (t *Terms) checkSide(s *Side) error {
	n := len(s.Keep)
	if n == 0 || len(s.Break) != n || len(s.Punish) != n || len(s.Peace) != n || s.Scar != nil && len(s.Scar) != n || s.Take != nil && len(s.Take) != n {
		panic("hold: paths of different lengths")
	}
	if err := t.CheckDiscount(s.Discount); err != nil {
		return err
	}
	for y := range n {
		scar, take := 0.0, 0.0
		if s.Scar != nil {
			scar = s.Scar[y]
		}
		if s.Take != nil {
			take = s.Take[y]
		}
		for _, x := range [...]float64{s.Keep[y], s.Break[y], s.Punish[y], s.Peace[y], scar, take} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return fmt.Errorf("year %d: %v is not finite", y+1, x)
			}
		}
	}
	return nil
}

// CheckDiscount says whether a discount factor is allowed under these terms.
func (t *Terms) CheckDiscount(d float64) error {
	switch {
	case d == 1 && t.Years == 0:
		return fmt.Errorf("a discount factor of 1 with an endless deal: every later year counts as much as the first, so no sum is finite; allowed: [0, 1), or 1 with a last year")
	case d == 1 && (t.After == 0 || t.Punish == 0 && t.Years == 0):
		return fmt.Errorf("a discount factor of 1 with plants that last for ever: no sum is finite; allowed: [0, 1)")
	case !(d >= 0 && d <= 1):
		return fmt.Errorf("discount factor %v is not in [0, 1)", d)
	}
	return nil
}

// annuity is 1 + d + ... + d^(years-1); for ever if years is 0 or less.
func annuity(d float64, years int) float64 {
	switch {
	case years <= 0:
		return 1 / (1 - d)
	case d == 1:
		return float64(years)
	}
	return (1 - math.Pow(d, float64(years))) / (1 - d)
}
