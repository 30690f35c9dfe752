package keep

import (
	"errors"
	"fmt"
)

// MaxYears bounds the years looked ahead.
const MaxYears = 64

// Answer is what a side does about a breach that it sees.
type Answer int

// Answers, the mildest first.
const (
	Protest     Answer = iota // words; the deal goes on
	Renegotiate               // suspended for the year; resumed with the chance of a renewal, else over
	Snapback                  // tariffs return: a year's suspension under a clause for it, else the end
	Collapse                  // the end
)

// Answers are their names in scenario files, in order.
var Answers = []string{"protest", "renegotiate", "snapback", "collapse"}

// Clause is what the deal says of disputes.
type Clause int

// Clauses.
const (
	NoClause     Clause = iota
	Consultation        // a breach must be seen a second time before it is answered
	SnapbackYear        // a snapback suspends the deal for a year and leaves it in force
)

// Clauses are their names in scenario files, in order.
var Clauses = []string{"none", "consultation", "snapback"}

// Terms are the chances that one deal lives under. All are 0 to 1; index 0 and 1 are the sides.
type Terms struct {
	Horizon   int                  // years looked ahead, 1 to MaxYears
	Length    int                  // years until it must be renewed, 1 or more; 0: it has no end
	Renewal   float64              // chance that it is renewed, each time, and that renegotiation succeeds
	Clause    Clause               //
	Answer    Answer               // of either side
	Breaks    [2]float64           // a year, that the side in truth breaks its word
	SeenTrue  [2]float64           // that the side sees a breach of the other's
	SeenFalse [2]float64           // that it sees one where there was none
	Leaves    [2][MaxYears]float64 // by year from 0, that the side leaves
}

// Check says what is wrong with the terms.
func (t *Terms) Check() error {
	var errs []error
	if t.Horizon < 1 || t.Horizon > MaxYears {
		errs = append(errs, fmt.Errorf("%d years looked ahead are not 1 to %d", t.Horizon, MaxYears))
		return errors.Join(errs...)
	}
	if t.Length < 0 {
		errs = append(errs, fmt.Errorf("a deal of %d years ends before it starts", t.Length))
	}
	chance := func(what string, p float64) {
		if !(p >= 0 && p <= 1) {
			errs = append(errs, fmt.Errorf("%s: %v is not a chance, 0 to 1", what, p))
		}
	}
	chance("renewal", t.Renewal)
	for s := range 2 {
		chance("breaks", t.Breaks[s])
		chance("seen if true", t.SeenTrue[s])
		chance("seen if false", t.SeenFalse[s])
		for _, p := range t.Leaves[s][:t.Horizon] {
			chance("leaves", p)
		}
	}
	return errors.Join(errs...)
}

// Alarm is the chance a year that a side sees a breach of the other's, true or not:
//
//	b q + (1-b) f,    b q^2 + (1-b) f^2 under consultation
//
// with b the other's chance to break.
func (t *Terms) Alarm(side int) float64 {
	b, q, f := t.Breaks[1-side], t.SeenTrue[side], t.SeenFalse[side]
	if t.Clause == Consultation {
		q, f = q*q, f*f
	}
	return float64(b*q) + float64((1-b)*f)
}

// Guilt is the chance that the other in truth broke its word, given that the side sees a breach: Bayes's rule.
func (t *Terms) Guilt(side int) float64 {
	b, q := t.Breaks[1-side], t.SeenTrue[side]
	if t.Clause == Consultation {
		q *= q
	}
	all := t.Alarm(side)
	if all == 0 {
		return 0
	}
	return b * q / all
}

// Missed is the chance that a true breach of the other's goes unseen by the side in its year.
func (t *Terms) Missed(side int) float64 {
	q := t.SeenTrue[side]
	if t.Clause == Consultation {
		q *= q
	}
	return 1 - q
}

// Fatal is the chance that an answer ends the deal.
func (t *Terms) Fatal() float64 {
	switch {
	case t.Answer == Collapse, t.Answer == Snapback && t.Clause != SnapbackYear:
		return 1
	case t.Answer == Renegotiate:
		return 1 - t.Renewal
	}
	return 0
}

// Hazard is the chance that a deal in force ends within year y, from 0, renewal apart:
//
//	1 - (1-w_0)(1-w_1)(1 - A F),    A = 1 - (1-alarm_0)(1-alarm_1)
//
// with w the chance to leave and F the chance that an answer ends it.
func (t *Terms) Hazard(y int) float64 {
	alarm := 1 - (1-t.Alarm(0))*(1-t.Alarm(1))
	return 1 - (1-t.Leaves[0][y])*(1-t.Leaves[1][y])*(1-alarm*t.Fatal())
}

// Survival writes the exact chance that the deal is in force after y+1 years to out[y]; out has up to
// Horizon places. With constant hazards h and no end it is (1-h)^(y+1).
func (t *Terms) Survival(out []float64) {
	s := 1.0
	for y := range out {
		s *= 1 - t.Hazard(y)
		out[y] = s
		if t.Length > 0 && (y+1)%t.Length == 0 {
			s *= t.Renewal // at the end of the year: what is not renewed is over from the next
		}
	}
}
