package sim

import "math"

// MonotonicConcession is the monotonic concession protocol of Rosenschein and Zlotkin (1994, Rules of
// Encounter, section 3.1) with Zeuthen's risk (Zeuthen 1930; Harsanyi 1956) to say who concedes.
//
// In every round both sides speak at once. In the first each lays an offer on the table. From then on
// each may lay another, stand still, accept what the other has on the table, or walk out. An offer
// that takes back is not heard: the earlier one stands. The talks end with a deal as soon as one
// side's offer gives the other at least what the other asks for itself,
//
//	u_i(offer_j) >= u_i(offer_i)    for i = 0 or 1
//
// (both at once: a fair coin decides which offer it is), or when a side accepts.
//
// After each round the table computes each side's risk, the share of its own demand's gain over no
// deal d_i that it would lose by giving in (Rosenschein and Zlotkin 1994, section 3.2, with the utility
// of conflict d_i instead of 0):
//
//	risk_i = (u_i(offer_i) - max(u_i(offer_j), d_i)) / (u_i(offer_i) - d_i),    1 where the demand gains nothing
//
// and asks the side with the smaller risk to concede; the other side's View.Hold is set. With equal
// risks both are asked. Side i has the smaller risk exactly where its offer has the smaller product of
// gains, so small concessions by those who are asked lead to the Nash bargaining solution.
//
// Where this departs from the book. There each side knows the other's utility; here only the table
// does, and a side learns no more than whether it is asked. So "taking back" is measured by what a
// side can see, its own utility: a new offer may not be worth more to its maker than the last. And
// when both stand still there the talks end in conflict; here time passes until the deadline, since
// tactics made for many rounds stand still for some.
//
// When both speak at once a fault comes before a walk-out, a walk-out before an agreement, and seat 0
// before seat 1.
func MonotonicConcession() Protocol { return concession{} }

var concessionInfo = Info{
	Name:        "monotonic_concession",
	Description: "Both sides offer at once and may only give way; the side with the smaller risk (Zeuthen) is asked to concede.",
	Round:       "one offer by both sides at once",
	Knows:       "each side knows its own preferences, the offers, and whether it is asked to concede; only the table knows both sides' worth and computes the risks",
	Source:      "Rosenschein and Zlotkin (1994), Rules of Encounter, chapter 3; Zeuthen (1930), Problems of Monopoly and Economic Warfare",
	Protocol:    concession{},
}

type concession struct{}

// What the table remembers: the worth to seat i of seat j's offer at 2i+j, and the set that is asked.
const askedAt = 4

func (concession) Name() string { return concessionInfo.Name }

func (concession) Open(s *Session) { s.Memo[askedAt] = float64(Both) }

func (concession) Turn(s *Session) SeatSet {
	asked := SeatSet(s.Memo[askedAt])
	for i := range 2 {
		s.Show(i, asked&One(i) == 0)
	}
	return Both
}

func (concession) Judge(s *Session) {
	kind := [2]Kind{s.Fault(0), s.Fault(1)}
	for i := range kind {
		if kind[i] == Propose && !s.Valid(i) {
			return
		}
	}
	for i := range kind {
		kind[i] = s.Hear(i)
	}
	if s.over {
		return
	}
	if taker, ok := s.either(kind[0] == Accept, kind[1] == Accept); ok {
		s.Take(taker, s.stand(1-taker))
		return
	}
	for i := range 2 {
		own := s.set.Party[i].Utility(s.Proposed(i))
		if s.side[i].has && own > s.Memo[3*i] {
			s.Ignore(i)
			continue
		}
		s.Put(i)
		s.Memo[3*i] = own
		s.Memo[2*(1-i)+i] = s.set.Party[1-i].Utility(s.stand(i))
	}
	u := &s.Memo
	if taker, ok := s.either(u[1] >= u[0], u[2] >= u[3]); ok {
		s.Sign(Met, int8(taker), s.stand(1-taker))
		return
	}
	r0 := risk(u[0], u[1], s.set.Party[0].NoDeal())
	r1 := risk(u[3], u[2], s.set.Party[1].NoDeal())
	switch {
	case r0 < r1:
		s.Memo[askedAt] = float64(Seat0)
	case r1 < r0:
		s.Memo[askedAt] = float64(Seat1)
	default:
		s.Memo[askedAt] = float64(Both)
	}
	s.NextRound()
}

// either picks the seat for which it is so, by a fair coin if it is so for both.
func (s *Session) either(zero, one bool) (seat int, ok bool) {
	switch {
	case zero && one:
		return s.rand[2].IntN(2), true
	case zero:
		return 0, true
	}
	return 1, one
}

// risk is Zeuthen's: own and other are what the own and the other's offer are worth to a side whose
// no deal is worth d.
func risk(own, other, d float64) float64 {
	if own <= d {
		return 1
	}
	return (own - math.Max(other, d)) / (own - d)
}
