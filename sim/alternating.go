package sim

// AlternatingOffers is the stacked alternating offers protocol (Aydogan, Festen, Hindriks and Jonker
// 2017, "Alternating offers protocols for multilateral negotiation", section 3.1), for two parties:
// they take turns; each accepts the offer before it, makes another, or walks out. A round is a turn of
// each. After the last round there is no deal; the last proposal of all can no longer be accepted.
func AlternatingOffers() Protocol { return alternatingInfo.Protocol }

var alternatingInfo = Info{
	Name:        "alternating_offers",
	Description: "The sides take turns; each accepts the other's last offer, makes one of its own, or walks out.",
	Round:       "one turn of each side, the opener first",
	Knows:       "each side knows its own preferences, the announced deadline and the offers made; nothing of the other's worth",
	Source:      "Aydogan, Festen, Hindriks and Jonker (2017), Alternating offers protocols for multilateral negotiation",
	Protocol:    new(alternating),
}

type alternating struct{}

func (*alternating) Name() string  { return alternatingInfo.Name }
func (*alternating) Open(*Session) {}

func (*alternating) mover(s *Session) int { return int(int32(s.first)+s.step) & 1 }

func (a *alternating) Turn(s *Session) SeatSet {
	seat := a.mover(s)
	s.Show(seat, false)
	return One(seat)
}

func (a *alternating) Judge(s *Session) {
	seat := a.mover(s)
	switch s.Hear(seat) {
	case Propose:
		if !s.Valid(seat) {
			return
		}
		s.Put(seat)
		if s.step&1 == 1 {
			s.NextRound()
		}
	case Accept:
		s.Take(seat, s.stand(1-seat))
	}
}
